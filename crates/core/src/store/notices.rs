//! What was told, what is held, what is to be told again.

use rusqlite::{Transaction, params};
use samovar_domain::{ItemId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Store, StoreError, StoreResult, fact, get_fact, set_fact};

/// An item that is new here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arrived {
    /// Its place in the order of arrival.
    pub(crate) n: i64,
    /// Which.
    pub(crate) item: ItemId,
}

/// A notice that waits for a digest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Held {
    /// The notice's key.
    pub(crate) key: String,
    /// The notice, as the domain describes it.
    pub(crate) notice: serde_json::Value,
}

fn deliver(tx: &Transaction<'_>, key: &str, now: Timestamp) -> StoreResult<bool> {
    let new = tx.execute(
        "INSERT OR IGNORE INTO delivered (key, at) VALUES (?1, ?2)",
        params![key, now.millis()],
    )?;
    Ok(new > 0)
}

fn held(tx: &Transaction<'_>) -> StoreResult<Vec<Held>> {
    let mut statement = tx.prepare("SELECT key, notice FROM held ORDER BY at, key")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Held {
            key: row.get(0)?,
            notice: serde_json::from_str(&row.get::<_, String>(1)?)?,
        });
    }
    Ok(found)
}

/// Something that is new here waits to be told.
pub(super) fn arrive(tx: &Transaction<'_>, item: ItemId) -> StoreResult<()> {
    tx.prepare_cached("INSERT INTO arrived (item) VALUES (?1)")?
        .execute([item.to_string()])?;
    Ok(())
}

/// Keys older than this cannot come again: what they were about is over.
const REMEMBERED_DAYS: i64 = 30;

impl Store {
    /// The first of what waits to be told, in the order in which it came.
    pub(crate) async fn arrived(&self) -> StoreResult<Vec<Arrived>> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached("SELECT n, item FROM arrived ORDER BY n LIMIT 200")?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let item: String = row.get(1)?;
                let item = item.parse().map_err(|_| StoreError::Damaged(item))?;
                found.push(Arrived { n: row.get(0)?, item });
            }
            Ok(found)
        })
        .await
    }

    /// Everything that came up to `n` was told, or is nothing to tell of.
    pub(crate) async fn told(&self, n: i64) -> StoreResult<()> {
        self.write(move |tx| Ok(tx.execute("DELETE FROM arrived WHERE n <= ?1", [n]).map(|_| ())?))
            .await
    }

    /// Takes a key for delivery. `false` when it was delivered before: then it must not be shown.
    pub(crate) async fn take_for_delivery(&self, key: String, now: Timestamp) -> StoreResult<bool> {
        self.write(move |tx| {
            let oldest = now.plus_minutes(-REMEMBERED_DAYS * 24 * 60);
            tx.execute("DELETE FROM delivered WHERE at < ?1", [oldest.millis()])?;
            deliver(tx, &key, now)
        })
        .await
    }

    /// Keys that were delivered.
    pub(crate) async fn delivered(&self) -> StoreResult<std::collections::HashSet<String>> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached("SELECT key FROM delivered")?;
            Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Keeps a notice for the digest; it counts as delivered.
    pub(crate) async fn hold(&self, held: Held, in_focus: bool, now: Timestamp) -> StoreResult<bool> {
        self.write(move |tx| {
            if !deliver(tx, &held.key, now)? {
                return Ok(false);
            }
            tx.execute(
                "INSERT OR REPLACE INTO held (key, notice, at) VALUES (?1, ?2, ?3)",
                params![held.key, serde_json::to_string(&held.notice)?, now.millis()],
            )?;
            if in_focus {
                set_fact(tx, fact::HELD_IN_FOCUS, &true)?;
            }
            Ok(true)
        })
        .await
    }

    /// How many notices are held.
    pub(crate) async fn held_count(&self) -> StoreResult<u32> {
        self.read(|tx| Ok(tx.query_row("SELECT count(*) FROM held", [], |row| row.get(0))?))
            .await
    }

    /// When the oldest of the held notices was held.
    pub(crate) async fn held_since(&self) -> StoreResult<Option<Timestamp>> {
        self.read(|tx| {
            let oldest: Option<i64> = tx.query_row("SELECT min(at) FROM held", [], |row| row.get(0))?;
            Ok(oldest.map(Timestamp::from_millis))
        })
        .await
    }

    /// What is held, oldest first.
    pub(crate) async fn held(&self) -> StoreResult<Vec<Held>> {
        self.read(held).await
    }

    /// Whether a focus held something of what is held.
    pub(crate) async fn held_in_focus(&self) -> StoreResult<bool> {
        self.fact(fact::HELD_IN_FOCUS).await
    }

    /// Empties the held notices, oldest first, for one digest; also whether a focus held one of them.
    pub(crate) async fn take_held(&self) -> StoreResult<(Vec<Held>, bool)> {
        self.write(|tx| {
            let found = held(tx)?;
            tx.execute("DELETE FROM held", [])?;
            let in_focus = get_fact(tx, fact::HELD_IN_FOCUS)?;
            set_fact(tx, fact::HELD_IN_FOCUS, &false)?;
            Ok((found, in_focus))
        })
        .await
    }

    /// Shows the notification of this key again at a time.
    pub(crate) async fn snooze(&self, key: String, at: Timestamp) -> StoreResult<()> {
        self.write(move |tx| {
            tx.execute(
                "INSERT OR REPLACE INTO snoozed (key, at) VALUES (?1, ?2)",
                params![key, at.millis()],
            )?;
            Ok(())
        })
        .await
    }

    /// What is to be shown again, and when.
    pub(crate) async fn snoozed(&self) -> StoreResult<Vec<(String, Timestamp)>> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached("SELECT key, at FROM snoozed ORDER BY at")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, Timestamp::from_millis(row.get(1)?))))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// A snooze is over.
    pub(crate) async fn unsnooze(&self, key: String) -> StoreResult<()> {
        self.write(move |tx| Ok(tx.execute("DELETE FROM snoozed WHERE key = ?1", [key]).map(|_| ())?))
            .await
    }
}

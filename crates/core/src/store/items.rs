//! Items as the endpoint has them, with own ops that wait laid over them.

use std::collections::HashMap;

use rusqlite::{CachedStatement, OptionalExtension, Row, Transaction, params};
use samovar_domain::{Body, Epoch, Item, ItemId, Kind, MemberId, Owner, Seq, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Store, StoreError, StoreResult, fact, get_fact, kudos, lost, notices, outbox, set_fact};

/// How far this desktop has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Cursor {
    /// The life of the sequence it is in; none before the first page.
    pub(crate) epoch: Option<Epoch>,
    /// Everything up to here is applied.
    pub(crate) seq: Seq,
}

/// What applying a page changed.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    /// Whether there are items that were not here before.
    pub(crate) is_any_new: bool,
    /// Whether something that was here is deleted or over, so that its photos may go.
    pub(crate) is_any_gone: bool,
    /// Whether anything is different now.
    pub(crate) changed: bool,
}

pub(super) const COLUMNS: &str = "id, kind, owner, seq, audience, created_at, updated_at, expires_at, body";

pub(super) const OVER: &str = "SELECT id FROM items WHERE expires_at <= ?1 AND body IS NOT NULL";

pub(super) fn item_of(row: &Row<'_>) -> StoreResult<Item> {
    let id: String = row.get(0)?;
    let owner: String = row.get(2)?;
    let audience: String = row.get(4)?;
    let body: Option<String> = row.get(8)?;
    let damaged = |error: &dyn std::fmt::Display| StoreError::Damaged(error.to_string());
    Ok(Item {
        id: id.parse().map_err(|error| damaged(&error))?,
        kind: Kind::new(row.get::<_, String>(1)?),
        owner: owner.parse().map_err(|error| damaged(&error))?,
        seq: row.get::<_, i64>(3)?.cast_unsigned(),
        audience: serde_json::from_str(&audience)?,
        created_at: Timestamp::from_millis(row.get(5)?),
        updated_at: Timestamp::from_millis(row.get(6)?),
        expires_at: row.get::<_, Option<i64>>(7)?.map(Timestamp::from_millis),
        body: body.map(|body| serde_json::from_str(&body)).transpose()?,
    })
}

const VALUES: &str = "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9";

pub(super) fn put(tx: &Transaction<'_>, table: &str, item: &Item) -> StoreResult<bool> {
    let sql = format!(
        "INSERT INTO {table} ({COLUMNS}) VALUES ({VALUES})
         ON CONFLICT (id) DO UPDATE SET kind = ?2, owner = ?3, seq = ?4, audience = ?5, created_at = ?6,
           updated_at = ?7, expires_at = ?8, body = ?9 WHERE seq <= ?4"
    );
    store(&mut tx.prepare_cached(&sql)?, item)
}

/// Stores items unless there is one with their id.
fn insertion<'tx>(tx: &'tx Transaction<'_>) -> StoreResult<CachedStatement<'tx>> {
    let sql = format!("INSERT INTO items ({COLUMNS}) VALUES ({VALUES}) ON CONFLICT (id) DO NOTHING");
    Ok(tx.prepare_cached(&sql)?)
}

/// Stores an item by a statement of [`VALUES`]; whether it did.
fn store(statement: &mut CachedStatement<'_>, item: &Item) -> StoreResult<bool> {
    let changed = statement.execute(params![
        item.id.to_string(),
        item.kind.as_str(),
        item.owner.to_string(),
        item.seq.cast_signed(),
        serde_json::to_string(&item.audience)?,
        item.created_at.millis(),
        item.updated_at.millis(),
        item.expires_at.map(Timestamp::millis),
        item.body.as_ref().map(serde_json::to_string).transpose()?,
    ])?;
    Ok(changed > 0)
}

pub(super) fn get(tx: &Transaction<'_>, id: ItemId) -> StoreResult<Option<Item>> {
    get_from(tx, "items", id)
}

/// The item as the fresh copy has it.
pub(super) fn get_fresh(tx: &Transaction<'_>, id: ItemId) -> StoreResult<Option<Item>> {
    get_from(tx, "fresh_items", id)
}

/// What the endpoint has of this member's own, in the order of the team's sequence.
pub(super) fn of(tx: &Transaction<'_>, me: MemberId) -> StoreResult<Vec<Item>> {
    let sql = format!("SELECT {COLUMNS} FROM items WHERE owner = ?1 ORDER BY seq");
    collect(tx, &sql, [Owner::Member(me).to_string()])
}

/// How many rows one statement changes: SQLite keeps all that it changes in memory until it is done.
const ROWS_AT_ONCE: usize = 1_000;

/// Empties a table.
pub(super) fn delete_all(tx: &Transaction<'_>, table: &str) -> StoreResult<()> {
    let some = format!("DELETE FROM {table} WHERE id IN (SELECT id FROM {table} ORDER BY id LIMIT {ROWS_AT_ONCE})");
    let mut statement = tx.prepare_cached(&some)?;
    while statement.execute([])? > 0 {}
    Ok(())
}

/// Makes the fresh copy the items; there are none before, and nothing is left of the copy after.
fn take_fresh(tx: &Transaction<'_>) -> StoreResult<()> {
    let some = format!("FROM fresh_items ORDER BY id LIMIT {ROWS_AT_ONCE}");
    let mut takes = tx.prepare_cached(&format!("INSERT INTO items ({COLUMNS}) SELECT {COLUMNS} {some}"))?;
    let mut leaves = tx.prepare_cached(&format!("DELETE FROM fresh_items WHERE id IN (SELECT id {some})"))?;
    while takes.execute([])? > 0 {
        leaves.execute([])?;
    }
    Ok(())
}

fn get_from(tx: &Transaction<'_>, table: &str, id: ItemId) -> StoreResult<Option<Item>> {
    let sql = format!("SELECT {COLUMNS} FROM {table} WHERE id = ?1");
    tx.prepare_cached(&sql)?
        .query_row([id.to_string()], |row| Ok(item_of(row)))
        .optional()?
        .transpose()
}

/// The items that a query over [`COLUMNS`] finds.
pub(super) fn collect(tx: &Transaction<'_>, sql: &str, values: impl rusqlite::Params) -> StoreResult<Vec<Item>> {
    let mut statement = tx.prepare_cached(sql)?;
    let rows = statement.query_and_then(values, item_of)?;
    rows.collect()
}

/// Lays own waiting ops over items.
pub(super) fn lay_over(
    tx: &Transaction<'_>,
    items: &mut HashMap<ItemId, Item>,
    me: MemberId,
    now: Timestamp,
) -> StoreResult<()> {
    for queued in outbox::all(tx)? {
        let op = queued.op;
        let before = items.get(&op.id);
        let owner = if op.kind.is_of_team() {
            Owner::Team
        } else {
            Owner::Member(me)
        };
        let body = op.body.as_ref().and_then(|body| Body::read(&op.kind, body).ok());
        let created_at = before
            .filter(|item| !item.is_gone(now))
            .map_or(op.created_at, |item| item.created_at);
        let item = Item {
            id: op.id,
            kind: op.kind,
            owner,
            seq: 0,
            audience: op.audience,
            created_at,
            updated_at: now,
            expires_at: body.and_then(|body| samovar_domain::expiry::expires_at(&body, created_at)),
            body: op.body,
        };
        items.insert(item.id, item);
    }
    Ok(())
}

impl Store {
    /// How far this desktop has read.
    pub(crate) async fn cursor(&self) -> StoreResult<Cursor> {
        self.fact(fact::CURSOR).await
    }

    /// Applies items in seq order, and moves the cursor, in one transaction. An item that is older than the one here,
    /// as when it comes twice, changes nothing. Those that were not here before and were written since `news_since` wait to
    /// be told; none, when there is no such time.
    pub(crate) async fn apply(
        &self,
        items: Vec<Item>,
        cursor: Cursor,
        news_since: Option<Timestamp>,
    ) -> StoreResult<Applied> {
        self.write_what_comes_again(move |tx| {
            let mut applied = Applied::default();
            let before: Cursor = get_fact(tx, fact::CURSOR)?;
            if before.epoch.is_some() && before.epoch != cursor.epoch {
                return Ok(applied); // of a life that is over: the team was fetched anew meanwhile
            }
            let mut insertion = insertion(tx)?;
            for item in items {
                let is_known = !store(&mut insertion, &item)?;
                let known = if is_known { get(tx, item.id)? } else { None };
                let is_same = known.as_ref().is_some_and(|known| *known == item);
                applied.changed |= (!is_known || put(tx, "items", &item)?) && !is_same;
                if item.body.is_none() {
                    applied.is_any_gone |= known.is_some_and(|known| known.body.is_some());
                    if is_known {
                        forget(tx, item.id)?;
                    }
                } else if known.is_none_or(|known| known.body.is_none()) {
                    applied.is_any_new = true;
                    if news_since.is_some_and(|since| item.created_at >= since) {
                        notices::arrive(tx, item.id)?;
                    }
                }
            }
            if before.epoch.is_none() || cursor.seq > before.seq {
                set_fact(tx, fact::CURSOR, &cursor)?;
            }
            Ok(applied)
        })
        .await
    }

    /// Begins to collect a fresh copy of the team.
    pub(crate) async fn begin_resync(&self) -> StoreResult<()> {
        self.write(|tx| delete_all(tx, "fresh_items")).await
    }

    /// Adds a page to the fresh copy.
    pub(crate) async fn collect(&self, items: Vec<Item>) -> StoreResult<()> {
        self.write_what_comes_again(move |tx| {
            items
                .iter()
                .try_for_each(|item| put(tx, "fresh_items", item).map(|_| ()))
        })
        .await
    }

    /// Puts the fresh copy in place of the old one, with its cursor, in one transaction. The outbox stays, and before
    /// it comes what `me` wrote and the endpoint has lost; whether there was such.
    pub(crate) async fn finish_resync(&self, cursor: Cursor, me: MemberId, now: Timestamp) -> StoreResult<bool> {
        self.write(move |tx| {
            let before: Cursor = get_fact(tx, fact::CURSOR)?;
            let went_back = before.epoch != cursor.epoch || before.seq > cursor.seq;
            let is_something_lost = went_back && lost::send_again(tx, me, now)?;
            delete_all(tx, "items")?;
            take_fresh(tx)?;
            kudos::begin_again(tx)?;
            set_fact(tx, fact::CURSOR, &cursor)?;
            Ok(is_something_lost)
        })
        .await
    }

    /// Takes away what is over by this desktop's own clock, and returns the photos of it, which may go too.
    pub(crate) async fn expire(&self, now: Timestamp) -> StoreResult<()> {
        self.write(move |tx| {
            let mut statement = tx.prepare(OVER)?;
            let over: Vec<String> = statement
                .query_map([now.millis()], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for id in over {
                tx.execute("UPDATE items SET body = NULL WHERE id = ?1", [&id])?;
                if let Ok(id) = id.parse() {
                    forget(tx, id)?;
                }
            }
            Ok(())
        })
        .await
    }

    /// Marks snapshots as looked at on this computer.
    pub(crate) async fn mark_seen(&self, items: Vec<ItemId>) -> StoreResult<()> {
        self.write(move |tx| {
            for item in items {
                tx.execute("INSERT OR IGNORE INTO seen (item) VALUES (?1)", [item.to_string()])?;
            }
            Ok(())
        })
        .await
    }

    /// What was looked at on this computer.
    pub(crate) async fn seen(&self) -> StoreResult<std::collections::HashSet<ItemId>> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached("SELECT item FROM seen")?;
            let seen = statement
                .query_map([], |row| row.get::<_, String>(0))?
                .filter_map(Result::ok);
            Ok(seen.filter_map(|id| id.parse().ok()).collect())
        })
        .await
    }
}

/// What this computer keeps about an item goes with it: seen, news, held notices.
fn forget(tx: &Transaction<'_>, id: ItemId) -> StoreResult<()> {
    tx.execute("DELETE FROM seen WHERE item = ?1", [id.to_string()])?;
    tx.execute("DELETE FROM arrived WHERE item = ?1", [id.to_string()])?;
    tx.execute("DELETE FROM held WHERE key LIKE '%:' || ?1", [id.to_string()])?;
    Ok(())
}

/// Stores an own item that the endpoint has just acknowledged, unless the stream was quicker. It is newer than the version
/// before it, also when a node has acknowledged it whose clock is behind: see [`samovar_domain::restored`].
pub(crate) fn accept(tx: &Transaction<'_>, mut item: Item) -> StoreResult<()> {
    if let Some(known) = get(tx, item.id)? {
        if known.seq >= item.seq {
            return Ok(());
        }
        let earliest = known.updated_at.plus(std::time::Duration::from_millis(1));
        item.updated_at = item.updated_at.max(earliest);
    }
    put(tx, "items", &item).map(|_| ())
}

#[cfg(test)]
mod tests;

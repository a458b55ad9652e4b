//! What the endpoint does by itself: ends what is over, purges what nobody needs.

use std::time::Duration;

use samovar_domain::Timestamp;

use super::changes::Changes;
use super::connection::Connection;
use super::{StoreResult, rows};

/// How long a tombstone is kept for desktops that were away.
pub(crate) const TOMBSTONES_KEPT: Duration = Duration::from_hours(90 * 24);
/// How long a photo may wait for the op that names it.
pub(crate) const ORPHANS_KEPT: Duration = Duration::from_hours(24);

pub(super) fn expire(db: Connection<'_>, changes: &mut Changes, now: Timestamp) -> StoreResult<()> {
    let over = rows::find(
        db,
        "body IS NOT NULL AND expires_at <= ?1 ORDER BY expires_at",
        &[&now.millis()],
    )?;
    for item in over {
        rows::bury(db, changes, item.id, now)?;
    }
    purge(db, changes, now)
}

fn purge(db: Connection<'_>, changes: &mut Changes, now: Timestamp) -> StoreResult<()> {
    let oldest = now.minus(TOMBSTONES_KEPT).millis();
    let highest: Option<i64> = db.query_row(
        "SELECT max(seq) FROM items WHERE body IS NULL AND updated_at < ?1",
        [oldest],
        |row| row.get(0),
    )?;
    if let Some(highest) = highest {
        db.execute("DELETE FROM items WHERE body IS NULL AND updated_at < ?1", [oldest])?;
        db.execute("DELETE FROM cancelled WHERE item NOT IN (SELECT id FROM items)", [])?;
        db.execute("UPDATE team SET low_water = ?1 WHERE low_water < ?1", [highest])?;
    }
    let orphaned = now.minus(ORPHANS_KEPT).millis();
    let mut statement =
        db.prepare("SELECT hash FROM blobs WHERE created_at < ?1 AND hash NOT IN (SELECT hash FROM blob_refs)")?;
    let orphans: Vec<String> = statement
        .query_map([orphaned], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for hash in orphans.iter().filter_map(|hash| hash.parse().ok()) {
        rows::forget_unnamed(db, changes, hash)?;
    }
    Ok(())
}

/// Changes the team's row and changes it back: that has to reach the disk like any other write. What changes nothing at
/// all, `SQLite` does not write.
pub(super) fn try_to_write(db: Connection<'_>) -> StoreResult<()> {
    for step in [1_i64, -1] {
        db.execute("UPDATE team SET low_water = low_water + ?1", [step])?;
    }
    Ok(())
}

pub(super) fn next_expiry(db: Connection<'_>) -> StoreResult<Option<Timestamp>> {
    let sql = "SELECT min(expires_at) FROM items WHERE body IS NOT NULL AND expires_at IS NOT NULL";
    let next: Option<i64> = db.query_row(sql, [], |row| row.get(0))?;
    Ok(next.map(Timestamp::from_millis))
}

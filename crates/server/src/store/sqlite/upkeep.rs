//! What the endpoint does by itself: ends what is over, makes gatherings, purges what nobody needs.

use std::time::Duration;

use rusqlite::Connection;
use samovar_domain::kinds::Gathering;
use samovar_domain::{Audience, Body, Item, ItemId, Kind, Owner, Timestamp, series};

use super::writer::Changes;
use super::{StoreResult, rows};

/// How long a tombstone is kept for desktops that were away.
const TOMBSTONES_KEPT: Duration = Duration::from_hours(90 * 24);
/// How long a photo may wait for the op that names it.
const ORPHANS_KEPT: Duration = Duration::from_hours(24);

pub(super) fn expire(db: &Connection, changes: &mut Changes, now: Timestamp) -> StoreResult<()> {
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

fn purge(db: &Connection, changes: &mut Changes, now: Timestamp) -> StoreResult<()> {
    let oldest = now.minus(TOMBSTONES_KEPT).millis();
    let highest: Option<i64> = db.query_row(
        "SELECT max(seq) FROM items WHERE body IS NULL AND updated_at < ?1",
        [oldest],
        |row| row.get(0),
    )?;
    if let Some(highest) = highest {
        db.execute("DELETE FROM items WHERE body IS NULL AND updated_at < ?1", [oldest])?;
        db.execute("DELETE FROM cancelled WHERE item NOT IN (SELECT id FROM items)", [])?;
        db.execute("UPDATE team SET low_water = max(low_water, ?1)", [highest])?;
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

pub(super) fn next_expiry(db: &Connection) -> StoreResult<Option<Timestamp>> {
    let sql = "SELECT min(expires_at) FROM items WHERE body IS NOT NULL AND expires_at IS NOT NULL";
    let next: Option<i64> = db.query_row(sql, [], |row| row.get(0))?;
    Ok(next.map(Timestamp::from_millis))
}

/// Makes the gatherings of the coming weeks that are not there yet. Those that are stay as they are, since an admin may
/// have moved one by hand; one that an admin called off stays off.
pub(super) fn plan_gatherings(db: &Connection, changes: &mut Changes, now: Timestamp) -> StoreResult<()> {
    for item in rows::find(db, "kind = 'series' AND body IS NOT NULL ORDER BY seq", &[])? {
        if let Some(Body::Series(plan)) = rows::read(&item) {
            for (id, gathering) in series::gatherings(item.id, &plan, now) {
                if rows::get(db, id)?.is_none() {
                    make(db, changes, id, gathering, now)?;
                }
            }
        }
    }
    Ok(())
}

/// A series was written or deleted: what is still ahead of it follows. Gatherings that it no longer has are taken away,
/// the others become as it says, and only those that an admin called off stay off.
pub(super) fn follow_series(db: &Connection, changes: &mut Changes, id: ItemId, now: Timestamp) -> StoreResult<()> {
    let plan = match rows::get(db, id)?.as_ref().and_then(rows::read) {
        Some(Body::Series(plan)) => series::gatherings(id, &plan, now),
        _ => Vec::new(),
    };
    let present = rows::find(
        db,
        "kind = 'gathering' AND body IS NOT NULL AND body ->> '$.series' = ?1 ORDER BY seq",
        &[&id.to_string()],
    )?;
    for item in present {
        let is_ahead = matches!(rows::read(&item), Some(Body::Gathering(gathering)) if gathering.starts_at > now);
        if is_ahead && !plan.iter().any(|(planned, _)| *planned == item.id) {
            rows::bury(db, changes, item.id, now)?;
        }
    }
    for (id, planned) in plan {
        let existing = rows::get(db, id)?;
        match existing.as_ref().and_then(rows::read) {
            Some(Body::Gathering(present)) if present == planned => continue,
            // One that has begun is left alone.
            Some(Body::Gathering(present)) if present.starts_at <= now => continue,
            _ => {}
        }
        let sql = "SELECT EXISTS (SELECT 1 FROM cancelled WHERE item = ?1)";
        if !db.query_row(sql, [id.to_string()], |row| row.get::<_, bool>(0))? {
            make(db, changes, id, planned, now)?;
        }
    }
    Ok(())
}

fn make(db: &Connection, changes: &mut Changes, id: ItemId, gathering: Gathering, now: Timestamp) -> StoreResult<()> {
    let created_at = rows::get(db, id)?.map_or(now, |item| item.created_at);
    let body = Some(serde_json::to_value(&gathering)?);
    let item = Item {
        id,
        kind: Kind::new(Kind::GATHERING),
        owner: Owner::Team,
        seq: 0,
        audience: Audience::Team,
        created_at,
        updated_at: now,
        expires_at: samovar_domain::expiry::expires_at(&Body::Gathering(gathering), created_at),
        body,
    };
    rows::write(db, changes, item)?;
    Ok(())
}

//! Rows to items and back.

use samovar_domain::{BlobHash, Body, Item, ItemId, Kind, MemberId, Timestamp};

use super::changes::Changes;
use super::connection::{Connection, OptionalExtension as _, Row, ToSql, params};
use super::{StoreError, StoreResult, seals};

pub(in crate::store) const COLUMNS: &str = "id, kind, owner, seq, audience, created_at, updated_at, expires_at, body";

pub(in crate::store) fn item_of(row: &Row<'_>) -> StoreResult<Item> {
    let damaged = |error: &dyn std::fmt::Display| StoreError::Failed(format!("a damaged row: {error}"));
    let audience: String = row.get(4)?;
    let body: Option<String> = row.get(8)?;
    Ok(Item {
        id: row.get::<String>(0)?.parse().map_err(|error| damaged(&error))?,
        kind: Kind::new(row.get::<String>(1)?),
        owner: row.get::<String>(2)?.parse().map_err(|error| damaged(&error))?,
        seq: row.get::<i64>(3)?.cast_unsigned(),
        audience: serde_json::from_str(&audience)?,
        created_at: Timestamp::from_millis(row.get(5)?),
        updated_at: Timestamp::from_millis(row.get(6)?),
        expires_at: row.get::<Option<i64>>(7)?.map(Timestamp::from_millis),
        body: body.map(|body| serde_json::from_str(&body)).transpose()?,
    })
}

pub(super) fn get(db: Connection<'_>, id: ItemId) -> StoreResult<Option<Item>> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM items WHERE id = ?1"))?;
    statement
        .query_row([id.to_string()], |row| Ok(item_of(row)))
        .optional()?
        .transpose()
}

/// All items that a query over [`COLUMNS`] finds.
pub(in crate::store) fn find(db: Connection<'_>, condition: &str, values: &[&dyn ToSql]) -> StoreResult<Vec<Item>> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM items WHERE {condition}"))?;
    let found: Vec<StoreResult<Item>> = statement
        .query_map(values, |row| Ok(item_of(row)))?
        .collect::<Result<_, _>>()?;
    found.into_iter().collect()
}

/// Writes an item's row as it is.
pub(super) fn put(db: Connection<'_>, item: &Item) -> StoreResult<()> {
    let target = read(item).and_then(|body| body.target());
    let put = db
        .prepare_cached(
            "INSERT INTO items (id, kind, owner, seq, audience, created_at, updated_at, expires_at, body, target)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (id) DO UPDATE SET owner = ?3, seq = ?4, audience = ?5, created_at = ?6, updated_at = ?7,
           expires_at = ?8, body = ?9, target = ?10
         WHERE items.kind = ?2",
        )?
        .execute(params![
            item.id.to_string(),
            item.kind.as_str(),
            item.owner.to_string(),
            item.seq.cast_signed(),
            serde_json::to_string(&item.audience)?,
            item.created_at.millis(),
            item.updated_at.millis(),
            item.expires_at.map(Timestamp::millis),
            item.body.as_ref().map(serde_json::to_string).transpose()?,
            target.map(|target| target.to_string()),
        ])?;
    if put == 0 {
        // The rule refuses it long before; were it ever to come here, a series must not write over a snapshot.
        return Err(StoreError::Failed(format!(
            "{} is of another kind than {}",
            item.id, item.kind
        )));
    }
    Ok(())
}

/// What an item says, when it still says something that this version knows.
pub(super) fn read(item: &Item) -> Option<Body> {
    Body::read(&item.kind, item.body.as_ref()?).ok()
}

/// Writes a new version of an item: takes the next seq, keeps the photos' references true, and has it published. It is newer
/// than the version before it, also by the clock of a node that is behind another one's: by that a desktop knows what an
/// endpoint has lost.
pub(in crate::store) fn write(db: Connection<'_>, changes: &mut Changes, mut item: Item) -> StoreResult<u64> {
    super::mirror_queue::note(db, &item)?;
    let mut statement = db.prepare_cached("SELECT body IS NOT NULL, updated_at FROM items WHERE id = ?1")?;
    let before = statement.query_row([item.id.to_string()], |row| {
        Ok((row.get::<bool>(0)?, row.get::<i64>(1)?))
    });
    if let Some((says_something, updated_at)) = before.optional()? {
        // What an older version said is to be as gone as what was deleted.
        changes.forget |= says_something;
        let earliest = Timestamp::from_millis(updated_at.saturating_add(1));
        item.updated_at = item.updated_at.max(earliest);
    }
    item.seq = changes.next_seq();
    put(db, &item)?;
    keep_references(db, changes, &item)?;
    let seq = item.seq;
    changes.items.push(item);
    Ok(seq)
}

/// Writes an item anew that says something else now, and is the same otherwise.
pub(super) fn rewrite(
    db: Connection<'_>,
    changes: &mut Changes,
    item: Item,
    body: serde_json::Value,
    now: Timestamp,
) -> StoreResult<u64> {
    let (body, updated_at) = (Some(body), now);
    write(
        db,
        changes,
        Item {
            body,
            updated_at,
            ..item
        },
    )
}

/// Makes an item a tombstone, and with it what points at it, and what points at that. What is one already stays as it is.
pub(super) fn bury(db: Connection<'_>, changes: &mut Changes, id: ItemId, now: Timestamp) -> StoreResult<()> {
    let mut ending = vec![id];
    while let Some(id) = ending.pop() {
        let Some(item) = get(db, id)?.filter(|item| item.body.is_some()) else {
            continue;
        };
        write(
            db,
            changes,
            Item {
                body: None,
                expires_at: None,
                updated_at: now,
                ..item.clone()
            },
        )?;
        if item.kind == Kind::DECISION {
            seals::erase(db, changes, id)?;
        }
        let pointing = find(
            db,
            "target = ?1 AND body IS NOT NULL ORDER BY seq DESC",
            &[&id.to_string()],
        )?;
        // What points here without knowing that there is something stays: that it goes would tell.
        let knowing = pointing
            .into_iter()
            .filter(|from| from.owner.member().is_none_or(|member| item.is_visible_to(member)));
        ending.extend(knowing.map(|from| from.id));
    }
    Ok(())
}

fn keep_references(db: Connection<'_>, changes: &mut Changes, item: &Item) -> StoreResult<()> {
    let id = item.id.to_string();
    let named: Vec<BlobHash> = read(item).map(|body| body.blobs()).unwrap_or_default();
    let mut statement = db.prepare_cached("SELECT hash FROM blob_refs WHERE item = ?1")?;
    let before: Vec<String> = statement
        .query_map([&id], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for hash in before
        .iter()
        .filter_map(|hash| hash.parse::<BlobHash>().ok())
        .filter(|hash| !named.contains(hash))
    {
        db.execute(
            "DELETE FROM blob_refs WHERE item = ?1 AND hash = ?2",
            params![id, hash.to_string()],
        )?;
        forget_unnamed(db, changes, hash)?;
    }
    for hash in named {
        db.execute(
            "INSERT INTO blob_refs (item, hash) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![id, hash.to_string()],
        )?;
    }
    Ok(())
}

/// Forgets a photo that no item names; its file goes after the commit.
pub(super) fn forget_unnamed(db: Connection<'_>, changes: &mut Changes, hash: BlobHash) -> StoreResult<()> {
    let gone = db.execute(
        "DELETE FROM blobs WHERE hash = ?1 AND NOT EXISTS (SELECT 1 FROM blob_refs WHERE hash = ?1)",
        [hash.to_string()],
    )?;
    if gone > 0 {
        db.execute("DELETE FROM uploads WHERE hash = ?1", [hash.to_string()])?;
        changes.dropped_blobs.push(hash);
    }
    Ok(())
}

pub(super) fn add_blob(
    db: Connection<'_>,
    uploader: MemberId,
    blob: BlobHash,
    bytes: u64,
    now: Timestamp,
) -> StoreResult<()> {
    db.execute(
        "INSERT INTO blobs (hash, bytes, created_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (hash) DO UPDATE SET created_at = ?3",
        params![blob.to_string(), bytes.cast_signed(), now.millis()],
    )?;
    db.execute(
        "INSERT INTO uploads (hash, member) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        params![blob.to_string(), uploader.to_string()],
    )?;
    Ok(())
}

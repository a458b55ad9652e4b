//! What a member may read. Everything goes through [`Item::is_visible_to`], as the stream does.

use samovar_domain::expiry::KUDOS_HISTORY;
use samovar_domain::kinds::RoleName;
use samovar_domain::wire::Page;
use samovar_domain::{BlobHash, Body, Item, Kind, MemberId, Seq, Timestamp};

use super::connection::{Connection, OptionalExtension as _, Row, params};
use super::rows::{COLUMNS, item_of};
use super::{Caller, Cursor, StoreError, StoreResult, TeamState, rows};

pub(super) fn team(db: Connection<'_>) -> StoreResult<TeamState> {
    let damaged = |error: uuid::Error| StoreError::Failed(error.to_string());
    let row = db.query_row("SELECT id, epoch, head, low_water FROM team", [], |row| {
        Ok((
            row.get::<String>(0)?,
            row.get::<String>(1)?,
            row.get::<i64>(2)?,
            row.get::<i64>(3)?,
        ))
    })?;
    Ok(TeamState {
        id: row.0.parse().map_err(damaged)?,
        epoch: row.1.parse().map_err(damaged)?,
        head: row.2.cast_unsigned(),
        low_water: row.3.cast_unsigned(),
    })
}

pub(super) fn caller(db: Connection<'_>, token_hash: &str) -> StoreResult<Option<Caller>> {
    let mut statement = db.prepare_cached("SELECT member, id FROM devices WHERE token_hash = ?1")?;
    let found = statement
        .query_row([token_hash], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))
        .optional()?;
    found
        .map(|(member, device)| {
            let damaged = |error: uuid::Error| StoreError::Failed(error.to_string());
            Ok(Caller {
                member: member.parse().map_err(damaged)?,
                device: device.parse().map_err(damaged)?,
            })
        })
        .transpose()
}

/// What a page's bodies and audiences may take together; one more than fits ends it.
const PAGE_BYTES: usize = 4 * 1024 * 1024;

/// What of a row may be long: an audience names up to 10,000 members.
fn weight(row: &Row<'_>) -> StoreResult<usize> {
    let audience = row.get::<&str>(4)?.len();
    Ok(audience + row.get::<Option<&str>>(8)?.map_or(0, str::len))
}

/// Old kudos are history: a new desktop pages them when somebody asks.
fn is_history(item: &Item, now: Timestamp) -> bool {
    item.kind == Kind::KUDOS && item.body.is_some() && item.created_at < now.minus(KUDOS_HISTORY)
}

pub(super) fn page(
    db: Connection<'_>,
    reader: MemberId,
    cursor: Cursor,
    limit: u32,
    now: Timestamp,
) -> StoreResult<Page> {
    let team = team(db)?;
    let Cursor { epoch, after, is_anew } = cursor;
    let is_anew = is_anew || after == 0;
    let is_stale = !is_anew && after < team.low_water;
    if epoch.is_some_and(|epoch| epoch != team.epoch) || after > team.head || is_stale {
        return Err(StoreError::Resync);
    }
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM items WHERE seq > ?1 ORDER BY seq"))?;
    let mut rows = statement.query([after.cast_signed()])?;
    let mut items = Vec::new();
    let mut more = false;
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        let item = item_of(&row)?;
        if !item.is_visible_to(reader) || (is_anew && is_history(&item, now)) {
            continue;
        }
        if items.len() >= limit as usize || bytes > PAGE_BYTES {
            more = true;
            break;
        }
        bytes += weight(&row)?;
        items.push(item);
    }
    Ok(Page {
        epoch: team.epoch,
        head: team.head,
        items,
        more,
    })
}

pub(super) fn older(db: Connection<'_>, reader: MemberId, kind: &str, before: Seq, limit: u32) -> StoreResult<Page> {
    let team = team(db)?;
    let sql =
        format!("SELECT {COLUMNS} FROM items WHERE kind = ?1 AND seq < ?2 AND body IS NOT NULL ORDER BY seq DESC");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params![kind, i64::try_from(before).unwrap_or(i64::MAX)])?;
    let mut items = Vec::new();
    let (mut more, mut bytes) = (false, 0);
    while let Some(row) = rows.next()? {
        let item = item_of(&row)?;
        if !item.is_visible_to(reader) {
            continue;
        }
        if items.len() >= limit as usize || bytes > PAGE_BYTES {
            more = true;
            break;
        }
        bytes += weight(&row)?;
        items.push(item);
    }
    Ok(Page {
        epoch: team.epoch,
        head: team.head,
        items,
        more,
    })
}

/// Whether `reader` brought this photo or sees an item that names it: then they may have it, and name it themselves.
pub(super) fn may_read_blob(db: Connection<'_>, reader: MemberId, blob: BlobHash) -> StoreResult<bool> {
    let hash = blob.to_string();
    let sql = "SELECT EXISTS (SELECT 1 FROM blobs JOIN uploads USING (hash) WHERE hash = ?1 AND member = ?2)";
    if db.query_row(sql, [&hash, &reader.to_string()], |row| row.get(0))? {
        return Ok(true);
    }
    let naming = rows::find(
        db,
        "id IN (SELECT item FROM blob_refs WHERE hash = ?1) AND body IS NOT NULL",
        &[&hash],
    )?;
    Ok(naming.iter().any(|item| item.is_visible_to(reader)))
}

pub(super) fn about(db: Connection<'_>, member: MemberId) -> StoreResult<Vec<Item>> {
    let condition = "owner = ?1 OR instr(body, ?1) > 0 OR instr(audience, ?1) > 0 ORDER BY seq";
    let mut found = rows::find(db, condition, &[&member.to_string()])?;
    found.retain(|item| item.is_visible_to(member));
    Ok(found)
}

pub(super) fn has_owner(db: Connection<'_>) -> StoreResult<bool> {
    Ok(!owners(db)?.is_empty())
}

/// Those who own the team.
pub(super) fn owners(db: Connection<'_>) -> StoreResult<Vec<MemberId>> {
    let condition = "kind = 'role' AND body IS NOT NULL AND instr(body, '\"owner\"') > 0";
    let roles = rows::find(db, condition, &[])?;
    let owners = roles.iter().filter_map(|role| match rows::read(role)? {
        Body::Role(role) if role.role == RoleName::Owner => Some(role.member),
        _ => None,
    });
    Ok(owners.collect())
}

pub(super) fn known_blobs(db: Connection<'_>) -> StoreResult<Vec<BlobHash>> {
    let mut statement = db.prepare("SELECT hash FROM blobs")?;
    let hashes: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(hashes.iter().filter_map(|hash| hash.parse().ok()).collect())
}

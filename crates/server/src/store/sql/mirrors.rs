//! Mirrors: set up, paused, resumed, removed; and how they are. What is to be shown there is in `mirror_queue`.

use samovar_domain::kinds::RoleName;
use samovar_domain::wire::{MirrorHealth, MirrorRequest, MirrorState, MirrorSubject, MirrorTarget};
use samovar_domain::{MirrorId, Timestamp};

use super::changes::Changes;
use super::connection::{Connection, OptionalExtension as _, Row, params};
use super::members::{require, role};
use super::{Caller, StoreError, StoreResult, acts, mirror_queue, refused};
use crate::mirrors::{Due, Language, host};
use crate::store::MirrorChange;
use crate::store::acts::Deed;

/// The most mirrors of a team.
const MIRRORS_MAX: u32 = 20;

/// Admins alone; `None` is the command line.
fn require_admin(db: Connection<'_>, asker: Option<Caller>) -> StoreResult<()> {
    let Some(asker) = asker else { return Ok(()) };
    require(db, asker)?;
    if role(db, asker.member)? < RoleName::Admin {
        return Err(refused(
            "not_admin",
            "Only admins of the team see to its mirrors. Ask one of them.",
        ));
    }
    Ok(())
}

pub(super) fn id_of(text: &str) -> StoreResult<MirrorId> {
    text.parse()
        .map_err(|error: uuid::Error| StoreError::Failed(error.to_string()))
}

pub(super) fn add(
    db: Connection<'_>,
    asker: Option<Caller>,
    request: &MirrorRequest,
    now: Timestamp,
) -> StoreResult<MirrorId> {
    require_admin(db, asker)?;
    let present: u32 = db.query_row("SELECT count(*) FROM mirrors", [], |row| row.get(0))?;
    if present >= MIRRORS_MAX {
        return Err(refused(
            "too_many_mirrors",
            "A team has at most twenty mirrors. Remove one first.",
        ));
    }
    let id = MirrorId::new(now);
    db.execute(
        "INSERT INTO mirrors (id, name, target, language, kudos, gatherings, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'running')",
        params![
            id.to_string(),
            request.name,
            serde_json::to_string(&request.target)?,
            request.language.as_deref().map(Language::of).unwrap_or_default().tag(),
            request.shows.contains(&MirrorSubject::Kudos),
            request.shows.contains(&MirrorSubject::Gatherings),
        ],
    )?;
    if request.shows.contains(&MirrorSubject::Gatherings) {
        mirror_queue::fill_with_gatherings(db, id, now)?;
    }
    acts::note(db, asker, Deed::Made, "mirror", now)?;
    Ok(id)
}

pub(super) fn all(db: Connection<'_>, asker: Option<Caller>, now: Timestamp) -> StoreResult<Vec<MirrorHealth>> {
    require_admin(db, asker)?;
    let mut statement = db.prepare_cached(
        "SELECT id, name, target, language, kudos, gatherings, state, trouble, failing_since, next_at, delivered_at,
                uncertain, refused,
                (SELECT count(*) FROM mirror_queue WHERE mirror = id AND due_at <= ?1)
         FROM mirrors ORDER BY id",
    )?;
    let mut rows = statement.query([now.millis()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(health(&row, now)?);
    }
    Ok(found)
}

fn health(row: &Row<'_>, now: Timestamp) -> StoreResult<MirrorHealth> {
    let time =
        |place| -> StoreResult<Option<Timestamp>> { Ok(row.get::<Option<i64>>(place)?.map(Timestamp::from_millis)) };
    let target: MirrorTarget = serde_json::from_str(&row.get::<String>(2)?)?;
    let state = match row.get::<String>(6)?.as_str() {
        "running" => MirrorState::Running,
        "paused" => MirrorState::Paused,
        _ => MirrorState::Broken,
    };
    let subjects = [
        (MirrorSubject::Kudos, row.get::<bool>(4)?),
        (MirrorSubject::Gatherings, row.get::<bool>(5)?),
    ];
    let trouble: Option<String> = row.get(7)?;
    let next_try_at = time(9)?.filter(|next| state == MirrorState::Running && trouble.is_some() && *next > now);
    Ok(MirrorHealth {
        id: id_of(&row.get::<String>(0)?)?,
        name: row.get(1)?,
        service: target.service().to_owned(),
        host: host(&target),
        shows: subjects
            .into_iter()
            .filter(|(_, is)| *is)
            .map(|(subject, _)| subject)
            .collect(),
        language: row.get(3)?,
        state,
        trouble,
        failing_since: time(8)?,
        next_try_at,
        delivered_at: time(10)?,
        uncertain: row.get(11)?,
        refused: row.get(12)?,
        waiting: row.get(13)?,
    })
}

pub(super) fn target(db: Connection<'_>, asker: Option<Caller>, id: MirrorId) -> StoreResult<(MirrorTarget, Language)> {
    require_admin(db, asker)?;
    let sql = "SELECT target, language FROM mirrors WHERE id = ?1";
    let found: Option<(String, String)> = db
        .query_row(sql, [id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (target, language) = found.ok_or_else(unknown)?;
    Ok((serde_json::from_str(&target)?, Language::of(&language)))
}

fn unknown() -> StoreError {
    refused("not_found", "There is no mirror of this id.")
}

pub(super) fn change(
    db: Connection<'_>,
    changes: &mut Changes,
    asker: Option<Caller>,
    id: MirrorId,
    change: MirrorChange,
    now: Timestamp,
) -> StoreResult<()> {
    require_admin(db, asker)?;
    let key = id.to_string();
    let sql = "SELECT state FROM mirrors WHERE id = ?1";
    let state: Option<String> = db.query_row(sql, [&key], |row| row.get(0)).optional()?;
    let state = state.ok_or_else(unknown)?;
    match change {
        MirrorChange::Pause => {
            db.execute("UPDATE mirrors SET state = 'paused' WHERE id = ?1", [&key])?;
        }
        MirrorChange::Resume => {
            if state == "paused" {
                // What was given while nobody wanted to see it there is not brought up later. What is to be taken back is.
                let sql = "DELETE FROM mirror_queue WHERE mirror = ?1 AND deed = 'show' AND due_at <= ?2";
                db.execute(sql, params![key, now.millis()])?;
            }
            db.execute(
                "UPDATE mirrors SET state = 'running', trouble = NULL, failures = 0, failing_since = NULL, next_at = 0,
                   refused_in_row = 0 WHERE id = ?1",
                [&key],
            )?;
        }
        MirrorChange::Remove => {
            for table in ["mirror_queue", "mirrored"] {
                db.execute(&format!("DELETE FROM {table} WHERE mirror = ?1"), [&key])?;
            }
            db.execute("DELETE FROM mirrors WHERE id = ?1", [&key])?;
            // Its address and token are to be in no file.
            changes.forget = true;
        }
    }
    let deed = match change {
        MirrorChange::Pause => Deed::Paused,
        MirrorChange::Resume => Deed::Resumed,
        MirrorChange::Remove => Deed::Removed,
    };
    acts::note(db, asker, deed, "mirror", now)
}

/// What came out of a backup shows nothing anywhere until an admin says so: this may be a copy, beside the endpoint that
/// it was made of.
pub(super) fn pause_restored(db: Connection<'_>) -> StoreResult<()> {
    let sql = "UPDATE mirrors SET state = 'paused', trouble = 'restored' WHERE state = 'running'";
    db.execute(sql, [])?;
    Ok(())
}

/// The running mirrors at which something is to be done, and when that is: its time has come and so has the mirror's.
pub(super) fn due(db: Connection<'_>) -> StoreResult<Vec<Due>> {
    let mut statement = db.prepare_cached(
        "SELECT id, CASE WHEN next_at > soonest THEN next_at ELSE soonest END FROM
           (SELECT id, next_at, (SELECT min(due_at) FROM mirror_queue WHERE mirror = id) AS soonest
            FROM mirrors WHERE state = 'running') AS running
         WHERE soonest IS NOT NULL ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Due {
            mirror: id_of(&row.get::<String>(0)?)?,
            at: Timestamp::from_millis(row.get(1)?),
        });
    }
    Ok(found)
}

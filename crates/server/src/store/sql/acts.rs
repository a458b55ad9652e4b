//! Acts: noted in the transaction of what was done, so that there is none without the other.

use samovar_domain::{Body, MemberId, Timestamp};

use super::connection::{Connection, Rows, params};
use super::{Caller, StoreError, StoreResult, rows};
use crate::store::acts::{ACTS_KEPT, Act, Actor, Deed};

const COMMAND_LINE: &str = "command line";
const SIGN_IN: &str = "sign-in";
const FORMER: &str = "former";

/// Notes what was done; `None` is the command line.
pub(super) fn note(
    db: Connection<'_>,
    asker: Option<Caller>,
    deed: Deed,
    thing: &str,
    now: Timestamp,
) -> StoreResult<()> {
    let actor = asker.map_or_else(|| COMMAND_LINE.to_owned(), |asker| asker.member.to_string());
    note_by(db, &actor, deed, thing, now)
}

/// Notes what followed from somebody's groups at the company's provider.
pub(super) fn note_sign_in(db: Connection<'_>, deed: Deed, thing: &str, now: Timestamp) -> StoreResult<()> {
    note_by(db, SIGN_IN, deed, thing, now)
}

fn note_by(db: Connection<'_>, actor: &str, deed: Deed, thing: &str, now: Timestamp) -> StoreResult<()> {
    db.prepare_cached("INSERT INTO admin_acts (at, actor, deed, thing) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![now.millis(), actor, deed.word(), thing])?;
    Ok(())
}

/// Takes out of what was done who did it.
pub(super) fn part_with(db: Connection<'_>, member: MemberId) -> StoreResult<()> {
    db.execute(
        "UPDATE admin_acts SET actor = ?1 WHERE actor = ?2",
        params![FORMER, member.to_string()],
    )?;
    Ok(())
}

/// Forgets what was done long ago.
pub(super) fn forget(db: Connection<'_>, now: Timestamp) -> StoreResult<()> {
    db.execute("DELETE FROM admin_acts WHERE at < ?1", [now.minus(ACTS_KEPT).millis()])?;
    Ok(())
}

/// What was done since then and is to be kept, the oldest first.
pub(super) fn since(db: Connection<'_>, since: Timestamp, now: Timestamp) -> StoreResult<Vec<Act>> {
    let since = since.max(now.minus(ACTS_KEPT));
    let mut statement = db.prepare("SELECT at, actor, deed, thing FROM admin_acts WHERE at >= ?1 ORDER BY n")?;
    found(db, statement.query([since.millis()])?)
}

/// What a member did: for the export.
pub(super) fn of(db: Connection<'_>, member: MemberId) -> StoreResult<Vec<Act>> {
    let mut statement = db.prepare("SELECT at, actor, deed, thing FROM admin_acts WHERE actor = ?1 ORDER BY n")?;
    found(db, statement.query([member.to_string()])?)
}

fn found(db: Connection<'_>, mut rows: Rows<'_>) -> StoreResult<Vec<Act>> {
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let values = (row.get::<i64>(0)?, row.get::<String>(1)?);
        found.push((values, row.get::<String>(2)?, row.get::<String>(3)?));
    }
    // Names are looked up when all rows are read: a connection reads one thing at a time.
    drop(rows);
    let told = found.into_iter().map(|((at, actor), deed, thing)| {
        let actor = actor_of(db, &actor)?;
        Ok(Act {
            at: Timestamp::from_millis(at),
            by: actor.words().to_owned(),
            member: match actor {
                Actor::Member(member, _) => Some(member),
                Actor::CommandLine | Actor::SignIn | Actor::Former => None,
            },
            deed,
            thing,
        })
    });
    told.collect()
}

fn actor_of(db: Connection<'_>, actor: &str) -> StoreResult<Actor> {
    match actor {
        COMMAND_LINE => return Ok(Actor::CommandLine),
        SIGN_IN => return Ok(Actor::SignIn),
        FORMER => return Ok(Actor::Former),
        _ => {}
    }
    let member: MemberId = actor
        .parse()
        .map_err(|error: uuid::Error| StoreError::Failed(error.to_string()))?;
    let item = rows::get(db, member.into())?;
    Ok(match item.as_ref().and_then(rows::read) {
        Some(Body::Member(profile)) => Actor::Member(member, profile.name),
        _ => Actor::Former,
    })
}

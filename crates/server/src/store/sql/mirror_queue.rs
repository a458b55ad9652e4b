//! What is to be done at mirrors: queued in the transaction that writes the item, taken in order, settled by what came of
//! it.

use samovar_domain::wire::MirrorTarget;
use samovar_domain::{Body, Item, ItemId, Kind, MemberId, MirrorId, Timestamp};

use super::connection::{Connection, OptionalExtension as _, params};
use super::{StoreError, StoreResult, rows};
use crate::mirrors::{
    AHEAD_MINUTES, Deed, GIVEN_UP_AFTER, Language, Load, Message, Outcome, Trouble, message_of, repeats_safely, wait,
};

/// After so many messages in a row that a service does not take, the fault lies with the mirror.
const REFUSED_IN_ROW_MAX: u32 = 3;

/// Queues what a new version of an item changes at mirrors. To be called before the version is written.
pub(super) fn note(db: Connection<'_>, item: &Item) -> StoreResult<()> {
    match item.kind.as_str() {
        Kind::KUDOS | Kind::GATHERING => {}
        Kind::MEMBER if item.body.is_none() => return forget_name(db, MemberId(item.id.0), item.updated_at),
        _ => return Ok(()),
    }
    let is_kudos = item.kind == Kind::KUDOS;
    let column = if is_kudos { "kudos" } else { "gatherings" };
    let mut statement = db.prepare_cached(&format!("SELECT id FROM mirrors WHERE {column} = 1 ORDER BY id"))?;
    let showing: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if showing.is_empty() {
        return Ok(());
    }
    let before = rows::get(db, item.id)?;
    for mirror in showing {
        note_at(db, &mirror, item, before.as_ref())?;
    }
    Ok(())
}

fn note_at(db: Connection<'_>, mirror: &str, item: &Item, before: Option<&Item>) -> StoreResult<()> {
    let (id, now) = (item.id, item.updated_at);
    if is_shown(db, mirror, id)? {
        return match (&item.body, before.and_then(rows::read)) {
            // What has taken place is no news when it goes.
            (None, Some(Body::Gathering(gathering))) if gathering.ends_at() <= now => forget_shown(db, mirror, id),
            (None, _) => push(db, mirror, id, "take_back", now),
            (Some(_), _) => push(db, mirror, id, "change", now),
        };
    }
    match rows::read(item) {
        Some(Body::Kudos(kudos)) => {
            let is_public = item.audience == samovar_domain::Audience::Team && kudos.instead_of.is_none();
            // What is sent again after a restore, or was long on its way, is no news.
            let is_news = item.created_at.plus(GIVEN_UP_AFTER) > now;
            if before.is_none() && is_public && is_news {
                push(db, mirror, id, "show", now)?;
            }
        }
        Some(Body::Gathering(gathering)) => {
            take_out(db, mirror, id)?;
            if !gathering.cancelled && gathering.starts_at > now {
                let at = gathering.starts_at.plus_minutes(-AHEAD_MINUTES).max(now);
                push(db, mirror, id, "show", at)?;
            }
        }
        _ => take_out(db, mirror, id)?,
    }
    Ok(())
}

/// Queues the gatherings that are still to come, for a mirror that is new.
pub(super) fn fill_with_gatherings(db: Connection<'_>, mirror: MirrorId, now: Timestamp) -> StoreResult<()> {
    for item in rows::find(db, "kind = 'gathering' AND body IS NOT NULL ORDER BY seq", &[])? {
        let Some(Body::Gathering(gathering)) = rows::read(&item) else {
            continue;
        };
        if !gathering.cancelled && gathering.starts_at > now {
            let at = gathering.starts_at.plus_minutes(-AHEAD_MINUTES).max(now);
            push(db, &mirror.to_string(), item.id, "show", at)?;
        }
    }
    Ok(())
}

/// Somebody leaves: their name goes from the thanks that are shown.
fn forget_name(db: Connection<'_>, member: MemberId, now: Timestamp) -> StoreResult<()> {
    let mut statement = db.prepare_cached(
        "SELECT mirrored.mirror, mirrored.item FROM mirrored JOIN items ON items.id = mirrored.item
         WHERE items.kind = 'kudos' AND instr(items.body, ?1) > 0",
    )?;
    let naming: Vec<(String, String)> = statement
        .query_map([member.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (mirror, item) in naming {
        push(db, &mirror, item_id(&item)?, "change", now)?;
    }
    Ok(())
}

fn item_id(text: &str) -> StoreResult<ItemId> {
    text.parse()
        .map_err(|error: uuid::Error| StoreError::Failed(error.to_string()))
}

fn push(db: Connection<'_>, mirror: &str, item: ItemId, deed: &str, due_at: Timestamp) -> StoreResult<()> {
    let id = item.to_string();
    // What has not begun is overtaken by this: whoever carries it looks at the item as it is then.
    let overtaken = "DELETE FROM mirror_queue WHERE mirror = ?1 AND item = ?2 AND deed <> 'show' AND begun_at IS NULL";
    db.execute(overtaken, [mirror, &id])?;
    db.prepare_cached("INSERT INTO mirror_queue (mirror, item, deed, due_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![mirror, id, deed, due_at.millis()])?;
    Ok(())
}

/// Whether the item is shown, or a call is under way that may show it.
fn is_shown(db: Connection<'_>, mirror: &str, item: ItemId) -> StoreResult<bool> {
    let mut statement = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM mirrored WHERE mirror = ?1 AND item = ?2)
             OR EXISTS (SELECT 1 FROM mirror_queue WHERE mirror = ?1 AND item = ?2 AND begun_at IS NOT NULL)",
    )?;
    Ok(statement.query_row([mirror, &item.to_string()], |row| row.get(0))?)
}

fn take_out(db: Connection<'_>, mirror: &str, item: ItemId) -> StoreResult<()> {
    let sql = "DELETE FROM mirror_queue WHERE mirror = ?1 AND item = ?2 AND begun_at IS NULL";
    db.execute(sql, [mirror, &item.to_string()])?;
    Ok(())
}

fn forget_shown(db: Connection<'_>, mirror: &str, item: ItemId) -> StoreResult<()> {
    take_out(db, mirror, item)?;
    forget_shown_row(db, mirror, item)
}

fn show(db: Connection<'_>, mirror: &str, item: ItemId, reference: Option<&str>, digest: &str) -> StoreResult<()> {
    db.execute(
        "INSERT INTO mirrored (mirror, item, reference, digest) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (mirror, item) DO UPDATE SET digest = ?4",
        params![mirror, item.to_string(), reference, digest],
    )?;
    Ok(())
}

fn drop_load(db: Connection<'_>, n: i64) -> StoreResult<()> {
    db.execute("DELETE FROM mirror_queue WHERE n = ?1", [n])?;
    Ok(())
}

/// A row of the queue.
struct Waiting {
    n: i64,
    item: ItemId,
    deed: String,
    due_at: Timestamp,
    is_begun: bool,
}

fn first(db: Connection<'_>, mirror: &str, now: Timestamp) -> StoreResult<Option<Waiting>> {
    let mut statement = db.prepare_cached(
        "SELECT n, item, deed, due_at, begun_at IS NOT NULL FROM mirror_queue
         WHERE mirror = ?1 AND due_at <= ?2 ORDER BY due_at, n LIMIT 1",
    )?;
    let found = statement
        .query_row(params![mirror, now.millis()], |row| {
            Ok((
                row.get(0)?,
                row.get::<String>(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })
        .optional()?;
    found
        .map(|(n, item, deed, due_at, is_begun)| {
            Ok(Waiting {
                n,
                item: item_id(&item)?,
                deed,
                due_at: Timestamp::from_millis(due_at),
                is_begun,
            })
        })
        .transpose()
}

/// Takes the oldest thing that is to be done at a mirror now, and notes that it is begun. What is not to be done any more
/// is dropped on the way.
pub(super) fn take(db: Connection<'_>, mirror: MirrorId, now: Timestamp) -> StoreResult<Option<Load>> {
    let key = mirror.to_string();
    let sql = "SELECT target, language, failing_since IS NOT NULL FROM mirrors
               WHERE id = ?1 AND state = 'running' AND next_at <= ?2";
    let ready: Option<(String, String, bool)> = db
        .query_row(sql, params![key, now.millis()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((target, language, is_failing)) = ready else {
        return Ok(None);
    };
    let target: MirrorTarget = serde_json::from_str(&target)?;
    while let Some(waiting) = first(db, &key, now)? {
        let Some(deed) = deed(db, &key, &waiting, is_failing, now)? else {
            if waiting.is_begun && waiting.deed == "show" {
                // It may stand there all the same: what takes it back waits behind it.
                show(db, &key, waiting.item, None, "")?;
            }
            drop_load(db, waiting.n)?;
            continue;
        };
        if waiting.is_begun && !repeats_safely(&target, &deed) {
            // The endpoint ended in the middle of the call.
            leave_uncertain(db, &key, waiting.n, &deed)?;
            continue;
        }
        db.execute(
            "UPDATE mirror_queue SET begun_at = ?2 WHERE n = ?1",
            params![waiting.n, now.millis()],
        )?;
        return Ok(Some(Load {
            mirror,
            n: waiting.n,
            target,
            language: Language::of(&language),
            deed,
        }));
    }
    Ok(None)
}

/// What there is to be done by now; `None` when nothing.
fn deed(
    db: Connection<'_>,
    mirror: &str,
    waiting: &Waiting,
    is_failing: bool,
    now: Timestamp,
) -> StoreResult<Option<Deed>> {
    let id = waiting.item;
    let item = rows::get(db, id)?.filter(|item| item.body.is_some());
    let failed = std::cell::RefCell::new(None);
    let look = |id: ItemId| match rows::get(db, id) {
        Ok(item) => item.as_ref().and_then(rows::read),
        Err(error) => {
            failed.replace(Some(error));
            None
        }
    };
    let message = item.and_then(|item| message_of(&item, &look));
    if let Some(error) = failed.into_inner() {
        return Err(error);
    }
    if waiting.deed == "show" {
        // At a mirror that fails it is what the last try is made with, after which the mirror is broken.
        let is_late = !is_failing && waiting.due_at.plus(GIVEN_UP_AFTER) <= now;
        let is_over = |message: &Message| match message {
            Message::Gathering {
                starts_at,
                duration_min,
                cancelled,
                ..
            } => *cancelled || starts_at.plus_minutes(i64::from(*duration_min)) <= now,
            Message::Kudos { .. } => false,
        };
        return Ok(message.filter(|message| !is_late && !is_over(message)).map(Deed::Show));
    }
    let sql = "SELECT reference, digest FROM mirrored WHERE mirror = ?1 AND item = ?2";
    let shown: Option<(Option<String>, String)> = db
        .query_row(sql, [mirror, &id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((reference, digest)) = shown else {
        return Ok(None);
    };
    Ok(match message.filter(|_| waiting.deed == "change") {
        Some(message) if message.digest() == digest => None,
        Some(message) => Some(Deed::Change { message, reference }),
        None => Some(Deed::TakeBack { item: id, reference }),
    })
}

/// Nobody knows whether a call has arrived, and the service would do it twice: it is taken as done, and counted.
fn leave_uncertain(db: Connection<'_>, mirror: &str, n: i64, deed: &Deed) -> StoreResult<()> {
    finish(db, mirror, n, deed, None)?;
    db.execute("UPDATE mirrors SET uncertain = uncertain + 1 WHERE id = ?1", [mirror])?;
    Ok(())
}

fn finish(db: Connection<'_>, mirror: &str, n: i64, deed: &Deed, reference: Option<&str>) -> StoreResult<()> {
    match deed {
        Deed::Show(message) => {
            // Changed while the call was under way, or since one that this repeats: which version stands there is unknown.
            let sql = "SELECT EXISTS (SELECT 1 FROM mirror_queue WHERE mirror = ?1 AND item = ?2 AND n > ?3)";
            let item = message.item();
            let is_changed: bool = db.query_row(sql, params![mirror, item.to_string(), n], |row| row.get(0))?;
            let digest = if is_changed { String::new() } else { message.digest() };
            show(db, mirror, item, reference, &digest)?;
        }
        Deed::Change { message, .. } => show(db, mirror, message.item(), reference, &message.digest())?,
        Deed::TakeBack { item, .. } => forget_shown_row(db, mirror, *item)?,
        Deed::Trial => {}
    }
    drop_load(db, n)
}

fn forget_shown_row(db: Connection<'_>, mirror: &str, item: ItemId) -> StoreResult<()> {
    let sql = "DELETE FROM mirrored WHERE mirror = ?1 AND item = ?2";
    db.execute(sql, [mirror, &item.to_string()])?;
    Ok(())
}

/// Writes down what came of a load.
pub(super) fn settle(db: Connection<'_>, load: &Load, outcome: &Outcome, now: Timestamp) -> StoreResult<()> {
    let key = load.mirror.to_string();
    let is_there = "SELECT EXISTS (SELECT 1 FROM mirrors WHERE id = ?1)";
    if !db.query_row(is_there, [&key], |row| row.get::<bool>(0))? {
        return Ok(()); // removed meanwhile
    }
    match outcome {
        Outcome::Done { reference } => {
            finish(db, &key, load.n, &load.deed, reference.as_deref())?;
            db.execute(
                "UPDATE mirrors SET trouble = NULL, failures = 0, failing_since = NULL, next_at = 0, refused_in_row = 0,
                   delivered_at = ?2 WHERE id = ?1",
                params![key, now.millis()],
            )?;
        }
        Outcome::Later { after, trouble } => {
            set_back(db, load.n)?;
            fail(db, &key, *after, *trouble, now)?;
        }
        Outcome::Unknown(trouble) => {
            // A call that may be repeated stays begun, since the message may stand there already.
            if !repeats_safely(&load.target, &load.deed) {
                leave_uncertain(db, &key, load.n, &load.deed)?;
            }
            fail(db, &key, None, *trouble, now)?;
        }
        Outcome::Refused => {
            drop_load(db, load.n)?;
            db.execute(
                "UPDATE mirrors SET refused = refused + 1, refused_in_row = refused_in_row + 1, trouble = ?2,
                   state = CASE WHEN refused_in_row + 1 >= ?3 AND state = 'running' THEN 'broken' ELSE state END WHERE id = ?1",
                params![key, Trouble::Refused.code(), REFUSED_IN_ROW_MAX],
            )?;
        }
        Outcome::Broken(trouble) => {
            set_back(db, load.n)?;
            break_off(db, &key, *trouble, now)?;
        }
    }
    Ok(())
}

fn set_back(db: Connection<'_>, n: i64) -> StoreResult<()> {
    db.execute("UPDATE mirror_queue SET begun_at = NULL WHERE n = ?1", [n])?;
    Ok(())
}

/// A failure that may pass: the mirror waits, and is broken off when it has failed for too long.
fn fail(
    db: Connection<'_>,
    mirror: &str,
    after: Option<std::time::Duration>,
    trouble: Trouble,
    now: Timestamp,
) -> StoreResult<()> {
    let sql = "SELECT failures, failing_since FROM mirrors WHERE id = ?1";
    let (failures, since): (u32, Option<i64>) = db.query_row(sql, [mirror], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let since = since.map_or(now, Timestamp::from_millis);
    if since.plus(GIVEN_UP_AFTER) <= now {
        return break_off(db, mirror, trouble, now);
    }
    let failures = failures.saturating_add(1);
    let chance = mirror.bytes().fold(u64::from(failures), |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(byte))
    });
    // The last try is made when the day is over, not an hour after.
    let next = now.plus(wait(failures, chance, after)).min(since.plus(GIVEN_UP_AFTER));
    db.execute(
        "UPDATE mirrors SET failures = ?2, failing_since = ?3, next_at = ?4, trouble = ?5 WHERE id = ?1",
        params![mirror, failures, since.millis(), next.millis(), trouble.code()],
    )?;
    Ok(())
}

fn break_off(db: Connection<'_>, mirror: &str, trouble: Trouble, now: Timestamp) -> StoreResult<()> {
    db.execute(
        "UPDATE mirrors SET state = CASE WHEN state = 'running' THEN 'broken' ELSE state END, trouble = ?2,
           failing_since = coalesce(failing_since, ?3) WHERE id = ?1",
        params![mirror, trouble.code(), now.millis()],
    )?;
    Ok(())
}

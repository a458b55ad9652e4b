//! What the endpoint does by itself about gatherings: makes them from their series, has them follow it, and mixes rooms.

use std::collections::HashMap;

use samovar_domain::kinds::{Answer, Busy, Gathering, Rsvp, Series};
use samovar_domain::schedule::Schedule;
use samovar_domain::series::{self, Kept, Team};
use samovar_domain::wire::Op;
use samovar_domain::{Audience, Body, Item, ItemId, Kind, MemberId, Owner, Timestamp, rooms};

use super::changes::Changes;
use super::connection::{Connection, OptionalExtension as _};
use super::{StoreResult, rows};

/// Makes the gatherings of the coming weeks that are not there yet. Those that are stay as they are, since an admin may
/// have moved one by hand; one that an admin called off stays off.
pub(super) fn plan(db: Connection<'_>, changes: &mut Changes, now: Timestamp) -> StoreResult<()> {
    let mut team = None;
    for item in rows::find(db, "kind = 'series' AND body IS NOT NULL ORDER BY seq", &[])? {
        if let Some(Body::Series(series)) = rows::read(&item) {
            for (id, gathering) in ahead(db, &mut team, item.id, &series, now)? {
                if rows::get(db, id)?.is_none() {
                    write(db, changes, id, gathering, now)?;
                }
            }
        }
    }
    Ok(())
}

/// A series was written or deleted: what is still ahead of it follows. Gatherings that it no longer has are called off,
/// and kept so that calendars hear of it; the others become as it says, but those that an admin called off stay off.
pub(super) fn follow_series(db: Connection<'_>, changes: &mut Changes, id: ItemId, now: Timestamp) -> StoreResult<()> {
    let planned = match rows::get(db, id)?.as_ref().and_then(rows::read) {
        Some(Body::Series(series)) => ahead(db, &mut None, id, &series, now)?,
        _ => {
            db.execute("DELETE FROM rotations WHERE series = ?1", [id.to_string()])?;
            Vec::new()
        }
    };
    let naming = "kind = 'gathering' AND body IS NOT NULL AND instr(body, ?1) > 0 ORDER BY seq";
    let present = rows::find(db, naming, &[&id.to_string()])?;
    for item in present {
        let Some(Body::Gathering(gathering)) = rows::read(&item) else {
            continue;
        };
        if gathering.series != Some(id) {
            continue;
        }
        let is_ahead = gathering.starts_at > now && !planned.iter().any(|(planned, _)| *planned == item.id);
        if let Some(off) = series::called_off(&gathering).filter(|_| is_ahead) {
            write(db, changes, item.id, off, now)?;
        }
    }
    for (id, planned) in planned {
        let next = match rows::get(db, id)?.as_ref().and_then(rows::read) {
            // One that has begun is left alone.
            Some(Body::Gathering(present)) if present.starts_at <= now => None,
            Some(Body::Gathering(present)) => series::followed(&present, planned),
            _ => Some(planned),
        };
        let sql = "SELECT EXISTS (SELECT 1 FROM cancelled WHERE item = ?1)";
        if let Some(next) = next
            && !db.query_row(sql, [id.to_string()], |row| row.get::<bool>(0))?
        {
            write(db, changes, id, next, now)?;
        }
    }
    Ok(())
}

/// The gatherings of a series, and what is kept of its rotation. The team is looked up when it has a say.
fn ahead(
    db: Connection<'_>,
    team: &mut Option<Team>,
    id: ItemId,
    series: &Series,
    now: Timestamp,
) -> StoreResult<Vec<(ItemId, Gathering)>> {
    if series.more_slots.is_empty() {
        db.execute("DELETE FROM rotations WHERE series = ?1", [id.to_string()])?;
        return Ok(series::gatherings(id, series, now));
    }
    if team.is_none() {
        *team = Some(read_team(db, now)?);
    }
    let Some(team) = team else { return Ok(Vec::new()) };
    let sql = "SELECT kept FROM rotations WHERE series = ?1";
    let before: Option<String> = db.query_row(sql, [id.to_string()], |row| row.get(0)).optional()?;
    let mut kept: Kept = before
        .as_deref()
        .map(serde_json::from_str)
        .transpose()?
        .unwrap_or_default();
    let planned = series::ahead(id, series, team, &mut kept, now);
    let after = serde_json::to_string(&kept)?;
    if before.as_ref() != Some(&after) {
        db.execute(
            "INSERT INTO rotations (series, kept) VALUES (?1, ?2) ON CONFLICT (series) DO UPDATE SET kept = ?2",
            [id.to_string(), after],
        )?;
    }
    Ok(planned)
}

fn read_team(db: Connection<'_>, now: Timestamp) -> StoreResult<Team> {
    let members = rows::find(db, "kind = 'member' AND body IS NOT NULL", &[])?;
    let mut busy = busy(db)?;
    let schedules = members.iter().filter_map(|item| match rows::read(item) {
        Some(Body::Member(member)) => {
            let id = MemberId(item.id.0);
            let busy = busy.remove(&id).unwrap_or_default();
            Some((id, Schedule::of(&member).with_busy(busy.times())))
        }
        _ => None,
    });
    Ok(Team::new(schedules, now))
}

/// When members are busy, of those who tell the planner.
pub(super) fn busy(db: Connection<'_>) -> StoreResult<HashMap<MemberId, Busy>> {
    let told = rows::find(db, "kind = 'busy' AND body IS NOT NULL", &[])?;
    let read = |item: &Item| match rows::read(item) {
        Some(Body::Busy(busy)) => item.owner.member().map(|member| (member, busy)),
        _ => None,
    };
    Ok(told.iter().filter_map(read).collect())
}

/// Takes a member who left out of what is kept of rotations.
pub(super) fn forget(db: Connection<'_>, member: MemberId) -> StoreResult<()> {
    let mut statement = db.prepare("SELECT series, kept FROM rotations")?;
    let all: Vec<(String, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (series, kept) in all {
        let mut kept: Kept = serde_json::from_str(&kept)?;
        kept.forget(member);
        db.execute(
            "UPDATE rotations SET kept = ?2 WHERE series = ?1",
            [series, serde_json::to_string(&kept)?],
        )?;
    }
    Ok(())
}

/// An admin wrote a gathering: whether they called it off is remembered, so that its series does not bring it back.
pub(super) fn note_calling_off(db: Connection<'_>, op: &Op) -> StoreResult<()> {
    let is_off = op.body.as_ref().is_none_or(|body| body["cancelled"] == true);
    let sql = if is_off {
        "INSERT INTO cancelled (item) VALUES (?1) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM cancelled WHERE item = ?1"
    };
    db.execute(sql, [op.id.to_string()])?;
    Ok(())
}

/// The gatherings still to come of series whose people are mixed into rooms.
fn with_rooms(db: Connection<'_>, now: Timestamp) -> StoreResult<Vec<(Item, Gathering, ItemId, Series)>> {
    let series = rows::find(db, "kind = 'series' AND body IS NOT NULL", &[])?;
    let plans: HashMap<ItemId, Series> = series
        .iter()
        .filter_map(|item| match rows::read(item) {
            Some(Body::Series(plan)) if plan.rooms => Some((item.id, plan)),
            _ => None,
        })
        .collect();
    if plans.is_empty() {
        return Ok(Vec::new());
    }
    // All of them in one go: a look for each series would read the table as often as there are series.
    let all = rows::find(db, "kind = 'gathering' AND body IS NOT NULL ORDER BY seq", &[])?;
    let open = all.into_iter().filter_map(|item| {
        let Some(Body::Gathering(gathering)) = rows::read(&item) else {
            return None;
        };
        let series = gathering.series?;
        let plan = plans.get(&series)?.clone();
        let is_open = gathering.starts_at > now && !gathering.cancelled && gathering.rooms.is_empty();
        is_open.then_some((item, gathering, series, plan))
    });
    Ok(open.collect())
}

fn mixing_time(gathering: &Gathering) -> Timestamp {
    gathering.starts_at.plus_minutes(-rooms::MINUTES_BEFORE)
}

/// The gatherings that are about to begin and have rooms to be mixed, with these.
pub(super) fn due_rooms(db: Connection<'_>, now: Timestamp) -> StoreResult<Vec<(ItemId, Gathering)>> {
    let mut due = Vec::new();
    for (item, gathering, series_id, series) in with_rooms(db, now)? {
        if mixing_time(&gathering) > now {
            continue;
        }
        let answers = rows::find(
            db,
            "kind = 'rsvp' AND target = ?1 AND body IS NOT NULL",
            &[&item.id.to_string()],
        )?;
        let coming: Vec<MemberId> = answers
            .iter()
            .filter(|answer| matches!(rows::read(answer), Some(Body::Rsvp(rsvp)) if rsvp.answer == Answer::Yes))
            .filter_map(|answer| answer.owner.member())
            .filter(|member| gathering.invites(*member))
            .collect();
        let week = series::week_number(gathering.starts_at.utc().date_naive());
        let rooms = rooms::rooms(item.id, (series_id, &series), &coming, week);
        if !rooms.is_empty() {
            due.push((item.id, Gathering { rooms, ..gathering }));
        }
    }
    Ok(due)
}

/// Mixes rooms for the gatherings that are about to begin.
pub(super) fn mix_rooms(db: Connection<'_>, changes: &mut Changes, now: Timestamp) -> StoreResult<()> {
    for (id, gathering) in due_rooms(db, now)? {
        write(db, changes, id, gathering, now)?;
    }
    Ok(())
}

/// Somebody answered: whoever comes after the rooms were mixed gets a place in one.
pub(super) fn seat(
    db: Connection<'_>,
    changes: &mut Changes,
    member: MemberId,
    rsvp: &Rsvp,
    now: Timestamp,
) -> StoreResult<()> {
    if rsvp.answer != Answer::Yes {
        return Ok(());
    }
    let item = rows::get(db, rsvp.gathering)?;
    if let Some(Body::Gathering(mut gathering)) = item.as_ref().and_then(rows::read)
        && gathering.ends_at() > now
        && gathering.invites(member)
        && rooms::seat(&mut gathering.rooms, member)
    {
        write(db, changes, rsvp.gathering, gathering, now)?;
    }
    Ok(())
}

/// When rooms are mixed next.
pub(super) fn next_rooms(db: Connection<'_>, now: Timestamp) -> StoreResult<Option<Timestamp>> {
    let all = with_rooms(db, now)?;
    let times = all.iter().map(|(_, gathering, _, _)| mixing_time(gathering));
    Ok(times.filter(|time| *time > now).min())
}

fn write(
    db: Connection<'_>,
    changes: &mut Changes,
    id: ItemId,
    gathering: Gathering,
    now: Timestamp,
) -> StoreResult<()> {
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

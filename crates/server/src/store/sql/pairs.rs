//! The weekly draw of pair calls: what it needs is read, and what it came to is written, in one transaction.

use std::collections::HashMap;

use chrono::NaiveDate;
use samovar_domain::expiry::expires_at;
use samovar_domain::kinds::{Member, Pairing, TeamSettings};
use samovar_domain::pairs::{DrawCalendar, Occasion, Wish, pairings};
use samovar_domain::{Audience, Body, Item, ItemId, Kind, MemberId, Owner, Timestamp};

use super::changes::Changes;
use super::connection::Connection;
use super::{StoreError, StoreResult, gatherings, read, rows};

pub(super) fn next_draw(db: Connection<'_>, now: Timestamp) -> StoreResult<Timestamp> {
    let drawn = drawn_weeks(db)?;
    Ok(match due(db, &drawn, now)? {
        Some(_) => now,
        None => calendar(db)?.next(now, |week| drawn.contains(&week)),
    })
}

/// The draw that is to be made now. Before the first owner is there, nobody knows in which zone it is ten o'clock: a week
/// that was over in another one would be without its draw.
fn due(db: Connection<'_>, drawn: &[NaiveDate], now: Timestamp) -> StoreResult<Option<Occasion>> {
    let is_anybody_there = !rows::find(db, "kind = 'member' AND body IS NOT NULL LIMIT 1", &[])?.is_empty();
    let due = calendar(db)?.due(now, |week| drawn.contains(&week));
    Ok(due.filter(|_| is_anybody_there))
}

pub(super) fn draw(db: Connection<'_>, changes: &mut Changes, now: Timestamp, secret: &[u8; 32]) -> StoreResult<()> {
    let Some(occasion) = due(db, &drawn_weeks(db)?, now)? else {
        return Ok(());
    };
    let past = all(db, Kind::PAIRING)?.into_iter().filter_map(|(_, body)| match body {
        Body::Pairing(pairing) => Some(pairing),
        _ => None,
    });
    for (id, pairing) in pairings(&wishes(db)?, &past.collect::<Vec<_>>(), &occasion, secret) {
        if rows::get(db, id)?.is_none() {
            rows::write(db, changes, item(id, pairing, now)?)?;
        }
    }
    db.execute("INSERT INTO pair_draws (week) VALUES (?1)", [occasion.week.to_string()])?;
    Ok(())
}

fn item(id: ItemId, pairing: Pairing, now: Timestamp) -> StoreResult<Item> {
    Ok(Item {
        id,
        kind: Kind::new(Kind::PAIRING),
        owner: Owner::Team,
        seq: 0,
        audience: Audience::Only(pairing.members.clone()),
        created_at: now,
        updated_at: now,
        body: Some(serde_json::to_value(&pairing)?),
        expires_at: expires_at(&Body::Pairing(pairing), now),
    })
}

/// Takes somebody who leaves the team out of their pair calls: two of a trio can still meet, one of a pair cannot.
pub(super) fn part_with(
    db: Connection<'_>,
    changes: &mut Changes,
    member: MemberId,
    now: Timestamp,
) -> StoreResult<()> {
    let condition = "kind = 'pairing' AND body IS NOT NULL AND instr(body, ?1) > 0 ORDER BY seq";
    for item in rows::find(db, condition, &[&member.to_string()])? {
        let Some(Body::Pairing(mut pairing)) = rows::read(&item) else {
            continue;
        };
        pairing.members.retain(|one| *one != member);
        if pairing.members.len() < 2 {
            rows::bury(db, changes, item.id, now)?;
            continue;
        }
        if pairing.ice_breaker == Some(member) {
            pairing.ice_breaker = pairing.members.first().copied();
        }
        rows::rewrite(db, changes, item, serde_json::to_value(&pairing)?, now)?;
    }
    Ok(())
}

fn drawn_weeks(db: Connection<'_>) -> StoreResult<Vec<NaiveDate>> {
    let mut statement = db.prepare_cached("SELECT week FROM pair_draws")?;
    let weeks: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let damaged = |error: chrono::ParseError| StoreError::Failed(format!("a damaged row: {error}"));
    weeks.iter().map(|week| week.parse().map_err(damaged)).collect()
}

/// What admins have set.
pub(super) fn settings(db: Connection<'_>) -> StoreResult<Option<TeamSettings>> {
    let team = rows::find(db, "kind = 'team' AND body IS NOT NULL", &[])?;
    Ok(team.first().and_then(rows::read).and_then(|body| match body {
        Body::Team(team) => team.settings,
        _ => None,
    }))
}

/// When pairs are drawn, and in which zone the team's own times are.
pub(super) fn calendar(db: Connection<'_>) -> StoreResult<DrawCalendar> {
    let settings = settings(db)?;
    let owner_zone = match settings.as_ref().and_then(|settings| settings.time_zone.as_ref()) {
        Some(_) => None,
        None => first_owner(db)?.map(|owner| owner.time_zone),
    };
    Ok(DrawCalendar::of(settings.as_ref(), owner_zone.as_deref()))
}

/// The owner who came first: members' ids tell, on desktops as well.
fn first_owner(db: Connection<'_>) -> StoreResult<Option<Member>> {
    let Some(first) = read::owners(db)?.into_iter().min() else {
        return Ok(None);
    };
    let owner = rows::get(db, first.into())?;
    Ok(owner.as_ref().and_then(rows::read).and_then(|body| match body {
        Body::Member(member) => Some(member),
        _ => None,
    }))
}

/// All items of a kind that say something, with whom they belong to.
fn all(db: Connection<'_>, kind: &str) -> StoreResult<Vec<(Owner, Body)>> {
    let items = rows::find(db, "kind = ?1 AND body IS NOT NULL ORDER BY seq", &[&kind])?;
    let read = |item: &Item| rows::read(item).map(|body| (item.owner, body));
    Ok(items.iter().filter_map(read).collect())
}

fn wishes(db: Connection<'_>) -> StoreResult<Vec<Wish>> {
    let profiles = all(db, Kind::MEMBER)?
        .into_iter()
        .filter_map(|(owner, body)| match body {
            Body::Member(profile) => owner.member().map(|member| (member, profile)),
            _ => None,
        });
    let mut profiles: HashMap<MemberId, Member> = profiles.collect();
    let mut busy = gatherings::busy(db)?;
    let wishes = all(db, Kind::PAIR_OPT_IN)?.into_iter().filter_map(|(owner, body)| {
        let member = owner.member()?;
        match body {
            Body::PairOptIn(wish) => Some(Wish {
                member,
                profile: profiles.remove(&member)?,
                wish,
                busy: busy.remove(&member).unwrap_or_default(),
            }),
            _ => None,
        }
    });
    Ok(wishes.collect())
}

//! Who is told of celebrations. What is to be told is said by [`samovar_domain::celebrations`]; here the notices that are
//! there are brought to that: once a day, and in the transaction of whatever makes one of them wrong.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use samovar_domain::celebrations::{Told, is_true, notices};
use samovar_domain::expiry::expires_at;
use samovar_domain::hours::instant;
use samovar_domain::kinds::{Celebration, TeamSettings, celebration_notice_id};
use samovar_domain::wire::Op;
use samovar_domain::{Audience, Body, Item, ItemId, Kind, MemberId, Owner, Timestamp};

use super::changes::Changes;
use super::connection::{Connection, OptionalExtension as _};
use super::{StoreResult, pairs, rows};
use crate::state::new_secret;

/// Whether an op changes who is told what: somebody's own wish, or who the coordinators are.
pub(super) fn follows(op: &Op) -> bool {
    matches!(op.kind.as_str(), Kind::CELEBRATION | Kind::TEAM)
}

/// Buries the notices that are wrong now, and writes those that are not there yet.
pub(super) fn keep(db: Connection<'_>, changes: &mut Changes, now: Timestamp) -> StoreResult<()> {
    let wishes = wishes(db)?;
    let settings = settings(db)?;
    let mut told = Vec::new();
    for (item, notice) in present(db)? {
        let wish = wishes.iter().find(|(member, _)| *member == notice.0.member);
        if wish.is_some_and(|(_, wish)| is_true(&notice, wish, &settings)) {
            told.push(notice);
        } else {
            rows::bury(db, changes, item, now)?;
        }
    }
    let wanted = notices(today(db, now)?, &wishes, &settings);
    for notice in wanted.into_iter().filter(|wanted| !told.contains(wanted)) {
        rows::write(db, changes, item(&secret(db)?, notice, now)?)?;
    }
    Ok(())
}

/// When the next day begins in the team's zone.
pub(super) fn next(db: Connection<'_>, now: Timestamp) -> StoreResult<Timestamp> {
    let today = today(db, now)?;
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    Ok(instant(pairs::calendar(db)?.zone, tomorrow, 0))
}

/// Makes new words for ids. Notices that are there stay, since they are known by what they say.
pub(super) fn forget_secret(db: Connection<'_>) -> StoreResult<()> {
    db.execute("DELETE FROM celebration_secret", [])?;
    Ok(())
}

fn today(db: Connection<'_>, now: Timestamp) -> StoreResult<NaiveDate> {
    Ok(now.utc().with_timezone(&pairs::calendar(db)?.zone).date_naive())
}

fn secret(db: Connection<'_>) -> StoreResult<String> {
    let sql = "SELECT secret FROM celebration_secret LIMIT 1";
    if let Some(secret) = db.query_row(sql, [], |row| row.get(0)).optional()? {
        return Ok(secret);
    }
    let secret = new_secret();
    db.execute("INSERT INTO celebration_secret (secret) VALUES (?1)", [&secret])?;
    Ok(secret)
}

/// What members want to be celebrated, by whose it is.
fn wishes(db: Connection<'_>) -> StoreResult<Vec<(MemberId, Celebration)>> {
    let items = rows::find(db, "kind = 'celebration' AND body IS NOT NULL ORDER BY seq", &[])?;
    let read = |item: &Item| match rows::read(item)? {
        Body::Celebration(wish) => Some((item.owner.member()?, wish)),
        _ => None,
    };
    Ok(items.iter().filter_map(read).collect())
}

/// What admins have set, with those coordinators alone who are in the team.
fn settings(db: Connection<'_>) -> StoreResult<TeamSettings> {
    let team = rows::find(db, "kind = 'team' AND body IS NOT NULL", &[])?;
    let mut settings = match team.first().and_then(rows::read) {
        Some(Body::Team(team)) => team.settings.unwrap_or_default(),
        _ => TeamSettings::default(),
    };
    let mut is_here = HashMap::new();
    for coordinator in &settings.coordinators {
        let member = rows::get(db, (*coordinator).into())?;
        is_here.insert(*coordinator, member.is_some_and(|member| member.body.is_some()));
    }
    settings.coordinators.retain(|coordinator| is_here[coordinator]);
    Ok(settings)
}

/// The notices that are there, and to whom they are.
fn present(db: Connection<'_>) -> StoreResult<Vec<(ItemId, Told)>> {
    let items = rows::find(db, "kind = 'celebration_notice' AND body IS NOT NULL ORDER BY seq", &[])?;
    let read = |item: &Item| match rows::read(item)? {
        Body::CelebrationNotice(notice) => Some((item.id, (notice, item.audience.named().first().copied()))),
        _ => None,
    };
    Ok(items.iter().filter_map(read).collect())
}

fn item(secret: &str, (notice, to): Told, now: Timestamp) -> StoreResult<Item> {
    Ok(Item {
        id: celebration_notice_id(secret, &notice, to),
        kind: Kind::new(Kind::CELEBRATION_NOTICE),
        owner: Owner::Team,
        seq: 0,
        audience: to.map_or(Audience::Team, |to| Audience::Only(vec![to])),
        created_at: now,
        updated_at: now,
        expires_at: expires_at(&Body::CelebrationNotice(notice), now),
        body: Some(serde_json::to_value(notice)?),
    })
}

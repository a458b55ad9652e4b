//! The People page.

use std::cmp::Reverse;

use chrono::Days;
use chrono_tz::Tz;
use samovar_domain::hours::instant;
use samovar_domain::kinds::{Member, Norms};
use samovar_domain::offsets::Offsets;
use samovar_domain::overlap::overlaps;
use samovar_domain::reply_by::{reply_by, seen_at};
use samovar_domain::schedule::Schedule;
use samovar_domain::zone_change::minutes_east;
use samovar_domain::{MemberId, Timestamp};

use super::person::{local_time, person, person_state};
use super::team_state::TeamState;
use crate::api::{
    AxisDay, ClockFrom, Clocks, LocalInstant, OverlapSpan, PeopleView, PersonCard, ReplyPromise, TimeSpan,
};

/// From how long ago until when ahead the clocks of zones are told.
const KNOWN_BEFORE_DAYS: i64 = 400;
const KNOWN_AHEAD_DAYS: i64 = 800;
/// How many days the axis has: enough for a Friday to reach over the weekend.
const DAYS: usize = 8;

/// The People page as `me` sees it at `now`, with an axis that begins on the day of `at` in their zone.
pub fn people(state: &TeamState, me: MemberId, now: Timestamp, at: Timestamp) -> PeopleView {
    let own_zone = state.schedule(me).zone_at(at);
    let days = days(own_zone, at);
    let (from, until) = match (days.first(), days.last()) {
        (Some(first), Some(last)) => (first.from, last.until),
        _ => (at, at),
    };
    let norms = state.norms.clone().unwrap_or_default();
    let mut people: Vec<PersonCard> = state
        .members
        .iter()
        .map(|(id, member)| card(state, &norms, *id, member, now, (from, until)))
        .collect();
    people.sort_by_cached_key(|card| {
        let clock = card.clocks.iter().rev().find(|clock| clock.from <= now);
        (
            Reverse(card.person.id == me),
            clock.or(card.clocks.first()).map(|clock| clock.minutes_east),
            card.person.name.to_lowercase(),
            card.person.id,
        )
    });
    let working: Vec<Vec<_>> = people
        .iter()
        .map(|card| card.working.iter().map(|span| (span.from, span.until)).collect())
        .collect();
    let overlaps = overlaps(working.iter().map(Vec::as_slice))
        .into_iter()
        .map(|overlap| OverlapSpan {
            from: overlap.from,
            until: overlap.until,
            people: overlap.people,
        });
    PeopleView {
        now,
        me,
        overlaps: overlaps.collect(),
        days,
        people,
        has_norms: state.norms.is_some(),
    }
}

fn days(zone: Tz, at: Timestamp) -> Vec<AxisDay> {
    let first = at.utc().with_timezone(&zone).date_naive();
    let days = first.iter_days().take(DAYS).map(|date| {
        let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
        AxisDay {
            date: date.to_string(),
            from: instant(zone, date, 0),
            until: instant(zone, next, 0),
        }
    });
    // A day that the zone has skipped has no time in it.
    days.filter(|day| day.from < day.until).collect()
}

fn card(
    state: &TeamState,
    norms: &Norms,
    id: MemberId,
    member: &Member,
    now: Timestamp,
    (from, until): (Timestamp, Timestamp),
) -> PersonCard {
    let schedule = Schedule::of(member);
    let zone = schedule.zone_at(now);
    let today = now.utc().with_timezone(&zone).date_naive();
    let there = |at| LocalInstant {
        at,
        minutes_east: minutes_east(schedule.zone_at(at), at),
    };
    let spans = |spans: Vec<(Timestamp, Timestamp)>| {
        let spans = spans.into_iter().map(|(from, until)| TimeSpan { from, until });
        spans.collect::<Vec<_>>()
    };
    let working = if schedule.is_unknown() {
        Vec::new()
    } else {
        schedule.spans(from, until)
    };
    let mut travel = member.travel.clone();
    travel.retain(|travel| travel.until >= today);
    let mut absences = member.away.clone();
    absences.retain(|away| away.back_on > today);
    let replies = reply_by(norms, &schedule, now).into_iter().map(|reply| ReplyPromise {
        channel: reply.channel,
        within_hours: reply.within_hours,
        answered_by: reply.answered_by.map(there),
    });
    PersonCard {
        person: person(state, id, zone, &member.name),
        pronouns: member.pronouns.clone(),
        about: member.about.clone(),
        home_time_zone: member.time_zone.clone(),
        local_time: local_time(now, zone),
        state: person_state(state, id, &schedule, now),
        clocks: clocks(&schedule, from, until),
        working: spans(working),
        away: spans(schedule.absences(from, until)),
        hours: member.hours.clone(),
        travel,
        absences,
        seen_at: seen_at(&schedule, now).map(there),
        replies: replies.collect(),
    }
}

/// A clock changes when one travels, and when the zone's clocks do.
fn clocks(schedule: &Schedule, from: Timestamp, until: Timestamp) -> Vec<ClockFrom> {
    let zones = schedule.zones(from, until);
    let ends = zones.iter().skip(1).map(|(from, _)| *from).chain([until]);
    let spans = zones.iter().zip(ends);
    spans
        .flat_map(|((from, zone), end)| clocks_of(*zone, *from, end))
        .collect()
}

/// What the clocks of a zone show.
fn clocks_of(zone: Tz, from: Timestamp, until: Timestamp) -> impl Iterator<Item = ClockFrom> {
    let turns = Offsets::new(zone, from, until).turns();
    turns.into_iter().map(move |(from, minutes_east)| ClockFrom {
        from,
        time_zone: zone.name().to_owned(),
        minutes_east,
    })
}

/// The names of all zones that are places; `EST5EDT` and the like are none.
pub fn zone_names() -> Vec<String> {
    const REGIONS: [&str; 10] = [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ];
    let names = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
    let mut names: Vec<String> = names
        .filter(|name| {
            name.split_once('/')
                .is_some_and(|(region, _)| REGIONS.contains(&region))
        })
        .map(ToOwned::to_owned)
        .collect();
    names.sort_unstable();
    names
}

/// What the clocks of these zones show around now. A name that nobody knows is left out.
pub fn zone_clocks(time_zones: &[String], now: Timestamp) -> Clocks {
    let from = now.plus_minutes(-KNOWN_BEFORE_DAYS * 24 * 60);
    let until = now.plus_minutes(KNOWN_AHEAD_DAYS * 24 * 60);
    let known = time_zones.iter().filter_map(|name| name.parse::<Tz>().ok());
    Clocks {
        until,
        zones: known.map(|zone| clocks_of(zone, from, until).collect()).collect(),
    }
}

#[cfg(test)]
mod tests;

//! The People page.

use std::cmp::Reverse;

use chrono::Days;
use chrono_tz::Tz;
use samovar_domain::hours::instant;
use samovar_domain::kinds::{Member, Norms};
use samovar_domain::overlap::overlaps;
use samovar_domain::reply_by::{reply_by, seen_at};
use samovar_domain::schedule::Schedule;
use samovar_domain::zone_change::minutes_east;
use samovar_domain::{MemberId, Timestamp};

use super::person::{local_time, person, person_state};
use super::team_state::TeamState;
use crate::api::{AxisDay, ClockFrom, LocalInstant, OverlapSpan, PeopleView, PersonCard, ReplyPromise, TimeSpan};

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
    let mut clocks = Vec::new();
    for ((from, zone), end) in zones.iter().zip(ends) {
        let mut at = *from;
        loop {
            clocks.push(ClockFrom {
                from: at,
                time_zone: zone.name().to_owned(),
                minutes_east: minutes_east(*zone, at),
            });
            match next_change(*zone, at, end) {
                Some(change) => at = change,
                None => break,
            }
        }
    }
    clocks
}

/// When a zone's clocks change next, to the minute; clocks that change twice within a day are not seen.
fn next_change(zone: Tz, from: Timestamp, until: Timestamp) -> Option<Timestamp> {
    let before = minutes_east(zone, from);
    let mut low = from;
    while low < until {
        let mut high = low.plus_minutes(24 * 60).min(until);
        if minutes_east(zone, high) == before {
            low = high;
            continue;
        }
        // Changes lie on whole minutes of UTC.
        while high.millis() - low.millis() > 60_000 {
            let minutes = (high.millis() - low.millis()) / 120_000;
            let middle = Timestamp::from_millis((low.millis() / 60_000 + minutes.max(1)) * 60_000);
            if minutes_east(zone, middle) == before {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (high < until).then_some(high);
    }
    None
}

#[cfg(test)]
mod tests;

//! Time zones as calendars are told of them: every change of the clock in the span that is covered, as the tz database
//! of `chrono-tz` has it. Listed one by one and not as a rule of recurrence, since rules change from year to year and
//! some zones follow none.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, Offset as _, TimeDelta, TimeZone as _};
use chrono_tz::{OffsetComponents as _, OffsetName as _, Tz};
use samovar_domain::Timestamp;

use super::lines::Lines;

/// How far ahead of the first event the change is looked for that the zone's clock then goes by; also how far behind
/// the last one it is told how the clock goes on, so that a calendar knows both summer and winter.
const AROUND: TimeDelta = TimeDelta::days(400);
/// The step in which changes are looked for. Where a summer time is suspended, as for Ramadan, it is for weeks.
const STEP: TimeDelta = TimeDelta::days(3);
/// Where the clock has not changed for long, it is said to have gone like that since then.
const LONG_AGO: &str = "19700101T000000";

/// What lies further ahead is told in UTC: laws will have changed by then, and no list is to become endless.
const AHEAD_AT_MOST: TimeDelta = TimeDelta::days(3 * 366);

/// The zones that the events of a calendar are told in.
#[derive(Debug)]
pub(super) struct Zones {
    now: Timestamp,
    /// By name, with the span that the events lie in.
    used: BTreeMap<&'static str, (Tz, Timestamp, Timestamp)>,
}

/// How the clock goes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Running {
    /// Seconds east of Greenwich.
    offset: i32,
    is_daylight: bool,
    name: String,
}

impl Running {
    fn at(zone: Tz, utc: NaiveDateTime) -> Self {
        let offset = zone.offset_from_utc_datetime(&utc);
        let seconds = offset.fix().local_minus_utc();
        Self {
            offset: seconds,
            is_daylight: offset.dst_offset() > TimeDelta::zero(),
            name: offset.abbreviation().map_or_else(|| short(seconds), str::to_owned),
        }
    }
}

impl Zones {
    /// None yet.
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            now,
            used: BTreeMap::new(),
        }
    }

    /// Whether the changes of the clock around an instant are worth telling.
    fn covers(&self, at: Timestamp) -> bool {
        let now = self.now.utc();
        (now - AROUND..=now + AHEAD_AT_MOST).contains(&at.utc())
    }

    /// Two instants as they are written in `zone`: the property's parameter and the values. In UTC when a local time would
    /// be read as another instant, as in the second of two hours that have the same name.
    pub(super) fn local(&mut self, zone: Option<Tz>, instants: [Timestamp; 2]) -> (String, [String; 2]) {
        let whole = instants.map(|at| Timestamp::from_millis(at.millis().div_euclid(1000) * 1000));
        let in_utc = || (String::new(), whole.map(utc));
        let is_told = |zone: &Tz| !matches!(zone, Tz::UTC | Tz::Etc__UTC) && whole.iter().all(|at| self.covers(*at));
        let Some(zone) = zone.filter(is_told) else {
            return in_utc();
        };
        let local = whole.map(|at| at.utc().with_timezone(&zone).naive_local());
        let is_read_so = |index: usize| {
            let read = zone.from_local_datetime(&local[index]).earliest();
            read.is_some_and(|read| read.to_utc() == whole[index].utc())
        };
        if !(is_read_so(0) && is_read_so(1)) {
            return in_utc();
        }
        let (_, from, until) = self.used.entry(zone.name()).or_insert((zone, whole[0], whole[1]));
        *from = whole[0].min(*from);
        *until = whole[1].max(*until);
        (format!(";TZID={}", zone.name()), local.map(plain))
    }

    /// A `VTIMEZONE` for each zone that was used (RFC 5545, section 3.6.5).
    pub(super) fn write(&self, lines: &mut Lines) {
        for (name, (zone, from, until)) in &self.used {
            lines.component("VTIMEZONE", |lines| {
                lines.value("TZID", name);
                write_changes(lines, *zone, from.utc().naive_utc(), until.utc().naive_utc());
            });
        }
    }
}

fn write_changes(lines: &mut Lines, zone: Tz, from: NaiveDateTime, until: NaiveDateTime) {
    let changes = changes(zone, from - AROUND, until + AROUND);
    // The last one before the first event, and all that follow.
    let first = changes.iter().rposition(|(at, _)| *at <= from);
    if first.is_none() {
        let running = Running::at(zone, from);
        observance(lines, LONG_AGO, running.offset, &running);
    }
    for (at, running) in &changes[first.unwrap_or(0)..] {
        let before = Running::at(zone, *at - TimeDelta::seconds(1)).offset;
        let local = *at + TimeDelta::seconds(before.into());
        observance(lines, &plain(local), before, running);
    }
}

fn observance(lines: &mut Lines, start: &str, offset_before: i32, running: &Running) {
    let kind = if running.is_daylight { "DAYLIGHT" } else { "STANDARD" };
    lines.component(kind, |lines| {
        lines.value("DTSTART", start);
        lines.value("TZOFFSETFROM", &offset(offset_before));
        lines.value("TZOFFSETTO", &offset(running.offset));
        lines.text("TZNAME", &running.name);
    });
}

/// When the clock changes between two instants, and how it goes from then on.
fn changes(zone: Tz, from: NaiveDateTime, until: NaiveDateTime) -> Vec<(NaiveDateTime, Running)> {
    let mut found = Vec::new();
    let (mut at, mut running) = (from, Running::at(zone, from));
    while at < until {
        let next = at + STEP;
        let then = Running::at(zone, next);
        if then != running {
            found.push((first_second(zone, at, next, &running), then.clone()));
            running = then;
        }
        at = next;
    }
    found
}

/// The first second after `before` at which the clock does not go like `running` any more.
fn first_second(zone: Tz, before: NaiveDateTime, after: NaiveDateTime, running: &Running) -> NaiveDateTime {
    let (mut before, mut after) = (before, after);
    while after - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if Running::at(zone, middle) == *running {
            before = middle;
        } else {
            after = middle;
        }
    }
    after
}

/// An instant in UTC.
pub(super) fn utc(at: Timestamp) -> String {
    format!("{}Z", plain(at.utc().naive_utc()))
}

fn plain(time: NaiveDateTime) -> String {
    time.format("%Y%m%dT%H%M%S").to_string()
}

/// Seconds east of Greenwich as `+0530`.
fn offset(seconds: i32) -> String {
    let (sign, seconds) = if seconds < 0 { ('-', -seconds) } else { ('+', seconds) };
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{hours:02}{minutes:02}{rest}")
}

/// The name of a clock that has no letters of its own: `+11`, `-0330`.
fn short(seconds: i32) -> String {
    let name = offset(seconds);
    name.strip_suffix("00").map(str::to_owned).unwrap_or(name)
}

#[cfg(test)]
mod tests;

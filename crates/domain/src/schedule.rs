//! When a member works, all told: their hours at home, the days on which they are in another zone, and those on which
//! they are away.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use crate::Timestamp;
use crate::hours::{Hours, instant, zone_or_utc};
use crate::kinds::{Away, Member, Travel};

/// How far ahead of the last travel or absence the next working hours are looked for, in days.
const LOOK_AHEAD_DAYS: i64 = 15;
/// No look goes further than this, in days.
const LOOK_AT_MOST_DAYS: i64 = 800;
/// A day, in minutes.
const DAY: i64 = 24 * 60;

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    zone: Tz,
    hours: Hours,
    stays: Vec<Stay>,
    absences: Vec<Absence>,
    busy: Vec<(Timestamp, Timestamp)>,
}

/// Some days in another zone, as instants.
#[derive(Debug, Clone, PartialEq)]
struct Stay {
    from: Timestamp,
    until: Timestamp,
    zone: Tz,
    hours: Hours,
}

/// Some days away, as instants.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Absence {
    from: Timestamp,
    until: Timestamp,
    back_on: NaiveDate,
}

/// The instants at which a journey or an absence of a member begins or ends, in no order: what is shown of them is another
/// thing from there on, though nothing was written.
pub fn turns(member: &Member) -> Vec<Timestamp> {
    if member.travel.is_empty() && member.away.is_empty() {
        return Vec::new();
    }
    let schedule = Schedule::of(member);
    schedule.exceptions().flat_map(|(from, until)| [from, until]).collect()
}

impl Default for Schedule {
    /// Of somebody of whom nothing is known.
    fn default() -> Self {
        Self::new(Tz::UTC, Hours::default(), &[], &[])
    }
}

impl Schedule {
    /// A member's.
    pub fn of(member: &Member) -> Self {
        Self::new(
            zone_or_utc(&member.time_zone),
            member.hours.clone(),
            &member.travel,
            &member.away,
        )
    }

    /// From its parts. Empty hours mean that nothing is known, and then every hour counts as working.
    pub fn new(zone: Tz, hours: Hours, travel: &[Travel], away: &[Away]) -> Self {
        let mut stays: Vec<Stay> = travel
            .iter()
            .map(|travel| {
                let zone = zone_or_utc(&travel.time_zone);
                Stay {
                    from: instant(zone, travel.from, 0),
                    until: instant(zone, travel.until, 1440),
                    zone,
                    hours: travel.hours.clone().unwrap_or_else(|| hours.clone()),
                }
            })
            .collect();
        // Who goes on from one place to the next without a day at home is on the way, and not at home for some hours.
        for (place, earlier) in travel.iter().enumerate() {
            let next_day = earlier.until.checked_add_days(Days::new(1));
            let next = travel.iter().position(|later| Some(later.from) == next_day);
            if let Some(next) = next {
                stays[place].until = stays[place].until.max(stays[next].from);
            }
        }
        let mut schedule = Self {
            zone,
            hours,
            stays,
            absences: Vec::new(),
            busy: Vec::new(),
        };
        schedule.absences = away
            .iter()
            .map(|away| {
                let day_start = |date| instant(schedule.zone_on(travel, date), date, 0);
                Absence {
                    from: day_start(away.from),
                    until: day_start(away.back_on),
                    back_on: away.back_on,
                }
            })
            .collect();
        schedule
    }

    /// With times at which they are busy, in order: they work then, and would rather not be asked to a call. Only planning
    /// looks at them.
    #[must_use]
    pub fn with_busy(mut self, busy: impl IntoIterator<Item = (Timestamp, Timestamp)>) -> Self {
        self.busy = busy.into_iter().collect();
        self
    }

    /// When they are busy.
    pub(crate) fn busy(&self) -> &[(Timestamp, Timestamp)] {
        &self.busy
    }

    /// Whether they are busy at some time between `from` and `until`.
    pub fn is_busy_within(&self, from: Timestamp, until: Timestamp) -> bool {
        self.busy.iter().any(|(start, end)| *start < until && from < *end)
    }

    /// When they work between `from` and `until` and are not busy.
    pub fn free_spans(&self, from: Timestamp, until: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let mut free = self.spans(from, until);
        for (start, end) in &self.busy {
            free = without(free, *start, *end);
        }
        free
    }

    fn zone_on(&self, travel: &[Travel], date: NaiveDate) -> Tz {
        travel
            .iter()
            .find(|travel| travel.from <= date && date <= travel.until)
            .map_or(self.zone, |travel| zone_or_utc(&travel.time_zone))
    }

    fn stay_at(&self, at: Timestamp) -> Option<&Stay> {
        self.stays.iter().find(|stay| stay.from <= at && at < stay.until)
    }

    /// The zone that they are in at `at`.
    pub fn zone_at(&self, at: Timestamp) -> Tz {
        self.stay_at(at).map_or(self.zone, |stay| stay.zone)
    }

    /// Whether no hours are known, at home.
    pub fn is_unknown(&self) -> bool {
        self.hours.0.is_empty()
    }

    /// The zone that they are at home in, and their hours there.
    pub fn home(&self) -> (Tz, &Hours) {
        (self.zone, &self.hours)
    }

    /// Whether the hours that hold at `at` have no working time at all, so that they tell nothing.
    pub fn tells_nothing_at(&self, at: Timestamp) -> bool {
        let hours = self.stay_at(at).map_or(&self.hours, |stay| &stay.hours);
        hours.0.values().all(Vec::is_empty)
    }

    /// The spans of time in which they are not at home or not working: travels and absences.
    pub(crate) fn exceptions(&self) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let stays = self.stays.iter().map(|stay| (stay.from, stay.until));
        stays.chain(self.absences.iter().map(|absence| (absence.from, absence.until)))
    }

    /// Whether they are away at some time between `from` and `until`.
    pub fn is_away_within(&self, from: Timestamp, until: Timestamp) -> bool {
        let overlaps = |absence: &Absence| absence.from < until && from < absence.until;
        self.absences.iter().any(overlaps)
    }

    /// The day on which they are back, when they are away at `at`. Absences that touch are one.
    pub fn back_on(&self, at: Timestamp) -> Option<NaiveDate> {
        let mut back_on = None;
        let mut probe = at;
        while let Some(absence) = self
            .absences
            .iter()
            .filter(|absence| absence.from <= probe && probe < absence.until)
            .max_by_key(|absence| absence.until)
        {
            back_on = Some(absence.back_on);
            probe = absence.until;
        }
        back_on
    }

    /// Whether they work at `at`.
    pub fn contains(&self, at: Timestamp) -> bool {
        let is_in_hours = match self.stay_at(at) {
            Some(stay) => stay.hours.contain(stay.zone, at),
            None => self.hours.contain(self.zone, at),
        };
        is_in_hours && self.back_on(at).is_none()
    }

    /// When they work between `from` and `until`: spans that neither touch nor overlap, in order, cut at both ends.
    pub fn spans(&self, from: Timestamp, until: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let mut working = spans_of(&self.hours, self.zone, from, until);
        for stay in &self.stays {
            working = without(working, stay.from, stay.until);
        }
        // Where two stays overlap the first one counts, as in `stay_at`.
        for (place, stay) in self.stays.iter().enumerate() {
            let (from, until) = (from.max(stay.from), until.min(stay.until));
            if from < until {
                let mut there = spans_of(&stay.hours, stay.zone, from, until);
                for earlier in &self.stays[..place] {
                    there = without(there, earlier.from, earlier.until);
                }
                working.extend(there);
            }
        }
        for absence in &self.absences {
            working = without(working, absence.from, absence.until);
        }
        merged(working)
    }

    /// The zones they are in between `from` and `until`, each with the instant from which on they are in it.
    pub fn zones(&self, from: Timestamp, until: Timestamp) -> Vec<(Timestamp, Tz)> {
        let turns = self.stays.iter().flat_map(|stay| [stay.from, stay.until]);
        let mut turns: Vec<Timestamp> = turns.filter(|at| from < *at && *at < until).chain([from]).collect();
        turns.sort_unstable();
        let mut zones: Vec<(Timestamp, Tz)> = Vec::with_capacity(turns.len());
        for at in turns {
            let zone = self.zone_at(at);
            if zones.last().is_none_or(|(_, before)| *before != zone) {
                zones.push((at, zone));
            }
        }
        zones
    }

    /// When they are away between `from` and `until`: spans that neither touch nor overlap, in order, cut at both ends.
    pub fn absences(&self, from: Timestamp, until: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let here = self.absences.iter();
        let cut = here.map(|absence| (absence.from.max(from), absence.until.min(until)));
        merged(cut.filter(|(start, end)| start < end).collect())
    }

    /// The next instant from `at` on at which they work; `at` itself when they work now.
    pub fn next_start(&self, at: Timestamp) -> Option<Timestamp> {
        Self::windows(at, self.look_until(at))
            .find_map(|(from, until)| self.spans(from, until).first().map(|(start, _)| *start))
    }

    /// When the working span that `at` lies in ends; `None` outside of one, and when no end is in sight.
    pub fn current_end(&self, at: Timestamp) -> Option<Timestamp> {
        let mut working_until = at;
        for (from, until) in Self::windows(at, self.look_until(at)) {
            match self.spans(from, until).first() {
                Some((start, end)) if *start == from => working_until = *end,
                _ => break,
            }
            if working_until < until {
                break;
            }
        }
        (working_until > at && working_until < self.look_until(at)).then_some(working_until)
    }

    /// The instant at which `minutes` of their working time from `at` on have passed. `None` when it is not in sight.
    pub fn after_working(&self, at: Timestamp, minutes: i64) -> Option<Timestamp> {
        let mut left = minutes * 60_000;
        let horizon = at.plus_minutes(LOOK_AT_MOST_DAYS * DAY);
        for (start, end) in Self::windows(at, horizon).flat_map(|(from, until)| self.spans(from, until)) {
            let here = end.millis() - start.millis();
            if left <= here {
                return Some(Timestamp::from_millis(start.millis() + left));
            }
            left -= here;
        }
        None
    }

    /// The time from `at` until `horizon` in pieces that grow, since what is looked for is mostly near.
    fn windows(at: Timestamp, horizon: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let mut from = at;
        let mut days = 2;
        std::iter::from_fn(move || {
            let until = from.plus_minutes(days * DAY).min(horizon);
            let window = (from, until);
            days *= 2;
            from = until;
            (window.0 < window.1).then_some(window)
        })
    }

    fn look_until(&self, at: Timestamp) -> Timestamp {
        let ends = self.absences.iter().map(|absence| absence.until);
        let last = ends.chain(self.stays.iter().map(|stay| stay.until)).max();
        let horizon = last.unwrap_or(at).max(at).plus_minutes(LOOK_AHEAD_DAYS * DAY);
        horizon.min(at.plus_minutes(LOOK_AT_MOST_DAYS * DAY))
    }
}

/// The spans of hours in a zone that touch `from..until`, cut at both ends.
fn spans_of(hours: &Hours, zone: Tz, from: Timestamp, until: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    if hours.0.is_empty() {
        return vec![(from, until)];
    }
    let date_of = |at: Timestamp| at.utc().with_timezone(&zone).date_naive();
    // Two days back: see `Hours::spans_around`.
    let first = date_of(from)
        .checked_sub_days(Days::new(2))
        .unwrap_or_else(|| date_of(from));
    let last = date_of(until);
    first
        .iter_days()
        .take_while(|date| *date <= last)
        .flat_map(|date| hours.spans_on(zone, date))
        .map(|(start, end)| (start.max(from), end.min(until)))
        .filter(|(start, end)| start < end)
        .collect()
}

fn without(spans: Vec<(Timestamp, Timestamp)>, from: Timestamp, until: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    spans
        .into_iter()
        .flat_map(|(start, end)| [(start, end.min(from)), (start.max(until), end)])
        .filter(|(start, end)| start < end)
        .collect()
}

fn merged(mut spans: Vec<(Timestamp, Timestamp)>) -> Vec<(Timestamp, Timestamp)> {
    spans.sort_unstable();
    let mut merged: Vec<(Timestamp, Timestamp)> = Vec::with_capacity(spans.len());
    for (start, end) in spans {
        match merged.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => merged.push((start, end)),
        }
    }
    merged
}

//! What a slot costs somebody: how far it lies outside their working hours, and how deep in their night.
//!
//! A moment outside of them costs as many hours as it is away from the nearest working hours, six at most, so that a
//! Saturday costs no more than a weekday's evening late. Between 22:00 and 07:00 by their clock the hours to the nearer
//! end of the night come on top, but never more than the moment is away from their hours: half past two costs most, and
//! whoever works until midnight pays little for a quarter past. A gathering costs what its worst moment does, looked at
//! every quarter of an hour, rounded up to quarters of an hour.
//!
//! Whoever is busy by their own calendar pays two hours at least: as much as a call two hours before or after their day.
//! That keeps a slot away from their appointments where there is another one by day, and sends nobody into the night for
//! them: an appointment can be moved more easily than sleep.
//!
//! Nothing costs those who are away, and those whose hours nobody knows.

use std::iter::Sum;
use std::ops::{Add, AddAssign};
use std::sync::Arc;

use chrono::Days;
use serde::{Serialize, Serializer};

use crate::Timestamp;
use crate::hours::instant;
use crate::offsets::{Calendar, Offsets, seconds};
use crate::schedule::Schedule;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;
const QUARTER: i64 = 15 * MINUTE;
/// The most that the distance from working hours costs.
const FAR: i64 = 6 * HOUR;
/// What it costs to be asked away from something else.
const BUSY: Cost = Cost((2 * HOUR / QUARTER) as u32);
/// The middle of the night, in minutes after midnight.
const MIDDLE_OF_NIGHT: u16 = 2 * 60 + 30;
/// How far the night reaches to either side of its middle: from 22:00 to 07:00.
const NIGHT_REACH: i64 = 4 * HOUR + 30 * MINUTE;
/// 1970-01-01 was a Thursday; weeks begin on Monday.
const EPOCH_IN_WEEK: i64 = 3 * DAY;

/// An inconvenience in quarters of an hour. As JSON, a number of hours such as 0, 2.5 or 10.25.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cost(pub u32);

impl Cost {
    /// The most that anything costs: half past two at night, far from all working hours.
    pub const WORST: Self = Self(((FAR + NIGHT_REACH) / QUARTER) as u32);

    /// As hours.
    pub fn hours(self) -> f64 {
        f64::from(self.0) / 4.0
    }
}

impl Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        costs.fold(Self::default(), Add::add)
    }
}

impl Serialize for Cost {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(4) {
            serializer.serialize_u32(self.0 / 4)
        } else {
            serializer.serialize_f64(self.hours())
        }
    }
}

/// What a gathering from `from` until `until` costs somebody with this schedule.
pub fn cost(schedule: &Schedule, from: Timestamp, until: Timestamp) -> Cost {
    if schedule.is_away_within(from, until) {
        return Cost::default();
    }
    let busy = if schedule.is_busy_within(from, until) {
        BUSY
    } else {
        Cost::default()
    };
    cost_by_hours(schedule, from, until).max(busy)
}

/// What it costs whoever is not away, whatever else they have at that time.
fn cost_by_hours(schedule: &Schedule, from: Timestamp, until: Timestamp) -> Cost {
    let margin = FAR / MINUTE + 1;
    let spans = schedule.spans(from.plus_minutes(-margin), until.plus_minutes(margin));
    if spans.is_empty() && schedule.tells_nothing_at(from) {
        return Cost::default();
    }
    let spans: Vec<(i64, i64)> = spans
        .into_iter()
        .map(|(start, end)| (seconds(start), seconds(end)))
        .collect();
    let zone = schedule.zone_at(from);
    let date = from.utc().with_timezone(&zone).date_naive();
    let first = date.checked_sub_days(Days::new(1)).unwrap_or(date);
    let middles: Vec<i64> = first
        .iter_days()
        .take(4)
        .map(|date| seconds(instant(zone, date, MIDDLE_OF_NIGHT)))
        .collect();
    let to_middle = |at: i64| middles.iter().map(|middle| (middle - at).abs()).min().unwrap_or(DAY);
    weigh(&spans, to_middle, seconds(from), seconds(until))
}

/// What the seconds from `from` to `until` cost by spans that neither touch nor overlap, in order, where `to_middle`
/// tells how far it is to the middle of the night.
fn weigh(spans: &[(i64, i64)], to_middle: impl Fn(i64) -> i64, from: i64, until: i64) -> Cost {
    let after = spans.partition_point(|(start, _)| *start <= from);
    if after > 0 && until <= spans[after - 1].1 {
        return Cost::default();
    }
    let mut worst = 1;
    let mut at = from;
    loop {
        let away = distance(spans, at).min(FAR);
        let night = (NIGHT_REACH - to_middle(at)).max(0);
        worst = worst.max(away + night.min(away));
        if at >= until {
            break;
        }
        at = (at + QUARTER).min(until);
    }
    Cost((worst + QUARTER - 1).div_euclid(QUARTER) as u32)
}

/// How far it is from `at` to the nearest of the spans.
fn distance(spans: &[(i64, i64)], at: i64) -> i64 {
    let after = spans.partition_point(|(start, _)| *start <= at);
    let since = after.checked_sub(1).map_or(FAR, |before| (at - spans[before].1).max(0));
    let until = spans.get(after).map_or(FAR, |(start, _)| start - at);
    since.min(until)
}

/// Somebody's schedule, made ready to be asked for many costs: in a week in which nothing is out of the ordinary, they
/// follow from the time of the week by the clock on their wall.
#[derive(Debug, Clone)]
pub struct Person {
    schedule: Schedule,
    offsets: Arc<Offsets>,
    /// The spans of their week in seconds from Monday on, from two days before it until two days after.
    week: Vec<(i64, i64)>,
    /// When something is out of the ordinary: a change of the clocks, a travel, an absence, with what is near it; and when
    /// they are busy.
    unusual: Vec<(i64, i64)>,
}

impl Person {
    /// With what the calendar knows of their zone.
    pub fn new(schedule: Schedule, calendar: &mut Calendar) -> Self {
        let (zone, hours) = schedule.home();
        let offsets = calendar.offsets(zone);
        let mut week = Vec::new();
        for day in -2..9 {
            for (weekday, spans) in &hours.0 {
                if i64::from(weekday.index()) == i64::rem_euclid(day, 7) {
                    week.extend(spans.iter().map(|span| {
                        let next_day = if span.end <= span.start { DAY } else { 0 };
                        let start = day * DAY + i64::from(span.start) * MINUTE;
                        (start, day * DAY + next_day + i64::from(span.end) * MINUTE)
                    }));
                }
            }
        }
        week.sort_unstable();
        week.dedup_by(|later, earlier| {
            let touches = later.0 <= earlier.1;
            if touches {
                earlier.1 = earlier.1.max(later.1);
            }
            touches
        });
        let changes = offsets.changes().iter().map(|change| {
            let jump = (change.after - change.before).abs();
            // A jump of a day, as across the date line, takes a weekday with it.
            let near = if jump > 3 * HOUR { 3 * DAY } else { FAR + HOUR + jump };
            (change.at - near, change.at + near)
        });
        let exceptions = schedule.exceptions();
        let exceptions = exceptions.map(|(from, until)| (seconds(from) - DAY, seconds(until) + DAY));
        let busy = schedule
            .busy()
            .iter()
            .map(|(from, until)| (seconds(*from), seconds(*until)));
        let unusual = changes.chain(exceptions).chain(busy).collect();
        Self {
            schedule,
            offsets,
            week,
            unusual,
        }
    }

    /// What a gathering costs them; as [`cost`] has it, only sooner.
    pub fn cost(&self, from: Timestamp, until: Timestamp) -> Cost {
        match self.time_of_week(from, until) {
            Some(at) => self.usual_cost(at, seconds(until) - seconds(from)),
            None => cost(&self.schedule, from, until),
        }
    }

    /// What it would cost them if they had nothing else; `None` when they have not, or are away.
    pub(crate) fn cost_but_for_busy(&self, from: Timestamp, until: Timestamp) -> Option<Cost> {
        let is_asked_away = self.schedule.is_busy_within(from, until) && !self.schedule.is_away_within(from, until);
        is_asked_away.then(|| cost_by_hours(&self.schedule, from, until))
    }

    /// The second of the week at which it is by their clock; `None` when something about that time is out of the
    /// ordinary. At equal times of the week gatherings of equal length cost the same.
    pub(crate) fn time_of_week(&self, from: Timestamp, until: Timestamp) -> Option<i64> {
        let (from, until) = (seconds(from), seconds(until));
        let is_unusual = |(start, end): &(i64, i64)| *start < until && from < *end;
        if !self.offsets.cover(from - DAY, until + DAY) || self.unusual.iter().any(is_unusual) {
            return None;
        }
        Some((from + self.offsets.at(from) + EPOCH_IN_WEEK).rem_euclid(WEEK))
    }

    pub(crate) fn usual_cost(&self, at: i64, length: i64) -> Cost {
        // Without any span nothing is known; a week of days without hours tells no more.
        if self.week.is_empty() {
            return Cost::default();
        }
        let to_middle = |at: i64| {
            let past = (at - i64::from(MIDDLE_OF_NIGHT) * MINUTE).rem_euclid(DAY);
            past.min(DAY - past)
        };
        weigh(&self.week, to_middle, at, at + length)
    }
}

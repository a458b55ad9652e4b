//! A zone's offsets over some years, looked up once. Planning asks for them tens of thousands of times, and they change
//! twice a year at most.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Offset as _, TimeZone as _};
use chrono_tz::Tz;

use crate::Timestamp;
use crate::hours::{instant, is_skipped};

const DAY: i64 = 24 * 3600;

/// A zone's offsets between two instants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offsets {
    zone: Tz,
    from: i64,
    until: i64,
    first: i64,
    changes: Vec<Change>,
}

/// A change of a zone's offset; all in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) at: i64,
    pub(crate) before: i64,
    pub(crate) after: i64,
}

impl Offsets {
    /// Those of `zone`. They are looked at once a day; no zone has ever changed its mind twice on one.
    pub fn new(zone: Tz, from: Timestamp, until: Timestamp) -> Self {
        let (from, until) = (seconds(from), seconds(until));
        let first = offset_of(zone, from);
        let mut changes = Vec::new();
        let (mut at, mut before) = (from, first);
        while at < until {
            let next = (at + DAY).min(until);
            let after = offset_of(zone, next);
            if after != before {
                let (mut low, mut high) = (at, next);
                while low + 1 < high {
                    let middle = i64::midpoint(low, high);
                    if offset_of(zone, middle) == before {
                        low = middle;
                    } else {
                        high = middle;
                    }
                }
                changes.push(Change {
                    at: high,
                    before,
                    after,
                });
            }
            (at, before) = (next, after);
        }
        Self {
            zone,
            from,
            until,
            first,
            changes,
        }
    }

    /// The offset in seconds at an instant in seconds, also outside of the years that were looked up.
    pub(crate) fn at(&self, at: i64) -> i64 {
        if at < self.from || at > self.until {
            return offset_of(self.zone, at);
        }
        let passed = self.changes.iter().take_while(|change| change.at <= at);
        passed.last().map_or(self.first, |change| change.after)
    }

    /// By how many minutes the clocks are ahead of UTC: from the first instant on, and from each change on that lies
    /// before the last.
    pub fn turns(&self) -> Vec<(Timestamp, i32)> {
        let changes = self.changes.iter().filter(|change| change.at < self.until);
        std::iter::once((self.from, self.first))
            .chain(changes.map(|change| (change.at, change.after)))
            .map(|(at, offset)| (Timestamp::from_millis(at * 1000), (offset / 60) as i32))
            .collect()
    }

    /// The changes.
    pub(crate) fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Whether these seconds lie within the years that were looked up.
    pub(crate) fn cover(&self, from: i64, until: i64) -> bool {
        self.from <= from && until <= self.until
    }

    /// The instant of a wall-clock time, as [`instant`] has it; `None` on a day that the zone has skipped.
    pub fn instant(&self, date: NaiveDate, minute_of_day: u16) -> Option<Timestamp> {
        let epoch = DateTime::UNIX_EPOCH.date_naive();
        let local = (date - epoch).num_days() * DAY + i64::from(minute_of_day) * 60;
        // No offset is larger than a day, so nothing further away has a say.
        let (low, high) = (local - 3 * DAY, local + 3 * DAY);
        let is_quiet = self.cover(low, high) && !self.changes.iter().any(|change| low < change.at && change.at < high);
        if is_quiet {
            return Some(Timestamp::from_millis((local - self.at(local)) * 1000));
        }
        (!is_skipped(self.zone, date)).then(|| instant(self.zone, date, minute_of_day))
    }
}

fn offset_of(zone: Tz, at: i64) -> i64 {
    let at = DateTime::from_timestamp(at, 0).unwrap_or_default().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&at).fix().local_minus_utc())
}

/// In whole seconds since 1970.
pub(crate) fn seconds(at: Timestamp) -> i64 {
    at.millis().div_euclid(1000)
}

/// The offsets of the zones that were asked for, between two instants.
#[derive(Debug, Clone)]
pub struct Calendar {
    from: Timestamp,
    until: Timestamp,
    zones: HashMap<Tz, Arc<Offsets>>,
}

impl Calendar {
    /// For plans between these instants, and a week around them.
    pub fn new(from: Timestamp, until: Timestamp) -> Self {
        let week = 7 * 24 * 60;
        Self {
            from: from.plus_minutes(-week),
            until: until.plus_minutes(week),
            zones: HashMap::new(),
        }
    }

    /// A zone's offsets.
    pub fn offsets(&mut self, zone: Tz) -> Arc<Offsets> {
        let (from, until) = (self.from, self.until);
        let offsets = self.zones.entry(zone);
        Arc::clone(offsets.or_insert_with(|| Arc::new(Offsets::new(zone, from, until))))
    }
}

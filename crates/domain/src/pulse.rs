//! What of a round of the pulse may be shown, and when the team asks itself. Its answers come without names; this keeps
//! few of them from having one.

use std::time::Duration;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use chrono_tz::Tz;

use crate::Timestamp;
use crate::hours::{instant, zone_or_utc};
use crate::kinds::TeamSettings;

/// The fewest answers that are ever shown together.
pub const FEWEST: u32 = 5;
/// The question that rounds ask: "I feel that I belong in this team".
pub const QUESTION: &str = "belong";
/// How many days a round is open when the team has not said.
pub const OPEN_DAYS: u32 = 10;

/// How many have said 1, 2, 3, 4 and 5.
pub type Counts = [u32; 5];

/// What may be shown of `counts`, when `shown` has been shown of the same round before. `None` when nothing new may: then
/// what was shown stays, and answers that came since are never shown unless enough others join them. Whoever compares
/// two views of a round learns of at least five answers at once.
pub fn publishable(counts: &Counts, shown: Option<&Counts>) -> Option<Counts> {
    let total = |counts: &Counts| counts.iter().map(|count| u64::from(*count)).sum::<u64>();
    let before = shown.map_or(0, total);
    let never_takes_back = shown.is_none_or(|shown| shown.iter().zip(counts).all(|(before, now)| before <= now));
    let is_enough = total(counts).saturating_sub(before) >= u64::from(FEWEST);
    (never_takes_back && is_enough).then_some(*counts)
}

/// The hour of the team's day at which a round opens and closes, in minutes after midnight.
const MINUTE_OF_DAY: u16 = 10 * 60;
/// For how long a round is made up for that was to open while the endpoint was down.
const MADE_UP_FOR: Duration = Duration::from_hours(3 * 24);
/// Two rounds are never nearer, whatever becomes of the team's zone or switch in between. First working days are 26 days
/// apart at least.
const APART: Duration = Duration::from_hours(20 * 24);

/// When a team asks itself: from the first working day of each month on, Monday to Friday, at 10:00 in its own zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PulseCalendar {
    /// Whether it asks at all.
    pub is_on: bool,
    /// How many days a round is open.
    pub open_days: u32,
    /// In which zone.
    pub zone: Tz,
}

/// When a round is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// From when on.
    pub opens_at: Timestamp,
    /// Until when.
    pub closes_at: Timestamp,
}

impl PulseCalendar {
    /// As the team's settings say, in the zone of the team's first owner when they name none.
    pub fn of(settings: Option<&TeamSettings>, first_owner_zone: Option<&str>) -> Self {
        let zone = settings.and_then(|settings| settings.time_zone.as_deref());
        let pulse = settings.and_then(|settings| settings.pulse.as_ref());
        Self {
            is_on: pulse.is_some_and(|pulse| pulse.on),
            open_days: pulse.and_then(|pulse| pulse.open_days).unwrap_or(OPEN_DAYS),
            zone: zone.or(first_owner_zone).map_or(Tz::UTC, zone_or_utc),
        }
    }

    /// The round that is to be opened now, when the last one opened at `last`: this month's from its instant on, and for
    /// three days more when the endpoint was down then or the team has just switched it on.
    pub fn due(self, now: Timestamp, last: Option<Timestamp>) -> Option<Opening> {
        let at = self.opens_in(self.first_of_month(now));
        let is_time = at <= now && now < at.plus(MADE_UP_FOR);
        (self.is_on && is_time && is_apart(now, last)).then(|| Opening {
            opens_at: now,
            closes_at: self.closes_at(now),
        })
    }

    /// When a round is to be opened next, after `now`. One that is due already is not that one.
    pub fn next(self, now: Timestamp, last: Option<Timestamp>) -> Option<Timestamp> {
        let this_month = self.first_of_month(now);
        let months = (0..3).filter_map(|ahead| this_month.checked_add_months(Months::new(ahead)));
        let mut openings = months.map(|first| self.opens_in(first));
        let next = openings.find(|at| *at > now && is_apart(*at, last));
        next.filter(|_| self.is_on)
    }

    fn first_of_month(self, now: Timestamp) -> NaiveDate {
        let today = now.utc().with_timezone(&self.zone).date_naive();
        today.with_day(1).unwrap_or(today)
    }

    /// When the round of the month opens whose first day this is.
    fn opens_in(self, first: NaiveDate) -> Timestamp {
        let is_working_day = |day: &NaiveDate| day.weekday().number_from_monday() <= 5;
        let day = first.iter_days().find(is_working_day).unwrap_or(first);
        instant(self.zone, day, MINUTE_OF_DAY)
    }

    fn closes_at(self, opens_at: Timestamp) -> Timestamp {
        let day = opens_at.utc().with_timezone(&self.zone).date_naive();
        let last = day.checked_add_days(Days::new(u64::from(self.open_days)));
        instant(self.zone, last.unwrap_or(day), MINUTE_OF_DAY)
    }
}

fn is_apart(at: Timestamp, last: Option<Timestamp>) -> bool {
    last.is_none_or(|last| at.since(last) >= APART)
}

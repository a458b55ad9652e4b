//! When the team draws: once a week, at 10:00 in its own zone.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::eligible::Occasion;
use super::timetable::STEP_MIN;
use crate::Timestamp;
use crate::hours::{instant, zone_or_utc};
use crate::kinds::{TeamSettings, Weekday};

/// When and where a team draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawCalendar {
    /// On which day of the week.
    pub pair_day: Weekday,
    /// In which zone.
    pub zone: Tz,
}

impl DrawCalendar {
    /// As the team's settings say: Monday when they do not, in the zone of the team's first owner when they name none.
    pub fn of(settings: Option<&TeamSettings>, first_owner_zone: Option<&str>) -> Self {
        let zone = settings.and_then(|settings| settings.time_zone.as_deref());
        Self {
            pair_day: settings.and_then(|settings| settings.pair_day).unwrap_or(Weekday::Mon),
            zone: zone.or(first_owner_zone).map_or(Tz::UTC, zone_or_utc),
        }
    }

    fn today(self, now: Timestamp) -> NaiveDate {
        now.utc().with_timezone(&self.zone).date_naive()
    }

    /// The draw of the week that `now` lies in.
    pub fn this_week(self, now: Timestamp) -> Occasion {
        Occasion::in_week_of(self.today(now), self.pair_day, self.zone)
    }

    /// The draw that is to be made now: this week's from its instant on. One that was missed, because the endpoint was
    /// down, is made up for until Thursday is over, or its own day when that is later: after that there would be no time
    /// left to meet. Then its seven days begin with the next quarter of an hour. `is_drawn` tells whether the week of this Monday has had its draw.
    pub fn due(self, now: Timestamp, is_drawn: impl Fn(NaiveDate) -> bool) -> Option<Occasion> {
        let occasion = self.this_week(now);
        let is_time = occasion.at <= now && now < self.too_late(&occasion);
        let begins = if now < occasion.at.plus_minutes(STEP_MIN) {
            occasion.at
        } else {
            let step_ms = STEP_MIN * 60_000;
            Timestamp::from_millis((now.millis() + step_ms - 1).div_euclid(step_ms) * step_ms)
        };
        (is_time && !is_drawn(occasion.week)).then_some(Occasion { at: begins, ..occasion })
    }

    /// The instant of the first draw after `now`. One that is due already is not that one.
    pub fn next(self, now: Timestamp, is_drawn: impl Fn(NaiveDate) -> bool) -> Timestamp {
        let this_week = self.this_week(now);
        if this_week.at > now && !is_drawn(this_week.week) {
            return this_week.at;
        }
        let next = this_week.week.checked_add_days(Days::new(7)).unwrap_or(this_week.week);
        Occasion::in_week_of(next, self.pair_day, self.zone).at
    }

    fn too_late(self, occasion: &Occasion) -> Timestamp {
        let thursday = Occasion::in_week_of(occasion.week, Weekday::Thu, self.zone).day;
        instant(self.zone, thursday.max(occasion.day), 24 * 60)
    }
}

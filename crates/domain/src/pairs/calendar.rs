//! When the team draws: once a week, at 10:00 in its own zone. The endpoint asks it what is due, desktops what is coming.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::eligible::{Occasion, monday_of};
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

    /// The Monday of the week that `now` lies in, in the team's zone.
    pub fn week_of(self, now: Timestamp) -> NaiveDate {
        monday_of(now.utc().with_timezone(&self.zone).date_naive())
    }

    /// The draw of the week of this Monday.
    pub fn draw_of(self, week: NaiveDate) -> Occasion {
        Occasion::in_week_of(week, self.pair_day, self.zone)
    }

    /// The first draw that is not before `now`.
    pub fn coming(self, now: Timestamp) -> Occasion {
        let this_week = self.draw_of(self.week_of(now));
        if this_week.at >= now {
            this_week
        } else {
            self.draw_after(this_week)
        }
    }

    fn draw_after(self, draw: Occasion) -> Occasion {
        self.draw_of(draw.week.checked_add_days(Days::new(7)).unwrap_or(draw.week))
    }

    /// The draw that is to be made now: this week's from its instant on. One that was missed, because the endpoint was
    /// down, is made up for until Thursday is over, or its own day when that is later: after that there would be no time
    /// left to meet. Then its seven days begin with the next quarter of an hour. `is_drawn` tells whether the week of this Monday has had its draw.
    pub fn due(self, now: Timestamp, is_drawn: impl Fn(NaiveDate) -> bool) -> Option<Occasion> {
        let occasion = self.draw_of(self.week_of(now));
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
        let this_week = self.draw_of(self.week_of(now));
        if this_week.at > now && !is_drawn(this_week.week) {
            this_week.at
        } else {
            self.draw_after(this_week).at
        }
    }

    fn too_late(self, occasion: &Occasion) -> Timestamp {
        let thursday = Occasion::in_week_of(occasion.week, Weekday::Thu, self.zone).day;
        instant(self.zone, thursday.max(occasion.day), 24 * 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_draw_is_at_ten_on_the_team_s_weekday_and_made_up_for_until_thursday() {
        let calendar = DrawCalendar {
            pair_day: Weekday::Tue,
            zone: Tz::America__Lima,
        };
        let monday = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let never = |_: NaiveDate| false;
        let this = |week: NaiveDate| week == monday;
        assert_eq!(
            calendar.next(at("2026-11-23T09:00:00Z"), never),
            at("2026-11-24T15:00:00Z")
        );
        assert_eq!(calendar.due(at("2026-11-24T14:59:59Z"), never), None);
        let due = calendar.due(at("2026-11-24T15:00:00Z"), never).unwrap();
        assert_eq!((due.week, due.at), (monday, at("2026-11-24T15:00:00Z")));
        assert_eq!(calendar.due(at("2026-11-24T15:00:00Z"), this), None);
        let late = calendar.due(at("2026-11-27T04:40:01Z"), never).unwrap();
        assert_eq!((late.week, late.day), (due.week, due.day));
        assert_eq!(
            late.at,
            at("2026-11-27T04:45:00Z"),
            "what is past already is no time to meet"
        );
        assert_eq!(calendar.due(at("2026-11-27T05:00:00Z"), never), None);
        assert_eq!(
            calendar.next(at("2026-11-27T05:00:00Z"), never),
            at("2026-12-01T15:00:00Z")
        );
        assert_eq!(
            calendar.next(at("2026-11-23T09:00:00Z"), this),
            at("2026-12-01T15:00:00Z")
        );
        let late = DrawCalendar {
            pair_day: Weekday::Sat,
            ..calendar
        };
        assert!(late.due(at("2026-11-28T15:00:00Z"), never).is_some());
        assert!(late.due(at("2026-11-29T05:00:00Z"), never).is_none());
    }
}

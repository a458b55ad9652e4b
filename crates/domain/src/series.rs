//! When a series meets: the occurrences that follow from its weekday, time, zone and rhythm.

use chrono::{Days, NaiveDate};

use crate::hours::{instant, is_skipped, minute_of_day, zone_or_utc};
use crate::kinds::{Gathering, Series, Weekday};
use crate::{ItemId, Timestamp};

/// How many days ahead gatherings are made from a series.
pub const DAYS_AHEAD: u64 = 28;

/// The Monday from which weeks are counted, so that "every two weeks" means the same to everyone.
fn week_number(monday: NaiveDate) -> i64 {
    let origin = NaiveDate::from_ymd_opt(1970, 1, 5).expect("1970-01-05 was a Monday");
    (monday - origin).num_days().div_euclid(7)
}

/// The gatherings of `series` (whose item is `id`) that end after `now` and start within the next four weeks, with the
/// id that each always has: the same series makes the same gathering on the same date, however often it is asked.
pub fn gatherings(id: ItemId, series: &Series, now: Timestamp) -> Vec<(ItemId, Gathering)> {
    let zone = zone_or_utc(&series.time_zone);
    let Ok(minute) = minute_of_day(&series.time) else {
        return Vec::new();
    };
    let today = now.utc().with_timezone(&zone).date_naive();
    let first = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    first
        .iter_days()
        .take(DAYS_AHEAD as usize + 2)
        .filter(|date| Weekday::of(*date) == series.weekday && !is_skipped(zone, *date))
        .filter(|date| {
            let monday = *date - Days::new(u64::from(series.weekday.index()));
            week_number(monday).rem_euclid(i64::from(series.every_weeks.max(1))) == 0
        })
        .map(|date| {
            let gathering = Gathering {
                series: Some(id),
                note: series.note.clone(),
                time_zone: Some(series.time_zone.clone()),
                link: series.link.clone(),
                invited: series.invited.clone(),
                reminders: series.reminders,
                ..Gathering::plain(
                    series.activity,
                    &series.title,
                    instant(zone, date, minute),
                    series.duration_min,
                )
            };
            (
                ItemId::derived(&["gathering", &id.to_string(), &date.to_string()]),
                gathering,
            )
        })
        .filter(|(_, gathering)| {
            gathering.ends_at() > now && gathering.starts_at <= now.plus_minutes(DAYS_AHEAD as i64 * 24 * 60)
        })
        .collect()
}

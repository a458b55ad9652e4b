//! When a series meets.

use proptest::prelude::*;
use samovar_domain::kinds::{Activity, Series, Slot, Weekday};
use samovar_domain::series::{DAYS_AHEAD, gatherings};
use samovar_domain::{ItemId, Timestamp};

use crate::given::{WEEK, id, instants, time, zones};

fn teatime(zone: &str, weekday: Weekday, at: &str) -> Series {
    Series::weekly(Activity::Teatime, "Teatime", Slot::new(weekday, at, zone), 30)
}

fn starts(series: &Series, now: &str) -> Vec<Timestamp> {
    gatherings(id("series"), series, time(now))
        .into_iter()
        .map(|(_, gathering)| gathering.starts_at)
        .collect()
}

prop_compose! {
    fn any_series()(
        zone in zones(), weekday in proptest::sample::select(WEEK.to_vec()), minute in 0..1440_u32,
        every_weeks in proptest::sample::select(vec![1_u32, 2, 4]), duration_min in 5..=480_u32,
    ) -> Series {
        let at = format!("{:02}:{:02}", minute / 60, minute % 60);
        Series { every_weeks, duration_min, ..teatime(zone.name(), weekday, &at) }
    }
}

proptest! {
    #[test]
    fn the_coming_four_weeks_are_made_and_nothing_that_is_over(series in any_series(), now in instants()) {
        let made = gatherings(id("series"), &series, now);
        let expected = 4 / series.every_weeks as usize;
        prop_assert!((expected.saturating_sub(1)..=expected + 1).contains(&made.len()), "{} of {expected}", made.len());
        for (_, gathering) in &made {
            prop_assert!(gathering.ends_at() > now);
            prop_assert!(gathering.starts_at <= now.plus_minutes(DAYS_AHEAD as i64 * 24 * 60));
        }
    }

    /// Two nodes, or one that starts again an hour later, make the same gatherings under the same ids.
    #[test]
    fn asked_again_later_it_makes_the_same_ones(series in any_series(), now in instants(), later in 0..20_000_i64) {
        let later = now.plus_minutes(later);
        let before = gatherings(id("series"), &series, now);
        let after = gatherings(id("series"), &series, later);
        for (id, gathering) in before.iter().filter(|(_, gathering)| gathering.ends_at() > later) {
            let same = after.iter().find(|(other, _)| other == id);
            prop_assert_eq!(same.map(|(_, gathering)| gathering), Some(gathering));
        }
        let ids: std::collections::HashSet<ItemId> = after.iter().map(|(id, _)| *id).collect();
        prop_assert_eq!(ids.len(), after.len());
    }
}

#[test]
fn teatime_stays_at_three_oclock_when_the_clocks_change() {
    let berlin = teatime("Europe/Berlin", Weekday::Sun, "15:00");
    let across_spring = starts(&berlin, "2026-03-21T00:00:00Z");
    assert_eq!(
        across_spring[..2],
        [time("2026-03-22T14:00:00Z"), time("2026-03-29T13:00:00Z")]
    );
    let across_autumn = starts(&berlin, "2026-10-17T00:00:00Z");
    assert_eq!(
        across_autumn[..2],
        [time("2026-10-18T13:00:00Z"), time("2026-10-25T14:00:00Z")]
    );
    let auckland = teatime("Pacific/Auckland", Weekday::Sun, "15:00");
    assert_eq!(
        starts(&auckland, "2026-09-19T20:00:00Z")[..2],
        [time("2026-09-20T03:00:00Z"), time("2026-09-27T02:00:00Z")]
    );
}

#[test]
fn a_gathering_in_a_skipped_hour_moves_on_and_in_a_repeated_one_comes_once() {
    let early = teatime("Europe/Berlin", Weekday::Sun, "02:30");
    assert_eq!(starts(&early, "2026-03-28T00:00:00Z")[0], time("2026-03-29T01:30:00Z"));
    let autumn = starts(&early, "2026-10-24T12:00:00Z");
    assert_eq!(
        autumn[..2],
        [time("2026-10-25T00:30:00Z"), time("2026-11-01T01:30:00Z")]
    );
}

#[test]
fn the_one_that_is_on_now_is_still_made() {
    let tea = teatime("UTC", Weekday::Mon, "15:00");
    assert_eq!(starts(&tea, "2026-11-23T15:29:59Z")[0], time("2026-11-23T15:00:00Z"));
    assert_eq!(starts(&tea, "2026-11-23T15:30:00Z")[0], time("2026-11-30T15:00:00Z"));
}

#[test]
fn a_plan_that_cannot_be_read_makes_nothing() {
    assert!(starts(&teatime("UTC", Weekday::Mon, "tea o'clock"), "2026-11-23T15:00:00Z").is_empty());
    let never = Series {
        every_weeks: 0,
        ..teatime("Nowhere/Land", Weekday::Mon, "15:00")
    };
    assert_eq!(
        starts(&never, "2026-11-23T00:00:00Z").len(),
        4,
        "an unknown zone is UTC, and 0 weeks is every week"
    );
}

fn days(series: &Series, now: &str) -> Vec<String> {
    let zone: chrono_tz::Tz = series.time_zone.parse().unwrap();
    let local = |start: Timestamp| start.utc().with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
    starts(series, now).into_iter().map(local).collect()
}

/// Every second week stays every second week, whatever the year's weeks are called.
#[test]
fn the_rhythm_goes_on_across_new_year() {
    // 2026 has 53 weeks: counted by their numbers in the year, two odd ones would follow each other.
    for (weekday, first) in [
        (Weekday::Mon, "2026-12-14T00:00:00Z"),
        (Weekday::Thu, "2026-12-14T00:00:00Z"),
        (Weekday::Sun, "2026-12-14T00:00:00Z"),
    ] {
        for every_weeks in [2_u32, 4] {
            let series = Series {
                every_weeks,
                ..teatime("Europe/Berlin", weekday, "15:00")
            };
            let mut all = std::collections::BTreeSet::new();
            let mut now = time(first);
            for _ in 0..20 {
                all.extend(
                    gatherings(id("series"), &series, now)
                        .into_iter()
                        .map(|(_, gathering)| gathering.starts_at),
                );
                now = now.plus_minutes(7 * 24 * 60);
            }
            let all: Vec<_> = all.into_iter().collect();
            assert!(all.len() >= 5, "{weekday:?} {every_weeks}: {all:?}");
            let zone = chrono_tz::Europe::Berlin;
            let dates: Vec<_> = all
                .iter()
                .map(|start| start.utc().with_timezone(&zone).date_naive())
                .collect();
            for pair in dates.windows(2) {
                assert_eq!(
                    (pair[1] - pair[0]).num_days(),
                    i64::from(every_weeks) * 7,
                    "{weekday:?} {dates:?}"
                );
            }
        }
    }
}

/// A week begins on Monday: the Sunday of a fortnightly series is of the same week as the Monday before it.
#[test]
fn a_sunday_belongs_to_the_week_of_the_monday_before_it() {
    let fortnightly = |weekday| Series {
        every_weeks: 2,
        ..teatime("UTC", weekday, "15:00")
    };
    let monday = days(&fortnightly(Weekday::Mon), "2026-11-23T00:00:00Z");
    let sunday = days(&fortnightly(Weekday::Sun), "2026-11-23T00:00:00Z");
    assert_eq!(monday[..2], ["2026-11-23 15:00", "2026-12-07 15:00"]);
    assert_eq!(sunday[..2], ["2026-11-29 15:00", "2026-12-13 15:00"]);
}

/// Samoa went from Thursday, 29 December 2011, to Saturday: the Friday between was never there.
#[test]
fn a_day_that_was_skipped_takes_its_gathering_along() {
    let friday = teatime("Pacific/Apia", Weekday::Fri, "15:00");
    assert_eq!(
        days(&friday, "2011-12-20T00:00:00Z"),
        ["2011-12-23 15:00", "2012-01-06 15:00", "2012-01-13 15:00"],
    );
    let saturday = teatime("Pacific/Apia", Weekday::Sat, "15:00");
    assert_eq!(
        days(&saturday, "2011-12-20T00:00:00Z")[..2],
        ["2011-12-24 15:00", "2011-12-31 15:00"]
    );
}

#[test]
fn the_twenty_ninth_of_february_is_a_day_like_any_other() {
    let tuesday = teatime("America/Lima", Weekday::Tue, "09:30");
    assert_eq!(
        days(&tuesday, "2028-02-16T00:00:00Z"),
        [
            "2028-02-22 09:30",
            "2028-02-29 09:30",
            "2028-03-07 09:30",
            "2028-03-14 09:30"
        ],
    );
}

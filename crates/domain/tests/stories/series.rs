//! When a series meets.

use proptest::prelude::*;
use samovar_domain::kinds::{Activity, Series, Weekday};
use samovar_domain::series::{DAYS_AHEAD, gatherings};
use samovar_domain::{ItemId, Timestamp};

use crate::given::{WEEK, id, instants, time, zones};

fn teatime(zone: &str, weekday: Weekday, at: &str) -> Series {
    Series {
        activity: Activity::Teatime,
        title: "Teatime".to_owned(),
        time_zone: zone.to_owned(),
        weekday,
        time: at.to_owned(),
        every_weeks: 1,
        duration_min: 30,
        link: None,
    }
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

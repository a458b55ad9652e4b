//! What of the pulse may be shown, and when a team asks itself.

use chrono_tz::Tz;
use proptest::prelude::*;
use proptest::test_runner::Config;
use samovar_domain::Timestamp;
use samovar_domain::kinds::TeamSettings;
use samovar_domain::pulse::{Counts, PulseCalendar, publishable};

#[test]
fn four_answers_are_nobodys_business_and_five_are_the_teams() {
    assert_eq!(publishable(&[1, 0, 2, 1, 0], None), None);
    assert_eq!(publishable(&[1, 0, 2, 1, 1], None), Some([1, 0, 2, 1, 1]));
    // The late ones wait for company.
    assert_eq!(publishable(&[1, 0, 2, 1, 5], Some(&[1, 0, 2, 1, 1])), None);
    assert_eq!(
        publishable(&[1, 0, 2, 1, 6], Some(&[1, 0, 2, 1, 1])),
        Some([1, 0, 2, 1, 6])
    );
}

proptest! {
    #![proptest_config(Config::with_cases(10_000))]

    /// However answers come in, and however often one looks: any two views differ by none or by five answers at least.
    #[test]
    fn no_two_views_differ_by_fewer_than_five(answers in proptest::collection::vec((0..5_usize, any::<bool>()), 0..60)) {
        let mut counts: Counts = [0; 5];
        let mut views: Vec<Counts> = vec![[0; 5]];
        let mut shown = None;
        for (answer, looks) in answers {
            counts[answer] += 1;
            if looks && let Some(view) = publishable(&counts, shown.as_ref()) {
                shown = Some(view);
                views.push(view);
            }
        }
        let total = |view: &Counts| view.iter().sum::<u32>();
        for (place, one) in views.iter().enumerate() {
            for other in &views[place + 1..] {
                prop_assert!(total(other) - total(one) >= 5);
            }
        }
    }
}

fn calendar(zone: Tz) -> PulseCalendar {
    PulseCalendar {
        is_on: true,
        open_days: 10,
        zone,
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_round_opens_on_the_first_working_day_at_ten_in_the_team_s_zone() {
    let lima = calendar(Tz::America__Lima);
    // The first of November 2026 is a Sunday.
    assert_eq!(
        lima.next(at("2026-10-20T00:00:00Z"), None),
        Some(at("2026-11-02T15:00:00Z"))
    );
    assert_eq!(lima.due(at("2026-11-02T14:59:59Z"), None), None);
    let opening = lima.due(at("2026-11-02T15:00:00Z"), None).unwrap();
    assert_eq!(opening.opens_at, at("2026-11-02T15:00:00Z"));
    assert_eq!(opening.closes_at, at("2026-11-12T15:00:00Z"));
    // It is made up for during three days, and not asked twice.
    let late = lima.due(at("2026-11-05T14:59:00Z"), None).unwrap();
    assert_eq!(
        (late.opens_at, late.closes_at),
        (at("2026-11-05T14:59:00Z"), at("2026-11-15T15:00:00Z"))
    );
    assert_eq!(lima.due(at("2026-11-05T15:00:00Z"), None), None);
    assert_eq!(lima.due(at("2026-11-03T15:00:00Z"), Some(opening.opens_at)), None);
    assert_eq!(
        lima.next(at("2026-11-03T15:00:00Z"), Some(opening.opens_at)),
        Some(at("2026-12-01T15:00:00Z"))
    );
    let off = PulseCalendar { is_on: false, ..lima };
    assert_eq!(off.due(at("2026-11-02T15:00:00Z"), None), None);
    assert_eq!(off.next(at("2026-11-02T14:00:00Z"), None), None);
}

#[test]
fn a_team_that_does_not_say_asks_nothing_and_is_open_for_ten_days_when_it_does() {
    assert!(!PulseCalendar::of(None, None).is_on);
    let settings: TeamSettings =
        serde_json::from_str(r#"{ "time_zone": "Europe/Berlin", "pulse": { "on": true } }"#).unwrap();
    let berlin = PulseCalendar::of(Some(&settings), Some("America/Lima"));
    assert_eq!(berlin, calendar(Tz::Europe__Berlin));
}

proptest! {
    /// Whatever the zone and however often it is looked, a year has twelve rounds, each over before the next one.
    #[test]
    fn a_year_has_twelve_rounds(zone in prop::sample::select(chrono_tz::TZ_VARIANTS.to_vec()), days in 3_u32..=21,
                                look in 1_i64..=60, start in 0_i64..=(365 * 24 * 60)) {
        let calendar = PulseCalendar { open_days: days, ..calendar(zone) };
        let mut now = at("2026-01-05T00:00:00Z").plus_minutes(start);
        // And as long as a round is made up for: the last one of the year may be due, and nobody has looked yet.
        let until = now.plus_minutes((365 + 3) * 24 * 60);
        let mut opened: Vec<(Timestamp, Timestamp)> = Vec::new();
        while now < until {
            let last = opened.last().map(|(opens_at, _)| *opens_at);
            if let Some(next) = calendar.next(now, last) {
                prop_assert!(next > now);
            }
            if let Some(opening) = calendar.due(now, last) {
                prop_assert!(opened.last().is_none_or(|(_, closed_at)| *closed_at < now));
                opened.push((opening.opens_at, opening.closes_at));
            }
            now = now.plus_minutes(look * 60);
        }
        prop_assert!((12..=13).contains(&opened.len()), "{opened:?}");
    }
}

//! Whether a person is asked about the zone that their computer is set to.

use chrono_tz::Tz;
use samovar_domain::hours::Hours;
use samovar_domain::kinds::Travel;
use samovar_domain::schedule::Schedule;
use samovar_domain::zone_change::{asks, clocks_agree, minutes_east};

use crate::given::time;

const NOW: &str = "2026-11-23T12:00:00Z";

fn in_lima(travel: &[Travel]) -> Schedule {
    Schedule::new(Tz::America__Lima, Hours::office(), travel, &[])
}

#[test]
fn another_clock_is_asked_about_and_ones_own_is_not() {
    let lima = in_lima(&[]);
    assert!(asks(&lima, "Europe/Lisbon", &[], time(NOW)));
    assert!(!asks(&lima, "America/Lima", &[], time(NOW)));
    assert!(!asks(&lima, "Nowhere/Land", &[], time(NOW)), "a zone that nobody knows");
}

#[test]
fn a_zone_that_was_left_alone_is_not_asked_about_again_but_another_is() {
    let left = ["Europe/Lisbon".to_owned()];
    assert!(!asks(&in_lima(&[]), "Europe/Lisbon", &left, time(NOW)));
    assert!(asks(&in_lima(&[]), "Asia/Tokyo", &left, time(NOW)));
}

#[test]
fn a_journey_that_is_known_is_not_asked_about_until_it_is_over() {
    let lisbon = Travel {
        from: "2026-11-20".parse().unwrap(),
        until: "2026-11-25".parse().unwrap(),
        time_zone: "Europe/Lisbon".to_owned(),
        hours: None,
    };
    let lima = in_lima(&[lisbon]);
    assert!(!asks(&lima, "Europe/Lisbon", &[], time(NOW)));
    assert!(asks(&lima, "America/Lima", &[], time(NOW)), "back early");
    assert!(
        asks(&lima, "Europe/Lisbon", &[], time("2026-11-26T12:00:00Z")),
        "it became longer"
    );
}

#[test]
fn two_names_for_the_same_clock_are_one_and_a_difference_in_summer_is_one() {
    let agree = |one, other| clocks_agree(one, other, time(NOW));
    assert!(agree(Tz::Asia__Calcutta, Tz::Asia__Kolkata));
    assert!(agree(Tz::Europe__Berlin, Tz::Europe__Paris));
    assert!(
        !agree(Tz::America__Lima, Tz::America__New_York),
        "the same in November only"
    );
    for zone in chrono_tz::TZ_VARIANTS {
        assert!(agree(zone, zone), "{zone}");
    }
}

#[test]
fn clocks_are_ahead_of_utc_by_minutes() {
    assert_eq!(minutes_east(Tz::Asia__Kathmandu, time(NOW)), 345);
    assert_eq!(minutes_east(Tz::America__Lima, time(NOW)), -300);
}

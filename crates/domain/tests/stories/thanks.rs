//! Two quiet words to whoever gives kudos.

use chrono_tz::Tz;
use samovar_domain::customs::{Border, border};
use samovar_domain::thanks::{are_many_today, long_since};

use crate::given::{member, time};

#[test]
fn the_sixth_kudos_of_a_day_is_one_of_many_and_midnight_ends_the_day() {
    let now = time("2026-11-23T22:30:00Z"); // 23:30 in Berlin
    let given: Vec<_> = (0..5)
        .map(|hours| time("2026-11-23T12:00:00Z").plus_minutes(hours * 60))
        .collect();
    assert!(are_many_today(&given, Tz::Europe__Berlin, now));
    assert!(!are_many_today(&given[1..], Tz::Europe__Berlin, now));
    assert!(
        !are_many_today(&given, Tz::Europe__Berlin, now.plus_minutes(30)),
        "a new day in Berlin"
    );
    assert!(
        are_many_today(&given, Tz::America__Lima, now.plus_minutes(30)),
        "the same day in Lima"
    );
}

#[test]
fn nobody_is_forgotten_and_nobody_is_counted() {
    let now = time("2026-11-23T12:00:00Z");
    let days_ago = |days: i64| now.plus_minutes(-days * 24 * 60);
    let members = [
        ("Ben", 400),
        ("Cleo", 300),
        ("Dee", 20),
        ("Eva", 90),
        ("Finn", 200),
        ("Ana", 400),
    ];
    let members: Vec<_> = members.map(|(name, days)| (member(name), days_ago(days))).into();
    let given = [
        (days_ago(80), vec![member("Ben"), member("Cleo")]),
        (days_ago(50), vec![member("Cleo")]),
        (days_ago(44), vec![member("Eva")]),
    ];
    let long = long_since(member("Ana"), &given, &members, now);
    let long: Vec<_> = long.iter().map(|long| (long.member, long.last)).collect();
    // Dee is new, Eva was thanked; Finn never was, Ben for longer not than Cleo.
    assert_eq!(
        long,
        [
            (member("Finn"), None),
            (member("Ben"), Some(days_ago(80))),
            (member("Cleo"), Some(days_ago(50)))
        ]
    );
}

#[test]
fn duty_is_between_countries_but_not_within_the_union() {
    assert_eq!(border(Some("DE"), Some("DE")), Border::None);
    assert_eq!(border(Some("DE"), Some("PT")), Border::WithoutCustoms);
    assert_eq!(border(Some("DE"), Some("PE")), Border::Customs);
    assert_eq!(border(Some("PE"), Some("DE")), Border::Customs);
    assert_eq!(border(None, Some("DE")), Border::Unknown);
}

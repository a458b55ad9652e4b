//! When somebody is celebrated, and who hears of it.

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use proptest::test_runner::Config;
use samovar_domain::celebrations::{celebrated_on, is_true, news_until, next, notices};
use samovar_domain::kinds::{Celebrated, Celebration, CelebrationNotice, DayOfYear, LeapChoice, TeamSettings};

use crate::given::{member, time};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn born(month: u32, day: u32) -> Celebration {
    Celebration {
        birthday: Some(DayOfYear { month, day }),
        ..Celebration::default()
    }
}

#[test]
fn who_was_born_on_the_29th_of_february_chooses_the_day() {
    let before = born(2, 29);
    let after = Celebration {
        leap: LeapChoice::After,
        ..before
    };
    let birthday = vec![Celebrated::Birthday];
    assert_eq!(celebrated_on(day("2027-02-28"), &before), birthday);
    assert_eq!(celebrated_on(day("2027-03-01"), &after), birthday);
    assert_eq!(celebrated_on(day("2027-02-28"), &after), []);
    for wish in [&before, &after] {
        assert_eq!(
            celebrated_on(day("2028-02-29"), wish),
            birthday,
            "there is one this year"
        );
        assert_eq!(celebrated_on(day("2028-02-28"), wish), []);
        assert_eq!(celebrated_on(day("2028-03-01"), wish), []);
    }
}

#[test]
fn years_are_counted_from_the_first_anniversary_on() {
    let wish = Celebration {
        joined_on: Some(day("2024-02-29")),
        ..Celebration::default()
    };
    assert_eq!(celebrated_on(day("2024-02-29"), &wish), []);
    assert_eq!(
        celebrated_on(day("2025-02-28"), &wish),
        [Celebrated::Anniversary { years: 1 }]
    );
    assert_eq!(
        next(day("2026-11-23"), &wish),
        [(day("2027-02-28"), Celebrated::Anniversary { years: 3 })]
    );
}

#[test]
fn coordinators_hear_ten_days_ahead_the_team_on_the_day_and_the_one_it_is_about_never_of_the_plan() {
    let settings = TeamSettings {
        coordinators: vec![member("Ana"), member("Ben")],
        ..TeamSettings::default()
    };
    let wish = Celebration {
        tell_team: true,
        ..born(12, 3)
    };
    let told = |today: &str, who: &str, wish: Celebration| {
        let told = notices(day(today), &[(member(who), wish)], &settings);
        told.into_iter()
            .map(|(notice, to)| (notice.ahead, to))
            .collect::<Vec<_>>()
    };
    let (to_ana, to_ben) = ((true, Some(member("Ana"))), (true, Some(member("Ben"))));
    assert_eq!(told("2026-11-22", "Cleo", wish), []);
    assert_eq!(told("2026-11-23", "Cleo", wish), [to_ana, to_ben]);
    assert_eq!(told("2026-11-23", "Ana", wish), [to_ben]);
    assert_eq!(told("2026-12-03", "Cleo", wish), [to_ana, to_ben, (false, None)]);
    assert_eq!(told("2026-12-04", "Cleo", wish), []);
    let quiet = Celebration {
        tell_team: false,
        ..wish
    };
    assert_eq!(told("2026-12-03", "Cleo", quiet), [to_ana, to_ben]);
    let please_do_not = Celebration {
        please_do_not: true,
        ..wish
    };
    assert_eq!(told("2026-12-03", "Cleo", please_do_not), []);
}

#[test]
fn a_notice_is_true_for_as_long_as_its_member_and_the_admins_say_the_same() {
    let settings = TeamSettings {
        coordinators: vec![member("Ana")],
        ..TeamSettings::default()
    };
    let wish = Celebration {
        tell_team: true,
        ..born(12, 3)
    };
    let told = notices(day("2026-12-03"), &[(member("Cleo"), wish)], &settings);
    assert_eq!(told.len(), 2);
    let still = |wish: Celebration, settings: &TeamSettings| {
        let still = told.iter().filter(|told| is_true(told, &wish, settings));
        still.map(|(notice, _)| notice.ahead).collect::<Vec<_>>()
    };
    assert_eq!(still(wish, &settings), [true, false]);
    assert_eq!(still(wish, &TeamSettings::default()), [false]);
    let quiet = Celebration {
        tell_team: false,
        ..wish
    };
    assert_eq!(still(quiet, &settings), [true]);
    let moved = Celebration {
        tell_team: true,
        ..born(12, 4)
    };
    assert!(still(moved, &settings).is_empty());
    let please_do_not = Celebration {
        please_do_not: true,
        ..wish
    };
    assert!(still(please_do_not, &settings).is_empty());
    // A shorter lead takes back nothing that was told.
    let shorter = TeamSettings {
        celebration_lead_days: Some(1),
        ..settings.clone()
    };
    assert_eq!(still(wish, &shorter), [true, false]);
}

#[test]
fn the_day_of_a_celebration_reaches_those_whose_day_is_another() {
    let notice = |ahead| CelebrationNotice {
        member: member("Cleo"),
        celebrated: Celebrated::Birthday,
        on: day("2026-12-03"),
        ahead,
    };
    let until = |ahead, known_at: &str, zone: &str| news_until(&notice(ahead), time(known_at), zone.parse().unwrap());
    // Told when the day begins in Lima, which is late in the afternoon in Auckland.
    let begins = "2026-12-03T05:00:00.000Z";
    assert_eq!(until(false, begins, "America/Lima"), time("2026-12-04T05:00:00Z"));
    assert_eq!(until(false, begins, "Pacific/Auckland"), time("2026-12-04T05:00:00Z"));
    assert_eq!(until(false, begins, "Pacific/Honolulu"), time("2026-12-04T10:00:00Z"));
    let ahead = "2026-11-23T05:00:00Z";
    assert_eq!(until(true, ahead, "Pacific/Auckland"), time("2026-12-03T11:00:00Z"));
}

proptest! {
    #![proptest_config(Config::with_cases(2_000))]

    #[test]
    fn there_is_exactly_one_birthday_a_year(month in 1..=12_u32, of_month in 1..=31_u32, year in 2020..2100, after: bool) {
        prop_assume!(NaiveDate::from_ymd_opt(2028, month, of_month).is_some());
        let leap = if after { LeapChoice::After } else { LeapChoice::Before };
        let wish = Celebration { leap, ..born(month, of_month) };
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let days = first.iter_days().take_while(|date| date.year() == year);
        prop_assert_eq!(days.filter(|date| !celebrated_on(*date, &wish).is_empty()).count(), 1);
    }
}

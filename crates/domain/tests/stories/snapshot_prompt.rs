//! The nudge to share a snapshot: at most one a working day, inside own hours, at a changing time, and none for whoever
//! has shared.

use std::collections::HashSet;

use chrono_tz::Tz;
use proptest::prelude::*;
use samovar_domain::hours::Hours;
use samovar_domain::schedule::Schedule;
use samovar_domain::snapshot_prompt::{USEFUL, date_at, next_prompt, prompt_at};

use crate::given::{instants, member, time, weeks, zones};

fn helsinki() -> Schedule {
    Schedule::new(Tz::Europe__Helsinki, Hours::office(), &[], &[])
}

#[test]
fn the_time_changes_from_day_to_day_and_person_to_person() {
    let schedule = helsinki();
    let first = "2026-11-23".parse::<chrono::NaiveDate>().unwrap();
    let times: Vec<_> = first
        .iter_days()
        .take(5)
        .map(|date| prompt_at(member("Ana"), &schedule, date).unwrap().millis() % 86_400_000)
        .collect();
    assert_eq!(times.iter().collect::<HashSet<_>>().len(), 5, "{times:?}");
    assert_ne!(
        prompt_at(member("Ana"), &schedule, first),
        prompt_at(member("Ben"), &schedule, first)
    );
}

#[test]
fn there_is_none_on_free_days_none_when_hours_are_unknown_and_none_for_whoever_has_shared() {
    let schedule = helsinki();
    let (sunday, monday) = ("2026-11-22".parse().unwrap(), "2026-11-23".parse().unwrap());
    assert_eq!(prompt_at(member("Ana"), &schedule, sunday), None);
    let unknown = Schedule::new(Tz::UTC, Hours::default(), &[], &[]);
    assert_eq!(prompt_at(member("Ana"), &unknown, monday), None);

    let morning = time("2026-11-23T06:00:00Z");
    let (date, at) = next_prompt(member("Ana"), &schedule, [], morning).unwrap();
    assert_eq!(date, monday);
    let (after, _) = next_prompt(member("Ana"), &schedule, [morning], morning).unwrap();
    assert_eq!(after, "2026-11-24".parse().unwrap(), "she has shared on Monday");
    let (missed, _) = next_prompt(member("Ana"), &schedule, [], at.plus(USEFUL)).unwrap();
    assert_eq!(missed, "2026-11-24".parse().unwrap(), "nothing is made up for");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]
    #[test]
    fn a_prompt_lies_inside_own_hours_on_its_own_day_and_is_one_a_day(
        zone in zones(), hours in weeks(), now in instants(), who in 0..1_000_u32, shares in proptest::collection::vec(0..3_000_i64, 0..3),
    ) {
        let schedule = Schedule::new(zone, hours, &[], &[]);
        let who = member(&who.to_string());
        let shared: Vec<_> = shares.iter().map(|minutes| now.plus_minutes(-minutes)).collect();
        if let Some((date, at)) = next_prompt(who, &schedule, shared.iter().copied(), now) {
            prop_assert!(schedule.contains(at), "{at} is outside own hours");
            prop_assert_eq!(date_at(&schedule, at), date);
            prop_assert_eq!(prompt_at(who, &schedule, date), Some(at), "the same on every computer, at every look");
            prop_assert!(at.plus(USEFUL) > now, "it is not late");
            prop_assert!(!shared.iter().any(|share| date_at(&schedule, *share) == date));
            // Told and taken: the next one is another day's.
            if let Some((next, _)) = next_prompt(who, &schedule, [], at.plus(USEFUL)) {
                prop_assert!(next > date);
            }
        }
    }
}

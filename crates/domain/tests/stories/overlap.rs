//! When people who work apart work at the same time.

use chrono_tz::Tz;
use proptest::prelude::*;
use samovar_domain::Timestamp;
use samovar_domain::hours::Hours;
use samovar_domain::overlap::{Overlap, overlaps};
use samovar_domain::schedule::Schedule;

use crate::given::{instants, time, weeks, zones};

fn together(zones: &[Tz]) -> Vec<Overlap> {
    let (from, until) = (time("2026-11-23T00:00:00Z"), time("2026-11-24T00:00:00Z"));
    let working: Vec<_> = zones
        .iter()
        .map(|zone| Schedule::new(*zone, Hours::office(), &[], &[]).spans(from, until))
        .collect();
    overlaps(working.iter().map(Vec::as_slice))
}

fn overlap(from: &str, until: &str, people: u32) -> Overlap {
    let on = |clock: &str| time(&format!("2026-11-23T{clock}:00Z"));
    Overlap {
        from: on(from),
        until: on(until),
        people,
    }
}

#[test]
fn lima_berlin_and_helsinki_share_an_afternoon() {
    // 14:00 to 22:00, 08:00 to 16:00 and 07:00 to 15:00, by UTC.
    assert_eq!(
        together(&[Tz::America__Lima, Tz::Europe__Berlin, Tz::Europe__Helsinki]),
        [
            overlap("08:00", "14:00", 2),
            overlap("14:00", "15:00", 3),
            overlap("15:00", "16:00", 2),
        ]
    );
}

#[test]
fn who_leaves_as_another_comes_makes_no_seam() {
    let spans = |list: &[(&str, &str)]| -> Vec<(Timestamp, Timestamp)> {
        let on = |clock: &str| time(&format!("2026-11-23T{clock}:00Z"));
        list.iter().map(|(from, until)| (on(from), on(until))).collect()
    };
    let people = [
        spans(&[("08:00", "16:00")]),
        spans(&[("09:00", "12:00")]),
        spans(&[("12:00", "15:00")]),
    ];
    assert_eq!(
        overlaps(people.iter().map(Vec::as_slice)),
        [overlap("09:00", "15:00", 2)]
    );
}

#[test]
fn one_alone_and_people_who_never_meet_share_nothing() {
    assert_eq!(together(&[Tz::UTC]), []);
    assert_eq!(together(&[]), []);
    assert_eq!(together(&[Tz::America__Lima, Tz::Asia__Tokyo]), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// At any instant as many people work as an overlap says, and where none is named, at most one does.
    #[test]
    fn overlaps_count_who_works_at_an_instant(
        people in proptest::collection::vec((zones(), weeks()), 0..6), from in instants(),
        probes in proptest::collection::vec(0..2 * 1440 * 60_000_i64, 12),
    ) {
        let until = from.plus_minutes(2 * 1440);
        let schedules: Vec<_> = people.into_iter().map(|(zone, week)| Schedule::new(zone, week, &[], &[])).collect();
        let working: Vec<_> = schedules.iter().map(|schedule| schedule.spans(from, until)).collect();
        let found = overlaps(working.iter().map(Vec::as_slice));
        for pair in found.windows(2) {
            prop_assert!(pair[0].until < pair[1].from || pair[0].people != pair[1].people);
            prop_assert!(pair[0].until <= pair[1].from);
        }
        for probe in probes {
            let at = Timestamp::from_millis(from.millis() + probe);
            let here = schedules.iter().filter(|schedule| schedule.contains(at)).count();
            let said = found.iter().find(|overlap| overlap.from <= at && at < overlap.until);
            prop_assert_eq!(said.map_or(0, |overlap| overlap.people as usize), if here < 2 { 0 } else { here });
        }
    }
}

//! What a slot costs somebody, in every zone.

use chrono::{Days, NaiveDate, Timelike as _};
use chrono_tz::Tz;
use proptest::prelude::*;
use samovar_domain::Timestamp;
use samovar_domain::hours::{Hours, Span, instant};
use samovar_domain::inconvenience::{Cost, Person, cost};
use samovar_domain::kinds::{Away, Travel};
use samovar_domain::offsets::Calendar;
use samovar_domain::schedule::Schedule;

use crate::given::{WEEK, instants, spans, time, weeks, zones};

fn at_home(zone: Tz, hours: Hours) -> Schedule {
    Schedule::new(zone, hours, &[], &[])
}

fn hours_at(schedule: &Schedule, from: &str, minutes: i64) -> f64 {
    cost(schedule, time(from), time(from).plus_minutes(minutes)).hours()
}

prop_compose! {
    /// A travel and an absence somewhere in the months around `at`.
    fn days_out(at: Timestamp)(
        zone in zones(), own in proptest::option::of(weeks()), first in -40..40_i64, length in 0..20_u64,
        gone in -40..40_i64, back in 1..20_u64,
    ) -> (Vec<Travel>, Vec<Away>) {
        let date = |days: i64| at.plus_minutes(days * 24 * 60).utc().date_naive();
        let travel = Travel { from: date(first), until: date(first) + Days::new(length), time_zone: zone.name().to_owned(), hours: own };
        let away = Away { from: date(gone), back_on: date(gone) + Days::new(back), note: None };
        (vec![travel], vec![away])
    }
}

prop_compose! {
    fn any_schedule()(at in instants(), zone in zones(), hours in prop_oneof![8 => weeks(), 1 => Just(Hours::default())])
        (days in days_out(at), at in Just(at), zone in Just(zone), hours in Just(hours), is_out in 0..4_u8,
         busy in proptest::collection::vec((-96..96_i64, 1..8_i64), 0..6))
        -> (Schedule, Timestamp) {
        let (travel, away) = days;
        let travel = if is_out & 1 == 0 { Vec::new() } else { travel };
        let away = if is_out & 2 == 0 { Vec::new() } else { away };
        let busy = busy.into_iter().map(|(from, length)| (at.plus_minutes(30 * from), at.plus_minutes(30 * (from + length))));
        (Schedule::new(zone, hours, &travel, &away).with_busy(busy), at)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Neither below nothing nor above the worst, and always a number.
    #[test]
    fn a_cost_is_a_number_of_hours((schedule, at) in any_schedule(), length in 5..=480_i64) {
        let cost = cost(&schedule, at, at.plus_minutes(length));
        prop_assert!(cost <= Cost::WORST);
        let json = serde_json::to_value(cost).unwrap();
        prop_assert_eq!(json.as_f64().unwrap().to_bits(), cost.hours().to_bits());
        prop_assert!((0.0..=10.5).contains(&cost.hours()));
    }

    #[test]
    fn nothing_is_paid_exactly_by_those_who_are_free_all_through_or_away((schedule, at) in any_schedule(), length in 5..=480_i64) {
        let until = at.plus_minutes(length);
        let works_through = schedule.free_spans(at, until) == [(at, until)];
        let is_free = works_through || schedule.is_away_within(at, until);
        prop_assert_eq!(cost(&schedule, at, until) == Cost::default(), is_free);
    }

    /// From the end of work on, it never gets cheaper before half the way to the next day's work, or half past two at
    /// night, whichever is first; and the same backwards from its beginning.
    #[test]
    fn further_from_work_never_costs_less_until_the_middle_of_the_night(
        zone in zones(), span in spans(), day in 0..24_000_u64, near in 0..720_i64, further in 0..720_i64, length in 5..=480_i64,
    ) {
        let schedule = at_home(zone, Hours(WEEK.into_iter().map(|day| (day, vec![span])).collect()));
        let date = NaiveDate::from_ymd_opt(1971, 1, 1).unwrap() + Days::new(day);
        let now = instant(zone, date, span.start);
        let Some(end) = schedule.current_end(now) else { return Ok(()) };
        let Some(next) = schedule.next_start(end) else { return Ok(()) };
        let night = |date: NaiveDate| instant(zone, date, 150);
        let nights: Vec<_> = (0..4).map(|days| night(date - Days::new(1) + Days::new(days))).collect();
        let half = Timestamp::from_millis(i64::midpoint(end.millis(), next.millis()));
        let (near, further) = (near.min(further), near.max(further));
        let price = |from: Timestamp| cost(&schedule, from, from.plus_minutes(length));

        let turn = nights.iter().filter(|night| **night > end).min().map_or(half, |night| half.min(*night));
        if end.plus_minutes(further + length) <= turn {
            prop_assert!(price(end.plus_minutes(near)) <= price(end.plus_minutes(further)));
        }
        let turn = nights.iter().filter(|night| **night < next).max().map_or(half, |night| half.max(*night));
        if next.plus_minutes(-further - length) >= turn {
            prop_assert!(price(next.plus_minutes(-near - length)) <= price(next.plus_minutes(-further - length)));
        }
    }

    #[test]
    fn half_past_two_at_night_costs_office_workers_most(zone in zones(), day in 0..24_000_u64, minute in 0..1440_u16) {
        let schedule = at_home(zone, Hours::office());
        let date = NaiveDate::from_ymd_opt(1971, 1, 1).unwrap() + Days::new(day);
        // Casey's clocks went from two to five one night: a day like that has no half past two, nor one near it.
        let read = instant(zone, date, 150).utc().with_timezone(&zone).time();
        prop_assume!((150..=210).contains(&(read.hour() * 60 + read.minute())));
        let price = |minute| cost(&schedule, instant(zone, date, minute), instant(zone, date, minute).plus_minutes(30));
        prop_assert!(price(150) >= Cost(40), "{:?}", price(150));
        prop_assert!(price(minute) <= price(150).max(Cost::WORST));
        prop_assert!(price(720) < price(150));
    }

    /// What planning asks is what the rule says, also around changes of the clocks, travels and absences.
    #[test]
    fn a_person_made_ready_pays_what_the_rule_says((schedule, at) in any_schedule(), length in 5..=480_i64, steps in prop::collection::vec(-3_000..3_000_i64, 8)) {
        let month = 30 * 24 * 60;
        let mut calendar = Calendar::new(at.plus_minutes(-month), at.plus_minutes(month));
        let person = Person::new(schedule.clone(), &mut calendar);
        for step in steps {
            let from = at.plus_minutes(step * 15);
            let until = from.plus_minutes(length);
            prop_assert_eq!(person.cost(from, until), cost(&schedule, from, until), "{}", from);
        }
    }

    #[test]
    fn a_calendar_knows_the_instants(zone in zones(), at in instants(), days in 0..60_u64, minute in 0..1440_u16) {
        let mut calendar = Calendar::new(at, at.plus_minutes(60 * 24 * 60));
        let date = at.utc().date_naive() + Days::new(days);
        let is_there = instant(zone, date, 720).utc().with_timezone(&zone).date_naive() == date;
        let expected = is_there.then(|| instant(zone, date, minute));
        prop_assert_eq!(calendar.offsets(zone).instant(date, minute), expected);
    }
}

#[test]
fn lima_pays_for_early_mornings() {
    let lima = at_home(chrono_tz::America::Lima, Hours::office());
    for (start, expected) in [
        ("2026-11-25T14:00:00Z", 0.0),  // 09:00
        ("2026-11-25T13:30:00Z", 0.5),  // 08:30
        ("2026-11-25T11:30:00Z", 3.0),  // 06:30: two and a half hours before, half an hour of them at night
        ("2026-11-25T07:15:00Z", 10.5), // 02:15 to 02:45
        ("2026-11-25T21:45:00Z", 0.25), // 16:45 to 17:15
        ("2026-11-26T01:00:00Z", 3.5),  // 20:00 to 20:30
        ("2026-11-28T17:00:00Z", 6.0),  // Saturday at noon
    ] {
        let hours = hours_at(&lima, start, 30);
        assert!((hours - expected).abs() < 1e-9, "{start}: {hours}");
    }
}

#[test]
fn an_appointment_costs_as_much_as_two_hours_outside_the_day() {
    let lima = at_home(chrono_tz::America::Lima, Hours::office());
    let busy = |from: &str, until: &str| lima.clone().with_busy([(time(from), time(until))]);
    // From ten to eleven in the morning.
    let at_ten = busy("2026-11-25T15:00:00Z", "2026-11-25T16:00:00Z");
    for (start, expected) in [
        ("2026-11-25T15:30:00Z", 2.0),
        ("2026-11-25T15:45:00Z", 2.0), // the last quarter of it
        ("2026-11-25T16:00:00Z", 0.0), // right after it
        ("2026-11-25T14:30:00Z", 0.0), // right before it
    ] {
        let hours = hours_at(&at_ten, start, 30);
        assert!((hours - expected).abs() < 1e-9, "{start}: {hours}");
    }
    // Half past six costs three hours by itself; a train at that time makes it no worse.
    let at_dawn = busy("2026-11-25T11:00:00Z", "2026-11-25T12:30:00Z");
    assert!((hours_at(&at_dawn, "2026-11-25T11:30:00Z", 30) - 3.0).abs() < 1e-9);
}

#[test]
fn whoever_works_at_night_pays_for_the_afternoon() {
    let night: Span = "22:00-06:00".parse().unwrap();
    let porter = at_home(Tz::UTC, Hours(WEEK.into_iter().map(|day| (day, vec![night])).collect()));
    assert!(hours_at(&porter, "2026-11-25T02:15:00Z", 30).abs() < 1e-9);
    assert!((hours_at(&porter, "2026-11-25T14:00:00Z", 30) - 6.0).abs() < 1e-9);
}

#[test]
fn who_is_away_or_tells_no_hours_pays_nothing() {
    let away = Away {
        from: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(),
        back_on: NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(),
        note: None,
    };
    let ana = Schedule::new(Tz::UTC, Hours::office(), &[], &[away]);
    assert!(hours_at(&ana, "2026-11-25T03:00:00Z", 30).abs() < 1e-9);
    assert!(hours_at(&ana, "2026-11-26T03:00:00Z", 30) > 9.0, "she is back");
    for nothing in [
        Hours::default(),
        Hours(WEEK.into_iter().map(|day| (day, Vec::new())).collect()),
    ] {
        assert!(hours_at(&at_home(Tz::UTC, nothing), "2026-11-25T03:00:00Z", 30).abs() < 1e-9);
    }
}

#[test]
fn costs_are_written_as_numbers_of_hours() {
    let written = |quarters| serde_json::to_string(&Cost(quarters)).unwrap();
    assert_eq!([written(0), written(10), written(41)], ["0", "2.5", "10.25"]);
}

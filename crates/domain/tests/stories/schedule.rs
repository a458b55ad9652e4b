//! When a member works, all told: at home, on a journey, and not at all while away.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use proptest::prelude::*;
use samovar_domain::Timestamp;
use samovar_domain::hours::{Hours, instant};
use samovar_domain::kinds::{Away, Travel, Weekday};
use samovar_domain::schedule::Schedule;

use crate::given::{instants, time, weeks, zones};

const DAY_MINUTES: i64 = 24 * 60;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn travel(from: &str, until: &str, zone: &str) -> Travel {
    Travel {
        from: date(from),
        until: date(until),
        time_zone: zone.to_owned(),
        hours: None,
    }
}

fn away(from: &str, back_on: &str) -> Away {
    Away {
        from: date(from),
        back_on: date(back_on),
        note: None,
    }
}

fn office(zone: Tz, travel: &[Travel], away: &[Away]) -> Schedule {
    Schedule::new(zone, Hours::office(), travel, away)
}

fn spans(schedule: &Schedule, from: &str, until: &str) -> Vec<(String, String)> {
    let spans = schedule.spans(time(from), time(until));
    let texts = spans.iter().map(|(from, until)| (from.to_string(), until.to_string()));
    texts.collect()
}

fn span(from: &str, until: &str) -> (String, String) {
    (time(from).to_string(), time(until).to_string())
}

/// Hours as people have them, or none at all.
fn any_hours() -> impl Strategy<Value = Hours> {
    prop_oneof![4 => weeks(), 1 => Just(Hours::default())]
}

/// Days near a day, some of them overlapping one another: where to, and the hours there.
fn journeys() -> impl Strategy<Value = Vec<(i64, u64, Tz, Option<Hours>)>> {
    let journey = (-20..20_i64, 1..9_u64, zones(), proptest::option::of(any_hours()));
    proptest::collection::vec(journey, 0..4)
}

/// Absences near a day, some of them overlapping or touching one another.
fn absences() -> impl Strategy<Value = Vec<(i64, u64)>> {
    proptest::collection::vec((-20..20_i64, 1..9_u64), 0..4)
}

/// A schedule around an instant, with the instant.
fn schedules() -> impl Strategy<Value = (Schedule, Timestamp)> {
    // The day that Apia skipped and days on which clocks change come up as often as all others together.
    let days = [
        "2011-12-30T10:00:00Z",
        "2026-03-29T01:00:00Z",
        "2026-10-25T01:00:00Z",
        "2026-04-04T14:00:00Z",
    ];
    let special = (proptest::sample::select(days.to_vec()), -48..48_i64)
        .prop_map(|(at, hours)| time(at).plus_minutes(hours * 60));
    let moments = prop_oneof![special, instants()];
    let places = prop_oneof![6 => zones(), 1 => Just(Tz::Pacific__Apia), 1 => Just(Tz::Australia__Lord_Howe)];
    (places, any_hours(), journeys(), absences(), moments).prop_map(|(zone, hours, journeys, absences, at)| {
        let today = at.utc().date_naive();
        let day = |offset: i64| today + chrono::TimeDelta::days(offset);
        let travel: Vec<_> = journeys
            .into_iter()
            .map(|(start, days, zone, hours)| Travel {
                from: day(start),
                until: day(start) + Days::new(days - 1),
                time_zone: zone.name().to_owned(),
                hours,
            })
            .collect();
        let away: Vec<_> = absences
            .into_iter()
            .map(|(start, days)| Away {
                from: day(start),
                back_on: day(start) + Days::new(days),
                note: None,
            })
            .collect();
        (Schedule::new(zone, hours, &travel, &away), at)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Whoever asks about one instant and whoever asks for the spans around it hear the same.
    #[test]
    fn spans_and_single_instants_agree(
        (schedule, at) in schedules(),
        length in 1..10 * DAY_MINUTES,
        probes in proptest::collection::vec(0..10 * DAY_MINUTES * 60_000, 24),
    ) {
        let until = at.plus_minutes(length);
        let spans = schedule.spans(at, until);
        for (start, end) in &spans {
            prop_assert!(at <= *start && start < end && *end <= until);
        }
        for pair in spans.windows(2) {
            prop_assert!(pair[0].1 < pair[1].0, "spans touch: {:?}", pair);
        }
        let edges = spans.iter().flat_map(|(start, end)| {
            [start.millis() - 1, start.millis(), end.millis() - 1, end.millis()]
        });
        let probes = probes.into_iter().map(|probe| at.millis() + probe % (length * 60_000));
        for probe in probes.chain(edges).map(Timestamp::from_millis).filter(|probe| at <= *probe && *probe < until) {
            let is_in_a_span = spans.iter().any(|(start, end)| *start <= probe && probe < *end);
            prop_assert_eq!(is_in_a_span, schedule.contains(probe), "{} of {:?}", probe, schedule);
        }
    }

    #[test]
    fn the_next_start_is_the_first_working_instant(((schedule, at), back) in (schedules(), 1..60_000_i64)) {
        let Some(start) = schedule.next_start(at) else {
            return Ok(()); // a week that no clock ever shows, as far as one can see
        };
        prop_assert!(start >= at && schedule.contains(start));
        prop_assert_eq!(start == at, schedule.contains(at));
        let before = Timestamp::from_millis(start.millis() - back);
        prop_assert!(before < at || !schedule.contains(before), "{} is earlier", before);
    }

    #[test]
    fn work_goes_on_until_its_end_and_not_beyond((schedule, at) in schedules(), share in 0..1_000_i64) {
        let Some(end) = schedule.current_end(at) else { return Ok(()) };
        prop_assert!(schedule.contains(at) && !schedule.contains(end));
        let between = at.millis() + (end.millis() - at.millis()) * share / 1_000;
        prop_assert!(schedule.contains(Timestamp::from_millis(between)));
    }

    #[test]
    fn so_many_working_minutes_are_as_many_as_the_spans_hold((schedule, at) in schedules(), minutes in 1..3_000_i64) {
        let Some(end) = schedule.after_working(at, minutes) else { return Ok(()) };
        let worked: i64 = schedule.spans(at, end).iter().map(|(start, end)| end.millis() - start.millis()).sum();
        prop_assert_eq!(worked, minutes * 60_000);
        prop_assert!(schedule.contains(Timestamp::from_millis(end.millis() - 1)));
    }

    #[test]
    fn nobody_works_while_away_and_everyone_away_comes_back((schedule, at) in schedules()) {
        let horizon = at.plus_minutes(60 * DAY_MINUTES);
        let absences = schedule.absences(at, horizon);
        let is_away = absences.first().is_some_and(|(start, _)| *start == at);
        prop_assert_eq!(is_away, schedule.back_on(at).is_some());
        for (start, end) in absences {
            prop_assert!(schedule.spans(start, end).is_empty());
            prop_assert!(schedule.back_on(start).is_some());
            prop_assert!(end == horizon || schedule.back_on(end).is_none());
        }
    }

    #[test]
    fn the_list_of_zones_says_what_each_instant_says((schedule, at) in schedules(), probe in 0..30 * DAY_MINUTES) {
        let until = at.plus_minutes(30 * DAY_MINUTES);
        let zones = schedule.zones(at, until);
        prop_assert_eq!(zones[0].0, at);
        let probe = at.plus_minutes(probe);
        let (_, zone) = zones.iter().rev().find(|(from, _)| *from <= probe).unwrap();
        prop_assert_eq!(*zone, schedule.zone_at(probe));
    }
}

#[test]
fn a_journey_moves_ones_hours_to_the_clock_there_and_back() {
    let ana = office(
        Tz::America__Lima,
        &[travel("2026-11-24", "2026-11-25", "Europe/Lisbon")],
        &[],
    );
    assert_eq!(
        spans(&ana, "2026-11-23T12:00:00Z", "2026-11-27T00:00:00Z"),
        [
            span("2026-11-23T14:00:00Z", "2026-11-23T22:00:00Z"),
            span("2026-11-24T09:00:00Z", "2026-11-24T17:00:00Z"),
            span("2026-11-25T09:00:00Z", "2026-11-25T17:00:00Z"),
            span("2026-11-26T14:00:00Z", "2026-11-26T22:00:00Z"),
        ]
    );
    assert_eq!(ana.zone_at(time("2026-11-24T12:00:00Z")), Tz::Europe__Lisbon);
    assert_eq!(ana.zone_at(time("2026-11-26T12:00:00Z")), Tz::America__Lima);
}

#[test]
fn a_journey_may_have_hours_of_its_own() {
    let mut there = travel("2026-11-24", "2026-11-24", "Europe/Lisbon");
    there.hours = Some(Hours([(Weekday::Tue, vec!["12:00-14:00".parse().unwrap()])].into()));
    let ana = office(Tz::America__Lima, &[there], &[]);
    assert_eq!(
        spans(&ana, "2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"),
        [span("2026-11-24T12:00:00Z", "2026-11-24T14:00:00Z")]
    );
}

#[test]
fn where_journeys_overlap_the_one_that_was_named_first_counts() {
    let both = [
        travel("2026-11-23", "2026-11-25", "Europe/Lisbon"),
        travel("2026-11-24", "2026-11-27", "Asia/Tokyo"),
    ];
    let ana = office(Tz::America__Lima, &both, &[]);
    assert_eq!(ana.zone_at(time("2026-11-25T12:00:00Z")), Tz::Europe__Lisbon);
    assert_eq!(ana.zone_at(time("2026-11-26T12:00:00Z")), Tz::Asia__Tokyo);
}

#[test]
fn who_goes_on_from_one_place_to_the_next_is_not_at_home_in_between() {
    let both = [
        travel("2026-11-23", "2026-11-24", "Asia/Tokyo"),
        travel("2026-11-25", "2026-11-27", "America/Los_Angeles"),
    ];
    let ana = office(Tz::America__Lima, &both, &[]);
    // Tokyo's Tuesday is over; Wednesday has not come yet in Los Angeles.
    let on_the_way = time("2026-11-24T18:00:00Z");
    assert_eq!(ana.zone_at(on_the_way), Tz::Asia__Tokyo);
    assert_eq!(
        ana.zone_at(instant(Tz::America__Los_Angeles, date("2026-11-25"), 0)),
        Tz::America__Los_Angeles
    );
}

#[test]
fn absences_that_touch_are_one_and_end_on_the_day_one_is_back() {
    let ana = office(
        Tz::Europe__Berlin,
        &[],
        &[away("2026-11-26", "2026-12-01"), away("2026-11-23", "2026-11-26")],
    );
    let monday = time("2026-11-23T10:00:00Z");
    assert_eq!(ana.back_on(monday), Some(date("2026-12-01")));
    assert_eq!(ana.next_start(monday), Some(time("2026-12-01T08:00:00Z")));
    assert_eq!(ana.back_on(time("2026-12-01T00:00:00Z")), None);
    assert_eq!(ana.back_on(time("2026-11-22T22:59:59Z")), None, "it is Sunday still");
}

#[test]
fn an_absence_keeps_to_the_clock_of_the_place_one_is_in() {
    let ana = office(
        Tz::America__Lima,
        &[travel("2026-11-20", "2026-11-30", "Asia/Tokyo")],
        &[away("2026-11-24", "2026-11-25")],
    );
    assert_eq!(
        ana.back_on(time("2026-11-23T15:00:00Z")),
        Some(date("2026-11-25")),
        "midnight in Tokyo"
    );
    assert_eq!(
        ana.next_start(time("2026-11-23T15:00:00Z")),
        Some(time("2026-11-25T00:00:00Z"))
    );
}

#[test]
fn nobody_is_away_on_the_day_that_apia_skipped() {
    let friday = office(Tz::Pacific__Apia, &[], &[away("2011-12-30", "2011-12-31")]);
    let without = office(Tz::Pacific__Apia, &[], &[]);
    let (from, until) = (time("2011-12-28T00:00:00Z"), time("2012-01-04T00:00:00Z"));
    assert_eq!(friday.spans(from, until), without.spans(from, until));
    assert_eq!(friday.absences(from, until), []);
}

#[test]
fn a_night_before_a_skipped_day_reaches_its_end_whenever_one_asks() {
    let night = Hours([(Weekday::Thu, vec!["22:00-06:00".parse().unwrap()])].into());
    let night = Schedule::new(Tz::Pacific__Apia, night, &[], &[]);
    // By the wall it is Saturday already, and the day before yesterday is Thursday.
    assert!(night.contains(time("2011-12-30T12:00:00Z")));
    assert_eq!(
        night.current_end(time("2011-12-30T12:00:00Z")),
        Some(time("2011-12-30T16:00:00Z"))
    );
}

#[test]
fn a_working_day_has_as_many_minutes_as_its_clock_shows() {
    let round = Schedule::new(Tz::Europe__Berlin, only_sunday("00:00-24:00"), &[], &[]);
    let hours = |from: &str| {
        let start = time(from);
        let spans = round.spans(start, start.plus_minutes(3 * DAY_MINUTES));
        spans
            .iter()
            .map(|(from, until)| (until.millis() - from.millis()) / 3_600_000)
            .sum::<i64>()
    };
    assert_eq!(hours("2026-03-28T00:00:00Z"), 23);
    assert_eq!(hours("2026-10-24T00:00:00Z"), 25);
    assert_eq!(hours("2026-11-21T00:00:00Z"), 24);
}

fn only_sunday(span: &str) -> Hours {
    Hours([(Weekday::Sun, vec![span.parse().unwrap()])].into())
}

#[test]
fn of_whom_nothing_is_known_works_whenever_they_are_not_away() {
    let open = Schedule::new(Tz::UTC, Hours::default(), &[], &[away("2026-11-24", "2026-11-25")]);
    assert!(open.is_unknown());
    assert!(open.contains(time("2026-11-23T03:00:00Z")));
    assert_eq!(
        open.current_end(time("2026-11-23T03:00:00Z")),
        Some(time("2026-11-24T00:00:00Z"))
    );
    assert_eq!(
        open.next_start(time("2026-11-24T03:00:00Z")),
        Some(time("2026-11-25T00:00:00Z"))
    );
    assert_eq!(
        Schedule::default().current_end(time("2026-11-23T03:00:00Z")),
        None,
        "no end is in sight"
    );
}

#[test]
fn the_ends_of_time_do_no_harm_to_a_schedule() {
    let ana = office(
        Tz::Pacific__Kiritimati,
        &[travel("9990-12-01", "9990-12-30", "Pacific/Midway")],
        &[away("1970-01-01", "1970-01-02")],
    );
    for millis in [i64::MIN, i64::MIN / 2, -1, 0, i64::MAX / 2, i64::MAX] {
        let at = Timestamp::from_millis(millis);
        let _ = (
            ana.contains(at),
            ana.next_start(at),
            ana.current_end(at),
            ana.after_working(at, 60),
        );
        let _ = (
            ana.spans(at, at.plus_minutes(60)),
            ana.zones(at, at),
            ana.absences(at, at),
        );
    }
}

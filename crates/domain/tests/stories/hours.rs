//! Working hours, in every zone and across every change of the clocks.

use chrono_tz::Tz;
use proptest::prelude::*;
use samovar_domain::Timestamp;
use samovar_domain::hours::{Hours, Span, instant, minute_of_day, zone_or_utc};
use samovar_domain::kinds::Weekday;

use crate::given::{WEEK, instants, spans, time, weeks, zones};

fn every_day(span: &str) -> Hours {
    Hours(WEEK.into_iter().map(|day| (day, vec![span.parse().unwrap()])).collect())
}

fn only(day: Weekday, span: &str) -> Hours {
    Hours([(day, vec![span.parse().unwrap()])].into())
}

proptest! {
    #[test]
    fn work_starts_again_at_an_instant_of_work(zone in zones(), week in weeks(), at in instants()) {
        let Some(start) = week.next_start(zone, at) else {
            return Err(TestCaseError::fail("a week with a span in it has a next start within two weeks"));
        };
        prop_assert!(start >= at);
        prop_assert!(week.contain(zone, start), "{zone}: {start} is no working time");
        prop_assert_eq!(start == at, week.contain(zone, at));
        if start > at {
            prop_assert!(!week.contain(zone, start.minus(std::time::Duration::from_millis(1))), "they worked before {}", start);
        }
    }

    #[test]
    fn a_span_of_work_has_an_end_exactly_while_they_work(zone in zones(), week in weeks(), at in instants()) {
        let end = week.current_end(zone, at);
        prop_assert_eq!(end.is_some(), week.contain(zone, at));
        if let Some(end) = end {
            prop_assert!(end > at);
            prop_assert!(week.contain(zone, end.minus(std::time::Duration::from_millis(1))));
        }
    }

    #[test]
    fn a_time_of_day_reads_the_same_on_the_wall_unless_it_was_skipped(zone in zones(), day in 0..24_000_u64, minute in 0..1440_u16) {
        let date = chrono::NaiveDate::from_ymd_opt(1971, 1, 1).unwrap() + chrono::Days::new(day);
        let wall = instant(zone, date, minute).utc().with_timezone(&zone).naive_local();
        let wished = date.and_hms_opt(u32::from(minute) / 60, u32::from(minute) % 60, 0).unwrap();
        let is_skipped = chrono::TimeZone::from_local_datetime(&zone, &wished) == chrono::LocalResult::None;
        if is_skipped {
            prop_assert!(wall > wished && wall - wished <= chrono::TimeDelta::hours(24), "{zone}: {wished} became {wall}");
        } else {
            prop_assert_eq!(wall, wished);
        }
    }

    #[test]
    fn a_span_reads_back_as_it_is_written(span in spans()) {
        prop_assert_eq!(span.to_string().parse::<Span>(), Ok(span));
        let json = serde_json::to_string(&span).unwrap();
        prop_assert_eq!(serde_json::from_str::<Span>(&json).unwrap(), span);
    }

    #[test]
    fn no_text_makes_reading_hours_panic(text in ".{0,20}") {
        let _ = (text.parse::<Span>(), minute_of_day(&text), zone_or_utc(&text));
    }
}

#[test]
fn hours_hold_in_every_zone_around_every_new_year_and_midsummer() {
    let hours = Hours::office();
    for zone in chrono_tz::TZ_VARIANTS {
        // Noon and midnight of a Wednesday, by that zone's own wall.
        for (year, month, day) in [(2026, 1, 7), (2026, 7, 8)] {
            let date = chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap();
            assert!(hours.contain(zone, instant(zone, date, 12 * 60)), "{zone} at noon");
            assert!(!hours.contain(zone, instant(zone, date, 0)), "{zone} at midnight");
            assert_eq!(
                hours.current_end(zone, instant(zone, date, 12 * 60)),
                Some(instant(zone, date, 17 * 60)),
                "{zone}"
            );
        }
    }
}

/// `(zone, local day's hours, the instants at which work then starts and ends)`.
#[test]
fn a_working_day_keeps_its_wall_times_when_the_clocks_change_in_either_hemisphere() {
    let cases = [
        // Spring forward and fall back in the north: the offset goes from +1 to +2 and back.
        (
            Tz::Europe__Berlin,
            "2026-03-29T00:00:00Z",
            "2026-03-29T07:00:00Z",
            "2026-03-29T15:00:00Z",
        ),
        (
            Tz::Europe__Berlin,
            "2026-10-25T00:00:00Z",
            "2026-10-25T08:00:00Z",
            "2026-10-25T16:00:00Z",
        ),
        (
            Tz::America__New_York,
            "2026-03-08T06:00:00Z",
            "2026-03-08T13:00:00Z",
            "2026-03-08T21:00:00Z",
        ),
        // And in the south.
        (
            Tz::Pacific__Auckland,
            "2026-09-26T13:00:00Z",
            "2026-09-26T20:00:00Z",
            "2026-09-27T04:00:00Z",
        ),
        (
            Tz::Pacific__Auckland,
            "2026-04-04T12:00:00Z",
            "2026-04-04T21:00:00Z",
            "2026-04-05T05:00:00Z",
        ),
        // Half an hour, on an island where the zone itself is off by half hours.
        (
            Tz::Australia__Lord_Howe,
            "2026-10-03T14:00:00Z",
            "2026-10-03T22:00:00Z",
            "2026-10-04T06:00:00Z",
        ),
        // A quarter of an hour, and no change at all.
        (
            Tz::Asia__Kathmandu,
            "2026-03-28T20:00:00Z",
            "2026-03-29T03:15:00Z",
            "2026-03-29T11:15:00Z",
        ),
        (
            Tz::America__Lima,
            "2026-03-08T06:00:00Z",
            "2026-03-08T14:00:00Z",
            "2026-03-08T22:00:00Z",
        ),
    ];
    for (zone, before, start, end) in cases {
        let hours = every_day("09:00-17:00");
        assert_eq!(
            hours.next_start(zone, time(before)),
            Some(time(start)),
            "{zone} on {before}"
        );
        assert_eq!(
            hours.current_end(zone, time(start)),
            Some(time(end)),
            "{zone} on {before}"
        );
    }
}

#[test]
fn a_night_shift_is_an_hour_shorter_or_longer_when_the_clocks_change() {
    let hours = only(Weekday::Sat, "22:00-06:00");
    let length = |at: &str| {
        let start = hours.next_start(Tz::Europe__Berlin, time(at)).unwrap();
        hours
            .current_end(Tz::Europe__Berlin, start)
            .unwrap()
            .since(start)
            .as_secs()
            / 3600
    };
    assert_eq!(length("2026-03-21T12:00:00Z"), 8);
    assert_eq!(length("2026-03-28T12:00:00Z"), 7);
    assert_eq!(length("2026-10-24T12:00:00Z"), 9);
}

#[test]
fn a_time_that_is_skipped_moves_on_and_a_repeated_one_is_its_first() {
    let on = |date: &str, minute| instant(Tz::Europe__Berlin, date.parse().unwrap(), minute);
    assert_eq!(
        on("2026-03-29", 2 * 60 + 30),
        time("2026-03-29T01:30:00Z"),
        "02:30 was skipped: it is 03:30"
    );
    assert_eq!(
        on("2026-10-25", 2 * 60 + 30),
        time("2026-10-25T00:30:00Z"),
        "02:30 came twice: it is the first"
    );
    // A span that was swallowed whole, and one whose end was.
    let swallowed = only(Weekday::Sun, "02:30-03:10");
    let next = swallowed.next_start(Tz::Europe__Berlin, time("2026-03-29T00:00:00Z"));
    assert_eq!(next, Some(time("2026-04-05T00:30:00Z")), "that Sunday has no such time");
}

#[test]
fn nobody_works_on_the_day_that_apia_skipped() {
    // After Thursday the 29th of December 2011 came Saturday the 31st.
    let apia = Tz::Pacific__Apia;
    let friday = only(Weekday::Fri, "09:00-17:00");
    assert_eq!(
        friday.next_start(apia, time("2011-12-29T12:00:00Z")),
        Some(time("2012-01-05T19:00:00Z"))
    );
    let thursday_evening = time("2011-12-30T04:00:00Z");
    assert_eq!(
        Hours::office().next_start(apia, thursday_evening),
        Some(time("2012-01-01T19:00:00Z")),
        "on Monday"
    );
    // A shift from Thursday into the skipped Friday ends when Friday's six o'clock would have been.
    let night = only(Weekday::Thu, "22:00-06:00");
    let end = night.current_end(apia, time("2011-12-30T09:00:00Z")).unwrap();
    assert_eq!(end, time("2011-12-30T16:00:00Z"));
}

#[test]
fn spans_that_touch_are_one_and_a_week_that_says_nothing_is_always_open() {
    let round_the_clock = every_day("00:00-24:00");
    let end = round_the_clock
        .current_end(Tz::UTC, time("2026-11-23T12:00:00Z"))
        .unwrap();
    assert!(end > time("2026-11-30T12:00:00Z"));
    let empty = Hours::default();
    assert!(empty.contain(Tz::UTC, Timestamp::from_millis(0)));
    assert_eq!(empty.current_end(Tz::UTC, Timestamp::from_millis(0)), None);
}

#[test]
fn hours_are_written_as_people_write_them() {
    for good in ["09:00-17:00", "22:00-06:00", "00:00-24:00", "09:00 - 12:30"] {
        assert!(good.parse::<Span>().is_ok(), "{good}");
    }
    for bad in [
        "",
        "9-17",
        "09:00",
        "09:00-09:00",
        "24:00-09:00",
        "09:60-10:00",
        "25:00-26:00",
        "09:00-24:01",
        "+9:00-17:00",
        "０９:00-17:00",
    ] {
        assert!(bad.parse::<Span>().is_err(), "{bad}");
    }
}

#[test]
fn the_ends_of_time_do_no_harm() {
    for millis in [i64::MIN, i64::MAX] {
        let at = Timestamp::from_millis(millis);
        for zone in [Tz::UTC, Tz::Pacific__Kiritimati, Tz::Pacific__Midway] {
            let _ = (
                Hours::office().contain(zone, at),
                Hours::office().next_start(zone, at),
                Hours::office().current_end(zone, at),
            );
        }
    }
}

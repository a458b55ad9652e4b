//! When somebody is busy, as calendar programs write it.

use chrono_tz::Tz;
use proptest::prelude::*;
use samovar_domain::busy::{DAYS_AHEAD, busy_spans};
use samovar_domain::check::check;
use samovar_domain::expiry::expires_at;
use samovar_domain::kinds::{Busy, BusySpan, busy_id};
use samovar_domain::wire::Op;
use samovar_domain::{Audience, Body, Timestamp};
use serde_json::{Value, json};

use crate::check::{Team, code, op};
use crate::given::{member, time, zones};

const LIMA: Tz = Tz::America__Lima;
/// A Monday.
const NOW: &str = "2026-11-23T15:00:00Z";

fn calendar(events: &[&str]) -> String {
    let mut lines = vec!["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"];
    for event in events {
        lines.push("BEGIN:VEVENT");
        lines.extend(event.lines());
        lines.push("END:VEVENT");
    }
    lines.push("END:VCALENDAR");
    lines.join("\r\n") + "\r\n"
}

/// The spans of the first days, as `23 15:00-16:00` in UTC.
fn told(events: &[&str]) -> Vec<String> {
    spans(&calendar(events))
}

fn spans(text: &str) -> Vec<String> {
    let spans = busy_spans(text, LIMA, time(NOW)).unwrap();
    spans
        .iter()
        .map(|span| {
            let (from, until) = (span.from.utc(), span.until.utc());
            format!("{}-{}", from.format("%d %H:%M"), until.format("%H:%M"))
        })
        .collect()
}

#[test]
fn an_event_is_rounded_outward_to_half_hours() {
    let dentist = "UID:1\nSUMMARY:Dentist\nDTSTART:20261124T151000Z\nDTEND:20261124T154500Z";
    assert_eq!(told(&[dentist]), ["24 15:00-16:00"]);
    let minute = "UID:1\nDTSTART:20261124T150000Z\nDURATION:PT1M";
    assert_eq!(told(&[minute]), ["24 15:00-15:30"]);
    let nothing = "UID:1\nDTSTART:20261124T150000Z";
    assert_eq!(told(&[nothing]), [""; 0], "an event without a length takes no time");
}

#[test]
fn events_that_touch_are_one_and_say_not_how_many_they_were() {
    let first = "UID:1\nDTSTART:20261124T150000Z\nDTEND:20261124T160000Z";
    let second = "UID:2\nDTSTART:20261124T154500Z\nDTEND:20261124T163000Z";
    let third = "UID:3\nDTSTART:20261124T163000Z\nDTEND:20261124T170000Z";
    assert_eq!(told(&[third, first, second]), ["24 15:00-17:00"]);
}

#[test]
fn what_takes_no_time_does_not_count() {
    for (why, event) in [
        (
            "transparent",
            "UID:1\nTRANSP:TRANSPARENT\nDTSTART:20261124T150000Z\nDTEND:20261124T160000Z",
        ),
        (
            "cancelled",
            "UID:1\nSTATUS:CANCELLED\nDTSTART:20261124T150000Z\nDTEND:20261124T160000Z",
        ),
        ("a birthday", "UID:1\nDTSTART;VALUE=DATE:20261124"),
        (
            "free in Outlook",
            "UID:1\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\nDTSTART:20261124T150000Z\nDTEND:20261124T160000Z",
        ),
        (
            "our own teatime",
            "UID:0190-tea@samovar\nDTSTART:20261124T150000Z\nDTEND:20261124T160000Z",
        ),
        ("over", "UID:1\nDTSTART:20261122T130000Z\nDTEND:20261122T150000Z"),
        ("far ahead", "UID:1\nDTSTART:20270124T150000Z\nDTEND:20270124T160000Z"),
    ] {
        assert_eq!(told(&[event]), [""; 0], "{why}");
    }
}

#[test]
fn a_day_counts_when_its_calendar_says_that_it_takes_the_day() {
    let day = "UID:1\nTRANSP:OPAQUE\nDTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261125";
    assert_eq!(told(&[day]), ["24 05:00-05:00"], "from midnight to midnight in Lima");
}

#[test]
fn times_are_read_in_the_zone_that_they_are_written_in() {
    for (zone, expected) in [
        ("TZID=Europe/Berlin", "24 14:00-15:00"),
        (
            "TZID=/softwarestudio.org/Olson_20011030_5/Europe/Berlin",
            "24 14:00-15:00",
        ),
        ("TZID=W. Europe Standard Time", "24 14:00-15:00"),
        ("TZID=Eastern Standard Time", "24 20:00-21:00"),
        ("X-NONE=1", "24 20:00-21:00"), // without a zone: in Lima
    ] {
        let event = format!("UID:1\nDTSTART;{zone}:20261124T150000\nDTEND;{zone}:20261124T160000");
        assert_eq!(told(&[&event]), [expected], "{zone}");
    }
}

#[test]
fn an_event_that_recurs_is_there_each_time_but_those_it_leaves_out() {
    let daily = "UID:1\nDTSTART;TZID=America/Lima:20201102T100000\nDTEND;TZID=America/Lima:20201102T103000
RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20261202T150000Z\nEXDATE;TZID=America/Lima:20261125T100000";
    // The rule ends at its last start, which is one of them.
    assert_eq!(
        told(&[daily]),
        ["23 15:00-15:30", "27 15:00-15:30", "30 15:00-15:30", "02 15:00-15:30"]
    );
}

#[test]
fn one_of_them_that_was_moved_is_where_it_was_moved_to() {
    let weekly = "UID:1\nSEQUENCE:0\nDTSTART;TZID=America/Lima:20261110T100000\nDTEND;TZID=America/Lima:20261110T110000
RRULE:FREQ=WEEKLY;COUNT=4";
    let moved = "UID:1\nSEQUENCE:3\nRECURRENCE-ID;TZID=America/Lima:20261124T100000
DTSTART;TZID=America/Lima:20261124T140000\nDTEND;TZID=America/Lima:20261124T150000";
    let cancelled = "UID:1\nSEQUENCE:4\nSTATUS:CANCELLED\nRECURRENCE-ID;TZID=America/Lima:20261201T100000
DTSTART;TZID=America/Lima:20261201T100000\nDTEND;TZID=America/Lima:20261201T110000";
    let other = "UID:2\nDTSTART;TZID=America/Lima:20261110T100000\nDTEND;TZID=America/Lima:20261110T103000
RRULE:FREQ=WEEKLY;COUNT=3";
    assert_eq!(told(&[weekly, moved]), ["24 19:00-20:00", "01 15:00-16:00"]);
    assert_eq!(told(&[weekly, moved, cancelled]), ["24 19:00-20:00"]);
    assert_eq!(
        told(&[weekly, moved, cancelled, other]),
        ["24 15:00-15:30", "24 19:00-20:00"],
        "another one at the same time stays"
    );
}

#[test]
fn what_is_no_calendar_is_said_to_be_none() {
    for text in [
        "",
        "<html><body>Sign in</body></html>",
        "{\"items\": []}",
        "BEGIN:VCARD\r\nFN:Ana\r\nEND:VCARD\r\n",
    ] {
        assert_eq!(
            busy_spans(text, LIMA, time(NOW)).unwrap_err().code,
            "not_a_calendar",
            "{text}"
        );
    }
    assert_eq!(told(&[]), [""; 0], "an empty one is one");
}

#[test]
fn a_rule_without_sense_hides_no_other_event() {
    let mad = "UID:1\nDTSTART:20261001T000000Z\nDTEND:20261001T000001Z\nRRULE:FREQ=SECONDLY";
    let broken = "UID:2\nDTSTART:20261132T250000Z\nRRULE:FREQ=SOMETIMES";
    let dentist = "UID:3\nDTSTART:20261124T150000Z\nDTEND:20261124T160000Z";
    assert_eq!(told(&[mad, broken, dentist]), ["24 15:00-16:00"]);
}

#[test]
fn a_calendar_that_would_take_for_ever_is_refused() {
    let events: Vec<String> = (0..60)
        .map(|n| format!("UID:{n}\nDTSTART:20261001T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY"))
        .collect();
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    let refused = busy_spans(&calendar(&events), LIMA, time(NOW)).unwrap_err();
    assert_eq!(refused.code, "calendar_too_large");
}

fn span(from: &str, until: &str) -> Value {
    json!({ "from": format!("2026-11-{from}:00Z"), "until": format!("2026-11-{until}:00Z") })
}

fn told_as(body: Value, audience: Audience) -> String {
    let op = Op {
        id: busy_id(member("Ana")),
        audience,
        ..op("busy", body)
    };
    code(check(member("Ana"), &op, &Team::default()))
}

#[test]
fn only_half_hours_ahead_are_told_and_only_to_the_planner() {
    let only = |name| Audience::Only(vec![member(name)]);
    let spans = json!({ "spans": [span("24T15:00", "24T16:30"), span("25T09:00", "25T09:30")] });
    assert_eq!(told_as(spans.clone(), only("Ana")), "fine");
    assert_eq!(told_as(spans.clone(), Audience::Team), "not_private");
    assert_eq!(told_as(spans.clone(), only("Ben")), "not_private");
    for (why, bad) in [
        ("none", json!([])),
        ("not round", json!([span("24T15:10", "24T16:00")])),
        ("no length", json!([span("24T15:00", "24T15:00")])),
        ("backwards", json!([span("24T16:00", "24T15:00")])),
        (
            "touching",
            json!([span("24T15:00", "24T16:00"), span("24T16:00", "24T17:00")]),
        ),
        (
            "not in order",
            json!([span("25T09:00", "25T09:30"), span("24T15:00", "24T16:00")]),
        ),
        ("long ago", json!([span("01T15:00", "01T16:00")])),
        (
            "far ahead",
            json!([{ "from": "2027-02-01T15:00:00Z", "until": "2027-02-01T16:00:00Z" }]),
        ),
    ] {
        assert_eq!(told_as(json!({ "spans": bad }), only("Ana")), "bad_busy", "{why}");
    }
    // A title has no place, neither beside the spans nor in one.
    let titled = json!({ "spans": spans["spans"], "title": "Dentist" });
    assert_eq!(told_as(titled, only("Ana")), "bad_body");
    let mut inside = spans;
    inside["spans"][0]["title"] = json!("Dentist");
    assert_eq!(told_as(inside, only("Ana")), "bad_body");
}

#[test]
fn what_was_told_is_over_with_its_last_span() {
    let spans = busy_spans(
        &calendar(&["UID:1\nDTSTART:20261124T150000Z\nDTEND:20261124T160000Z"]),
        LIMA,
        time(NOW),
    );
    let body = Body::Busy(Busy { spans: spans.unwrap() });
    assert_eq!(expires_at(&body, time(NOW)), Some(time("2026-11-24T16:00:00Z")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Whatever is in it, what is told are full half hours of the days ahead, apart from each other and in order, and all
    /// that the events take lies in them.
    #[test]
    fn spans_are_round_and_apart_and_cover_the_events(
        zone in zones(),
        events in proptest::collection::vec((-3 * 24 * 60..45 * 24 * 60_i64, 1..600_i64), 0..12),
    ) {
        let now = time(NOW);
        let events: Vec<(Timestamp, Timestamp)> = events
            .into_iter()
            .map(|(from, length)| (now.plus_minutes(from), now.plus_minutes(from + length)))
            .collect();
        let stamp = |at: &Timestamp| at.utc().format("%Y%m%dT%H%M%SZ").to_string();
        let written: Vec<String> = events
            .iter()
            .enumerate()
            .map(|(n, (from, until))| format!("UID:{n}\nDTSTART:{}\nDTEND:{}", stamp(from), stamp(until)))
            .collect();
        let written: Vec<&str> = written.iter().map(String::as_str).collect();
        let spans: Vec<BusySpan> = busy_spans(&calendar(&written), zone, now).unwrap();
        let half_hour = 30 * 60_000;
        prop_assert!(spans.iter().all(|span| span.from.millis() % half_hour == 0 && span.until.millis() % half_hour == 0));
        prop_assert!(spans.windows(2).all(|two| two[0].until < two[1].from));
        let end = now.plus_minutes(DAYS_AHEAD * 24 * 60);
        for (from, until) in events {
            let (from, until) = (from.max(now), until.min(end));
            let is_told = spans.iter().any(|span| span.from <= from && until <= span.until);
            prop_assert!(from >= until || is_told, "{from} to {until} in {spans:?}");
        }
    }
}

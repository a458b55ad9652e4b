use chrono_tz::TZ_VARIANTS;
use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn written(zones: &Zones) -> String {
    let mut lines = Lines::default();
    zones.write(&mut lines);
    lines.finish()
}

/// What a program that knows nothing but the `VTIMEZONE` takes a local time for: the observance that began last by the
/// local clock holds (RFC 5545, section 3.6.5).
fn read(vtimezone: &str, local: &str) -> NaiveDateTime {
    let time = |text: &str| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap();
    let property = |block: &str, name: &str| {
        let line = block
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.unwrap().to_owned()
    };
    let local = time(local);
    let observances = vtimezone.split("\r\nEND:").filter(|block| block.contains("TZOFFSETTO"));
    let holding = observances.filter(|block| time(&property(block, "DTSTART")) <= local);
    let last = holding.max_by_key(|block| property(block, "DTSTART")).unwrap();
    let offset = property(last, "TZOFFSETTO");
    let digits = |range: std::ops::Range<usize>| offset[range].parse::<i64>().unwrap();
    let minutes = digits(1..3) * 60 + digits(3..5);
    let minutes = if offset.starts_with('-') { -minutes } else { minutes };
    local - TimeDelta::minutes(minutes)
}

/// An instant of the coming three years, and one that is up to eight hours later.
fn two_instants() -> impl Strategy<Value = [Timestamp; 2]> {
    let now = at("2026-11-23T09:00:00Z").plus_minutes(-7 * 24 * 60);
    (0..3 * 365 * 24 * 12_i64, 1..96_i64).prop_map(move |(start, length)| {
        let start = now.plus_minutes(start * 5);
        [start, start.plus_minutes(length * 5)]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Two events in any zone of the world, read by their zone's description alone.
    #[test]
    fn every_local_time_is_read_as_the_instant_it_was(
        zone in proptest::sample::select(&TZ_VARIANTS[..]),
        first in two_instants(),
        second in two_instants(),
    ) {
        let mut zones = Zones::new(at("2026-11-23T09:00:00Z"));
        let events = [first, second].map(|event| (event, zones.local(Some(zone), event)));
        let vtimezone = written(&zones);
        for (instants, (parameter, texts)) in events {
            for (instant, text) in instants.iter().zip(&texts) {
                let read = match text.strip_suffix('Z') {
                    Some(utc) => {
                        prop_assert_eq!(&parameter, "");
                        NaiveDateTime::parse_from_str(utc, "%Y%m%dT%H%M%S").unwrap()
                    }
                    None => {
                        prop_assert_eq!(&parameter, &format!(";TZID={}", zone.name()));
                        read(&vtimezone, text)
                    }
                };
                prop_assert_eq!(read, instant.utc().naive_utc(), "{} in {}", text, vtimezone);
            }
        }
    }
}

fn check(zone: Tz, event: &str, expect: &[&str]) {
    let mut zones = Zones::new(at("2026-11-23T09:00:00Z"));
    zones.local(Some(zone), [at(event), at(event).plus_minutes(30)]);
    let written = written(&zones);
    let told: Vec<String> = written
        .split("\r\nEND:")
        .filter_map(|block| block.rsplit_once("BEGIN:"))
        .filter(|(_, block)| block.contains("TZOFFSETTO"))
        .map(|(_, block)| block.replace("\r\n", " "))
        .collect();
    let expect: Vec<String> = expect.iter().map(|&line| line.to_owned()).collect();
    assert_eq!(told, expect, "{}", zone.name());
}

#[test]
fn what_changes_is_told_change_by_change() {
    check(
        Tz::Europe__Berlin,
        "2026-11-25T14:00:00Z",
        &[
            "STANDARD DTSTART:20261025T030000 TZOFFSETFROM:+0200 TZOFFSETTO:+0100 TZNAME:CET",
            "DAYLIGHT DTSTART:20270328T020000 TZOFFSETFROM:+0100 TZOFFSETTO:+0200 TZNAME:CEST",
            "STANDARD DTSTART:20271031T030000 TZOFFSETFROM:+0200 TZOFFSETTO:+0100 TZNAME:CET",
        ],
    );
    // Half an hour of summer.
    check(
        Tz::Australia__Lord_Howe,
        "2026-11-25T14:00:00Z",
        &[
            "DAYLIGHT DTSTART:20261004T020000 TZOFFSETFROM:+1030 TZOFFSETTO:+1100 TZNAME:+11",
            "STANDARD DTSTART:20270404T020000 TZOFFSETFROM:+1100 TZOFFSETTO:+1030 TZNAME:+1030",
            "DAYLIGHT DTSTART:20271003T020000 TZOFFSETFROM:+1030 TZOFFSETTO:+1100 TZNAME:+11",
        ],
    );
}

#[test]
fn what_does_not_change_is_told_once() {
    check(
        Tz::Asia__Kolkata,
        "2026-11-25T14:00:00Z",
        &["STANDARD DTSTART:19700101T000000 TZOFFSETFROM:+0530 TZOFFSETTO:+0530 TZNAME:IST"],
    );
    check(
        Tz::America__Lima,
        "2026-11-25T14:00:00Z",
        &["STANDARD DTSTART:19700101T000000 TZOFFSETFROM:-0500 TZOFFSETTO:-0500 TZNAME:-05"],
    );
}

/// On 25 October it is 02:30 in Berlin twice. Only the first of them can be said by its name.
#[test]
fn the_second_hour_of_one_name_is_told_in_utc() {
    let mut zones = Zones::new(at("2026-10-23T09:00:00Z"));
    let mut check = |start: &str, expect: (&str, [&str; 2])| {
        let (zone, times) = zones.local(Some(Tz::Europe__Berlin), [at(start), at(start).plus_minutes(15)]);
        assert_eq!((zone.as_str(), times.each_ref().map(String::as_str)), expect);
    };
    check(
        "2026-10-25T00:30:00Z",
        (";TZID=Europe/Berlin", ["20261025T023000", "20261025T024500"]),
    );
    check("2026-10-25T01:30:00Z", ("", ["20261025T013000Z", "20261025T014500Z"]));
}

#[test]
fn what_lies_far_away_makes_no_endless_list() {
    let mut zones = Zones::new(at("2026-10-23T09:00:00Z"));
    for far in ["0001-01-01T00:00:00Z", "9999-12-31T23:00:00Z"] {
        let (zone, _) = zones.local(Some(Tz::Europe__Berlin), [at(far), at(far).plus_minutes(30)]);
        assert_eq!(zone, "");
    }
    assert_eq!(written(&zones), "");
    let (zone, times) = zones.local(Some(Tz::UTC), [at("2026-10-23T09:00:00.999Z"); 2]);
    assert_eq!((zone.as_str(), times[0].as_str()), ("", "20261023T090000Z"));
}

//! Series meet when an independent implementation says so: Python's `zoneinfo` and `dateutil`, on the same release of the
//! IANA database, for 200 zones over five years.
#![expect(clippy::unwrap_used, reason = "in a test an unwrap that fails is the failure")]

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

use chrono::NaiveDateTime;
use samovar_domain::kinds::{Activity, Series, Slot, Weekday};
use samovar_domain::series::gatherings;
use samovar_domain::{ItemId, Timestamp};
use samovar_testkit::python;
use serde_json::{Value, json};

/// By the wall of each zone.
const FIRST: &str = "2024-01-08T00:00:00";
const LAST: &str = "2029-01-08T00:00:00";
const ZONES: usize = 200;

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];
/// Many clocks change between midnight and three.
const TIMES: [&str; 8] = ["00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "15:00", "23:45"];

/// The package with the same data as the zones that we are built with: `2025b` is `2025.2` there.
fn tzdata() -> String {
    let (year, letter) = chrono_tz::IANA_TZDB_VERSION.split_at(4);
    let number = letter.bytes().next().unwrap() - b'a' + 1;
    format!("tzdata=={year}.{number}")
}

/// Series in 200 zones from all over the list: on Sundays, when clocks change, and on any day in any rhythm.
fn all_series() -> Vec<Series> {
    let all = chrono_tz::TZ_VARIANTS;
    let zones = (0..ZONES).map(|place| all[place * all.len() / ZONES].name());
    let several = zones.enumerate().flat_map(|(place, zone)| {
        let series = |weekday, time, every_weeks| Series {
            every_weeks,
            ..Series::weekly(Activity::Teatime, "Teatime", Slot::new(weekday, time, zone), 30)
        };
        [
            series(Weekday::Sun, TIMES[place % TIMES.len()], 1),
            series(WEEK[place % 7], TIMES[place / 7 % TIMES.len()], [1, 2, 4][place % 3]),
        ]
    });
    several.collect()
}

/// What the endpoint makes of a series when it looks once a day, by the wall of its zone.
fn ours(series: &Series) -> Vec<Timestamp> {
    let zone: chrono_tz::Tz = series.time_zone.parse().unwrap();
    let wall = |at: Timestamp| at.utc().with_timezone(&zone).naive_local();
    let (first, last): (NaiveDateTime, NaiveDateTime) = (FIRST.parse().unwrap(), LAST.parse().unwrap());
    let mut made = BTreeSet::new();
    let mut now: Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
    while wall(now) < last {
        made.extend(
            gatherings(ItemId::derived(&["series"]), series, now)
                .into_iter()
                .map(|(_, one)| one.starts_at),
        );
        now = now.plus_minutes(5 * 24 * 60);
    }
    made.into_iter()
        .filter(|at| first <= wall(*at) && wall(*at) < last)
        .collect()
}

fn theirs(series: &[Series]) -> Vec<Vec<Timestamp>> {
    let tzdata = tzdata();
    let asked = json!({ "first": FIRST, "last": LAST, "tzdata": tzdata, "series": series });
    let mut child = Command::new(python(&["python-dateutil==2.9.0.post0", "six==1.17.0", &tzdata]))
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/occurrences/independent.py"))
        // Not the zones of this machine, whose release may be another one.
        .env("PYTHONTZPATH", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(asked.to_string().as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the independent implementation has failed");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let answers: Vec<Option<Vec<Timestamp>>> = serde_json::from_value(answer["answers"].clone()).unwrap();
    let named = series.iter().zip(answers);
    named
        .map(|(series, times)| times.unwrap_or_else(|| panic!("it does not know {}", series.time_zone)))
        .collect()
}

#[test]
fn occurrences_equal_those_of_an_independent_implementation() {
    let series = all_series();
    let zones: BTreeSet<_> = series.iter().map(|series| series.time_zone.clone()).collect();
    assert_eq!(zones.len(), ZONES);
    let mut compared = 0;
    for (series, theirs) in series.iter().zip(theirs(&series)) {
        assert_eq!(
            ours(series),
            theirs,
            "{:?} {} in {}",
            series.weekday,
            series.time,
            series.time_zone
        );
        compared += theirs.len();
    }
    assert!(compared > 60_000, "only {compared} were compared");
}

//! How long planning takes: pair calls, a year of gatherings, and reminders, for teams of several sizes. All of it is
//! pure, so it is measured without a desktop; the people are made up, spread over the zones that people work in.

use std::collections::HashMap;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use samovar_domain::hours::{Hours, zone_or_utc};
use samovar_domain::inconvenience::Person;
use samovar_domain::kinds::{Activity, Answer, Gathering, Rotate, Series, Slot, Weekday};
use samovar_domain::offsets::Calendar;
use samovar_domain::pairs::{Candidate, Meeting, Occasion, draw, monday_of};
use samovar_domain::reminders;
use samovar_domain::rotation::{Account, Rotation, plan};
use samovar_domain::routing::Quiet;
use samovar_domain::schedule::Schedule;
use samovar_domain::{ItemId, MemberId, Timestamp};
use serde_json::{Map, Value, json};

use crate::figures::median;

/// Where the people live: as teams are spread, with halves and quarters of hours among them.
const ZONES: [&str; 16] = [
    "America/Lima",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Helsinki",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
];

/// Their days.
const DAYS: [&str; 6] = [
    "09:00-17:00",
    "08:00-16:30",
    "10:00-18:00",
    "07:00-15:00",
    "12:00-20:00",
    "22:00-06:00",
];

/// How often each is measured; the figure is the median.
const ROUNDS: usize = 5;

/// Measures all three, and prints how they grow.
pub(crate) fn measure() -> Value {
    let mut pairs = Map::new();
    for people in [100, 500, 1_000, 10_000] {
        pairs.insert(people.to_string(), rounded(time_pairs(people)));
    }
    let mut series = Map::new();
    let mut reminders = Map::new();
    for count in [100, 1_000, 10_000] {
        series.insert(count.to_string(), rounded(time_series(count)));
        reminders.insert(count.to_string(), rounded(time_reminders(count)));
    }
    json!({
        "pairs_ms": pairs,
        "series_year_ms": series,
        "reminders_ms": reminders,
        "growth": {
            "pairs": growth(&pairs),
            "series_year": growth(&series),
            "reminders": growth(&reminders),
        },
    })
}

/// How many times longer each size takes than the one of a tenth.
fn growth(times: &Map<String, Value>) -> Value {
    let at = |size: u32| times.get(&size.to_string()).and_then(Value::as_f64).unwrap_or(f64::NAN);
    let times_ten = |size: u32| (at(size) / at(size / 10) * 10.0).round() / 10.0;
    json!({ "100_to_1000": times_ten(1_000), "1000_to_10000": times_ten(10_000) })
}

fn rounded(milliseconds: f64) -> Value {
    json!((milliseconds * 1000.0).round() / 1000.0)
}

fn time(mut work: impl FnMut()) -> f64 {
    work(); // once to be warm
    let rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    median(&rounds)
}

/// The next number of a fixed sequence, below `below` (a linear congruential generator: the same team every time).
fn next(state: &mut u64, below: usize) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    ((*state >> 33) as usize) % below.max(1)
}

fn hours(dice: &mut u64) -> Hours {
    let span = DAYS[next(dice, DAYS.len())].parse().expect("the days above are spans");
    let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    Hours(week.into_iter().map(|day| (day, vec![span])).collect())
}

fn monday() -> NaiveDate {
    monday_of(NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date"))
}

fn time_pairs(people: usize) -> f64 {
    let mut dice = 1;
    let candidates: Vec<Candidate<u32>> = (0..people)
        .map(|id| {
            let zone = zone_or_utc(ZONES[next(&mut dice, ZONES.len())]);
            let mut candidate = Candidate::new(id as u32, zone, &hours(&mut dice), &[]);
            if next(&mut dice, 20) == 0 {
                candidate.not_with = vec![next(&mut dice, people) as u32];
            }
            candidate
        })
        .collect();
    // Twelve weeks in which everybody has met somebody.
    let mut history = Vec::new();
    for weeks_ago in 1..=12 {
        let mut order: Vec<u32> = (0..people as u32).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, next(&mut dice, at + 1));
        }
        let week = monday() - Days::new(7 * weeks_ago);
        history.extend(order.chunks_exact(2).map(|members| Meeting {
            week,
            members: members.to_vec(),
        }));
    }
    let occasion = Occasion::in_week_of(monday(), Weekday::Mon, chrono_tz::Tz::UTC);
    time(|| {
        let drawn = draw(&candidates, &history, &occasion, 7);
        assert!(drawn.unmatched.is_empty(), "everybody can be drawn");
    })
}

fn time_series(count: usize) -> f64 {
    let mut dice = 2;
    let all: Vec<(Series, Vec<Schedule>)> = (0..count)
        .map(|_| {
            let slot = |dice: &mut u64| {
                let day = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu][next(dice, 4)];
                let time = format!("{:02}:{:02}", next(dice, 24), 30 * next(dice, 2));
                Slot::new(day, &time, ZONES[next(dice, ZONES.len())])
            };
            let more = next(&mut dice, 3);
            let first = slot(&mut dice);
            let series = Series {
                more_slots: (0..more).map(|_| slot(&mut dice)).collect(),
                rotate: if next(&mut dice, 2) == 0 {
                    Rotate::Each
                } else {
                    Rotate::Monthly
                },
                ..Series::weekly(Activity::Teatime, "Teatime", first, 30)
            };
            let people = (0..10)
                .map(|_| {
                    let zone = zone_or_utc(ZONES[next(&mut dice, ZONES.len())]);
                    Schedule::new(zone, hours(&mut dice), &[], &[])
                })
                .collect();
            (series, people)
        })
        .collect();
    let from = Timestamp::from(monday().and_hms_opt(0, 0, 0).expect("midnight").and_utc());
    time(|| {
        let mut calendar = Calendar::new(from, from.plus_minutes(60 * 24 * 380));
        for (series, schedules) in &all {
            let people: Vec<Person> = schedules
                .iter()
                .map(|schedule| Person::new(schedule.clone(), &mut calendar))
                .collect();
            let people: Vec<&Person> = people.iter().collect();
            let rotation = Rotation::of(series, &mut calendar);
            let year = plan(&rotation, &people, monday(), 52, &Account::default());
            assert_eq!(year.occurrences.len(), 52);
        }
    })
}

/// A team of so many: one gathering for every five people, and one's own answers to half of them.
fn time_reminders(people: usize) -> f64 {
    let mut dice = 3;
    let now = Timestamp::from(monday().and_hms_opt(9, 0, 0).expect("nine").and_utc());
    let members: Vec<MemberId> = (0..people).map(|_| MemberId::new(now)).collect();
    let me = members[0];
    let gatherings: Vec<(ItemId, Gathering)> = (0..people / 5)
        .map(|_| {
            let starts_at = now.plus_minutes(15 * next(&mut dice, 4 * 24 * 28) as i64);
            let invited = (next(&mut dice, 2) == 0).then(|| {
                let others = (0..9).map(|_| members[next(&mut dice, people)]);
                std::iter::once(me).chain(others).collect()
            });
            let gathering = Gathering {
                invited,
                ..Gathering::plain(Activity::Teatime, "Teatime", starts_at, 30)
            };
            (ItemId::new(now), gathering)
        })
        .collect();
    let said = [Answer::Yes, Answer::Maybe, Answer::No];
    let answers: HashMap<ItemId, Answer> = gatherings
        .iter()
        .step_by(2)
        .map(|(id, _)| (*id, said[next(&mut dice, 3)]))
        .collect();
    let quiet = Quiet {
        schedule: Schedule::new(zone_or_utc("Europe/Berlin"), Hours::office(), &[], &[]),
        quiet_outside_hours: true,
        ..Quiet::default()
    };
    time(|| {
        let state = reminders::State {
            me,
            gatherings: &gatherings,
            answers: &answers,
            held_since: None,
            daily: reminders::Daily::default(),
            pairs: None,
            people: None,
            snoozed: &[],
            quiet: &quiet,
        };
        let planned = reminders::plan(state, reminders::Settings { gatherings: true }, now);
        assert!(!planned.is_empty());
    })
}

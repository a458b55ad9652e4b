//! When a decision may be closed, and whom it waits for.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use proptest::prelude::*;
use proptest::test_runner::Config;
use samovar_domain::decisions::{Gate, Rules, Stage, Why, fits, gate, reminders, voices_of};
use samovar_domain::hours::Hours;
use samovar_domain::kinds::{Away, Decision, Said, Stance, Style, Voices};
use samovar_domain::schedule::Schedule;
use samovar_domain::{MemberId, Timestamp};

use crate::given::{WEEK, member, time};

const NAMES: [&str; 4] = ["Ana", "Ben", "Cleo", "Dee"];

fn asking(involved: &[&str]) -> Decision {
    Decision {
        question: "Do we move the teatime?".to_owned(),
        context: None,
        how: Style::ForAgainst,
        involved: involved.iter().map(|name| member(name)).collect(),
        voices: Voices::Open,
        earliest_close: None,
        withdrawn: false,
    }
}

fn office(zone: Tz, away: &[Away]) -> Schedule {
    let hours: Hours = serde_json::from_str(
        r#"{"mon":["09:00-17:00"],"tue":["09:00-17:00"],"wed":["09:00-17:00"],"thu":["09:00-17:00"],"fri":["09:00-17:00"]}"#,
    )
    .unwrap();
    Schedule::new(zone, hours, &[], away)
}

fn away(from: &str, back_on: &str) -> Away {
    Away {
        from: from.parse().unwrap(),
        back_on: back_on.parse().unwrap(),
        note: None,
    }
}

/// Somebody with long days has had eight hours of them on the first day; three days are theirs all the same.
#[test]
fn eight_hours_are_soon_over_and_three_days_are_not() {
    let asked = time("2026-06-01T08:00:00Z"); // Monday
    let early: Hours = serde_json::from_str(r#"{"mon":["06:00-22:00"],"tue":["06:00-22:00"]}"#).unwrap();
    let schedules: BTreeMap<_, _> = [(member("Ben"), Schedule::new(Tz::UTC, early, &[], &[]))].into();
    let stands =
        |heard: &[MemberId], now: &str| gate(&asking(&["Ben"]), asked, heard, &schedules, Rules::default(), time(now));
    let evening = stands(&[], "2026-06-01T20:00:00Z");
    assert!(!evening.may_close);
    assert_eq!(evening.awaited[0].why, Why::HasTime { minutes: 0 });
    assert_eq!(evening.earliest, Some(time("2026-06-04T08:00:00Z")));
    assert!(!stands(&[], "2026-06-04T07:59:59.999Z").may_close);
    assert!(stands(&[], "2026-06-04T08:00:00Z").may_close);
    assert!(
        stands(&[member("Ben")], "2026-06-01T20:00:00Z").may_close,
        "unless he was heard"
    );
}

/// In summer, so that Lima is five hours behind and Berlin two ahead.
#[test]
fn a_question_of_friday_evening_waits_until_monday_evening_in_lima() {
    let asked = time("2026-06-05T15:00:00Z"); // Friday 17:00 in Berlin, 10:00 in Lima
    let schedules: BTreeMap<_, _> = [
        (member("Ben"), office(Tz::Europe__Berlin, &[])),
        (member("Ana"), office(Tz::America__Lima, &[])),
    ]
    .into();
    let decision = asking(&["Ben", "Ana"]);
    let stands = |heard: &[MemberId], now: &str| gate(&decision, asked, heard, &schedules, Rules::default(), time(now));
    // Ana has seven hours of Friday and one of Monday, Ben all of Monday: 17:00 in Berlin is 15:00 UTC, as are 72 hours.
    let all = stands(&[], "2026-06-08T14:59:59.999Z");
    assert_eq!(all.earliest, Some(time("2026-06-08T15:00:00Z")));
    assert!(!all.may_close);
    let waits: Vec<_> = all
        .awaited
        .iter()
        .map(|awaited| (awaited.member, awaited.heard_by))
        .collect();
    assert_eq!(
        waits,
        [
            (member("Ben"), Some(time("2026-06-08T15:00:00Z"))),
            (member("Ana"), Some(time("2026-06-08T15:00:00Z")))
        ]
    );
    assert!(stands(&[], "2026-06-08T15:00:00Z").may_close);
    assert!(stands(&[], "2026-06-08T15:00:00Z").awaited.is_empty());
    // When both have spoken there is nothing to wait for.
    assert!(!stands(&[member("Ana")], "2026-06-05T16:00:00Z").may_close);
    assert!(stands(&[member("Ana"), member("Ben")], "2026-06-05T16:00:00Z").may_close);
}

#[test]
fn a_holiday_is_waited_for_and_said() {
    let asked = time("2026-06-05T07:00:00Z");
    let schedules: BTreeMap<_, _> = [(
        member("Ben"),
        office(Tz::Europe__Berlin, &[away("2026-06-05", "2026-06-15")]),
    )]
    .into();
    let stands = |heard: &[MemberId]| {
        let now = time("2026-06-09T12:00:00Z");
        gate(&asking(&["Ben"]), asked, heard, &schedules, Rules::default(), now)
    };
    let waiting = stands(&[]);
    let back_on: NaiveDate = "2026-06-15".parse().unwrap();
    assert_eq!(waiting.awaited[0].why, Why::Away { back_on });
    assert_eq!(
        waiting.earliest,
        Some(time("2026-06-15T15:00:00Z")),
        "eight hours of the day on which he is back"
    );
    assert!(stands(&[member("Ben")]).may_close, "he has written from the beach");
}

#[test]
fn who_left_the_team_is_not_waited_for_and_who_never_works_only_their_word_ends_it() {
    let asked = time("2026-06-05T07:00:00Z");
    let (later, rules) = (time("2027-06-05T07:00:00Z"), Rules::default());
    assert!(gate(&asking(&["Ben"]), asked, &[], &BTreeMap::new(), rules, later).may_close);
    let never = Schedule::new(Tz::UTC, Hours([(WEEK[0], Vec::new())].into()), &[], &[]);
    let schedules = BTreeMap::from([(member("Ben"), never)]);
    let shut = gate(&asking(&["Ben"]), asked, &[], &schedules, rules, later);
    assert_eq!((shut.may_close, shut.earliest), (false, None));
    assert!(gate(&asking(&["Ben"]), asked, &[member("Ben")], &schedules, rules, later).may_close);
}

#[test]
fn reminders_come_in_working_time() {
    // Asked on Friday at 17:30 in Berlin; 72 hours end on Monday at 17:30.
    let (asked, earliest) = (time("2026-06-05T15:30:00Z"), time("2026-06-08T15:30:00Z"));
    let told = reminders(&office(Tz::Europe__Berlin, &[]), asked, earliest);
    // Asked, half and the day before all fall into the weekend: one word on Monday morning is enough.
    assert_eq!(told, [(Stage::Asked, time("2026-06-08T07:00:00Z"))]);
    let told = reminders(
        &office(Tz::Europe__Berlin, &[]),
        time("2026-06-01T08:00:00Z"),
        time("2026-06-05T08:00:00Z"),
    );
    assert_eq!(
        told,
        [
            (Stage::Asked, time("2026-06-01T08:00:00Z")),
            (Stage::Half, time("2026-06-03T08:00:00Z")),
            (Stage::DayBefore, time("2026-06-04T08:00:00Z")),
        ]
    );
    // Closed on a Sunday evening: the last word comes in the last hour of Friday.
    let told = reminders(
        &office(Tz::Europe__Berlin, &[]),
        time("2026-06-01T08:00:00Z"),
        time("2026-06-07T20:00:00Z"),
    );
    assert_eq!(told.last(), Some(&(Stage::DayBefore, time("2026-06-05T14:00:00Z"))));
}

#[test]
fn a_voice_answers_in_the_style_of_the_question() {
    let stance = |stance| Said {
        stance: Some(stance),
        ..Said::default()
    };
    let ranking = |ranking: &[u32]| Said {
        ranking: ranking.to_vec(),
        ..Said::default()
    };
    let words = |words: &str| Said {
        words: Some(words.to_owned()),
        ..Said::default()
    };
    let ranked = Style::Ranked {
        options: vec!["Lisbon".to_owned(), "Lima".to_owned()],
    };
    for (how, said, fit) in [
        (&Style::ForAgainst, stance(Stance::MoreTalk), true),
        (&Style::ForAgainst, words("Hm."), false),
        (&Style::Words, words("Hm."), true),
        (&Style::Words, words(" \n"), false),
        (&ranked, ranking(&[1, 0]), true),
        (&ranked, ranking(&[1]), true),
        (&ranked, ranking(&[1, 1]), false),
        (&ranked, ranking(&[2]), false),
        (&ranked, ranking(&[]), false),
    ] {
        assert_eq!(fits(how, &said), fit, "{how:?} {said:?}");
    }
}

#[test]
fn an_outcome_names_who_was_not_heard() {
    let decision = asking(&["Ana", "Ben", "Cleo"]);
    let said = BTreeMap::from([
        (
            member("Cleo"),
            Some(Said {
                stance: Some(Stance::For),
                ..Said::default()
            }),
        ),
        (member("Ana"), None),
    ]);
    let (voices, not_heard) = voices_of(&decision, &said);
    let heard: Vec<_> = voices
        .iter()
        .map(|voice| (voice.member, voice.said.is_some()))
        .collect();
    assert_eq!(heard, [(member("Ana"), false), (member("Cleo"), true)]);
    assert_eq!(not_heard, [member("Ben")]);
}

/// Weeks whose spans are of whole quarters of an hour, some across midnight.
fn quartered_weeks() -> impl Strategy<Value = Hours> {
    let day = (0..7_usize, 0..96_u16, 4..48_u16).prop_map(|(day, start, length)| {
        let span = samovar_domain::hours::Span {
            start: start * 15,
            end: match (start + length) % 96 {
                0 => 1440,
                end => end * 15,
            },
        };
        (WEEK[day], vec![span])
    });
    proptest::collection::vec(day, 2..7).prop_map(|days| Hours(days.into_iter().collect()))
}

fn schedules() -> impl Strategy<Value = Schedule> {
    let zones = [
        Tz::UTC,
        Tz::America__Lima,
        Tz::Asia__Kathmandu,
        Tz::Australia__Lord_Howe,
        Tz::Europe__Berlin,
    ];
    let absence = proptest::option::weighted(0.5, (0..12_u64, 1..6_u64));
    (proptest::sample::select(zones.to_vec()), quartered_weeks(), absence).prop_map(|(zone, hours, absence)| {
        let day = |days| NaiveDate::from_ymd_opt(2026, 10, 20).unwrap() + Days::new(days);
        let away = absence.map(|(from, length)| Away {
            from: day(from),
            back_on: day(from + length),
            note: None,
        });
        Schedule::new(zone, hours, &[], away.as_slice())
    })
}

#[derive(Debug, Clone)]
struct Case {
    decision: Decision,
    asked: Timestamp,
    heard: Vec<MemberId>,
    schedules: BTreeMap<MemberId, Schedule>,
    rules: Rules,
}

impl Case {
    fn at(&self, now: Timestamp) -> Gate {
        gate(
            &self.decision,
            self.asked,
            &self.heard,
            &self.schedules,
            self.rules,
            now,
        )
    }

    /// By walking along: the first quarter of an hour at whose start everyone unheard has had their working time.
    fn earliest_by_walking(&self) -> Timestamp {
        let quarter = |count: i64| self.asked.plus_minutes(15 * count);
        let mut needed: Vec<(&Schedule, u32)> = self
            .decision
            .involved
            .iter()
            .filter(|member| !self.heard.contains(member))
            .map(|member| (&self.schedules[member], self.rules.working_hours * 4))
            .collect();
        let mut count = 0;
        while needed.iter().any(|(_, left)| *left > 0) {
            for (schedule, left) in &mut needed {
                *left = left.saturating_sub(u32::from(*left > 0 && schedule.contains(quarter(count))));
            }
            count += 1;
        }
        let is_waiting = self.decision.involved.iter().any(|member| !self.heard.contains(member));
        let hours = if is_waiting { self.rules.hours } else { 0 };
        quarter(count)
            .max(self.asked.plus_minutes(i64::from(hours) * 60))
            .max(self.decision.earliest_close.unwrap_or(self.asked))
    }
}

/// Around the change from summer time in October, asked at a quarter of an hour.
fn cases() -> impl Strategy<Value = Case> {
    let start = time("2026-10-20T00:00:00Z");
    let instants = (0..700_i64).prop_map(move |quarters| start.plus_minutes(15 * quarters));
    let people = proptest::collection::vec((schedules(), proptest::bool::weighted(0.4)), 1..4);
    let close = proptest::option::weighted(0.3, 0..400_i64);
    (people, instants, close, 1..4_u32, 1..96_u32).prop_map(|(people, asked, close, working_hours, hours)| {
        let names = &NAMES[..people.len()];
        let heard = names.iter().zip(&people).filter(|(_, (_, heard))| *heard);
        Case {
            decision: Decision {
                earliest_close: close.map(|quarters| asked.plus_minutes(15 * quarters)),
                ..asking(names)
            },
            asked,
            heard: heard.map(|(name, _)| member(name)).collect(),
            schedules: names
                .iter()
                .map(|name| member(name))
                .zip(people.into_iter().map(|(schedule, _)| schedule))
                .collect(),
            rules: Rules { working_hours, hours },
        }
    })
}

proptest! {
    #![proptest_config(Config::with_cases(10_000))]

    /// Exact to the second, and the same as by walking along in quarters of an hour.
    #[test]
    fn the_earliest_moment_is_exact(case in cases()) {
        let earliest = case.at(case.asked).earliest.unwrap();
        prop_assert_eq!(earliest, case.earliest_by_walking());
        prop_assert!(case.at(earliest).may_close);
        prop_assert!(case.at(earliest).awaited.is_empty());
        prop_assert!(!case.at(earliest.minus(std::time::Duration::from_secs(1))).may_close);
    }

    #[test]
    fn it_never_closes_on_somebody_before_the_days_are_over_and_never_shuts_again(case in cases(), minutes in 0..20_000_i64, more in 0..20_000_i64) {
        let now = case.asked.plus_minutes(minutes);
        let gate = case.at(now);
        let is_waiting = case.decision.involved.iter().any(|member| !case.heard.contains(member));
        if is_waiting && minutes < i64::from(case.rules.hours) * 60 || case.decision.earliest_close.is_some_and(|close| now < close) {
            prop_assert!(!gate.may_close);
        }
        prop_assert_eq!(gate.earliest, case.at(case.asked).earliest);
        let later = case.at(now.plus_minutes(more));
        prop_assert!(!gate.may_close || later.may_close);
        let awaited_now: Vec<_> = gate.awaited.iter().map(|awaited| awaited.member).collect();
        prop_assert!(later.awaited.iter().all(|awaited| awaited_now.contains(&awaited.member)));
    }

    /// Whoever is heard is not waited for; when all are, only the wish of whoever asks counts.
    #[test]
    fn each_voice_brings_the_end_nearer(mut case in cases(), who in 0..4_usize) {
        let before = case.at(case.asked).earliest.unwrap();
        case.heard.push(member(NAMES[who]));
        prop_assert!(case.at(case.asked).earliest.unwrap() <= before);
        prop_assert!(case.at(case.asked).awaited.iter().all(|awaited| awaited.member != member(NAMES[who])));
        case.heard = case.decision.involved.clone();
        let end = case.decision.earliest_close.map_or(case.asked, |close| close.max(case.asked));
        let all = case.at(case.asked);
        prop_assert_eq!(all.earliest, Some(end));
        prop_assert!(all.awaited.is_empty());
    }

    /// Time away does not count: what somebody is away for is time that they get back.
    #[test]
    fn a_holiday_never_brings_the_end_nearer(hours in quartered_weeks(), from in 0..10_u64, length in 1..10_u64, quarters in 0..700_i64) {
        let asked = time("2026-10-20T00:00:00Z").plus_minutes(15 * quarters);
        let day = |days| NaiveDate::from_ymd_opt(2026, 10, 20).unwrap() + Days::new(days);
        let holiday = Away { from: day(from), back_on: day(from + length), note: None };
        let earliest = |away: &[Away]| {
            let schedule = Schedule::new(Tz::Europe__Berlin, hours.clone(), &[], away);
            let schedules = BTreeMap::from([(member("Ben"), schedule.clone())]);
            let rules = Rules { working_hours: 3, hours: 1 };
            let gate = gate(&asking(&["Ben"]), asked, &[], &schedules, rules, asked);
            let own = gate.awaited[0].heard_by.unwrap();
            let worked: i64 = schedule.spans(asked, own).iter().map(|(start, end)| end.millis() - start.millis()).sum();
            (gate.earliest.unwrap(), worked)
        };
        let (at_home, with_holiday) = (earliest(&[]), earliest(&[holiday]));
        prop_assert!(with_holiday.0 >= at_home.0);
        prop_assert_eq!(with_holiday.1, 3 * 3_600_000, "three hours of work, none of them away");
    }

    /// Nobody is reminded in the night, after the end, or twice at once.
    #[test]
    fn reminders_are_in_working_time_and_before_the_end(schedule in schedules(), quarters in 0..700_i64, length in 1..1_000_i64) {
        let asked = time("2026-10-20T00:00:00Z").plus_minutes(15 * quarters);
        let earliest = asked.plus_minutes(15 * length);
        let told = reminders(&schedule, asked, earliest);
        for (_, at) in &told {
            prop_assert!(schedule.contains(*at) && *at >= asked && *at < earliest);
        }
        prop_assert!(told.windows(2).all(|pair| pair[0].1 < pair[1].1));
        prop_assert_eq!(told.is_empty(), schedule.spans(asked, earliest).is_empty());
    }
}

//! Pair calls as those who were drawn see them, and what they are told.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use proptest::prelude::*;
use samovar_domain::hours::Hours;
use samovar_domain::kinds::{Away, PairAnswer, PairOptIn, Pairing, Unmatched, Weekday};
use samovar_domain::pair_calls::{DrawCalendar, Paired, Progress, is_due};
use samovar_domain::reminders::{Daily, PairDesk, Reminder, Settings, State, What, notice_at, plan};
use samovar_domain::routing::Quiet;
use samovar_domain::schedule::Schedule;
use samovar_domain::{MemberId, Timestamp};

use crate::given::{id, member, time, weeks, zones};

const BERLIN: DrawCalendar = DrawCalendar {
    pair_day: Weekday::Tue,
    zone: Tz::Europe__Berlin,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn wish() -> PairOptIn {
    PairOptIn {
        every_weeks: 1,
        paused_until: None,
        skip_week: None,
        topics: Vec::new(),
        not_with: Vec::new(),
    }
}

/// Ana and Ben, in the week of a Monday, drawn on its Tuesday.
fn ana_and_ben(week: &str) -> Paired {
    let monday = Timestamp::from(day(week).and_hms_opt(0, 0, 0).unwrap().and_utc());
    let at = |hours: i64| monday.plus_minutes(hours * 60);
    Paired {
        id: id(week),
        drawn_at: at(24 + 9),
        pairing: Pairing {
            week: day(week),
            members: vec![member("Ana"), member("Ben")],
            unmatched: None,
            times: vec![at(58), at(63), at(83)],
            duration_min: 30,
            link: None,
            prompts: Vec::new(),
            ice_breaker: Some(member("Ana")),
            why: None,
        },
        answers: HashMap::new(),
    }
}

impl PairedWords for Paired {
    fn answering(mut self, who: &str, times: &[usize]) -> Self {
        let answer = PairAnswer {
            pairing: self.id,
            times: times.iter().map(|time| self.pairing.times[*time]).collect(),
        };
        self.answers.insert(member(who), answer);
        self
    }
}

trait PairedWords {
    fn answering(self, who: &str, times: &[usize]) -> Self;
}

#[test]
fn two_agree_on_the_first_time_that_suits_both() {
    let call = || ana_and_ben("2026-11-23");
    assert_eq!(call().progress(), Progress::Open);
    assert_eq!(call().answering("Ana", &[0, 1]).progress(), Progress::Open);
    let both = call().answering("Ana", &[2, 1]).answering("Ben", &[0, 1, 2]);
    assert_eq!(both.progress(), Progress::Agreed(both.pairing.times[1]));
    let neither = call().answering("Ana", &[0]).answering("Ben", &[1]);
    assert_eq!(neither.progress(), Progress::NoTimeInCommon);
    assert_eq!(call().answering("Ben", &[]).progress(), Progress::NotThisWeek);
}

#[test]
fn three_agree_only_when_all_three_can() {
    let mut trio = ana_and_ben("2026-11-23").answering("Ana", &[0]).answering("Ben", &[0]);
    trio.pairing.members.push(member("Cleo"));
    assert_eq!(trio.progress(), Progress::Open);
    let trio = trio.answering("Cleo", &[0, 2]);
    assert_eq!(trio.progress(), Progress::Agreed(trio.pairing.times[0]));
}

#[test]
fn the_draw_is_at_ten_on_the_teams_weekday() {
    let next = |now: &str| BERLIN.coming(time(now));
    assert_eq!(next("2026-11-23T08:00:00Z").at, time("2026-11-24T09:00:00Z"));
    assert_eq!(next("2026-11-24T09:00:00Z").at, time("2026-11-24T09:00:00Z"));
    assert_eq!(next("2026-11-24T09:00:01Z").week, day("2026-11-30"));
}

#[test]
fn who_has_paused_skipped_or_met_lately_is_not_due() {
    let draw = BERLIN.coming(time("2026-11-23T08:00:00Z"));
    let last_week = Some(day("2026-11-16"));
    let every = |every_weeks| PairOptIn { every_weeks, ..wish() };
    assert!(is_due(&wish(), draw, last_week));
    assert!(!is_due(&every(2), draw, last_week));
    assert!(is_due(&every(2), draw, Some(day("2026-11-09"))));
    assert!(is_due(&every(4), draw, None));
    let skipping = PairOptIn {
        skip_week: Some(draw.week),
        ..wish()
    };
    assert!(!is_due(&skipping, draw, None));
    let paused = |until: &str| PairOptIn {
        paused_until: Some(day(until)),
        ..wish()
    };
    assert!(!is_due(&paused("2026-11-25"), draw, None));
    assert!(
        is_due(&paused("2026-11-24"), draw, None),
        "the pause ends on the day of the draw"
    );
}

struct Desk {
    pairs: PairDesk,
    quiet: Quiet,
}

impl Desk {
    fn of_ana(paired: Vec<Paired>) -> Self {
        Self {
            pairs: PairDesk {
                calendar: BERLIN,
                wish: Some(wish()),
                paired,
            },
            quiet: Quiet {
                schedule: Schedule::new(Tz::Europe__Berlin, Hours::office(), &[], &[]),
                quiet_outside_hours: true,
                ..Quiet::default()
            },
        }
    }

    fn plan(&self, now: &str) -> Vec<Reminder> {
        let state = State {
            people: None,
            me: member("Ana"),
            gatherings: &[],
            answers: &HashMap::new(),
            held_since: None,
            daily: Daily::default(),
            pairs: Some(&self.pairs),
            snoozed: &[],
            quiet: &self.quiet,
        };
        plan(state, Settings { gatherings: true }, time(now))
    }

    /// What is told, beside the next draw.
    fn tells(&self, now: &str) -> Vec<(&'static str, String)> {
        let told = self.plan(now).into_iter().filter_map(|reminder| {
            let what = match reminder.what {
                What::Paired { .. } => "paired",
                What::NobodyToMeet { .. } => "nobody",
                What::IceBreaker { .. } => "ice",
                What::PausePairs { .. } => "pause?",
                _ => return None,
            };
            Some((what, reminder.at.to_string()[..16].to_owned()))
        });
        told.collect()
    }

    /// When the draw of this week is told.
    fn draw_told(&self, now: &str) -> Option<String> {
        let plan = self.plan(now);
        let draw = plan
            .iter()
            .find(|reminder| matches!(reminder.what, What::PairDraw { week, .. } if week == day("2026-11-23")))?;
        Some(draw.at.to_string()[..16].to_owned())
    }
}

fn told(what: &'static str, at: &str) -> (&'static str, String) {
    (what, at.to_owned())
}

#[test]
fn the_draw_is_told_a_day_ahead_within_ones_hours() {
    let mut desk = Desk::of_ana(Vec::new());
    let now = "2026-11-20T08:00:00Z";
    assert_eq!(desk.draw_told(now).as_deref(), Some("2026-11-23T09:00"));
    // A draw on Monday: Sunday is free, and Monday at nine is an hour ahead.
    desk.pairs.calendar.pair_day = Weekday::Mon;
    assert_eq!(desk.draw_told(now).as_deref(), Some("2026-11-23T08:00"));
    // In Lima that Monday has not begun at the draw: Friday's last hour it is.
    desk.quiet.schedule = Schedule::new(Tz::America__Lima, Hours::office(), &[], &[]);
    assert_eq!(desk.draw_told(now).as_deref(), Some("2026-11-20T21:00"));
}

#[test]
fn draws_that_are_weeks_ahead_are_planned_already_since_nothing_else_may_wake_the_desktop() {
    // In the very instant of this week's draw.
    let plan = Desk::of_ana(Vec::new()).plan("2026-11-24T09:00:00Z");
    let weeks: Vec<_> = plan
        .iter()
        .filter_map(|reminder| match reminder.what {
            What::PairDraw { week, .. } => Some(week),
            _ => None,
        })
        .collect();
    assert_eq!(weeks[..2], [day("2026-11-30"), day("2026-12-07")]);
    let mut monthly = Desk::of_ana(vec![ana_and_ben("2026-11-23").answering("Ana", &[0])]);
    monthly.pairs.wish.as_mut().unwrap().every_weeks = 4;
    let next = monthly.plan("2026-11-24T10:00:00Z");
    assert!(
        matches!(next[0].what, What::PairDraw { week, .. } if week == day("2026-12-21")),
        "{next:?}"
    );
}

#[test]
fn a_week_that_has_been_drawn_is_not_announced_once_more_when_its_day_is_moved() {
    let mut desk = Desk::of_ana(vec![ana_and_ben("2026-11-23").answering("Ana", &[0])]);
    // It was drawn on Tuesday, and on Wednesday an admin says that it is to be on Fridays.
    desk.pairs.calendar.pair_day = Weekday::Fri;
    assert_eq!(desk.draw_told("2026-11-25T09:00:00Z"), None);
    let next = desk.pairs.draws_ahead(time("2026-11-25T09:00:00Z")).next();
    assert_eq!(next.map(|draw| draw.day), Some(day("2026-12-04")));
}

#[test]
fn the_draw_is_told_to_those_only_who_are_in_it() {
    let now = "2026-11-20T08:00:00Z";
    let mut skipping = Desk::of_ana(Vec::new());
    skipping.pairs.wish.as_mut().unwrap().skip_week = Some(day("2026-11-23"));
    assert_eq!(skipping.draw_told(now), None);
    let mut never_asked = Desk::of_ana(Vec::new());
    never_asked.pairs.wish = None;
    assert_eq!(never_asked.draw_told(now), None);
    let mut away = Desk::of_ana(Vec::new());
    let absence = Away {
        from: day("2026-11-24"),
        back_on: day("2026-11-26"),
        note: None,
    };
    away.quiet.schedule = Schedule::new(Tz::Europe__Berlin, Hours::office(), &[], &[absence]);
    assert_eq!(away.draw_told(now), None);
    let mut fortnightly = Desk::of_ana(vec![ana_and_ben("2026-11-16")]);
    fortnightly.pairs.wish.as_mut().unwrap().every_weeks = 2;
    assert_eq!(fortnightly.draw_told(now), None);
}

#[test]
fn a_pairing_is_told_when_it_comes_and_after_a_days_silence_one_is_asked_to_begin() {
    let desk = |paired| Desk::of_ana(vec![paired]);
    let now = "2026-11-24T08:00:00Z";
    let call = || ana_and_ben("2026-11-23");
    assert_eq!(
        desk(call()).tells(now),
        [told("paired", "2026-11-24T09:00"), told("ice", "2026-11-25T09:00")]
    );
    assert_eq!(
        desk(call().answering("Ben", &[0])).tells(now),
        [told("paired", "2026-11-24T09:00")],
        "Ben has broken the ice"
    );
    assert_eq!(desk(call().answering("Ana", &[0])).tells(now), []);
    let mut bens_turn = call();
    bens_turn.pairing.ice_breaker = Some(member("Ben"));
    assert_eq!(desk(bens_turn).tells(now), [told("paired", "2026-11-24T09:00")]);
    assert_eq!(desk(call()).tells("2026-11-30T08:00:00Z"), [], "its week is over");
}

#[test]
fn whoever_is_drawn_on_a_saturday_hears_of_it_on_monday_and_has_the_days_after_it() {
    let mut call = ana_and_ben("2026-11-23");
    let days = |days: i64| call.drawn_at.plus_minutes(days * 24 * 60);
    // On Saturday, for Monday to Wednesday.
    let (drawn_at, times) = (days(4), vec![days(6), days(7), days(8)]);
    (call.drawn_at, call.pairing.times) = (drawn_at, times);
    let mut desk = Desk::of_ana(vec![call.clone()]);
    desk.pairs.calendar.pair_day = Weekday::Sat;
    let now = "2026-11-28T10:00:00Z";
    assert_eq!(
        desk.tells(now),
        [told("ice", "2026-11-30T08:00"), told("paired", "2026-11-30T08:00")]
    );
    assert_eq!(call.ends(desk.pairs.calendar), time("2026-12-02T09:30:00Z"));
    assert_eq!(desk.tells("2026-12-02T09:30:00Z"), [], "its times are over");

    let mut alone = call;
    alone.pairing.members = vec![member("Ana")];
    alone.pairing.times.clear();
    alone.pairing.unmatched = Some(Unmatched::NobodyLeft);
    desk.pairs.paired = vec![alone];
    assert_eq!(desk.tells(now), [told("nobody", "2026-11-30T08:00")]);
}

#[test]
fn whom_nobody_was_left_for_is_told_and_who_has_paused_is_not() {
    let unmatched = |why| {
        let mut alone = ana_and_ben("2026-11-23");
        alone.pairing.members = vec![member("Ana")];
        alone.pairing.times.clear();
        alone.pairing.unmatched = Some(why);
        Desk::of_ana(vec![alone]).tells("2026-11-24T08:00:00Z")
    };
    assert_eq!(unmatched(Unmatched::NobodyLeft), [told("nobody", "2026-11-24T09:00")]);
    assert_eq!(unmatched(Unmatched::Paused), []);
    assert_eq!(unmatched(Unmatched::NotTheirWeek), []);
}

#[test]
fn after_three_unanswered_in_a_row_there_is_one_friendly_question() {
    let weeks = ["2026-11-02", "2026-11-09", "2026-11-16"];
    let silent = || weeks.map(ana_and_ben).to_vec();
    let now = "2026-11-23T07:00:00Z";
    assert_eq!(Desk::of_ana(silent()).tells(now), [told("pause?", "2026-11-23T08:00")]);
    // It does not matter what the others said.
    let mut answered = silent();
    answered[2] = ana_and_ben(weeks[2]).answering("Ben", &[0]);
    assert_eq!(
        Desk::of_ana(answered.clone()).tells(now),
        [told("pause?", "2026-11-23T08:00")]
    );
    answered[1] = ana_and_ben(weeks[1]).answering("Ana", &[]);
    assert_eq!(
        Desk::of_ana(answered).tells(now),
        [],
        "to say that one cannot is an answer"
    );
    assert_eq!(Desk::of_ana(silent()[1..].to_vec()).tells(now), []);
    let mut paused = Desk::of_ana(silent());
    paused.pairs.wish.as_mut().unwrap().paused_until = Some(day("2026-12-24"));
    assert_eq!(paused.tells(now), []);
    assert_eq!(
        Desk::of_ana(silent()).tells("2026-12-08T08:00:00Z"),
        [],
        "it is not asked for ever"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Wherever somebody lives and whenever they work, the notice of a draw comes before it, and while they work.
    #[test]
    fn the_notice_of_a_draw_comes_within_ones_hours(
        team in zones(),
        own in zones(),
        hours in weeks(),
        pair_day in proptest::sample::select(crate::given::WEEK.to_vec()),
        days in 0..20_000_i32,
    ) {
        let calendar = DrawCalendar { pair_day, zone: team };
        let date = NaiveDate::from_num_days_from_ce_opt(719_163 + days).unwrap();
        let draw = calendar.draw_of(samovar_domain::pair_calls::monday_of(date));
        let schedule = Schedule::new(own, hours, &[], &[]);
        if let Some(at) = notice_at(&schedule, draw) {
            prop_assert!(schedule.contains(at));
            prop_assert!(at < draw.at);
        } else {
            let six_days = draw.at.plus_minutes(-6 * 24 * 60);
            prop_assert!(schedule.spans(six_days, draw.at).is_empty());
        }
        prop_assert_eq!(calendar.coming(draw.at), draw);
    }

    /// A time is agreed exactly when everybody has chosen it.
    #[test]
    fn a_time_is_agreed_when_all_have_chosen_it_and_never_else(
        chosen in proptest::collection::vec(proptest::option::of(proptest::collection::btree_set(0..3_usize, 0..4)), 2..4),
    ) {
        let names = ["Ana", "Ben", "Cleo"];
        let mut call = ana_and_ben("2026-11-23");
        call.pairing.members = names[..chosen.len()].iter().map(|name| member(name)).collect::<Vec<MemberId>>();
        for (name, times) in names.iter().zip(&chosen) {
            if let Some(times) = times {
                call = call.answering(name, &times.iter().copied().collect::<Vec<_>>());
            }
        }
        let in_common = (0..3).find(|time| chosen.iter().all(|times| times.as_ref().is_some_and(|times| times.contains(time))));
        match call.progress() {
            Progress::Agreed(time) => prop_assert_eq!(Some(time), in_common.map(|place| call.pairing.times[place])),
            _ => prop_assert_eq!(in_common, None),
        }
    }
}

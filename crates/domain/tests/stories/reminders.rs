//! What is due when.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use samovar_domain::kinds::{Answer, Gathering};
use samovar_domain::reminders::{Daily, Reminder, Settings, State, What, gathering_of_key, plan};
use samovar_domain::routing::Quiet;
use samovar_domain::series::gatherings;
use samovar_domain::{ItemId, Timestamp};

use crate::given::{gathering, id, instants, time};

/// What Ana's desktop knows.
#[derive(Debug, Default)]
struct Desk {
    gatherings: Vec<(ItemId, Gathering)>,
    answers: HashMap<ItemId, Answer>,
    held_since: Option<Timestamp>,
    snoozed: Vec<(String, Timestamp)>,
    quiet: Quiet,
}

impl Desk {
    fn with_tea(starts_at: &str) -> Self {
        Self {
            gatherings: vec![(id("tea"), gathering("Teatime", time(starts_at), 30))],
            ..Self::default()
        }
    }

    fn answering(mut self, answer: Answer) -> Self {
        self.answers.insert(id("tea"), answer);
        self
    }

    fn plan(&self, now: Timestamp) -> Vec<Reminder> {
        let Self {
            gatherings,
            answers,
            held_since,
            snoozed,
            quiet,
        } = self;
        let state = State {
            gatherings,
            answers,
            held_since: *held_since,
            daily: Daily::default(),
            snoozed,
            quiet,
        };
        plan(state, Settings { gatherings: true }, now)
    }

    fn due(&self, now: &str) -> Vec<(&'static str, String)> {
        let told = self.plan(time(now)).into_iter().map(|reminder| {
            let what = match reminder.what {
                What::GatheringSoon(_) => "soon",
                What::GatheringStarts(_) => "starts",
                What::DigestDue => "digest",
                What::SnapshotPrompt => "prompt",
                What::Snoozed { .. } => "snoozed",
            };
            (what, reminder.at.to_string()[11..16].to_owned())
        });
        told.collect()
    }
}

fn due(what: &'static str, at: &str) -> (&'static str, String) {
    (what, at.to_owned())
}

const TEA: &str = "2026-11-23T15:00:00Z";

#[test]
fn teatime_is_announced_ten_minutes_before_and_when_it_begins() {
    let desk = Desk::with_tea(TEA);
    assert_eq!(
        desk.due("2026-11-23T09:00:00Z"),
        [due("soon", "14:50"), due("starts", "15:00")]
    );
    // The computer woke late: what makes no sense any more is left out.
    assert_eq!(
        desk.due("2026-11-23T14:58:00Z"),
        [due("soon", "14:50"), due("starts", "15:00")]
    );
    assert_eq!(desk.due("2026-11-23T15:00:00Z"), [due("starts", "15:00")]);
    assert_eq!(desk.due("2026-11-23T15:15:00Z"), []);
}

#[test]
fn who_declined_is_left_alone_and_who_may_come_hears_of_the_start_only() {
    let at = |answer| Desk::with_tea(TEA).answering(answer).due("2026-11-23T09:00:00Z");
    assert_eq!(at(Answer::No), []);
    assert_eq!(at(Answer::Maybe), [due("starts", "15:00")]);
    assert_eq!(at(Answer::Yes).len(), 2);
    let coming = Desk::with_tea(TEA)
        .answering(Answer::Yes)
        .plan(time("2026-11-23T09:00:00Z"));
    assert!(
        coming
            .iter()
            .all(|reminder| reminder.what.announced().unwrap().answered_yes)
    );
}

#[test]
fn a_moved_gathering_is_announced_anew() {
    let keys = |desk: Desk| {
        desk.plan(time("2026-11-23T09:00:00Z"))
            .into_iter()
            .map(|reminder| reminder.key)
            .collect::<HashSet<_>>()
    };
    let (before, moved) = (keys(Desk::with_tea(TEA)), keys(Desk::with_tea("2026-11-23T15:30:00Z")));
    assert!(before.is_disjoint(&moved));
    for key in before {
        assert_eq!(gathering_of_key(&key), Some((id("tea"), time(TEA))));
        assert!(
            key.ends_with(&format!(":{}", id("tea"))),
            "what is kept about an item is found by its id: {key}"
        );
    }
}

#[test]
fn nothing_is_announced_to_those_who_do_not_want_it() {
    let desk = Desk::with_tea(TEA);
    let Desk {
        gatherings,
        answers,
        quiet,
        ..
    } = &desk;
    let state = State {
        gatherings,
        answers,
        held_since: None,
        daily: Daily::default(),
        snoozed: &[],
        quiet,
    };
    assert_eq!(
        plan(state, Settings { gatherings: false }, time("2026-11-23T09:00:00Z")),
        []
    );
}

#[test]
fn a_snoozed_announcement_comes_again_unless_the_gathering_changed() {
    let key = Desk::with_tea(TEA).plan(time("2026-11-23T14:50:00Z"))[0].key.clone();
    let snoozed = |mut desk: Desk| {
        desk.snoozed = vec![(key.clone(), time("2026-11-23T14:55:00Z"))];
        desk.due("2026-11-23T14:51:00Z")
            .into_iter()
            .filter(|(what, _)| *what == "snoozed")
            .collect::<Vec<_>>()
    };
    assert_eq!(snoozed(Desk::with_tea(TEA)), [due("snoozed", "14:55")]);
    assert_eq!(snoozed(Desk::with_tea("2026-11-23T16:00:00Z")), [], "moved");
    assert_eq!(snoozed(Desk::with_tea(TEA).answering(Answer::No)), [], "declined");
    assert_eq!(snoozed(Desk::default()), [], "deleted");
}

#[test]
fn what_is_held_is_due_when_the_quiet_ends_even_if_that_is_now() {
    let focus = Quiet {
        focus_until: Some(time("2026-11-23T15:30:00Z")),
        ..Quiet::default()
    };
    let desk = Desk {
        held_since: Some(time("2026-11-23T14:40:00Z")),
        quiet: focus,
        ..Desk::default()
    };
    assert_eq!(desk.due("2026-11-23T15:00:00Z"), [due("digest", "15:30")]);
    // Planned again and again it keeps its key, so it is told once.
    let key = |now: &str| desk.plan(time(now))[0].key.clone();
    assert_eq!(key("2026-11-23T15:00:00Z"), key("2026-11-23T18:00:00Z"));
    let ended = Desk {
        quiet: Quiet::default(),
        ..desk
    };
    assert_eq!(ended.due("2026-11-23T15:05:00Z"), [due("digest", "15:05")]);
    assert_eq!(Desk::default().due("2026-11-23T15:05:00Z"), [], "nothing was held");
    let unknown = Desk {
        quiet: Quiet {
            system_inhibited: true,
            ..Quiet::default()
        },
        ..ended
    };
    assert_eq!(unknown.due("2026-11-23T15:05:00Z"), [], "nobody knows when");
}

#[test]
fn announcements_keep_to_the_wall_clock_when_the_clocks_change() {
    let series = samovar_domain::kinds::Series::weekly(
        samovar_domain::kinds::Activity::Teatime,
        "Teatime",
        samovar_domain::kinds::Slot::new(samovar_domain::kinds::Weekday::Sun, "03:05", "Europe/Berlin"),
        30,
    );
    let now = time("2026-03-28T12:00:00Z");
    let desk = Desk {
        gatherings: gatherings(id("series"), &series, now),
        ..Desk::default()
    };
    // 03:05 comes five minutes after the change; ten minutes before it is 01:55 on the wall.
    assert_eq!(
        desk.due("2026-03-28T12:00:00Z")[..2],
        [due("soon", "00:55"), due("starts", "01:05")]
    );
}

prop_compose! {
    fn any_desk()(
        now in instants(),
        plans in proptest::collection::vec((-2_000..2_000_i64, 5..480_u32, 0..4_u8), 0..12),
        held in proptest::option::of(0..600_i64),
        snoozed in proptest::collection::vec((0..12_usize, -60..60_i64), 0..4),
        focus in proptest::option::of(-60..600_i64),
    ) -> (Timestamp, Desk) {
        let mut desk = Desk::default();
        for (index, (minutes, duration, answer)) in plans.into_iter().enumerate() {
            let item = id(&index.to_string());
            desk.gatherings.push((item, gathering("Teatime", now.plus_minutes(minutes), duration)));
            let answer = [None, Some(Answer::Yes), Some(Answer::No), Some(Answer::Maybe)][usize::from(answer)];
            desk.answers.extend(answer.map(|answer| (item, answer)));
        }
        desk.snoozed = snoozed.into_iter().filter_map(|(index, minutes)| {
            let (item, gathering) = desk.gatherings.get(index)?;
            Some((format!("gathering-starts:{}:{item}", gathering.starts_at.millis()), now.plus_minutes(minutes)))
        }).collect();
        desk.held_since = held.map(|minutes| now.plus_minutes(-minutes));
        desk.quiet.focus_until = focus.map(|minutes| now.plus_minutes(minutes));
        (now, desk)
    }
}

proptest! {
    #[test]
    fn the_plan_is_in_order_and_holds_nothing_that_makes_no_sense((now, desk) in any_desk()) {
        let plan = desk.plan(now);
        prop_assert!(plan.is_sorted_by_key(|reminder| reminder.at));
        for reminder in &plan {
            prop_assert!(reminder.useless_after.is_none_or(|end| end > now && end > reminder.at));
        }
        prop_assert_eq!(desk.plan(now), plan, "the same state plans the same");
    }

    #[test]
    fn nothing_is_due_for_what_was_declined((now, desk) in any_desk()) {
        for reminder in desk.plan(now) {
            let about = reminder.what.announced().map(|announced| announced.gathering);
            let snoozed = match &reminder.what {
                What::Snoozed { key } => gathering_of_key(key).map(|(gathering, _)| gathering),
                _ => None,
            };
            let answer = about.or(snoozed).and_then(|gathering| desk.answers.get(&gathering));
            prop_assert_ne!(answer, Some(&Answer::No));
        }
    }

    /// As time goes by nothing new turns up in the plan of an unchanged state, and no key changes its time.
    #[test]
    fn time_alone_only_takes_away((now, desk) in any_desk(), minutes in 0..3_000_i64) {
        let is_fixed = |reminder: &Reminder| reminder.what != What::DigestDue;
        let before: HashMap<_, _> = desk.plan(now).into_iter().filter(is_fixed).map(|reminder| (reminder.key, reminder.at)).collect();
        for reminder in desk.plan(now.plus_minutes(minutes)).iter().filter(|reminder| is_fixed(reminder)) {
            prop_assert_eq!(before.get(&reminder.key), Some(&reminder.at));
        }
    }
}

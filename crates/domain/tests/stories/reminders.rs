//! What is due when.

mod properties;

use std::collections::{HashMap, HashSet};

use samovar_domain::hours::Hours;
use samovar_domain::kinds::{Answer, Away, Gathering, SeriesReminders};
use samovar_domain::reminders::{Daily, PairDesk, Reminder, Settings, State, What, gathering_of_key, plan};
use samovar_domain::routing::Quiet;
use samovar_domain::schedule::Schedule;
use samovar_domain::series::gatherings;
use samovar_domain::{ItemId, Timestamp};

use crate::given::{gathering, id, member, time};

/// What Ana's desktop knows.
#[derive(Debug, Default)]
struct Desk {
    gatherings: Vec<(ItemId, Gathering)>,
    answers: HashMap<ItemId, Answer>,
    held_since: Option<Timestamp>,
    snoozed: Vec<(String, Timestamp)>,
    quiet: Quiet,
    pairs: Option<PairDesk>,
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
            pairs,
        } = self;
        let state = State {
            me: member("Ana"),
            gatherings,
            answers,
            held_since: *held_since,
            daily: Daily::default(),
            pairs: pairs.as_ref(),
            people: None,
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
                What::GatheringEnds(_) => "ends",
                _ => "pairs",
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
fn who_declined_is_left_alone_and_who_may_come_is_told_once_and_quietly() {
    let at = |answer| Desk::with_tea(TEA).answering(answer);
    let now = "2026-11-23T09:00:00Z";
    assert_eq!(at(Answer::No).due(now), []);
    assert_eq!(at(Answer::Maybe).due(now), [due("soon", "14:50")]);
    let plan = at(Answer::Maybe).plan(time(now));
    assert!(plan.iter().all(|reminder| reminder.what.is_quiet()), "{plan:?}");
    let coming = at(Answer::Yes);
    assert_eq!(
        coming.due(now),
        [due("soon", "14:50"), due("starts", "15:00"), due("ends", "15:25")]
    );
    for reminder in coming.plan(time(now)) {
        assert!(reminder.what.announced().unwrap().answered_yes);
        assert_eq!(
            reminder.what.is_quiet(),
            matches!(reminder.what, What::GatheringEnds(_)),
            "only the end is said in a whisper"
        );
    }
    // Who makes up their mind after the whisper is not told the same again.
    let key = |answer| at(answer).plan(time(now))[0].key.clone();
    assert_eq!(key(Answer::Maybe), key(Answer::Yes));
}

#[test]
fn a_series_says_what_it_reminds_of() {
    let with = |ahead_min, at_start, before_end| {
        let mut desk = Desk::with_tea(TEA).answering(Answer::Yes);
        desk.gatherings[0].1.reminders = SeriesReminders {
            ahead_min,
            at_start,
            before_end,
        };
        desk
    };
    let now = "2026-11-23T09:00:00Z";
    assert_eq!(with(30, false, false).due(now), [due("soon", "14:30")]);
    assert_eq!(with(0, true, false).due(now), [due("starts", "15:00")]);
    assert_eq!(with(0, false, true).due(now), [due("ends", "15:25")]);
    assert_eq!(with(0, false, false).due(now), []);
    assert_eq!(with(240, false, false).due(now), [due("soon", "11:00")], "asked for");
    let maybe = |desk: Desk| desk.answering(Answer::Maybe).due(now);
    assert_eq!(
        maybe(with(0, true, true)),
        [due("soon", "14:50")],
        "once, though the series tells of the start only"
    );
    assert_eq!(maybe(with(0, false, true)), []);
}

#[test]
fn what_does_not_take_place_or_is_for_others_is_not_announced() {
    let mut cancelled = Desk::with_tea(TEA).answering(Answer::Yes);
    cancelled.gatherings[0].1.cancelled = true;
    assert_eq!(cancelled.due("2026-11-23T09:00:00Z"), []);
    let mut for_others = Desk::with_tea(TEA);
    for_others.gatherings[0].1.invited = Some(vec![member("Ben")]);
    assert_eq!(for_others.due("2026-11-23T09:00:00Z"), []);
    for_others.gatherings[0].1.invited = Some(vec![member("Ben"), member("Ana")]);
    assert_eq!(for_others.due("2026-11-23T09:00:00Z").len(), 2);
}

/// Ana works from nine to five in Lima, five hours behind UTC.
fn in_lima(mut desk: Desk, away: &[Away]) -> Desk {
    desk.quiet = Quiet {
        schedule: Schedule::new(chrono_tz::Tz::America__Lima, Hours::office(), &[], away),
        quiet_outside_hours: true,
        ..Quiet::default()
    };
    desk
}

#[test]
fn nothing_is_announced_outside_ones_hours_unless_one_said_yes_or_wants_to_hear_then() {
    // Nine in the evening in Lima.
    let late = || in_lima(Desk::with_tea("2026-11-24T02:00:00Z"), &[]);
    let now = "2026-11-23T18:00:00Z";
    assert_eq!(late().due(now), []);
    assert_eq!(late().answering(Answer::Maybe).due(now), []);
    let coming = late().answering(Answer::Yes);
    assert_eq!(coming.due(now).len(), 3);
    assert!(
        coming
            .plan(time(now))
            .iter()
            .all(|reminder| reminder.what.announced().unwrap().camera_optional)
    );
    let mut at_any_hour = late();
    at_any_hour.quiet.quiet_outside_hours = false;
    assert_eq!(at_any_hour.due(now).len(), 2);
    // At nine sharp, only the start lies within the day.
    assert_eq!(
        in_lima(Desk::with_tea("2026-11-24T14:00:00Z"), &[]).due(now),
        [due("starts", "14:00")]
    );
}

#[test]
fn nothing_is_announced_to_who_is_away() {
    let away = Away {
        from: "2026-11-23".parse().unwrap(),
        back_on: "2026-11-30".parse().unwrap(),
        note: None,
    };
    let mut desk = in_lima(Desk::with_tea(TEA), &[away]);
    assert_eq!(desk.due("2026-11-20T09:00:00Z"), []);
    desk.quiet.quiet_outside_hours = false;
    assert_eq!(desk.due("2026-11-20T09:00:00Z"), [], "not even at any hour");
    assert_eq!(desk.answering(Answer::Yes).due("2026-11-20T09:00:00Z").len(), 3);
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
        me: member("Ana"),
        gatherings,
        answers,
        held_since: None,
        daily: Daily::default(),
        pairs: None,
        people: None,
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

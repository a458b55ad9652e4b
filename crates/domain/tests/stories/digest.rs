//! What was held, told as one.

use samovar_domain::digest::{Digest, Held, Tally};
use samovar_domain::kinds::Answer;
use samovar_domain::notices::{About, Notice};
use samovar_domain::reminders::{Daily, Settings, State, plan};
use samovar_domain::routing::Quiet;

use crate::given::{gathering, id, member, time};

const NOW: &str = "2026-11-23T15:30:00Z";

fn held(about: About) -> Held {
    Held::Notice(Notice {
        key: format!("snapshot:{}", id("x")),
        about,
        item: id("x"),
        at: time(NOW),
    })
}

fn snapshot(from: &str) -> Held {
    held(About::Snapshot {
        from: member(from),
        text: None,
        photos: Vec::new(),
    })
}

fn kudos(from: &str, to_me: bool) -> Held {
    held(About::Kudos {
        from: member(from),
        to_me,
        to: vec![member("Ana")],
        reason: "For the map".to_owned(),
    })
}

/// The announcements of teatime, as a focus has held them.
fn teatime(starts_at: &str) -> Vec<Held> {
    let gatherings = [(id("tea"), gathering("Teatime", time(starts_at), 30))];
    let answers = [(id("tea"), Answer::Yes)].into();
    let quiet = Quiet::default();
    let state = State {
        me: member("Ana"),
        pairs: None,
        people: None,
        gatherings: &gatherings,
        answers: &answers,
        held_since: None,
        daily: Daily::default(),
        snoozed: &[],
        quiet: &quiet,
    };
    let reminders = plan(state, Settings { gatherings: true }, time("2026-11-23T09:00:00Z"));
    reminders.into_iter().map(Held::Reminder).collect()
}

#[test]
fn it_counts_by_kind_and_names_each_person_once() {
    let held = [
        snapshot("Ben"),
        kudos("Dee", true),
        snapshot("Cleo"),
        snapshot("Ben"),
        kudos("Ben", false),
    ];
    let digest = Digest::of(&held, time(NOW));
    assert_eq!(
        digest.snapshots,
        Tally {
            count: 3,
            from: vec![member("Ben"), member("Cleo")]
        }
    );
    assert_eq!(
        digest.kudos_to_me,
        Tally {
            count: 1,
            from: vec![member("Dee")]
        }
    );
    assert_eq!(
        digest.kudos_to_others,
        Tally {
            count: 1,
            from: vec![member("Ben")]
        }
    );
    assert_eq!(digest.count(), 5);
}

#[test]
fn a_gathering_is_in_it_once_and_only_while_it_makes_sense() {
    let titles = |starts_at: &str| {
        let digest = Digest::of(&teatime(starts_at), time(NOW));
        digest
            .gatherings
            .into_iter()
            .map(|gathering| gathering.title)
            .collect::<Vec<_>>()
    };
    assert_eq!(titles("2026-11-23T15:35:00Z"), ["Teatime"], "ahead");
    assert_eq!(titles("2026-11-23T15:10:00Z"), ["Teatime"], "on");
    assert!(titles("2026-11-23T15:00:00Z").is_empty(), "over");
    assert!(Digest::of(&teatime("2026-11-23T15:00:00Z"), time(NOW)).is_empty());
}

#[test]
fn what_is_held_reads_back_as_it_was_kept() {
    for held in teatime(NOW).into_iter().chain([snapshot("Ben"), kudos("Dee", true)]) {
        let kept = serde_json::to_value(&held).unwrap();
        assert_eq!(serde_json::from_value::<Held>(kept).unwrap(), held);
    }
}

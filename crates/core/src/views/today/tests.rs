//! Today as one member of a small team sees it.

mod given;

use samovar_domain::kinds::focus_id;
use samovar_domain::{Audience, Owner};
use serde_json::json;

use super::*;
use given::*;

#[test]
fn a_team_of_one_with_nothing_yet_shows_oneself() {
    let mut desktop = Desktop::default();
    desktop.person("Ana", "America/Lima");
    let today = desktop.today();
    assert_eq!(portraits(&today), [("Ana", 0, true)]);
    assert_eq!(today.me.time_zone, "America/Lima");
    assert!(today.days.is_empty() && today.people.is_empty() && today.gathering.is_none() && today.focus.is_none());
    assert_eq!(
        Desktop::default().today().me.name,
        "Someone",
        "before one's own profile is here"
    );
}

#[test]
fn portraits_start_with_oneself_then_the_unseen_newest_first() {
    let mut desktop = Desktop::of_three();
    desktop.person("Dee", "UTC");
    let seen = desktop.snapshot("Ben", "2026-11-23T14:50:00Z");
    desktop.snapshot("Cleo", "2026-11-23T12:00:00Z");
    desktop.snapshot("Dee", "2026-11-23T13:00:00Z");
    desktop.snapshot("Dee", "2026-11-23T11:00:00Z");
    desktop.snapshot("Ana", "2026-11-23T10:00:00Z");
    desktop.seen.push(seen);
    let today = desktop.today();
    assert_eq!(
        portraits(&today),
        [
            ("Ana", 1, true),
            ("Dee", 2, false),
            ("Cleo", 1, false),
            ("Ben", 1, true)
        ]
    );
    let dee = &today.portraits[1];
    let times = dee
        .snapshots
        .iter()
        .map(|id| snapshot_card(&today, *id).created_at)
        .collect::<Vec<_>>();
    assert!(times.is_sorted(), "the viewer goes from the oldest to the newest");
}

#[test]
fn days_are_those_of_ones_own_zone_and_newest_comes_first() {
    let mut desktop = Desktop::of_three();
    // 23:00 on Sunday and 01:00 on Monday in Lima.
    let sunday = desktop.by(
        "Ben",
        "kudos",
        "2026-11-23T04:00:00Z",
        json!({"to": [member("Ana")], "reason": "For the bread"}),
    );
    let early = desktop.by(
        "Cleo",
        "kudos",
        "2026-11-23T06:00:00Z",
        json!({"to": [member("Ben")], "reason": "For the salt"}),
    );
    let late = desktop.snapshot("Ben", "2026-11-23T14:00:00Z");
    let today = desktop.today();
    let days: Vec<_> = today
        .days
        .iter()
        .map(|day| (day.date.as_str(), day.entries.len()))
        .collect();
    assert_eq!(days, [("2026-11-23", 2), ("2026-11-22", 1)]);
    assert_eq!(entries(&today), [late, early, sunday]);
}

#[test]
fn a_snapshot_is_gone_at_the_instant_it_expires() {
    let mut desktop = Desktop::of_three();
    let snapshot = desktop.snapshot("Ben", "2026-11-23T07:00:00Z");
    assert_eq!(entries(&desktop.today_at("2026-11-23T14:59:59.999Z")), [snapshot]);
    assert!(entries(&desktop.today_at("2026-11-23T15:00:00Z")).is_empty());
    assert_eq!(portraits(&desktop.today_at("2026-11-23T15:00:00Z")).len(), 1);
}

#[test]
fn reactions_and_replies_stand_under_what_they_answer() {
    let mut desktop = Desktop::of_three();
    let snapshot = desktop.snapshot("Ben", "2026-11-23T14:00:00Z");
    desktop.react("Cleo", snapshot, "🫖");
    desktop.react("Ana", snapshot, "🫖");
    desktop.react("Ana", snapshot, "🎉");
    desktop.react("a stranger", snapshot, "🙃");
    desktop.react("Cleo", id("something hidden"), "🫖");
    desktop.by(
        "Cleo",
        "reply",
        "2026-11-23T14:30:00Z",
        json!({"target": snapshot, "text": "Second"}),
    );
    desktop.by(
        "Ana",
        "reply",
        "2026-11-23T14:20:00Z",
        json!({"target": snapshot, "text": "First"}),
    );
    let today = desktop.today();
    let card = snapshot_card(&today, snapshot);
    let mut reactions: Vec<_> = card
        .reactions
        .iter()
        .map(|one| (one.emoji.as_str(), one.from.len(), one.is_mine))
        .collect();
    reactions.sort_unstable();
    assert_eq!(reactions, [("🎉", 1, true), ("🫖", 2, true)]);
    let replies: Vec<_> = card
        .replies
        .iter()
        .map(|reply| (reply.text.as_str(), reply.is_mine))
        .collect();
    assert_eq!(replies, [("First", true), ("Second", false)]);
}

#[test]
fn what_waits_in_the_outbox_is_shown_and_marked() {
    let mut desktop = Desktop::of_three();
    let mine = desktop.snapshot("Ana", "2026-11-23T14:59:00Z");
    desktop.waiting.push(mine);
    let today = desktop.today();
    let card = snapshot_card(&today, mine);
    assert!(card.is_waiting && card.is_mine && card.is_seen);
}

#[test]
fn somebody_who_left_is_someone_in_kudos_and_their_snapshots_are_not_shown() {
    let mut desktop = Desktop::of_three();
    desktop.snapshot("Zoe", "2026-11-23T14:00:00Z");
    let to = [member("Zoe"), member("Ben")];
    desktop.by(
        "Cleo",
        "kudos",
        "2026-11-23T14:00:00Z",
        json!({"to": to, "reason": "For the map"}),
    );
    let today = desktop.today();
    let [Entry::Kudos(kudos)] = today.days[0].entries.as_slice() else {
        panic!("only the kudos: {:?}", today.days)
    };
    let names: Vec<_> = kudos.to.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Someone", "Ben"]);
}

#[test]
fn unknown_kinds_broken_bodies_and_tombstones_show_nothing() {
    let mut desktop = Desktop::of_three();
    desktop.by("Ben", "hologram", NOW, json!({"cube": 3}));
    desktop.by("Ben", "snapshot", NOW, json!({"lifetime": "a fortnight"}));
    let deleted = desktop.snapshot("Ben", NOW);
    desktop
        .items
        .iter_mut()
        .filter(|item| item.id == deleted)
        .for_each(|item| item.body = None);
    let hidden = desktop.snapshot("Ben", "2026-11-23T14:00:00Z");
    desktop
        .items
        .iter_mut()
        .filter(|item| item.id == hidden)
        .for_each(|item| {
            item.audience = Audience::Except(vec![member("Ana")]);
        });
    assert!(desktop.today().days.is_empty());
}

#[test]
fn the_gathering_says_who_comes_and_for_whom_it_is_out_of_hours() {
    let mut desktop = Desktop::of_three();
    desktop.teatime("2026-11-23T14:00:00Z");
    let tea = desktop.teatime("2026-11-23T15:30:00Z"); // 10:30 in Lima, 16:30 in Berlin, 04:30 in Auckland
    desktop.teatime("2026-11-30T15:30:00Z");
    desktop.answer("Ben", tea, "yes");
    desktop.answer("Ana", tea, "maybe");
    let card = desktop.today().gathering.expect("a gathering is ahead");
    assert_eq!((card.id, card.answer), (tea, Some(Answer::Maybe)));
    assert_eq!(
        card.coming
            .iter()
            .map(|person| person.name.as_str())
            .collect::<Vec<_>>(),
        ["Ben"]
    );
    let optional: Vec<_> = card
        .camera_optional
        .iter()
        .map(|one| (one.person.name.as_str(), one.local_time.as_str()))
        .collect();
    assert_eq!(optional, [("Cleo", "04:30")]);
    assert_eq!(
        desktop.today_at("2026-11-23T15:59:59Z").gathering.map(|card| card.id),
        Some(tea),
        "it is on"
    );
    assert_ne!(
        desktop.today_at("2026-11-23T16:00:00Z").gathering.map(|card| card.id),
        Some(tea),
        "it is over"
    );
}

#[test]
fn a_declined_gathering_gives_way_once_it_has_begun() {
    let mut desktop = Desktop::of_three();
    let (tea, next) = (
        desktop.teatime("2026-11-23T15:00:00Z"),
        desktop.teatime("2026-11-30T15:00:00Z"),
    );
    desktop.answer("Ana", tea, "no");
    let shown = |now: &str| desktop.today_at(now).gathering.map(|card| card.id);
    assert_eq!(
        shown("2026-11-23T14:59:00Z"),
        Some(tea),
        "one may still change one's mind"
    );
    assert_eq!(shown("2026-11-23T15:00:00Z"), Some(next));
}

#[test]
fn an_answer_that_waits_counts_more_than_the_one_the_endpoint_has() {
    let mut desktop = Desktop::of_three();
    let tea = desktop.teatime("2026-11-23T15:30:00Z");
    let body = |answer: &str| json!({"gathering": tea, "answer": answer});
    let waits = desktop.by("Ana", "rsvp", "2026-11-23T14:00:00Z", body("yes"));
    desktop.by("Ana", "rsvp", "2026-11-23T14:30:00Z", body("no"));
    assert_eq!(desktop.today().gathering.unwrap().answer, Some(Answer::No));
    desktop
        .items
        .iter_mut()
        .filter(|item| item.id == waits)
        .for_each(|item| item.seq = 0);
    assert_eq!(desktop.today().gathering.unwrap().answer, Some(Answer::Yes));
}

#[test]
fn focus_shows_until_when_and_ends_by_itself_or_early() {
    let mut desktop = Desktop::of_three();
    for name in ["Ana", "Cleo"] {
        let body = json!({"until": "2026-11-23T15:30:00Z", "note": "Taxes"});
        desktop.put(
            Owner::Member(member(name)),
            focus_id(member(name)),
            "focus",
            "2026-11-23T14:40:00Z",
            body,
        );
    }
    let today = desktop.today();
    let focus = today.focus.expect("Ana is in focus");
    assert_eq!(
        (focus.started_at, focus.until, focus.held),
        (time("2026-11-23T14:40:00Z"), time("2026-11-23T15:30:00Z"), 2)
    );
    let people: Vec<_> = today
        .people
        .iter()
        .map(|now| (now.person.name.as_str(), now.local_time.as_str()))
        .collect();
    assert_eq!(people, [("Cleo", "04:00"), ("Ben", "16:00")], "those in focus first");
    let local_until = "04:30".to_owned();
    let (until, note) = (time("2026-11-23T15:30:00Z"), Some("Taxes".to_owned()));
    assert_eq!(
        today.people[0].state,
        PersonState::Focusing {
            until,
            local_until,
            note,
            is_reachable: false,
        }
    );
    assert_eq!(
        today.people[1].state,
        PersonState::Working {
            until: Some(time("2026-11-23T16:00:00Z"))
        }
    );
    let after = desktop.today_at("2026-11-23T15:30:00Z");
    assert!(after.focus.is_none());
    let back = PersonState::Off {
        starts_at: Some(time("2026-11-23T20:00:00Z")),
    };
    assert_eq!(
        after.people.iter().find(|now| now.person.name == "Cleo").unwrap().state,
        back
    );
    // Ended early on this desktop, which the endpoint does not know yet.
    let mine = desktop
        .items
        .iter_mut()
        .find(|item| item.id == focus_id(member("Ana")))
        .unwrap();
    (mine.seq, mine.body) = (0, None);
    assert!(desktop.today().focus.is_none());
}

#[test]
fn sixty_people_and_five_thousand_items_are_laid_out() {
    let mut desktop = Desktop::default();
    desktop.person("Ana", "America/Lima");
    let names: Vec<_> = (1..60).map(|number| format!("Member {number}")).collect();
    for name in &names {
        desktop.person(name, "Europe/Berlin");
    }
    let mut shared = Vec::new();
    for round in 0..1_000 {
        let name = &names[round % names.len()];
        shared.push(desktop.snapshot(name, &format!("2026-11-23T14:{:02}:{:02}Z", round / 60, round % 60)));
    }
    for round in 0..4_000 {
        desktop.react(
            &names[(round * 7 + round / 1_000) % names.len()],
            shared[round % shared.len()],
            "🫖",
        );
    }
    let state = TeamState::from_items(desktop.items.clone(), member("Ana"));
    let local = LocalFacts {
        me: member("Ana"),
        seen: HashSet::new(),
        waiting: HashSet::new(),
        held: 0,
        missed_since: None,
        someone: "Someone".to_owned(),
    };
    let today = today(&state, time(NOW), &local);
    assert_eq!((entries(&today).len(), today.portraits.len()), (1_000, 60));
}

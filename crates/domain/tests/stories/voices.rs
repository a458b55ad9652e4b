//! What may be said to a decision, by whom, until when; and who closes it.

use samovar_domain::check::{Existing, check};
use samovar_domain::kinds::{DecisionState, decision_close_id, decision_state_id, outcome_id, voice_id};
use samovar_domain::wire::Op;
use samovar_domain::{Audience, Body, ItemId, Kind, Owner, Timestamp};
use serde_json::{Value, json};

use crate::check::{Team, code, op};
use crate::given::{id, member, time};

const SEALED: &str = "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOQ==";
const ASKED: &str = "2026-11-20T12:00:00Z";

fn question(voices: &str) -> Value {
    json!({"question": "Do we move the teatime?", "how": {"style": "for_against"}, "voices": voices, "involved": [member("1"), member("2")]})
}

/// `0` asks `1` and `2`, three days before now, and `3` may look on.
fn asked(voices: &str) -> Team {
    let existing = Existing {
        kind: Kind::new("decision"),
        owner: Owner::Member(member("0")),
        audience: circle(),
        created_at: time(ASKED),
        is_gone: false,
    };
    let profile = |name: &str| {
        let body = json!({"name": name, "time_zone": "Europe/Berlin", "hours": {"mon": ["09:00-17:00"]}});
        (
            ItemId::from(member(name)),
            Body::read(&Kind::new("member"), &body).unwrap(),
        )
    };
    Team {
        items: [(id("decision"), existing)].into(),
        bodies: [
            (
                id("decision"),
                Body::read(&Kind::new("decision"), &question(voices)).unwrap(),
            ),
            profile("1"),
            profile("2"),
        ]
        .into(),
        ..Team::default()
    }
}

fn circle() -> Audience {
    Audience::Only(["1", "2", "3"].map(member).into())
}

/// Those, and the one who asked.
fn all() -> Audience {
    circle().with(member("0"))
}

fn closed(mut team: Team) -> Team {
    let outcome = json!({"decision": id("decision"), "words": "We do", "closed_at": ASKED, "voices": []});
    let outcome = Body::read(&Kind::new("outcome"), &outcome).unwrap();
    team.bodies.insert(outcome_id(id("decision")), outcome);
    team
}

fn voice(by: &str, audience: Audience, mut body: Value, team: &Team) -> String {
    body["decision"] = json!(id("decision"));
    let id = voice_id(member(by), id("decision"));
    code(check(
        member(by),
        &Op {
            id,
            audience,
            ..op("voice", body)
        },
        team,
    ))
}

#[test]
fn an_open_voice_is_seen_by_those_who_see_the_decision() {
    let team = asked("open");
    let said = || json!({"said": {"stance": "for", "words": "Earlier is better"}});
    assert_eq!(voice("1", all(), said(), &team), "fine");
    assert_eq!(
        voice("1", circle(), said(), &team),
        "bad_audience",
        "whoever asked must see it"
    );
    assert_eq!(voice("3", all(), said(), &team), "not_involved");
    assert_eq!(voice("4", all(), said(), &team), "not_found", "they do not know of it");
    assert_eq!(voice("1", all(), json!({"said": {}}), &team), "bad_voice");
    assert_eq!(voice("1", all(), said(), &closed(asked("open"))), "decision_closed");
}

#[test]
fn a_hidden_voice_leaves_the_desktop_sealed_and_for_nobodys_eyes() {
    let team = asked("hidden");
    let own = || Audience::Only(vec![member("1")]);
    assert_eq!(voice("1", own(), json!({"sealed": SEALED}), &team), "fine");
    assert_eq!(voice("1", all(), json!({"sealed": SEALED}), &team), "not_private");
    assert_eq!(
        voice("1", own(), json!({"said": {"stance": "against"}}), &team),
        "bad_voice"
    );
    assert_eq!(
        voice("1", own(), json!({"sealed": "I am against it"}), &team),
        "bad_sealed"
    );
    assert_eq!(
        voice(
            "1",
            own(),
            json!({"sealed": SEALED, "said": {"stance": "against"}}),
            &team
        ),
        "bad_voice"
    );
}

fn close(by: &str, words: &str, team: &Team) -> String {
    let id = decision_close_id(member(by), id("decision"));
    let body = json!({"decision": crate::given::id("decision"), "words": words});
    code(check(
        member(by),
        &Op {
            id,
            audience: all(),
            ..op("decision_close", body)
        },
        team,
    ))
}

#[test]
fn closing_early_is_refused_until_the_last_one_has_had_their_time() {
    let at = |now: Timestamp, heard: &[&str]| {
        let mut team = asked("open");
        let state = DecisionState {
            decision: id("decision"),
            heard: heard.iter().map(|name| member(name)).collect(),
            seal: None,
        };
        team.bodies
            .insert(decision_state_id(id("decision")), Body::DecisionState(state));
        team.clock = Some(now);
        close("0", "We move it to three", &team)
    };
    // When both were heard there is nobody to wait for.
    assert_eq!(at(time("2026-11-20T12:00:00Z"), &["1", "2"]), "fine");
    // Monday is the only working day, and eight hours of it end at 16:00 UTC; the 72 hours end at noon.
    assert_eq!(at(time("2026-11-23T12:00:00Z"), &["1"]), "decision_waits");
    assert_eq!(at(time("2026-11-23T15:59:59Z"), &["1"]), "decision_waits");
    assert_eq!(at(time("2026-11-23T16:00:00Z"), &["1"]), "fine");
}

#[test]
fn only_the_asker_closes_once_and_in_words() {
    let mut team = asked("open");
    team.clock = Some(time("2026-12-23T12:00:00Z"));
    assert_eq!(close("0", "We move it to three", &team), "fine");
    assert_eq!(close("1", "We move it to three", &team), "not_owner");
    assert_eq!(close("0", "Yes", &team), "outcome_too_short");
    assert_eq!(close("0", "We move it to three", &closed(team)), "decision_closed");
}

#[test]
fn what_was_asked_stays_and_can_be_withdrawn_but_not_undone() {
    let team = asked("open");
    let written = |change: &dyn Fn(&mut Value), team: &Team| {
        let mut body = question("open");
        change(&mut body);
        code(check(
            member("0"),
            &Op {
                id: id("decision"),
                audience: circle(),
                ..op("decision", body)
            },
            team,
        ))
    };
    assert_eq!(written(&|_| {}, &team), "fine", "sent again after a restore");
    assert_eq!(
        written(&|body| body["question"] = json!("Do we drop it?"), &team),
        "decision_asked"
    );
    assert_eq!(
        written(&|body| body["involved"] = json!([member("1")]), &team),
        "decision_asked"
    );
    assert_eq!(written(&|body| body["withdrawn"] = json!(true), &team), "fine");
    let team = closed(team);
    assert_eq!(
        written(&|body| body["withdrawn"] = json!(true), &team),
        "decision_closed"
    );
    let deleted = Op {
        id: id("decision"),
        audience: circle(),
        ..op("decision", Value::Null)
    };
    assert_eq!(code(check(member("0"), &deleted, &team)), "decision_closed");
}

#[test]
fn nobody_gets_less_time_by_a_clock_that_is_slow() {
    let body = question("open");
    let op = Op {
        created_at: time("2026-11-18T12:00:00Z"),
        audience: circle(),
        ..op("decision", body)
    };
    let allowed = check(member("0"), &op, &Team::default()).unwrap();
    assert_eq!(
        allowed.created_at,
        time("2026-11-23T12:00:00Z"),
        "its time begins when it reaches the team"
    );
}

#[test]
fn everyone_involved_sees_the_question() {
    let asks = |audience: Audience, change: &dyn Fn(&mut Value)| {
        let mut body = question("open");
        change(&mut body);
        code(check(
            member("0"),
            &Op {
                audience,
                ..op("decision", body)
            },
            &Team::default(),
        ))
    };
    assert_eq!(asks(Audience::Team, &|_| {}), "fine");
    assert_eq!(asks(Audience::Only(vec![member("1")]), &|_| {}), "bad_audience");
    assert_eq!(
        asks(Audience::Team, &|body| body["involved"] = json!([])),
        "bad_involved"
    );
    assert_eq!(
        asks(Audience::Team, &|body| body["involved"] =
            json!([member("1"), member("1")])),
        "bad_involved"
    );
    let ranked = |options: Value| move |body: &mut Value| body["how"] = json!({"style": "ranked", "options": options});
    assert_eq!(asks(Audience::Team, &ranked(json!(["Lisbon", "Lima"]))), "fine");
    assert_eq!(
        asks(Audience::Team, &ranked(json!(["Lisbon", " Lisbon"]))),
        "bad_options"
    );
    assert_eq!(asks(Audience::Team, &ranked(json!(["Lisbon"]))), "bad_options");
}

#[test]
fn what_the_endpoint_makes_nobody_writes() {
    for kind in [
        "outcome",
        "decision_state",
        "handed_card",
        "handed_line",
        "celebration_notice",
        "pulse_round",
        "pulse_result",
    ] {
        for writer in ["0", "Ana"] {
            let refused = code(check(member(writer), &op(kind, json!({})), &Team::default()));
            assert!(
                ["not_owner", "not_admin"].contains(&refused.as_str()),
                "{kind}: {refused}"
            );
        }
    }
}

//! What a profile and the team's norms may say. The desktop asks the same rule where they are entered as the endpoint
//! does before it stores them.

use samovar_domain::check::check;
use samovar_domain::kinds::norms_id;
use samovar_domain::wire::Op;
use samovar_domain::{ItemId, Kind, Problem};
use serde_json::{Value, json};

use crate::check::{Team, code, op};
use crate::given::member;

fn profile(field: &str, value: Value) -> Result<samovar_domain::check::Allowed, Problem> {
    let mut body = json!({"name": "Zoë", "time_zone": "America/Lima"});
    body[field] = value;
    let op = Op {
        id: member("0").into(),
        ..op("member", body)
    };
    check(member("0"), &op, &Team::default())
}

fn norms(writer: &str, body: Value) -> Result<samovar_domain::check::Allowed, Problem> {
    let op = Op {
        id: norms_id(),
        ..op("norms", body)
    };
    check(member(writer), &op, &Team::default())
}

#[test]
fn hours_zones_and_days_that_cannot_be_are_refused() {
    let journey = |from: &str, until: &str, zone: &str| json!([{"from": from, "until": until, "time_zone": zone}]);
    let absence = |from: &str, back_on: &str| json!([{"from": from, "back_on": back_on}]);
    let many = |count: usize| json!(vec![json!({"from": "2026-11-24", "back_on": "2026-11-25"}); count]);
    let cases = [
        ("time_zone", json!("America/Lima"), "fine"),
        ("time_zone", json!("America/Atlantis"), "bad_time_zone"),
        ("time_zone", json!(""), "bad_time_zone"),
        ("hours", json!({"mon": ["22:00-06:00"]}), "fine"),
        ("hours", json!({"mon": ["25:00-26:00"]}), "bad_body"),
        ("hours", json!({"mon": ["09:00-09:00"]}), "bad_body"),
        ("hours", json!({"someday": ["09:00-17:00"]}), "bad_body"),
        ("hours", json!({"mon": ["09:00-17:00", "09:00-17:00"]}), "bad_hours"),
        (
            "hours",
            json!({"mon": ["00:00-01:00", "02:00-03:00", "04:00-05:00", "06:00-07:00", "08:00-09:00", "10:00-11:00", "12:00-13:00"]}),
            "bad_hours",
        ),
        ("travel", journey("2026-11-24", "2026-11-24", "Europe/Lisbon"), "fine"),
        ("travel", journey("2026-11-24", "2027-11-24", "Europe/Lisbon"), "fine"),
        (
            "travel",
            journey("2026-11-24", "2027-11-25", "Europe/Lisbon"),
            "bad_days",
        ),
        (
            "travel",
            journey("2026-11-24", "2026-11-23", "Europe/Lisbon"),
            "bad_days",
        ),
        (
            "travel",
            journey("2026-11-24", "2026-11-24", "Europe/Atlantis"),
            "bad_time_zone",
        ),
        (
            "travel",
            journey("2026-02-30", "2026-03-01", "Europe/Lisbon"),
            "bad_body",
        ),
        (
            "travel",
            journey("1969-12-31", "1970-01-02", "Europe/Lisbon"),
            "bad_days",
        ),
        (
            "travel",
            journey("9999-12-30", "9999-12-31", "Europe/Lisbon"),
            "bad_days",
        ),
        (
            "travel",
            json!([{"from": "2026-11-24", "until": "2026-11-24", "time_zone": "Europe/Lisbon",
                    "hours": {"tue": ["09:00-17:00", "09:00-17:00"]}}]),
            "bad_hours",
        ),
        ("away", absence("2026-11-24", "2026-11-25"), "fine"),
        ("away", absence("2026-11-24", "2026-11-24"), "bad_days"),
        ("away", absence("2026-11-24", "2028-11-24"), "bad_days"),
        (
            "away",
            json!([{"from": "2026-11-24", "back_on": "2026-11-25", "note": "é".repeat(200)}]),
            "fine",
        ),
        (
            "away",
            json!([{"from": "2026-11-24", "back_on": "2026-11-25", "note": "é".repeat(201)}]),
            "too_long",
        ),
        ("away", many(20), "fine"),
        ("away", many(21), "too_many_days"),
    ];
    for (field, value, expected) in cases {
        assert_eq!(code(profile(field, value.clone())), expected, "{field}: {value}");
    }
}

#[test]
fn norms_have_limits_and_clear_words_for_them() {
    let channel = |name: &str, hours: Value| json!({"name": name, "when": "Anything", "reply_within_hours": hours});
    let page = |channels: Vec<Value>| json!({"channels": channels, "meetings": ""});
    let named = |count: usize| {
        (0..count)
            .map(|number| channel(&format!("Channel {number}"), json!(4)))
            .collect()
    };
    let cases = [
        (page(vec![]), "fine"),
        (
            page(vec![channel("Chat", json!(1)), channel("Mail", json!(200))]),
            "fine",
        ),
        (page(vec![channel("Wiki", Value::Null)]), "fine"),
        (page(vec![channel("Chat", json!(0))]), "bad_reply_hours"),
        (page(vec![channel("Chat", json!(201))]), "bad_reply_hours"),
        (page(vec![channel("Chat", json!(-4))]), "bad_body"),
        (
            page(vec![channel("Chat", json!(4)), channel(" Chat ", json!(8))]),
            "doubled_channel",
        ),
        (page(vec![channel("", json!(4))]), "empty"),
        (page(named(20)), "fine"),
        (page(named(21)), "too_many_channels"),
        (json!({"channels": [], "meetings": "é".repeat(2_000)}), "fine"),
        (json!({"channels": [], "meetings": "é".repeat(2_001)}), "too_long"),
        (
            json!({"channels": [{"name": "Chat", "when": "é".repeat(501)}]}),
            "too_long",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(code(norms("Ben", body.clone())), expected, "{body}");
    }
}

#[test]
fn norms_are_set_by_admins_under_the_one_id_they_have() {
    let body = json!({"channels": [], "meetings": ""});
    assert_eq!(code(norms("Ana", body.clone())), "fine");
    assert_ne!(code(norms("0", body.clone())), "fine", "a plain member");
    let elsewhere = op("norms", body);
    assert_ne!(elsewhere.id, ItemId::from(member("Ben")));
    assert_eq!(elsewhere.kind, Kind::new("norms"));
    assert_ne!(
        code(check(member("Ben"), &elsewhere, &Team::default())),
        "fine",
        "a second page"
    );
}

#[test]
fn every_refusal_says_in_words_what_to_do() {
    let refused = [
        profile(
            "travel",
            json!([{"from": "2026-11-24", "until": "2026-11-23", "time_zone": "Europe/Lisbon"}]),
        ),
        profile("time_zone", json!("Berlin")),
        norms("Ben", json!({"channels": [{"name": "Chat", "reply_within_hours": 0}]})),
    ];
    for problem in refused.into_iter().filter_map(Result::err) {
        assert!(
            problem.detail.ends_with('.') && problem.detail.len() > 30,
            "{}",
            problem.detail
        );
    }
}

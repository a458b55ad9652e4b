//! What an op may do, and where its limits are.

use std::collections::HashMap;

use proptest::prelude::*;
use samovar_domain::check::{Allowed, BODY_BYTES_MAX, Existing, View, check};
use samovar_domain::kinds::{RoleName, TeamSettings, focus_id, reaction_id, role_id, rsvp_id};
use samovar_domain::wire::Op;
use samovar_domain::{Audience, BlobHash, Body, ItemId, Kind, MemberId, Owner, Problem, Timestamp};
use serde_json::{Value, json};

use crate::given::{id, member, time};

const NOW: &str = "2026-11-23T12:00:00Z";

/// A team of Ana (owner), Ben (admin) and twenty-one plain members `0` to `20`.
#[derive(Default)]
pub(crate) struct Team {
    pub(crate) items: HashMap<ItemId, Existing>,
    pub(crate) bodies: HashMap<ItemId, Body>,
    pub(crate) clock: Option<Timestamp>,
    pub(crate) lacks_blobs: bool,
}

impl View for Team {
    fn now(&self) -> Timestamp {
        self.clock.unwrap_or_else(|| time(NOW))
    }

    fn existing(&self, id: ItemId) -> Option<Existing> {
        self.items.get(&id).cloned()
    }

    fn body(&self, id: ItemId) -> Option<Body> {
        self.bodies.get(&id).cloned()
    }

    fn settings(&self) -> TeamSettings {
        TeamSettings::default()
    }

    fn is_member(&self, id: MemberId) -> bool {
        id == member("Ana") || id == member("Ben") || (0..=20).any(|number| id == member(&number.to_string()))
    }

    fn role(&self, id: MemberId) -> RoleName {
        if id == member("Ana") {
            RoleName::Owner
        } else if id == member("Ben") {
            RoleName::Admin
        } else {
            RoleName::Member
        }
    }

    fn has_blob(&self, _: &BlobHash) -> bool {
        !self.lacks_blobs
    }

    fn owners(&self) -> usize {
        1
    }
}

impl Team {
    fn with(name: &str, kind: &str, owner: Owner, audience: Audience) -> Self {
        Self::at(id(name), kind, owner, audience)
    }

    pub(crate) fn at(id: ItemId, kind: &str, owner: Owner, audience: Audience) -> Self {
        let existing = Existing {
            kind: Kind::new(kind),
            owner,
            audience,
            created_at: time(NOW),
            is_gone: false,
        };
        Self {
            items: [(id, existing)].into(),
            ..Self::default()
        }
    }
}

pub(crate) fn op(kind: &str, body: Value) -> Op {
    let body = (!body.is_null()).then_some(body);
    Op {
        n: 1,
        id: id("new"),
        kind: Kind::new(kind),
        audience: Audience::Team,
        created_at: time(NOW),
        body,
    }
}

pub(crate) fn code(result: Result<Allowed, Problem>) -> String {
    result.map_or_else(|problem| problem.code.into_owned(), |_| "fine".to_owned())
}

/// The id that an item of this kind has when `writer` writes this body.
fn own_id(writer: MemberId, kind: &str, body: &Value) -> ItemId {
    match kind {
        "focus" => focus_id(writer),
        "reaction" => reaction_id(writer, id("x"), body["emoji"].as_str().unwrap_or_default()),
        "rsvp" => rsvp_id(writer, id("x")),
        "member" => writer.into(),
        _ => id("new"),
    }
}

/// What comes of the plain member `0` writing this.
fn written(kind: &str, body: Value) -> String {
    let own = own_id(member("0"), kind, &body);
    let op = Op {
        id: own,
        ..op(kind, body)
    };
    code(check(member("0"), &op, &Team::default()))
}

fn photo() -> Value {
    json!({"blob": BlobHash::of(b"x"), "width": 800, "height": 600, "thumbhash": "3OcRJYB4d3h/iIeHeEh3eIhw+j3A"})
}

fn profile(field: &str, value: Value) -> Value {
    let mut profile = json!({"name": "Zoë", "time_zone": "America/Lima"});
    profile[field] = value;
    profile
}

#[test]
fn limits_are_taken_to_the_last_character_and_refused_after_it() {
    let snapshot = |length: usize| json!({"text": "é".repeat(length), "lifetime": "8h"});
    let kudos = |count: usize, reason: &str| {
        let to: Vec<_> = (1..=count).map(|number| member(&number.to_string())).collect();
        json!({"to": to, "reason": reason})
    };
    let photos = |count: usize| json!({"photos": vec![photo(); count], "lifetime": "8h"});
    let sized = |width: u32| json!({"photos": [{"blob": BlobHash::of(b"x"), "width": width, "height": 1, "thumbhash": ""}], "lifetime": "8h"});
    let cases = [
        ("snapshot", snapshot(2_000), "fine"),
        ("snapshot", snapshot(2_001), "too_long"),
        ("snapshot", json!({"text": " \n", "lifetime": "8h"}), "empty"),
        (
            "snapshot",
            json!({"text": "a\u{0}b", "lifetime": "8h"}),
            "bad_characters",
        ),
        ("snapshot", json!({"text": "hi", "lifetime": "9h"}), "bad_body"),
        ("snapshot", photos(4), "fine"),
        ("snapshot", photos(5), "too_many_photos"),
        ("snapshot", sized(2048), "fine"),
        ("snapshot", sized(2049), "bad_photo"),
        ("snapshot", sized(0), "bad_photo"),
        ("kudos", kudos(1, "ten chars!"), "fine"),
        ("kudos", kudos(1, "nine char"), "reason_too_short"),
        ("kudos", kudos(1, "   thanks   "), "reason_too_short"),
        ("kudos", kudos(20, "For the calm release"), "fine"),
        ("kudos", kudos(21, "For the calm release"), "too_many_recipients"),
        ("kudos", kudos(0, "For the calm release"), "no_recipient"),
        (
            "kudos",
            json!({"to": [member("0")], "reason": "For being so great"}),
            "kudos_to_oneself",
        ),
        (
            "kudos",
            json!({"to": [member("1"), member("1")], "reason": "For the calm release"}),
            "doubled_recipient",
        ),
        (
            "kudos",
            json!({"to": [member("stranger")], "reason": "For the calm release"}),
            "unknown_member",
        ),
        ("reaction", json!({"target": id("x"), "emoji": "👩‍👩‍👧‍👦"}), "fine"),
        ("reaction", json!({"target": id("x"), "emoji": "lol"}), "bad_emoji"),
        ("reaction", json!({"target": id("x"), "emoji": ""}), "bad_emoji"),
        ("reply", json!({"target": id("x"), "text": "  "}), "empty"),
        (
            "reply",
            json!({"target": id("x"), "text": "é".repeat(2_001)}),
            "too_long",
        ),
        ("focus", json!({"until": "2026-11-23T12:25:00Z"}), "fine"),
        ("focus", json!({"until": NOW}), "focus_over"),
        ("focus", json!({"until": "2026-11-24T00:06:00Z"}), "focus_too_long"),
        ("hologram", json!({}), "unknown_kind"),
        (
            "snapshot",
            json!({"text": "x", "lifetime": "8h", "later": "y".repeat(BODY_BYTES_MAX)}),
            "too_large",
        ),
        ("reaction", json!({"target": id("x"), "emoji": "👍👍"}), "bad_emoji"),
        (
            "reaction",
            json!({"target": id("x"), "emoji": "\u{202e}é漢字"}),
            "bad_emoji",
        ),
        (
            "reply",
            json!({"target": id("x"), "text": "\u{200b}\u{2060}\u{3164}"}),
            "empty",
        ),
        (
            "snapshot",
            json!({"text": "\u{200d}\u{feff}\u{2800}", "lifetime": "8h"}),
            "empty",
        ),
        ("kudos", kudos(1, &"\u{200b}".repeat(20)), "reason_too_short"),
        ("rsvp", json!({"gathering": id("x"), "answer": "yes"}), "fine"),
        ("rsvp", json!({"gathering": id("x"), "answer": "perhaps"}), "bad_body"),
        ("series", json!({"activity": "teatime"}), "not_admin"),
        ("snapshot", Value::Null, "not_found"),
    ];
    for (kind, body, expected) in cases {
        let shown: String = body.to_string().chars().take(80).collect();
        assert_eq!(written(kind, body), expected, "{kind} {shown}");
    }
}

#[test]
fn a_profile_is_of_somebody_who_can_be_seen_and_told_apart() {
    let cases = [
        ("name", json!("Zoë"), "fine"),
        ("name", json!("Jo\u{200d}"), "fine"),
        ("name", json!("é".repeat(80)), "fine"),
        ("name", json!("é".repeat(81)), "too_long"),
        ("name", json!("🫖".repeat(25_000)), "too_large"),
        ("name", json!(""), "empty"),
        ("name", json!(" \u{200b}\u{feff}\u{2800} "), "empty"),
        ("name", json!("A\u{0}na"), "bad_characters"),
        ("name", json!("A\nna"), "bad_characters"),
        ("name", json!("\u{202e}anA"), "bad_characters"),
        ("time_zone", json!("Mars/Base"), "bad_time_zone"),
        ("time_zone", json!("../../etc/passwd"), "bad_time_zone"),
        ("pronouns", json!("é".repeat(41)), "too_long"),
        ("about", json!("a\u{7}b"), "bad_characters"),
    ];
    for (field, value, expected) in cases {
        let shown: String = value.to_string().chars().take(80).collect();
        assert_eq!(written("member", profile(field, value)), expected, "{field} {shown}");
    }
    assert_eq!(written("member", Value::Null), "cannot_delete");
}

#[test]
fn a_snapshot_and_a_profile_wait_for_their_photos() {
    let team = Team {
        lacks_blobs: true,
        ..Team::default()
    };
    let snapshot = op("snapshot", json!({"photos": [photo()], "lifetime": "8h"}));
    assert_eq!(code(check(member("0"), &snapshot, &team)), "blob_missing");
    let portrait = Op {
        id: member("0").into(),
        ..op("member", profile("photo", json!(BlobHash::of(b"x"))))
    };
    assert_eq!(code(check(member("0"), &portrait, &team)), "blob_missing");
    assert_eq!(code(check(member("0"), &portrait, &Team::default())), "fine");
}

#[test]
fn an_admin_makes_a_series_and_its_plan_is_checked() {
    let series = |field: &str, value: Value| {
        let mut body = json!({
            "activity": "teatime", "title": "Teatime", "time_zone": "Europe/Berlin", "weekday": "mon", "time": "15:00",
            "every_weeks": 1, "duration_min": 30, "link": "https://meet.example/tea",
        });
        body[field] = value;
        code(check(member("Ben"), &op("series", body), &Team::default()))
    };
    assert_eq!(series("title", json!("Teatime")), "fine");
    assert_eq!(series("title", json!("Tea\u{202e}emit")), "bad_characters");
    assert_eq!(series("time_zone", json!("Mars/Olympus")), "bad_time_zone");
    assert_eq!(series("time", json!("24:00")), "bad_time");
    assert_eq!(series("every_weeks", json!(3)), "bad_rhythm");
    assert_eq!(series("duration_min", json!(4)), "bad_duration");
    assert_eq!(series("link", json!("javascript:alert(1)")), "bad_link");
    assert_eq!(series("link", json!("http://meet.example")), "bad_link");
}

#[test]
fn a_team_never_loses_its_last_owner() {
    let role = |writer: &str, whose: &str, role: &str| {
        let body = json!({"member": member(whose), "role": role});
        let op = Op {
            id: role_id(member(whose)),
            ..op("role", body)
        };
        code(check(member(writer), &op, &Team::default()))
    };
    assert_eq!(role("Ana", "Ana", "member"), "last_owner");
    assert_eq!(role("Ana", "Ben", "owner"), "fine");
    assert_eq!(role("Ben", "0", "admin"), "fine");
    assert_eq!(role("Ben", "Ben", "owner"), "not_owner");
    assert_eq!(role("Ben", "Ana", "member"), "not_owner");
    assert_eq!(role("0", "0", "admin"), "not_admin");
    assert_eq!(role("Ana", "stranger", "admin"), "not_found");
}

#[test]
fn a_focus_that_is_over_begins_again_and_a_snapshot_that_is_over_does_not() {
    let gone = |name: ItemId, kind: &str| {
        let existing = Existing {
            kind: Kind::new(kind),
            owner: Owner::Member(member("0")),
            audience: Audience::Team,
            created_at: time("2026-11-20T12:00:00Z"),
            is_gone: true,
        };
        Team {
            items: [(name, existing)].into(),
            ..Team::default()
        }
    };
    let focus = Op {
        id: focus_id(member("0")),
        ..op("focus", json!({"until": "2026-11-23T13:00:00Z"}))
    };
    let allowed = check(member("0"), &focus, &gone(focus.id, "focus")).unwrap();
    assert_eq!(allowed.created_at, time(NOW), "it began now, not last time");
    assert_eq!(allowed.expires_at, Some(time("2026-11-23T13:00:00Z")));
    let snapshot = op("snapshot", json!({"text": "hi", "lifetime": "8h"}));
    assert_eq!(
        code(check(member("0"), &snapshot, &gone(snapshot.id, "snapshot"))),
        "gone"
    );
}

#[test]
fn pointing_at_something_hidden_tells_nobody_of_it() {
    let hidden = Team::with(
        "hidden",
        "snapshot",
        Owner::Member(member("1")),
        Audience::Only(vec![member("0"), member("2")]),
    );
    let reply = |audience| {
        let op = Op {
            audience,
            ..op("reply", json!({"target": id("hidden"), "text": "Nice"}))
        };
        code(check(member("0"), &op, &hidden))
    };
    assert_eq!(reply(Audience::Team), "bad_audience");
    assert_eq!(reply(Audience::Only(vec![member("2"), member("3")])), "bad_audience");
    assert_eq!(
        reply(Audience::Only(vec![member("1"), member("2")])),
        "fine",
        "its owner and those who see it"
    );
}

#[test]
fn everyone_who_is_thanked_sees_it() {
    let thanks = |audience| {
        let op = Op {
            audience,
            ..op("kudos", sound_body("kudos"))
        };
        code(check(member("0"), &op, &Team::default()))
    };
    assert_eq!(thanks(Audience::Only(vec![member("5")])), "fine");
    assert_eq!(thanks(Audience::Only(vec![member("6")])), "bad_audience");
    assert_eq!(thanks(Audience::Except(vec![member("6")])), "fine");
    assert_eq!(thanks(Audience::Except(vec![member("5")])), "bad_audience");
}

#[test]
fn a_team_has_one_team_item() {
    let team_item = op("team", json!({"name": "The others"}));
    assert_eq!(code(check(member("Ana"), &team_item, &Team::default())), "bad_id");
    let own = Team::with("new", "team", Owner::Team, Audience::Team);
    assert_eq!(code(check(member("Ana"), &team_item, &own)), "fine");
}

const MEMBER_KINDS: [&str; 6] = ["snapshot", "kudos", "reaction", "reply", "focus", "rsvp"];
pub(crate) const ALL_KINDS: [&str; 11] = [
    "snapshot",
    "kudos",
    "reaction",
    "reply",
    "focus",
    "rsvp",
    "team",
    "role",
    "member",
    "series",
    "gathering",
];

pub(crate) fn sound_body(kind: &str) -> Value {
    match kind {
        "snapshot" => json!({"text": "hi", "lifetime": "8h"}),
        "kudos" => json!({"to": [member("5")], "reason": "For the calm release"}),
        "reaction" => json!({"target": id("x"), "emoji": "🫖"}),
        "reply" => json!({"target": id("x"), "text": "Nice"}),
        "focus" => json!({"until": "2026-11-23T13:00:00Z"}),
        "team" => json!({"name": "The others"}),
        "role" => json!({"member": member("5"), "role": "admin"}),
        "member" => profile("about", json!("hello")),
        "series" => json!({
            "activity": "teatime", "title": "Teatime", "time_zone": "Europe/Berlin", "weekday": "mon", "time": "15:00",
            "every_weeks": 1, "duration_min": 30,
        }),
        "gathering" => json!({
            "activity": "teatime", "title": "Teatime", "starts_at": "2026-11-26T15:00:00Z", "duration_min": 30,
        }),
        _ => json!({"gathering": id("x"), "answer": "yes"}),
    }
}

proptest! {
    #[test]
    fn nobody_writes_or_deletes_what_is_another_members(kind in proptest::sample::select(MEMBER_KINDS.to_vec()), writer in 0..4_u8, delete: bool) {
        let owner = member("7");
        let theirs = own_id(owner, kind, &sound_body(kind));
        let team = Team::at(theirs, kind, Owner::Member(owner), Audience::Team);
        let writer = match writer { 0 => member("Ana"), 1 => member("Ben"), other => member(&other.to_string()) };
        let body = if delete { Value::Null } else { sound_body(kind) };
        let op = Op { id: theirs, ..op(kind, body.clone()) };
        prop_assert_eq!(code(check(writer, &op, &team)), "not_owner");
        prop_assert_eq!(code(check(owner, &op, &team)), "fine");
    }

    #[test]
    fn an_item_keeps_its_kind_and_its_audience(before in 0..6_usize, after in 0..6_usize, hide: bool) {
        let (before, after) = (MEMBER_KINDS[before], MEMBER_KINDS[after]);
        let mine = own_id(member("0"), before, &sound_body(before));
        let team = Team::at(mine, before, Owner::Member(member("0")), Audience::Team);
        let audience = if hide { Audience::Only(vec![member("5")]) } else { Audience::Team };
        let op = Op { id: mine, audience, ..op(after, sound_body(after)) };
        let expected = if before != after { "kind_changed" } else if hide { "audience_changed" } else { "fine" };
        prop_assert_eq!(code(check(member("0"), &op, &team)), expected);
    }

    #[test]
    fn whenever_a_desktop_says_it_was_written_the_endpoint_believes_a_week_at_most(millis: i64) {
        let op = Op { created_at: Timestamp::from_millis(millis), ..op("snapshot", sound_body("snapshot")) };
        let allowed = check(member("0"), &op, &Team::default()).unwrap();
        prop_assert!(allowed.created_at <= time(NOW) && allowed.created_at >= time("2026-11-16T12:00:00Z"));
        prop_assert_eq!(allowed.expires_at, Some(allowed.created_at.plus_minutes(8 * 60)));
    }
}

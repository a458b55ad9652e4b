//! What is written reads back as it was, whatever is in it.

use proptest::prelude::*;
use samovar_domain::expiry::{CREATED_AT_MOST_BEFORE, clamp_created_at, expires_at};
use samovar_domain::kinds::{focus_id, reaction_id, rsvp_id};
use samovar_domain::{BlobHash, Body, Item, ItemId, Kind, MemberId, Owner, Timestamp};
use serde_json::{Map, Value, json};

use crate::given::{gathering, id, instants, item, member, time};

fn any_instant() -> impl Strategy<Value = Timestamp> {
    prop_oneof![instants(), any::<i64>().prop_map(Timestamp::from_millis)]
}

/// Any JSON a few levels deep, without floats, which not every program writes alike.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((".{0,8}", inner), 0..4)
                .prop_map(|fields| fields.into_iter().collect::<Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #[test]
    fn an_instant_reads_back_to_the_millisecond(at in any_instant()) {
        prop_assert_eq!(at.to_string().parse::<Timestamp>().unwrap(), at);
        prop_assert_eq!(serde_json::from_value::<Timestamp>(json!(at)).unwrap(), at);
        prop_assert!(at.to_string().ends_with('Z'));
    }

    #[test]
    fn instants_and_ids_sort_as_text_as_they_do_as_numbers(one in instants(), other in instants()) {
        prop_assert_eq!(one.cmp(&other), one.to_string().cmp(&other.to_string()));
        if one.millis() != other.millis() {
            prop_assert_eq!(one.cmp(&other), ItemId::new(one).cmp(&ItemId::new(other)));
        }
    }

    #[test]
    fn arithmetic_with_instants_never_overflows(at in any_instant(), minutes: i64, millis: u64) {
        let length = std::time::Duration::from_millis(millis);
        let results = [at.plus_minutes(minutes), at.plus(length), at.minus(length)];
        prop_assert!(results.iter().all(|at| at.to_string().len() == 24));
        prop_assert!(at.plus(length) >= at && at.minus(length) <= at);
    }

    #[test]
    fn ids_read_back(parts in proptest::collection::vec(".{0,6}", 0..3)) {
        let parts: Vec<_> = parts.iter().map(String::as_str).collect();
        let id = MemberId::derived(&parts);
        prop_assert_eq!(id.to_string().parse::<MemberId>().unwrap(), id);
        prop_assert_eq!(MemberId::derived(&parts), id);
        let owner = Owner::Member(id);
        prop_assert_eq!(serde_json::from_value::<Owner>(json!(owner)).unwrap(), owner);
    }

    #[test]
    fn a_photos_name_reads_back_and_nothing_else_is_one(bytes in proptest::collection::vec(any::<u8>(), 0..40), text in "[0-9a-fA-F]{60,66}|.{0,70}") {
        let hash = BlobHash::of(&bytes);
        prop_assert_eq!(hash.to_string().parse::<BlobHash>(), Ok(hash));
        let is_name = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        prop_assert_eq!(text.parse::<BlobHash>().is_ok(), is_name);
    }

    /// An old desktop never loses a new one's data: fields and kinds that it does not know are kept as they came.
    #[test]
    fn an_item_keeps_what_this_version_does_not_know(kind in "[a-z]{1,12}", seq in 0..u64::from(u32::MAX), extra in any_json(), name in "x_[a-z]{1,8}") {
        let mut body = json!({"text": "Fresh bread", "lifetime": "24h"});
        body[name] = extra;
        let item = Item { kind: Kind::new(kind), seq, ..item("it", "", "Ben", "2026-11-23T12:00:00Z", body) };
        let written = serde_json::to_string(&item).unwrap();
        prop_assert_eq!(serde_json::from_str::<Item>(&written).unwrap(), item);
    }

    #[test]
    fn no_body_makes_reading_panic(kind in "team|role|member|snapshot|kudos|reaction|reply|focus|series|gathering|rsvp|hologram", body in any_json()) {
        let _ = Body::read(&Kind::new(kind), &body);
    }

    #[test]
    fn a_created_at_is_believed_within_a_week(created in any_instant(), now in instants()) {
        let believed = clamp_created_at(created, now);
        prop_assert!(believed <= now && believed >= now.minus(CREATED_AT_MOST_BEFORE));
        prop_assert_eq!(clamp_created_at(believed, now), believed);
    }
}

#[test]
fn the_wire_writes_an_item_as_the_design_shows_it() {
    let item = item("it", "kudos", "Ben", "2026-11-23T09:30:00.000Z", json!({"reason": "x"}));
    let wire = serde_json::to_value(&item).unwrap();
    assert_eq!(wire["created_at"], json!("2026-11-23T09:30:00.000Z"));
    assert_eq!(wire["audience"], json!("team"));
    assert_eq!(wire["expires_at"], Value::Null);
    assert_eq!(
        serde_json::to_value(Item {
            owner: Owner::Team,
            body: None,
            ..item
        })
        .unwrap()["owner"],
        json!("team")
    );
}

#[test]
fn each_item_is_over_when_what_it_says_is_over() {
    let at = time("2028-02-28T20:00:00Z");
    let over = |kind: &str, body: Value| expires_at(&Body::read(&Kind::new(kind), &body).unwrap(), at);
    for (lifetime, end) in [
        ("8h", "2028-02-29T04:00:00Z"),
        ("24h", "2028-02-29T20:00:00Z"),
        ("3d", "2028-03-02T20:00:00Z"),
    ] {
        assert_eq!(
            over("snapshot", json!({"text": "x", "lifetime": lifetime})),
            Some(time(end)),
            "across 29 February"
        );
    }
    assert_eq!(
        over("focus", json!({"until": "2028-02-28T21:00:00Z"})),
        Some(time("2028-02-28T21:00:00Z"))
    );
    assert_eq!(over("kudos", json!({"to": [], "reason": "x"})), None);
    let tea = gathering("Teatime", at, 30);
    assert_eq!(tea.ends_at(), time("2028-02-28T20:30:00Z"));
    assert_eq!(
        expires_at(&Body::Gathering(tea), at),
        Some(time("2028-03-06T20:30:00Z"))
    );
    let gone = |item: Item| item.is_gone(at);
    let item = item("it", "snapshot", "Ben", "2028-02-28T20:00:00Z", json!({}));
    assert!(
        gone(Item {
            expires_at: Some(at),
            ..item.clone()
        }) && gone(Item {
            body: None,
            ..item.clone()
        })
    );
    assert!(!gone(Item {
        expires_at: Some(at.plus_minutes(1)),
        ..item
    }));
}

#[test]
fn ids_that_follow_from_words_are_the_same_on_every_device_and_differ_between_things() {
    let (ana, ben, tea) = (member("Ana"), member("Ben"), id("tea"));
    let ids = [
        focus_id(ana),
        focus_id(ben),
        rsvp_id(ana, tea),
        rsvp_id(ben, tea),
        reaction_id(ana, tea, "🫖"),
        reaction_id(ana, tea, "🎉"),
        ItemId::derived(&["ab", "c"]),
        ItemId::derived(&["a", "bc"]),
    ];
    assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), ids.len());
}

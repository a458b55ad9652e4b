//! A card for somebody who must not know of it.

use proptest::prelude::*;
use proptest::test_runner::Config;
use samovar_domain::check::check;
use samovar_domain::handing_over::hand_over;
use samovar_domain::kinds::{Celebration, card_line_id, celebration_id};
use samovar_domain::wire::Op;
use samovar_domain::{Audience, BlobHash, Body, Item, ItemId, Kind, MemberId, Owner};
use serde_json::{Value, json};

use crate::check::{Team, code, op};
use crate::given::{id, item, member, time};

const AT: &str = "2026-11-23T09:00:00Z";

fn card(handed_over: bool) -> Item {
    let body = json!({"to": member("1"), "occasion": "farewell", "title": "Fare well", "handed_over": handed_over});
    Item {
        audience: Audience::Except(vec![member("1")]),
        ..item("card", Kind::GROUP_CARD, "0", AT, body)
    }
}

fn line(by: u8, audience: Audience) -> Item {
    let by = by.to_string();
    let photo = json!({"blob": BlobHash::of(by.as_bytes()), "width": 8, "height": 6, "thumbhash": ""});
    let body = json!({"card": id("card"), "text": format!("from {by}"), "photo": photo});
    Item {
        id: card_line_id(member(&by), id("card")),
        audience,
        ..item("line", Kind::CARD_LINE, &by, AT, body)
    }
}

proptest! {
    #![proptest_config(Config::with_cases(10_000))]

    /// Before it is handed over the recipient sees nothing of it, and afterwards nothing of what was hidden: not its id.
    #[test]
    fn the_recipient_sees_what_is_handed_over_and_nothing_else(
        by in proptest::sample::subsequence((2..10_u8).collect::<Vec<_>>(), 0..6),
        handed_over: bool,
        astray in proptest::option::of(2..10_u8),
    ) {
        let hidden = || Audience::Except(vec![member("1")]);
        let card = card(handed_over);
        let mut lines: Vec<Item> = by.iter().map(|by| line(*by, hidden())).collect();
        prop_assert!(!lines.iter().chain([&card]).any(|item| item.is_visible_to(member("1"))));
        lines.extend(astray.map(|by| line(by, Audience::Team)));
        let written = hand_over(&card, &lines, time(AT));
        prop_assert_eq!(written.len(), if handed_over { 1 + by.len() } else { 0 });
        let hidden_ids: Vec<ItemId> = lines.iter().map(|line| line.id).chain([card.id]).collect();
        for item in &written {
            prop_assert!(item.is_visible_to(member("1")) && item.is_visible_to(member("0")) && item.owner == Owner::Team);
            let told = serde_json::to_string(item).unwrap();
            prop_assert!(hidden_ids.iter().all(|hidden| !told.contains(&hidden.to_string())));
        }
        let blobs: Vec<BlobHash> = written.iter().flat_map(|item| Body::read(&item.kind, item.body.as_ref().unwrap()).unwrap().blobs()).collect();
        let brought = by.iter().map(|by| BlobHash::of(by.to_string().as_bytes()));
        prop_assert!(!handed_over || brought.clone().all(|blob| blobs.contains(&blob)));
    }
}

fn begun(by: &str, to: &str, occasion: &str, audience: Audience, team: &Team) -> String {
    let body = json!({"to": member(to), "occasion": occasion, "title": "For you"});
    code(check(
        member(by),
        &Op {
            audience,
            ..op("group_card", body)
        },
        team,
    ))
}

#[test]
fn a_card_is_hidden_from_the_one_it_is_for_and_from_nobody_else() {
    let team = Team::default();
    let except = |who: &[&str]| Audience::Except(who.iter().map(|name| member(name)).collect());
    assert_eq!(begun("0", "1", "farewell", except(&["1"]), &team), "fine");
    assert_eq!(begun("0", "1", "farewell", except(&["1", "2"]), &team), "not_hidden");
    assert_eq!(begun("0", "1", "farewell", Audience::Team, &team), "not_hidden");
    assert_eq!(
        begun("0", "1", "farewell", Audience::Only(vec![member("2")]), &team),
        "not_hidden"
    );
    assert_eq!(begun("0", "0", "farewell", except(&["0"]), &team), "unknown_member");
}

#[test]
fn please_do_not_is_respected() {
    let wish = Celebration {
        please_do_not: true,
        ..Celebration::default()
    };
    let team = Team {
        bodies: [(celebration_id(member("1")), Body::Celebration(wish))].into(),
        ..Team::default()
    };
    let hidden = || Audience::Except(vec![member("1")]);
    assert_eq!(begun("0", "1", "birthday", hidden(), &team), "please_do_not");
    assert_eq!(begun("0", "1", "anniversary", hidden(), &team), "please_do_not");
    assert_eq!(begun("0", "1", "get_well", hidden(), &team), "fine");
    let package = json!({"to": member("1"), "occasion": "birthday", "words": "Something for your birthday"});
    let package = Op {
        audience: Audience::Only(vec![member("1")]),
        ..op("package", package)
    };
    assert_eq!(code(check(member("0"), &package, &team)), "please_do_not");
}

fn written(by: &str, body: Value, audience: Audience, handed_over: bool) -> String {
    let card = card(handed_over);
    let mut team = Team::at(id("card"), "group_card", Owner::Member(member("0")), card.audience);
    team.bodies
        .insert(id("card"), Body::read(&card.kind, &card.body.unwrap()).unwrap());
    let by: MemberId = member(by);
    code(check(
        by,
        &Op {
            id: card_line_id(by, id("card")),
            audience,
            ..op("card_line", body)
        },
        &team,
    ))
}

#[test]
fn a_line_is_as_hidden_as_its_card_and_the_recipient_cannot_even_guess() {
    let hidden = || Audience::Except(vec![member("1")]);
    let words = || json!({"card": id("card"), "text": "All the best"});
    assert_eq!(written("2", words(), hidden(), false), "fine");
    assert_eq!(written("2", words(), Audience::Team, false), "not_hidden");
    assert_eq!(written("2", words(), hidden(), true), "card_handed_over");
    // The one it is for is answered like somebody who names a card that never was.
    assert_eq!(written("1", words(), hidden(), false), "not_found");
    assert_eq!(
        written(
            "2",
            json!({"card": id("no card"), "text": "All the best"}),
            hidden(),
            false
        ),
        "bad_id"
    );
    let drawn = |strokes: Value| json!({"card": id("card"), "doodle": {"strokes": strokes}});
    let points = |count: usize| json!([{"pen": 1, "points": vec![(1, 1000); count]}]);
    assert_eq!(written("2", drawn(points(2_000)), hidden(), false), "fine");
    assert_eq!(written("2", drawn(points(2_001)), hidden(), false), "bad_doodle");
    assert_eq!(
        written("2", drawn(json!([{"points": [[1, 1001]]}])), hidden(), false),
        "bad_doodle"
    );
    assert_eq!(
        written("2", json!({"card": id("card"), "text": " "}), hidden(), false),
        "empty"
    );
}

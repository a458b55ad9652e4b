//! Kudos that somebody who was thanked does not want to be public.

use proptest::prelude::*;
use proptest::test_runner::Config;
use samovar_domain::check::{Existing, check};
use samovar_domain::hiding::hide;
use samovar_domain::kinds::{KudosWish, ThankMe, between_id, kudos_hidden_id, kudos_wish_id, reaction_id};
use samovar_domain::wire::Op;
use samovar_domain::{Audience, Body, Item, ItemId, Kind, MemberId, Owner};
use serde_json::json;

use crate::check::{Team, code, op};
use crate::given::{id, item, member, time};

const AT: &str = "2026-11-23T09:00:00Z";

fn kudos(to: &[MemberId]) -> Item {
    item(
        "kudos",
        Kind::KUDOS,
        "0",
        AT,
        json!({"to": to, "reason": "for the night with the printer"}),
    )
}

/// An answer by a member: a reply when even, a reaction when odd; under the kudos or under an earlier answer.
fn answer(number: usize, by: u8, under: usize) -> Item {
    let target = if under == 0 {
        id("kudos")
    } else {
        id(&format!("answer {}", under - 1))
    };
    let name = format!("answer {number}");
    if number.is_multiple_of(2) {
        return item(
            &name,
            Kind::REPLY,
            &by.to_string(),
            AT,
            json!({"target": target, "text": format!("words {number}")}),
        );
    }
    let made = item(
        &name,
        Kind::REACTION,
        &by.to_string(),
        AT,
        json!({"target": target, "emoji": "🎉"}),
    );
    Item { id: id(&name), ..made }
}

fn words_of(item: &Item) -> String {
    let body = item.body.as_ref().unwrap();
    ["reason", "text", "emoji"]
        .iter()
        .find_map(|field| body[field].as_str())
        .unwrap()
        .to_owned()
}

proptest! {
    #![proptest_config(Config::with_cases(10_000))]

    /// Hidden kudos are, for everybody else, what deleted ones are: nothing that takes their place is seen by anybody but
    /// those who gave and got them, on any path, since every path asks the audience.
    #[test]
    fn nobody_else_sees_what_stands_in_the_place_of_hidden_kudos(
        to in proptest::sample::subsequence((1..8_u8).collect::<Vec<_>>(), 1..4),
        answers in proptest::collection::vec((0..10_u8, any::<prop::sample::Index>()), 0..6),
    ) {
        let to: Vec<MemberId> = to.iter().map(|number| member(&number.to_string())).collect();
        let few: Vec<MemberId> = to.iter().copied().chain([member("0")]).collect();
        let answers: Vec<Item> = answers.iter().enumerate().map(|(number, (by, under))| answer(number, *by, under.index(number + 1))).collect();
        let kudos = kudos(&to);
        let hiding = hide(&kudos, &answers);
        prop_assert_eq!(hiding.bury, Some(kudos.id));
        let mut places: Vec<ItemId> = Vec::new();
        for written in &hiding.write {
            for reader in (0..10_u8).map(|number| member(&number.to_string())) {
                prop_assert_eq!(written.is_visible_to(reader), few.contains(&reader));
            }
            let body = Body::read(&written.kind, written.body.as_ref().unwrap()).unwrap();
            prop_assert!(body.target().is_none_or(|target| places.contains(&target)), "each stands under one that was there before");
            places.push(written.id);
            prop_assert!(written.created_at == kudos.created_at && written.id != kudos.id);
        }
        // What those few have said there, to those few, is all there still.
        let kept: Vec<String> = hiding.write.iter().map(words_of).collect();
        let stays = |item: &Item| few.contains(&item.owner.member().unwrap());
        for answer in answers.iter().filter(|answer| stays(answer)) {
            let target = Body::read(&answer.kind, answer.body.as_ref().unwrap()).unwrap().target().unwrap();
            let mut under = Some(target);
            while let Some(above) = under.and_then(|above| answers.iter().find(|item| item.id == above)) {
                if !stays(above) { break; }
                under = Body::read(&above.kind, above.body.as_ref().unwrap()).unwrap().target();
            }
            prop_assert!(under != Some(kudos.id) || kept.contains(&words_of(answer)));
        }
        // The wish arrives again after a restore: it comes to the same.
        prop_assert_eq!(hide(&kudos, &answers), hiding.clone());
        prop_assert_eq!(hide(&hiding.write[0], &[]).bury, None, "between them it is already");
    }

    /// Whoever likes thanks between two gets them between two, whatever the giver chose.
    #[test]
    fn a_wish_wins_over_every_audience(
        to in proptest::sample::subsequence((1..6_u8).collect::<Vec<_>>(), 1..4),
        wishing in proptest::sample::subsequence((1..6_u8).collect::<Vec<_>>(), 0..3),
        others in proptest::sample::subsequence((1..9_u8).collect::<Vec<_>>(), 0..4),
        shape in 0..4_u8,
    ) {
        let members = |numbers: &[u8]| numbers.iter().map(|number| member(&number.to_string())).collect::<Vec<_>>();
        let wishes = wishing.iter().map(|number| (kudos_wish_id(member(&number.to_string())), Body::KudosWish(KudosWish { wish: ThankMe::BetweenUs })));
        let team = Team { bodies: wishes.collect(), ..Team::default() };
        let audience = match shape {
            0 => Audience::Team,
            1 => Audience::Except(members(&others.into_iter().filter(|other| !to.contains(other)).collect::<Vec<_>>())),
            2 => Audience::Only(members(&to.iter().copied().chain(others.into_iter().filter(|other| !to.contains(other))).collect::<Vec<_>>())),
            _ => Audience::Only(members(&to.iter().rev().copied().collect::<Vec<_>>())),
        };
        let is_wished = wishing.iter().any(|number| to.contains(number));
        let op = Op { audience: audience.clone(), ..op("kudos", json!({"to": members(&to), "reason": "for the night with the printer"})) };
        let expected = if is_wished && !audience.is_only(&members(&to)) { "kudos_between" } else { "fine" };
        prop_assert_eq!(code(check(member("0"), &op, &team)), expected);
    }
}

#[test]
fn only_those_who_were_thanked_hide_kudos_and_nobody_is_told() {
    let mut team = Team::at(id("kudos"), "kudos", Owner::Member(member("0")), Audience::Team);
    let body = json!({"to": [member("1")], "reason": "for the night with the printer"});
    team.bodies
        .insert(id("kudos"), Body::read(&Kind::new("kudos"), &body).unwrap());
    let hidden = |by: &str, audience: Audience, team: &Team| {
        let id = kudos_hidden_id(member(by), id("kudos"));
        code(check(
            member(by),
            &Op {
                id,
                audience,
                ..op("kudos_hidden", json!({"kudos": crate::given::id("kudos")}))
            },
            team,
        ))
    };
    assert_eq!(hidden("1", Audience::Only(vec![member("1")]), &team), "fine");
    assert_eq!(hidden("2", Audience::Only(vec![member("2")]), &team), "not_found");
    assert_eq!(hidden("1", Audience::Team, &team), "not_private");
    // A restored endpoint may hear of the wish when the kudos are hidden already.
    team.bodies.clear();
    assert_eq!(hidden("1", Audience::Only(vec![member("1")]), &team), "fine");
}

#[test]
fn nobody_takes_the_place_that_hidden_kudos_will_need() {
    let body = json!({"to": [member("1")], "reason": "for the night with the printer", "instead_of": id("kudos")});
    let written = |id: ItemId, audience: Audience| {
        code(check(
            member("0"),
            &Op {
                id,
                audience,
                ..op("kudos", body.clone())
            },
            &Team::default(),
        ))
    };
    let few = || Audience::Only(vec![member("1")]);
    assert_eq!(written(between_id(member("0"), id("kudos")), few()), "fine");
    assert_eq!(
        written(between_id(member("0"), id("kudos")), Audience::Team),
        "not_private"
    );
    assert_eq!(written(between_id(member("2"), id("kudos")), few()), "bad_id");
    assert_eq!(written(id("new"), few()), "bad_id");
}

#[test]
fn kudos_are_changed_for_ten_minutes_of_the_writers_clock_even_when_they_arrive_later() {
    let created = time("2026-11-23T09:00:00Z");
    let existing = Existing {
        kind: Kind::new("kudos"),
        owner: Owner::Member(member("0")),
        audience: Audience::Team,
        created_at: created,
        is_gone: false,
    };
    let body = |reason: &str| json!({"to": [member("1")], "reason": reason});
    let team = Team {
        items: [(id("new"), existing)].into(),
        bodies: [(
            id("new"),
            Body::read(&Kind::new("kudos"), &body("for the printer that night")).unwrap(),
        )]
        .into(),
        clock: Some(time("2026-11-25T09:00:00Z")),
        ..Team::default()
    };
    let changed = |minutes: i64, reason: &str| {
        let op = Op {
            created_at: created.plus_minutes(minutes),
            ..op("kudos", body(reason))
        };
        code(check(member("0"), &op, &team))
    };
    assert_eq!(changed(10, "for the printer last night"), "fine");
    assert_eq!(changed(11, "for the printer last night"), "kudos_settled");
    assert_eq!(
        changed(11, "for the printer that night"),
        "fine",
        "sent again after a restore"
    );
    let reaction = reaction_id(member("1"), id("new"), "🎉");
    assert_ne!(
        reaction,
        reaction_id(member("1"), between_id(member("0"), id("new")), "🎉")
    );
}

#[test]
fn a_value_is_one_of_the_teams_when_the_kudos_are_written() {
    let values = json!({"values": [
        {"id": "care", "name": "Care", "emoji": "🫖"},
        {"id": "speed", "name": "Speed", "emoji": "🚀", "retired_at": "2026-11-23T11:00:00.000Z"},
    ]});
    let team = Team {
        bodies: [(
            samovar_domain::kinds::values_id(),
            Body::read(&Kind::new("values"), &values).unwrap(),
        )]
        .into(),
        ..Team::default()
    };
    let given = |value: &str, at: &str| {
        let body = json!({"to": [member("1")], "reason": "for the night with the printer", "value": value});
        code(check(
            member("0"),
            &Op {
                created_at: time(at),
                ..op("kudos", body)
            },
            &team,
        ))
    };
    assert_eq!(given("care", "2026-11-23T11:59:00Z"), "fine");
    assert_eq!(given("speed", "2026-11-23T11:59:00Z"), "unknown_value");
    assert_eq!(
        given("speed", "2026-11-23T10:59:00Z"),
        "fine",
        "written on a train before it was retired"
    );
    assert_eq!(given("wit", "2026-11-23T11:59:00Z"), "unknown_value");
    let admins = |writer: &str, body: serde_json::Value| {
        code(check(
            member(writer),
            &Op {
                id: samovar_domain::kinds::values_id(),
                ..op("values", body)
            },
            &team,
        ))
    };
    assert_eq!(admins("Ben", values.clone()), "fine");
    assert_eq!(admins("0", values), "not_admin");
    let one = |value: &str| json!({"values": [{"id": value, "name": "Care", "emoji": "🫖"}]});
    assert_eq!(admins("Ben", one("Care & co")), "bad_value");
    let twice = json!({"values": [one("a")["values"][0], one("a")["values"][0]]});
    assert_eq!(admins("Ben", twice), "doubled_value");
}

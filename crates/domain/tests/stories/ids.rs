//! Whose place an id is, and that what is hidden is answered like what never was.

use proptest::prelude::*;
use samovar_domain::check::check;
use samovar_domain::kinds::{focus_id, reaction_id, role_id, rsvp_id};
use samovar_domain::wire::Op;
use samovar_domain::{Audience, ItemId, Owner};
use serde_json::{Value, json};

use crate::check::{ALL_KINDS, Team, code, op, sound_body};
use crate::given::{id, member};

proptest! {
    /// Ids that follow from somebody else, or from something else, are never taken before their time.
    #[test]
    fn nobody_takes_a_place_that_is_to_be_anothers(kind in proptest::sample::select(ALL_KINDS.to_vec()), place in 0..8_u8, writer in 0..3_u8) {
        let writer = match writer { 0 => member("Ana"), 1 => member("Ben"), _ => member("0") };
        let whose = member("7");
        let id = match place {
            0 => focus_id(whose),
            1 => reaction_id(whose, id("x"), "🫖"),
            2 => rsvp_id(whose, id("x")),
            3 => role_id(member("to come")),
            4 => ItemId::derived(&["gathering", &id("series").to_string(), "2026-11-26"]),
            5 => whose.into(),
            6 => ItemId(uuid::Uuid::nil()),
            _ => ItemId(uuid::Uuid::max()),
        };
        let op = Op { id, ..op(kind, sound_body(kind)) };
        let found = code(check(writer, &op, &Team::default()));
        prop_assert!(matches!(found.as_str(), "bad_id" | "not_admin" | "not_owner" | "not_found"), "{kind}: {found}");
    }

    /// What is hidden is answered like what never was, in every word.
    #[test]
    fn a_hidden_item_is_answered_like_none(kind in proptest::sample::select(ALL_KINDS.to_vec()), hidden_kind in proptest::sample::select(ALL_KINDS.to_vec()), place in 0..3_u8, way in 0..3_u8, gone: bool, writer in 0..2_u8) {
        let writer = if writer == 0 { member("Ben") } else { member("0") };
        let whose = member("7");
        let id = match place {
            0 => focus_id(whose),
            1 => rsvp_id(whose, id("x")),
            _ => id("hidden"),
        };
        let mut team = Team::at(id, hidden_kind, Owner::Member(whose), Audience::Except(vec![member("Ben"), member("0")]));
        team.items.get_mut(&id).expect("it was just put there").is_gone = gone;
        let body = match way { 0 => Value::Null, 1 => sound_body(kind), _ => json!({"text": 7}) };
        let op = Op { id, ..op(kind, body) };
        let (with, without) = (check(writer, &op, &team), check(writer, &op, &Team::default()));
        match without {
            // Of an id that was never told nobody knows that it is there.
            Ok(_) => prop_assert_eq!(code(with), "bad_id"),
            Err(problem) => prop_assert_eq!(with, Err(problem)),
        }
    }
}

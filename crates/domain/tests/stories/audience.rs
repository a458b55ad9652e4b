//! Who may see an item.

use proptest::prelude::*;
use proptest::test_runner::Config;
use samovar_domain::{Audience, MemberId, Owner};

use crate::given::member;

fn members() -> impl Strategy<Value = Vec<MemberId>> {
    proptest::collection::vec((0..8_u8).prop_map(|number| member(&number.to_string())), 0..6)
}

fn audiences() -> impl Strategy<Value = Audience> {
    prop_oneof![
        Just(Audience::Team),
        members().prop_map(Audience::Only),
        members().prop_map(Audience::Except)
    ]
}

proptest! {
    #![proptest_config(Config::with_cases(10_000))]

    /// One predicate for pages, stream and desktop: the owner always; of the others all, those named, or those not named.
    #[test]
    fn an_item_is_seen_by_its_owner_and_whom_it_is_for(audience in audiences(), owner in 0..8_u8, of_team: bool, reader in 0..8_u8) {
        let (owner, reader) = (member(&owner.to_string()), member(&reader.to_string()));
        let is_named = audience.named().contains(&reader);
        let is_for_them = match audience {
            Audience::Team => true,
            Audience::Only(_) => is_named,
            Audience::Except(_) => !is_named,
        };
        let owned_by = if of_team { Owner::Team } else { Owner::Member(owner) };
        prop_assert_eq!(audience.admits(reader, &owned_by), is_for_them || (!of_team && reader == owner));
    }

    /// What the team makes of somebody's item is seen by the same people.
    #[test]
    fn the_team_can_show_to_the_same_people(audience in audiences(), owner in 0..8_u8, reader in 0..8_u8) {
        let (owner, reader) = (member(&owner.to_string()), member(&reader.to_string()));
        prop_assert_eq!(audience.with(owner).admits(reader, &Owner::Team), audience.admits(reader, &Owner::Member(owner)));
        prop_assert_eq!(audience.with(owner).with(owner), audience.with(owner));
    }

    #[test]
    fn an_owner_always_sees_their_own(audience in audiences()) {
        prop_assert!(audience.admits(member("0"), &Owner::Member(member("0"))));
    }

    #[test]
    fn only_and_except_are_opposites_for_everyone_else(named in members(), reader in 0..8_u8) {
        let (reader, owner) = (member(&reader.to_string()), Owner::Member(member("owner")));
        prop_assert_ne!(Audience::Only(named.clone()).admits(reader, &owner), Audience::Except(named).admits(reader, &owner));
    }

    #[test]
    fn an_audience_reads_back_as_it_is_written(audience in audiences()) {
        let json = serde_json::to_string(&audience).unwrap();
        prop_assert_eq!(serde_json::from_str::<Audience>(&json).unwrap(), audience);
    }
}

#[test]
fn what_the_team_owns_can_be_hidden_from_somebody_as_well() {
    let hidden = Audience::Except(vec![member("Ben")]);
    assert!(hidden.admits(member("Ana"), &Owner::Team));
    assert!(!hidden.admits(member("Ben"), &Owner::Team));
}

#[test]
fn audiences_are_written_as_the_wire_says() {
    let id = member("Ana");
    assert_eq!(serde_json::to_value(Audience::Team).unwrap(), serde_json::json!("team"));
    assert_eq!(
        serde_json::to_value(Audience::Only(vec![id])).unwrap(),
        serde_json::json!({"only": [id]})
    );
    assert_eq!(
        serde_json::to_value(Audience::Except(vec![id])).unwrap(),
        serde_json::json!({"except": [id]})
    );
}

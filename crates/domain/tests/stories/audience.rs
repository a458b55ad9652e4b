//! Who may see an item.

use proptest::prelude::*;
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

//! Which arriving item Ana is told of.

use proptest::prelude::*;
use samovar_domain::notices::{About, Arrival, Hear, Notice, NoticeView, TOLD_WITHIN, notice};
use samovar_domain::{Audience, Item, ItemId, Kind, Owner};
use serde_json::json;

use crate::given::{id, item, member, time};

const NOW: &str = "2026-11-23T12:00:00Z";

/// Ana's desktop: the items that are on it already.
struct Here(Vec<Item>);

impl NoticeView for Here {
    fn item(&self, id: ItemId) -> Option<Item> {
        self.0.iter().find(|item| item.id == id).cloned()
    }
}

fn arrival() -> Arrival {
    Arrival {
        now: time(NOW),
        is_new: true,
        is_first_sync: false,
    }
}

fn told(item: &Item) -> Option<Notice> {
    told_with(item, Hear::default(), arrival())
}

fn told_with(item: &Item, hear: Hear, arrival: Arrival) -> Option<Notice> {
    let mine = snapshot("Ana");
    let bens = Item {
        id: id("Ben's"),
        ..snapshot("Ben")
    };
    let over = Item {
        id: id("over"),
        expires_at: Some(time(NOW)),
        ..snapshot("Ana")
    };
    notice(item, member("Ana"), &Here(vec![mine, bens, over]), hear, arrival)
}

fn snapshot(owner: &str) -> Item {
    item(
        "snapshot",
        "snapshot",
        owner,
        "2026-11-23T11:59:00Z",
        json!({"text": "Fresh bread", "lifetime": "24h"}),
    )
}

fn kudos(owner: &str, to: &[&str]) -> Item {
    let to: Vec<_> = to.iter().map(|name| member(name)).collect();
    item(
        "kudos",
        "kudos",
        owner,
        NOW,
        json!({"to": to, "reason": "For the calm release"}),
    )
}

fn reply(owner: &str, target: &str) -> Item {
    item(
        "reply",
        "reply",
        owner,
        NOW,
        json!({"target": id(target), "text": "Lovely"}),
    )
}

fn reaction(owner: &str, target: &str) -> Item {
    item(
        "reaction",
        "reaction",
        owner,
        NOW,
        json!({"target": id(target), "emoji": "🫖"}),
    )
}

#[test]
fn ana_hears_of_bens_snapshot() {
    let told = told(&snapshot("Ben")).expect("a snapshot is told of");
    assert_eq!(told.key, format!("snapshot:{}", id("snapshot")));
    assert_eq!(
        told.about,
        About::Snapshot {
            from: member("Ben"),
            text: Some("Fresh bread".to_owned()),
            photos: Vec::new()
        }
    );
    assert_eq!(
        serde_json::from_value::<Notice>(serde_json::to_value(&told).unwrap()).unwrap(),
        told,
        "it can be held"
    );
}

#[test]
fn ana_hears_of_kudos_to_her_and_to_others() {
    let to_me = |item: &Item| match told(item).expect("kudos are told of").about {
        About::Kudos { to_me, .. } => to_me,
        other => panic!("{other:?}"),
    };
    assert!(to_me(&kudos("Ben", &["Cleo", "Ana"])));
    assert!(!to_me(&kudos("Ben", &["Cleo"])));
}

#[test]
fn ana_hears_of_answers_to_what_she_shared_only() {
    assert!(
        matches!(told(&reply("Ben", "snapshot")).unwrap().about, About::Reply { target_kind, .. } if target_kind == Kind::SNAPSHOT)
    );
    assert!(matches!(
        told(&reaction("Ben", "snapshot")).unwrap().about,
        About::Reaction { .. }
    ));
    for target in ["Ben's", "over", "never heard of"] {
        assert_eq!(told(&reply("Cleo", target)), None, "{target}");
        assert_eq!(told(&reaction("Cleo", target)), None, "{target}");
    }
}

#[test]
fn nobody_is_told_of_their_own_doing_or_of_what_is_not_for_them() {
    assert_eq!(told(&snapshot("Ana")), None);
    assert_eq!(told(&kudos("Ana", &["Ben"])), None);
    assert_eq!(
        told(&Item {
            audience: Audience::Except(vec![member("Ana")]),
            ..snapshot("Ben")
        }),
        None
    );
    assert_eq!(
        told(&Item {
            owner: Owner::Team,
            ..snapshot("Ben")
        }),
        None
    );
}

#[test]
fn nobody_is_told_of_what_is_gone_known_unreadable_or_of_a_newer_samovar() {
    assert_eq!(
        told(&Item {
            body: None,
            ..snapshot("Ben")
        }),
        None
    );
    assert_eq!(
        told(&Item {
            expires_at: Some(time(NOW)),
            ..snapshot("Ben")
        }),
        None
    );
    assert_eq!(
        told_with(
            &snapshot("Ben"),
            Hear::default(),
            Arrival {
                is_new: false,
                ..arrival()
            }
        ),
        None
    );
    assert_eq!(
        told(&Item {
            body: Some(json!({"lifetime": 3})),
            ..snapshot("Ben")
        }),
        None
    );
    assert_eq!(
        told(&Item {
            kind: Kind::new("hologram"),
            ..snapshot("Ben")
        }),
        None
    );
    assert_eq!(
        told(&Item {
            kind: Kind::new(Kind::FOCUS),
            body: Some(json!({"until": NOW})),
            ..snapshot("Ben")
        }),
        None
    );
}

#[test]
fn a_desktop_that_catches_up_does_not_shout() {
    assert_eq!(
        told_with(
            &snapshot("Ben"),
            Hear::default(),
            Arrival {
                is_first_sync: true,
                ..arrival()
            }
        ),
        None
    );
    let written = |ago| Item {
        created_at: time(NOW).minus(ago),
        ..kudos("Ben", &["Ana"])
    };
    assert!(told(&written(TOLD_WITHIN)).is_some());
    assert_eq!(told(&written(TOLD_WITHIN + std::time::Duration::from_millis(1))), None);
}

#[test]
fn each_switch_silences_its_own_and_nothing_else() {
    let items = [
        snapshot("Ben"),
        kudos("Ben", &["Ana"]),
        kudos("Ben", &["Cleo"]),
        reply("Ben", "snapshot"),
        reaction("Ben", "snapshot"),
    ];
    let heard = |hear: Hear| {
        items
            .iter()
            .map(|item| u8::from(told_with(item, hear, arrival()).is_some()))
            .collect::<Vec<_>>()
    };
    assert_eq!(heard(Hear::default()), [1, 1, 1, 1, 1]);
    assert_eq!(
        heard(Hear {
            snapshots: false,
            ..Hear::default()
        }),
        [0, 1, 1, 1, 1]
    );
    assert_eq!(
        heard(Hear {
            kudos_to_me: false,
            ..Hear::default()
        }),
        [1, 0, 1, 1, 1]
    );
    assert_eq!(
        heard(Hear {
            kudos_to_others: false,
            ..Hear::default()
        }),
        [1, 1, 0, 1, 1]
    );
    assert_eq!(
        heard(Hear {
            answers: false,
            ..Hear::default()
        }),
        [1, 1, 1, 0, 0]
    );
}

proptest! {
    /// The same item is told of under the same key, wherever and whenever it arrives.
    #[test]
    fn keys_end_in_the_items_id(name in "[a-z]{1,8}", minutes in 0..700_i64) {
        let item = Item { id: id(&name), ..snapshot("Ben") };
        let later = Arrival { now: time(NOW).plus_minutes(minutes), ..arrival() };
        let told = told_with(&item, Hear::default(), later).expect("within twelve hours");
        prop_assert_eq!(told.key, format!("snapshot:{}", item.id));
    }
}

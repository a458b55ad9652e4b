//! The search, with spellings, filters, pages, changes and whatever somebody may type.

use proptest::prelude::*;
use samovar_domain::kinds::between_id;
use samovar_domain::wire::Op;
use samovar_domain::{Audience, Epoch, Owner};
use serde_json::{Value, json};

use super::*;
use crate::store::Cursor;

const NOON: i64 = 1_780_000_000_000;

/// A desktop's store with Ana, whose desktop it is, Ben and Žofie in it.
struct Desktop {
    store: Store,
    members: [MemberId; 3],
    seq: Seq,
    _folder: tempfile::TempDir,
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_millis(NOON).plus_minutes(minute)
}

impl Desktop {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), 0, std::time::Duration::ZERO).unwrap().store;
        let members = [1, 2, 3].map(|minute| MemberId::new(at(-minute)));
        let mut desktop = Self {
            store,
            members,
            seq: 0,
            _folder: folder,
        };
        for (member, name) in members.into_iter().zip(["Ana", "Ben", "Žofie Nováková"]) {
            let body = json!({ "name": name, "time_zone": "UTC" });
            desktop.gets(Kind::MEMBER, member.into(), member, 0, Some(body)).await;
        }
        desktop
    }

    /// An item comes from the endpoint.
    async fn gets(&mut self, kind: &str, id: ItemId, owner: MemberId, minute: i64, body: Option<Value>) {
        self.seq += 1;
        let item = Item {
            id,
            kind: Kind::new(kind),
            owner: Owner::Member(owner),
            seq: self.seq,
            audience: Audience::Team,
            created_at: at(minute),
            updated_at: at(minute),
            expires_at: None,
            body,
        };
        let cursor = Cursor {
            epoch: Some(Epoch(uuid::Uuid::nil())),
            seq: self.seq,
        };
        self.store.apply(vec![item], cursor, None).await.unwrap();
    }

    /// Somebody thanks somebody, by their places in the team.
    async fn thanks(&mut self, from: usize, to: usize, minute: i64, reason: &str, value: Option<&str>) -> ItemId {
        let id = ItemId::new(at(minute));
        let mut body = json!({ "to": [self.members[to]], "reason": reason });
        if let Some(value) = value {
            body["value"] = json!(value);
        }
        self.gets(Kind::KUDOS, id, self.members[from], minute, Some(body)).await;
        id
    }

    async fn asks(&self, question: Question) -> Found {
        let question = Question {
            limit: if question.limit == 0 { 10 } else { question.limit },
            ..question
        };
        self.store
            .find_kudos(question, self.members[0], at(1_000))
            .await
            .unwrap()
    }

    async fn finds(&self, words: &str) -> Vec<ItemId> {
        let words = words.to_owned();
        self.asks(Question {
            words,
            ..Question::default()
        })
        .await
        .kudos
    }
}

#[tokio::test]
async fn words_are_found_by_their_beginnings_in_any_spelling() {
    let mut desktop = Desktop::open().await;
    let crepes = desktop.thanks(0, 1, 1, "for the Crêpes at half past nine", None).await;
    let printer = desktop.thanks(1, 2, 2, "for the night with the printer", None).await;
    let check = |words: &'static str, expected: Vec<ItemId>| {
        let desktop = &desktop;
        async move { assert_eq!(desktop.finds(words).await, expected, "{words}") }
    };
    check("", vec![printer, crepes]).await;
    check("crepe", vec![crepes]).await;
    check("CRE\u{302}PES", vec![crepes]).await; // with a mark of its own
    check("ni", vec![printer, crepes]).await;
    check("the night", vec![printer]).await;
    check("half night", vec![]).await;
    check("inter", vec![]).await;
    // A name means its bearer, who gives or gets.
    check("zofie", vec![printer]).await;
    check("novak nig", vec![printer]).await;
    check("ben", vec![printer, crepes]).await;
    check("ben crepes", vec![crepes]).await;
    check("!?", vec![]).await;
    check("   ", vec![printer, crepes]).await;
}

#[tokio::test]
async fn people_values_and_pages_narrow_the_wall() {
    let mut desktop = Desktop::open().await;
    let mut given = Vec::new();
    for minute in 0..25 {
        let value = (minute % 2 == 0).then_some("team-work");
        given.push(
            desktop
                .thanks(0, 1, minute / 3, "for one thing and another", value)
                .await,
        );
    }
    let other = desktop
        .thanks(2, 0, 30, "for something else", Some("team-work-hard"))
        .await;
    given.push(other);
    // In pages, each once, whatever stands at the same instant.
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let found = desktop
            .asks(Question {
                after,
                limit: 7,
                ..Question::default()
            })
            .await;
        seen.extend(found.kudos.iter().copied());
        after = found.kudos.last().copied();
        if !found.more {
            break;
        }
    }
    let mut all = given.clone();
    all.sort_unstable();
    let mut each = seen.clone();
    each.sort_unstable();
    assert_eq!((seen[0], each), (other, all));
    let of_zofie = Question {
        member: Some(desktop.members[2]),
        ..Question::default()
    };
    assert_eq!(desktop.asks(of_zofie).await.kudos, [other]);
    let for_value = |value: &str| Question {
        value: Some(value.to_owned()),
        limit: 100,
        ..Question::default()
    };
    assert_eq!(desktop.asks(for_value("team-work")).await.kudos.len(), 13);
    assert_eq!(desktop.asks(for_value("team-work-hard")).await.kudos, [other]);
    assert!(desktop.asks(for_value("team\" OR \"")).await.kudos.is_empty());
}

#[tokio::test]
async fn the_search_follows_what_changes_and_goes() {
    let mut desktop = Desktop::open().await;
    let id = desktop.thanks(0, 1, 1, "for the night with the printer", None).await;
    let [ana, ben, _] = desktop.members;
    let said = |reason: &str| Some(json!({ "to": [ben], "reason": reason }));
    desktop
        .gets(Kind::KUDOS, id, ana, 1, said("for the morning after"))
        .await;
    assert_eq!(desktop.finds("printer").await, []);
    assert_eq!(desktop.finds("morning").await, [id]);
    desktop.gets(Kind::KUDOS, id, ana, 1, None).await;
    assert_eq!(desktop.finds("morning").await, []);
    assert_eq!(desktop.finds("").await, []);
    // What stands in its place, for those few, is found as any other.
    let between = between_id(ana, id);
    desktop
        .gets(Kind::KUDOS, between, ana, 1, said("for the morning after"))
        .await;
    assert_eq!(desktop.finds("morning").await, [between]);
    // A team that is fetched anew is searched anew.
    desktop.store.begin_resync().await.unwrap();
    let cursor = desktop.store.cursor().await.unwrap();
    desktop.store.finish_resync(cursor, ana, at(2)).await.unwrap();
    assert_eq!(desktop.finds("morning").await, []);
}

#[tokio::test]
async fn what_waits_is_found_as_it_will_be() {
    let mut desktop = Desktop::open().await;
    let old = desktop.thanks(0, 1, 1, "for the night with the printer", None).await;
    let gone = desktop.thanks(0, 1, 2, "for the night with the scanner", None).await;
    let ben = desktop.members[1];
    let waits = |id, body| Op {
        n: 0,
        id,
        kind: Kind::new(Kind::KUDOS),
        audience: Audience::Team,
        created_at: at(9),
        body,
    };
    let said = |reason: &str| Some(json!({ "to": [ben], "reason": reason }));
    let new = ItemId::new(at(9));
    for op in [
        waits(new, said("for the Käsekuchen")),
        waits(old, said("for the printer, and the ink")),
        waits(gone, None),
    ] {
        desktop.store.queue(op, Vec::new(), Vec::new()).await.unwrap();
    }
    assert_eq!(desktop.finds("kasekuchen").await, [new]);
    assert_eq!(desktop.finds("ink").await, [old]);
    assert_eq!(desktop.finds("night").await, []);
    assert_eq!(desktop.finds("ben").await, [new, old]);
    assert_eq!(desktop.finds("").await, [new, old]);
    let found = desktop.asks(Question::default()).await;
    let shown = found.items.iter().find(|item| item.id == old).unwrap();
    assert_eq!(shown.body.as_ref().unwrap()["reason"], "for the printer, and the ink");
}

#[test]
fn nothing_that_can_be_typed_breaks_the_search() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut desktop = runtime.block_on(Desktop::open());
    let id = runtime.block_on(desktop.thanks(0, 1, 1, "for \"NEAR\" the AND-gate* (reason:people)", None));
    let odd = prop_oneof![
        ".{0,40}",
        "[\"*():^+ANDORNEAT{}-]{0,30}",
        "(reason|people) ?: ?\"?[a-z]*\"?",
    ];
    let config = ProptestConfig::with_cases(10_000);
    let mut runner = proptest::test_runner::TestRunner::new(config);
    runner
        .run(&odd, |words| {
            let found = runtime.block_on(desktop.finds(&words));
            prop_assert!(found.is_empty() || found == [id]);
            Ok(())
        })
        .unwrap();
    assert_eq!(runtime.block_on(desktop.finds("near and-gate")), [id]);
}

use std::time::Duration;

use samovar_domain::wire::{Op, OpResult};
use samovar_domain::{Audience, Epoch, Item, ItemId, Kind, MemberId, Owner, Timestamp};
use serde_json::json;

use crate::store::{Cursor, Store};

/// Whoever deletes something and hears that it is done, but not yet what the stream says of it, deletes it again when the
/// endpoint is restored to before: however slow the clock of their computer is, and that of the node that says so.
#[tokio::test]
async fn what_was_just_deleted_stays_deleted_whatever_the_clock_says() {
    for minutes in [1, -1, 0] {
        stays_deleted(minutes).await;
    }
}

/// The answer says that it is so many minutes later than the item does.
async fn stays_deleted(minutes: i64) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), 0, Duration::from_secs(5)).unwrap().store;
    let nine: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
    let (me, id) = (MemberId::new(nine), ItemId::new(nine));
    let item = Item {
        id,
        kind: Kind::new(Kind::SNAPSHOT),
        owner: Owner::Member(me),
        seq: 7,
        audience: Audience::Team,
        created_at: nine,
        updated_at: nine,
        expires_at: None,
        body: Some(json!({ "text": "Said too quickly.", "photos": [], "lifetime": "24h" })),
    };
    let at = |epoch: u128, seq| Cursor {
        epoch: Some(Epoch(uuid::Uuid::from_u128(epoch))),
        seq,
    };
    store.apply(vec![item.clone()], at(1, 7), None).await.unwrap();
    let deletion = Op {
        n: 0,
        id,
        kind: item.kind.clone(),
        audience: Audience::Team,
        // An hour slow.
        created_at: nine.plus_minutes(-59),
        body: None,
    };
    store.queue(deletion.clone(), Vec::new(), Vec::new()).await.unwrap();
    let passed = OpResult {
        n: 1,
        seq: Some(8),
        problem: None,
    };
    let told_at = nine.plus_minutes(minutes);
    let deletion = Op { n: 1, ..deletion };
    store
        .settle(me, vec![(deletion, passed)], (at(1, 0).epoch, told_at))
        .await
        .unwrap();
    assert_eq!(store.outbox().await.unwrap(), []);
    // Restored to before the deletion.
    store.begin_resync().await.unwrap();
    store.collect(vec![item]).await.unwrap();
    let is_something_lost = store.finish_resync(at(2, 7), me, nine.plus_minutes(-58)).await;
    assert!(is_something_lost.unwrap());
    let again = store.outbox().await.unwrap();
    assert_eq!(again.len(), 1);
    assert_eq!((again[0].op.id, &again[0].op.body), (id, &None));
}

/// An answer that was long on its way comes when the team has been fetched anew from an endpoint that was restored: it says
/// nothing of that one, which may never have heard of the op. So the op waits on, and is sent again.
#[tokio::test]
async fn an_answer_from_a_life_that_is_over_confirms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), 0, Duration::from_secs(5)).unwrap().store;
    let nine: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
    let me = MemberId::new(nine);
    let epoch = |number| Some(Epoch(uuid::Uuid::from_u128(number)));
    let at = |number, seq| Cursor {
        epoch: epoch(number),
        seq,
    };
    store.apply(Vec::new(), at(1, 7), None).await.unwrap();
    let op = Op {
        n: 1,
        id: ItemId::new(nine),
        kind: Kind::new(Kind::SNAPSHOT),
        audience: Audience::Team,
        created_at: nine,
        body: Some(json!({ "text": "Tea?", "photos": [], "lifetime": "24h" })),
    };
    store.queue(op.clone(), Vec::new(), Vec::new()).await.unwrap();
    store.begin_resync().await.unwrap();
    store.finish_resync(at(2, 5), me, nine).await.unwrap();
    let result = OpResult {
        n: 1,
        seq: Some(8),
        problem: None,
    };
    let told = vec![(op.clone(), result)];
    store.settle(me, told.clone(), (epoch(1), nine)).await.unwrap();
    assert_eq!(store.outbox().await.unwrap().len(), 1, "it waits on");
    store.settle(me, told, (epoch(2), nine)).await.unwrap();
    assert_eq!(store.outbox().await.unwrap(), []);
}

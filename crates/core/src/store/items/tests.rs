//! What is put in the place of something else, in a team with more than one statement changes.

use std::collections::BTreeSet;
use std::time::Duration;

use samovar_domain::Audience;
use serde_json::json;

use super::*;
use crate::store::Beside;

const MANY: u64 = 2 * ROWS_AT_ONCE as u64 + 345;

fn nine() -> Timestamp {
    Timestamp::from_millis(1_780_000_000_000)
}

/// So many thanks, from `first` on.
fn thanks(first: u64) -> Vec<Item> {
    let (ana, ben) = (MemberId::derived(&["Ana"]), MemberId::derived(&["Ben"]));
    let thank = |n: u64| Item {
        id: ItemId::derived(&["thanks", &n.to_string()]),
        kind: Kind::new(Kind::KUDOS),
        owner: Owner::Member(ben),
        seq: n,
        audience: Audience::Team,
        created_at: nine(),
        updated_at: nine(),
        expires_at: None,
        body: Some(json!({ "to": [ana], "reason": format!("for cup number {n}") })),
    };
    (first..first + MANY).map(thank).collect()
}

fn at(epoch: u128, seq: Seq) -> Cursor {
    Cursor {
        epoch: Some(Epoch(uuid::Uuid::from_u128(epoch))),
        seq,
    }
}

fn ids(items: &[Item]) -> BTreeSet<ItemId> {
    items.iter().map(|item| item.id).collect()
}

#[tokio::test]
async fn a_large_team_is_exchanged_whole() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), 0, Duration::from_secs(5)).unwrap().store;
    let ana = MemberId::derived(&["Ana"]);
    let here = async || {
        let since = nine().plus_minutes(-1);
        ids(&store.items(Beside::Kudos { since }, ana, nine()).await.unwrap())
    };
    let old = thanks(1);
    store.apply(old.clone(), at(1, MANY), None).await.unwrap();
    assert!(here().await == ids(&old), "all of them");

    let fresh = thanks(MANY / 2);
    store.begin_resync().await.unwrap();
    store.collect(fresh.clone()).await.unwrap();
    store.finish_resync(at(2, 2 * MANY), ana, nine()).await.unwrap();
    assert!(here().await == ids(&fresh), "all of these, and nothing else");

    // Nothing is left of a copy that was collected in vain, nor of the one before.
    store.begin_resync().await.unwrap();
    store.collect(old).await.unwrap();
    store.begin_resync().await.unwrap();
    store.finish_resync(at(3, 0), ana, nine()).await.unwrap();
    assert_eq!(here().await, BTreeSet::new());
}

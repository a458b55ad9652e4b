//! What is read of what adds up, and that it is never looked for in everything.

use std::time::Duration;

use rusqlite::Connection;
use samovar_domain::wire::Op;
use samovar_domain::{Audience, Epoch, Seq};
use serde_json::{Value, json};

use super::*;
use crate::store::{Cursor, kudos};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_millis(1_780_000_000_000).plus_minutes(minute)
}

/// A desktop's store: Ana's, with Ben in the team.
struct Desktop {
    store: Store,
    ana: MemberId,
    ben: MemberId,
    seq: Seq,
    folder: tempfile::TempDir,
}

impl Desktop {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), 0, Duration::from_secs(1)).unwrap().store;
        Self {
            store,
            ana: MemberId::derived(&["Ana"]),
            ben: MemberId::derived(&["Ben"]),
            seq: 0,
            folder,
        }
    }

    /// An item of Ben's comes from the endpoint.
    async fn gets(&mut self, kind: &str, minute: i64, body: Option<Value>) -> ItemId {
        self.gets_of(self.ben, kind, minute, body).await
    }

    async fn gets_of(&mut self, owner: MemberId, kind: &str, minute: i64, body: Option<Value>) -> ItemId {
        self.seq += 1;
        let item = Item {
            id: ItemId::new(at(minute)),
            kind: Kind::new(kind),
            owner: Owner::Member(owner),
            seq: self.seq,
            audience: Audience::Team,
            created_at: at(minute),
            updated_at: at(minute),
            expires_at: None,
            body,
        };
        let id = item.id;
        let cursor = Cursor {
            epoch: Some(Epoch(uuid::Uuid::nil())),
            seq: self.seq,
        };
        self.store.apply(vec![item], cursor, None).await.unwrap();
        id
    }

    async fn kudos(&mut self, minute: i64) -> ItemId {
        let body = json!({ "to": [self.ana], "reason": "for the bread" });
        self.gets(Kind::KUDOS, minute, Some(body)).await
    }

    async fn snapshot(&mut self, minute: i64) -> ItemId {
        let body = json!({ "text": "tea", "lifetime": "day" });
        self.gets(Kind::SNAPSHOT, minute, Some(body)).await
    }

    async fn heart(&mut self, target: ItemId) -> ItemId {
        let body = json!({ "target": target, "emoji": "❤️" });
        self.gets(Kind::REACTION, 5, Some(body)).await
    }

    async fn reads(&self, beside: Beside) -> Vec<ItemId> {
        let items = self.store.items(beside, self.ana, at(100)).await.unwrap();
        let mut ids: Vec<ItemId> = items.into_iter().map(|item| item.id).collect();
        ids.sort_unstable();
        ids
    }
}

fn sorted<const N: usize>(mut ids: [ItemId; N]) -> Vec<ItemId> {
    ids.sort_unstable();
    ids.to_vec()
}

#[tokio::test]
async fn of_what_adds_up_only_that_is_read_which_is_asked_for() {
    let mut desktop = Desktop::open();
    let snapshot = desktop.snapshot(0).await;
    let old = desktop.kudos(-50).await;
    let new = desktop.kudos(1).await;
    let under_snapshot = desktop.heart(snapshot).await;
    let under_old = desktop.heart(old).await;
    let under_new = desktop.heart(new).await;
    let own = desktop
        .gets_of(
            desktop.ana,
            Kind::KUDOS,
            -90,
            Some(json!({ "to": [], "reason": "for the tea" })),
        )
        .await;

    assert_eq!(desktop.reads(Beside::Nothing).await, [snapshot]);
    let cards = Beside::Cards { since: at(0) };
    let expected = sorted([snapshot, new, under_snapshot, under_new]);
    assert_eq!(desktop.reads(cards).await, expected);
    let all = Beside::Kudos { since: at(-50) };
    assert_eq!(desktop.reads(all).await, sorted([snapshot, old, new]));
    let given = Beside::GivenBy(desktop.ana);
    assert_eq!(desktop.reads(given).await, sorted([snapshot, own]));
    let named = Beside::These(vec![under_old]);
    assert_eq!(
        desktop.reads(named).await,
        sorted([snapshot, old, under_old]),
        "and what it is on"
    );
}

#[tokio::test]
async fn what_was_deleted_is_read_only_by_its_name() {
    let mut desktop = Desktop::open();
    let deleted = desktop.gets(Kind::SNAPSHOT, 0, None).await;
    assert!(desktop.reads(Beside::Nothing).await.is_empty());
    assert_eq!(desktop.reads(Beside::These(vec![deleted])).await, [deleted]);
}

/// An edit knows nothing of when the kudos were given; that is where they stand.
#[tokio::test]
async fn an_edit_that_waits_is_laid_over_kudos_that_nobody_asked_for() {
    let mut desktop = Desktop::open();
    let given = json!({ "to": [desktop.ben], "reason": "for the bread" });
    let kudos = desktop.gets_of(desktop.ana, Kind::KUDOS, 1, Some(given)).await;
    let edit = Op {
        n: 0,
        id: kudos,
        kind: Kind::new(Kind::KUDOS),
        audience: Audience::Team,
        created_at: at(9),
        body: Some(json!({ "to": [desktop.ben], "reason": "for the bread and the tea" })),
    };
    desktop.store.queue(edit, Vec::new(), Vec::new()).await.unwrap();
    let items = desktop
        .store
        .items(Beside::Nothing, desktop.ana, at(100))
        .await
        .unwrap();
    let [item] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!((item.id, item.created_at), (kudos, at(1)));
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a look at the file from outside is what is wanted"
)]
fn nothing_is_looked_for_in_everything() {
    let desktop = Desktop::open();
    let db = Connection::open(desktop.folder.path().join("samovar.db")).unwrap();
    let check = |sql: &str, index: &str| {
        let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let parameters = vec![1; plan.parameter_count()];
        let steps = plan.query_map(rusqlite::params_from_iter(parameters), |row| row.get::<_, String>(3));
        let steps: Vec<String> = steps.unwrap().map(Result::unwrap).collect();
        let [step] = steps.as_slice() else {
            panic!("{sql}: {steps:?}")
        };
        assert!(step.contains(index), "{sql}: {step}");
    };
    check(&of_now_sql(), "SCAN items USING INDEX items_of_now");
    check(&kudos::beside_sql(), "SEARCH items USING INDEX items_of_now (kind=?)");
    check(&under_sql(), "USING INDEX items_under");
    check(&given_by_sql(), "USING INDEX kudos_by_owner");
    check(KUDOS_SINCE, "SEARCH kudos_places USING INTEGER PRIMARY KEY");
    check(crate::store::items::OVER, "INDEX items_by_end");
}

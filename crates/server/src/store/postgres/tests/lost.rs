//! A database that has lost what it had confirmed, and nodes that have not looked for long: nobody goes on with what leads
//! nowhere.

use samovar_domain::{Epoch, Kind};

use super::*;
use crate::store::conformance::{item_id, join, snapshot};

/// The epoch, once the team has one that is not `before`.
async fn next_epoch(store: &Arc<dyn Store>, before: Epoch) -> Epoch {
    let mut epoch = before;
    let waiting = async {
        while epoch == before {
            // In between it has none, and calls are answered with 503.
            if let Ok(team) = store.team().await {
                epoch = team.epoch;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        epoch
    };
    let waited = tokio::time::timeout(Duration::from_secs(30), waiting).await;
    waited.expect("a new epoch begins")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_has_lost_what_it_had_confirmed_begins_a_new_epoch() {
    let database = database().await;
    let nodes = [
        Node::following(&database.address()).await,
        Node::following(&database.address()).await,
    ];
    let mut ana = join(&nodes[0].store(), "Ana", true).await;
    let mut laptop = another(&nodes[1], &ana, "another").await;
    ana.say(1, "kept").await;
    let head = ana.store.team().await.unwrap().head;
    let lost = ana.say(2, "lost in the failover").await;
    for node in &nodes {
        until("both nodes have told of it", async || node.heard().contains(&lost)).await;
    }
    let back = format!(
        "BEGIN; DELETE FROM items WHERE seq > {head}; DELETE FROM op_results WHERE seq > {head};
         UPDATE devices SET last_n = (SELECT coalesce(max(n), 0) FROM op_results WHERE device = id);
         UPDATE team SET head = {head}; COMMIT"
    );
    database.admin().await.batch_execute(&back).await.unwrap();
    let epoch = next_epoch(&ana.store, ana.epoch).await;
    let op = laptop.op(Kind::SNAPSHOT, item_id(3), snapshot("said since"));
    assert_eq!(laptop.send(vec![op.clone()], start()).await, Err(StoreError::Resync));
    laptop.epoch = epoch;
    let again = laptop.send(vec![op], start()).await.unwrap().remove(0).seq;
    assert_eq!(again, Some(lost), "the place is given out again");
    for node in &nodes {
        until("it is heard, too", async || {
            node.heard().iter().filter(|seq| **seq == lost).count() == 2
        })
        .await;
        assert_eq!(*node.anew.lock().unwrap(), [head], "readers come anew, once");
        assert_eq!(node.store.team().await.unwrap().epoch, epoch, "one epoch for all nodes");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_that_is_put_in_place_while_a_node_runs_begins_a_new_epoch() {
    let database = database().await;
    let node = Node::following(&database.address()).await;
    let team = node.store.team().await.unwrap();
    let emptied = "UPDATE team SET epoch = ''";
    database.admin().await.batch_execute(emptied).await.unwrap();
    next_epoch(&node.store(), team.epoch).await;
    until("readers come anew", async || *node.anew.lock().unwrap() == [team.head]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_has_not_looked_for_long_has_its_readers_come_anew() {
    let database = database().await;
    let node = Node::open(&database.address()).await;
    let ana = join(&node.store(), "Ana", true).await;
    let last_looked = |at: i64| {
        let follower = node.store.follower.lock().unwrap();
        let publisher = &follower.as_ref().unwrap().publisher;
        let told = publisher.told();
        publisher.begin_anew(&told, Stand { at, ..told.clone() });
        node.anew.lock().unwrap().clear();
    };
    // It may have missed that devices were ended, so none is told of anything before it was asked for its token again.
    last_looked(1);
    node.heard.lock().unwrap().clear();
    let mut laptop = another(&node, &ana, "another").await;
    assert_eq!(node.anew.lock().unwrap().len(), 1, "whoever writes notices");
    last_looked(1);
    let seq = laptop.say(1, "told to those who come").await;
    assert_eq!((node.heard(), node.anew.lock().unwrap().clone()), (vec![], vec![seq]));
    last_looked(1);
    node.store.follow();
    until("whoever looks notices", async || node.anew.lock().unwrap().len() == 1).await;
    let seq = laptop.say(2, "as ever").await;
    assert_eq!((node.heard(), node.anew.lock().unwrap().len()), (vec![seq], 1));
}

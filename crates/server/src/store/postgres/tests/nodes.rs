//! Several nodes on one database.

use samovar_domain::wire::{MirrorRequest, MirrorSubject, MirrorTarget};
use samovar_domain::{Audience, Kind};
use serde_json::json;

use super::*;
use crate::mirrors::Outcome;
use crate::store::StoreError;
use crate::store::conformance::{hours, item_id, join, kudos, teatime};

/// Two nodes write at the same time, the same items too; each is told of all that both wrote, in order, its own writes
/// before they are answered.
async fn write_on_both(database: Database, query: &str, hardly_looks: bool) {
    let address = format!("{}{query}", database.address());
    let (here, there) = (Node::open(&address).await, Node::open(&address).await);
    for node in [&here, &there] {
        if hardly_looks {
            node.look_hardly_ever();
        }
        node.store.follow();
    }
    let ana = join(&here.store(), "Ana", true).await;
    let nodes = Arc::new([here, there]);
    let mut writing = Vec::new();
    for n in 0..6_u128 {
        let at = (n % 2) as usize;
        let mut session = another(&nodes[at], &ana, &format!("device {n}")).await;
        let nodes = Arc::clone(&nodes);
        writing.push(tokio::spawn(async move {
            let mut seqs = Vec::new();
            for m in 0..20_u128 {
                // Three items of each device, written over again and again.
                let seq = session.say(n * 3 + m % 3, &format!("{n} says {m}")).await;
                assert!(nodes[at].heard().contains(&seq), "told before it is answered");
                seqs.push(seq);
            }
            assert!(seqs.is_sorted());
            seqs
        }));
    }
    let mut seqs = Vec::new();
    for one in writing {
        seqs.extend(one.await.unwrap());
    }
    seqs.sort_unstable();
    let head = ana.store.team().await.unwrap().head;
    let expect: Vec<Seq> = (head + 1 - seqs.len() as Seq..=head).collect();
    assert_eq!(seqs, expect, "no place is taken twice or left out");
    for node in &*nodes {
        until("the other node's writes are heard", async || {
            node.heard().last() == Some(&head)
        })
        .await;
        let heard = node.heard();
        assert!(heard.is_sorted_by(|before, after| before < after), "{heard:?}");
        // Of what was written over meanwhile the newest is heard; whatever is there now, was told.
        for item in ana.page(0).await.items.into_iter().filter(|item| item.seq > heard[0]) {
            assert!(node.heard.lock().unwrap().contains(&item), "{item:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_hear_of_each_other_without_being_told() {
    write_on_both(database().await, "&notify=off", false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_tell_each_other() {
    write_on_both(database().await, "", true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_comes_twice_or_for_nothing_has_nothing_told_twice() {
    let database = database().await;
    let (here, there) = (
        Node::open(&database.address()).await,
        Node::open(&database.address()).await,
    );
    let publisher = Arc::clone(&there.store.follower.lock().unwrap().as_ref().unwrap().publisher);
    for node in [&here, &there] {
        node.look_hardly_ever();
        node.store.follow();
    }
    let mut ana = join(&here.store(), "Ana", true).await;
    let admin = database.admin().await;
    for n in 0..10 {
        let seq = ana.say(n % 3, "said once").await;
        until("it is heard", async || there.heard().last() == Some(&seq)).await;
        let looked = publisher.told().at;
        until("it looks again, since it is called again", async || {
            admin.batch_execute("NOTIFY samovar").await.unwrap();
            publisher.told().at > looked
        })
        .await;
    }
    for node in [&here, &there] {
        let heard = node.heard();
        assert!(heard.is_sorted_by(|before, after| before < after), "{heard:?}");
        assert_eq!(heard.last(), Some(&ana.store.team().await.unwrap().head));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_do_as_they_do_whatever_the_database_is_set_to() {
    let database = database().await;
    let set = "DO $$BEGIN
        EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = serializable', current_database());
        EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database());
    END$$";
    database.admin().await.batch_execute(set).await.unwrap();
    let address = database.address();
    let (one, two) = tokio::join!(Node::open(&address), Node::open(&address));
    assert_eq!(one.store.team().await.unwrap(), two.store.team().await.unwrap());
    let asking = one.store.writer.write(|db, _| {
        let isolation: String = db.query_row("SHOW transaction_isolation", [], |row| row.get(0))?;
        let commits: String = db.query_row("SHOW synchronous_commit", [], |row| row.get(0))?;
        Ok((isolation, commits))
    });
    assert_eq!(asking.await.unwrap(), ("read committed".to_owned(), "on".to_owned()));
    write_on_both(database, "", false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_elsewhere_is_heard_in_a_quarter_of_a_second() {
    let database = database().await;
    let address = format!("{}&notify=off", database.address());
    let (here, there) = (Node::following(&address).await, Node::following(&address).await);
    let mut ana = join(&here.store(), "Ana", true).await;
    // On a machine that is busy with other tests some tries may take longer; a store that is late is late each time. The
    // first one falls anywhere between two looks, each other one right behind a look.
    let mut fastest = Duration::MAX;
    for n in 0..50 {
        let seq = ana.say(n, "now").await;
        let answered = tokio::time::Instant::now();
        until("it is heard", async || there.heard().contains(&seq)).await;
        if n > 0 {
            fastest = fastest.min(answered.elapsed());
        }
        if fastest < Duration::from_millis(250) {
            return;
        }
    }
    panic!("{fastest:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_op_that_is_sent_to_both_nodes_is_done_once() {
    let database = database().await;
    let (here, there) = (
        Node::open(&database.address()).await,
        Node::open(&database.address()).await,
    );
    let mut ana = join(&here.store(), "Ana", true).await;
    let head = ana.store.team().await.unwrap().head;
    for n in 0..10 {
        let op = ana.op(Kind::SNAPSHOT, item_id(n), json!({ "text": "once", "lifetime": "24h" }));
        let (first, second) = (here.for_this(&ana), there.for_this(&ana));
        let (first, second) = tokio::join!(first.send(vec![op.clone()], start()), second.send(vec![op], start()));
        assert_eq!(first.unwrap(), second.unwrap());
    }
    assert_eq!(ana.store.team().await.unwrap().head, head + 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_to_happen_once_happens_once() {
    let database = database().await;
    let nodes = [
        Node::open(&database.address()).await,
        Node::open(&database.address()).await,
    ];
    let mut ana = join(&nodes[0].store(), "Ana", true).await;
    let mut ben = join(&nodes[0].store(), "Ben", false).await;
    for one in [&mut ana, &mut ben] {
        let id = samovar_domain::kinds::pair_opt_in_id(one.member());
        let (audience, body) = (Audience::Only(vec![one.member()]), json!({ "every_weeks": 1 }));
        one.write_for(start(), audience, Kind::PAIR_OPT_IN, id, body).await;
    }
    ana.write(Kind::SERIES, item_id(1), teatime("thu", "15:00")).await;
    // In a week there are gatherings to be made that the series did not make itself.
    let now = hours(7 * 24);
    let before = ana.store.team().await.unwrap().head;
    let mut doing = Vec::new();
    for n in 0..8_u8 {
        let store = nodes[usize::from(n % 2)].store();
        doing.push(tokio::spawn(async move {
            store.plan_gatherings(now).await.unwrap();
            store.draw_pairs(now, [n; 32]).await.unwrap();
        }));
    }
    for one in doing {
        one.await.unwrap();
    }
    let items = ana.page(0).await.items;
    let count = |kind: &str| {
        items
            .iter()
            .filter(|item| item.kind == kind && item.seq > before)
            .count()
    };
    assert_eq!((count(Kind::GATHERING), count(Kind::PAIRING)), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_that_start_at_once_make_one_team() {
    let database = database().await;
    let address = database.address();
    let (one, two, three) = tokio::join!(Node::open(&address), Node::open(&address), Node::open(&address));
    let team = one.store.team().await.unwrap();
    assert_eq!(two.store.team().await.unwrap(), team);
    assert_eq!(three.store.team().await.unwrap(), team);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_is_ended_on_one_node_is_ended_on_the_other() {
    let database = database().await;
    let here = Node::following(&database.address()).await;
    let admin = database.admin().await;
    let old = "INSERT INTO revocations (device, at) VALUES ('00000000-0000-7000-8000-000000000000', 1)";
    admin.batch_execute(old).await.unwrap();
    let there = Node::following(&database.address()).await;
    let ana = join(&here.store(), "Ana", true).await;
    let gone = another(&here, &ana, "another").await;
    here.store
        .delete_device(ana.caller, gone.caller.device, start())
        .await
        .unwrap();
    assert!(
        here.revoked.lock().unwrap().contains(&gone.caller.device),
        "before it is answered"
    );
    until("the other node hears of it", async || {
        there.revoked.lock().unwrap().contains(&gone.caller.device)
    })
    .await;
    assert!(there.for_this(&gone).send(Vec::new(), start()).await == Err(StoreError::UnknownDevice));
    until("what nobody needs any more goes", async || {
        let rows = admin.query("SELECT device FROM revocations", &[]).await.unwrap();
        rows.iter()
            .all(|row| row.get::<_, &str>(0) == gone.caller.device.to_string())
    })
    .await;
}

/// What a node tells, in the order in which it does.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    End(DeviceId),
    Item(Seq),
}

/// A device is ended on one node, something is written there, and then `next` happens at another one that has heard of
/// neither: it tells of the end first.
async fn end_comes_first(next: impl AsyncFnOnce(&PostgresStore, &Writing)) {
    let database = database().await;
    let here = Node::open(&database.address()).await;
    let ana = join(&here.store(), "Ana", true).await;
    let gone = another(&here, &ana, "another").await;
    let told = Arc::<Mutex<Vec<Told>>>::default();
    let tells = Arc::clone(&told);
    let committed: Committed = Arc::new(move |commit| {
        let mut told = tells.lock().unwrap();
        told.extend(commit.revoked.into_iter().map(Told::End));
        told.extend(commit.items.iter().map(|item| Told::Item(item.seq)));
    });
    let (_folder, blobs) = photos();
    let opened = PostgresStore::open(&database.address(), blobs, &Still(start()), committed).await;
    let there = Arc::new(opened.unwrap());
    let ends = here.store.delete_device(ana.caller, gone.caller.device, start());
    ends.await.unwrap();
    let seq = ana.clone().say(1, "not for that one").await;
    let mut at_there = ana.clone();
    at_there.store = Arc::clone(&there) as Arc<dyn Store>;
    next(&there, &at_there).await;
    until("it is told", async || told.lock().unwrap().contains(&Told::Item(seq))).await;
    let told = told.lock().unwrap();
    let first = told.iter().position(|one| *one == Told::End(gone.caller.device));
    let then = told.iter().position(|one| *one == Told::Item(seq));
    assert!(first.is_some() && first < then, "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_looks_tells_of_an_ended_device_before_what_was_written_since() {
    end_comes_first(async |there, _| there.follow()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_writes_tells_of_an_ended_device_before_what_was_written_since() {
    end_comes_first(async |_, ana| {
        ana.store.forget_invites(start()).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_node_at_a_time_carries_to_mirrors() {
    let database = database().await;
    let (here, there) = (
        Node::open(&database.address()).await,
        Node::open(&database.address()).await,
    );
    let mut ana = join(&here.store(), "Ana", true).await;
    let ben = join(&here.store(), "Ben", false).await;
    let request = MirrorRequest {
        name: "everyone's channel".to_owned(),
        target: MirrorTarget::Teams {
            url: "https://example.org/".to_owned(),
        },
        shows: vec![MirrorSubject::Kudos],
        language: None,
    };
    let mirror = here.store.add_mirror(None, request, start()).await.unwrap();
    for n in 1..=2 {
        ana.write(Kind::KUDOS, item_id(n), kudos(&ben)).await;
    }
    let load = here
        .store
        .take_load(mirror, start())
        .await
        .unwrap()
        .expect("thanks wait");
    assert_eq!(there.store.take_load(mirror, start()).await.unwrap(), None);
    assert_eq!(there.store.mirrors_due().await.unwrap(), []);
    assert_eq!(here.store.mirrors_due().await.unwrap().len(), 1);

    // The first node is not heard of any more, as far as anybody knows.
    let admin = database.admin().await;
    assert_eq!(admin.execute("UPDATE leases SET until = 0", &[]).await.unwrap(), 1);
    assert_eq!(there.store.mirrors_due().await.unwrap().len(), 1);
    let next = there
        .store
        .take_load(mirror, start())
        .await
        .unwrap()
        .expect("other thanks wait");
    assert_ne!(next.deed, load.deed, "what may have arrived is not shown again");
    // And what it says when it comes back changes nothing: another one has seen to that.
    let later = Outcome::Later {
        after: None,
        trouble: crate::mirrors::Trouble::Unreachable,
    };
    here.store.settle_load(load, later, start()).await.unwrap();
    let health = there.store.mirrors(None, start()).await.unwrap().remove(0);
    assert_eq!((health.uncertain, health.trouble), (1, None));
    let done = Outcome::Done { reference: None };
    there.store.settle_load(next, done, start()).await.unwrap();
    let health = there.store.mirrors(None, start()).await.unwrap().remove(0);
    assert_eq!(health.waiting, 0);

    // A node that ends in good order keeps nobody waiting.
    there.store.leave().await;
    assert!(admin.query("SELECT FROM leases", &[]).await.unwrap().is_empty());
}

//! A server that comes and goes, and connections that break.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use samovar_domain::{BlobHash, ItemId, Kind};
use tokio::task::JoinHandle;

use super::*;
use crate::store::conformance::{item_id, join, snapshot};

/// What writers have come to.
#[derive(Default)]
struct Tally {
    acknowledged: AtomicUsize,
    failed: AtomicUsize,
    is_over: AtomicBool,
}

impl Tally {
    fn acknowledged(&self) -> usize {
        self.acknowledged.load(Ordering::Relaxed)
    }

    fn failed(&self) -> usize {
        self.failed.load(Ordering::Relaxed)
    }

    async fn more_acknowledged(&self, more: usize) {
        let before = self.acknowledged();
        until("writes are answered", async || self.acknowledged() >= before + more).await;
    }
}

/// Writes one thing after the other, each again until it is answered, and returns what was.
fn write(node: &Node, session: &Writing, device: u128, tally: &Arc<Tally>) -> JoinHandle<Vec<ItemId>> {
    let (mut session, tally) = (node.for_this(session), Arc::clone(tally));
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while !tally.is_over.load(Ordering::Relaxed) {
            let id = item_id(device * 100_000 + kept.len() as u128);
            let op = session.op(Kind::SNAPSHOT, id, snapshot("still here"));
            loop {
                match session.send(vec![op.clone()], start()).await {
                    Ok(results) => {
                        assert!(results[0].seq.is_some(), "{results:?}");
                        break;
                    }
                    Err(StoreError::Failed(_)) => {
                        tally.failed.fetch_add(1, Ordering::Relaxed);
                        tokio::time::sleep(Duration::from_millis(5)).await;
                    }
                    Err(other) => panic!("{other:?}"),
                }
            }
            kept.push(id);
            tally.acknowledged.fetch_add(1, Ordering::Relaxed);
        }
        kept
    })
}

/// Two nodes with writers at each, in the middle of whose work `trouble` is made. Nothing that was answered is lost or done
/// twice, and both nodes hear of all of it.
async fn write_through(database: Database, trouble: impl AsyncFnOnce(&Tally)) {
    let nodes = [
        Node::following(&database.address()).await,
        Node::following(&database.address()).await,
    ];
    let ana = join(&nodes[0].store(), "Ana", true).await;
    let tally = Arc::<Tally>::default();
    let mut writing = Vec::new();
    for n in 0..4_u128 {
        let token = format!("device {n}");
        let device = nodes[0].store.enrol(ana.caller, "one of many", &token, start()).await;
        let mut session = ana.clone();
        session.caller.device = device.unwrap();
        writing.push(write(&nodes[(n % 2) as usize], &session, n, &tally));
    }
    tally.more_acknowledged(20).await;
    trouble(&tally).await;
    tally.more_acknowledged(20).await;
    tally.is_over.store(true, Ordering::Relaxed);
    let mut kept = Vec::new();
    for one in writing {
        kept.extend(one.await.unwrap());
    }
    let page = ana.store.page(ana.member(), ana.at(0), 100_000, start()).await.unwrap();
    let there: Vec<ItemId> = page.items.iter().map(|item| item.id).collect();
    assert!(kept.iter().all(|id| there.contains(id)), "what was answered is there");
    assert_eq!(
        page.items.iter().filter(|item| item.kind == Kind::SNAPSHOT).count(),
        kept.len()
    );
    for node in &nodes {
        until("all is heard", async || node.heard().last() == Some(&page.head)).await;
        let heard = node.heard();
        assert!(heard.is_sorted_by(|before, after| before < after));
        assert!(
            (heard[0]..=page.head).eq(heard),
            "nothing was written over, so nothing is left out"
        );
        assert_eq!(node.store.integrity().await.unwrap().faults, Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_and_comes_back_has_lost_nothing() {
    // One of its own: the other tests go on.
    let cluster: &'static Cluster = Box::leak(Box::new(Cluster::start()));
    let database = cluster.database().await;
    write_through(database, async |tally| {
        tokio::task::block_in_place(|| cluster.stop());
        let before = tally.failed();
        until("writes fail, each soon", async || tally.failed() > before + 8).await;
        tokio::task::block_in_place(|| cluster.start_again());
    })
    .await;
    tokio::task::block_in_place(|| cluster.stop());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_break_in_the_middle_lose_nothing() {
    let database = database().await;
    let admin = database.admin().await;
    write_through(database, async |tally| {
        for _ in 0..10 {
            let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()";
            admin.batch_execute(kill).await.unwrap();
            tally.more_acknowledged(5).await;
        }
        assert!(tally.failed() > 0, "nothing was in the way");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_nobody_heard_of_is_no_answer() {
    let database = database().await;
    let node = Node::open(&database.address()).await;
    let mut ana = join(&node.store(), "Ana", true).await;
    let head = ana.store.team().await.unwrap().head;
    let admin = database.admin().await;
    // What is deferred is done by the commit itself.
    let breaks = "CREATE FUNCTION breaks() RETURNS trigger LANGUAGE plpgsql AS
                    $$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END$$;
                  CREATE CONSTRAINT TRIGGER breaks AFTER INSERT ON items DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION breaks()";
    admin.batch_execute(breaks).await.unwrap();
    let op = ana.op(Kind::SNAPSHOT, item_id(1), snapshot("still here"));
    let answer = ana.send(vec![op.clone()], start()).await;
    assert!(matches!(answer, Err(StoreError::Failed(_))), "{answer:?}");
    assert!(node.heard().iter().all(|seq| *seq <= head), "nobody was told");
    admin.batch_execute("DROP TRIGGER breaks ON items").await.unwrap();
    let results = ana.send(vec![op], start()).await.unwrap();
    assert_eq!(results[0].seq, Some(head + 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_that_panics_takes_no_other_with_it() {
    let fresh_database = database().await;
    let node = Node::open(&fresh_database.address()).await;
    let mut ana = join(&node.store(), "Ana", true).await;
    let panicking = node.store.writer.write(|db, _| -> StoreResult<()> {
        db.execute("DELETE FROM items", [])?;
        panic!("on purpose, in a test");
    });
    assert!(matches!(panicking.await, Err(StoreError::Failed(_))));
    let failing = node.store.writer.write(|db, _| -> StoreResult<()> {
        db.execute("DELETE FROM items", [])?;
        db.execute("SELECT nothing FROM nowhere", [])?;
        Ok(())
    });
    assert!(matches!(failing.await, Err(StoreError::Failed(_))));
    ana.say(1, "still here").await;
    assert!(ana.reads(ana.member().into()).await.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_waits_for_ever_for_a_connection() {
    let database = database().await;
    let _node = Node::open(&database.address()).await;
    let options = Options::of(&database.address()).unwrap();
    let tls = tls::connector(&options.trust).unwrap();
    let patience = Duration::from_millis(500);
    let readers = Readers::new(pool::pool(&options, &tls, 1, patience).unwrap(), patience);
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let hung = readers.read(move |_| {
        let _ = wait.recv();
        Ok(())
    });
    let soon = Duration::from_secs(30);
    let hung = tokio::time::timeout(soon, hung).await.expect("nobody waits for ever");
    assert!(matches!(hung, Err(StoreError::Failed(_))));
    let next = tokio::time::timeout(soon, readers.read(|_| Ok(7))).await;
    assert!(matches!(next, Ok(Err(StoreError::Failed(_)))));
    drop(go);
    until("there is a place again", async || {
        readers.read(|_| Ok(7)).await == Ok(7)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_fetches_no_more_than_it_wants() {
    let database = database().await;
    let node = Node::open(&database.address()).await;
    // Whoever comes to the five thousandth divides by nothing.
    let first = node.store.read(|db| {
        let mut statement = db.prepare("SELECT 5000 / (5000 - generate_series(1, 10000))")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()?
            && found.len() < 1_000
        {
            found.push(row.get::<i64>(0)?);
        }
        Ok(found)
    });
    let expect: Vec<i64> = (1..=1_000).map(|n| 5_000 / (5_000 - n)).collect();
    assert_eq!(first.await.unwrap(), expect);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_that_somebody_brings_to_another_node_just_now_stays() {
    let database = database().await;
    let _node = Node::open(&database.address()).await;
    let (folder, blobs) = photos();
    let photo = BlobHash::of(b"a photo");
    let file = folder.path().join(photo.to_string());
    std::fs::write(&file, b"a photo").unwrap();
    let mut admin = database.admin().await;
    // The other node is in the middle of noting it.
    let noting = admin.transaction().await.unwrap();
    let lock = format!("SELECT pg_advisory_xact_lock({})", lock::LOCK);
    noting.batch_execute(&lock).await.unwrap();
    let note = "INSERT INTO blobs (hash, bytes, created_at) VALUES ($1, 7, 0)";
    noting.execute(note, &[&photo.to_string()]).await.unwrap();
    let options = Options::of(&database.address()).unwrap();
    let tls = tls::connector(&options.trust).unwrap();
    let pool = pool::pool(&options, &tls, 1, WRITE_PATIENCE).unwrap();
    let mut client = pool::take(&pool).await.unwrap();
    let runtime = Handle::current();
    let dropping =
        tokio::task::spawn_blocking(move || writer::drop_photos(&runtime, &mut client, &*blobs, &[photo]).is_ok());
    let watcher = database.admin().await;
    let waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    until("whoever drops it waits", async || {
        !watcher.query(waiting, &[]).await.unwrap().is_empty()
    })
    .await;
    noting.commit().await.unwrap();
    assert!(dropping.await.unwrap());
    assert!(file.exists());
}

#[tokio::test]
async fn what_is_said_of_a_database_that_is_not_there_is_said_without_its_password() {
    let (_folder, blobs) = photos();
    let address = "postgres://ana:secret@127.0.0.1:1/tea";
    let opened = PostgresStore::open(address, blobs, &Still(start()), Arc::new(|_| {})).await;
    let Err(told) = opened else { panic!("nobody is there") };
    assert!(!format!("{told} {told:?}").contains("secret"), "{told}");
}

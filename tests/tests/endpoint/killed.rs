//! Ends that come without a warning: at the first start, in the middle of the log, between two writes.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use futures_util::future::join_all;
use reqwest::Method;
use samovar_domain::wire::OpsResponse;
use samovar_domain::{Audience, ItemId};
use samovar_tests::endpoint::Endpoint;
use samovar_tests::process::built;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::given::{Caller, database, snapshot};

const DATABASE: &str = "samovar-server.db";

/// A first start that is killed makes no folder that a second one cannot use.
#[tokio::test]
async fn a_first_start_that_was_killed_is_made_good_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    // From before it has begun to after it has made everything.
    for point in 0..20 {
        let data = folder.path().join(format!("data-{point}"));
        let mut first = Command::new(built("samovar-server").unwrap())
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(1_500) * point);
        first.kill().unwrap();
        first.wait().unwrap();
        let (endpoint, invite) = Endpoint::new(&data).unwrap();
        let ana = Caller::join_now(&invite, "Ana").await;
        ana.says("here we are").await;
        assert_eq!(ana.reads().await, ["here we are"], "{point}");
        endpoint.end();
        assert_eq!(Endpoint::check(&data).unwrap(), (true, "ok\n".to_owned()), "{point}");
    }
}

/// Tables are made all or none: a first start that finds no room leaves nothing of them, and the next one makes them.
#[tokio::test]
async fn a_migration_that_stops_halfway_leaves_nothing_of_itself() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let look = |data: &Path| -> (i64, i64) {
        let db = database(data);
        let version = db.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        let tables = db
            .query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))
            .unwrap();
        (version, tables)
    };
    // No file of the process grows beyond so many blocks of 512 bytes: from no room for anything to room for nearly all.
    for blocks in (8..160).step_by(8) {
        let starved = Command::new("sh")
            .arg("-c")
            .arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""))
            .arg(built("samovar-server").unwrap())
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data)
            .output()
            .unwrap();
        assert!(
            !starved.status.success(),
            "{blocks}: {}",
            String::from_utf8_lossy(&starved.stdout)
        );
        assert_eq!(look(&data), (0, 0), "{blocks}");
    }
    let (_endpoint, invite) = Endpoint::new(&data).unwrap();
    Caller::join_now(&invite, "Ana").await.says("with room").await;
    let other = folder.path().join("other");
    let _with_room_from_the_start = Endpoint::new(&other).unwrap();
    assert_eq!(look(&data), look(&other));
}

/// Writes until nobody answers any more, and tells of each answer. What is on its way then is what it comes back with.
async fn writes_until_it_is_killed(writer: &Caller, answered: &Mutex<Vec<(ItemId, u64)>>, notify: &Notify) -> Value {
    loop {
        let id = ItemId::new(writer.now);
        let op = writer.op("snapshot", id, &Audience::Team, snapshot("as fast as I can"));
        let body = json!({ "epoch": writer.epoch, "ops": [&op] });
        let Ok(answer) = writer.call(Method::POST, "/v1/ops").json(&body).send().await else {
            return op;
        };
        let Ok(answer) = answer.json::<OpsResponse>().await else {
            return op;
        };
        answered.lock().unwrap().push((id, answer.results[0].seq.unwrap()));
        notify.notify_one();
    }
}

/// Killed while six write at the same time: what it has answered is there, at the place that it told, and what it has not
/// answered is there once when it is sent again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_under_load_it_has_all_that_it_answered_and_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (mut endpoint, invite) = Endpoint::new(&data).unwrap();
    let url = endpoint.url.clone();
    let ana = Caller::join_now(&invite, "Ana").await;
    let mut writers = Vec::new();
    for _ in 0..6 {
        writers.push(ana.laptop().await);
    }
    let (answered, notify) = (Mutex::new(Vec::new()), Notify::new());
    for life in 1..=4 {
        let writing = join_all(
            writers
                .iter()
                .map(|writer| writes_until_it_is_killed(writer, &answered, &notify)),
        );
        let killing = async {
            while answered.lock().unwrap().len() < life * 37 {
                notify.notified().await;
            }
            endpoint.kill();
        };
        let (left, ()) = tokio::join!(writing, killing);
        endpoint = Endpoint::again(&data, &url).unwrap();
        for (writer, op) in writers.iter_mut().zip(left) {
            *writer = writer.again();
            let answer: OpsResponse = writer.post(std::slice::from_ref(&op)).await.json().await.unwrap();
            let id = op["id"].as_str().unwrap().parse().unwrap();
            answered.lock().unwrap().push((id, answer.results[0].seq.unwrap()));
        }
        let page = ana.again().page("after=0&limit=1000").await;
        let there = page.items.iter().filter(|item| item.kind == "snapshot");
        let mut there: Vec<_> = there.map(|item| (item.id, item.seq)).collect();
        let mut promised = answered.lock().unwrap().clone();
        there.sort();
        promised.sort();
        assert_eq!(there, promised, "life {life}");
    }
    endpoint.end();
    assert_eq!(Endpoint::check(&data).unwrap(), (true, "ok\n".to_owned()));
}

/// Copies the database as it is on the disk, with its log cut off at `cut` bytes.
fn torn(data: &Path, to: &Path, cut: usize) {
    std::fs::create_dir_all(to.join("blobs")).unwrap();
    std::fs::copy(data.join(DATABASE), to.join(DATABASE)).unwrap();
    let log = std::fs::read(data.join(format!("{DATABASE}-wal"))).unwrap();
    std::fs::write(to.join(format!("{DATABASE}-wal")), &log[..cut]).unwrap();
}

/// Wherever the log is torn, what is left is the beginning of what was written, whole, and it goes on from there.
#[tokio::test]
async fn a_torn_log_leaves_a_beginning_that_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (endpoint, invite) = Endpoint::new(&data).unwrap();
    let ana = Caller::join_now(&invite, "Ana").await;
    // What is in the database itself is there in any case.
    let said: Vec<String> = (0..12).map(|n| format!("words number {n}")).collect();
    for words in &said {
        ana.says(words).await;
    }
    endpoint.kill();
    let length = std::fs::metadata(data.join(format!("{DATABASE}-wal"))).unwrap().len() as usize;
    assert!(length > 30_000, "there is something to tear: {length}");
    let mut lengths = std::collections::BTreeSet::new();
    for step in 0..=24 {
        // Between frames and in the middle of them.
        let cut = length * step / 24 - (step % 3) * 7 * usize::from(step > 0);
        let to = folder.path().join(format!("torn-{step}"));
        torn(&data, &to, cut);
        assert_eq!(count_faults(&to), 0, "cut at {cut}");
        let Ok(again) = Endpoint::again(&to, "127.0.0.1:0") else {
            // Cut before anybody had joined: it asks for its owner as a new one does.
            continue;
        };
        let caller = ana.again().at(&again.url);
        if caller.get("/v1/items").await.status() == 401 {
            continue; // before Ana
        }
        let kept = caller.reads().await;
        assert_eq!(kept, said[..kept.len()], "cut at {cut}");
        lengths.insert(kept.len());
        let page = caller.page("after=0").await;
        let laptop = caller.laptop().await;
        let result = laptop
            .writes("snapshot", ItemId::new(laptop.now), &Audience::Team, snapshot("and on"))
            .await;
        assert_eq!(result.seq, Some(page.head + 1), "cut at {cut}");
        again.end();
        assert_eq!(Endpoint::check(&to).unwrap(), (true, "ok\n".to_owned()), "cut at {cut}");
    }
    assert!(lengths.len() > 3 && lengths.contains(&12), "{lengths:?}");
}

fn count_faults(data: &Path) -> usize {
    let db = database(data);
    let mut statement = db.prepare("PRAGMA integrity_check").unwrap();
    let said = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    said.filter(|line| line.as_deref() != Ok("ok")).count()
}

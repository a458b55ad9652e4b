//! Every moment at which a crash can interrupt an exchange.

use samovar_domain::wire::Op;
use samovar_domain::{Audience, ItemId, Kind, Timestamp};
use serde_json::json;

use super::*;
use crate::store::Store;

const PATIENCE: Duration = Duration::from_secs(5);
const STAMP: i64 = 1_795_900_000_000;

/// A database that is damaged, with words in it that were not sent.
async fn damaged() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), 0, PATIENCE).unwrap().store;
    let op = Op {
        n: 0,
        id: ItemId::new(Timestamp::from_millis(STAMP)),
        kind: Kind::new(Kind::SNAPSHOT),
        audience: Audience::Team,
        created_at: Timestamp::from_millis(STAMP),
        body: Some(json!({ "text": "The kettle is on.", "photos": [], "lifetime": "24h" })),
    };
    store.queue(op, Vec::new(), Vec::new()).await.unwrap();
    drop(store);
    let path = folder.path().join("samovar.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 4096;
    bytes[last..].fill(0xa5);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// What waits in the database that is opened, where the damaged one was put, and what else lies there.
async fn opened(folder: &Path, stamp: i64) -> (Vec<String>, Option<PathBuf>, Vec<String>) {
    let opened = Store::open(folder, stamp, PATIENCE).unwrap();
    let waiting = opened.store.outbox().await.unwrap();
    let words = waiting
        .iter()
        .map(|queued| queued.op.body.as_ref().unwrap()["text"].as_str().unwrap().to_owned());
    let words = words.collect();
    drop(opened.store);
    let names = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut others: Vec<String> = names
        .filter(|name| name != "samovar.db" && !name.starts_with("samovar.db.damaged-"))
        .collect();
    others.sort();
    (words, opened.set_aside, others)
}

#[tokio::test]
async fn a_crash_while_a_database_is_exchanged_loses_nothing_that_waits() {
    type Crash = fn(&Path);
    let moments: [(&str, Crash); 5] = [
        ("before it", |_| {}),
        ("while the new one is made", |path| {
            std::fs::write(making(path), "half a file").unwrap();
            std::fs::write(with(&making(path), "-wal"), "and its log").unwrap();
        }),
        ("when the new one is ready", |path| {
            prepare(path, STAMP, PATIENCE).unwrap();
        }),
        ("when the old one is out of the way", |path| {
            prepare(path, STAMP, PATIENCE).unwrap();
            std::fs::rename(path, with(path, &format!(".damaged-{STAMP}"))).unwrap();
        }),
        ("when that is so, and its log is not", |path| {
            prepare(path, STAMP, PATIENCE).unwrap();
            std::fs::rename(path, with(path, &format!(".damaged-{STAMP}"))).unwrap();
            std::fs::write(with(path, "-wal"), "of the old one").unwrap();
        }),
    ];
    for (moment, crash) in moments {
        let (folder, path) = damaged().await;
        crash(&path);
        let (words, aside, others) = opened(folder.path(), STAMP + 5).await;
        assert_eq!(words, ["The kettle is on."], "{moment}");
        let aside = aside.unwrap_or_else(|| panic!("{moment}: nothing is said of the damaged one"));
        assert!(aside.exists(), "{moment}: {}", aside.display());
        assert_eq!(others, Vec::<String>::new(), "{moment}");
        // It is done once.
        let (words, aside, _) = opened(folder.path(), STAMP + 9).await;
        assert_eq!((words.len(), aside), (1, None), "{moment}");
    }
}

#[test]
fn what_an_exchange_leaves_is_told_from_what_stays() {
    for left in [
        "samovar.db.damaged-17",
        "samovar.db.damaged-17-wal",
        "samovar.db.ready-17",
        "samovar.db.making",
        "samovar.db.making-wal",
    ] {
        assert!(is_of_one(left, "samovar.db"), "{left}");
    }
    for stays in ["samovar.db", "samovar.db-wal", "samovar-server.db.making", "photos"] {
        assert!(!is_of_one(stays, "samovar.db"), "{stays}");
    }
}

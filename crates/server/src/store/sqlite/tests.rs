//! SQLite against the suite that every store passes, and what only files can get wrong.

mod erasing;
mod pulse;
mod sign_ins;

use std::sync::{Arc, Mutex};

use rusqlite::params;
use rusqlite::types::Value as Cell;
use samovar_domain::kinds::decision_close_id;
use samovar_domain::wire::{MirrorRequest, MirrorState, MirrorSubject, MirrorTarget};
use samovar_domain::{Audience, BlobHash, Item, Kind, Timestamp};
use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::blobs::Folder;
use crate::store::conformance::{
    Fresh, ana_and_ben, conformance_tests, decisions, hours, item_id, join, photo, snapshot, snapshot_with, start,
};
use crate::store::sql::rows;
use crate::store::{Cursor, MirrorChange, Removal, Store};

struct Still(Timestamp);

impl Clock for Still {
    fn now(&self) -> Timestamp {
        self.0
    }
}

fn open(folder: &Path) -> (Arc<SqliteStore>, Arc<Mutex<Vec<Item>>>) {
    let blobs = Arc::new(Folder::open(folder.join("blobs")).unwrap());
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&heard);
    let committed: Committed = Arc::new(move |commit| hears.lock().unwrap().extend(commit.items));
    (
        Arc::new(SqliteStore::open(folder, blobs, &Still(start()), committed).unwrap()),
        heard,
    )
}

fn fresh_in(folder: TempDir) -> (Fresh, Arc<SqliteStore>, PathBuf) {
    let path = folder.path().to_owned();
    let (store, heard) = open(&path);
    let fresh = Fresh {
        store: Arc::clone(&store) as Arc<dyn Store>,
        heard,
        _keep: Box::new(folder),
    };
    (fresh, store, path)
}

fn fresh() -> Fresh {
    fresh_in(tempfile::tempdir().unwrap()).0
}

conformance_tests!(fresh);

/// How the key of hidden voices begins.
const KEY: &str = "AGE-SECRET-KEY-";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_key_of_hidden_voices_goes_when_nothing_needs_it() {
    for end in ["close", "withdraw", "delete"] {
        let (fresh, _, folder) = fresh_in(tempfile::tempdir().unwrap());
        let (mut ana, mut ben) = ana_and_ben(&fresh).await;
        let mut question = decisions::question(&[&ana, &ben], "hidden");
        ana.write(Kind::DECISION, decisions::asked(), question.clone()).await;
        decisions::says_hidden(&mut ben, &json!({ "stance": "for", "words": "wholeheartedly" })).await;
        assert!(holds(&folder, KEY), "it is there while it is needed");
        assert!(
            !holds(&folder, "wholeheartedly"),
            "a hidden voice is nowhere in plain words"
        );
        let told = serde_json::to_string(&*fresh.heard.lock().unwrap()).unwrap();
        assert!(!told.contains(KEY), "no item ever has the key");
        match end {
            "close" => {
                let id = decision_close_id(ana.member(), decisions::asked());
                let words = json!({ "decision": decisions::asked(), "words": "It is done like this." });
                ana.write_at(decisions::late(), Kind::DECISION_CLOSE, id, words).await;
            }
            "withdraw" => {
                question["withdrawn"] = json!(true);
                ana.write(Kind::DECISION, decisions::asked(), question).await;
            }
            _ => {
                let gone = serde_json::Value::Null;
                ana.write(Kind::DECISION, decisions::asked(), gone).await;
            }
        }
        let looks = || holds(&folder, KEY).then_some("the key");
        assert_eq!(left_in_the_end(looks).await, None, "after {end}");
    }
}

/// A store in `folder` that knows of one photo, whose file is not there.
pub(crate) async fn with_one_photo(folder: &Path) -> (Arc<SqliteStore>, BlobHash) {
    let (store, heard) = open(folder);
    let fresh = Fresh {
        store: Arc::clone(&store) as Arc<dyn Store>,
        heard,
        _keep: Box::new(()),
    };
    let ana = join(&fresh.store, "Ana", true).await;
    (store, photo(&ana, "cake", start()).await)
}

/// All that the database's files hold. The write-ahead log is read first: its pages move into the database, never back, so
/// that nothing slips by while the log is emptied.
fn bytes_of(folder: &Path) -> Vec<u8> {
    let log = format!("{DATABASE}-wal");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort_by_key(|path| !path.ends_with(&log));
    files.iter().flat_map(|path| std::fs::read(path).unwrap()).collect()
}

/// What `looks` still finds once the log was emptied, which is done right after an answer. Nothing tells when; so it is
/// looked for until it is gone, and told if it stays.
async fn left_in_the_end<T>(looks: impl Fn() -> Option<T>) -> Option<T> {
    let gone = async {
        while looks().is_some() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    match tokio::time::timeout(Duration::from_secs(30), gone).await {
        Ok(()) => None,
        Err(_) => looks(),
    }
}

fn holds(folder: &Path, words: &str) -> bool {
    bytes_of(folder)
        .windows(words.len())
        .any(|window| window == words.as_bytes())
}

#[tokio::test]
async fn erased_words_are_nowhere_in_the_files() {
    let (fresh, store, folder) = fresh_in(tempfile::tempdir().unwrap());
    let (mut ana, _) = ana_and_ben(&fresh).await;
    let mut zoe = join(&fresh.store, "Zoe Unmistakable", false).await;
    let long = "a secret garden behind the mill. ".repeat(60);
    zoe.say(1, &long).await;
    zoe.say(1, "rewritten: the orchard").await;
    let refused = zoe
        .refused(
            start(),
            Kind::KUDOS,
            item_id(9),
            json!({ "to": [], "reason": "a refused sentence" }),
        )
        .await;
    assert_eq!(refused, "no_recipient");
    ana.say(2, "the kettle is on").await;
    assert!(holds(&folder, "Zoe Unmistakable") && holds(&folder, "the orchard"));
    assert!(
        !holds(&folder, "secret garden"),
        "what was written over is gone already"
    );
    store
        .remove_member(zoe.caller, zoe.member(), Removal::Erase, hours(1))
        .await
        .unwrap();
    // The answer comes before the log is emptied; the next write waits behind it.
    store.expire(hours(1)).await.unwrap();
    for words in ["Zoe Unmistakable", "the orchard", "secret garden", "refused sentence"] {
        assert!(!holds(&folder, words), "{words}");
    }
    assert!(holds(&folder, "the kettle is on"));
    store.expire(hours(48)).await.unwrap();
    store.expire(hours(48)).await.unwrap();
    assert!(
        !holds(&folder, "the kettle is on"),
        "what has expired is gone from the files too"
    );
}

/// Every row of every table.
fn dump(folder: &Path) -> Vec<(String, Vec<Vec<Cell>>)> {
    let db = connect(&folder.join(DATABASE)).unwrap();
    let mut tables = db
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        .unwrap();
    let names: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let rows = |name: &String| {
        let mut statement = db.prepare(&format!("SELECT * FROM {name} ORDER BY 1")).unwrap();
        let columns = statement.column_count();
        let rows = statement
            .query_map([], |row| (0..columns).map(|column| row.get(column)).collect())
            .unwrap();
        rows.map(Result::unwrap).collect()
    };
    names.iter().map(|name| (name.clone(), rows(name))).collect()
}

#[tokio::test]
async fn reading_leaves_no_trace() {
    let (fresh, store, folder) = fresh_in(tempfile::tempdir().unwrap());
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let hash = photo(&ana, "cake", start()).await;
    ana.write(Kind::SNAPSHOT, item_id(1), snapshot_with(hash)).await;
    store.make_feed(ben.caller, "Ben's feed", start()).await.unwrap();
    let before = dump(&folder);
    for _ in 0..10 {
        store.feed("Ben's feed").await.unwrap().expect("it is there");
        store.feed_since(ben.member()).await.unwrap();
        ben.page(0).await;
        store.older(ben.member(), Kind::KUDOS, u64::MAX, 10).await.unwrap();
        store.may_read_blob(ben.member(), hash).await.unwrap();
        store.caller("token of Ben").await.unwrap();
        store.devices(ben.caller).await.unwrap();
        store.about(ben.member()).await.unwrap();
    }
    assert_eq!(dump(&folder), before);
}

#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_answered_and_keeps_nothing_that_was_not() {
    let (fresh, store, folder) = fresh_in(tempfile::tempdir().unwrap());
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let limit = |pages: Option<i64>| {
        store.writer.write(move |db, _| {
            let present: i64 = db.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            let most = pages.map_or(1_000_000, |more| present + more);
            db.query_row(&format!("PRAGMA max_page_count = {most}"), [], |_| Ok(()))?;
            Ok(())
        })
    };
    limit(Some(30)).await.unwrap();
    let words = "x".repeat(1_500);
    let (mut kept, mut failed) = (Vec::new(), 0);
    let mut sessions = Vec::new();
    for n in 0..8 {
        let device = store
            .enrol(ana.caller, "one of many", &format!("device {n}"), start())
            .await;
        // The table of devices may be the first that finds no room.
        sessions.extend(device.ok().map(|device| {
            let mut session = ana.clone();
            session.caller.device = device;
            session
        }));
    }
    for round in 0..20_u128 {
        let writing = sessions.iter_mut().enumerate().map(|(n, session)| {
            let id = item_id(1_000 + round * 100 + n as u128);
            let op = session.op(Kind::SNAPSHOT, id, snapshot(&words));
            let session = session.clone();
            tokio::spawn(async move { (id, session.send(vec![op], start()).await) })
        });
        for write in writing.collect::<Vec<_>>() {
            match write.await.unwrap() {
                (id, Ok(results)) if results[0].seq.is_some() => kept.push(id),
                (_, Err(StoreError::Failed(_))) => failed += 1,
                // The number before was not kept either.
                (_, Err(StoreError::OpGap { .. })) => {}
                other => panic!("{other:?}"),
            }
        }
    }
    assert!(!kept.is_empty() && failed > 0, "{} kept, {failed} failed", kept.len());
    let team = store.team().await.unwrap();
    let shown = ben.page(0).await.items;
    let snapshots: Vec<_> = shown
        .iter()
        .filter(|item| item.kind == Kind::SNAPSHOT)
        .map(|item| item.id)
        .collect();
    kept.sort_unstable();
    let mut found = snapshots;
    found.sort_unstable();
    assert_eq!(found, kept);
    assert!(shown.iter().all(|item| item.seq <= team.head));
    assert_eq!(integrity(&folder.join(DATABASE)).unwrap().faults, Vec::<String>::new());
    limit(None).await.unwrap();
    let seq = ana.say(9_999, "room again").await;
    assert_eq!(seq, team.head + 1);
}

#[tokio::test]
async fn a_write_that_panics_takes_no_other_with_it() {
    let (fresh, store, _) = fresh_in(tempfile::tempdir().unwrap());
    let mut ana = join(&fresh.store, "Ana", true).await;
    let panicking = store.writer.write(|db, _| -> StoreResult<()> {
        db.execute("DELETE FROM items", [])?;
        panic!("on purpose, in a test");
    });
    assert!(matches!(panicking.await, Err(StoreError::Failed(_))));
    ana.say(1, "still here").await;
    assert!(ana.reads(ana.member().into()).await.is_some());
}

#[tokio::test]
async fn everything_is_there_after_a_restart_and_a_backup_begins_a_new_epoch() {
    let (fresh, store, folder) = fresh_in(tempfile::tempdir().unwrap());
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    ana.write_for(
        start(),
        Audience::Only(vec![ben.member()]),
        Kind::SNAPSHOT,
        item_id(1),
        snapshot("for Ben"),
    )
    .await;
    let (again, _) = open(&folder);
    assert_eq!(again.team().await.unwrap(), store.team().await.unwrap());
    let restored = tempfile::tempdir().unwrap();
    store.back_up(restored.path().join(DATABASE)).await.unwrap();
    let (restored, _) = open(restored.path());
    let (old, new) = (store.team().await.unwrap(), restored.team().await.unwrap());
    assert_ne!(old.epoch, new.epoch);
    assert_eq!((old.id, old.head), (new.id, new.head));
    assert_eq!(
        restored.page(ben.member(), ben.at(0), 10, start()).await,
        Err(StoreError::Resync)
    );
    let page = restored
        .page(
            ben.member(),
            Cursor {
                epoch: Some(new.epoch),
                ..ben.at(0)
            },
            100,
            start(),
        )
        .await
        .unwrap();
    assert_eq!(page.items, ben.page(0).await.items);
}

#[tokio::test]
async fn a_copy_of_the_endpoint_shows_nothing_anywhere_until_an_admin_says_so() {
    let (fresh, store, folder) = fresh_in(tempfile::tempdir().unwrap());
    let mut ana = join(&fresh.store, "Ana", true).await;
    let ben = join(&fresh.store, "Ben", false).await;
    let request = MirrorRequest {
        name: "everyone's channel".to_owned(),
        target: MirrorTarget::Teams {
            url: "https://example.org/the-secret-path".to_owned(),
        },
        shows: vec![MirrorSubject::Kudos],
        language: None,
    };
    let mirror = store.add_mirror(None, request, start()).await.unwrap();
    ana.write(Kind::KUDOS, item_id(1), crate::store::conformance::kudos(&ben))
        .await;
    let restored = tempfile::tempdir().unwrap();
    store.back_up(restored.path().join(DATABASE)).await.unwrap();
    let (restored, _) = open(restored.path());
    assert_eq!(store.mirrors_due().await.unwrap().len(), 1);
    assert_eq!(restored.mirrors_due().await.unwrap(), []);
    let health = restored.mirrors(None, start()).await.unwrap().remove(0);
    assert_eq!(health.state, MirrorState::Paused);
    assert_eq!(health.trouble.as_deref(), Some("restored"));
    restored
        .change_mirror(None, mirror, MirrorChange::Resume, start())
        .await
        .unwrap();
    assert_eq!(restored.take_load(mirror, start()).await.unwrap(), None);

    // And what opens a mirror goes with it.
    assert!(holds(&folder, "the-secret-path"));
    store
        .change_mirror(None, mirror, MirrorChange::Remove, start())
        .await
        .unwrap();
    let looks = || holds(&folder, "the-secret-path").then_some("the address");
    assert_eq!(left_in_the_end(looks).await, None);
}

#[tokio::test]
async fn words_that_a_reader_still_held_are_gone_once_it_is_done() {
    let (fresh, _, folder) = fresh_in(tempfile::tempdir().unwrap());
    let mut ana = join(&fresh.store, "Ana", true).await;
    ana.say(1, "the gate by the old mill").await;
    let reader = connect(&folder.join(DATABASE)).unwrap();
    reader.execute_batch("BEGIN").unwrap();
    let count = |db: &rusqlite::Connection| db.query_row("SELECT count(*) FROM items", [], |row| row.get::<_, i64>(0));
    count(&reader).unwrap();
    ana.write(Kind::SNAPSHOT, item_id(1), serde_json::Value::Null).await;
    assert!(holds(&folder, "the gate by the old mill"), "it is being read");
    reader.execute_batch("COMMIT").unwrap();
    // Nothing is written any more that would come by.
    let looks = || holds(&folder, "the gate by the old mill").then_some("the words");
    assert_eq!(left_in_the_end(looks).await, None);
}

#[tokio::test]
async fn words_that_a_killed_endpoint_had_not_come_to_are_gone_when_it_starts() {
    let (fresh, store, folder) = fresh_in(tempfile::tempdir().unwrap());
    let mut ana = join(&fresh.store, "Ana", true).await;
    ana.say(1, "the gate by the old mill").await;
    let reader = connect(&folder.join(DATABASE)).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM items").unwrap();
    ana.write(Kind::SNAPSHOT, item_id(1), serde_json::Value::Null).await;
    // As they lie on the disk at this moment.
    let killed = tempfile::tempdir().unwrap();
    for name in [DATABASE.to_owned(), format!("{DATABASE}-wal")] {
        std::fs::copy(folder.join(&name), killed.path().join(&name)).unwrap();
    }
    drop((reader, store));
    assert!(holds(killed.path(), "the gate by the old mill"));
    let (again, _) = open(killed.path());
    // A write comes after the writer's beginning.
    again.expire(start()).await.unwrap();
    assert!(!holds(killed.path(), "the gate by the old mill"));
}

#[tokio::test]
async fn without_its_place_in_the_sequence_nothing_is_written() {
    let (fresh, store, folder) = fresh_in(tempfile::tempdir().unwrap());
    let mut ana = join(&fresh.store, "Ana", true).await;
    let before = dump(&folder);
    let db = connect(&folder.join(DATABASE)).unwrap();
    let team: (String, String, i64) = db
        .query_row("SELECT id, epoch, head FROM team", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    db.execute("DELETE FROM team", []).unwrap();
    let photo = store.add_blob(ana.caller, BlobHash::of(b"cake"), 4, start());
    assert!(matches!(photo.await, Err(StoreError::Failed(_))));
    let expired = store.expire(start()).await;
    assert!(matches!(expired, Err(StoreError::Failed(_))), "{expired:?}");
    db.execute(
        "INSERT INTO team (id, epoch, head, low_water) VALUES (?1, ?2, ?3, 0)",
        params![team.0, team.1, team.2],
    )
    .unwrap();
    assert_eq!(dump(&folder), before);
    assert_eq!(ana.say(1, "on it goes").await, team.2.cast_unsigned() + 1);
}

#[tokio::test]
async fn a_row_keeps_its_kind() {
    let (fresh, store, _) = fresh_in(tempfile::tempdir().unwrap());
    let mut ana = join(&fresh.store, "Ana", true).await;
    ana.say(1, "a snapshot").await;
    let item = ana.sees(item_id(1)).await.unwrap();
    let other = Item {
        kind: Kind::new(Kind::SERIES),
        ..item.clone()
    };
    let written = store.writer.write(move |db, changes| rows::write(db, changes, other));
    assert!(matches!(written.await, Err(StoreError::Failed(_))));
    assert_eq!(ana.sees(item_id(1)).await.unwrap(), item);
}

#[tokio::test]
async fn a_feed_shows_a_pairing_to_those_who_were_drawn_only() {
    let (fresh, store, _) = fresh_in(tempfile::tempdir().unwrap());
    let (ana, ben) = ana_and_ben(&fresh).await;
    let cem = join(&fresh.store, "Cem", false).await;
    let members = vec![ana.member(), ben.member()];
    let pairing = Item {
        id: item_id(1),
        kind: Kind::new(Kind::PAIRING),
        owner: samovar_domain::Owner::Team,
        seq: 0,
        audience: Audience::Only(members.clone()),
        created_at: start(),
        updated_at: start(),
        expires_at: None,
        body: Some(json!({ "week": "2026-11-23", "members": members, "duration_min": 30 })),
    };
    let written = store.writer.write(move |db, changes| rows::write(db, changes, pairing));
    written.await.unwrap();
    for (who, expect) in [(&ana, true), (&ben, true), (&cem, false)] {
        store.make_feed(who.caller, "a feed", start()).await.unwrap();
        let feed = store.feed("a feed").await.unwrap().unwrap();
        assert_eq!(feed.items.iter().any(|item| item.id == item_id(1)), expect);
        store.end_feed(who.caller).await.unwrap();
    }
}

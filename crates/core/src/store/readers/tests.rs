//! Who reads does not wait for who writes, and misses nothing that was written.

use std::sync::mpsc;
use std::time::Duration;

use tokio::sync::oneshot;

use super::super::{Store, get_fact, set_fact};
use super::*;

fn open(folder: &tempfile::TempDir) -> Store {
    Store::open(folder.path(), 0, Duration::from_secs(5)).unwrap().store
}

#[tokio::test]
async fn a_question_does_not_wait_for_a_write_and_sees_what_was_written_before() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    store.set_fact("tea", "green".to_owned()).await.unwrap();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let (begun, has_begun) = oneshot::channel();
    let writing = tokio::spawn({
        let store = store.clone();
        async move {
            let write = store.write(move |tx| {
                set_fact(tx, "tea", &"black")?;
                begun.send(()).unwrap();
                may_go_on.recv().unwrap();
                Ok(())
            });
            write.await
        }
    });
    has_begun.await.unwrap();
    let tea: String = store.fact("tea").await.unwrap();
    assert_eq!(tea, "green", "what is being written is not there yet");
    go_on.send(()).unwrap();
    writing.await.unwrap().unwrap();
    let tea: String = store.fact("tea").await.unwrap();
    assert_eq!(tea, "black");
}

#[tokio::test]
async fn however_many_read_at_once_few_stay_open() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let questions = (0..40).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.read(|tx| get_fact::<u32>(tx, "cups")).await })
    });
    for question in questions.collect::<Vec<_>>() {
        assert_eq!(question.await.unwrap().unwrap(), 0);
    }
    assert!(store.readers.idle().len() <= IDLE);
}

#[tokio::test]
async fn what_was_overwritten_is_gone_only_when_nobody_reads_it_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), 0, Duration::ZERO).unwrap().store;
    store.set_fact("tea", "zwirnquitte".to_owned()).await.unwrap();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let (begun, has_begun) = oneshot::channel();
    let reading = tokio::spawn({
        let store = store.clone();
        async move {
            let read = store.read(move |tx| {
                let tea: String = get_fact(tx, "tea")?;
                begun.send(()).unwrap();
                may_go_on.recv().unwrap();
                Ok(tea)
            });
            read.await
        }
    });
    has_begun.await.unwrap();
    store.set_fact("tea", "black".to_owned()).await.unwrap();
    let holds = || {
        let files = ["samovar.db", "samovar.db-wal"].map(|file| std::fs::read(folder.path().join(file)));
        files
            .into_iter()
            .flatten()
            .any(|bytes| String::from_utf8_lossy(&bytes).contains("zwirnquitte"))
    };
    // It is to be, and whoever asked for it goes on.
    store.empty_log().await.unwrap();
    assert!(holds());
    go_on.send(()).unwrap();
    reading.await.unwrap().unwrap();
    let until = std::time::Instant::now() + Duration::from_secs(20);
    while holds() {
        assert!(std::time::Instant::now() < until, "it is never emptied");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

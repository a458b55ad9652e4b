//! A computer that loses its power while the database's log is written: what is at the log's end may be torn.

use std::time::Duration;

use samovar_core::api::AppNotice;
use samovar_testkit::{Desktop, photos};

use crate::given::{Kitchen, snapshots_on};
use crate::restore::copy_folder;

const WORDS: [&str; 6] = ["One.", "Two.", "Three.", "Four.", "Five.", "Six."];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_torn_log_everything_before_the_tear_is_there() {
    let Kitchen { clock, wire, ana, .. } = Kitchen::open().await;
    wire.unplug();
    ana.is_offline().await;
    let before = std::fs::metadata(ana.folder().join("samovar.db-wal")).unwrap().len();
    for words in WORDS {
        ana.shares(words).await;
        clock.advance(Duration::from_mins(1));
    }
    ana.shares_photo("Seven, with a picture.", photos::DOG).await;
    let whole = tempfile::tempdir().unwrap();
    copy_folder(ana.folder(), whole.path());
    let log = std::fs::read(whole.path().join("samovar.db-wal")).unwrap();
    let tail = log.len() as u64 - before;
    assert!(tail > 0, "what is shared is in the log");

    let mut counts = Vec::new();
    for part in 0..=24_u64 {
        let end = (before + tail * part / 24) as usize;
        for is_flipped in [false, true] {
            let torn = tempfile::tempdir().unwrap();
            copy_folder(whole.path(), torn.path());
            let mut bytes = log.clone();
            if is_flipped {
                let at = end.min(bytes.len() - 1);
                bytes[at] ^= 0xff;
            } else {
                bytes.truncate(end);
            }
            std::fs::write(torn.path().join("samovar.db-wal"), bytes).unwrap();
            let ana = Desktop::on(torn.path(), "Ana", "America/Lima", &clock).await.unwrap();
            let status = ana.status().await;
            let is_aside = |notice: &AppNotice| matches!(notice, AppNotice::DatabaseSetAside { .. });
            assert!(!status.notices.iter().any(is_aside), "a torn log is no damage");
            let mut there = snapshots_on(&ana.today().await);
            there.reverse();
            let expected = WORDS.iter().copied().chain(["Seven, with a picture."]);
            let expected: Vec<&str> = expected.take(there.len()).collect();
            assert_eq!(there, expected, "cut at {end} of {}", log.len());
            assert_eq!(status.waiting.ops as usize, there.len());
            if !is_flipped {
                counts.push(there.len());
            }
            ana.closes().await;
        }
    }
    assert!(counts.is_sorted(), "a later tear never loses more: {counts:?}");
    assert_eq!(counts.last(), Some(&7), "the whole log holds everything");
    assert!(counts[0] < 7, "a tear at the beginning does lose something");
}

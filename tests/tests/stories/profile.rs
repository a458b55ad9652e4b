//! What can become of the folder in which a desktop keeps everything: copied, opened twice, held by another program,
//! damaged.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use samovar_core::OpenError;
use samovar_core::api::{AppNotice, Draft, Request, Response};
use samovar_domain::kinds::Lifetime;
use samovar_domain::{Audience, Problem};
use samovar_testkit::{Desktop, FakeClock};

use crate::given::{Kitchen, sorted_words_at, token_of, words_at};
use crate::main_job::ana_and_ben;
use crate::restore::copy_folder;

const LIMA: &str = "America/Lima";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copied_profile_becomes_a_device_of_its_own_and_loses_nothing() {
    let Kitchen {
        clock,
        endpoint,
        wire,
        ana,
        ben,
    } = Kitchen::open().await;
    ana.shares("From the old computer.").await;
    ana.has_sent_everything().await;
    wire.unplug();
    ana.is_offline().await;
    ana.shares("Still on its way.").await;
    let old = ana.closes().await.unwrap();
    let new = tempfile::tempdir().unwrap();
    copy_folder(old.path(), new.path());
    let ana = Desktop::on(old.path(), "Ana", LIMA, &clock).await.unwrap();
    let copy = Desktop::on(new.path(), "Ana", LIMA, &clock).await.unwrap();
    ana.shares("Written on the old one.").await;
    copy.shares("Written on the new one.").await;
    copy.shares("And another.").await;

    wire.mend();
    for desktop in [&ana, &copy] {
        desktop.ask(Request::RetryNow).await;
    }
    let written = [
        "And another.",
        "From the old computer.",
        "Still on its way.",
        "Written on the new one.",
        "Written on the old one.",
    ];
    for desktop in [&ana, &copy] {
        desktop.has_sent_everything().await;
        assert!(desktop.status().await.refused.is_empty());
    }
    for text in written {
        for desktop in [&ana, &copy] {
            desktop.sees_snapshot(text).await;
        }
        ben.notifier.hears(text).await;
    }
    assert_eq!(sorted_words_at(&endpoint, &ben).await, written);
    assert_ne!(token_of(&ana), token_of(&copy), "each is a device of its own");
    assert_eq!(ben.notifier.shown().len(), written.len(), "Ben hears of each once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_samovar_on_a_profile_is_told_so_and_the_first_goes_on() {
    let (clock, _endpoint, ana, ben) = ana_and_ben().await;

    let Err(refusal) = Desktop::on(ana.folder(), "Ana", LIMA, &clock).await else {
        panic!("two on one profile would write over each other");
    };

    assert!(matches!(refusal, OpenError::AlreadyOpen));
    assert_eq!(refusal.to_string(), "another Samovar has this profile open");
    ana.shares("Still here.").await;
    ben.sees_snapshot("Still here.").await;
    let profile = ana.closes().await.unwrap();
    let again = Desktop::on(profile.path(), "Ana", LIMA, &clock).await.unwrap();
    again.sees_snapshot("Still here.").await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_was_there_keeps_its_rights_and_a_new_one_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let rights = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let clock = FakeClock::at("2026-11-23T15:00:00Z");
    let there = tempfile::tempdir().unwrap();
    std::fs::set_permissions(there.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let new = there.path().join("new");

    let _ana = Desktop::on(there.path(), "Ana", LIMA, &clock).await.unwrap();
    let _ben = Desktop::on(&new, "Ben", LIMA, &clock).await.unwrap();

    assert_eq!(rights(there.path()), 0o755, "somebody has set it so");
    assert_eq!(rights(&new), 0o700);
    assert_eq!(rights(&there.path().join("photos")), 0o700);
    for file in ["samovar.db", "samovar.db-wal"] {
        assert_eq!(
            rights(&there.path().join(file)),
            0o600,
            "{file} holds what people wrote"
        );
    }
}

/// Not a story: what another program does in the next one, in a process of its own.
#[test]
#[ignore = "holds a file for the story after it, which starts it"]
fn another_program_holds_the_database() {
    let Ok(path) = std::env::var("SAMOVAR_STORY_HOLDS") else {
        return;
    };
    let file = std::fs::File::options().read(true).write(true).open(path).unwrap();
    rustix::fs::fcntl_lock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive).unwrap();
    println!("it is held");
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_another_program_holds_is_left_alone_and_opens_when_it_is_free() {
    let (clock, _endpoint, ana, _ben) = ana_and_ben().await;
    ana.shares("Safe and sound.").await;
    let profile = ana.closes().await.unwrap();
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture"])
        .arg("profile::another_program_holds_the_database")
        .env("SAMOVAR_STORY_HOLDS", profile.path().join("samovar.db"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(holder.stdout.take().unwrap()).lines();
    assert!(told.any(|line| line.unwrap().contains("it is held")));

    let Err(refusal) = Desktop::on(profile.path(), "Ana", LIMA, &clock).await else {
        panic!("nothing can be read from a database that is held");
    };

    assert!(matches!(refusal, OpenError::Store(_)));
    assert!(refusal.to_string().contains("another program"), "{refusal}");
    holder.stdin.take().unwrap().write_all(b"\n").unwrap();
    holder.wait().unwrap();
    let ana = Desktop::on(profile.path(), "Ana", LIMA, &clock).await.unwrap();
    ana.sees_snapshot("Safe and sound.").await;
    assert!(ana.status().await.notices.is_empty(), "nothing had to be set aside");
}

/// What a disk that forgets leaves behind.
fn garbage(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 31 % 251) as u8).collect()
}

async fn is_told_where_the_damaged_one_lies(desktop: &Desktop) -> std::path::PathBuf {
    let notices = desktop.status().await.notices;
    let [AppNotice::DatabaseSetAside { path }] = notices.as_slice() else {
        panic!("the loss is said: {notices:#?}");
    };
    path.into()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_garbage_is_kept_aside_and_the_team_comes_anew() {
    let (clock, endpoint, ana, ben) = ana_and_ben().await;
    ben.shares("Tea is ready.").await;
    ana.sees_snapshot("Tea is ready.").await;
    ana.shares("On my way.").await;
    ana.has_sent_everything().await;
    let draft = Draft {
        text: "Half a thought".into(),
        ..Draft::default()
    };
    ana.ask(Request::SaveDraft { draft }).await;
    let profile = ana.closes().await.unwrap();
    let database = profile.path().join("samovar.db");
    let damaged = garbage(std::fs::metadata(&database).unwrap().len() as usize);
    std::fs::write(&database, &damaged).unwrap();

    let ana = Desktop::on(profile.path(), "Ana", LIMA, &clock).await.unwrap();

    let aside = is_told_where_the_damaged_one_lies(&ana).await;
    assert_eq!(
        std::fs::read(aside).unwrap(),
        damaged,
        "for whoever can still read something in it"
    );
    ana.sees_snapshot("Tea is ready.").await;
    ana.sees_snapshot("On my way.").await;
    assert_eq!(ana.ask(Request::Draft).await, Response::Draft(Draft::default()));
    assert!(ana.notifier.shown().is_empty(), "old news is not told again");
    ana.shares("Here I am.").await;
    ben.sees_snapshot("Here I am.").await;
    ana.has_sent_everything().await;
    assert_eq!(
        words_at(&endpoint, &ben).await,
        ["Tea is ready.", "On my way.", "Here I am."]
    );
}

/// Writes garbage over the page of the database that holds these words, and touches nothing else.
fn damage_the_page_with(words: &str, database: &Path) {
    use std::os::unix::fs::FileExt as _;
    let bytes = std::fs::read(database).unwrap();
    let at = bytes
        .windows(words.len())
        .position(|window| window == words.as_bytes())
        .expect("the words are in the file");
    let page = at / 4096 * 4096;
    let file = std::fs::File::options().write(true).open(database).unwrap();
    file.write_all_at(&garbage(4096), page as u64).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damage_that_is_met_at_work_is_mended_at_work() {
    let Kitchen {
        clock,
        endpoint,
        wire,
        ana,
        ben,
    } = Kitchen::open().await;
    ben.shares("Tea is ready.").await;
    ana.sees_snapshot("Tea is ready.").await;
    wire.unplug();
    ana.is_offline().await;
    ana.shares("Before the damage.").await;
    let profile = ana.closes().await.unwrap();
    let ana = Desktop::on(profile.path(), "Ana", LIMA, &clock).await.unwrap();
    // The disk fails under a Samovar that runs.
    damage_the_page_with("Tea is ready.", &profile.path().join("samovar.db"));
    let share = || Request::Share {
        text: Some("After the damage.".into()),
        photos: Vec::new(),
        lifetime: Lifetime::Day,
        audience: Audience::Team,
    };
    // Whoever looks first meets the damage: who shares now, who looks at the status, or what is done by itself.
    let mut changes = ana.core.changes();
    let is_damage = |refused: &Problem| assert_eq!(refused.code, "storage_damaged", "{refused}");
    while let Err(refused) = ana.core.call(share()).await {
        is_damage(&refused);
        changes.recv().await.unwrap();
    }
    loop {
        match ana.core.call(Request::Status).await {
            Ok(Response::Status(status)) if !status.notices.is_empty() => break,
            Ok(_) => {}
            Err(refused) => is_damage(&refused),
        }
        changes.recv().await.unwrap();
    }
    is_told_where_the_damaged_one_lies(&ana).await;
    wire.mend();
    ana.ask(Request::RetryNow).await;
    ana.has_sent_everything().await;
    ana.sees_snapshot("Tea is ready.").await;
    let words = ["Tea is ready.", "Before the damage.", "After the damage."];
    assert_eq!(words_at(&endpoint, &ben).await, words);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_in_a_damaged_database_is_saved_and_sent() {
    let Kitchen {
        clock,
        endpoint,
        wire,
        ana,
        ben,
    } = Kitchen::open().await;
    ben.shares("Tea is ready.").await;
    ana.sees_snapshot("Tea is ready.").await;
    ana.shares("On my way.").await;
    ana.has_sent_everything().await;
    wire.unplug();
    ana.is_offline().await;
    ana.shares("Stuck in the lift.").await;
    ana.shares("Still stuck.").await;
    let profile = ana.closes().await.unwrap();
    damage_the_page_with("Tea is ready.", &profile.path().join("samovar.db"));

    let ana = Desktop::on(profile.path(), "Ana", LIMA, &clock).await.unwrap();
    is_told_where_the_damaged_one_lies(&ana).await;
    assert_eq!(ana.status().await.waiting.ops, 2);
    wire.mend();
    ana.ask(Request::RetryNow).await;

    ana.has_sent_everything().await;
    ana.sees_snapshot("Tea is ready.").await;
    let words = ["Tea is ready.", "On my way.", "Stuck in the lift.", "Still stuck."];
    assert_eq!(words_at(&endpoint, &ben).await, words);
}

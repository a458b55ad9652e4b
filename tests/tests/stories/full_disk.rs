//! A disk with no room left: what is said to be saved is there afterwards, and what is not is said.
//!
//! The disk of one process alone is full here, by the limit that the system sets on the files it may write; so Ana's
//! desktop is a process of its own.

use std::path::Path;
use std::process::Stdio;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use samovar_core::api::{AppNotice, Connection, Draft, PhotoSource, Request};
use samovar_domain::kinds::Lifetime;
use samovar_domain::{Audience, Clock as _};
use samovar_testkit::{Desktop, FakeClock};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{ChildStdin, ChildStdout, Command};
use tokio::signal::unix::{SignalKind, signal};

use crate::given::{snapshots_on, words_at};
use crate::main_job::ana_and_ben;

const PROFILE: &str = "SAMOVAR_STORY_PROFILE";
const NOW: &str = "SAMOVAR_STORY_NOW";
const FULL: &str = "the disk is full";
const KNOWN: &str = "it is known why nothing comes";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_disk_nothing_is_said_to_be_saved_that_is_not() {
    let (clock, endpoint, ana, ben) = ana_and_ben().await;
    ana.shares("While there was room.").await;
    ana.has_sent_everything().await;
    let profile = ana.closes().await.unwrap();

    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture"])
        .arg("full_disk::a_desktop_whose_disk_is_full")
        .env(PROFILE, profile.path())
        .env(NOW, clock.now().to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut told = BufReader::new(process.stdout.take().unwrap());
    let mut tell = process.stdin.take().unwrap();
    hears(&mut told, FULL).await;
    ben.shares("Clear out your cellar!").await;
    ben.has_sent_everything().await;
    says(&mut tell, "something was shared").await;
    hears(&mut told, KNOWN).await;
    says(&mut tell, "there is room again").await;

    assert!(process.wait().await.unwrap().success(), "it all held there, too");
    let words = ["While there was room.", "Clear out your cellar!", "No room for this."];
    assert_eq!(words_at(&endpoint, &ben).await, words);
}

async fn hears(told: &mut BufReader<ChildStdout>, words: &str) {
    let mut line = String::new();
    while !line.contains(words) {
        line.clear();
        let length = told.read_line(&mut line).await.unwrap();
        assert!(length > 0, "it ended before it said '{words}'");
    }
}

async fn says(tell: &mut ChildStdin, words: &str) {
    tell.write_all(format!("{words}\n").as_bytes()).await.unwrap();
}

/// No file of this process grows any more, nor is any of it written.
fn fill_the_disk(is_full: bool) {
    let Rlimit { maximum, .. } = getrlimit(Resource::Fsize);
    let current = if is_full { Some(0) } else { maximum };
    setrlimit(Resource::Fsize, Rlimit { current, maximum }).unwrap();
}

async fn is_told() {
    let line = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new()));
    assert!(line.await.unwrap().unwrap() > 0, "the story itself has ended");
}

/// Not a story: Ana's part in the one above, in a process of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a part of the story before it, which starts it"]
async fn a_desktop_whose_disk_is_full() {
    let (Ok(profile), Ok(now)) = (std::env::var(PROFILE), std::env::var(NOW)) else {
        return;
    };
    // Whoever writes beyond the limit gets an error, and this signal, which would end the process.
    let _survives = signal(SignalKind::from_raw(rustix::process::Signal::XFSZ.as_raw())).unwrap();
    let clock = FakeClock::at(&now);
    let ana = Desktop::on(Path::new(&profile), "Ana", "America/Lima", &clock)
        .await
        .unwrap();
    ana.is_online().await;
    let share = || Request::Share {
        text: Some("No room for this.".into()),
        photos: Vec::new(),
        lifetime: Lifetime::Day,
        audience: Audience::Team,
    };

    fill_the_disk(true);
    assert_eq!(ana.is_refused(share()).await.code, "disk_full");
    let draft = Draft {
        text: "Nor for this".into(),
        ..Draft::default()
    };
    assert_eq!(ana.is_refused(Request::SaveDraft { draft }).await.code, "disk_full");
    let source =
        PhotoSource::Path(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/pictures/fixtures/dog.jpg").to_owned());
    ana.is_refused(Request::PreparePhoto { source }).await;
    let left = std::fs::read_dir(ana.folder().join("photos")).unwrap().count();
    assert_eq!(left, 0, "half a photo would take the room that is free again later");
    let notices = ana.status().await.notices;
    assert!(notices.contains(&AppNotice::DiskFull), "it stays on the screen");
    assert_eq!(snapshots_on(&ana.today().await), ["While there was room."]);
    println!("{FULL}");
    is_told().await;
    ana.stands(
        "not up to date, and why",
        |status| matches!(&status.connection, Connection::Offline { code, .. } if code == "disk_full"),
    )
    .await;
    println!("{KNOWN}");
    is_told().await;

    fill_the_disk(false);
    ana.ask(Request::RetryNow).await;
    ana.sees_snapshot("Clear out your cellar!").await;
    ana.ask(share()).await;
    ana.has_sent_everything().await;
    let notices = ana.status().await.notices;
    assert!(
        !notices.contains(&AppNotice::DiskFull),
        "there is room again, and it says so"
    );
    ana.closes().await;
}

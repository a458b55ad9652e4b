//! The endpoint's data is not what it was: restored from a backup, put back from a copy, or tidied while a desktop was
//! away. Desktops fetch the team anew, and what was written on them is still there.

use std::path::Path;
use std::time::Duration;

use samovar_core::api::{Draft, ProfileChange, Request, Response};
use samovar_server::operate;
use samovar_testkit::{Desktop, Endpoint, FakeClock, photos};

use crate::given::{Kitchen, page_of, snapshots_on, sorted_words_at};
use crate::main_job::ana_and_ben;

/// A folder with the same files in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

async fn back_up(endpoint: &Endpoint, to: &Path, clock: &FakeClock) {
    let packed = operate::back_up(endpoint.folder(), to, clock).await;
    packed.unwrap();
}

async fn try_now(desktops: [&Desktop; 2]) {
    for desktop in desktops {
        desktop.ask(Request::RetryNow).await;
    }
}

fn draft() -> Draft {
    Draft {
        text: "Half a thought".into(),
        ..Draft::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_restore_from_a_backup_everything_that_was_written_is_there_once() {
    let (clock, mut endpoint, ana, ben) = ana_and_ben().await;
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = elsewhere.path().join("kitchen.zip");
    ana.shares("Before the backup.").await;
    let regretted = ana.shares("Said too quickly.").await;
    ana.has_sent_everything().await;
    back_up(&endpoint, &backup, &clock).await;
    let old = page_of(&endpoint, &ana).await;

    clock.advance(Duration::from_mins(30));
    ana.ask(Request::Delete { item: regretted }).await;
    ana.shares_photo("After the backup.", photos::DOG).await;
    ana.thanks(ben.me().await, "You made the backup on a Sunday.").await;
    let change = ProfileChange {
        about: Some("Bakes on Sundays.".into()),
        ..ProfileChange::default()
    };
    ana.ask(Request::ChangeProfile { change }).await;
    ana.has_sent_everything().await;
    ben.shares("Tea for two.").await;
    ben.has_sent_everything().await;
    ana.sees_snapshot("Tea for two.").await;
    ben.sees_kudos("on a Sunday").await;

    endpoint.stop().await;
    ana.is_offline().await;
    ana.shares("While it was down.").await;
    ana.ask(Request::SaveDraft { draft: draft() }).await;
    let restored = elsewhere.path().join("restored");
    operate::restore(&backup, &restored, &clock).await.unwrap();
    endpoint.start_again_on(restored).await;
    assert_ne!(page_of(&endpoint, &ana).await.epoch, old.epoch);
    try_now([&ana, &ben]).await;

    for desktop in [&ana, &ben] {
        for text in [
            "Before the backup.",
            "After the backup.",
            "Tea for two.",
            "While it was down.",
        ] {
            desktop.sees_snapshot(text).await;
        }
        desktop.sees_kudos("on a Sunday").await;
        desktop.has_sent_everything().await;
        let gone = |today: &samovar_core::api::Today| !snapshots_on(today).contains(&"Said too quickly.".to_owned());
        desktop.sees("nothing that was taken back", gone).await;
        assert!(desktop.status().await.refused.is_empty());
    }
    let words = sorted_words_at(&endpoint, &ben).await;
    let expected = [
        "After the backup.",
        "Before the backup.",
        "Tea for two.",
        "While it was down.",
        "You made the backup on a Sunday.",
    ];
    assert_eq!(words, expected);
    let card = ben.sees_snapshot("After the backup.").await;
    ben.core.photo(card.photos[0].blob, false).await.unwrap();
    let Response::Settings(settings) = ana.ask(Request::Settings).await else {
        panic!("settings are answered with settings");
    };
    assert_eq!(settings.profile.unwrap().about.as_deref(), Some("Bakes on Sundays."));
    assert!(!settings.quiet_outside_hours, "what this computer has set stays");
    assert_eq!(ana.ask(Request::Draft).await, Response::Draft(draft()));
}

/// A copy of the folder begins no new epoch, as a backup does; a cursor above its head tells as much.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desktop_that_is_ahead_of_a_copy_that_was_put_back_loses_nothing() {
    let (_clock, mut endpoint, ana, ben) = ana_and_ben().await;
    ana.shares("Before the copy.").await;
    ana.has_sent_everything().await;
    let ben_id = ben.me().await;
    drop(ben.closes().await);
    endpoint.stop().await;
    let copy = tempfile::tempdir().unwrap();
    copy_folder(endpoint.folder(), copy.path());
    endpoint.start_again().await;
    ana.ask(Request::RetryNow).await;
    ana.shares("After the copy.").await;
    ana.shares("Long after the copy.").await;
    ana.thanks(ben_id, "You made a copy of the folder.").await;
    ana.has_sent_everything().await;
    ana.is_online().await;
    let head = page_of(&endpoint, &ana).await.head;

    endpoint.stop().await;
    ana.is_offline().await;
    ana.shares("While it was down.").await;
    ana.ask(Request::SaveDraft { draft: draft() }).await;
    endpoint.start_again_on(copy.path().to_owned()).await;
    assert!(page_of(&endpoint, &ana).await.head < head - 1);
    ana.ask(Request::RetryNow).await;

    for text in [
        "Before the copy.",
        "After the copy.",
        "Long after the copy.",
        "While it was down.",
    ] {
        ana.sees("a snapshot that the endpoint has", |today| {
            snapshots_on(today).iter().any(|words| words == text)
        })
        .await;
    }
    ana.is_online().await;
    ana.has_sent_everything().await;
    let expected = [
        "After the copy.",
        "Before the copy.",
        "Long after the copy.",
        "While it was down.",
        "You made a copy of the folder.",
    ];
    assert_eq!(sorted_words_at(&endpoint, &ana).await, expected);
    assert_eq!(ana.ask(Request::Draft).await, Response::Draft(draft()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desktop_that_was_away_for_longer_than_deletions_are_remembered_begins_anew() {
    let kitchen = Kitchen::open().await;
    let Kitchen {
        clock,
        endpoint,
        wire,
        ana,
        ben,
    } = &kitchen;
    ben.shares("Only for today.").await;
    let kudos = ben.thanks(ana.me().await, "You watered all the plants.").await;
    ana.sees_kudos("watered all the plants").await;
    wire.unplug();
    ana.is_offline().await;
    ana.ask(Request::SaveDraft { draft: draft() }).await;

    ben.ask(Request::Delete { item: kudos }).await;
    ben.has_sent_everything().await;
    clock.advance(Duration::from_hours(2 * 24));
    endpoint.tends().await;
    clock.advance(Duration::from_hours(91 * 24));
    endpoint.tends().await;
    let page = page_of(endpoint, ben).await;
    assert!(
        page.items.iter().all(|item| item.id != kudos),
        "the deletion itself is forgotten"
    );
    ana.thanks(ben.me().await, "You kept everything running.").await;
    kitchen.ana_is_back().await;

    ben.sees_kudos("kept everything running").await;
    ana.has_sent_everything().await;
    ana.is_online().await;
    assert_eq!(
        sorted_words_at(endpoint, ben).await,
        ["You kept everything running."],
        "what was deleted stays deleted"
    );
    let (emoji, on) = ("🌱".to_owned(), true);
    let answer = Request::React {
        target: kudos,
        emoji,
        on,
    };
    assert_eq!(ana.is_refused(answer).await.code, "gone", "Ana's desktop knows it too");
    assert_eq!(ana.ask(Request::Draft).await, Response::Draft(draft()));
}

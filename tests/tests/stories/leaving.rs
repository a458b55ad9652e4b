//! One's rights, from one's own desktop: a copy of everything, and leaving without a trace, there and here.

use std::path::PathBuf;
use std::time::Duration;

use samovar_core::api::{Connection, Request, Response, SettingsChange, Theme};
use samovar_testkit::photos::KITCHEN;
use samovar_testkit::{Desktop, PATIENCE, files_with};

use crate::given::Kitchen;

const WORDS: &str = "zwirnquitte in the kitchen";

async fn saves_a_copy(desktop: &Desktop) -> String {
    match desktop.ask(Request::ExportMine).await {
        Response::Exported { path } => path,
        other => panic!("expected a copy, not {other:?}"),
    }
}

/// Waits until this computer has a key that others seal to.
async fn others_can_seal_to(desktop: &Desktop) {
    let has_key = async {
        while !desktop.keyring.kept().contains_key("device-key") {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, has_key)
        .await
        .expect("a key in the keyring");
}

fn erase(name: &str) -> Request {
    Request::EraseMe { name: name.to_owned() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_holds_what_one_wrote_and_never_takes_another_s_place() {
    let kitchen = Kitchen::open().await;
    kitchen.ben.shares_photo(WORDS, KITCHEN).await;
    kitchen.ben.has_sent_everything().await;
    let first = saves_a_copy(&kitchen.ben).await;
    assert!(first.ends_with("downloads/samovar-export-2026-11-23.zip"), "{first}");
    let second = saves_a_copy(&kitchen.ben).await;
    assert!(second.ends_with("samovar-export-2026-11-23-2.zip"), "{second}");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(first).unwrap()).unwrap();
    let items = std::io::read_to_string(archive.by_name("items.json").unwrap()).unwrap();
    assert!(items.contains(WORDS));
    assert!(archive.file_names().any(|name| name.starts_with("photos/")));
    kitchen.wire.unplug();
    let refused = kitchen.ana.is_refused(Request::ExportMine).await;
    assert_eq!(refused.code, "unreachable");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_leaves_is_gone_from_the_team_and_from_their_own_computer() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let change = SettingsChange {
        theme: Some(Theme::Dark),
        ..SettingsChange::default()
    };
    ben.ask(Request::ChangeSettings { change }).await;
    ben.shares_photo(WORDS, KITCHEN).await;
    ana.sees_snapshot(WORDS).await;
    others_can_seal_to(ben).await;
    ana.shares("zwirnquitte of Ana's").await;
    ben.sees_snapshot("of Ana's").await;
    kitchen.wire.unplug();
    let refused = ben.is_refused(erase("Bem")).await;
    assert_eq!(refused.code, "name_differs");
    assert!(!files_with(ben.folder(), "zwirnquitte").is_empty());

    ben.ask(erase(" Ben ")).await;
    let status = ben.status().await;
    assert!(status.team.is_none() && status.waiting.ops == 0);
    assert_eq!(status.theme, Theme::Dark, "how it looks is the computer's");
    assert_eq!(files_with(ben.folder(), "zwirnquitte"), Vec::<PathBuf>::new());
    assert!(!ben.folder().join("account.json").exists());
    assert!(!ben.keyring.kept().contains_key("device-key"), "nor what he could open");
    assert_eq!(std::fs::read_dir(ben.folder().join("photos")).unwrap().count(), 0);
    ben.stands("in no team", |status| status.connection == Connection::None)
        .await;
    kitchen.ana_is_back().await;
    ana.sees("nobody else", |today| {
        today.people.is_empty() && today.portraits.len() == 1 && today.days.iter().all(|day| day.entries.len() == 1)
    })
    .await;
    // The computer may join again, as somebody new.
    ben.join(&ana.invite().await).await;
    ben.sees_snapshot("of Ana's").await;
    assert_eq!(ana.people().await.people.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leaving_that_is_refused_or_not_heard_takes_nothing_away() {
    let kitchen = Kitchen::open().await;
    let ana = &kitchen.ana;
    ana.shares(WORDS).await;
    assert_eq!(ana.is_refused(erase("Ana")).await.code, "last_owner");
    kitchen.wire.unplug();
    assert_eq!(ana.is_refused(erase("Ana")).await.code, "unreachable");
    ana.sees_snapshot(WORDS).await;
    kitchen.ana_is_back().await;
    ana.is_online().await;
    ana.has_sent_everything().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leaving_whose_answer_was_lost_is_done_by_the_next_try() {
    let kitchen = Kitchen::open().await;
    let cleo = Desktop::new("Cleo", "America/Lima", &kitchen.clock).await;
    cleo.join(&kitchen.wire.link(&kitchen.ana.invite().await)).await;
    cleo.shares(WORDS).await;
    cleo.has_sent_everything().await;
    kitchen.wire.cut_answers();
    let refused = cleo.is_refused(erase("Cleo")).await;
    assert_eq!(refused.code, "unreachable");
    kitchen.wire.mend();
    cleo.ask(erase("Cleo")).await;
    assert!(cleo.status().await.team.is_none());
    assert_eq!(files_with(cleo.folder(), "zwirnquitte"), Vec::<PathBuf>::new());
}

//! Beside a newer Samovar: what this one does not know harms nothing, and is not lost.

use samovar_core::api::{ProfileChange, Request};
use samovar_domain::{Clock as _, ItemId};
use serde_json::json;

use crate::given::{Device, Kitchen, page_of};
use crate::main_job::ana_and_ben;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kind_that_is_not_known_yet_is_kept_and_shows_nothing() {
    let mut kitchen = Kitchen::open().await;
    kitchen.wire.says(r#""kind":"reply""#, r#""kind":"haiku""#);
    let fog = kitchen.ana.shares("Fog on the harbour.").await;
    kitchen.ben.sees_snapshot("Fog on the harbour.").await;

    kitchen.ben.replies(fog, "Old pond; a frog leaps.").await;
    kitchen.ben.shares("By the stream.").await;
    kitchen.ana.notifier.hears("By the stream.").await;
    kitchen.wire.unplug();
    kitchen.ana.is_offline().await;
    kitchen.ben.replies(fog, "Sound of the water.").await;
    kitchen.ben.shares("By the page.").await;
    kitchen.ben.has_sent_everything().await;
    kitchen.ana_is_back().await;
    kitchen.ana.notifier.hears("By the page.").await;

    assert!(
        kitchen
            .ana
            .sees_snapshot("Fog on the harbour.")
            .await
            .replies
            .is_empty()
    );
    assert_eq!(kitchen.ana.notifier.shown().len(), 2, "of the two snapshots only");
    kitchen.ana.restarts().await;
    kitchen.ana.is_online().await;
    kitchen.ana.shares("All is well.").await;
    kitchen.ben.sees_snapshot("All is well.").await;
    let profile = kitchen.ana.closes().await.unwrap();
    let kept = std::fs::read(profile.path().join("samovar.db")).unwrap();
    for words in ["haiku", "Old pond; a frog leaps.", "Sound of the water."] {
        let is_kept = kept.windows(words.len()).any(|window| window == words.as_bytes());
        assert!(is_kept, "'{words}' is there for a Samovar that knows what it is");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_newer_desktop_wrote_into_a_profile_survives_a_change_by_an_older_one() {
    let (clock, endpoint, ana, _ben) = ana_and_ben().await;
    let newer = Device::enrol(&endpoint, &ana).await;
    let me = ana.me().await;
    let page = page_of(&endpoint, &ana).await;
    let own = page.items.iter().find(|item| item.id == ItemId::from(me)).unwrap();
    let mut body = own.body.clone().unwrap();
    body["favourite_tea"] = json!({ "leaf": "oolong", "minutes": 3 });
    body["pronouns"] = json!("she/her");
    let op = json!({
        "n": 1, "id": me, "kind": "member", "audience": "team", "created_at": clock.now(), "body": body,
    });
    newer.posts(&json!({ "epoch": page.epoch, "ops": [op] })).await;
    let knows = |profile: Option<&samovar_core::api::Profile>| profile.is_some_and(|own| own.pronouns.is_some());
    loop {
        let mut changes = ana.core.changes();
        let samovar_core::api::Response::Settings(settings) = ana.ask(Request::Settings).await else {
            panic!("settings are answered with settings");
        };
        if knows(settings.profile.as_ref()) {
            break;
        }
        let changed = tokio::time::timeout(samovar_testkit::PATIENCE, changes.recv()).await;
        assert!(changed.is_ok(), "the newer desktop's profile never came");
    }

    let change = ProfileChange {
        about: Some("Bakes on Sundays.".into()),
        ..ProfileChange::default()
    };
    ana.ask(Request::ChangeProfile { change }).await;
    ana.has_sent_everything().await;

    let page = page_of(&endpoint, &ana).await;
    let own = page.items.iter().find(|item| item.id == ItemId::from(me)).unwrap();
    let body = own.body.as_ref().unwrap();
    assert_eq!(body["about"], "Bakes on Sundays.");
    assert_eq!(body["favourite_tea"], json!({ "leaf": "oolong", "minutes": 3 }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_endpoint_says_that_it_does_not_know_a_kind_and_takes_what_comes_after() {
    let (clock, endpoint, ana, ben) = ana_and_ben().await;
    let newer = Device::enrol(&endpoint, &ana).await;
    let epoch = page_of(&endpoint, &ana).await.epoch;
    let haiku = json!({
        "n": 1, "id": ItemId::new(clock.now()), "kind": "haiku", "audience": "team", "created_at": clock.now(),
        "body": { "text": "Old pond" },
    });
    let snapshot = crate::given::snapshot_op(2, "After the haiku.", &clock);

    let answer = newer.posts(&json!({ "epoch": epoch, "ops": [haiku, snapshot] })).await;

    assert_eq!(answer["results"][0]["problem"]["code"], "unknown_kind");
    ben.sees_snapshot("After the haiku.").await;
}

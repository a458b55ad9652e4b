//! Without a connection: nothing that was confirmed is lost, and nothing is there twice.

use samovar_core::api::{Connection, Request};
use samovar_domain::Audience;
use samovar_testkit::photos;

use crate::main_job::ana_and_ben;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_shared_offline_is_on_the_screen_at_once_and_goes_out_later() {
    let (_clock, mut endpoint, mut ana, ben) = ana_and_ben().await;
    endpoint.stop().await;
    ana.stands("offline", |status| {
        matches!(status.connection, Connection::Offline { .. })
    })
    .await;

    ana.shares_photo("From the train.", photos::DOG).await;
    let card = ana.sees_snapshot("From the train").await;
    assert!(card.is_waiting && card.is_mine);
    ana.restarts().await;
    assert!(
        ana.sees_snapshot("From the train").await.is_waiting,
        "it waits over a restart"
    );

    endpoint.start_again().await;
    ana.ask(Request::RetryNow).await;
    ben.ask(Request::RetryNow).await;
    ana.has_sent_everything().await;
    ben.sees_snapshot("From the train").await;
    assert!(!ana.sees_snapshot("From the train").await.is_waiting);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_rules_refuse_is_said_at_once_and_nothing_is_queued() {
    let (_clock, _endpoint, ana, _ben) = ana_and_ben().await;
    let me = ana.me().await;

    let request = Request::GiveKudos {
        to: vec![me],
        reason: "I am simply wonderful.".into(),
        value: None,
        audience: Audience::Team,
    };
    let problem = ana.is_refused(request).await;

    assert_eq!(problem.code, "kudos_to_oneself");
    assert_eq!(ana.status().await.waiting.ops, 0);
}

//! Each op is done exactly once, however often and however badly it arrives.

use samovar_core::api::Request;
use serde_json::json;

use crate::given::{Device, Kitchen, page_of, snapshot_op, words_at};
use crate::main_job::ana_and_ben;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_lost_on_the_way_doubles_nothing() {
    let kitchen = Kitchen::open().await;
    let Kitchen {
        endpoint,
        wire,
        ana,
        ben,
        ..
    } = &kitchen;
    let ben_id = ben.me().await;

    wire.cut_answers();
    ana.shares("The kettle is on.").await;
    ben.sees_snapshot("The kettle is on.").await;
    let head = page_of(endpoint, ben).await.head;
    ana.thanks(ben_id, "You fixed the kettle for all of us.").await;
    assert_eq!(
        ana.status().await.waiting.ops,
        2,
        "Ana was never told that the first is there"
    );

    kitchen.ana_is_back().await;
    ana.has_sent_everything().await;
    ben.sees_kudos("fixed the kettle").await;
    assert!(!ana.sees_snapshot("The kettle is on.").await.is_waiting);
    assert_eq!(
        words_at(endpoint, ben).await,
        ["The kettle is on.", "You fixed the kettle for all of us."]
    );
    assert_eq!(
        page_of(endpoint, ben).await.head,
        head + 1,
        "the kudos, and no second snapshot"
    );
    ben.notifier.hears("Kudos from Ana").await;
    assert_eq!(ben.notifier.shown().len(), 2, "{:#?}", ben.notifier.shown());
    assert!(ana.status().await.refused.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_that_ends_between_commit_and_answer_has_done_it_once() {
    let mut kitchen = Kitchen::open().await;
    for round in ["one", "two", "three"] {
        kitchen.wire.cut_answers();
        kitchen.ana.shares(&format!("Cup {round}.")).await;
        kitchen.ben.sees_snapshot(&format!("Cup {round}.")).await;
        kitchen.endpoint.start_again().await;
        kitchen.ana_is_back().await;
        kitchen.ben.ask(Request::RetryNow).await;
        kitchen.ana.has_sent_everything().await;
    }
    let words = words_at(&kitchen.endpoint, &kitchen.ben).await;
    assert_eq!(words, ["Cup one.", "Cup two.", "Cup three."]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_copies_of_one_op_at_once_are_one_item() {
    let (clock, endpoint, ana, ben) = ana_and_ben().await;
    let device = Device::enrol(&endpoint, &ana).await;
    let before = page_of(&endpoint, &ana).await;
    let ops = json!({ "epoch": before.epoch, "ops": [snapshot_op(1, "Once.", &clock)] });

    let answers = futures_util::future::join_all((0..100).map(|_| device.posts(&ops))).await;

    for answer in &answers {
        assert_eq!(answer["results"], json!([{ "n": 1, "seq": before.head + 1 }]));
    }
    ben.notifier.hears("Once.").await;
    assert_eq!(words_at(&endpoint, &ben).await, ["Once."]);
    assert_eq!(page_of(&endpoint, &ana).await.head, before.head + 1);
    assert_eq!(ben.notifier.shown().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_op_whose_forerunner_is_missing_waits_for_it() {
    let (clock, endpoint, ana, _ben) = ana_and_ben().await;
    let device = Device::enrol(&endpoint, &ana).await;
    let epoch = page_of(&endpoint, &ana).await.epoch;
    let first = snapshot_op(1, "First.", &clock);
    let third = snapshot_op(3, "Third.", &clock);

    let answer = device.posts(&json!({ "epoch": epoch, "ops": [third] })).await;
    assert_eq!((&answer["code"], &answer["expected"]), (&json!("op_gap"), &json!(1)));
    let answer = device.posts(&json!({ "epoch": epoch, "ops": [first, third] })).await;
    assert_eq!(
        answer["results"].as_array().unwrap().len(),
        1,
        "what comes before the gap stands"
    );
    let answer = device.posts(&json!({ "epoch": epoch, "ops": [third] })).await;
    assert_eq!((&answer["code"], &answer["expected"]), (&json!("op_gap"), &json!(2)));
    assert_eq!(words_at(&endpoint, &ana).await, ["First."]);
}

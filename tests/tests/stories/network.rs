//! What networks do: one way dies, a computer sleeps in the middle of an upload, the endpoint is away for long.

use std::time::Duration;

use samovar_core::api::{Connection, Request};
use samovar_domain::Clock as _;
use samovar_testkit::photos;

use crate::given::{Kitchen, http_ok, snapshots_on, words_at};
use crate::main_job::ana_and_ben;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_on_which_nothing_comes_any_more_is_noticed_and_made_anew() {
    let kitchen = Kitchen::open().await;
    let Kitchen {
        clock, wire, ana, ben, ..
    } = &kitchen;

    wire.stall_answers();
    ben.shares("Can you hear me?").await;
    ben.has_sent_everything().await;
    assert_eq!(ana.status().await.connection, Connection::Online, "nobody has told Ana");
    clock.advance(Duration::from_secs(71));
    ana.stands("in doubt about the connection", |status| {
        status.connection != Connection::Online
    })
    .await;

    kitchen.ana_is_back().await;
    ana.sees_snapshot("Can you hear me?").await;
    ana.is_online().await;
    ana.shares("Now I can.").await;
    ben.sees_snapshot("Now I can.").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_computer_that_sleeps_in_the_middle_of_an_upload_goes_on_when_it_wakes() {
    let kitchen = Kitchen::open().await;
    let Kitchen {
        clock,
        endpoint,
        wire,
        ana,
        ben,
        ..
    } = &kitchen;

    wire.stall_after(20_000);
    ana.shares_photo("The view from the pass.", photos::KITCHEN).await;
    wire.stands_still().await;
    assert_eq!(ana.status().await.waiting.ops, 1);
    clock.advance(Duration::from_hours(7));
    wire.reset();
    kitchen.ana_is_back().await;

    ana.has_sent_everything().await;
    let card = ben.sees_snapshot("The view from the pass.").await;
    let photo = ben.core.photo(card.photos[0].blob, false).await.unwrap();
    samovar_pictures::verify(&photo).unwrap();
    assert_eq!(words_at(endpoint, ben).await, ["The view from the pass."]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_a_proxy_that_ends_every_stream_the_waits_grow() {
    let kitchen = Kitchen::open().await;
    let Kitchen { clock, wire, ana, .. } = &kitchen;
    let mut waited = Duration::ZERO;
    let mut tries = 0;
    let mut tried_at = clock.now();
    wire.ends_streams();
    wire.reset();
    // A single failure is waited for a second at most; after ten, anything up to a minute.
    while waited <= Duration::from_secs(1) {
        assert!(tries < 40, "it tries again and again as after the first time");
        let status = ana
            .stands(
                "offline once more",
                |status| matches!(status.connection, Connection::Offline { retry_at, .. } if retry_at > tried_at),
            )
            .await;
        if let Connection::Offline { retry_at, .. } = status.connection {
            waited = waited.max(retry_at.since(clock.now()));
        }
        clock.advance(Duration::from_mins(2));
        tried_at = clock.now();
        ana.ask(Request::RetryNow).await;
        tries += 1;
    }

    kitchen.ana_is_back().await;
    ana.is_online().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_only_the_way_up_is_dead_what_is_written_arrives_later_and_once() {
    let kitchen = Kitchen::open().await;
    let Kitchen {
        endpoint,
        wire,
        ana,
        ben,
        ..
    } = &kitchen;

    wire.stall_requests();
    ana.shares("Can anybody hear me?").await;
    ben.shares("We hear nothing from you.").await;
    ana.sees_snapshot("We hear nothing from you.").await;
    let status = ana.status().await;
    assert_eq!(
        (status.connection, status.waiting.ops),
        (Connection::Online, 1),
        "the way down works"
    );
    wire.reset();
    ana.shares("Hello?").await;
    kitchen.ana_is_back().await;

    ana.has_sent_everything().await;
    ben.sees_snapshot("Hello?").await;
    assert_eq!(
        words_at(endpoint, ben).await,
        ["We hear nothing from you.", "Can anybody hear me?", "Hello?"]
    );
}

/// What no endpoint says: letters that are none, and lists in lists in lists.
fn nonsense() -> [Vec<u8>; 2] {
    [b"\xff\xfe\xc3(".to_vec(), b"[".repeat(10_000)]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_that_cannot_be_read_change_nothing() {
    let kitchen = Kitchen::open().await;
    let Kitchen { wire, ana, ben, .. } = &kitchen;
    ben.shares("Tea is ready.").await;
    ana.sees_snapshot("Tea is ready.").await;
    for body in nonsense() {
        wire.answers("GET /v1/items", usize::MAX, &http_ok(&body));
        wire.reset();
        ana.is_offline().await;
        assert_eq!(snapshots_on(&ana.today().await), ["Tea is ready."]);
        kitchen.ana_is_back().await;
        ana.is_online().await;
    }
    ben.shares("Still warm.").await;
    ana.sees_snapshot("Still warm.").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_that_cannot_be_read_change_nothing_and_keep_nobody_busy() {
    let kitchen = Kitchen::open().await;
    let Kitchen { wire, ana, ben, .. } = &kitchen;
    ben.shares("Tea is ready.").await;
    ana.sees_snapshot("Tea is ready.").await;
    for (body, why) in nonsense().into_iter().zip(["unreachable", "resync"]) {
        let head =
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\nevent: item\ndata: ";
        let answer = [head.as_slice(), &body, b"\n\n"].concat();
        wire.answers("GET /v1/stream", usize::MAX, &answer);
        wire.reset();
        ana.stands(
            "offline, and why",
            |status| matches!(&status.connection, Connection::Offline { code, .. } if code == why),
        )
        .await;
        assert_eq!(snapshots_on(&ana.today().await), ["Tea is ready."]);
        kitchen.ana_is_back().await;
        ana.is_online().await;
    }
    ben.shares("Still warm.").await;
    ana.sees_snapshot("Still warm.").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hundreds_of_writes_that_waited_arrive_once_each_and_in_order() {
    let (_clock, mut endpoint, mut ana, ben) = ana_and_ben().await;
    endpoint.stop().await;
    ana.is_offline().await;
    let written: Vec<String> = (1..=200).map(|cup| format!("Cup {cup}.")).collect();
    for text in &written[..150] {
        ana.shares(text).await;
    }
    ana.restarts().await;
    for text in &written[150..] {
        ana.shares(text).await;
    }
    assert_eq!(ana.status().await.waiting.ops, 200);

    endpoint.start_again().await;
    ana.ask(Request::RetryNow).await;
    ben.ask(Request::RetryNow).await;

    ana.has_sent_everything().await;
    assert_eq!(words_at(&endpoint, &ana).await, written);
    ben.sees_snapshot("Cup 200.").await;
}

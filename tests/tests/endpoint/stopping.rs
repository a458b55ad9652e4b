//! How an endpoint stops, and what it says while it has no room or cannot write.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use samovar_server::operation::Operation;
use samovar_testkit::{Streams, client};
use samovar_tests::endpoint::Endpoint;
use samovar_tests::wait::eventually;

use crate::given::{Caller, Team, refusal};
use crate::raw::Raw;

/// How many streams leave in these stories: in 0.3 seconds.
const STREAMS: u64 = 300;

#[tokio::test]
async fn streams_leave_one_after_the_other_and_each_is_told_when_to_come_back() {
    for mut team in Team::gather_both().await {
        let mut streams = Vec::new();
        for _ in 0..STREAMS {
            let mut stream = team.ben.stream(0).await;
            stream.hears("event: head").await;
            streams.push(stream);
        }
        let told = Instant::now();
        team.endpoint.stop().await;
        let took = told.elapsed();
        assert!(took >= Duration::from_millis(STREAMS / 2), "not all at once: {took:?}");
        let mut retries = std::collections::HashSet::new();
        for stream in &mut streams {
            let words = stream.hears("retry: ").await;
            let retry = words.lines().find_map(|line| line.strip_prefix("retry: "));
            let retry: u64 = retry.unwrap().parse().unwrap();
            assert!((1_000..=1_000 + STREAMS).contains(&retry), "{words}");
            retries.insert(retry);
            assert_eq!(stream.next().await, None, "it ends as it should");
        }
        assert!(retries.len() > 20, "not all at the same time: {retries:?}");
    }
}

/// What was begun is answered; nothing new is let in; and the process ends well.
#[tokio::test]
async fn a_call_that_is_under_way_is_answered_before_the_program_ends() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (endpoint, invite) = Endpoint::new(&data).unwrap();
    let ana = Caller::join_now(&invite, "Ana").await;
    let mut stream = ana.stream(0).await;
    stream.hears("event: head").await;
    let op = ana.op(
        "snapshot",
        samovar_domain::ItemId::new(ana.now),
        &samovar_domain::Audience::Team,
        crate::given::snapshot("just in time"),
    );
    let body = serde_json::json!({ "epoch": ana.epoch, "ops": [op] }).to_string();
    let mut slow = Raw::to(&ana.base_url).await;
    let length = body.len();
    slow.says(format!(
        "POST /v1/ops HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
         expect: 100-continue\r\ncontent-length: {length}\r\n\r\n",
        ana.token
    ))
    .await;
    // The endpoint reads the body now.
    assert!(slow.hears_head().await.starts_with("HTTP/1.1 100 "));
    endpoint.ask_to_end();
    stream.hears("retry: ").await;
    stream.ends().await;
    let address = ana.base_url.strip_prefix("http://").unwrap();
    eventually("nobody to listen any more", async || {
        tokio::net::TcpStream::connect(address).await.err()
    })
    .await
    .unwrap();
    slow.says(&body).await;
    let answer = slow.hears_all().await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let ended = tokio::task::spawn_blocking(|| endpoint.waits()).await.unwrap().unwrap();
    assert_eq!(ended.code(), Some(0));
    let _endpoint = Endpoint::again(&data, &ana.base_url).unwrap();
    assert_eq!(ana.again().reads().await, ["just in time"]);
}

#[tokio::test]
async fn for_whom_there_is_no_room_is_told_when_to_come_again() {
    for streams in Streams::ALL {
        let operation = Operation {
            connections: 2,
            ..Operation::default()
        };
        let team = Team::gather_as(streams, operation).await;
        // Ana's connection becomes her stream; the other one is Ben's.
        let mut stream = team.ana.stream(0).await;
        stream.hears("event: head").await;
        let late = client().get(format!("{}/v1/items?after=0", team.endpoint.base_url));
        let late = late.bearer_auth(&team.ana.token);
        let refused = late.try_clone().unwrap().send().await.unwrap();
        assert_eq!(refused.headers()["retry-after"], "5");
        assert_eq!(refusal(refused).await, (503, "too_busy".into()));
        // Those inside go on.
        team.ben.says("there is room for us").await;
        stream.hears("there is room for us").await;
        drop(stream);
        eventually("room again", async || {
            let answer = late.try_clone().unwrap().send().await.ok()?;
            (answer.status() == StatusCode::OK).then_some(())
        })
        .await
        .unwrap();
    }
}

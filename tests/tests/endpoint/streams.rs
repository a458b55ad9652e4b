//! Many readers, slow readers, and readers that come back all at once.

use std::sync::Arc;

use reqwest::StatusCode;
use samovar_domain::{Audience, ItemId};
use serde_json::json;

use crate::given::{Stream, Team};
use crate::raw::Raw;

/// One that never reads is its own trouble: everyone else hears everything.
#[tokio::test]
async fn of_a_hundred_readers_one_that_never_reads_holds_up_nobody() {
    for team in Team::gather_both().await {
        one_of_a_hundred_never_reads(team).await;
    }
}

async fn one_of_a_hundred_never_reads(team: Team) {
    let mut silent = Raw::to(&team.ben.base_url).await;
    silent
        .says(format!(
            "GET /v1/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\r\n",
            team.ben.token
        ))
        .await;
    let mut readers = Vec::new();
    for _ in 0..99 {
        let mut stream = team.ben.stream(0).await;
        stream.hears("event: head").await;
        readers.push(tokio::spawn(async move {
            let mut items = 0;
            loop {
                let event = stream.next().await.expect("it goes on");
                items += usize::from(event.contains("event: item"));
                if event.contains("the last of all") {
                    return items;
                }
            }
        }));
    }
    // More than fits between the endpoint and somebody who does not read.
    let filling =
        |n: u32| json!({ "text": format!("number {n}"), "photos": [], "lifetime": "24h", "later": "y".repeat(30_000) });
    for round in 0..12 {
        let ops: Vec<_> = (0..30)
            .map(|n| {
                team.ana.op(
                    "snapshot",
                    ItemId::new(team.ana.now),
                    &Audience::Team,
                    filling(round * 30 + n),
                )
            })
            .collect();
        assert_eq!(team.ana.post(&ops).await.status(), StatusCode::OK);
    }
    team.ana.says("the last of all").await;
    for reader in readers {
        assert_eq!(reader.await.unwrap(), 12 * 30 + 1);
    }
}

/// After a restart all desktops are back within the same second.
#[tokio::test]
async fn three_hundred_streams_open_at_once_after_a_restart() {
    for team in Team::gather_both().await {
        three_hundred_come_back(team).await;
    }
}

async fn three_hundred_come_back(mut team: Team) {
    team.ana.says("before").await;
    let ben = Arc::new(team.ben);
    let mut open = Vec::new();
    for _ in 0..300 {
        open.push(ben.stream(0).await);
    }
    team.endpoint.start_again().await;
    for stream in &mut open {
        stream.ends().await;
    }
    let head = ben.page("after=0").await.head;
    let coming: Vec<_> = (0..300)
        .map(|_| {
            let ben = Arc::clone(&ben);
            tokio::spawn(async move {
                let answer = ben.get(&format!("/v1/stream?after={head}")).await;
                assert_eq!(answer.status(), StatusCode::OK);
                let mut stream = Stream::of(answer);
                stream.hears("event: head").await;
                stream
            })
        })
        .collect();
    let mut streams = Vec::new();
    for stream in coming {
        streams.push(stream.await.unwrap());
    }
    team.ana.says("after").await;
    for stream in &mut streams {
        stream.hears("after").await;
    }
}

/// What a stream has not read when the endpoint forgets it cannot be told any more.
#[tokio::test]
async fn a_stream_that_fell_below_the_low_water_mark_is_told_to_begin_anew() {
    for team in Team::gather_both().await {
        one_falls_below_the_mark(team).await;
    }
}

async fn one_falls_below_the_mark(team: Team) {
    let gone = team.ana.says("gone").await;
    let cursor = team.ana.page("after=0").await.head;
    let mut silent = Raw::to(&team.ben.base_url).await;
    silent
        .says(format!(
            "GET /v1/stream?after={cursor} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {}\r\n\r\n",
            team.ben.token
        ))
        .await;
    assert!(silent.hears_head().await.starts_with("HTTP/1.1 200 "));
    // More places than the endpoint keeps in memory, and more bytes than lie between it and who does not read.
    let kept = || json!({ "target": gone, "text": "kept", "later": "y".repeat(3_000) });
    for _ in 0..18 {
        let ops: Vec<_> = (0..250)
            .map(|_| team.ana.op("reply", ItemId::new(team.ana.now), &Audience::Team, kept()))
            .collect();
        assert_eq!(team.ana.post(&ops).await.status(), StatusCode::OK);
    }
    // Its end, and that of all that answers it.
    team.ana
        .writes("snapshot", gone, &Audience::Team, serde_json::Value::Null)
        .await;
    team.clock.advance(std::time::Duration::from_hours(24 * 91));
    team.endpoint.tends().await;
    let heard = silent.hears_all().await;
    assert!(heard.contains("event: item"), "what was on its way");
    assert!(
        heard.trim_end().ends_with("event: resync\ndata: {}\n\n\r\n0"),
        "{}",
        &heard[heard.len() - 200..]
    );
}

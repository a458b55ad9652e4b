//! Bodies that are not what they say they are.

use reqwest::Method;
use samovar_domain::{BlobHash, ItemId};
use serde_json::json;

use crate::given::{Caller, Team, refusal, snapshot};
use crate::photos::{photo, try_put};
use crate::raw::Raw;

/// The head of a call with these further lines.
fn head(caller: &Caller, call: &str, lines: &str) -> String {
    format!(
        "{call} HTTP/1.1\r\nhost: samovar\r\nconnection: close\r\nauthorization: Bearer {}\r\n{lines}\r\n",
        caller.token
    )
}

async fn answer(caller: &Caller, call: &str, lines: &str, body: &[u8]) -> String {
    let mut raw = Raw::to(&caller.base_url).await;
    raw.says(head(caller, call, lines)).await;
    raw.says(body).await;
    raw.says_no_more().await;
    raw.hears_all().await
}

fn is_refused(answer: &str, status: u16, code: &str) -> bool {
    answer.starts_with(&format!("HTTP/1.1 {status} ")) && answer.contains(&format!("\"code\":\"{code}\""))
}

const JSON: &str = "content-type: application/json\r\n";

#[tokio::test]
async fn a_body_that_ends_before_its_length_may_be_sent_again() {
    let team = Team::gather().await;
    let jpeg = photo();
    let put = format!("PUT /v1/blobs/{}", BlobHash::of(&jpeg));
    let length = format!("content-length: {}\r\n", jpeg.len() + 100);
    // Nobody may be there any more to hear an answer; one that comes says that it may be sent again.
    let answered = answer(&team.ana, &put, &length, &jpeg).await;
    assert!(
        answered.is_empty() || is_refused(&answered, 408, "body_cut"),
        "{answered}"
    );
    let answered = answer(
        &team.ana,
        "POST /v1/ops",
        &format!("{JSON}content-length: 500\r\n"),
        b"{\"epoch\"",
    )
    .await;
    assert!(
        answered.is_empty() || is_refused(&answered, 408, "body_cut"),
        "{answered}"
    );
    let chunked = format!("{JSON}transfer-encoding: chunked\r\n");
    let answered = answer(&team.ana, "POST /v1/ops", &chunked, b"5\r\n{\"epo\r\nZZ\r\n").await;
    assert!(
        is_refused(&answered, 408, "body_cut") || answered.starts_with("HTTP/1.1 400 "),
        "{answered}"
    );
    assert_eq!(
        team.ana
            .get(&format!("/v1/blobs/{}", BlobHash::of(&jpeg)))
            .await
            .status(),
        404
    );
    team.ana.says("and on").await;
}

#[tokio::test]
async fn what_comes_after_a_body_s_length_is_no_part_of_it() {
    let team = Team::gather().await;
    let jpeg = photo();
    let hash = BlobHash::of(&jpeg);
    let length = format!("content-length: {}\r\n", jpeg.len());
    let longer = [&jpeg[..], b"<html>GET /v1/export HTTP/1.1\r\n\r\n"].concat();
    let answered = answer(&team.ana, &format!("PUT /v1/blobs/{hash}"), &length, &longer).await;
    assert!(answered.starts_with("HTTP/1.1 201 "), "{answered}");
    assert_eq!(
        answered.matches("HTTP/1.1 ").count(),
        1,
        "nothing behind it was taken for a call"
    );
    let kept = team.ana.get(&format!("/v1/blobs/{hash}")).await;
    assert_eq!(kept.bytes().await.unwrap(), jpeg);
}

#[tokio::test]
async fn more_than_a_body_may_have_is_refused_announced_or_not() {
    let team = Team::gather().await;
    let large = vec![b'x'; samovar_pictures::MAX_SHARED_BYTES + 1];
    let refused = try_put(&team.ana, BlobHash::of(&large), large.clone()).await;
    assert_eq!(refusal(refused).await, (413, "too_large".into()));
    let call = format!("PUT /v1/blobs/{}", BlobHash::of(&large));
    let mut chunks = format!("{:x}\r\n", large.len()).into_bytes();
    chunks.extend_from_slice(&large);
    chunks.extend_from_slice(b"\r\n0\r\n\r\n");
    let mut raw = Raw::to(&team.ana.base_url).await;
    raw.says(head(&team.ana, &call, "transfer-encoding: chunked\r\n")).await;
    raw.says(&chunks).await;
    let answered = raw.hears_head().await;
    assert!(answered.starts_with("HTTP/1.1 413 "), "{answered}");
    let words = json!({ "epoch": team.ana.epoch, "ops": [], "more": "x".repeat(1024 * 1024) });
    let refused = team
        .ana
        .call(Method::POST, "/v1/ops")
        .json(&words)
        .send()
        .await
        .unwrap();
    assert_eq!(refusal(refused).await, (413, "too_large".into()));
    let join = samovar_testkit::client()
        .post(format!("{}/v1/join", team.ana.base_url))
        .json(&words);
    assert_eq!(refusal(join.send().await.unwrap()).await, (413, "too_large".into()));
}

#[tokio::test]
async fn json_that_is_nested_deep_or_is_none_is_refused() {
    let team = Team::gather().await;
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let id = ItemId::new(team.ana.now);
    let nested = format!(
        r#"{{"epoch":"{}","ops":[{{"n":1,"id":"{id}","kind":"snapshot","created_at":"2026-11-23T09:00:00Z","body":{deep}}}]}}"#,
        team.ana.epoch
    );
    let invalid = b"{\"epoch\":\"\xff\xfe\",\"ops\":[]}".to_vec();
    let mut half = b"{\"epoch\":\"".to_vec();
    half.push(0xf0);
    for body in [
        deep.clone().into_bytes(),
        nested.into_bytes(),
        invalid,
        half,
        b"\0".to_vec(),
        b"[null,null,null,null,null]".to_vec(),
        b"{\"epoch\":1e999,\"ops\":[]}".to_vec(),
        b"{\"epoch\":\"x\",\"ops\":[{\"n\":-1}]}".to_vec(),
        Vec::new(),
    ] {
        let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        for path in ["/v1/ops", "/v1/join", "/v1/devices"] {
            let call = team
                .ana
                .call(Method::POST, path)
                .header("content-type", "application/json");
            let refused = refusal(call.body(body.clone()).send().await.unwrap()).await;
            assert_eq!(refused, (400, "bad_json".into()), "{path} {shown}");
        }
    }
    // A body that is left out is no deletion.
    let op = json!({ "n": 1, "id": id, "kind": "snapshot", "created_at": team.ana.now });
    assert_eq!(refusal(team.ana.post(&[op]).await).await, (400, "bad_json".into()));
    // Where nothing must be there, a list of nothing is not nothing.
    let list = team.ana.call(Method::POST, "/v1/invites").json(&json!([null, null]));
    assert_eq!(refusal(list.send().await.unwrap()).await, (400, "bad_json".into()));
    let untyped = team.ana.call(Method::POST, "/v1/ops").body("{}").send().await.unwrap();
    assert_eq!(refusal(untyped).await, (400, "bad_json".into()));
}

#[tokio::test]
async fn too_many_ops_are_refused_and_an_op_that_lies_blocks_none() {
    let team = Team::gather().await;
    let everyone = samovar_domain::Audience::Team;
    let fresh = || ItemId::new(team.ana.now);
    let many: Vec<_> = (0..257).map(|n| json!({ "n": n + 1, "id": fresh(), "kind": "snapshot", "created_at": team.ana.now, "body": snapshot("x") })).collect();
    assert_eq!(refusal(team.ana.post(&many).await).await, (422, "too_many_ops".into()));
    let ops = [
        team.ana.op("snapshot", fresh(), &everyone, json!({ "lifetime": 7 })),
        team.ana.op("", fresh(), &everyone, json!({})),
        team.ana.op("snap\u{0}shot", fresh(), &everyone, json!([])),
        team.ana.op("snapshot", fresh(), &everyone, snapshot("behind them")),
    ];
    let answer: serde_json::Value = team.ana.post(&ops).await.json().await.unwrap();
    let codes: Vec<_> = answer["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["problem"]["code"].as_str())
        .collect();
    assert_eq!(
        codes,
        [Some("bad_body"), Some("unknown_kind"), Some("unknown_kind"), None]
    );
    assert_eq!(team.ben.reads().await, ["behind them"]);
}

#[tokio::test]
async fn heads_that_are_not_http_are_refused_and_closed() {
    let team = Team::gather().await;
    let endless = format!("GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "y".repeat(200_000));
    for bytes in [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        b"GET /\xff\xfe HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \xff\xfe\r\nconnection: close\r\n\r\n".to_vec(),
        b"PUT /v1/ops HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\n".to_vec(),
        endless.into_bytes(),
    ] {
        let mut raw = Raw::to(&team.ana.base_url).await;
        raw.says(&bytes).await;
        raw.says_no_more().await;
        let answered = raw.hears_all().await;
        assert!(answered.is_empty() || answered.starts_with("HTTP/1.1 4"), "{answered}");
    }
    team.ana.says("and on").await;
}

//! How a stream comes: what the reactor takes, and what it leaves to hyper.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::super::Patience;
use super::house::{House, soon};

/// The lines of a head, in no order, without the time.
fn lines(head: &str) -> BTreeSet<String> {
    let lines = head.lines().map(str::to_ascii_lowercase);
    lines
        .map(|line| {
            let name = line.split(':').next().unwrap_or_default().to_owned();
            if name == "date" { name } else { line }
        })
        .collect()
}

#[tokio::test]
async fn the_answer_has_the_same_head_either_way() {
    for (more, public_url) in [
        ("", None),
        ("connection: close\r\n", None),
        ("accept-encoding: gzip\r\n", None),
        ("", Some("https://tea.example")),
    ] {
        let mut heads = Vec::new();
        for (house, is_carried) in House::both_at(public_url).await.iter().zip([false, true]) {
            let ana = house.person("Ana").await;
            let mut listener = house.connects().await;
            let request = house.asks(&ana, 0).replace("host:", &format!("{more}host:"));
            listener.says(&request).await;
            heads.push(lines(&listener.head().await));
            assert_eq!(listener.event().await.unwrap(), ": samovar\n\n");
            listener.hears("event: head").await;
            assert_eq!(house.streams(), (1, usize::from(!is_carried)));
        }
        assert_eq!(heads[0], heads[1]);
        assert!(heads[0].contains("content-type: text/event-stream"), "{:?}", heads[0]);
        assert!(heads[0].contains("x-content-type-options: nosniff"), "{:?}", heads[0]);
        let insists = heads[0]
            .iter()
            .any(|line| line.starts_with("strict-transport-security: "));
        assert_eq!(insists, public_url.is_some());
    }
}

#[tokio::test]
async fn a_head_in_pieces_is_taken_once_it_is_whole() {
    let house = House::with_reactor(Patience {
        first: Duration::from_mins(1),
        ..Patience::default()
    })
    .await;
    let ana = house.person("Ana").await;
    let mut listener = house.connects().await;
    listener.socket.set_nodelay(true).unwrap();
    for byte in house.asks(&ana, 0).chars() {
        listener.says(&byte.to_string()).await;
        tokio::task::yield_now().await;
    }
    listener.hears_the_beginning().await;
    assert_eq!(house.streams(), (1, 0), "the reactor has it");
}

#[tokio::test]
async fn a_head_that_takes_too_long_is_answered_all_the_same() {
    let house = House::with_reactor(Patience {
        first: Duration::ZERO,
        ..Patience::default()
    })
    .await;
    let ana = house.person("Ana").await;
    let request = house.asks(&ana, 0);
    let mut listener = house.connects().await;
    let (first, second) = request.split_at(20);
    listener.says(first).await;
    // Who comes later has an answer, so the endpoint has looked at this one. When it gave up is seen in `front`.
    let mut other = house.connects().await;
    other.says("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    other.head().await;
    listener.says(second).await;
    listener.hears_the_beginning().await;
    assert_eq!(house.streams().0, 1);
}

/// Whoever has said all that they will say is not waited for: the runtime would tell of that end again and again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_beginning_that_nothing_follows_is_left_to_hyper_at_once() {
    let house = House::with_reactor(Patience {
        first: Duration::from_hours(1),
        ..Patience::default()
    })
    .await;
    let ana = house.person("Ana").await;
    let request = house.asks(&ana, 0);
    for said in ["", &request[..20], &request[..request.len() - 1]] {
        let mut listener = house.connects().await;
        listener.says(said).await;
        listener.socket.shutdown().await.unwrap();
        listener.hears_a_refusal_or_the_end().await;
    }
}

#[tokio::test]
async fn what_is_larger_or_more_than_one_request_is_left_to_hyper_as_it_came() {
    let house = House::with_reactor(Patience::default()).await;
    let ana = house.person("Ana").await;
    let request = house.asks(&ana, 0);
    let mut large = house.connects().await;
    let long = format!("x-long: {}\r\nhost:", "x".repeat(10_000));
    large.says(&request.replace("host:", &long)).await;
    large.hears_the_beginning().await;
    let mut behind = house.connects().await;
    behind
        .says(&format!("{request}GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"))
        .await;
    behind.hears_the_beginning().await;
    let mut again = house.connects().await;
    again.says("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(again.head().await.starts_with("HTTP/1.1 200 "));
    again.says(&request).await;
    again.hears_the_beginning_after("ok").await;
    assert_eq!(house.streams(), (3, 3));
}

/// Bytes that come when the stream is open are nobody's; its end still arrives whole.
#[tokio::test]
async fn what_is_said_into_an_open_stream_changes_nothing() {
    let mut house = House::with_reactor(Patience::default()).await;
    let ana = house.person("Ana").await;
    let mut listener = house.listens(&ana, 0).await;
    listener.hears_the_beginning().await;
    assert_eq!(house.streams(), (1, 0));
    listener
        .says(&"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n".repeat(100))
        .await;
    ana.says("a word").await;
    listener.hears("a word").await;
    house.stops().await;
    while let Some(event) = listener.event().await {
        let is_last = event.contains("retry: ");
        assert!(event.starts_with("event: head") || is_last, "{event}");
    }
    listener.hears_nothing_more().await;
}

#[tokio::test]
async fn a_refusal_is_hyper_s_and_is_counted_once() {
    for house in House::both().await {
        let ana = house.person("Ana").await;
        let request = house.asks(&ana, 0);
        for (request, status) in [
            (request.replace("smv_Ana", "smv_nobody"), 401),
            (request.replace("authorization", "x-authorization"), 401),
            (request.replace("after=0", "after=99"), 410),
            (request.replace("after=0", "after=x"), 400),
            (
                request.replace("after=0", "epoch=00000000-0000-0000-0000-000000000000"),
                410,
            ),
        ] {
            let mut listener = house.connects().await;
            listener.says(&request).await;
            let head = listener.head().await;
            assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
            assert!(head.contains("content-type: application/problem+json"), "{head}");
            // The connection is as good as any.
            listener.says("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
            while !listener.head().await.contains("HTTP/1.1 200 ") {}
        }
        house.listens(&ana, 0).await.hears_the_beginning().await;
        let calls = house.app.counters.calls.lock().unwrap().clone();
        let of_streams: Vec<_> = calls
            .iter()
            .filter(|((route, _), _)| route == "/v1/stream")
            .map(|((_, status), count)| (*status, *count))
            .collect();
        assert_eq!(of_streams, [(200, 1), (400, 1), (401, 2), (410, 2)]);
    }
}

impl super::house::Listener {
    async fn hears_a_refusal_or_the_end(mut self) {
        let mut all = String::new();
        let heard = soon("it closes", self.socket.read_to_string(&mut all)).await;
        assert!(
            heard.is_err() || all.is_empty() || all.starts_with("HTTP/1.1 400 "),
            "{all}"
        );
    }

    /// The head of an answer, and all that stands.
    async fn hears_the_beginning(&mut self) {
        self.hears_the_beginning_after("").await;
    }

    async fn hears_the_beginning_after(&mut self, before: &str) {
        let head = self.head().await;
        assert!(head.starts_with(&format!("{before}HTTP/1.1 200 ")), "{head}");
        self.hears("event: head").await;
    }
}

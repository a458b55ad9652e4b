//! What a request says of who sends it.

use std::sync::Arc;

use samovar_domain::wire::{PulseAnswerRequest, PulseTokenRequest};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::carrier::Network;

/// Reads requests off a connection, and answers each with 204, until it ends. Returns them in lower case.
async fn read(mut connection: TcpStream) -> Vec<String> {
    let (mut all, mut bytes) = (Vec::new(), Vec::new());
    while connection.read_buf(&mut bytes).await.unwrap_or(0) > 0 {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            all.push(text);
            bytes.clear();
            connection.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
        }
    }
    all
}

#[tokio::test]
async fn an_answer_to_the_pulse_says_nothing_of_who_sends_it() {
    let listener = Arc::new(TcpListener::bind("127.0.0.1:0").await.unwrap());
    let base = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let connections = tokio::spawn(async move {
        let mut reading = Vec::new();
        for _ in 0..3 {
            let (connection, _) = listener.accept().await.unwrap();
            reading.push(tokio::spawn(read(connection)));
        }
        let mut all = Vec::new();
        for one in reading {
            all.push(one.await.unwrap());
        }
        all
    });
    let carrier: Arc<dyn Carrier> = Arc::new(Network);
    let named = Endpoint::new(&carrier, &base, Some("smv_secret".to_owned())).unwrap();
    let round = ItemId(uuid::Uuid::nil());
    let blinded = "blinded".to_owned();
    // Answered with nothing, which is no token.
    assert!(named.pulse_token(round, &PulseTokenRequest { blinded }).await.is_err());
    for number in ["one", "two"] {
        let request = PulseAnswerRequest {
            number: number.to_owned(),
            token: "token".to_owned(),
            answer: 3,
        };
        named.nameless().unwrap().pulse_answer(round, &request).await.unwrap();
    }
    drop(named);
    let all = connections.await.unwrap();
    // Each came over a connection of its own.
    assert!(all.iter().all(|one| one.len() == 1), "{all:#?}");
    assert!(all[0][0].contains("authorization: bearer smv_secret") && all[0][0].contains("user-agent"));
    for answer in [&all[1][0], &all[2][0]] {
        assert!(
            answer.starts_with("post /v1/pulse/") && answer.contains("\"answer\":3"),
            "{answer}"
        );
        for telling in ["authorization", "smv_", "user-agent", "samovar", "cookie"] {
            assert!(!answer.contains(telling), "{telling} in {answer}");
        }
    }
}

/// A call for the stream that is taken and never answered is given up: its connection may be dead without a word.
#[tokio::test(start_paused = true)]
async fn a_stream_that_never_begins_is_given_up() {
    let carrier: Arc<dyn Carrier> = Arc::new(Silent);
    let base = "http://tea.example/".parse().unwrap();
    let endpoint = Endpoint::new(&carrier, &base, None).unwrap();
    let opened = tokio::time::timeout(Duration::from_hours(1), endpoint.stream(7, None));
    assert!(matches!(opened.await, Ok(Err(CallError::Unreachable(_)))));
}

/// Takes calls, and is never heard of again.
struct Silent;

#[async_trait::async_trait]
impl Carrier for Silent {
    async fn carry(&self, _: &Client, _: reqwest::Request) -> Result<Response, NotCarried> {
        std::future::pending().await
    }
}

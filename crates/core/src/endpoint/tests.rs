//! What a request says of who sends it, and how much of an answer is read.

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
    for telling in [
        "authorization: bearer smv_secret",
        "user-agent",
        "accept-encoding: zstd",
    ] {
        assert!(all[0][0].contains(telling), "no {telling} in {}", all[0][0]);
    }
    for answer in [&all[1][0], &all[2][0]] {
        assert!(
            answer.starts_with("post /v1/pulse/") && answer.contains("\"answer\":3"),
            "{answer}"
        );
        for telling in ["authorization", "smv_", "user-agent", "samovar", "cookie", "encoding"] {
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

/// Compressed by zstd (RFC 8878): blocks of spaces, 128 KiB each out of four bytes, and then `end` as it is.
fn compressed(blocks: usize, end: &str) -> Vec<u8> {
    let mut bytes = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 7 << 3];
    for _ in 0..blocks {
        bytes.extend([0x02, 0x00, 0x10, b' ']);
    }
    let last = u32::try_from(end.len()).unwrap() << 3 | 1;
    bytes.extend(&last.to_le_bytes()[..3]);
    bytes.extend(end.as_bytes());
    bytes
}

#[tokio::test]
async fn a_page_comes_compressed_and_one_that_would_fill_the_memory_is_not_read_to_its_end() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let page = r#"{"epoch":"00000000-0000-0000-0000-000000000000","head":7,"items":[],"more":false}"#;
    let answers = [8, JSON_BYTES_MAX / (128 * 1024)].map(|blocks| compressed(blocks, page));
    assert!(answers[1].len() < 2_000, "little that becomes much");
    tokio::spawn(async move {
        for answer in answers {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                connection.read_buf(&mut request).await.unwrap();
            }
            let head =
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: zstd\r\nconnection: close";
            let head = format!("{head}\r\ncontent-length: {}\r\n\r\n", answer.len());
            connection.write_all(head.as_bytes()).await.unwrap();
            connection.write_all(&answer).await.unwrap();
        }
    });
    let carrier: Arc<dyn Carrier> = Arc::new(Network);
    let endpoint = Endpoint::new(&carrier, &base, None).unwrap();
    assert_eq!(endpoint.page(0, None).await.unwrap().head, 7);
    let too_long = endpoint.page(0, None).await.unwrap_err();
    assert!(
        matches!(too_long, CallError::Trouble { status: 200, .. }),
        "{too_long:?}"
    );
}

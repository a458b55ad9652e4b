//! More connections than there is room for: the next one is told when to come again, in a few words and without a look at
//! what it asks. When too many are being told, the rest wait in the listener's queue.

use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::problem::ApiError;
use crate::routes::precautions;

/// How many connections there may be at the same time, unless said otherwise.
pub(crate) const CONNECTIONS: usize = 16_384;
/// How many are told at the same time.
pub(crate) const TOLD_AT_ONCE: usize = 32;
/// How long a request, and the end of a connection, are waited for.
const PATIENCE: Duration = Duration::from_secs(1);
/// The most of a request that is read.
const HEAD_BYTES_MAX: usize = 16 * 1024;

/// For how many connections there is room, when the system lets this process have so many files.
pub(crate) fn room_for(connections: usize, files: Option<u64>) -> usize {
    let files = files
        .and_then(|files| usize::try_from(files).ok())
        .unwrap_or(usize::MAX);
    // The database, photos, and those who are told to wait have files too.
    let reserved = 256.min(files / 2);
    connections.min(files - reserved).max(1)
}

/// The most files that this process may have open.
pub(crate) fn files() -> Option<u64> {
    #[cfg(target_os = "linux")]
    return rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    #[cfg(not(target_os = "linux"))]
    return None;
}

/// An answer to whatever is asked, and the end of the connection.
pub(crate) fn answer(refusal: &ApiError, retry_after: u32, has_tls: bool) -> String {
    let body = serde_json::to_string(&refusal.document()).expect("a problem is made of JSON");
    let mut headers = HeaderMap::new();
    precautions::complete(&mut headers, has_tls);
    let mut head = String::from("HTTP/1.1 503 Service Unavailable\r\n");
    for (name, value) in &headers {
        let value = value.to_str().expect("all of them are written in the code, in ASCII");
        head.extend([name.as_str(), ": ", value, "\r\n"]);
    }
    let length = body.len();
    head + &format!(
        "content-type: application/problem+json\r\ncontent-length: {length}\r\nretry-after: {retry_after}\r\n\
         connection: close\r\n\r\n{body}"
    )
}

/// Tells a connection to come again.
pub(crate) async fn turn_away(connection: impl AsyncRead + AsyncWrite + Unpin, has_tls: bool) {
    let busy = ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "too_busy",
        "The endpoint has as many connections as it can have. Try again in a moment.",
    );
    reply(connection, |_| answer(&busy, 5, has_tls)).await;
}

/// Hears what is asked, answers, and closes. Neither is waited for longer than a moment.
pub(crate) async fn reply(mut connection: impl AsyncRead + AsyncWrite + Unpin, answer: impl FnOnce(&[u8]) -> String) {
    let mut head = Vec::new();
    let reading = async {
        while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < HEAD_BYTES_MAX {
            if !matches!(connection.read_buf(&mut head).await, Ok(1..)) {
                return;
            }
        }
    };
    // Whoever says nothing is answered all the same.
    let _ = tokio::time::timeout(PATIENCE, reading).await;
    let telling = async {
        connection.write_all(answer(&head).as_bytes()).await?;
        connection.shutdown().await?;
        // What nobody reads would have the system take the answer back.
        let mut rest = [0; 4096];
        while connection.read(&mut rest).await? > 0 {}
        std::io::Result::Ok(())
    };
    let _ = tokio::time::timeout(PATIENCE, telling).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_no_more_than_the_system_allows() {
        assert_eq!(room_for(16_384, None), 16_384);
        assert_eq!(room_for(16_384, Some(65_536)), 16_384);
        assert_eq!(room_for(16_384, Some(1_024)), 768);
        assert_eq!(room_for(16_384, Some(64)), 32);
        assert_eq!(room_for(0, Some(1_024)), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_turned_away_is_told_why_and_when_to_come_again() {
        for said in [&b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"[..], b"", &vec![b'x'; 20_000]] {
            let (mut here, there) = tokio::io::duplex(64 * 1024);
            let telling = tokio::spawn(turn_away(there, true));
            here.write_all(said).await.unwrap();
            let mut heard = String::new();
            here.read_to_string(&mut heard).await.unwrap();
            drop(here);
            telling.await.unwrap();
            assert!(heard.starts_with("HTTP/1.1 503 "), "{heard}");
            assert!(
                heard.contains("\r\nretry-after: 5\r\n") && heard.contains("\"code\":\"too_busy\""),
                "{heard}"
            );
            assert!(heard.contains("strict-transport-security"), "{heard}");
        }
    }
}

//! What an endpoint says while its store is opened, which takes its time when tables are changed for a new version: that it
//! lives, and that it is not ready.

use std::sync::Arc;

use axum::http::StatusCode;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::overload::{answer, reply};
use super::tls::Tls;
use crate::problem::ApiError;

/// How many are told at the same time.
const TOLD_AT_ONCE: usize = 64;

/// Answers whoever comes until `opening` is done. Those who come after that wait for the endpoint.
pub(crate) async fn meanwhile<T>(
    listener: TcpListener,
    tls: Option<Arc<Tls>>,
    has_tls: bool,
    opening: impl Future<Output = T>,
) -> (TcpListener, T) {
    let listener = Arc::new(listener);
    let telling = tokio::spawn(tell(Arc::clone(&listener), tls, has_tls));
    let opened = opening.await;
    telling.abort();
    let _ = telling.await;
    let listener = Arc::into_inner(listener).expect("the task that had the other one has ended");
    (listener, opened)
}

async fn tell(listener: Arc<TcpListener>, tls: Option<Arc<Tls>>, has_tls: bool) {
    let mut told = JoinSet::new();
    while let Ok((connection, _)) = listener.accept().await {
        while told.len() >= TOLD_AT_ONCE {
            told.join_next().await;
        }
        told.spawn(tell_one(connection, tls.clone(), has_tls));
    }
    // Nothing more can be accepted just now: whoever comes waits.
    told.join_all().await;
}

async fn tell_one(connection: TcpStream, tls: Option<Arc<Tls>>, has_tls: bool) {
    let words = |head: &[u8]| said_to(head, has_tls);
    match tls {
        None => reply(connection, words).await,
        Some(tls) => {
            if let Ok(connection) = tls.accept(connection).await {
                reply(connection, words).await;
            }
        }
    }
}

fn said_to(head: &[u8], has_tls: bool) -> String {
    if head.starts_with(b"GET /healthz ") {
        return "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok"
            .to_owned();
    }
    let starting = ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "starting",
        "The endpoint is just starting. Try again in a moment.",
    );
    answer(&starting, 2, has_tls)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    #[tokio::test]
    async fn while_the_store_is_opened_it_lives_and_is_not_ready() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = async |path: &str| {
            let mut connection = TcpStream::connect(address).await.unwrap();
            let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n");
            connection.write_all(request.as_bytes()).await.unwrap();
            let mut heard = String::new();
            connection.read_to_string(&mut heard).await.unwrap();
            heard
        };
        let opening = async {
            let ready = asked("/readyz").await;
            assert!(
                ready.starts_with("HTTP/1.1 503 ") && ready.contains("\"code\":\"starting\""),
                "{ready}"
            );
            assert!(ready.contains("\r\nretry-after: 2\r\n"), "{ready}");
            let alive = asked("/healthz").await;
            assert!(
                alive.starts_with("HTTP/1.1 200 ") && alive.ends_with("\r\n\r\nok"),
                "{alive}"
            );
            // One who says nothing does not hold it up.
            TcpStream::connect(address).await.unwrap()
        };
        let (listener, silent) = meanwhile(listener, None, false, opening).await;
        drop(silent);
        let (late, accepted) = tokio::join!(TcpStream::connect(address), listener.accept());
        late.unwrap();
        accepted.unwrap();
    }
}

//! One connection: patience with slow senders, little of it with readers that do not read.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::open_streams::ConnectionEnd;
use crate::problem::ApiError;

/// The longest that a request's head may take to arrive; also how long an idle connection is kept.
const HEAD_PATIENCE: Duration = Duration::from_mins(1);
/// How long a reader may take nothing at all before it is closed.
pub(crate) const WRITE_PATIENCE: Duration = Duration::from_secs(30);

/// How long a reader whose device was ended has to take what is on its way.
pub(crate) const FAREWELL: Duration = Duration::from_secs(2);

/// Who is at the other end of the connection: a person's computer, or the proxy in front.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// What a connection's first request was refused with before hyper saw it.
#[derive(Debug, Clone)]
pub(crate) struct AlreadyRefused(pub(crate) ApiError);

/// Answers the calls of one connection until it ends, the endpoint stops, or one of its streams is ended.
pub(crate) async fn serve<S>(
    connection: S,
    peer: Peer,
    refused: Option<AlreadyRefused>,
    router: axum::Router,
    stopping: CancellationToken,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let end = ConnectionEnd::default();
    let given = end.clone();
    let refused = Arc::new(Mutex::new(refused));
    let router = router.map_request(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(given.clone());
        request.extensions_mut().insert(peer);
        if let Some(refused) = refused.lock().unwrap_or_else(PoisonError::into_inner).take() {
            request.extensions_mut().insert(refused);
        }
        request
    });
    let serving = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .max_buf_size(64 * 1024)
        .serve_connection(
            TokioIo::new(Impatient::new(connection, WRITE_PATIENCE)),
            TowerToHyperService::new(router),
        );
    let mut serving = std::pin::pin!(serving);
    let ended = tokio::select! {
        ended = &mut serving => ended,
        () = stopping.cancelled() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
        () = end.0.cancelled() => {
            serving.as_mut().graceful_shutdown();
            match tokio::time::timeout(FAREWELL, serving).await {
                Ok(ended) => ended,
                // It takes nothing. What was on its way is dropped with the connection.
                Err(_) => return,
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}

/// A connection whose writes fail when the other side has taken nothing for a while.
struct Impatient<S> {
    connection: S,
    patience: Duration,
    deadline: Option<Pin<Box<Sleep>>>,
}

impl<S> Impatient<S> {
    fn new(connection: S, patience: Duration) -> Self {
        Self {
            connection,
            patience,
            deadline: None,
        }
    }

    fn bound<T>(&mut self, context: &mut Context<'_>, tried: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if tried.is_ready() {
            self.deadline = None;
            return tried;
        }
        let patience = self.patience;
        let deadline = self
            .deadline
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        match deadline.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Impatient<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_read(context, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Impatient<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let tried = Pin::new(&mut self.connection).poll_write(context, bytes);
        self.bound(context, tried)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let tried = Pin::new(&mut self.connection).poll_write_vectored(context, pieces);
        self.bound(context, tried)
    }

    fn is_write_vectored(&self) -> bool {
        self.connection.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let tried = Pin::new(&mut self.connection).poll_flush(context);
        self.bound(context, tried)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use axum::routing::{get, post};
    use futures_util::StreamExt as _;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
    use tokio::time::Instant;
    use tower_http::timeout::RequestBodyTimeoutLayer;

    use super::*;

    const BODY_PATIENCE: Duration = Duration::from_secs(30);

    /// A connection to a small API, and what is cancelled when it is to stop.
    fn connected(buffer: usize) -> (DuplexStream, CancellationToken) {
        let (near, far) = tokio::io::duplex(buffer);
        let endless = || async {
            let bytes = futures_util::stream::repeat(Ok::<_, std::convert::Infallible>(vec![b'x'; 1_000]));
            axum::body::Body::from_stream(bytes)
        };
        let ends = |axum::Extension(end): axum::Extension<ConnectionEnd>| async move {
            let bytes = futures_util::stream::repeat_with(|| Ok::<_, std::convert::Infallible>(vec![b'x'; 10]));
            let cancelled = end.clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_secs(1)).await;
                end.0.cancel();
            });
            axum::body::Body::from_stream(bytes.take_until(async move { cancelled.0.cancelled().await }))
        };
        let echo = |body: Result<bytes::Bytes, axum::extract::rejection::BytesRejection>| async move {
            body.map_err(|rejection| crate::extract::not_whole(&rejection, "too large"))
        };
        let router = axum::Router::new()
            .route("/endless", get(endless))
            .route("/ended", get(ends))
            .route("/echo", post(echo))
            .layer(RequestBodyTimeoutLayer::new(BODY_PATIENCE));
        let stopping = CancellationToken::new();
        let peer = Peer((Ipv4Addr::LOCALHOST, 1).into());
        tokio::spawn(serve(near, peer, None, router, stopping.clone()));
        (far, stopping)
    }

    async fn rest(mut connection: DuplexStream) -> String {
        let mut all = Vec::new();
        connection.read_to_end(&mut all).await.unwrap();
        String::from_utf8_lossy(&all).into_owned()
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_that_does_not_arrive_is_given_up() {
        let began = Instant::now();
        let (mut far, _stopping) = connected(1_000);
        far.write_all(b"POST /echo HTTP/1.1\r\nhost: x\r\nx-slow: ")
            .await
            .unwrap();
        assert!(!rest(far).await.contains(" 200 "));
        assert!(
            began.elapsed() <= HEAD_PATIENCE + Duration::from_secs(1),
            "{:?}",
            began.elapsed()
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_letter_by_letter_is_given_up_too() {
        let began = Instant::now();
        let (mut far, _stopping) = connected(1_000);
        for letter in b"POST /echo HTTP/1.1\r\nhost: x\r\nx-very-slow: and on and on\r\n\r\n" {
            if far.write_all(&[*letter]).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_secs(5)).await;
        }
        assert!(!rest(far).await.contains(" 200 "));
        assert!(
            began.elapsed() < HEAD_PATIENCE + Duration::from_secs(10),
            "{:?}",
            began.elapsed()
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_stops_arriving_may_be_sent_again() {
        let (mut far, _stopping) = connected(1_000);
        far.write_all(b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf")
            .await
            .unwrap();
        let answer = rest(far).await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        assert!(answer.contains("\"code\":\"timeout\""), "{answer}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_is_cut_may_be_sent_again() {
        let (mut far, _stopping) = connected(1_000);
        far.write_all(b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf")
            .await
            .unwrap();
        far.shutdown().await.unwrap();
        let answer = rest(far).await;
        assert!(
            answer.is_empty() || answer.contains("\"code\":\"body_cut\""),
            "{answer}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_comes_slowly_is_waited_for() {
        let (mut far, stopping) = connected(1_000);
        far.write_all(b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n")
            .await
            .unwrap();
        for letter in b"slow!" {
            tokio::time::sleep(BODY_PATIENCE * 9 / 10).await;
            far.write_all(&[*letter]).await.unwrap();
        }
        stopping.cancel();
        assert!(rest(far).await.ends_with("slow!"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_that_is_ended_closes_whether_it_is_read_or_not() {
        for buffer in [1_000, 10_000_000] {
            let began = Instant::now();
            let (mut far, _stopping) = connected(buffer);
            far.write_all(b"GET /ended HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
            // Nothing is read until the connection must be closed.
            tokio::time::sleep(Duration::from_secs(4)).await;
            rest(far).await;
            assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_takes_nothing_of_an_answer_is_given_up() {
        let began = Instant::now();
        let (mut far, _stopping) = connected(1_000);
        far.write_all(b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n")
            .await
            .unwrap();
        tokio::time::sleep(WRITE_PATIENCE + Duration::from_secs(1)).await;
        rest(far).await;
        assert!(began.elapsed() < WRITE_PATIENCE * 2, "{:?}", began.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_that_takes_nothing_is_given_up() {
        let (near, _far) = tokio::io::duplex(8);
        let mut near = Impatient::new(near, WRITE_PATIENCE);
        let error = near.write_all(&[0; 100]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_that_takes_a_little_now_and_then_is_waited_for() {
        let (near, mut far) = tokio::io::duplex(8);
        let mut near = Impatient::new(near, WRITE_PATIENCE);
        let writing = tokio::spawn(async move { near.write_all(&[0; 64]).await });
        for _ in 0..8 {
            tokio::time::sleep(WRITE_PATIENCE * 9 / 10).await;
            far.read_exact(&mut [0; 8]).await.unwrap();
        }
        writing.await.unwrap().unwrap();
    }
}

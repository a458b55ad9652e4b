//! `GET /v1/stream`: changes as they happen, as server-sent events, carried by a task of its own. This is the way of
//! streams that come over a connection which has served other calls, or on other systems than Linux; all others are
//! carried by [`crate::reactor`].

use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rand::Rng as _;
use samovar_domain::Seq;
use samovar_domain::wire::ProblemDocument;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::connection::AlreadyRefused;
use crate::events::{Chunk, GREETING, RESYNC, TRY_AGAIN, head_chunk};
use crate::open_streams::{ConnectionEnd, Entry};
use crate::problem::ApiError;
use crate::reading::{Backlog, Counted, HEADERS, Opening, Position, StreamQuery, backlog, open};
use crate::ring::Found;
use crate::state::App;

/// Refuses what was refused when it was looked at before: it is not asked twice.
pub(crate) struct NotYetRefused;

impl<S: Sync> FromRequestParts<S> for NotYetRefused {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        match parts.extensions.remove::<AlreadyRefused>() {
            Some(AlreadyRefused(error)) => Err(error),
            None => Ok(Self),
        }
    }
}

/// Server-sent events: `item` with `id: SEQ`, `head` about every 25 s, and `resync`: page, then come back.
#[utoipa::path(get, path = "/v1/stream", params(StreamQuery), responses(
    (status = 200, content_type = "text/event-stream", description = "`event: item`, `event: head`, `event: resync`"),
    (status = 400, body = ProblemDocument, description = "`bad_cursor`"),
    (status = 401, body = ProblemDocument, description = "`unauthorized`"),
    (status = 410, body = ProblemDocument, description = "`resync`"),
))]
pub(crate) async fn stream(
    State(app): State<App>,
    _: NotYetRefused,
    end: Option<Extension<ConnectionEnd>>,
    request: Request,
) -> Result<Response, ApiError> {
    let (mut parts, _) = request.into_parts();
    let end = end.map(|Extension(end)| end).unwrap_or_default();
    let opening = open(&app, &mut parts, end).await?;
    let reader = Reader::new(app, opening);
    let body = futures_util::stream::unfold(reader, |mut reader| async move {
        reader.next().await.map(|bytes| (Ok::<_, Infallible>(bytes), reader))
    });
    Ok((HEADERS, Body::from_stream(body)).into_response())
}

/// One open stream: where its reader stands, and what it waits for.
struct Reader {
    app: App,
    position: Position,
    head: tokio::sync::watch::Receiver<Seq>,
    entry: Entry,
    phase: Phase,
    /// When it is to leave, once the endpoint stops.
    leaves_at: Option<Instant>,
    _counted: Counted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing was sent yet.
    Greeting,
    /// Everything up to the present head is on its way; then the first `head` follows.
    CatchingUp,
    Live,
    Over,
}

impl Reader {
    fn new(app: App, opening: Opening) -> Self {
        Self {
            head: app.ring.head(),
            app,
            position: opening.position,
            entry: opening.entry,
            phase: Phase::Greeting,
            leaves_at: None,
            _counted: opening.counted,
        }
    }

    /// The next bytes; `None` ends the stream.
    async fn next(&mut self) -> Option<Bytes> {
        match self.phase {
            Phase::Over => return None,
            Phase::Greeting => {
                self.phase = Phase::CatchingUp;
                return Some(Bytes::from_static(GREETING.as_bytes()));
            }
            Phase::CatchingUp | Phase::Live => {}
        }
        loop {
            self.head.mark_unchanged();
            let found = self.app.ring.after(self.position.cursor, self.position.caller.member);
            // Asked behind the look: what follows the end of a device comes after that end.
            if self.entry.is_ended() {
                return None;
            }
            if self.is_its_turn() {
                self.phase = Phase::Over;
                return Some(self.app.drain.last_words().into());
            }
            match found {
                Found::Behind => match self.backlog().await {
                    _ if self.entry.is_ended() => return None,
                    bytes if bytes.is_empty() => continue,
                    bytes => return Some(bytes),
                },
                Found::Events(events, cursor) => {
                    let has_moved = cursor > self.position.cursor;
                    self.position.cursor = cursor;
                    if !events.is_empty() {
                        return Some(events.concat().into());
                    }
                    if has_moved {
                        continue; // all of these were hidden
                    }
                }
            }
            if self.phase == Phase::CatchingUp {
                self.phase = Phase::Live;
                return Some(self.head_event());
            }
            let heartbeat = Duration::from_millis(rand::rng().random_range(22_000..28_000));
            tokio::select! {
                changed = self.head.changed() => changed.ok()?,
                () = self.entry.ended() => return None,
                () = turn(self.leaves_at, &self.app.stopping) => {}
                () = tokio::time::sleep(heartbeat) => return Some(self.head_event()),
            }
        }
    }

    /// Whether it is to leave by now, since the endpoint stops.
    fn is_its_turn(&mut self) -> bool {
        if self.leaves_at.is_none() && self.app.stopping.is_cancelled() {
            self.leaves_at = Some(Instant::now() + self.app.drain.leaves_after());
        }
        self.leaves_at.is_some_and(|turn| turn <= Instant::now())
    }

    /// What the ring does not have comes from the store, a page at a time.
    async fn backlog(&mut self) -> Bytes {
        match backlog(&self.app, self.position).await {
            Backlog::Items(chunks, reached) => {
                self.position.cursor = reached;
                chunks.iter().map(Chunk::event).collect::<Vec<_>>().concat().into()
            }
            Backlog::Resync => {
                self.phase = Phase::Over;
                Bytes::from_static(RESYNC.as_bytes())
            }
            Backlog::Failed => {
                // Closed without a word: the reader comes back with the cursor that it has.
                self.phase = Phase::Over;
                Bytes::from_static(TRY_AGAIN.as_bytes())
            }
        }
    }

    /// Tells that everything up to `head` has been sent.
    fn head_event(&self) -> Bytes {
        head_chunk(self.position.epoch, self.position.cursor, self.app.now()).event()
    }
}

/// Returns when there is something to know about a stream's turn to leave.
async fn turn(leaves_at: Option<Instant>, stopping: &CancellationToken) {
    match leaves_at {
        Some(turn) => tokio::time::sleep_until(turn).await,
        None => stopping.cancelled().await,
    }
}

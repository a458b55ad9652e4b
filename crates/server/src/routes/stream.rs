//! `GET /v1/stream`: changes as they happen, as server-sent events.

#![expect(
    unused_qualifications,
    reason = "the description macro writes the query's name with a path"
)]

use std::convert::Infallible;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rand::Rng as _;
use samovar_domain::wire::{Head, PAGE_DEFAULT, ProblemDocument};
use samovar_domain::{Epoch, Seq};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::extract::Params;
use crate::open_streams::{ConnectionEnd, Entry};
use crate::problem::ApiError;
use crate::ring::{Found, item_event};
use crate::state::App;
use crate::store::{Caller, Cursor, StoreError};

/// From where on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct StreamQuery {
    /// Items after this seq.
    #[serde(default)]
    #[param(value_type = Option<u64>, format = "uint64", maximum = 18_446_744_073_709_551_615_u64)]
    after: Option<Seq>,
    /// The epoch that the cursor is of.
    #[param(value_type = Option<String>, format = Uuid)]
    epoch: Option<Epoch>,
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
    caller: Caller,
    headers: HeaderMap,
    end: Option<Extension<ConnectionEnd>>,
    Params(query): Params<StreamQuery>,
) -> Result<Response, ApiError> {
    let last_event = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok()?.parse().ok());
    let after = last_event.or(query.after).unwrap_or(0);
    // The same checks as for a page, before a byte of the stream goes out.
    let cursor = Cursor {
        epoch: query.epoch,
        after,
        is_anew: false,
    };
    let end = end.map(|Extension(end)| end).unwrap_or_default();
    // Entered first: whatever ends streams from here on ends this one too.
    let entry = app.streams.enter(caller.device, end);
    let page = app.store.page(caller.member, cursor, 1, app.now()).await?;
    let reader = Reader::new(app, caller, after, page.epoch, entry);
    // Ended between the token's look-up and the entry: nobody would tell this stream any more.
    if !reader.app.store.knows(caller).await? {
        return Err(ApiError::unauthorized());
    }
    let body = futures_util::stream::unfold(reader, |mut reader| async move {
        reader.next().await.map(|bytes| (Ok::<_, Infallible>(bytes), reader))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-cache, no-store"),
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(body)).into_response())
}

/// One open stream: a cursor, and what it waits for.
struct Reader {
    app: App,
    caller: Caller,
    cursor: Seq,
    epoch: Epoch,
    /// Whether it began at 0: then it has seen all that stands, whatever has been purged.
    is_anew: bool,
    head: tokio::sync::watch::Receiver<Seq>,
    entry: Entry,
    phase: Phase,
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

impl Drop for Reader {
    fn drop(&mut self) {
        self.app.counters.streams.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Reader {
    fn new(app: App, caller: Caller, cursor: Seq, epoch: Epoch, entry: Entry) -> Self {
        app.counters.streams.fetch_add(1, Ordering::Relaxed);
        let head = app.ring.head();
        Self {
            app,
            caller,
            cursor,
            epoch,
            is_anew: cursor == 0,
            head,
            entry,
            phase: Phase::Greeting,
        }
    }

    /// The next bytes; `None` ends the stream.
    async fn next(&mut self) -> Option<Bytes> {
        match self.phase {
            Phase::Over => return None,
            Phase::Greeting => {
                self.phase = Phase::CatchingUp;
                return Some(Bytes::from_static(b": samovar\n\n"));
            }
            Phase::CatchingUp | Phase::Live => {}
        }
        loop {
            self.head.mark_unchanged();
            let found = self.app.ring.after(self.cursor, self.caller.member);
            // Asked behind the look: what follows the end of a device comes after that end.
            if self.app.stopping.is_cancelled() || self.entry.is_ended() {
                return None;
            }
            match found {
                Found::Behind => match self.backlog().await {
                    _ if self.entry.is_ended() => return None,
                    bytes if bytes.is_empty() => continue,
                    bytes => return Some(bytes),
                },
                Found::Events(events, cursor) => {
                    let has_moved = cursor > self.cursor;
                    self.cursor = cursor;
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
                () = self.app.stopping.cancelled() => return None,
                () = tokio::time::sleep(heartbeat) => return Some(self.head_event()),
            }
        }
    }

    /// What the ring does not have comes from the store, a page at a time.
    async fn backlog(&mut self) -> Bytes {
        let cursor = Cursor {
            epoch: Some(self.epoch),
            after: self.cursor,
            is_anew: self.is_anew,
        };
        let read = self
            .app
            .store
            .page(self.caller.member, cursor, PAGE_DEFAULT, self.app.now());
        match read.await {
            Ok(page) => {
                let last = page.items.last().map_or(self.cursor, |item| item.seq);
                self.cursor = if page.more { last } else { page.head };
                page.items.iter().map(item_event).collect::<Vec<_>>().concat().into()
            }
            Err(StoreError::Resync) => {
                self.phase = Phase::Over;
                Bytes::from_static(b"event: resync\ndata: {}\n\n")
            }
            Err(error) => {
                // Closed without a word: the reader comes back with the cursor that it has.
                tracing::error!(%error, "a stream's backlog could not be read");
                self.phase = Phase::Over;
                Bytes::from_static(b": try again\n\n")
            }
        }
    }

    /// Tells that everything up to `head` has been sent.
    fn head_event(&self) -> Bytes {
        let head = Head {
            epoch: self.epoch,
            head: self.cursor,
            time: self.app.now(),
        };
        let json = serde_json::to_string(&head).expect("a head is made of JSON");
        Bytes::from(format!("event: head\ndata: {json}\n\n"))
    }
}

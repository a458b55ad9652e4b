//! `GET /v1/stream`: changes as they happen, as server-sent events.

#![expect(
    unused_qualifications,
    reason = "the description macro writes the query's name with a path"
)]

use std::convert::Infallible;
use std::sync::atomic::Ordering;
use std::time::Duration;

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
use crate::problem::ApiError;
use crate::ring::{Found, item_event};
use crate::state::App;
use crate::store::{Caller, StoreError};

/// From where on.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct StreamQuery {
    /// Items after this seq.
    #[serde(default)]
    after: Option<Seq>,
    /// The epoch that the cursor is of.
    #[param(value_type = Option<String>)]
    epoch: Option<Epoch>,
}

/// Server-sent events: `item` with `id: SEQ`, `head` about every 25 s, and `resync`: page, then come back.
#[utoipa::path(get, path = "/v1/stream", params(StreamQuery), responses(
    (status = 200, content_type = "text/event-stream", description = "`event: item`, `event: head`, `event: resync`"),
    (status = 401, body = ProblemDocument, description = "`unauthorized`"),
    (status = 410, body = ProblemDocument, description = "`resync`"),
))]
pub(crate) async fn stream(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Params(query): Params<StreamQuery>,
) -> Result<Response, ApiError> {
    let last_event = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok()?.parse().ok());
    let after = last_event.or(query.after).unwrap_or(0);
    // The same checks as for a page, before a byte of the stream goes out.
    let page = app.store.page(caller.member, query.epoch, after, 1, app.now()).await?;
    let reader = Reader::new(app, caller, after, page.epoch);
    let body = futures_util::stream::unfold(reader, |mut reader| async move {
        reader.next().await.map(|bytes| (Ok::<_, Infallible>(bytes), reader))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-cache"),
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
    head: tokio::sync::watch::Receiver<Seq>,
    revoked: tokio::sync::watch::Receiver<u64>,
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
    fn new(app: App, caller: Caller, cursor: Seq, epoch: Epoch) -> Self {
        app.counters.streams.fetch_add(1, Ordering::Relaxed);
        let (head, revoked) = (app.ring.head(), app.revocations.subscribe());
        Self {
            app,
            caller,
            cursor,
            epoch,
            head,
            revoked,
            phase: Phase::Greeting,
        }
    }

    /// The next bytes; `None` ends the stream.
    async fn next(&mut self) -> Option<Bytes> {
        match self.phase {
            Phase::Over => return None,
            Phase::Greeting => {
                self.phase = Phase::CatchingUp;
                // Revoked between the token's check and the subscription: nobody would tell this stream any more.
                return if self.is_known().await {
                    Some(Bytes::from_static(b": samovar\n\n"))
                } else {
                    None
                };
            }
            Phase::CatchingUp | Phase::Live => {}
        }
        loop {
            if self.app.stopping.is_cancelled() {
                return None;
            }
            if self.revoked.has_changed().unwrap_or(true) {
                self.revoked.mark_unchanged();
                if !self.is_known().await {
                    return None;
                }
            }
            self.head.mark_unchanged();
            match self.app.ring.after(self.cursor, self.caller.member) {
                Found::Behind => match self.backlog().await {
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
                // Left unseen, so that the loop's beginning asks.
                changed = self.revoked.changed() => { changed.ok()?; self.revoked.mark_changed(); }
                () = self.app.stopping.cancelled() => return None,
                () = tokio::time::sleep(heartbeat) => return Some(self.head_event()),
            }
        }
    }

    /// What the ring does not have comes from the store, a page at a time.
    async fn backlog(&mut self) -> Bytes {
        let (member, epoch, now) = (self.caller.member, Some(self.epoch), self.app.now());
        match self.app.store.page(member, epoch, self.cursor, PAGE_DEFAULT, now).await {
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

    async fn is_known(&self) -> bool {
        // A store that fails for a moment must not end streams.
        self.app
            .store
            .devices(self.caller)
            .await
            .map_or(true, |devices| devices.iter().any(|device| device.is_this))
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

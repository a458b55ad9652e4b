//! What a stream is, however it is carried: how one is opened, where its reader stands, and what the store says of what
//! the ring no longer has. A task carries it (`routes::stream`) or the reactor; see [`crate::events`] for its words.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::FromRequestParts as _;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use samovar_domain::wire::PAGE_DEFAULT;
use samovar_domain::{Epoch, Seq};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::events::{Chunk, item_chunk};
use crate::extract::Params;
use crate::open_streams::{ConnectionEnd, Entry};
use crate::problem::ApiError;
use crate::state::{App, Counters};
use crate::store::{Caller, Cursor, StoreError};

/// Where streams are asked for.
pub(crate) const PATH: &str = "/v1/stream";
/// What an answer says of a stream, beside what HTTP says by itself.
pub(crate) const HEADERS: [(&str, &str); 3] = [
    ("content-type", "text/event-stream"),
    ("cache-control", "no-cache, no-store"),
    ("x-accel-buffering", "no"),
];

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
    pub(crate) epoch: Option<Epoch>,
}

impl StreamQuery {
    /// The seq after which the reader goes on. A browser that comes back by itself says so in a header.
    pub(crate) fn after(&self, headers: &HeaderMap) -> Seq {
        let last_event = headers
            .get("last-event-id")
            .and_then(|value| value.to_str().ok()?.parse().ok());
        last_event.or(self.after).unwrap_or(0)
    }
}

/// Where a reader stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Position {
    /// Who reads.
    pub(crate) caller: Caller,
    /// The last place that was sent or is hidden.
    pub(crate) cursor: Seq,
    /// The epoch that it is of.
    pub(crate) epoch: Epoch,
    /// Whether it began at 0: then it has seen all that stands, whatever has been purged.
    pub(crate) is_anew: bool,
}

/// A stream that may begin: its reader is known, and so is its cursor.
#[derive(Debug)]
pub(crate) struct Opening {
    /// Where it begins.
    pub(crate) position: Position,
    /// Ended with the reader's device.
    pub(crate) entry: Entry,
    /// Held while it is open.
    pub(crate) counted: Counted,
}

/// Counts an open stream until it is dropped.
#[derive(Debug)]
pub(crate) struct Counted(Arc<Counters>);

impl Counted {
    fn new(counters: &Arc<Counters>) -> Self {
        counters.streams.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(counters))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.streams.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Answers a request for a stream: the same checks as for a page, before a byte of it goes out.
pub(crate) async fn open(app: &App, request: &mut Parts, end: ConnectionEnd) -> Result<Opening, ApiError> {
    let caller = Caller::from_request_parts(request, app).await?;
    let Params(query) = Params::<StreamQuery>::from_request_parts(request, app).await?;
    let after = query.after(&request.headers);
    let cursor = Cursor {
        epoch: query.epoch,
        after,
        is_anew: false,
    };
    // Entered first: whatever ends streams from here on ends this one too.
    let entry = app.streams.enter(caller.device, end);
    let page = app.store.page(caller.member, cursor, 1, app.now()).await?;
    let opening = Opening {
        position: Position {
            caller,
            cursor: after,
            epoch: page.epoch,
            is_anew: after == 0,
        },
        entry,
        counted: Counted::new(&app.counters),
    };
    // Ended between the token's look-up and the entry: nobody would tell this stream any more.
    if !app.store.knows(caller).await? {
        return Err(ApiError::unauthorized());
    }
    Ok(opening)
}

/// What comes after a cursor that the ring does not have.
#[derive(Debug)]
pub(crate) enum Backlog {
    /// These items, and the cursor behind them.
    Items(Vec<Chunk>, Seq),
    /// It is to page, and then to come back.
    Resync,
    /// The store fails; this was logged.
    Failed,
}

/// A page of the store.
pub(crate) async fn backlog(app: &App, position: Position) -> Backlog {
    let cursor = Cursor {
        epoch: Some(position.epoch),
        after: position.cursor,
        is_anew: position.is_anew,
    };
    let reader = position.caller.member;
    match app.store.page(reader, cursor, PAGE_DEFAULT, app.now()).await {
        Ok(page) => {
            let last = page.items.last().map_or(position.cursor, |item| item.seq);
            let reached = if page.more { last } else { page.head };
            Backlog::Items(page.items.iter().map(item_chunk).collect(), reached)
        }
        Err(StoreError::Resync) => Backlog::Resync,
        Err(error) => {
            tracing::error!(%error, "a stream's backlog could not be read");
            Backlog::Failed
        }
    }
}

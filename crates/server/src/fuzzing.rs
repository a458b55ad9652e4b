//! What strangers send, read exactly as the routes read it, and what is written for them. For the fuzzer and its corpus
//! alone: these are doors into private rooms, and no part of what this crate promises.

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts as _};
use axum::http::{HeaderValue, Request};
use bytes::Bytes;
use futures_util::FutureExt as _;
use samovar_domain::wire::{Head, JoinRequest, OpsRequest, ProblemDocument};
use samovar_domain::{Epoch, Item, Seq};
use serde::de::DeserializeOwned;

use crate::events;
use crate::extract::{Json, Params};
use crate::problem::ApiError;
use crate::reading::StreamQuery;
use crate::routes::items::PageQuery;
use crate::routes::{join_page, ops};

/// What a page is asked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageAsked {
    /// The changes after this seq.
    pub after: Option<Seq>,
    /// The epoch that the cursor is of.
    pub epoch: Option<Epoch>,
    /// At most so many.
    pub limit: u32,
    /// Only this kind.
    pub kind: Option<String>,
    /// Older than this.
    pub before: Option<Seq>,
}

/// Where a stream is asked for from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamAsked {
    /// Items after this seq.
    pub after: Seq,
    /// The epoch that the cursor is of.
    pub epoch: Option<Epoch>,
}

/// The body of `POST /v1/ops`.
pub fn read_ops(body: &[u8]) -> Result<OpsRequest, ProblemDocument> {
    let request: OpsRequest = read_json(body)?;
    ops::check_number(&request).map_err(|error| error.document())?;
    Ok(request)
}

/// The body of `POST /v1/join`.
pub fn read_join(body: &[u8]) -> Result<JoinRequest, ProblemDocument> {
    read_json(body)
}

fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, ProblemDocument> {
    let request = Request::post("/")
        .header("content-type", "application/json")
        .body(Body::from(body.to_vec()))
        .expect("it is well formed");
    let read = Json::from_request(request, &());
    let read = read.now_or_never().expect("a body that is here is not waited for");
    read.map(|Json(value)| value).map_err(|error| error.document())
}

/// The query of `GET /v1/items`; `None` when it cannot stand in an address at all.
pub fn read_page(query: &str) -> Option<Result<PageAsked, ProblemDocument>> {
    let request = Request::get(format!("/v1/items?{query}")).body(()).ok()?;
    let (mut parts, ()) = request.into_parts();
    let read = Params::<PageQuery>::from_request_parts(&mut parts, &()).now_or_never();
    let read = read.expect("a query is here");
    let asked = read.map(|Params(query)| PageAsked {
        after: query.after,
        epoch: query.epoch,
        limit: query.limit(),
        kind: query.kind,
        before: query.before,
    });
    Some(asked.map_err(|error| error.document()))
}

/// The query of `GET /v1/stream` and its `Last-Event-ID`; `None` when they cannot stand in a request at all.
pub fn read_stream(query: &str, last_event: Option<&[u8]>) -> Option<Result<StreamAsked, ProblemDocument>> {
    let mut request = Request::get(format!("/v1/stream?{query}"));
    if let Some(last_event) = last_event {
        request = request.header("last-event-id", HeaderValue::from_bytes(last_event).ok()?);
    }
    let (parts, ()) = request.body(()).ok()?.into_parts();
    Some(stream_asked(parts).map_err(|error| error.document()))
}

fn stream_asked(mut parts: axum::http::request::Parts) -> Result<StreamAsked, ApiError> {
    let read = Params::<StreamQuery>::from_request_parts(&mut parts, &()).now_or_never();
    let Params(query) = read.expect("a query is here")?;
    Ok(StreamAsked {
        after: query.after(&parts.headers),
        epoch: query.epoch,
    })
}

/// What the first bytes of a connection are to those who carry streams.
#[cfg(target_os = "linux")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// The beginning of what may become a request for a stream.
    Beginning,
    /// A request for a stream, and nothing behind it.
    Stream(Result<StreamAsked, ProblemDocument>),
    /// Anything else.
    Other,
}

/// Looks at the first bytes of a connection.
#[cfg(target_os = "linux")]
pub fn see(bytes: &[u8]) -> Seen {
    use crate::reactor::head;
    match head::see(bytes) {
        head::Seen::Beginning => Seen::Beginning,
        head::Seen::Stream(request) => Seen::Stream(stream_asked(request.parts).map_err(|error| error.document())),
        head::Seen::Other => Seen::Other,
    }
}

/// An item as a stream says it.
pub fn item_event(item: &Item) -> Bytes {
    events::item_chunk(item).event()
}

/// That everything up to a head was sent, as a stream says it.
pub fn head_event(head: &Head) -> Bytes {
    events::head_chunk(head.epoch, head.head, head.time).event()
}

/// The page that an invite link shows in a browser.
pub fn join_page(public_url: &str, token: &str, is_open: bool) -> String {
    join_page::written(public_url, token, is_open)
}

//! `/v1/calendar`: a member's private calendar feed. Its address is a secret, since calendar programs know no tokens:
//! only a hash of it is stored, it is never logged, and that somebody reads it leaves no trace.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use samovar_domain::wire::{CalendarFeed, ProblemDocument};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::calendar::{self, Language};
use crate::extract::{Params, Path};
use crate::problem::ApiError;
use crate::state::{App, hash_secret, new_secret};
use crate::store::Caller;

/// Whether the caller has a feed, and since when.
#[utoipa::path(get, path = "/v1/calendar", responses((status = 200, body = CalendarFeed)))]
pub(crate) async fn tell(State(app): State<App>, caller: Caller) -> Result<axum::Json<CalendarFeed>, ApiError> {
    let since = app.store.feed_since(caller.member).await?;
    Ok(axum::Json(CalendarFeed { url: None, since }))
}

/// Makes a feed. The address is in this answer only; the one before ends.
#[utoipa::path(post, path = "/v1/calendar", responses((status = 201, body = CalendarFeed)))]
pub(crate) async fn make(
    State(app): State<App>,
    caller: Caller,
) -> Result<(StatusCode, axum::Json<CalendarFeed>), ApiError> {
    let (secret, now) = (new_secret(), app.now());
    app.store.make_feed(caller, &hash_secret(&secret), now).await?;
    let feed = CalendarFeed {
        url: Some(format!("{}/v1/calendar/{secret}.ics", app.public_url)),
        since: Some(now),
    };
    Ok((StatusCode::CREATED, axum::Json(feed)))
}

/// Ends the caller's feed, if there is one.
#[utoipa::path(delete, path = "/v1/calendar", responses((status = 204, description = "Its address leads nowhere any more")))]
pub(crate) async fn end(State(app): State<App>, caller: Caller) -> Result<StatusCode, ApiError> {
    app.store.end_feed(caller).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What may stand behind a feed's address.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Reading {
    lang: Option<String>,
}

/// The calendar behind a feed's address.
#[utoipa::path(get, path = "/v1/calendar/{feed}.ics", params(
    ("feed" = String, Path),
    ("lang" = Option<String>, Query, description = "`de` for German"),
), responses(
    (status = 200, content_type = "text/calendar", description = "The member's calls (RFC 5545)"),
    (status = 304, description = "Nothing has changed since the version of `If-None-Match`"),
    (status = 404, body = ProblemDocument, description = "`not_found`: there is no such feed (any more)"),
))]
pub(crate) async fn read(
    State(app): State<App>,
    path: Result<Path<String>, ApiError>,
    reading: Result<Params<Reading>, ApiError>,
    asked: HeaderMap,
) -> Result<Response, ApiError> {
    let unknown =
        || ApiError::not_found("There is no such calendar, or its address was renewed. Copy it anew in Samovar.");
    let Path(name) = path.map_err(|_| unknown())?;
    let secret = name.strip_suffix(".ics").ok_or_else(unknown)?;
    let feed = app.store.feed(&hash_secret(secret)).await?.ok_or_else(unknown)?;
    let language = reading.ok().and_then(|Params(reading)| reading.lang);
    let language = language.as_deref().map(Language::of).unwrap_or_default();
    let text = calendar::write(feed.member, &feed.items, app.now(), language);
    // Weak: what is sent may be compressed.
    let tag = format!("W/\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes())));
    let headers = [
        (header::ETAG, tag.as_str()),
        (header::CACHE_CONTROL, "private, no-cache"),
    ];
    if is_known(&asked, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
    Ok((headers, kind, text).into_response())
}

/// Whether `If-None-Match` names this version (RFC 9110, section 13.1.2: compared weakly).
fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let values = asked.get_all(header::IF_NONE_MATCH);
    let mut named = values
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    named.any(|named| named.trim() == "*" || opaque(named) == opaque(tag))
}

//! For operators: is it alive, is it ready, how much does it do. No series is about a person.

use std::fmt::Write as _;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use samovar_domain::wire::ProblemDocument;

use crate::connection::Peer;
use crate::problem::ApiError;
use crate::state::App;

/// Whether the process is alive.
#[utoipa::path(get, path = "/healthz", responses((status = 200, description = "`ok`")))]
pub(crate) async fn health() -> &'static str {
    "ok"
}

/// Whether it can serve: the store takes writes, as was found a few seconds ago at most. While the endpoint starts it is
/// answered elsewhere that it is not; once it stops, nobody listens any more.
#[utoipa::path(get, path = "/readyz", responses(
    (status = 200, description = "`ready`"),
    (status = 503, body = ProblemDocument, description = "`store_failed`, `stopping`")))]
pub(crate) async fn ready(State(app): State<App>) -> Result<&'static str, ApiError> {
    if app.stopping.is_cancelled() {
        let stopping = axum::http::StatusCode::SERVICE_UNAVAILABLE;
        return Err(ApiError::new(stopping, "stopping", "The endpoint is stopping."));
    }
    app.readiness.of(&*app.store).await?;
    Ok("ready")
}

/// Totals in Prometheus' text format, for whoever asks from the same machine and not through a proxy.
#[utoipa::path(get, path = "/metrics", responses(
    (status = 200, content_type = "text/plain", description = "Totals"),
    (status = 404, body = ProblemDocument, description = "`not_found`: asked from elsewhere")))]
pub(crate) async fn metrics(
    State(app): State<App>,
    headers: HeaderMap,
    peer: Option<Extension<Peer>>,
) -> Result<Response, ApiError> {
    let is_near = peer.is_none_or(|Extension(Peer(address))| address.ip().to_canonical().is_loopback());
    // A proxy is near too; most say for whom they ask. Whoever forges this shuts themselves out.
    let is_handed_on = ["x-forwarded-for", "forwarded", "via"]
        .iter()
        .any(|name| headers.contains_key(*name));
    if !is_near || is_handed_on {
        return Err(ApiError::not_found(
            "There is no such address. The API is described at /v1/openapi.json.",
        ));
    }
    let team = app.store.team().await?;
    let counters = &app.counters;
    let rows = [
        (
            "samovar_ops_total",
            "counter",
            "Ops applied since the start.",
            counters.ops.load(Ordering::Relaxed),
        ),
        (
            "samovar_ops_refused_total",
            "counter",
            "Ops refused since the start.",
            counters.ops_refused.load(Ordering::Relaxed),
        ),
        (
            "samovar_blobs_total",
            "counter",
            "Photos taken since the start.",
            counters.blobs.load(Ordering::Relaxed),
        ),
        (
            "samovar_connections_turned_away_total",
            "counter",
            "Connections told to come again since the start, for want of room.",
            counters.turned_away.load(Ordering::Relaxed),
        ),
        (
            "samovar_streams",
            "gauge",
            "Streams that are open.",
            counters.streams.load(Ordering::Relaxed),
        ),
        (
            "samovar_head",
            "gauge",
            "The newest place in the team's sequence.",
            team.head,
        ),
    ];
    let mut text = String::new();
    for (name, kind, help, value) in rows {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
    }
    let name = "samovar_calls_total";
    let _ = writeln!(
        text,
        "# HELP {name} Calls answered since the start.\n# TYPE {name} counter"
    );
    for ((route, status), count) in &*counters.calls.lock().unwrap_or_else(PoisonError::into_inner) {
        let _ = writeln!(text, "{name}{{route=\"{route}\",status=\"{status}\"}} {count}");
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}

//! The API: a file a subject, with its route, its errors and its description.

mod blobs;
mod calendar;
mod devices;
mod doors;
mod export;
mod invites;
pub(crate) mod items;
mod join;
pub(crate) mod join_page;
mod members;
pub(crate) mod mirrors;
mod operation;
pub(crate) mod ops;
pub(crate) mod precautions;
mod pulse;
mod sign_in;
mod stream;

use std::sync::LazyLock;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get, post};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _, SizeAbove};
use tower_http::timeout::RequestBodyTimeoutLayer;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, Ref, RefOr, ResponseBuilder};
use utoipa::{Modify, OpenApi};

use crate::problem::ApiError;
use crate::state::App;

/// The longest pause in a body.
const BODY_PATIENCE: Duration = Duration::from_secs(30);
/// The longest that a call may take until its answer begins, its body included.
const CALL_PATIENCE: Duration = Duration::from_mins(2);
/// What refusals are.
const PROBLEM: &str = "application/problem+json";
/// The most bytes of a JSON body.
const JSON_BYTES_MAX: usize = 1024 * 1024;

/// Shorter answers go as they are: to compress one takes more memory and time than it saves of the line.
const COMPRESSED_FROM: u16 = 4096;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Samovar endpoint",
        description = "The team's endpoint. Errors are RFC 9457 problem documents with a stable `code`."
    ),
    paths(
        join::join,
        sign_in::begin,
        sign_in::finish,
        items::items,
        stream::stream,
        ops::ops,
        blobs::put,
        blobs::get,
        invites::create,
        invites::list,
        invites::delete,
        devices::list,
        devices::enrol,
        devices::delete,
        calendar::tell,
        calendar::make,
        calendar::end,
        calendar::read,
        mirrors::create,
        mirrors::list,
        mirrors::remove,
        mirrors::pause,
        mirrors::resume,
        mirrors::test,
        pulse::token,
        pulse::answer,
        members::remove,
        members::erase,
        export::export,
        join_page::page,
        operation::health,
        operation::ready,
        operation::metrics,
        openapi,
    ),
    modifiers(&InCommon)
)]
pub(crate) struct Description;

/// What holds for calls in general: a token, and what may come in the place of an answer.
struct InCommon;

impl Modify for InCommon {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let components = description.components.get_or_insert_default();
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A device's token: `smv_…`"));
        components.add_security_scheme("token", SecurityScheme::Http(scheme.build()));
        for (path, item) in &mut description.paths.paths {
            let is_open = !path.starts_with("/v1/")
                || matches!(
                    path.as_str(),
                    "/v1/join"
                        | sign_in::BEGIN
                        | sign_in::RETURN
                        | "/v1/openapi.json"
                        | "/v1/calendar/{feed}.ics"
                        | pulse::ANSWERS
                );
            let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete];
            for operation in operations.into_iter().flatten() {
                if !is_open {
                    operation.security = Some(vec![SecurityRequirement::new("token", [] as [&str; 0])]);
                    add(
                        operation,
                        "401",
                        "`unauthorized`: the token is missing or not known (any more)",
                    );
                }
                if !matches!(path.as_str(), "/healthz" | "/readyz" | "/metrics" | "/v1/openapi.json") {
                    let detail = "`too_many_requests`: nothing was done; try again after `Retry-After`";
                    add(operation, "429", detail);
                }
                if takes_json(operation) {
                    add(operation, "400", "`bad_json`: the body does not have the form it needs");
                }
                if operation.request_body.is_some() {
                    let detail = "`timeout`, `body_cut`: the body did not arrive; send it again";
                    add(operation, "408", detail);
                    add(operation, "413", "`too_large`");
                }
                if !matches!(path.as_str(), "/healthz" | "/v1/openapi.json") {
                    let detail = "`store_failed`: nothing of it was kept; try again after `Retry-After`";
                    add(operation, "503", detail);
                }
                name_problems(operation);
            }
        }
    }
}

/// Describes a refusal, unless the call has its own words for it.
fn add(operation: &mut Operation, status: &str, detail: &str) {
    let refusal = ResponseBuilder::new()
        .description(detail)
        .content(PROBLEM, Content::new(Some(Ref::from_schema_name("ProblemDocument"))));
    let responses = &mut operation.responses.responses;
    responses
        .entry(status.to_owned())
        .or_insert_with(|| refusal.build().into());
}

fn takes_json(operation: &Operation) -> bool {
    let body = operation.request_body.as_ref();
    body.is_some_and(|body| body.content.contains_key("application/json"))
}

/// Gives refusals, which are described by their form alone, the media type of RFC 9457.
fn name_problems(operation: &mut Operation) {
    let refusals = operation.responses.responses.range_mut("400".to_owned()..);
    for (_, refusal) in refusals {
        if let RefOr::T(refusal) = refusal
            && let Some(problem) = refusal.content.shift_remove("application/json")
        {
            refusal.content.insert(PROBLEM.to_owned(), problem);
        }
    }
}

/// The description of the API.
#[utoipa::path(get, path = "/v1/openapi.json", responses((status = 200, description = "This description")))]
async fn openapi() -> Response {
    // Anybody may ask for it, again and again.
    static WORDS: LazyLock<Bytes> =
        LazyLock::new(|| serde_json::to_vec(&Description::openapi()).unwrap_or_default().into());
    ([(CONTENT_TYPE, "application/json")], WORDS.clone()).into_response()
}

/// All routes.
pub(crate) fn router(app: App) -> Router {
    let json = Router::new()
        .route("/v1/join", post(join::join))
        .route(sign_in::BEGIN, get(sign_in::begin))
        .route(sign_in::RETURN, get(sign_in::finish))
        .route("/v1/items", get(items::items))
        .route("/v1/stream", get(stream::stream))
        .route("/v1/ops", post(ops::ops))
        .route("/v1/invites", post(invites::create).get(invites::list))
        .route("/v1/invites/{id}", delete(invites::delete))
        .route("/v1/devices", get(devices::list).post(devices::enrol))
        .route("/v1/devices/{id}", delete(devices::delete))
        .route(
            "/v1/calendar",
            get(calendar::tell).post(calendar::make).delete(calendar::end),
        )
        .route("/v1/calendar/{feed}", get(calendar::read))
        .route("/v1/mirrors", post(mirrors::create).get(mirrors::list))
        .route("/v1/mirrors/{id}", delete(mirrors::remove))
        .route("/v1/mirrors/{id}/pause", post(mirrors::pause))
        .route("/v1/mirrors/{id}/resume", post(mirrors::resume))
        .route("/v1/mirrors/{id}/test", post(mirrors::test))
        .route("/v1/members/me", delete(members::erase))
        .route("/v1/members/{id}", delete(members::remove))
        .route("/v1/export", get(export::export))
        .route("/v1/openapi.json", get(openapi))
        .route("/join/{token}", get(join_page::page))
        .route("/healthz", get(operation::health))
        .route("/readyz", get(operation::ready))
        .route("/metrics", get(operation::metrics))
        .layer(DefaultBodyLimit::max(JSON_BYTES_MAX));
    let pulse = Router::new()
        .route(pulse::TOKEN, post(pulse::token))
        .route(pulse::ANSWERS, post(pulse::answer))
        .layer(DefaultBodyLimit::max(pulse::BYTES_MAX));
    let blobs = Router::new()
        .route("/v1/blobs/{sha256}", get(blobs::get).put(blobs::put))
        .layer(DefaultBodyLimit::max(samovar_pictures::MAX_SHARED_BYTES));
    let compressed = DefaultPredicate::new()
        .and(SizeAbove::new(COMPRESSED_FROM))
        .and(NotForContentType::const_new("application/zip"));
    json.merge(blobs)
        .merge(pulse)
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(app.clone(), doors::guard))
        .layer(middleware::from_fn_with_state(app.clone(), observe))
        .layer(RequestBodyTimeoutLayer::new(BODY_PATIENCE))
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Fastest)
                .compress_when(compressed),
        )
        .layer(middleware::from_fn_with_state(app.clone(), precautions::add))
        .with_state(app)
}

/// Gives a call up when it takes too long.
pub(crate) async fn in_time<T>(call: impl Future<Output = T>) -> Result<T, ApiError> {
    tokio::time::timeout(CALL_PATIENCE, call).await.map_err(|_| {
        let detail = "This took too long, so it was given up. Try again; what was kept is answered as it was.";
        ApiError::new(StatusCode::REQUEST_TIMEOUT, "timeout", detail)
    })
}

/// Bounds a call's time, counts it, and logs its route (never its path, which may carry a secret) when asked to.
async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none".into(), |path| path.as_str().to_owned());
    let method = request.method().clone();
    let response = in_time(next.run(request)).await.unwrap_or_else(ApiError::into_response);
    if route.starts_with(pulse::ALL) {
        // Neither counted nor logged: whoever reads the totals now and then would know when answers came.
        return response;
    }
    let status = response.status().as_u16();
    tracing::debug!(%method, route, status, "answered");
    app.counters.count_call(route, status);
    response
}

async fn unknown(_: Uri) -> ApiError {
    ApiError::not_found("There is no such address. The API is described at /v1/openapi.json.")
}

async fn wrong_method() -> ApiError {
    ApiError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "This address does not take this method.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_call_that_takes_too_long_is_given_up() {
        assert_eq!(in_time(async { 7 }).await.unwrap(), 7);
        let refused = in_time(std::future::pending::<()>()).await.unwrap_err();
        assert_eq!(refused.into_response().status(), StatusCode::REQUEST_TIMEOUT);
    }
}

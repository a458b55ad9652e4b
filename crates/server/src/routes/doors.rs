//! Doors that are open to everybody, such as joining: whoever has failed too often at one, or with tokens, finds them shut
//! for a while. A device's own calls are let in by its token, and are not asked where they come from.

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::{pulse, sign_in};
use crate::problem::ApiError;
use crate::state::App;

/// Routes that are open to everybody and look something up.
pub(super) const OPEN: [&str; 6] = [
    "/v1/join",
    "/join/{token}",
    "/v1/calendar/{feed}",
    pulse::ANSWERS,
    sign_in::BEGIN,
    sign_in::RETURN,
];

/// Whether whoever was answered so had only guessed, or sent nothing that could be. Who hears 409 or 410 had something
/// that was right once.
fn has_failed(status: StatusCode) -> bool {
    status.is_client_error()
        && !matches!(
            status,
            StatusCode::CONFLICT | StatusCode::GONE | StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS
        )
}

/// Whether this counts as a failure. Each sign-in that begins is kept for a while, so that beginning many is as bad as
/// guessing.
fn counts(route: &str, status: StatusCode) -> bool {
    has_failed(status) || route == sign_in::BEGIN
}

/// Stands before them.
pub(super) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.and_then(|route| OPEN.into_iter().find(|open| *open == route.as_str()));
    let address = route.and_then(|_| app.caller_address(request.extensions(), request.headers()));
    let (Some(route), Some(address)) = (route, address) else {
        return next.run(request).await;
    };
    if let Err(too_many) = app.limits.is_open_to(address) {
        return ApiError::too_many_requests(too_many).into_response();
    }
    let response = next.run(request).await;
    if counts(route, response.status())
        && let Err(too_many) = app.limits.failed(address)
    {
        return ApiError::too_many_requests(too_many).into_response();
    }
    response
}

//! Doors that are open to everybody, such as joining: whoever has failed too often at one, or with tokens, finds them shut
//! for a while. A device's own calls are let in by its token, and are not asked where they come from.

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::pulse;
use crate::problem::ApiError;
use crate::state::App;

/// Routes that are open to everybody and look something up.
pub(super) const OPEN: [&str; 4] = ["/v1/join", "/join/{token}", "/v1/calendar/{feed}", pulse::ANSWERS];

/// Whether whoever was answered so had only guessed, or sent nothing that could be. Who hears 409 or 410 had something
/// that was right once.
fn has_failed(status: StatusCode) -> bool {
    status.is_client_error()
        && !matches!(
            status,
            StatusCode::CONFLICT | StatusCode::GONE | StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS
        )
}

/// Stands before them.
pub(super) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let is_open = route.is_some_and(|route| OPEN.contains(&route.as_str()));
    let address = is_open.then(|| app.caller_address(request.extensions(), request.headers()));
    let Some(address) = address.flatten() else {
        return next.run(request).await;
    };
    if let Err(too_many) = app.limits.is_open_to(address) {
        return ApiError::too_many_requests(too_many).into_response();
    }
    let response = next.run(request).await;
    if has_failed(response.status())
        && let Err(too_many) = app.limits.failed(address)
    {
        return ApiError::too_many_requests(too_many).into_response();
    }
    response
}

//! `POST /v1/ops`: writes, each exactly once.

use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::http::StatusCode;
use samovar_domain::Kind;
use samovar_domain::wire::{OPS_MAX, OpsRequest, OpsResponse, ProblemDocument};

use crate::extract::Json;
use crate::problem::ApiError;
use crate::state::{App, Counters};
use crate::store::Caller;

/// Applies ops in the order of their numbers. All that pass commit in one transaction; an op that can never pass is
/// answered with its problem and counts as applied.
#[utoipa::path(post, path = "/v1/ops", request_body = OpsRequest, responses(
    (status = 200, body = OpsResponse),
    (status = 401, body = ProblemDocument, description = "`unauthorized`"),
    (status = 409, body = ProblemDocument, description = "`op_gap` with `expected`, `device_cloned`, `blob_missing` (send the photo, then the op again)"),
    (status = 410, body = ProblemDocument, description = "`resync`"),
    (status = 422, body = ProblemDocument, description = "`too_many_ops`"),
))]
pub(crate) async fn ops(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<OpsRequest>,
) -> Result<axum::Json<OpsResponse>, ApiError> {
    check_number(&request)?;
    let mut kinds = request.ops.iter().map(|op| op.kind.as_str());
    let moves_draw = kinds.any(|kind| [Kind::TEAM, Kind::ROLE, Kind::MEMBER].contains(&kind));
    let touches_rooms = request
        .ops
        .iter()
        .any(|op| [Kind::SERIES, Kind::GATHERING, Kind::RSVP].contains(&op.kind.as_str()));
    let (head, results) = app.store.apply(caller, request.epoch, request.ops, app.now()).await?;
    let refused = results.iter().filter(|result| result.problem.is_some()).count();
    Counters::add(&app.counters.ops_refused, refused);
    Counters::add(&app.counters.ops, results.len() - refused);
    if moves_draw {
        app.draw_may_move.store(true, Ordering::Relaxed);
        app.pulse_may_move.store(true, Ordering::Relaxed);
    }
    app.rooms_may_differ.fetch_or(touches_rooms, Ordering::Release);
    app.upkeep.notify_one();
    Ok(axum::Json(OpsResponse {
        head,
        results,
        time: Some(app.now()),
    }))
}

/// Refuses a call of too many ops.
pub(crate) fn check_number(request: &OpsRequest) -> Result<(), ApiError> {
    if request.ops.len() <= OPS_MAX {
        return Ok(());
    }
    Err(ApiError::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "too_many_ops",
        format!("A call takes at most {OPS_MAX} ops. Send the rest in the next one."),
    ))
}

//! `POST /v1/join`: in by an invite.

use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::http::StatusCode;
use samovar_domain::wire::{JoinRequest, JoinResponse, ProblemDocument, TeamName};

use crate::extract::Json;
use crate::problem::ApiError;
use crate::state::{App, hash_secret, new_secret};
use crate::store::Newcomer;

/// Uses an invite once, and makes a member with their first device. With a `join_key` it may be sent again when its
/// answer did not arrive.
#[utoipa::path(post, path = "/v1/join", request_body = JoinRequest, responses(
    (status = 201, body = JoinResponse, description = "The token is shown this once"),
    (status = 404, body = ProblemDocument, description = "`invite_unknown`"),
    (status = 410, body = ProblemDocument, description = "`invite_used_up`, `invite_expired`"),
    (status = 422, body = ProblemDocument, description = "A name or zone that cannot be: `empty`, `too_long`, `bad_time_zone` …"),
))]
pub(crate) async fn join(
    State(app): State<App>,
    Json(request): Json<JoinRequest>,
) -> Result<(StatusCode, axum::Json<JoinResponse>), ApiError> {
    let token = format!("smv_{}", new_secret());
    let newcomer = Newcomer {
        invite_hash: hash_secret(&request.invite),
        name: request.name,
        time_zone: request.time_zone,
        device_name: request.device_name,
        token_hash: hash_secret(&token),
        join_key: request.join_key,
    };
    let joined = app.store.join(newcomer, app.now()).await?;
    // The first to come brings the zone that the team's days are in.
    app.draw_may_move.store(true, Ordering::Relaxed);
    app.upkeep.notify_one();
    let team = app.store.team().await?;
    let response = JoinResponse {
        team: TeamName {
            id: team.id,
            name: joined.team_name,
        },
        member_id: joined.member,
        device_id: joined.device,
        token,
        epoch: team.epoch,
        server_time: app.now(),
    };
    Ok((StatusCode::CREATED, axum::Json(response)))
}

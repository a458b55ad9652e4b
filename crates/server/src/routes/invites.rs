//! `/v1/invites`: letting others in.

use axum::extract::State;
use axum::http::StatusCode;
use samovar_domain::InviteId;
use samovar_domain::wire::{Invite, InviteRequest, ProblemDocument};

use crate::extract::{Json, Path};
use crate::problem::ApiError;
use crate::state::{App, hash_secret, new_secret};
use crate::store::{Caller, NewInvite};

/// How long an invite works when nothing else is asked for, in hours.
pub(crate) const HOURS_DEFAULT: u32 = 120;

/// Makes an invite (admins). The link is in this answer only.
#[utoipa::path(post, path = "/v1/invites", request_body = InviteRequest, responses(
    (status = 201, body = Invite),
    (status = 403, body = ProblemDocument, description = "`not_admin`"),
    (status = 422, body = ProblemDocument, description = "`bad_invite`"),
))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<InviteRequest>,
) -> Result<(StatusCode, axum::Json<Invite>), ApiError> {
    let uses = request.uses.unwrap_or(1);
    let hours = request.expires_in_hours.unwrap_or(HOURS_DEFAULT);
    if !(1..=1_000).contains(&uses) || !(1..=8_760).contains(&hours) {
        let detail = "An invite lets in 1 to 1,000 people and works for 1 to 8,760 hours.";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_invite", detail));
    }
    let secret = new_secret();
    let expires_at = app.now().plus_minutes(i64::from(hours) * 60);
    let invite = NewInvite {
        token_hash: hash_secret(&secret),
        maker: Some(caller),
        is_owner: false,
        uses,
        expires_at,
    };
    let id = app.store.add_invite(invite, app.now()).await?;
    let link = Some(format!("{}/join/{secret}", app.public_url));
    Ok((
        StatusCode::CREATED,
        axum::Json(Invite {
            id,
            link,
            uses_left: uses,
            expires_at,
        }),
    ))
}

/// Invites that still let somebody in (admins).
#[utoipa::path(get, path = "/v1/invites", responses(
    (status = 200, body = Vec<Invite>),
    (status = 403, body = ProblemDocument, description = "`not_admin`"),
))]
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> Result<axum::Json<Vec<Invite>>, ApiError> {
    Ok(axum::Json(app.store.invites(Some(caller.member), app.now()).await?))
}

/// Takes an invite back (admins).
#[utoipa::path(delete, path = "/v1/invites/{id}", params(("id" = String, Path)), responses(
    (status = 204, description = "It lets nobody in any more"),
    (status = 403, body = ProblemDocument, description = "`not_admin`"),
    (status = 404, body = ProblemDocument, description = "`not_found`"),
))]
pub(crate) async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let id: InviteId = id
        .parse()
        .map_err(|_| ApiError::not_found("There is no invite of this id."))?;
    app.store.delete_invite(Some(caller), id, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

//! `/v1/mirrors`: where else kudos and gatherings are shown; for admins.

use axum::extract::State;
use axum::http::StatusCode;
use rand::RngCore as _;
use samovar_domain::MirrorId;
use samovar_domain::wire::{MirrorHealth, MirrorMade, MirrorRequest, MirrorTarget, MirrorTried, ProblemDocument};

use crate::extract::{Json, Path};
use crate::mirrors::{self, Outcome, Reach};
use crate::problem::ApiError;
use crate::state::App;
use crate::store::{Caller, MirrorChange, StoreError};

/// Checks what an admin wants, and gives a webhook that has none a secret to sign with.
pub(crate) fn prepared(
    mut request: MirrorRequest,
    reach: Reach,
) -> Result<(MirrorRequest, Option<String>), StoreError> {
    mirrors::check_request(&request, reach).map_err(StoreError::Refused)?;
    let mut made = None;
    if let MirrorTarget::Webhook { secret, .. } = &mut request.target
        && secret.is_none()
    {
        let mut bytes = [0_u8; 32];
        rand::rng().fill_bytes(&mut bytes);
        made = Some(mirrors::signing_secret(&bytes));
        secret.clone_from(&made);
    }
    Ok((request, made))
}

/// What an admin hears of a try.
pub(crate) fn tried(outcome: &Outcome) -> MirrorTried {
    let trouble = outcome.trouble().map(|trouble| trouble.code().to_owned());
    MirrorTried {
        arrived: trouble.is_none(),
        trouble,
    }
}

/// Sets a mirror up (admins). The secret of a webhook is in this answer only.
#[utoipa::path(post, path = "/v1/mirrors", request_body = MirrorRequest, responses(
    (status = 201, body = MirrorMade),
    (status = 403, body = ProblemDocument, description = "`not_admin`"),
    (status = 422, body = ProblemDocument, description = "`bad_mirror`, `too_many_mirrors`"),
))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<MirrorRequest>,
) -> Result<(StatusCode, axum::Json<MirrorMade>), ApiError> {
    let (request, secret) = prepared(request, app.mirroring.carrier.reach())?;
    let id = app.store.add_mirror(Some(caller), request, app.now()).await?;
    app.mirroring.wake.notify_one();
    Ok((StatusCode::CREATED, axum::Json(MirrorMade { id, secret })))
}

/// How the mirrors are (admins). Of their addresses only the host is told.
#[utoipa::path(get, path = "/v1/mirrors", responses(
    (status = 200, body = Vec<MirrorHealth>),
    (status = 403, body = ProblemDocument, description = "`not_admin`"),
))]
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> Result<axum::Json<Vec<MirrorHealth>>, ApiError> {
    Ok(axum::Json(app.store.mirrors(Some(caller), app.now()).await?))
}

fn id_of(id: &str) -> Result<MirrorId, ApiError> {
    id.parse()
        .map_err(|_| ApiError::not_found("There is no mirror of this id."))
}

async fn change(app: &App, caller: Caller, id: &str, change: MirrorChange) -> Result<StatusCode, ApiError> {
    app.store
        .change_mirror(Some(caller), id_of(id)?, change, app.now())
        .await?;
    app.mirroring.wake.notify_one();
    Ok(StatusCode::NO_CONTENT)
}

/// Pauses a mirror (admins). What is given meanwhile is not brought up later.
#[utoipa::path(post, path = "/v1/mirrors/{id}/pause", params(("id" = String, Path)), responses(
    (status = 204, description = "Nothing is shown there"),
    (status = 403, body = ProblemDocument, description = "`not_admin`"),
    (status = 404, body = ProblemDocument, description = "`not_found`"),
))]
pub(crate) async fn pause(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    change(&app, caller, &id, MirrorChange::Pause).await
}

/// Resumes a mirror that was paused or is broken (admins).
#[utoipa::path(post, path = "/v1/mirrors/{id}/resume", params(("id" = String, Path)), responses(
    (status = 204, description = "It runs"),
    (status = 403, body = ProblemDocument, description = "`not_admin`"),
    (status = 404, body = ProblemDocument, description = "`not_found`"),
))]
pub(crate) async fn resume(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    change(&app, caller, &id, MirrorChange::Resume).await
}

/// Shows a test there, whether it runs or not (admins).
#[utoipa::path(post, path = "/v1/mirrors/{id}/test", params(("id" = String, Path)), responses(
    (status = 200, body = MirrorTried),
    (status = 403, body = ProblemDocument, description = "`not_admin`"),
    (status = 404, body = ProblemDocument, description = "`not_found`"),
))]
pub(crate) async fn test(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<axum::Json<MirrorTried>, ApiError> {
    let (target, language) = app.store.mirror_target(Some(caller), id_of(&id)?).await?;
    let outcome = mirrors::try_out(&app.mirroring.carrier, &target, language, app.now()).await;
    Ok(axum::Json(tried(&outcome)))
}

/// Removes a mirror (admins). What it has shown stays where it is.
#[utoipa::path(delete, path = "/v1/mirrors/{id}", params(("id" = String, Path)), responses(
    (status = 204, description = "Its address is forgotten"),
    (status = 403, body = ProblemDocument, description = "`not_admin`"),
    (status = 404, body = ProblemDocument, description = "`not_found`"),
))]
pub(crate) async fn remove(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    change(&app, caller, &id, MirrorChange::Remove).await
}

//! `/v1/devices`: one's own computers.

use axum::extract::State;
use axum::http::StatusCode;
use samovar_domain::DeviceId;
use samovar_domain::wire::{Device, EnrolRequest, EnrolResponse, ProblemDocument};

use crate::extract::{Json, Path};
use crate::problem::ApiError;
use crate::state::{App, hash_secret, new_secret};
use crate::store::Caller;

/// One's own devices.
#[utoipa::path(get, path = "/v1/devices", responses((status = 200, body = Vec<Device>)))]
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> Result<axum::Json<Vec<Device>>, ApiError> {
    Ok(axum::Json(app.store.devices(caller).await?))
}

/// Enrols another computer for the caller; also what a cloned profile does to become a device of its own.
#[utoipa::path(post, path = "/v1/devices", request_body = EnrolRequest, responses((status = 201, body = EnrolResponse)))]
pub(crate) async fn enrol(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<EnrolRequest>,
) -> Result<(StatusCode, axum::Json<EnrolResponse>), ApiError> {
    let token = format!("smv_{}", new_secret());
    let device_id = app
        .store
        .enrol(caller, &request.name, &hash_secret(&token), app.now())
        .await?;
    Ok((StatusCode::CREATED, axum::Json(EnrolResponse { device_id, token })))
}

/// Ends a device: its token no longer works, its streams close.
#[utoipa::path(delete, path = "/v1/devices/{id}", params(("id" = String, Path)), responses(
    (status = 204, description = "Its token no longer works"),
    (status = 404, body = ProblemDocument, description = "`not_found`"),
))]
pub(crate) async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let id: DeviceId = id
        .parse()
        .map_err(|_| ApiError::not_found("You have no device of this id."))?;
    app.store.delete_device(caller, id, app.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

//! `/v1/members`: leaving, and being removed.

use axum::extract::State;
use axum::http::StatusCode;
use samovar_domain::MemberId;
use samovar_domain::wire::ProblemDocument;

use crate::extract::Path;
use crate::problem::ApiError;
use crate::state::App;
use crate::store::{Caller, Removal};

/// Removes a member (admins): their access ends, what they said about themselves goes, kudos and replies that they
/// gave stay with those who got them.
#[utoipa::path(delete, path = "/v1/members/{id}", params(("id" = String, Path)), responses(
    (status = 204, description = "They are out; their streams close within 5 s"),
    (status = 403, body = ProblemDocument, description = "`not_admin`"),
    (status = 404, body = ProblemDocument, description = "`not_found`"),
    (status = 409, body = ProblemDocument, description = "`last_owner`"),
))]
pub(crate) async fn remove(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let member: MemberId = id
        .parse()
        .map_err(|_| ApiError::not_found("There is no member of this id."))?;
    end(&app, caller, member, Removal::ByAdmin).await
}

/// Erases the caller: every item they own, their photos and their devices.
#[utoipa::path(delete, path = "/v1/members/me", responses(
    (status = 204, description = "Nothing of theirs is left"),
    (status = 409, body = ProblemDocument, description = "`last_owner`"),
))]
pub(crate) async fn erase(State(app): State<App>, caller: Caller) -> Result<StatusCode, ApiError> {
    end(&app, caller, caller.member, Removal::Erase).await
}

async fn end(app: &App, caller: Caller, member: MemberId, removal: Removal) -> Result<StatusCode, ApiError> {
    app.store.remove_member(caller, member, removal, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

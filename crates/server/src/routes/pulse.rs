//! `/v1/pulse`: one token for each member and round, and answers that come with one and without a name. Nothing of an answer
//! is logged, timed or counted but in its round.

use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use samovar_domain::ItemId;
use samovar_domain::wire::{ProblemDocument, PulseAnswerRequest, PulseTokenRequest, PulseTokenResponse};

use crate::extract::{Json, Path};
use crate::problem::ApiError;
use crate::pulse_tokens::{Blinded, RoundKey};
use crate::state::{App, hash_secret};
use crate::store::Caller;

/// What all routes of the pulse begin with.
pub(super) const ALL: &str = "/v1/pulse/";
/// Where tokens are fetched.
pub(super) const TOKEN: &str = "/v1/pulse/{round}/token";
/// Where answers are taken.
pub(super) const ANSWERS: &str = "/v1/pulse/{round}/answers";
/// The most bytes of a body: none of them needs more than a few hundred.
pub(super) const BYTES_MAX: usize = 4 * 1024;

/// The key of a round that is open. One that never was is answered like one that is closed.
async fn key(app: &App, round: &str) -> Result<(ItemId, RoundKey), ApiError> {
    let round: ItemId = round
        .parse()
        .map_err(|_| ApiError::not_found("A round of the pulse is named by its id."))?;
    let secret = app.store.pulse_secret(round, app.now()).await?;
    let key = RoundKey::read(&secret).ok_or_else(|| {
        tracing::error!("the key of a round of the pulse is damaged");
        ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store_failed",
            "The round's key cannot be read.",
        )
    })?;
    Ok((round, key))
}

/// Evaluates what the caller has blinded, once for each member and round. Sent again, it is answered the same.
#[utoipa::path(post, path = TOKEN, params(("round" = String, Path)), request_body = PulseTokenRequest, responses(
    (status = 200, body = PulseTokenResponse),
    (status = 404, body = ProblemDocument, description = "`not_found`: this is no id"),
    (status = 409, body = ProblemDocument, description = "`pulse_token_given`: another element of this member was evaluated"),
    (status = 410, body = ProblemDocument, description = "`pulse_closed`"),
    (status = 422, body = ProblemDocument, description = "`bad_pulse_element`"),
))]
pub(crate) async fn token(
    State(app): State<App>,
    caller: Caller,
    Path(round): Path<String>,
    Json(request): Json<PulseTokenRequest>,
) -> Result<axum::Json<PulseTokenResponse>, ApiError> {
    let (round, key) = key(&app, &round).await?;
    let blinded = Blinded::read(&request.blinded).ok_or_else(|| {
        ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "bad_pulse_element",
            "What is blinded is an element of Ristretto255, in base64.",
        )
    })?;
    let hash = hash_secret(&request.blinded);
    app.store.fetch_pulse_token(caller, round, &hash, app.now()).await?;
    Ok(axum::Json(key.evaluate(&blinded)))
}

/// Counts an answer. Whoever brings a token is not asked who they are, and is not to say it. The same number, sent again, is
/// taken and counts no second time.
#[utoipa::path(post, path = ANSWERS, params(("round" = String, Path)), request_body = PulseAnswerRequest, responses(
    (status = 204, description = "It is counted"),
    (status = 404, body = ProblemDocument, description = "`not_found`: this is no id"),
    (status = 410, body = ProblemDocument, description = "`pulse_closed`"),
    (status = 422, body = ProblemDocument, description = "`bad_pulse_token`: not of this round; `bad_pulse_answer`: not 1 to 5"),
))]
pub(crate) async fn answer(
    State(app): State<App>,
    Path(round): Path<String>,
    Json(request): Json<PulseAnswerRequest>,
) -> Result<StatusCode, ApiError> {
    let (round, key) = key(&app, &round).await?;
    let read = |text: &str| STANDARD.decode(text).ok();
    let number = match (read(&request.number), read(&request.token)) {
        (Some(number), Some(token)) if key.fits(&number, &token) => number,
        _ => {
            return Err(ApiError::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "bad_pulse_token",
                "This token is not of this round.",
            ));
        }
    };
    let answer = request.answer;
    app.store.count_pulse_answer(round, number, answer, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

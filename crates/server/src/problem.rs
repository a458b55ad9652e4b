//! Refusals as RFC 9457 problem documents.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use samovar_domain::Problem;
use samovar_domain::wire::ProblemDocument;

use crate::operation::limits::TooMany;
use crate::store::StoreError;

/// A refusal with its HTTP status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    status: StatusCode,
    code: String,
    detail: String,
    expected: Option<u64>,
    /// After how many seconds another try may go better.
    retry_after: Option<u64>,
}

impl ApiError {
    /// A refusal of this status, code and words.
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            detail: detail.into(),
            expected: None,
            retry_after: (status == StatusCode::SERVICE_UNAVAILABLE).then_some(2),
        }
    }

    /// 429: it was too much, and this is how long it is too much.
    pub(crate) fn too_many_requests(TooMany(wait): TooMany) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Self {
            retry_after: Some(seconds.max(1)),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_requests",
                "That was too much in too short a time, so nothing was done. Wait as long as Retry-After says.",
            )
        }
    }

    /// As it is told.
    pub(crate) fn document(&self) -> ProblemDocument {
        ProblemDocument {
            kind: format!("about:blank#{}", self.code),
            title: self.status.canonical_reason().unwrap_or_default().to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.clone(),
            code: self.code.clone(),
            expected: self.expected,
        }
    }

    /// No such thing, or not for the one who asks: both look the same.
    pub fn not_found(detail: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    /// 401.
    pub fn unauthorized() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "The device's token is missing or not known (any more).",
        )
    }
}

fn status_of(code: &str) -> StatusCode {
    match code {
        "invite_unknown" | "not_found" => StatusCode::NOT_FOUND,
        "invite_used_up" | "invite_expired" | "pulse_closed" => StatusCode::GONE,
        "not_admin" | "not_owner" => StatusCode::FORBIDDEN,
        "blob_missing" | "last_owner" | "pulse_token_given" => StatusCode::CONFLICT,
        "sign_in_busy" => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(Problem { code, detail }) => Self::new(status_of(&code), &code, detail),
            StoreError::Resync => Self::new(
                StatusCode::GONE,
                "resync",
                "This cursor is not of the present sequence. Page anew from 0.",
            ),
            StoreError::OpGap { expected } => Self {
                expected: Some(expected),
                ..Self::new(
                    StatusCode::CONFLICT,
                    "op_gap",
                    format!("The next op of this device is number {expected}."),
                )
            },
            StoreError::DeviceCloned => Self::new(
                StatusCode::CONFLICT,
                "device_cloned",
                "This number was used for another item: two computers share one device. Enrol this one anew.",
            ),
            StoreError::UnknownDevice => Self::unauthorized(),
            StoreError::Failed(error) => {
                tracing::error!(%error, "the store failed");
                Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "store_failed",
                    "The endpoint could not keep this, so nothing of it was kept. Try again in a moment.",
                )
            }
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.document())).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

//! Bodies and queries whose refusals are problem documents too.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use axum::extract::rejection::{BytesRejection, JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::StatusCode;
use samovar_domain::text::quoted;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use tower_http::timeout::TimeoutError;

use crate::problem::ApiError;

/// A JSON body: an object, as all of ours are.
pub(crate) struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let axum::Json(Object(value)) = axum::Json::from_request(request, state).await?;
        Ok(Self(value))
    }
}

/// What stands between braces. What is derived would take a list of the values as well, names or not.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields(PhantomData)).map(Self)
    }
}

struct Fields<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(fields))
    }
}

/// The variable part of an address.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiError))]
pub(crate) struct Path<T>(pub T);

/// A query string.
#[derive(FromRequestParts)]
#[from_request(via(Query), rejection(ApiError))]
pub(crate) struct Params<T>(pub T);

/// Why a body is not here as a whole. Only one that is too large will be so again; the others may arrive the next time.
pub(crate) fn not_whole(rejection: &BytesRejection, too_large: &str) -> ApiError {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", too_large);
    }
    let (code, detail) = if stopped_arriving(rejection) {
        (
            "timeout",
            "The body stopped arriving, so this was given up. Send it again.",
        )
    } else {
        (
            "body_cut",
            "The body did not arrive as long as it was said to be. Send it again.",
        )
    };
    ApiError::new(StatusCode::REQUEST_TIMEOUT, code, detail)
}

fn stopped_arriving(error: &(dyn Error + 'static)) -> bool {
    error.is::<TimeoutError>() || error.source().is_some_and(stopped_arriving)
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        if let JsonRejection::BytesRejection(rejection) = &rejection {
            return not_whole(rejection, "The body is larger than 1 MB. Send fewer ops at once.");
        }
        Self::new(
            StatusCode::BAD_REQUEST,
            "bad_json",
            format!(
                "The body does not have the form it needs: {}.",
                quoted(&rejection.body_text(), 400)
            ),
        )
    }
}

impl From<PathRejection> for ApiError {
    fn from(_: PathRejection) -> Self {
        Self::not_found("There is no such address. The API is described at /v1/openapi.json.")
    }
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "bad_cursor",
            format!("The query is not understood: {}.", rejection.body_text()),
        )
    }
}

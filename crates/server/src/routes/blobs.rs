//! `PUT`/`GET /v1/blobs/{sha256}`: photos, named by their hash and taken only as the desktop writes them.

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use samovar_domain::BlobHash;
use samovar_domain::wire::{BlobStored, ProblemDocument};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

use crate::blobs::BlobError;
use crate::extract::{Path, not_whole};
use crate::problem::ApiError;
use crate::state::{App, Counters};
use crate::store::Caller;

/// Pictures that are verified at the same time: each takes a core and tens of megabytes.
static VERIFYING: Semaphore = Semaphore::const_new(2);

/// A photo's file, for the description.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "it is described and never made")]
pub(crate) struct PhotoBytes(Vec<u8>);

fn parse(name: &str) -> Result<BlobHash, ApiError> {
    name.parse()
        .map_err(|_| ApiError::not_found("A photo is named by 64 lower-case hexadecimal digits."))
}

/// Takes a photo. It waits up to 24 h for the op that names it.
#[utoipa::path(put, path = "/v1/blobs/{sha256}", params(("sha256" = String, Path)),
    request_body(content = PhotoBytes, content_type = "application/octet-stream"), responses(
    (status = 201, body = BlobStored),
    (status = 401, body = ProblemDocument, description = "`unauthorized`"),
    (status = 404, body = ProblemDocument, description = "`not_found`: no photo can have this name"),
    (status = 408, body = ProblemDocument, description = "`body_cut`, `timeout`: it did not arrive whole; send it again"),
    (status = 413, body = ProblemDocument, description = "`too_large`: more than 2 MB"),
    (status = 422, body = ProblemDocument, description = "`hash_mismatch` (send it again), `not_a_picture`"),
    (status = 503, body = ProblemDocument, description = "`store_failed`: nothing was kept; send it again after `Retry-After`"),
))]
pub(crate) async fn put(
    State(app): State<App>,
    caller: Caller,
    Path(name): Path<String>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, axum::Json<BlobStored>), ApiError> {
    let hash = parse(&name)?;
    let body = body.map_err(|rejection| not_whole(&rejection, "A photo has at most 2 MB as shared."))?;
    let _turn = VERIFYING.acquire().await.expect("the semaphore is never closed");
    let bytes = body.clone();
    let stored = blocking(move || accept(hash, &bytes)).await?;
    app.blobs.put(hash, body.clone()).await.map_err(not_kept)?;
    app.store.add_blob(caller, hash, stored.bytes, app.now()).await?;
    // It may have been deleted between the two, when nothing named it yet. From now on it is not.
    if !app.blobs.has(hash).await.map_err(not_kept)? {
        app.blobs.put(hash, body).await.map_err(not_kept)?;
    }
    Counters::add(&app.counters.blobs, 1);
    Ok((StatusCode::CREATED, axum::Json(stored)))
}

/// A photo that the caller may see.
#[utoipa::path(get, path = "/v1/blobs/{sha256}", params(("sha256" = String, Path)), responses(
    (status = 200, content_type = "image/jpeg", description = "The photo; it never changes"),
    (status = 401, body = ProblemDocument, description = "`unauthorized`"),
    (status = 404, body = ProblemDocument, description = "`not_found`: not there, or not for the caller"),
    (status = 503, body = ProblemDocument, description = "`store_failed`: it cannot be read just now; ask again after `Retry-After`"),
))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Response, ApiError> {
    let hash = parse(&name)?;
    let missing = || ApiError::not_found("There is no such photo, or it is not for you to see.");
    if !app.store.may_read_blob(caller.member, hash).await? {
        return Err(missing());
    }
    let found = app.blobs.get(hash).await.map_err(|error| {
        tracing::error!(%error, "a photo could not be read");
        ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store_failed",
            "The photo could not be read. Try again in a moment.",
        )
    })?;
    let bytes = found.ok_or_else(missing)?;
    let headers = [
        (header::CONTENT_TYPE, samovar_pictures::MEDIA_TYPE),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
    ];
    Ok((headers, bytes).into_response())
}

/// Checks name and content: what the desktop's own crate could have written, and nothing else.
fn accept(hash: BlobHash, bytes: &[u8]) -> Result<BlobStored, ApiError> {
    if BlobHash::of(bytes) != hash {
        return Err(ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "hash_mismatch",
            "The photo's bytes do not have the hash that it is named by. It may have been cut on the way; send it again.",
        ));
    }
    let verified = samovar_pictures::verify(bytes).map_err(|refusal| {
        let detail = format!("Only pictures as Samovar prepares them are taken: {refusal}.");
        ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "not_a_picture", detail)
    })?;
    Ok(BlobStored {
        width: verified.width,
        height: verified.height,
        bytes: bytes.len() as u64,
    })
}

/// What is said when a photo could not be kept. Nothing names it yet, so nothing that was confirmed is lost.
fn not_kept(error: BlobError) -> ApiError {
    tracing::error!(%error, "a photo could not be stored");
    ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "store_failed",
        "The photo could not be kept. Try again in a moment.",
    )
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    samovar_blocking::run(work).await.unwrap_or_else(|_| {
        Err(ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "not_a_picture",
            "The picture could not be read.",
        ))
    })
}

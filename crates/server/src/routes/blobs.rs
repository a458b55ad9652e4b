//! `PUT`/`GET /v1/blobs/{sha256}`: photos, named by their hash and taken only as the desktop writes them.

use std::io::Write as _;
use std::path::{Path as FilePath, PathBuf};

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use samovar_domain::BlobHash;
use samovar_domain::wire::{BlobStored, ProblemDocument};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

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
    let (blobs, bytes) = (app.blobs.clone(), body.clone());
    let stored = blocking(move || {
        let stored = accept(hash, &bytes)?;
        store(&blobs, hash, &bytes)?;
        Ok(stored)
    })
    .await?;
    app.store.add_blob(caller, hash, stored.bytes, app.now()).await?;
    // A sweep may have run between the two: then the row is there and the file is not.
    let (blobs, bytes) = (app.blobs.clone(), body);
    blocking(move || store(&blobs, hash, &bytes)).await?;
    Counters::add(&app.counters.blobs, 1);
    Ok((StatusCode::CREATED, axum::Json(stored)))
}

/// A photo that the caller may see.
#[utoipa::path(get, path = "/v1/blobs/{sha256}", params(("sha256" = String, Path)), responses(
    (status = 200, content_type = "image/jpeg", description = "The photo; it never changes"),
    (status = 401, body = ProblemDocument, description = "`unauthorized`"),
    (status = 404, body = ProblemDocument, description = "`not_found`: not there, or not for the caller"),
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
    let path = app.blobs.join(hash.to_string());
    let bytes = blocking(move || {
        std::fs::read(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => missing(),
            _ => {
                tracing::error!(%error, "a photo could not be read");
                ApiError::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "store_failed",
                    "The photo could not be read. Try again in a moment.",
                )
            }
        })
    })
    .await?;
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

/// Writes a photo's file, durable when it returns. The same photo again changes nothing.
fn store(folder: &FilePath, hash: BlobHash, bytes: &[u8]) -> Result<(), ApiError> {
    let path: PathBuf = folder.join(hash.to_string());
    if path.exists() {
        return Ok(());
    }
    let write = || -> std::io::Result<()> {
        let partial = folder.join(format!(".{hash}.{}", crate::state::new_secret()));
        let mut file = std::fs::File::create(&partial)?;
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        if let Err(error) = written.and_then(|()| std::fs::rename(&partial, &path)) {
            let _ = std::fs::remove_file(&partial);
            return Err(error);
        }
        #[cfg(unix)]
        std::fs::File::open(folder)?.sync_all()?;
        Ok(())
    };
    write().map_err(|error| {
        tracing::error!(%error, "a photo could not be stored");
        ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store_failed",
            "The photo could not be kept. Try again in a moment.",
        )
    })
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

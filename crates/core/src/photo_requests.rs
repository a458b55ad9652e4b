//! Photos: made ready before they are shared, and fetched when they are looked at.

use std::collections::HashSet;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use samovar_domain::{BlobHash, Body, Kind, Problem};
use samovar_pictures::PictureError;
use tokio::sync::Semaphore;

use crate::api::{Changed, PhotoSource, PreparedPhoto, Response};
use crate::core::{Inner, io_problem};
use crate::endpoint::CallError;
use crate::photos::PhotoFolder;

/// One picture is decoded at a time: forty megapixels take much memory, and nobody shares two at once.
static DECODING: Semaphore = Semaphore::const_new(1);

fn picture_problem(error: &PictureError) -> Problem {
    Problem::new("bad_picture", error.to_string())
}

/// Cleans and sizes a photo and keeps it until it is shared or discarded.
pub(crate) async fn prepare(inner: &Arc<Inner>, source: PhotoSource) -> Result<Response, Problem> {
    let _turn = DECODING.acquire().await.expect("the semaphore is never closed");
    let photos = inner.photos.clone();
    let work = tokio::task::spawn_blocking(move || {
        let bytes = read(&source)?;
        let prepared = samovar_pictures::prepare(&bytes).map_err(|error| picture_problem(&error))?;
        let (blob, thumb) = (
            BlobHash::of(&prepared.shared.bytes),
            BlobHash::of(&prepared.thumbnail.bytes),
        );
        photos
            .store(&photos.path(blob), &prepared.shared.bytes)
            .map_err(|error| io_problem(&error))?;
        photos
            .store(&photos.path(thumb), &prepared.thumbnail.bytes)
            .map_err(|error| io_problem(&error))?;
        Ok(PreparedPhoto {
            photo: blob.to_string(),
            blob,
            thumb,
            width: prepared.shared.width,
            height: prepared.shared.height,
            thumbhash: STANDARD.encode(&prepared.thumbhash),
            had_location: prepared.removed.location,
        })
    });
    let photo = work
        .await
        .map_err(|_| Problem::new("bad_picture", "The picture could not be read. Try another file."))??;
    inner
        .store
        .keep_prepared(photo.clone())
        .await
        .map_err(|error| inner.problem(error))?;
    Ok(Response::Photo(photo))
}

fn read(source: &PhotoSource) -> Result<Vec<u8>, Problem> {
    let too_large = || Problem::new("too_large", "The file is larger than 50 MB. Choose a smaller picture.");
    match source {
        PhotoSource::Path(path) => {
            let unreadable = |error: std::io::Error| {
                Problem::new(
                    "no_such_file",
                    format!("{path} cannot be read: {error}. Choose another file."),
                )
            };
            let facts = std::fs::metadata(path).map_err(unreadable)?;
            if facts.is_dir() {
                return Err(Problem::new(
                    "no_such_file",
                    format!("{path} is a folder. Choose a picture in it."),
                ));
            }
            if facts.len() > samovar_pictures::MAX_INPUT_BYTES as u64 {
                return Err(too_large());
            }
            std::fs::read(path).map_err(unreadable)
        }
        PhotoSource::Base64(text) if text.len() / 4 * 3 > samovar_pictures::MAX_INPUT_BYTES => Err(too_large()),
        PhotoSource::Base64(text) => STANDARD
            .decode(text.trim())
            .map_err(|_| Problem::new("bad_picture", "The picture did not arrive whole. Try again.")),
    }
}

/// The bytes of a photo, or of its small picture.
pub(crate) async fn bytes(inner: &Arc<Inner>, blob: BlobHash, small: bool) -> Result<Vec<u8>, Problem> {
    if !small {
        return whole(inner, blob).await;
    }
    if let Some(thumb) = thumb_of(inner, blob).await?
        && let Ok(bytes) = whole(inner, thumb).await
    {
        return Ok(bytes);
    }
    let path = inner.photos.small_path(blob);
    if let Some(bytes) = read_file(path.clone()).await {
        return Ok(bytes);
    }
    let shared = whole(inner, blob).await?;
    let photos = inner.photos.clone();
    tokio::task::spawn_blocking(move || {
        let small = samovar_pictures::thumbnail(&shared).map_err(|error| picture_problem(&error))?;
        // A small picture that cannot be kept is made again next time.
        let _ = photos.store(&path, &small.bytes);
        Ok(small.bytes)
    })
    .await
    .map_err(|_| Problem::new("bad_picture", "The picture could not be read."))?
}

async fn read_file(path: std::path::PathBuf) -> Option<Vec<u8>> {
    // What cannot be read here can be fetched.
    tokio::task::spawn_blocking(move || PhotoFolder::read(&path).ok().flatten())
        .await
        .ok()
        .flatten()
}

async fn whole(inner: &Arc<Inner>, blob: BlobHash) -> Result<Vec<u8>, Problem> {
    let path = inner.photos.path(blob);
    if let Some(bytes) = read_file(path.clone()).await {
        return Ok(bytes);
    }
    let endpoint = inner
        .endpoint()
        .ok_or_else(|| Problem::new("no_team", "There is no team to fetch the photo from."))?;
    let bytes = endpoint.get_blob(blob).await.map_err(CallError::into_problem)?;
    if BlobHash::of(&bytes) != blob {
        return Err(Problem::new(
            "bad_picture",
            "The photo did not arrive as it was sent. It is fetched again when asked for.",
        ));
    }
    let (photos, stored) = (inner.photos.clone(), bytes.clone());
    // A full cache disk must not keep a photo from being seen.
    let _ = tokio::task::spawn_blocking(move || photos.store(&path, &stored)).await;
    inner.tell(Changed::Photo { blob });
    Ok(bytes)
}

async fn thumb_of(inner: &Inner, blob: BlobHash) -> Result<Option<BlobHash>, Problem> {
    let items = inner.items().await?;
    Ok(snapshots(&items)
        .flat_map(|snapshot| snapshot.photos)
        .find(|photo| photo.blob == blob)
        .and_then(|photo| photo.thumb))
}

fn snapshots(items: &[samovar_domain::Item]) -> impl Iterator<Item = samovar_domain::kinds::Snapshot> + '_ {
    items
        .iter()
        .filter(|item| item.kind == Kind::SNAPSHOT)
        .filter_map(|item| match Body::read(&item.kind, item.body.as_ref()?).ok()? {
            Body::Snapshot(snapshot) => Some(snapshot),
            _ => None,
        })
}

/// Drops photos whose items are over, and the least new beyond the cache's bound.
pub(crate) async fn sweep(inner: &Arc<Inner>) -> Result<(), Problem> {
    let items = inner.items().await?;
    let wanted: HashSet<BlobHash> = items
        .iter()
        .filter(|item| !item.is_gone(inner.now()))
        .filter_map(|item| Body::read(&item.kind, item.body.as_ref()?).ok())
        .flat_map(|body| body.blobs())
        .collect();
    let pinned = inner
        .store
        .pinned_photos()
        .await
        .map_err(|error| inner.problem(error))?;
    let photos = inner.photos.clone();
    let swept = tokio::task::spawn_blocking(move || photos.sweep(&wanted, &pinned)).await;
    if let Ok(Err(error)) = swept {
        tracing::debug!(%error, "the photo cache could not be swept");
    }
    Ok(())
}

//! Photos: made ready before they are shared, and fetched when they are looked at.

use std::sync::{Arc, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use samovar_domain::{BlobHash, Body, Kind, Problem};
use samovar_pictures::{PictureError, Prepared};
use tokio::sync::Semaphore;

use crate::api::{Changed, Connection, PhotoSource, PreparedPhoto, Response};
use crate::core::{Inner, io_problem};
use crate::endpoint::CallError;
use crate::photos::PhotoFolder;
use crate::sync::wait_before;

/// One picture is decoded at a time: forty megapixels take much memory, and nobody shares two at once.
static DECODING: Semaphore = Semaphore::const_new(1);

fn picture_problem(error: &PictureError) -> Problem {
    Problem::new("bad_picture", error.to_string())
}

/// Cleans and sizes a photo and keeps it until it is shared or discarded.
pub(crate) async fn prepare(inner: &Arc<Inner>, source: PhotoSource) -> Result<Response, Problem> {
    let _turn = DECODING.acquire().await.expect("the semaphore is never closed");
    let unreadable = |_| Problem::new("bad_picture", "The picture could not be read. Try another file.");
    let work = samovar_blocking::run(move || {
        let bytes = read(&source)?;
        samovar_pictures::prepare(&bytes).map_err(|error| picture_problem(&error))
    });
    let prepared = work.await.map_err(unreadable)??;
    let _storing = inner.storing_photos.read().await;
    let photos = inner.photos.clone();
    let work = samovar_blocking::run(move || store(&photos, &prepared).map_err(|error| io_problem(&error)));
    let photo = work.await.map_err(unreadable)??;
    inner.kept(inner.store.keep_prepared(photo.clone(), inner.now()).await)?;
    Ok(Response::Photo(photo))
}

fn store(photos: &PhotoFolder, prepared: &Prepared) -> std::io::Result<PreparedPhoto> {
    let (shared, thumbnail) = (&prepared.shared, &prepared.thumbnail);
    let (blob, thumb) = (BlobHash::of(&shared.bytes), BlobHash::of(&thumbnail.bytes));
    photos.store(&photos.path(blob), &shared.bytes)?;
    photos.store(&photos.path(thumb), &thumbnail.bytes)?;
    Ok(PreparedPhoto {
        photo: blob.to_string(),
        blob,
        thumb,
        width: shared.width,
        height: shared.height,
        thumbhash: STANDARD.encode(&prepared.thumbhash),
        had_location: prepared.removed.location,
    })
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

/// What may be otherwise with the next connection.
const FOR_NOW: [&str; 5] = [
    "unreachable",
    "server_error",
    "too_many_requests",
    "unauthorized",
    "bad_picture",
];

/// The bytes of a photo, or of its small picture. Those that cannot be fetched for now are fetched when there is a
/// connection again, and then it is told that they are here.
pub(crate) async fn bytes(inner: &Arc<Inner>, blob: BlobHash, small: bool) -> Result<Vec<u8>, Problem> {
    let found = bytes_now(inner, blob, small).await;
    let is_missing = matches!(&found, Err(problem) if FOR_NOW.contains(&problem.code.as_ref()));
    let mut missing = inner.missing_photos.lock().unwrap_or_else(PoisonError::into_inner);
    if is_missing {
        missing.insert((blob, small));
    } else {
        missing.remove(&(blob, small));
    }
    drop(missing);
    found
}

/// How often what is missing is asked for over one connection.
const ROUNDS: u32 = 5;

/// There is a connection: what could not be fetched before is asked for again, some times while it lasts.
pub(crate) async fn ask_again(inner: Arc<Inner>) {
    for round in 1..=ROUNDS {
        let missing = std::mem::take(&mut *inner.missing_photos.lock().unwrap_or_else(PoisonError::into_inner));
        let mut is_any_missing = false;
        for (blob, small) in missing {
            if let Err(problem) = bytes(&inner, blob, small).await {
                tracing::debug!(code = %problem.code, "a photo is still missing");
                is_any_missing = true;
            }
        }
        if !is_any_missing || inner.connection() != Connection::Online {
            return;
        }
        tokio::time::sleep(wait_before(round, None)).await;
    }
}

async fn bytes_now(inner: &Arc<Inner>, blob: BlobHash, small: bool) -> Result<Vec<u8>, Problem> {
    if !small {
        return whole(inner, blob, blob).await;
    }
    if let Some(thumb) = thumb_of(inner, blob).await?
        && let Ok(bytes) = whole(inner, thumb, blob).await
    {
        return Ok(bytes);
    }
    let path = inner.photos.small_path(blob);
    if let Some(bytes) = read_file(path.clone()).await {
        return Ok(bytes);
    }
    let shared = whole(inner, blob, blob).await?;
    let photos = inner.photos.clone();
    let _storing = inner.storing_photos.read().await;
    samovar_blocking::run(move || {
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
    samovar_blocking::run(move || PhotoFolder::read(&path).ok().flatten())
        .await
        .ok()
        .flatten()
}

/// One file of the photo that screens know as `shown_as`.
async fn whole(inner: &Arc<Inner>, blob: BlobHash, shown_as: BlobHash) -> Result<Vec<u8>, Problem> {
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
    let storing = inner.storing_photos.read().await;
    let _ = samovar_blocking::run(move || photos.store(&path, &stored)).await;
    drop(storing);
    inner.photos_unwanted.notify_one();
    inner.tell(Changed::Photo { blob: shown_as });
    Ok(bytes)
}

async fn thumb_of(inner: &Inner, blob: BlobHash) -> Result<Option<BlobHash>, Problem> {
    let items = inner.items().await?;
    Ok(photos(&items)
        .find(|photo| photo.blob == blob)
        .and_then(|photo| photo.thumb))
}

/// The photos that are on something.
fn photos(items: &[samovar_domain::Item]) -> impl Iterator<Item = samovar_domain::kinds::Photo> + '_ {
    let with_photos = items
        .iter()
        .filter(|item| matches!(item.kind.as_str(), Kind::SNAPSHOT | Kind::CARD_LINE | Kind::HANDED_LINE));
    with_photos.flat_map(|item| {
        let body = item.body.as_ref().and_then(|body| Body::read(&item.kind, body).ok());
        match body {
            Some(Body::Snapshot(snapshot)) => snapshot.photos,
            Some(Body::CardLine(line)) => line.line.photo.into_iter().collect(),
            Some(Body::HandedLine(line)) => line.line.photo.into_iter().collect(),
            _ => Vec::new(),
        }
    })
}

//! `GET /v1/export`: all that the team holds about the caller: what is theirs, and what names them and is for them to see.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use samovar_domain::wire::CalendarFeed;
use samovar_domain::{BlobHash, Body, Item, MemberId};
use zip::write::SimpleFileOptions;

use crate::blobs::BlobError;
use crate::problem::ApiError;
use crate::state::App;
use crate::store::Caller;

/// A zip with `items.json`, `devices.json`, `invites.json`, `calendar.json`, `pulse.json`, `acts.json`, `sign_in.json` and the caller's photos.
#[utoipa::path(get, path = "/v1/export", responses((status = 200, content_type = "application/zip", description = "A zip file")))]
pub(crate) async fn export(State(app): State<App>, caller: Caller) -> Result<Response, ApiError> {
    let items = app.store.about(caller.member).await?;
    let devices = app.store.devices(caller).await?;
    let invites = app.store.invites_of(caller.member).await?;
    let since = app.store.feed_since(caller.member).await?;
    let calendar = CalendarFeed { url: None, since };
    let pulse = serde_json::json!({ "token_fetched_of": app.store.pulse_fetched(caller.member).await? });
    let acts = app.store.acts_of(caller.member).await?;
    let photos = own_photos(&app, &items, caller.member).await?;
    let sign_in = serde_json::json!({ "known_at_the_provider": app.store.signs_in(caller.member).await? });
    let packed = samovar_blocking::run(move || {
        let lists = [
            ("devices.json", serde_json::to_vec_pretty(&devices)?),
            ("invites.json", serde_json::to_vec_pretty(&invites)?),
            ("calendar.json", serde_json::to_vec_pretty(&calendar)?),
            ("pulse.json", serde_json::to_vec_pretty(&pulse)?),
            ("acts.json", serde_json::to_vec_pretty(&acts)?),
            ("sign_in.json", serde_json::to_vec_pretty(&sign_in)?),
        ];
        pack(&items, &lists, &photos)
    });
    let bytes = packed
        .await
        .map_err(|error| failed(&error))?
        .map_err(|error: std::io::Error| failed(&error))?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"samovar-export.zip\"",
        ),
    ];
    Ok((headers, bytes).into_response())
}

/// The photos of what is the member's own. One that is damaged or gone is nobody's any more; while they cannot be reached
/// there is no export, rather than one without them.
async fn own_photos(app: &App, items: &[Item], member: MemberId) -> Result<Vec<(BlobHash, Bytes)>, ApiError> {
    let own = items.iter().filter(|item| item.owner.member() == Some(member));
    let bodies = own.filter_map(|item| Body::read(&item.kind, item.body.as_ref()?).ok());
    let named: BTreeSet<BlobHash> = bodies.flat_map(|body| body.blobs()).collect();
    let mut photos = Vec::new();
    for photo in named {
        match app.blobs.get(photo).await {
            Ok(Some(bytes)) => photos.push((photo, bytes)),
            Ok(None) => {}
            Err(error @ BlobError::Damaged(_)) => tracing::error!(%error, "an export goes without it"),
            Err(error) => return Err(failed(&error)),
        }
    }
    Ok(photos)
}

fn failed(error: &dyn std::fmt::Display) -> ApiError {
    tracing::error!(%error, "an export failed");
    ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "store_failed",
        "The export could not be made. Try again in a moment.",
    )
}

fn pack(items: &[Item], lists: &[(&str, Vec<u8>)], photos: &[(BlobHash, Bytes)]) -> std::io::Result<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    archive.start_file("items.json", options)?;
    archive.write_all(&serde_json::to_vec_pretty(items)?)?;
    for (name, list) in lists {
        archive.start_file(*name, options)?;
        archive.write_all(list)?;
    }
    for (photo, bytes) in photos {
        archive.start_file(format!("photos/{photo}.jpg"), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

//! `GET /v1/export`: all that the team holds about the caller: what is theirs, and what names them and is for them to see.

use std::io::{Cursor, Write as _};

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use samovar_domain::wire::CalendarFeed;
use samovar_domain::{Body, Item, MemberId};
use zip::write::SimpleFileOptions;

use crate::problem::ApiError;
use crate::state::App;
use crate::store::Caller;

/// A zip with `items.json`, `devices.json`, `invites.json`, `calendar.json`, `pulse.json`, `acts.json` and the caller's photos.
#[utoipa::path(get, path = "/v1/export", responses((status = 200, content_type = "application/zip", description = "A zip file")))]
pub(crate) async fn export(State(app): State<App>, caller: Caller) -> Result<Response, ApiError> {
    let items = app.store.about(caller.member).await?;
    let devices = app.store.devices(caller).await?;
    let invites = app.store.invites_of(caller.member).await?;
    let since = app.store.feed_since(caller.member).await?;
    let calendar = CalendarFeed { url: None, since };
    let pulse = serde_json::json!({ "token_fetched_of": app.store.pulse_fetched(caller.member).await? });
    let acts = app.store.acts_of(caller.member).await?;
    let blobs = app.blobs.clone();
    let packed = tokio::task::spawn_blocking(move || {
        let lists = [
            ("devices.json", serde_json::to_vec_pretty(&devices)?),
            ("invites.json", serde_json::to_vec_pretty(&invites)?),
            ("calendar.json", serde_json::to_vec_pretty(&calendar)?),
            ("pulse.json", serde_json::to_vec_pretty(&pulse)?),
            ("acts.json", serde_json::to_vec_pretty(&acts)?),
        ];
        pack(&items, caller.member, &lists, &blobs)
    });
    let failed = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "an export failed");
        ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store_failed",
            "The export could not be made. Try again in a moment.",
        )
    };
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

fn pack(
    items: &[Item],
    member: MemberId,
    lists: &[(&str, Vec<u8>)],
    blobs: &std::path::Path,
) -> std::io::Result<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    archive.start_file("items.json", options)?;
    archive.write_all(&serde_json::to_vec_pretty(items)?)?;
    for (name, list) in lists {
        archive.start_file(*name, options)?;
        archive.write_all(list)?;
    }
    let own = items.iter().filter(|item| item.owner.member() == Some(member));
    let bodies = own.filter_map(|item| Body::read(&item.kind, item.body.as_ref()?).ok());
    let photos: std::collections::BTreeSet<_> = bodies.flat_map(|body| body.blobs()).collect();
    for photo in photos {
        if let Ok(bytes) = std::fs::read(blobs.join(photo.to_string())) {
            archive.start_file(format!("photos/{photo}.jpg"), options)?;
            archive.write_all(&bytes)?;
        }
    }
    Ok(archive.finish()?.into_inner())
}

//! Photos that are let fall onto the main window. They go where photos are shared: into the popover.

use std::path::{Path, PathBuf};

use samovar_core::api::{DraftPhoto, PhotoSource, Request, Response, View};
use samovar_domain::Problem;
use serde_json::json;
use tauri::{AppHandle, Emitter as _, Manager as _};

use crate::shell::Shell;
use crate::{trouble, windows};

/// How many photos a snapshot holds.
const AT_MOST: usize = 4;

/// The files that pictures usually are in.
pub(crate) const PICTURES: [&str; 7] = ["jpg", "jpeg", "png", "webp", "gif", "heic", "heif"];

/// Whether a file is named as pictures are.
pub(crate) fn is_picture(path: &Path) -> bool {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| PICTURES.contains(&extension.as_str()))
}

/// Takes what fell onto the main window.
pub(crate) fn onto_main_window(app: &AppHandle, paths: &[PathBuf]) {
    let pictures: Vec<PathBuf> = paths.iter().filter(|path| is_picture(path)).cloned().collect();
    if pictures.is_empty() {
        // Words or a link, perhaps: not meant for here.
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if app.get_webview_window(windows::POPOVER).is_some() {
            // Its page takes them as if they had fallen onto it.
            if let Err(error) = app.emit_to(windows::POPOVER, "tauri://drag-drop", json!({ "paths": pictures })) {
                tracing::warn!(%error, "the popover did not hear of photos");
            }
        } else if let Err(problem) = into_draft(&app, pictures).await {
            trouble::tell(&app, &problem).await;
        }
        windows::show(&app, windows::place(View::Snapshot), None);
    });
}

/// Into the draft that the popover will open with. Says what went wrong with one only after the others were taken.
async fn into_draft(app: &AppHandle, pictures: Vec<PathBuf>) -> Result<(), Problem> {
    let core = app.state::<Shell>().core().await;
    let Response::Draft(mut draft) = core.call(Request::Draft).await? else {
        return Ok(());
    };
    let room = AT_MOST.saturating_sub(draft.photos.len());
    let mut trouble = (pictures.len() > room).then(|| {
        Problem::new(
            "too_many_photos",
            "A snapshot holds up to four photos. The first ones were taken.",
        )
    });
    for path in pictures.into_iter().take(room) {
        let source = PhotoSource::Path(path.to_string_lossy().into_owned());
        match core.call(Request::PreparePhoto { source }).await {
            Ok(Response::Photo(photo)) => draft.photos.push(DraftPhoto {
                photo,
                alt: String::new(),
            }),
            Ok(_) => {}
            Err(problem) => trouble = Some(problem),
        }
    }
    core.call(Request::SaveDraft { draft }).await?;
    trouble.map_or(Ok(()), Err)
}

//! What a page, or the command line, asks of the shell: files, clipboard, screen, links and windows.

use std::path::PathBuf;

use base64::Engine as _;
use samovar_core::api::{DesktopRequest, DesktopResponse, PhotoSource, Request, Response};
use samovar_domain::Problem;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_dialog::DialogExt as _;

use crate::clipboard::Pasted;
use crate::dropped::{PICTURES, is_picture};
use crate::shell::Shell;
use crate::{capture, effects, windows};

/// Does it. `asking` is the label of the window that asks, if it is one.
pub(crate) async fn answer(
    app: &AppHandle,
    asking: Option<&str>,
    request: DesktopRequest,
) -> Result<DesktopResponse, Problem> {
    let shell = app.state::<Shell>().inner().clone();
    match request {
        DesktopRequest::PickPhotos => {
            let files = pick(app, &shell, asking).await;
            Ok(prepare(&shell, files.into_iter().map(path_source)).await)
        }
        DesktopRequest::PastePhotos => {
            let clipboard = shell.clipboard().clone();
            let pasted = blocking(move || clipboard.paste()).await?;
            let sources = match pasted {
                Pasted::Files(files) => files
                    .into_iter()
                    .filter(|file| is_picture(file))
                    .map(path_source)
                    .collect(),
                Pasted::Picture(png) => {
                    vec![PhotoSource::Base64(
                        base64::engine::general_purpose::STANDARD.encode(png),
                    )]
                }
                Pasted::Nothing => Vec::new(),
            };
            Ok(prepare(&shell, sources).await)
        }
        DesktopRequest::CaptureScreen => {
            let shot = windows::without(app, asking, capture::screen()).await?;
            let answer = prepare(&shell, [path_source(shot.path().to_owned())]).await;
            drop(shot);
            Ok(answer)
        }
        DesktopRequest::OpenLink { link } => effects::open_link(&link).map(|()| DesktopResponse::Done),
        DesktopRequest::CopyText { text } => {
            let clipboard = shell.clipboard().clone();
            blocking(move || clipboard.copy(text))
                .await
                .map(|()| DesktopResponse::Done)
        }
        DesktopRequest::SaveFile { name, base64 } => save(app, &shell, asking, &name, &base64).await,
        DesktopRequest::Show { view } => {
            windows::show(app, windows::place(view), None);
            Ok(DesktopResponse::Done)
        }
        DesktopRequest::Hide => {
            if let Some(label) = asking {
                windows::hide(app, label);
            }
            Ok(DesktopResponse::Done)
        }
        DesktopRequest::Quit => {
            app.exit(0);
            Ok(DesktopResponse::Done)
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work)
        .await
        .expect("the clipboard does not panic")
}

fn path_source(path: PathBuf) -> PhotoSource {
    PhotoSource::Path(path.to_string_lossy().into_owned())
}

/// Asks with the system's dialog. The popover stays while it is open.
async fn pick(app: &AppHandle, shell: &Shell, asking: Option<&str>) -> Vec<PathBuf> {
    let (answer, answered) = tokio::sync::oneshot::channel();
    let mut dialog = app.dialog().file().add_filter("Photos", &PICTURES);
    if let Some(window) = asking.and_then(|label| app.get_webview_window(label)) {
        dialog = dialog.set_parent(&window);
    }
    shell.set_asking_for_files(true);
    dialog.pick_files(move |files| {
        // The one who asked may be gone: then nobody wants the files.
        let _ = answer.send(files.unwrap_or_default());
    });
    let files = answered.await.unwrap_or_default();
    shell.set_asking_for_files(false);
    files.into_iter().filter_map(|file| file.into_path().ok()).collect()
}

/// Asks with the system's dialog where a file is to lie, and writes it there.
async fn save(
    app: &AppHandle,
    shell: &Shell,
    asking: Option<&str>,
    name: &str,
    base64: &str,
) -> Result<DesktopResponse, Problem> {
    let decoded = base64::engine::general_purpose::STANDARD.decode(base64);
    let bytes = decoded.map_err(|_| Problem::new("cannot_save", "The file did not arrive whole. Try again."))?;
    let (answer, answered) = tokio::sync::oneshot::channel();
    let mut dialog = app.dialog().file().set_file_name(name);
    if let Some(window) = asking.and_then(|label| app.get_webview_window(label)) {
        dialog = dialog.set_parent(&window);
    }
    shell.set_asking_for_files(true);
    dialog.save_file(move |file| {
        // The one who asked may be gone: then nobody wants the file.
        let _ = answer.send(file);
    });
    let chosen = answered.await.ok().flatten();
    shell.set_asking_for_files(false);
    let Some(path) = chosen.and_then(|file| file.into_path().ok()) else {
        return Ok(DesktopResponse::Saved { path: None });
    };
    let place = path.clone();
    let written = tokio::task::spawn_blocking(move || std::fs::write(place, bytes)).await;
    match written {
        Ok(Ok(())) => Ok(DesktopResponse::Saved {
            path: Some(path.to_string_lossy().into_owned()),
        }),
        Ok(Err(error)) => Err(cannot_save(&path, &error)),
        Err(error) => Err(cannot_save(&path, &error)),
    }
}

fn cannot_save(path: &std::path::Path, error: &dyn std::fmt::Display) -> Problem {
    let detail = format!(
        "{} could not be written ({error}). Choose another place.",
        path.display()
    );
    Problem::new("cannot_save", detail)
}

async fn prepare(shell: &Shell, sources: impl IntoIterator<Item = PhotoSource>) -> DesktopResponse {
    let core = shell.core().await;
    let (mut photos, mut problems) = (Vec::new(), Vec::new());
    for source in sources {
        match core.call(Request::PreparePhoto { source }).await {
            Ok(photo @ Response::Photo(_)) => photos.push(photo),
            Ok(_) => {}
            Err(problem) => problems.push(problem),
        }
    }
    DesktopResponse::Photos { photos, problems }
}

//! Keeps a way to Samovar open. Where there is no tray, or no longer one, that is said and the main window opens; when the
//! tray comes (back), the icon is in it and the window may be closed again.

use std::time::Duration;

use samovar_core::Core;
use samovar_core::api::{AppNotice, View};
use tauri::{AppHandle, Manager as _};

use crate::shell::Shell;
use crate::tray_watch::TrayWatch;
use crate::{tray, windows};

/// How long a session that is starting may take to show its tray, and a panel to start anew, before the window opens
/// instead.
const WAIT_FOR_TRAY: Duration = Duration::from_secs(5);

/// Follows the tray for as long as Samovar runs. `is_hidden` says that no window was opened at the start.
pub(crate) async fn follow(app: AppHandle, core: Core, is_hidden: bool) {
    let shell = app.state::<Shell>().inner().clone();
    core.report(AppNotice::NoTray, !shell.has_tray());
    let mut is_stranded = is_hidden && !shell.has_tray();
    let mut watch = match begin(&shell).await {
        Ok(watch) => watch,
        Err(error) => {
            tracing::info!(%error, "no tray can be watched for");
            if is_stranded {
                show_window(&app);
            }
            return;
        }
    };
    loop {
        let mut is_to_be_tried_again = false;
        if watch.is_there() && !shell.has_tray() {
            let has_icon = put_icon(&app).await;
            shell.set_has_tray(has_icon);
            is_to_be_tried_again = !has_icon;
            is_stranded &= !has_icon;
        } else if !watch.is_there() && shell.has_tray() {
            tracing::info!("the tray has gone");
            shell.set_has_tray(false);
            is_stranded = true;
        }
        core.report(AppNotice::NoTray, !shell.has_tray());
        if is_stranded || is_to_be_tried_again {
            if tokio::time::timeout(WAIT_FOR_TRAY, watch.change()).await.is_err() && is_stranded {
                show_window(&app);
                is_stranded = false;
            }
        } else {
            watch.change().await;
        }
    }
}

async fn begin(shell: &Shell) -> zbus::Result<TrayWatch> {
    TrayWatch::begin(shell.notifier().bus().await?).await
}

/// Puts the icon into the tray. One that was in a tray before goes into the new one by itself.
async fn put_icon(app: &AppHandle) -> bool {
    if app.tray_by_id(tray::ID).is_some() {
        return true;
    }
    let (built, is_built) = tokio::sync::oneshot::channel();
    let handle = app.clone();
    let posted = app.run_on_main_thread(move || {
        let _ = built.send(tray::build(&handle).is_ok());
    });
    posted.is_ok() && is_built.await.unwrap_or(false)
}

fn show_window(app: &AppHandle) {
    if !windows::is_main_shown(app) {
        windows::show(app, windows::place(View::Today), None);
    }
}

//! The one command that a page may call. It carries the core's language, and the shell's beside it.

use samovar_core::api::{Call, DesktopResponse, Response};
use samovar_domain::Problem;
use serde::Serialize;
use tauri::{State, WebviewWindow};

use crate::shell::Shell;
use crate::{desktop_request, effects, windows};

/// The answer, which says whose it is.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answered {
    /// Of the core.
    Core(Response),
    /// Of the shell.
    Desktop(DesktopResponse),
}

/// Answers one call of a page.
#[tauri::command]
pub(crate) async fn call(window: WebviewWindow, shell: State<'_, Shell>, call: Call) -> Result<Answered, Problem> {
    let app = tauri::Manager::app_handle(&window).clone();
    if ![windows::MAIN, windows::POPOVER].contains(&window.label()) {
        return Err(Problem::new("not_allowed", "This window may not ask for anything."));
    }
    match call {
        Call::Core(request) => {
            let response = shell.core().await.call(request).await?;
            effects::take(&app, response).map(Answered::Core)
        }
        Call::Desktop(request) => desktop_request::answer(&app, Some(window.label()), request)
            .await
            .map(Answered::Desktop),
    }
}

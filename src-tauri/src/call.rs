//! The one command that a page may call. It carries the core's language, and the shell's beside it.

use samovar_core::api::{Call, DesktopResponse, Response};
use samovar_domain::Problem;
use serde::Serialize;
use tauri::WebviewWindow;

use crate::{core_request, desktop_request, windows};

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
pub(crate) async fn call(window: WebviewWindow, call: Call) -> Result<Answered, Problem> {
    let app = tauri::Manager::app_handle(&window).clone();
    if ![windows::MAIN, windows::POPOVER].contains(&window.label()) {
        return Err(Problem::new("not_allowed", "This window may not ask for anything."));
    }
    match call {
        Call::Core(request) => core_request::answer(&app, request).await.map(Answered::Core),
        Call::Desktop(request) => desktop_request::answer(&app, Some(window.label()), request)
            .await
            .map(Answered::Desktop),
    }
}

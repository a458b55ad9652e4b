//! When the popover goes by itself. It goes when the person turns to something else, but not while they drag a photo: the
//! button that they hold down elsewhere takes the keyboard away, and is about to let the photo fall into it.

use std::time::Duration;

use tauri::{AppHandle, Manager as _, Window};

use crate::shell::Shell;
use crate::windows;

/// How long the popover waits after it lost the focus: some desktops take it away for a moment when a list opens.
const BLUR_GRACE: Duration = Duration::from_millis(150);

/// How often it is looked whether the button is still held.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// What was let fall arrives a moment after the button was let go.
const DROP_GRACE: Duration = Duration::from_millis(500);

/// The popover has lost the keyboard.
pub(crate) fn left(window: &Window) {
    let (app, window) = (window.app_handle().clone(), window.clone());
    // One that was closed loses the keyboard too. When it is opened again within the grace, it is not the one that was left.
    let changes = windows::changes_of_popover();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(BLUR_GRACE).await;
        let is_left = || {
            let is_shown = window.is_visible().unwrap_or(false) && windows::changes_of_popover() == changes;
            is_shown && !window.is_focused().unwrap_or(true) && !app.state::<Shell>().is_asking_for_files()
        };
        let mut was_dragging = false;
        while is_left() && is_dragging(&app).await {
            was_dragging = true;
            tokio::time::sleep(LOOK_EVERY).await;
        }
        if was_dragging {
            tokio::time::sleep(DROP_GRACE).await;
        }
        if is_left() {
            windows::hide(&app, windows::POPOVER);
        }
    });
}

/// Whether something is dragged over the popover, or may be on its way to it.
async fn is_dragging(app: &AppHandle) -> bool {
    app.state::<Shell>().is_dragged_over() || is_button_held(app).await
}

#[cfg(target_os = "linux")]
async fn is_button_held(app: &AppHandle) -> bool {
    let (answer, answered) = tokio::sync::oneshot::channel();
    let posted = app.run_on_main_thread(move || {
        let _ = answer.send(button_state().unwrap_or(false));
    });
    posted.is_ok() && answered.await.unwrap_or(false)
}

/// On the main thread. Wayland tells nobody what happens in other windows; then the main window takes what is let fall.
#[cfg(target_os = "linux")]
fn button_state() -> Option<bool> {
    use gtk::gdk::{self, ModifierType, prelude::*};
    let pointer = gdk::Display::default()?.default_seat()?.pointer()?;
    let (_, _, _, held) = gdk::Screen::default()?.root_window()?.device_position(&pointer);
    Some(held.contains(ModifierType::BUTTON1_MASK))
}

/// Elsewhere only what is over the popover can be known.
#[cfg(not(target_os = "linux"))]
async fn is_button_held(_: &AppHandle) -> bool {
    false
}

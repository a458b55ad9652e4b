//! The keyboard goes to a window that its person asked for. The click that asked came to the tray, a notification or a
//! terminal, so a window manager that guards against windows that push themselves forward cannot see it, and would leave
//! the popover without a cursor.

use gtk::prelude::*;
use tauri::WebviewWindow;

/// Dates the person's wish to now, before the window is shown. On the main thread. Wayland has tokens for this, and takes
/// no dates.
pub(crate) fn claim(window: &WebviewWindow) {
    let Ok(window) = window.gtk_window() else { return };
    window.realize();
    let Some(surface) = window
        .window()
        .and_then(|surface| surface.downcast::<gdkx11::X11Window>().ok())
    else {
        return;
    };
    let now = gdkx11::functions::x11_get_server_time(&surface);
    surface.set_user_time(now);
    window.present_with_time(now);
}

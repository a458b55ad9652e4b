//! The camera, for photos that are taken in the popover. Nothing else may ever see or hear anybody: every other wish of
//! a page is refused. A person without a camera, or on a system whose webview has no way to one, chooses a file.

use tauri::webview::{PermissionKind, PermissionResponse};
use tauri::{Webview, Wry};

use crate::windows;

/// Answers a page that wants something of the computer.
pub(crate) fn permission(webview: Webview<Wry>, wanted: PermissionKind) -> PermissionResponse {
    let is_own = webview.url().is_ok_and(|url| windows::is_own_page(&url));
    decide(webview.label(), is_own, wanted)
}

fn decide(label: &str, is_own: bool, wanted: PermissionKind) -> PermissionResponse {
    if is_own && label == windows::POPOVER && matches!(wanted, PermissionKind::Camera) {
        PermissionResponse::Allow
    } else {
        PermissionResponse::Deny
    }
}

/// `WebKitGTK` shows no page a camera unless it is told to, before the page is there.
#[cfg(target_os = "linux")]
pub(crate) fn offer(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{SettingsExt as _, WebViewExt as _};
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_enable_media_stream(true);
            // For tests, on machines that have none: a picture that moves.
            settings.set_enable_mock_capture_devices(std::env::var_os("SAMOVAR_TEST_CAMERA").is_some());
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_camera_and_only_for_own_pages_in_the_popover() {
        let check = |label, is_own, wanted: PermissionKind, expected| {
            assert_eq!(decide(label, is_own, wanted), expected, "{label} {is_own} {wanted:?}");
        };
        check(
            windows::POPOVER,
            true,
            PermissionKind::Camera,
            PermissionResponse::Allow,
        );
        check(
            windows::POPOVER,
            false,
            PermissionKind::Camera,
            PermissionResponse::Deny,
        );
        check(windows::MAIN, true, PermissionKind::Camera, PermissionResponse::Deny);
        for other in [
            PermissionKind::Microphone,
            PermissionKind::Geolocation,
            PermissionKind::DisplayCapture,
            PermissionKind::Notifications,
        ] {
            check(windows::POPOVER, true, other, PermissionResponse::Deny);
        }
    }
}

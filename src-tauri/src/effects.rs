//! What the core asks the shell to do: open a link, show a window.

use samovar_core::api::{Effect, Place, Response};
use samovar_domain::Problem;
use tauri::AppHandle;

use crate::windows;

/// Does it.
pub(crate) fn perform(app: &AppHandle, effect: Effect) -> Result<(), Problem> {
    match effect {
        Effect::None => Ok(()),
        Effect::OpenLink { link } => open_link(&link),
        Effect::Show { view, item, member } => {
            windows::show(app, Place { view, item, member }, None);
            Ok(())
        }
    }
}

/// Does what a response asks for, and takes it out of the response, so that it is done once.
pub(crate) fn take(app: &AppHandle, response: Response) -> Result<Response, Problem> {
    match response {
        Response::Effect { effect } => {
            perform(app, effect)?;
            Ok(Response::Effect { effect: Effect::None })
        }
        other => Ok(other),
    }
}

/// Opens an address in the person's browser. Only `https` (and `http` to this computer) goes out: a link of somebody
/// else must not start a program.
pub(crate) fn open_link(link: &str) -> Result<(), Problem> {
    if !is_safe(link) {
        return Err(Problem::new(
            "link_not_safe",
            "This link is not a web address (https), so it was not opened.",
        ));
    }
    open::that_detached(link).map_err(|error| {
        Problem::new(
            "no_browser",
            format!("No browser could be started ({error}). Copy the link and open it yourself."),
        )
    })
}

fn is_safe(link: &str) -> bool {
    let Ok(url) = tauri::Url::parse(link) else { return false };
    match url.scheme() {
        "https" => url.host_str().is_some(),
        "http" => matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_go_to_the_browser() {
        for link in [
            "https://meet.example.org/tea",
            "http://127.0.0.1:7465/join/x",
            "http://localhost/x",
        ] {
            assert!(is_safe(link), "{link}");
        }
        for link in [
            "http://example.org",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "--help",
            "ssh://x",
            "https://",
            "",
        ] {
            assert!(!is_safe(link), "{link}");
        }
    }
}

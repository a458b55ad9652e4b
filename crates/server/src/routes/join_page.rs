//! `GET /join/{token}`: a small page that opens the app, or says how to get it. It uses nothing up, loads nothing from
//! anywhere and runs no script.

use std::sync::LazyLock;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::extract::Path;
use crate::problem::ApiError;
use crate::state::{App, hash_secret};

const PAGE: &str = include_str!("join_page.html");
const OPEN: &str = include_str!("join_open.html");
const CLOSED: &str = include_str!("join_closed.html");

/// Only the page's own style is let in, by its hash.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = PAGE
        .split_once("<style>")
        .and_then(|(_, rest)| rest.split_once("</style>"))
        .map_or("", |(style, _)| style);
    let hash = STANDARD.encode(Sha256::digest(style.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; object-src 'none'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
});

/// The page that an invite link shows in a browser. It tells of this one invite only, and to the one who has its link.
#[utoipa::path(get, path = "/join/{token}", params(("token" = String, Path)), responses(
    (status = 200, content_type = "text/html", description = "How to get in"),
    (status = 404, content_type = "text/html", description = "The link lets nobody in (any more)"),
))]
pub(crate) async fn page(State(app): State<App>, path: Result<Path<String>, ApiError>) -> Result<Response, ApiError> {
    // What cannot be read was never a link of ours.
    let token = path.map_or_else(|_| String::new(), |Path(token)| token);
    let is_open = app.store.invite_is_open(&hash_secret(&token), app.now()).await?;
    let status = if is_open { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Ok(answer(status, written(&app.public_url, &token, is_open)))
}

/// The page of an invite. An open token is one of ours: letters, digits, - and _. Nothing else is ever written into it.
pub(crate) fn written(public_url: &str, token: &str, is_open: bool) -> String {
    filled(public_url, if is_open { OPEN } else { CLOSED }, token)
}

/// A page with these words, and with the link of this invite where they want it.
pub(super) fn shown(app: &App, status: StatusCode, words: &str, token: &str) -> Response {
    answer(status, filled(&app.public_url, words, token))
}

fn answer(status: StatusCode, html: String) -> Response {
    let policy = [(header::CONTENT_SECURITY_POLICY, POLICY.as_str())];
    (status, policy, Html(html)).into_response()
}

fn filled(public_url: &str, words: &str, token: &str) -> String {
    let link = format!("{public_url}/join/{token}");
    let encoded: String = link
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    let words = words
        .replace("{{link}}", &escape(&link))
        .replace("{{encoded}}", &encoded);
    PAGE.replace("{{words}}", &words)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_outside_is_escaped() {
        assert_eq!(
            escape("<a href=\"x\" b='&'>"),
            "&lt;a href=&quot;x&quot; b=&#39;&amp;&#39;&gt;"
        );
    }

    #[test]
    fn the_page_has_one_style_and_nothing_from_elsewhere() {
        assert_eq!(PAGE.matches("<style>").count(), 1);
        let signing_in = [
            include_str!("sign_in_done.html"),
            include_str!("sign_in_over.html"),
            include_str!("sign_in_refused.html"),
            include_str!("sign_in_unverified.html"),
            include_str!("sign_in_away.html"),
        ];
        for page in [PAGE, OPEN, CLOSED].into_iter().chain(signing_in) {
            for foreign in [
                "http:", "https:", "=\"//", "url(", "@import", "<script", "style=", "<img", "onclick",
            ] {
                assert!(!page.contains(foreign), "{foreign}");
            }
        }
    }
}

//! `/v1/sign-in`: in by the company's provider. A browser goes there, comes back, and is shown an invite for this one person,
//! which the desktop takes like any other. Nothing that a browser brings has a say in where it is sent.

use axum::extract::State;
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use samovar_domain::wire::ProblemDocument;
use serde::Deserialize;

use super::join_page::shown;
use crate::extract::Params;
use crate::problem::ApiError;
pub(super) use crate::sign_in::RETURN;
use crate::sign_in::rules::NotAdmitted;
use crate::sign_in::{CODE_WORKS, SignIn, SignInError, UNDER_WAY};
use crate::state::{App, hash_secret, new_secret};
use crate::store::NewSignIn;

/// Where it begins.
pub(super) const BEGIN: &str = "/v1/sign-in";

const DONE: &str = include_str!("sign_in_done.html");
const OVER: &str = include_str!("sign_in_over.html");
const REFUSED: &str = include_str!("sign_in_refused.html");
const UNVERIFIED: &str = include_str!("sign_in_unverified.html");
const AWAY: &str = include_str!("sign_in_away.html");

/// What the browser holds while somebody is at the provider. With TLS, no other name below the endpoint's can set one of this
/// name.
fn cookie_name(has_tls: bool) -> &'static str {
    if has_tls {
        "__Host-samovar-sign-in"
    } else {
        "samovar-sign-in"
    }
}

/// A way back is a page of elsewhere that leads here, at which `Lax` hands it over and `Strict` would not.
fn cookie(has_tls: bool, value: &str, seconds: u64) -> String {
    let name = cookie_name(has_tls);
    let secure = if has_tls { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

/// What the browser holds. Two of them are none: one of them may be somebody else's.
fn held(has_tls: bool, headers: &HeaderMap) -> Option<String> {
    let lines = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let pairs = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let mut values = pairs
        .filter(|(name, _)| *name == cookie_name(has_tls))
        .map(|(_, value)| value.to_owned());
    values.next().filter(|_| values.next().is_none())
}

fn sign_in(app: &App) -> Result<&SignIn, ApiError> {
    app.sign_in
        .get()
        .ok_or_else(|| ApiError::not_found("People do not sign in here: they join by an invite."))
}

/// Begins to sign in by the company's provider: sends the browser there.
#[utoipa::path(get, path = "/v1/sign-in", responses(
    (status = 303, description = "To the provider"),
    (status = 404, body = ProblemDocument, description = "`not_found`: people do not sign in here"),
    (status = 502, content_type = "text/html", description = "The provider cannot be reached"),
))]
pub(crate) async fn begin(State(app): State<App>) -> Result<Response, ApiError> {
    let (state, browser) = (new_secret(), new_secret());
    let address = sign_in(&app)?
        .address(&app.public_url, &state, &browser, &*app.clock)
        .await;
    let address = match address {
        Ok(address) => address,
        Err(error) => return Ok(refusal(&app, &error)),
    };
    let expires_at = app.now().plus(UNDER_WAY);
    app.store
        .begin_sign_in(&hash_secret(&state), &hash_secret(&browser), expires_at, app.now())
        .await?;
    let headers = [
        (header::LOCATION, address.to_string()),
        (header::SET_COOKIE, cookie(app.has_tls(), &browser, UNDER_WAY.as_secs())),
    ];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// What the provider sends a browser back with.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(crate) struct Returned {
    /// What was sent along.
    state: Option<String>,
    /// For which the provider tells who it is.
    code: Option<String>,
    /// Why it does not.
    error: Option<String>,
    /// Who the provider is.
    iss: Option<String>,
}

/// Ends to sign in: shows an invite for the one who has signed in. It can be come back with once, in the browser in which it
/// began.
#[utoipa::path(get, path = "/v1/sign-in/return", params(Returned), responses(
    (status = 200, content_type = "text/html", description = "How to get in"),
    (status = 400, content_type = "text/html", description = "It is over, or began elsewhere"),
    (status = 403, content_type = "text/html", description = "They may not join"),
    (status = 404, body = ProblemDocument, description = "`not_found`: people do not sign in here"),
    (status = 502, content_type = "text/html", description = "The provider cannot be reached"),
))]
pub(crate) async fn finish(
    State(app): State<App>,
    headers: HeaderMap,
    back: Result<Params<Returned>, ApiError>,
) -> Result<Response, ApiError> {
    let sign_in = sign_in(&app)?;
    let over = || shown(&app, StatusCode::BAD_REQUEST, OVER, "");
    // What cannot be read was never a way back of ours.
    let Ok(Params(back)) = back else { return Ok(over()) };
    let (Some(state), Some(browser)) = (back.state, held(app.has_tls(), &headers)) else {
        return Ok(over());
    };
    // Before anything else: whatever comes of it, it comes back once.
    let is_under_way = app
        .store
        .end_sign_in(&hash_secret(&state), &hash_secret(&browser), app.now())
        .await?;
    if !is_under_way {
        return Ok(over());
    }
    let (Some(code), None) = (back.code, back.error) else {
        return Ok(ended(&app, shown(&app, StatusCode::FORBIDDEN, REFUSED, "")));
    };
    let admitted = sign_in
        .admit(&app.public_url, code, back.iss, &browser, &*app.clock)
        .await;
    let admitted = match admitted {
        Ok(admitted) => admitted,
        Err(error) => return Ok(ended(&app, refusal(&app, &error))),
    };
    let secret = new_secret();
    let new = NewSignIn {
        token_hash: hash_secret(&secret),
        subject: admitted.subject,
        role: admitted.role,
        expires_at: app.now().plus(CODE_WORKS),
    };
    app.store.add_sign_in(new, app.now()).await?;
    Ok(ended(&app, shown(&app, StatusCode::OK, DONE, &secret)))
}

/// Takes from the browser what it held.
fn ended(app: &App, page: Response) -> Response {
    let gone: [(HeaderName, String); 1] = [(header::SET_COOKIE, cookie(app.has_tls(), "", 0))];
    (gone, page).into_response()
}

/// The log tells whoever runs the endpoint what is wrong, and of nobody whom it concerned.
fn refusal(app: &App, error: &SignInError) -> Response {
    tracing::warn!(%error, "a sign-in was not let in");
    let (status, words) = match error {
        SignInError::Provider(_) => (StatusCode::BAD_GATEWAY, AWAY),
        SignInError::NotAdmitted(NotAdmitted::Unverified) => (StatusCode::FORBIDDEN, UNVERIFIED),
        SignInError::Refused(_) | SignInError::Unproven(_) | SignInError::NotAdmitted(NotAdmitted::Stranger) => {
            (StatusCode::FORBIDDEN, REFUSED)
        }
    };
    shown(app, status, words, "")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn with_tls_only_the_endpoint_itself_can_give_a_browser_what_it_holds() {
        assert_eq!(
            cookie(true, "x", 600),
            "__Host-samovar-sign-in=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=600; Secure"
        );
        assert_eq!(
            cookie(false, "x", 600),
            "samovar-sign-in=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=600"
        );
    }

    #[test]
    fn what_a_browser_holds_is_told_apart_from_what_others_gave_it() {
        let check = |has_tls: bool, lines: &[&'static str], expect: Option<&str>| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::COOKIE, HeaderValue::from_static(line));
            }
            assert_eq!(held(has_tls, &headers).as_deref(), expect, "{lines:?}");
        };
        check(true, &["a=b; __Host-samovar-sign-in=x; c=d"], Some("x"));
        check(true, &["a=b", "__Host-samovar-sign-in=x"], Some("x"));
        check(true, &["samovar-sign-in=x"], None);
        check(true, &["__Host-samovar-sign-in=x; __Host-samovar-sign-in=y"], None);
        check(true, &["__Host-samovar-sign-in=x", "__Host-samovar-sign-in=y"], None);
        check(true, &[], None);
        check(false, &["samovar-sign-in=x"], Some("x"));
    }
}

//! What every answer tells a browser that it strays into: to run nothing, frame nothing, keep nothing and hand nothing
//! on. There are no words for other origins (CORS), so a page of somebody else's reads no answer.

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::state::App;

/// An answer is not a page. Opened as one, it has no origin and loads nothing. The one page there is has a policy of its
/// own.
const POLICY: &str = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'; sandbox";

/// What an answer says unless it has said something else.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// A year. Other names below the endpoint's are not its to speak for.
const ONLY_TLS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Adds them to whatever is answered.
pub(super) async fn add(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    complete(response.headers_mut(), app.has_tls());
    response
}

/// Adds them to the headers of an answer. People reach an endpoint that has TLS by no other way.
pub(crate) fn complete(headers: &mut HeaderMap, has_tls: bool) {
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if has_tls {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(ONLY_TLS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_answer_says_itself_stands() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        complete(&mut headers, false);
        assert_eq!(headers[header::CACHE_CONTROL], "private, no-cache");
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], POLICY);
        assert_eq!(headers.len(), ALWAYS.len());
    }

    #[test]
    fn only_where_there_is_tls_is_it_insisted_on() {
        for has_tls in [false, true] {
            let mut headers = HeaderMap::new();
            complete(&mut headers, has_tls);
            assert_eq!(headers.contains_key(header::STRICT_TRANSPORT_SECURITY), has_tls);
        }
    }
}

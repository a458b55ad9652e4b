//! The head of a request, as far as it can be one for a stream; and the head of the answer.

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request};
use samovar_domain::Timestamp;

use crate::reading::{HEADERS, PATH};
use crate::routes::precautions;

/// The most bytes that a request for a stream takes; a larger one is hyper's.
pub(super) const HEAD_BYTES_MAX: usize = 4096;
/// The most headers that it has.
const HEADERS_MAX: usize = 48;

/// What the first bytes of a connection are.
#[derive(Debug)]
pub(crate) enum Seen {
    /// The beginning of what may become a request for a stream.
    Beginning,
    /// A request for a stream, and nothing behind it.
    Stream(Box<StreamRequest>),
    /// Anything else.
    Other,
}

/// A request for a stream.
#[derive(Debug)]
pub(crate) struct StreamRequest {
    /// The request, for those who look into it.
    pub(crate) parts: Parts,
    /// Whether its client closes the connection with the stream.
    pub(crate) closes: bool,
}

/// Looks at the first bytes of a connection.
pub(crate) fn see(bytes: &[u8]) -> Seen {
    let begins = format!("GET {PATH}");
    let compared = bytes.len().min(begins.len());
    if bytes[..compared] != begins.as_bytes()[..compared] {
        return Seen::Other;
    }
    if matches!(bytes.get(begins.len()), Some(next) if !matches!(next, b' ' | b'?')) {
        return Seen::Other;
    }
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(length)) if length == bytes.len() => {
            stream_request(&request).map_or(Seen::Other, |request| Seen::Stream(Box::new(request)))
        }
        Ok(httparse::Status::Partial) if bytes.len() < HEAD_BYTES_MAX => Seen::Beginning,
        _ => Seen::Other,
    }
}

/// `None` for what only hyper answers as it should: other versions, bodies, upgrades.
fn stream_request(request: &httparse::Request<'_, '_>) -> Option<StreamRequest> {
    if request.version != Some(1) {
        return None;
    }
    let mut headers = HeaderMap::with_capacity(request.headers.len());
    for header in &*request.headers {
        let name = HeaderName::from_bytes(header.name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_bytes(header.value).ok()?);
    }
    let others = [
        "content-length",
        "transfer-encoding",
        "expect",
        "upgrade",
        "te",
        "trailer",
    ];
    if others.iter().any(|name| headers.contains_key(*name)) {
        return None;
    }
    let mut closes = false;
    for value in headers.get_all("connection") {
        for token in value.to_str().ok()?.split(',').map(str::trim) {
            match token.to_ascii_lowercase().as_str() {
                "close" => closes = true,
                "keep-alive" | "" => {}
                _ => return None,
            }
        }
    }
    let (mut parts, ()) = Request::get(request.path?).body(()).ok()?.into_parts();
    parts.headers = headers;
    Some(StreamRequest { parts, closes })
}

/// The head of the answer, as hyper writes it.
pub(super) fn answer(closes: bool, has_tls: bool, now: Timestamp) -> String {
    let mut headers = HeaderMap::new();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    precautions::complete(&mut headers, has_tls);
    let mut head = String::from("HTTP/1.1 200 OK\r\n");
    for (name, value) in &headers {
        let value = value.to_str().expect("all of them are written in the code, in ASCII");
        head.extend([name.as_str(), ": ", value, "\r\n"]);
    }
    if closes {
        head.push_str("connection: close\r\n");
    }
    let date = now.utc().format("%a, %d %b %Y %H:%M:%S GMT");
    head + &format!("transfer-encoding: chunked\r\ndate: {date}\r\n\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_plain_request_for_a_stream_is_left_alone() {
        for other in [
            "POST /v1/stream HTTP/1.1\r\n\r\n",
            "HEAD /v1/stream HTTP/1.1\r\n\r\n",
            "GET /v1/streams HTTP/1.1\r\n\r\n",
            "GET /v1/stream/ HTTP/1.1\r\n\r\n",
            "GET /v1/items HTTP/1.1\r\n\r\n",
            "GET http://x/v1/stream HTTP/1.1\r\n\r\n",
            "GET  /v1/stream HTTP/1.1\r\n\r\n",
            "GET /v1/stream HTTP/1.0\r\n\r\n",
            "GET /v1/stream\r\n\r\n",
            "GET /v1/stream HTTP/1.1\r\ncontent-length: 0\r\n\r\n",
            "GET /v1/stream HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET /v1/stream HTTP/1.1\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n",
            "GET /v1/stream HTTP/1.1\r\nconnection: te\r\n\r\n",
            "GET /v1/stream HTTP/1.1\r\nbad header\r\n\r\n",
            "GET /v1/stream HTTP/1.1\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n",
            "GET /v1/stream HTTP/1.1\r\n\r\nx",
            "\x16\x03\x01\x02\x00\x01\x00\x01\x7c\x03\x03",
        ] {
            assert!(matches!(see(other.as_bytes()), Seen::Other), "{other:?}");
        }
    }

    #[test]
    fn a_beginning_is_one_until_it_is_too_long() {
        let whole =
            "GET /v1/stream?after=3 HTTP/1.1\r\nhost: x\r\nAuthorization: Bearer smv_x\r\nConnection: Close\r\n\r\n";
        for length in 0..whole.len() {
            assert!(matches!(see(&whole.as_bytes()[..length]), Seen::Beginning), "{length}");
        }
        let Seen::Stream(request) = see(whole.as_bytes()) else {
            panic!("it is whole");
        };
        assert!(request.closes);
        assert_eq!(request.parts.uri.query(), Some("after=3"));
        assert_eq!(request.parts.headers["authorization"], "Bearer smv_x");
        let endless = format!("GET /v1/stream HTTP/1.1\r\nx-long: {}", "x".repeat(HEAD_BYTES_MAX));
        assert!(matches!(see(&endless.as_bytes()[..HEAD_BYTES_MAX]), Seen::Other));
        let many = "x: y\r\n".repeat(HEADERS_MAX + 1);
        assert!(matches!(
            see(format!("GET /v1/stream HTTP/1.1\r\n{many}\r\n").as_bytes()),
            Seen::Other
        ));
    }
}

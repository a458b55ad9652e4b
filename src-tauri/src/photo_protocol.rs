//! `photo://localhost/HASH?size=full|thumb`: photos as the core holds them, fetched when they are not here yet. Anything
//! else in the query (a page asks once more with `again=2`) is the page's own business.

use samovar_domain::BlobHash;
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager as _, UriSchemeContext, UriSchemeResponder, Wry};
use url::form_urlencoded;

use crate::shell::Shell;

/// The scheme.
pub(crate) const SCHEME: &str = "photo";

/// Answers a page's wish for a photo.
#[expect(clippy::needless_pass_by_value, reason = "the signature is Tauri's")]
pub(crate) fn answer(context: UriSchemeContext<'_, Wry>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let shell = context.app_handle().state::<Shell>().inner().clone();
    let wish = wish(request.uri().path(), request.uri().query());
    tauri::async_runtime::spawn(async move {
        let response = match wish {
            Some((blob, is_small)) => match shell.core().await.photo(blob, is_small).await {
                Ok(bytes) => found(bytes),
                Err(problem) => missing(StatusCode::NOT_FOUND, &problem.code),
            },
            None => missing(StatusCode::BAD_REQUEST, "not_a_photo"),
        };
        responder.respond(response);
    });
}

fn wish(path: &str, query: Option<&str>) -> Option<(BlobHash, bool)> {
    let blob = path.strip_prefix('/')?.parse().ok()?;
    let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    match pairs.find(|(name, _)| name == "size").as_ref().map(|(_, size)| &**size) {
        None | Some("full") => Some((blob, false)),
        Some("thumb") => Some((blob, true)),
        Some(_) => None,
    }
}

fn found(bytes: Vec<u8>) -> Response<Vec<u8>> {
    let kind = match bytes.as_slice() {
        [0xff, 0xd8, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'R', b'I', b'F', b'F', ..] => "image/webp",
        _ => "application/octet-stream",
    };
    let mut response = Response::new(bytes);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    // What has expired must be gone; the core keeps what is worth keeping.
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        header::HeaderValue::from_static("nosniff"),
    );
    response
}

fn missing(status: StatusCode, code: &str) -> Response<Vec<u8>> {
    let mut response = Response::new(code.as_bytes().to_vec());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_named_by_its_hash_and_size() {
        let blob = BlobHash::of(b"photo");
        let path = format!("/{blob}");
        assert_eq!(wish(&path, None), Some((blob, false)));
        assert_eq!(wish(&path, Some("size=full")), Some((blob, false)));
        assert_eq!(wish(&path, Some("size=thumb")), Some((blob, true)));
        assert_eq!(wish(&path, Some("")), Some((blob, false)));
        assert_eq!(
            wish(&path, Some("size=full&again=2")),
            Some((blob, false)),
            "asked once more"
        );
        assert_eq!(wish(&path, Some("again=2&size=thumb")), Some((blob, true)));
        for (path, query) in [
            ("/../account.json", None),
            ("/", None),
            ("", None),
            (&path, Some("size=huge")),
            (&path, Some("size=huge&again=2")),
        ] {
            assert_eq!(wish(path, query), None, "{path} {query:?}");
        }
    }

    #[test]
    fn the_kind_is_what_the_bytes_are() {
        assert_eq!(
            found(vec![0xff, 0xd8, 0xff]).headers()[header::CONTENT_TYPE],
            "image/jpeg"
        );
        assert_eq!(
            found(b"<html>".to_vec()).headers()[header::CONTENT_TYPE],
            "application/octet-stream"
        );
    }
}

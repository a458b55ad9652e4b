//! Invites: what is pasted or opened as a link, the page that a link shows in a browser, and what is sent to join.
//!
//! An input is what somebody pastes; it is taken as the body of `POST /v1/join` and as a secret in a link, too.

use samovar_core::fuzzing::read_invite;
use samovar_server::fuzzing::{join_page, read_join};
use url::Url;

use crate::{Outcome, assert_refuses, assert_words};

/// Where the endpoint is whose page is looked at.
const PUBLIC_URL: &str = "https://tea.example.org/team";

/// See the module.
pub fn check(input: &[u8]) -> Outcome {
    let is_body = check_body(input);
    let Ok(text) = std::str::from_utf8(input) else {
        return Outcome::of(is_body);
    };
    check_page(text);
    match read_invite(text) {
        Ok((endpoint, token)) => {
            check_link(text, &endpoint, &token);
            Outcome::Taken
        }
        Err(problem) => {
            assert_eq!(problem.code, "bad_link");
            assert_words(&problem.code, &problem.detail);
            Outcome::of(is_body)
        }
    }
}

/// A body that is read is written so that it reads the same.
fn check_body(input: &[u8]) -> bool {
    match read_join(input) {
        Ok(request) => {
            let written = serde_json::to_vec(&request).expect("a request is made of JSON");
            assert_eq!(read_join(&written), Ok(request));
            true
        }
        Err(problem) => {
            assert_refuses(&problem, 400, "bad_json");
            false
        }
    }
}

/// A link leads to one web address and has one secret, whichever way it is handed on.
fn check_link(text: &str, endpoint: &Url, token: &str) {
    let is_of_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    assert!(!token.is_empty() && token.bytes().all(is_of_token), "{token:?}");
    assert!(matches!(endpoint.scheme(), "https" | "http"), "{endpoint}");
    // What is asked of the person names the host alone; nothing else may decide where calls go and as whom.
    assert!(endpoint.host_str().is_some_and(|host| !host.is_empty()), "{endpoint}");
    assert_eq!((endpoint.username(), endpoint.password()), ("", None), "{endpoint}");
    assert_eq!((endpoint.query(), endpoint.fragment()), (None, None), "{endpoint}");

    let base = endpoint.as_str().trim_end_matches('/');
    let same = |handed_on: &str| {
        let (again, same) = read_invite(handed_on).unwrap_or_else(|_| panic!("{handed_on:?}, made of {text:?}"));
        assert_eq!(again.as_str().trim_end_matches('/'), base, "{text:?}");
        assert_eq!(same, token, "{text:?}");
    };
    same(&format!("{base}/join/{token}"));
    same(&format!(" {base}/join/{token}?from=mail#top\n"));
    let page = join_page(base, token, true);
    same(between(&page, "href=\"", "\"").expect("the page has a link to open"));
    let shown = between(&page, "<code>", "</code>").expect("the page shows the link");
    same(&unescaped(shown));
}

/// Whatever stands in an address, the page is made of nothing but what we wrote.
fn check_page(token: &str) {
    for is_open in [true, false] {
        let marks = |page: &str| {
            "<>\"'"
                .chars()
                .map(|mark| page.matches(mark).count())
                .collect::<Vec<_>>()
        };
        let (page, ours) = (
            join_page(PUBLIC_URL, token, is_open),
            join_page(PUBLIC_URL, "x", is_open),
        );
        assert_eq!(marks(&page), marks(&ours), "{token:?}");
        assert!(is_open || page == ours, "a page that is closed says {token:?}");
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

fn unescaped(text: &str) -> String {
    let marks = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    marks
        .iter()
        .fold(text.to_owned(), |text, (escaped, mark)| text.replace(escaped, mark))
}

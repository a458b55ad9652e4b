//! Mattermost's incoming webhooks (<https://developers.mattermost.com/integrate/webhooks/incoming/>). They post and no more.

use serde_json::json;
use url::Url;

use super::super::escape;
use super::{Call, Markup, Method, Wanted, fitting};

/// What servers take that have not raised their limit.
const TEXT_MAX: usize = 4_000;

struct Markdown;

impl Markup for Markdown {
    fn text(&self, words: &str) -> String {
        escape::mattermost(words)
    }
    fn strong(&self, words: &str) -> String {
        format!("**{}**", escape::mattermost(words.trim()))
    }
    fn link(&self, url: &str) -> String {
        format!("<{url}>")
    }
}

pub(super) fn call(url: Url, wanted: Wanted<'_>) -> Call {
    let text = fitting(wanted, false, &Markdown, TEXT_MAX).join("\n");
    Call::new(Method::Post, url, json!({ "text": text }))
}

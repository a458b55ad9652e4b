//! Microsoft Teams by a workflow that starts with "When a Teams webhook request is received": an Adaptive Card as an
//! attachment (<https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook>).
//! It takes a call and says no more of it: nothing can be changed or taken away.

use chrono::SecondsFormat;
use samovar_domain::Timestamp;
use serde_json::{Value, json};
use url::Url;

use super::super::escape;
use super::{Call, Markup, Method, Wanted, fitting};

/// A message may have 28 kB, its frame included.
const TEXT_MAX: usize = 6_000;

struct Card;

impl Markup for Card {
    fn text(&self, words: &str) -> String {
        // A single line break is none in Markdown.
        escape::card(words).replace('\n', "\n\n")
    }
    fn strong(&self, words: &str) -> String {
        format!("**{}**", escape::card(words.trim()))
    }
    fn link(&self, url: &str) -> String {
        let target = url.replace('(', "%28").replace(')', "%29");
        format!("[{}]({target})", escape::card(url))
    }
    fn time(&self, at: Timestamp, _: Option<&str>) -> String {
        // Each reader's own zone.
        format!("{{{{TIME({})}}}}", at.utc().to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

pub(super) fn call(url: Url, wanted: Wanted<'_>) -> Call {
    let lines = fitting(wanted, false, &Card, TEXT_MAX);
    let blocks: Vec<Value> = lines
        .iter()
        .map(|line| json!({ "type": "TextBlock", "text": line, "wrap": true }))
        .collect();
    let body = json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "body": blocks,
            },
        }],
    });
    Call::new(Method::Post, url, body)
}

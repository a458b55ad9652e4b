//! Discord's webhooks (<https://docs.discord.com/developers/resources/webhook>). With `wait` they tell the message's id,
//! by which it is changed and deleted.

use samovar_domain::Timestamp;
use serde_json::json;
use url::Url;

use super::super::escape;
use super::super::outcome::{Answer, Outcome, Trouble};
use super::{Call, Deed, Markup, Method, Wanted, fitting, with_path};

/// The most characters of a message.
const CONTENT_MAX: usize = 2_000;
/// `SUPPRESS_EMBEDS`: no previews of links.
const NO_PREVIEWS: u32 = 1 << 2;
/// The codes of what is not there.
const UNKNOWN_MESSAGE: u64 = 10_008;

struct Markdown;

impl Markup for Markdown {
    fn text(&self, words: &str) -> String {
        escape::discord(words)
    }
    fn strong(&self, words: &str) -> String {
        format!("**{}**", escape::discord(words.trim()))
    }
    fn link(&self, url: &str) -> String {
        format!("<{url}>")
    }
    fn time(&self, at: Timestamp, _: Option<&str>) -> String {
        // Each reader's own zone.
        format!("<t:{}:t>", at.millis().div_euclid(1_000))
    }
}

pub(super) fn call(mut url: Url, wanted: Wanted<'_>) -> Option<Call> {
    let body = |is_edit| {
        let content = fitting(wanted, is_edit, &Markdown, CONTENT_MAX).join("\n");
        json!({ "content": content, "allowed_mentions": { "parse": [] }, "flags": NO_PREVIEWS })
    };
    match (wanted.deed, wanted.deed.reference()) {
        (Deed::TakeBack { .. }, Some(message)) => Some(Call {
            body: None,
            ..Call::new(Method::Delete, with_path(&url, &["messages", message])?, json!(null))
        }),
        (Deed::Change { .. }, Some(message)) => {
            let place = with_path(&url, &["messages", message])?;
            Some(Call::new(Method::Patch, place, body(true)))
        }
        _ => {
            url.set_query(Some("wait=true"));
            Some(Call::new(Method::Post, url, body(false)))
        }
    }
}

pub(super) fn outcome(deed: &Deed, answer: &Answer) -> Outcome {
    let said = answer.json();
    match answer.outcome() {
        // Somebody there has deleted it already.
        Outcome::Broken(Trouble::Gone) if deed.reference().is_some() && said["code"] == UNKNOWN_MESSAGE => {
            Outcome::Done { reference: None }
        }
        Outcome::Done { .. } => Outcome::Done {
            reference: said["id"].as_str().map(ToOwned::to_owned),
        },
        other => other,
    }
}

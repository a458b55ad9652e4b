//! Matrix: events of a room by the client-server API (<https://spec.matrix.org/v1.16/client-server-api/>). A call carries
//! its own name, so that the same one twice is one event. Messages are changed by `m.replace` and taken away by redaction.

use serde_json::{Value, json};
use url::Url;

use super::super::escape;
use super::super::outcome::{Answer, Outcome, Trouble};
use super::{Call, Deed, Markup, Method, Wanted, fitting};

/// An event may have 65,536 bytes, and what is written stands in it up to four times.
const TEXT_MAX: usize = 6_000;

struct Html;

impl Markup for Html {
    fn text(&self, words: &str) -> String {
        escape::html(words).replace('\n', "<br>")
    }
    fn strong(&self, words: &str) -> String {
        format!("<strong>{}</strong>", escape::html(words))
    }
    fn link(&self, url: &str) -> String {
        let url = escape::html(url);
        format!("<a href=\"{url}\">{url}</a>")
    }
}

struct Plain;

impl Markup for Plain {
    fn text(&self, words: &str) -> String {
        words.to_owned()
    }
    fn strong(&self, words: &str) -> String {
        words.to_owned()
    }
    fn link(&self, url: &str) -> String {
        url.to_owned()
    }
}

pub(super) fn call(server: &Url, room: &str, token: &str, wanted: Wanted<'_>) -> Option<Call> {
    let room = escape::path(room);
    let key = escape::path(wanted.key);
    let (path, body) = match (wanted.deed, wanted.deed.reference()) {
        (Deed::TakeBack { .. }, Some(event)) => {
            let event = escape::path(event);
            (format!("rooms/{room}/redact/{event}/{key}"), json!({}))
        }
        (deed, event) => {
            let replaced = event.filter(|_| matches!(deed, Deed::Change { .. }));
            let path = format!("rooms/{room}/send/m.room.message/{key}");
            (path, content(wanted, replaced))
        }
    };
    let base = server.as_str().trim_end_matches('/');
    Some(Call {
        bearer: Some(token.to_owned()),
        ..Call::new(
            Method::Put,
            Url::parse(&format!("{base}/_matrix/client/v3/{path}")).ok()?,
            body,
        )
    })
}

fn content(wanted: Wanted<'_>, replaced: Option<&str>) -> Value {
    let is_edit = replaced.is_some();
    let plain = fitting(wanted, is_edit, &Plain, TEXT_MAX).join("\n");
    let html = fitting(wanted, is_edit, &Html, TEXT_MAX).join("<br>");
    let content = |star: &str| {
        json!({
            "msgtype": "m.notice",
            "body": format!("{star}{plain}"),
            "format": "org.matrix.custom.html",
            "formatted_body": format!("{star}{html}"),
            "m.mentions": {},
        })
    };
    let Some(event) = replaced else {
        return content("");
    };
    // The star is for programs that know no replacing.
    let mut edit = content("* ");
    edit["m.new_content"] = content("");
    edit["m.relates_to"] = json!({ "rel_type": "m.replace", "event_id": event });
    edit
}

pub(super) fn outcome(deed: &Deed, answer: &Answer) -> Outcome {
    let said = answer.json();
    let asked = said["retry_after_ms"].as_u64().map(std::time::Duration::from_millis);
    match (answer.outcome(), said["errcode"].as_str()) {
        (Outcome::Done { .. }, _) => Outcome::Done {
            reference: said["event_id"].as_str().map(ToOwned::to_owned),
        },
        (Outcome::Later { after, trouble }, _) => Outcome::Later {
            after: after.or(asked),
            trouble,
        },
        (Outcome::Broken(Trouble::Gone), Some("M_NOT_FOUND")) if deed.reference().is_some() => {
            Outcome::Done { reference: None }
        }
        (Outcome::Refused, Some("M_UNKNOWN_TOKEN" | "M_MISSING_TOKEN")) => Outcome::Broken(Trouble::NotAllowed),
        (other, _) => other,
    }
}

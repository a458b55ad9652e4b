//! Slack: incoming webhooks (<https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>), which post and
//! no more; and `chat.postMessage`, `chat.update`, `chat.delete` of a bot. Errors of the latter come with status 200.

use samovar_domain::Timestamp;
use serde_json::{Value, json};
use url::Url;

use super::super::escape;
use super::super::outcome::{Answer, Outcome, Trouble};
use super::super::words::clock_time;
use super::{Call, Deed, Markup, Method, Wanted, fitting, with_path};

/// The most characters of a section's text.
const SECTION_MAX: usize = 3_000;

struct Mrkdwn;

impl Markup for Mrkdwn {
    fn text(&self, words: &str) -> String {
        escape::slack(words)
    }
    fn strong(&self, words: &str) -> String {
        format!("*{}*", escape::slack(words))
    }
    fn link(&self, url: &str) -> String {
        format!("<{}>", escape::slack(url))
    }
    fn time(&self, at: Timestamp, zone: Option<&str>) -> String {
        // Each reader's own zone; the words behind the bar are for programs that cannot.
        let words = escape::slack(&clock_time(at, zone));
        format!("<!date^{}^{{time}}|{words}>", at.millis().div_euclid(1_000))
    }
}

fn body(wanted: Wanted<'_>, is_edit: bool) -> Value {
    let text = fitting(wanted, is_edit, &Mrkdwn, SECTION_MAX).join("\n");
    json!({
        "text": text,
        "blocks": [{ "type": "section", "text": { "type": "mrkdwn", "text": text, "verbatim": true } }],
        "unfurl_links": false,
        "unfurl_media": false,
    })
}

pub(super) fn webhook_call(url: Url, wanted: Wanted<'_>) -> Call {
    Call::new(Method::Post, url, body(wanted, false))
}

pub(super) fn bot_call(server: &Url, token: &str, channel: &str, wanted: Wanted<'_>) -> Option<Call> {
    let known = wanted.deed.reference().and_then(|reference| reference.split_once(' '));
    let (method, body) = match (wanted.deed, known) {
        (Deed::TakeBack { .. }, Some((channel, ts))) => ("chat.delete", json!({ "channel": channel, "ts": ts })),
        (Deed::Change { .. }, Some((channel, ts))) => {
            let mut body = body(wanted, true);
            body["channel"] = channel.into();
            body["ts"] = ts.into();
            ("chat.update", body)
        }
        _ => {
            let mut body = body(wanted, false);
            body["channel"] = channel.into();
            ("chat.postMessage", body)
        }
    };
    Some(Call {
        bearer: Some(token.to_owned()),
        ..Call::new(Method::Post, with_path(server, &["api", method])?, body)
    })
}

pub(super) fn bot_outcome(deed: &Deed, answer: &Answer) -> Outcome {
    let said = answer.json();
    if answer.status != 200 {
        return answer.outcome();
    }
    if said["ok"] == true {
        let reference = said["channel"].as_str().zip(said["ts"].as_str());
        let reference = reference.map(|(channel, ts)| format!("{channel} {ts}"));
        return Outcome::Done { reference };
    }
    let is_of_message = deed.reference().is_some();
    match said["error"].as_str().unwrap_or_default() {
        "message_not_found" | "edit_window_closed" | "cant_update_message" | "cant_delete_message" if is_of_message => {
            Outcome::Done { reference: None } // nothing is left that could be done
        }
        "ratelimited" | "rate_limited" | "message_limit_exceeded" => Outcome::Later {
            after: answer.retry_after,
            trouble: Trouble::Busy,
        },
        "internal_error" | "fatal_error" | "service_unavailable" | "team_added_to_org" => Outcome::Later {
            after: answer.retry_after,
            trouble: Trouble::Failing,
        },
        "request_timeout" => Outcome::Unknown(Trouble::Cut),
        "channel_not_found" | "is_archived" | "not_in_channel" => Outcome::Broken(Trouble::Gone),
        "not_authed"
        | "invalid_auth"
        | "account_inactive"
        | "token_revoked"
        | "token_expired"
        | "missing_scope"
        | "no_permission"
        | "access_denied"
        | "not_allowed_token_type"
        | "restricted_action"
        | "ekm_access_denied"
        | "org_login_required" => Outcome::Broken(Trouble::NotAllowed),
        _ => Outcome::Refused,
    }
}

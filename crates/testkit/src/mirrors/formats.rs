//! What each service takes and how it answers, as strictly as its documents say.

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use samovar_domain::Timestamp;
use samovar_domain::wire::MirrorTarget;
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Asked, MIRROR_SECRET, MIRROR_TOKEN};

pub(super) struct Call<'a> {
    pub(super) method: &'a Method,
    pub(super) uri: &'a Uri,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
    pub(super) now: Timestamp,
}

type Read<T> = Result<T, String>;

fn demand(is_so: bool, complaint: &str) -> Read<()> {
    if is_so { Ok(()) } else { Err(complaint.to_owned()) }
}

impl Call<'_> {
    fn header(&self, name: &str) -> Read<&str> {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.ok_or_else(|| format!("{name} is missing"))
    }

    fn is(&self, method: Method, path: &str) -> Read<()> {
        let asked = format!("{} {}", self.method, self.uri);
        demand(asked == format!("{method} {path}"), &format!("unknown: {asked}"))
    }

    fn json(&self) -> Read<Value> {
        let kind = self.header("content-type")?;
        demand(
            kind.split(';').next() == Some("application/json"),
            "not JSON by its type",
        )?;
        let body: Value = serde_json::from_slice(self.body).map_err(|error| error.to_string())?;
        demand(body.is_object(), "not an object")?;
        Ok(body)
    }

    fn is_authorised(&self) -> Read<()> {
        demand(
            self.header(header::AUTHORIZATION.as_str())? == format!("Bearer {MIRROR_TOKEN}"),
            "another token",
        )
    }
}

fn text<'a>(body: &'a Value, name: &str, most: usize) -> Read<&'a str> {
    let text = body[name].as_str().ok_or_else(|| format!("{name} is no text"))?;
    demand(!text.trim().is_empty(), &format!("{name} is empty"))?;
    demand(text.encode_utf16().count() <= most, &format!("{name} is too long"))?;
    Ok(text)
}

fn only(body: &Value, names: &[&str]) -> Read<()> {
    let keys = body.as_object().into_iter().flat_map(|object| object.keys());
    let mut unknown = keys.filter(|key| !names.contains(&key.as_str()));
    unknown.next().map_or(Ok(()), |key| Err(format!("unknown field {key}")))
}

/// What the call asks of this service.
pub(super) fn read(target: &MirrorTarget, call: &Call<'_>) -> Read<Asked> {
    match target {
        MirrorTarget::SlackWebhook { .. } => {
            call.is(Method::POST, "/services/T0/B0/secret-path")?;
            Ok(Asked::Show(None, slack_message(&call.json()?, &[])?))
        }
        MirrorTarget::SlackBot { channel, .. } => slack_bot(call, channel),
        MirrorTarget::Teams { .. } => teams(call),
        MirrorTarget::Mattermost { .. } => mattermost(call),
        MirrorTarget::Discord { .. } => discord(call),
        MirrorTarget::Matrix { .. } => matrix(call),
        MirrorTarget::Webhook { .. } => webhook(call),
    }
}

fn slack_message(body: &Value, more: &[&str]) -> Read<String> {
    let mut names = vec!["text", "blocks", "unfurl_links", "unfurl_media"];
    names.extend(more);
    only(body, &names)?;
    let fallback = mrkdwn(text(body, "text", 40_000)?)?;
    let blocks = body["blocks"].as_array().ok_or("blocks are missing")?;
    demand((1..=50).contains(&blocks.len()), "too many blocks")?;
    for block in blocks {
        demand(
            block["type"] == "section" && block["text"]["type"] == "mrkdwn",
            "another block",
        )?;
        only(block, &["type", "text"])?;
        only(&block["text"], &["type", "text", "verbatim"])?;
        demand(mrkdwn(text(&block["text"], "text", 3_000)?)? == fallback, "two texts")?;
    }
    Ok(fallback)
}

/// What Slack shows of `mrkdwn`; complains of what calls somebody or is not escaped.
fn mrkdwn(text: &str) -> Read<String> {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(place) = rest.find(['<', '&', '>']) {
        shown += &rest[..place];
        rest = &rest[place..];
        let entities = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")];
        if let Some((entity, means)) = entities.into_iter().find(|(entity, _)| rest.starts_with(entity)) {
            shown += means;
            rest = &rest[entity.len()..];
            continue;
        }
        let inside = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let (inside, after) = inside.ok_or_else(|| format!("not escaped: {rest}"))?;
        let date = inside.strip_prefix("!date^").and_then(|date| date.split_once('^'));
        if let Some((seconds, _)) = date.filter(|(_, form)| form.starts_with("{time}|")) {
            seconds.parse::<i64>().map_err(|error| error.to_string())?;
            shown.extend(["@", seconds]);
        } else {
            demand(inside.starts_with("https://"), &format!("it calls {inside}"))?;
            shown += inside;
        }
        rest = after;
    }
    Ok(shown + rest)
}

fn slack_bot(call: &Call<'_>, channel: &str) -> Read<Asked> {
    call.is_authorised()?;
    let body = call.json()?;
    demand(body["channel"] == channel, "another channel")?;
    match call.uri.path() {
        "/api/chat.postMessage" => Ok(Asked::Show(None, slack_message(&body, &["channel"])?)),
        "/api/chat.update" => {
            let ts = text(&body, "ts", 40)?.to_owned();
            Ok(Asked::Change(ts, slack_message(&body, &["channel", "ts"])?))
        }
        "/api/chat.delete" => {
            only(&body, &["channel", "ts"])?;
            Ok(Asked::TakeBack(text(&body, "ts", 40)?.to_owned()))
        }
        other => Err(format!("unknown method {other}")),
    }
}

fn teams(call: &Call<'_>) -> Read<Asked> {
    let path = "/workflows/12ab/triggers/manual/paths/invoke?api-version=1&sig=secret-path";
    call.is(Method::POST, path)?;
    demand(call.body.len() <= 28 * 1024, "larger than 28 kB")?;
    let body = call.json()?;
    only(&body, &["type", "attachments"])?;
    demand(body["type"] == "message", "not a message")?;
    let attachments = body["attachments"].as_array().ok_or("no attachments")?;
    demand(attachments.len() == 1, "one card")?;
    let attachment = &attachments[0];
    only(attachment, &["contentType", "contentUrl", "content"])?;
    demand(
        attachment["contentType"] == "application/vnd.microsoft.card.adaptive" && attachment["contentUrl"].is_null(),
        "not a card by its type",
    )?;
    let card = &attachment["content"];
    demand(
        card["type"] == "AdaptiveCard"
            && ["1.2", "1.3", "1.4", "1.5"]
                .iter()
                .any(|version| card["version"] == *version),
        "not a card that Teams shows",
    )?;
    let mut lines = Vec::new();
    for block in card["body"].as_array().ok_or("no body")? {
        only(block, &["type", "text", "wrap"])?;
        demand(block["type"] == "TextBlock" && block["wrap"] == true, "another block")?;
        lines.push(text(block, "text", 20_000)?.to_owned());
    }
    demand(!lines.is_empty(), "an empty card")?;
    Ok(Asked::Show(None, lines.join("\n")))
}

fn mattermost(call: &Call<'_>) -> Read<Asked> {
    call.is(Method::POST, "/hooks/secret-path")?;
    let body = call.json()?;
    only(&body, &["text"])?;
    let text = text(&body, "text", 4_000)?;
    let calls = ["@channel", "@all", "@here"].iter().any(|all| text.contains(all));
    demand(!calls, "it calls everybody")?;
    Ok(Asked::Show(None, text.to_owned()))
}

fn discord(call: &Call<'_>) -> Read<Asked> {
    const HOOK: &str = "/api/webhooks/8812/secret-path";
    let message = call.uri.path().strip_prefix(HOOK).ok_or("another webhook")?;
    let message = message.strip_prefix("/messages/").map(ToOwned::to_owned);
    if *call.method == Method::DELETE {
        demand(call.body.is_empty(), "a body")?;
        return Ok(Asked::TakeBack(message.ok_or("which message?")?));
    }
    let body = call.json()?;
    only(&body, &["content", "allowed_mentions", "flags"])?;
    demand(body["allowed_mentions"] == json!({ "parse": [] }), "it may call people")?;
    let text = text(&body, "content", 2_000)?.to_owned();
    match message {
        Some(message) if *call.method == Method::PATCH => Ok(Asked::Change(message, text)),
        None => {
            call.is(Method::POST, &format!("{HOOK}?wait=true"))?;
            Ok(Asked::Show(None, text))
        }
        Some(_) => Err("another method".to_owned()),
    }
}

fn matrix(call: &Call<'_>) -> Read<Asked> {
    call.is_authorised()?;
    demand(*call.method == Method::PUT, "another method")?;
    let path = call.uri.path();
    let rest = path.strip_prefix("/_matrix/client/v3/rooms/%21tea%3Aexample.org/");
    let parts: Vec<&str> = rest.ok_or_else(|| format!("unknown: {path}"))?.split('/').collect();
    let body = call.json()?;
    match parts[..] {
        ["redact", event, _] => Ok(Asked::TakeBack(event.replace("%24", "$"))),
        ["send", "m.room.message", name] => {
            let text = matrix_content(&body, true)?;
            if body["m.relates_to"].is_null() {
                return Ok(Asked::Show(Some(name.to_owned()), text));
            }
            demand(body["m.relates_to"]["rel_type"] == "m.replace", "another relation")?;
            let event = body["m.relates_to"]["event_id"].as_str().ok_or("no event")?;
            Ok(Asked::Change(
                event.to_owned(),
                matrix_content(&body["m.new_content"], false)?,
            ))
        }
        _ => Err(format!("unknown: {path}")),
    }
}

fn matrix_content(content: &Value, is_outer: bool) -> Read<String> {
    let more: &[&str] = if is_outer {
        &["m.new_content", "m.relates_to"]
    } else {
        &[]
    };
    let mut names = vec!["msgtype", "body", "format", "formatted_body", "m.mentions"];
    names.extend(more);
    only(content, &names)?;
    demand(content["msgtype"] == "m.notice", "programs give notices")?;
    demand(content["format"] == "org.matrix.custom.html", "another format")?;
    demand(content["m.mentions"] == json!({}), "it may call people")?;
    let html = text(content, "formatted_body", 30_000)?;
    let mut rest = html;
    while let Some(place) = rest.find('<') {
        rest = &rest[place..];
        let tags = ["<strong>", "</strong>", "<br>", "<a href=\"https://", "</a>"];
        demand(tags.iter().any(|tag| rest.starts_with(tag)), &format!("a tag: {rest}"))?;
        rest = &rest[1..];
    }
    Ok(text(content, "body", 30_000)?.to_owned())
}

fn webhook(call: &Call<'_>) -> Read<Asked> {
    call.is(Method::POST, "/secret-path")?;
    let (id, seconds) = (call.header("webhook-id")?, call.header("webhook-timestamp")?);
    let age = call.now.millis() / 1_000 - seconds.parse::<i64>().map_err(|error| error.to_string())?;
    demand(age.abs() <= 300, "too old, or from the future")?;
    let key = STANDARD
        .decode(MIRROR_SECRET.trim_start_matches("whsec_"))
        .map_err(|error| error.to_string())?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|error| error.to_string())?;
    mac.update(format!("{id}.{seconds}.").as_bytes());
    mac.update(call.body);
    let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    demand(call.header("webhook-signature")? == signature, "another signature")?;
    let body = call.json()?;
    only(&body, &["type", "timestamp", "data"])?;
    let kind = text(&body, "type", 100)?;
    demand(body["timestamp"].is_string() && body["data"].is_object(), "no event")?;
    Ok(Asked::Show(Some(id.to_owned()), format!("{kind} {}", body["data"])))
}

/// The name that the service gives its `count`th message.
pub(super) fn name(target: &MirrorTarget, count: usize) -> String {
    match target {
        MirrorTarget::Matrix { .. } => format!("$event{count}"),
        MirrorTarget::SlackBot { .. } => format!("1790000000.{count:06}"),
        _ => format!("9{count:05}"),
    }
}

/// What it answers when it has done what was asked.
pub(super) fn taken(target: &MirrorTarget, id: &str) -> Response {
    match target {
        MirrorTarget::SlackWebhook { .. } | MirrorTarget::Mattermost { .. } => "ok".into_response(),
        MirrorTarget::SlackBot { channel, .. } => {
            axum::Json(json!({ "ok": true, "channel": channel, "ts": id })).into_response()
        }
        MirrorTarget::Teams { .. } => StatusCode::ACCEPTED.into_response(),
        MirrorTarget::Discord { .. } => axum::Json(json!({ "id": id, "type": 0 })).into_response(),
        MirrorTarget::Matrix { .. } => axum::Json(json!({ "event_id": id })).into_response(),
        MirrorTarget::Webhook { .. } => StatusCode::NO_CONTENT.into_response(),
    }
}

/// What it answers when there is no such message.
pub(super) fn not_there(target: &MirrorTarget) -> Response {
    match target {
        MirrorTarget::SlackBot { .. } => {
            axum::Json(json!({ "ok": false, "error": "message_not_found" })).into_response()
        }
        MirrorTarget::Discord { .. } => {
            let body = json!({ "message": "Unknown Message", "code": 10_008 });
            (StatusCode::NOT_FOUND, axum::Json(body)).into_response()
        }
        _ => {
            let body = json!({ "errcode": "M_NOT_FOUND", "error": "Event not found" });
            (StatusCode::NOT_FOUND, axum::Json(body)).into_response()
        }
    }
}

//! A walk over every route that the endpoint describes, as one member, with ids and hashes of what is hidden from them in
//! all places that take one. A route that is new and has no case here makes the walk fail.

use std::io::Read as _;

use reqwest::{Method, RequestBuilder};
use samovar_domain::kinds::{
    card_line_id, kudos_hidden_id, package_consent_id, package_declined_id, package_received_id, pair_answer_id,
    reaction_id, rsvp_id, voice_id,
};
use samovar_domain::{Audience, BlobHash, ItemId};
use serde_json::{Value, json};

use crate::given::{Caller, Stream};

/// What somebody asks about: an id, and a photo's hash.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    pub(crate) id: ItemId,
    pub(crate) photo: BlobHash,
}

impl Name {
    /// One that never was, and looks like `other`.
    pub(crate) fn of_nothing(other: Self, reader: &Caller) -> Self {
        let id = if other.id.0.get_version_num() == 7 {
            ItemId::new(reader.now)
        } else {
            ItemId::derived(&["never", &other.id.to_string()])
        };
        Self {
            id,
            photo: BlobHash::of(other.id.to_string().as_bytes()),
        }
    }
}

/// What was answered, but for the time of day: all of it can tell something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    /// What a call is answered with.
    pub(crate) async fn to(call: RequestBuilder) -> Self {
        let answer = call.send().await.unwrap();
        let headers = answer.headers().iter().filter(|(name, _)| *name != "date");
        let mut headers: Vec<_> = headers
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        headers.sort();
        let status = answer.status().as_u16();
        let is_stream = headers.iter().any(|(_, value)| value == "text/event-stream");
        let body = if is_stream {
            beginning(Stream::of(answer)).await
        } else {
            answer.bytes().await.unwrap().to_vec()
        };
        Self { status, headers, body }
    }

    /// As it would be about any other secret.
    pub(crate) fn about(mut self, secret: &str) -> Self {
        self.body = String::from_utf8_lossy(&self.body)
            .replace(secret, "SECRET")
            .into_bytes();
        self
    }

    /// What it says of something, in a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether it did what was asked.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The code of a refusal, behind its status.
    pub(crate) fn refusal(&self) -> (u16, String) {
        let problem: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        (self.status, problem["code"].as_str().unwrap_or_default().to_owned())
    }

    /// Whether it is what people do not do at this house: nobody signs in by a company here.
    pub(crate) fn is_not_offered(&self, route: &Route) -> bool {
        self.refusal() == (404, "not_found".to_owned()) && route.path.starts_with("/v1/sign-in")
    }

    /// All of it as text; of an archive, what is in it.
    pub(crate) fn told(&self) -> String {
        let mut told = format!(
            "{} {:?}\n{}",
            self.status,
            self.headers,
            String::from_utf8_lossy(&self.body)
        );
        if let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(&self.body)) {
            for place in 0..archive.len() {
                let mut file = archive.by_index(place).unwrap();
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).unwrap();
                told = format!("{told}\n{}\n{}", file.name(), String::from_utf8_lossy(&bytes));
            }
        }
        told
    }

    /// As it would be at another place of the team's sequence, and of whatever was asked about.
    fn leveled(mut self, name: Name) -> Self {
        let text = String::from_utf8(self.body).unwrap_or_default();
        let text = text.replace(&name.id.to_string(), "ID");
        let text = text.replace(&name.photo.to_string(), "HASH");
        self.body = match serde_json::from_str::<Value>(&text) {
            Ok(mut body) if body.get("head").is_some() => {
                body["head"] = json!(0);
                for result in body["results"].as_array_mut().into_iter().flatten() {
                    if result.get("seq").is_some() {
                        result["seq"] = json!(0);
                    }
                }
                self.headers.retain(|(header, _)| header != "content-length");
                body.to_string().into_bytes()
            }
            _ => text.into_bytes(),
        };
        self
    }
}

/// What a stream says until it has said all that stands.
async fn beginning(mut stream: Stream) -> Vec<u8> {
    let mut said = String::new();
    while let Some(event) = stream.next().await {
        said.push_str(&event);
        if event.contains("event: head") {
            break;
        }
    }
    said.into_bytes()
}

/// One route of the description.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Route {
    /// What is written comes last: it leaves things of the reader's own behind.
    is_written: bool,
    pub(crate) path: String,
    pub(crate) method: String,
}

/// All routes that the endpoint describes.
pub(crate) async fn routes(reader: &Caller) -> Vec<Route> {
    let description: Value = reader.get("/v1/openapi.json").await.json().await.unwrap();
    let mut routes = Vec::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            routes.push(Route {
                is_written: path == "/v1/ops",
                path: path.clone(),
                method: method.to_uppercase(),
            });
        }
    }
    assert!(routes.len() > 25, "the description names hardly anything");
    routes.sort();
    routes
}

impl Route {
    /// Everything that `reader` can ask by this route about `name`, and whether the answers are about it alone: then they
    /// are the same as about what never was.
    pub(crate) async fn answers(&self, reader: &Caller, name: Name) -> (Vec<Answer>, bool) {
        let Name { id, photo } = name;
        let call = |path: &str| reader.call(self.method.parse::<Method>().unwrap(), path);
        let plain = |body: Value| call(&self.path).json(&body);
        let filled = |place: &str, by: &str| call(&self.path.replace(place, by));
        let (calls, is_about_it): (Vec<RequestBuilder>, bool) = match (self.method.as_str(), self.path.as_str()) {
            ("GET", "/v1/items") => (questions().iter().map(|question| call(question)).collect(), false),
            ("GET", "/v1/stream") => {
                let resumed = call("/v1/stream").header("last-event-id", "2");
                (vec![call("/v1/stream?after=0"), resumed], false)
            }
            ("POST", "/v1/ops") => return (vec![written(reader, id).await.leveled(name)], true),
            ("GET", "/v1/blobs/{sha256}") => (vec![filled("{sha256}", &photo.to_string())], true),
            ("PUT", "/v1/blobs/{sha256}") => {
                (vec![filled("{sha256}", &photo.to_string()).body("not this photo")], true)
            }
            ("POST", "/v1/join") => {
                let body = json!({ "invite": id, "name": "Ana", "time_zone": "Europe/Berlin", "device_name": "desk" });
                (vec![plain(body)], true)
            }
            ("GET", "/v1/sign-in/return") => (vec![call(&format!("{}?state={id}&code={id}", self.path))], true),
            ("GET", "/join/{token}") => (vec![filled("{token}", &id.to_string())], true),
            ("GET", "/v1/calendar/{feed}.ics") => {
                let made: Value = reader.call(Method::POST, "/v1/calendar").send().await.unwrap().json().await.unwrap();
                let address = made["url"].as_str().unwrap();
                let (_, own) = address.split_once("/v1/").unwrap();
                let own = Answer::to(reader.call(Method::GET, &format!("/v1/{own}"))).await;
                assert_eq!(own.status, 200);
                // One's own feed tells nothing, and its address is another each time.
                let about = Answer::to(filled("{feed}", &id.to_string())).await;
                return (vec![own, about.leveled(name)], true);
            }
            ("POST", "/v1/mirrors") => {
                let target = json!({ "service": "webhook", "url": format!("http://{id}.invalid/") });
                let body = json!({ "name": "Mirror", "target": target, "shows": ["kudos", "gatherings"] });
                (vec![plain(body)], true)
            }
            ("DELETE", "/v1/invites/{id}" | "/v1/devices/{id}" | "/v1/mirrors/{id}" | "/v1/members/{id}")
            | ("POST", "/v1/mirrors/{id}/pause" | "/v1/mirrors/{id}/resume" | "/v1/mirrors/{id}/test") => {
                (vec![filled("{id}", &id.to_string())], true)
            }
            // No round of the pulse is of the id of a card; a blinded element or a number says nothing of one.
            ("POST", "/v1/pulse/{round}/token") => {
                let blinded = json!({ "blinded": "AAAA" });
                (vec![filled("{round}", &id.to_string()).json(&blinded)], true)
            }
            ("POST", "/v1/pulse/{round}/answers") => {
                let answer = json!({ "number": "AAAA", "token": "AAAA", "answer": 3 });
                (vec![filled("{round}", &id.to_string()).json(&answer)], true)
            }
            ("POST", "/v1/invites") => (vec![plain(json!({}))], false),
            ("POST", "/v1/devices") => (vec![plain(json!({ "name": "laptop" }))], false),
            ("POST" | "DELETE", "/v1/calendar")
            | (
                "GET",
                "/v1/invites" | "/v1/devices" | "/v1/calendar" | "/v1/mirrors" | "/v1/export" | "/v1/openapi.json"
                | "/healthz" | "/readyz" | "/metrics" | "/v1/sign-in",
            )
            // Whoever owns the team alone cannot leave it, and is told so.
            | ("DELETE", "/v1/members/me") => (vec![call(&self.path)], false),
            (method, path) => panic!("{method} {path} is new: walk it here as well"),
        };
        let mut answers = Vec::new();
        for call in calls {
            let answer = Answer::to(call).await;
            answers.push(if is_about_it { answer.leveled(name) } else { answer });
        }
        (answers, is_about_it)
    }

    /// What a failure calls it.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// Everything that can be asked of items.
fn questions() -> Vec<String> {
    let kinds = [
        "group_card",
        "card_line",
        "handed_card",
        "handed_line",
        "reaction",
        "reply",
        "snapshot",
        "kudos",
        "member",
    ];
    let of_kinds = kinds
        .iter()
        .map(|kind| format!("/v1/items?kind={kind}&before=1000000&limit=1000"));
    let after = (0..12).map(|after| format!("/v1/items?after={after}&limit=2"));
    after
        .chain(of_kinds)
        .chain(["/v1/items?after=0&limit=1000".to_owned()])
        .collect()
}

/// All that can be written at an id or about it, from a computer that has written nothing yet, so that numbers tell nothing.
#[expect(clippy::too_many_lines, reason = "a line for each thing that can be written")]
async fn written(reader: &Caller, id: ItemId) -> Answer {
    let laptop = reader.laptop().await;
    let me = reader.member;
    let new = || ItemId::new(reader.now);
    let (team, mine) = (Audience::Team, Audience::Only(vec![me]));
    let hidden = Audience::Except(vec![me]);
    let gone = [
        "group_card",
        "card_line",
        "handed_line",
        "reaction",
        "reply",
        "snapshot",
        "kudos",
        "series",
    ];
    let mut asked: Vec<_> = gone.iter().map(|kind| (*kind, id, &team, Value::Null)).collect();
    asked.extend(["group_card", "card_line"].map(|kind| (kind, id, &hidden, Value::Null)));
    asked.extend([
        (
            "snapshot",
            id,
            &team,
            json!({ "text": "", "photos": [], "lifetime": "24h" }),
        ),
        ("group_card", id, &hidden, json!({ "to": me, "title": "For me" })),
        ("card_line", id, &hidden, json!({ "card": new(), "text": "Who is it?" })),
        (
            "card_line",
            card_line_id(me, id),
            &hidden,
            json!({ "card": id, "text": "Who is it?" }),
        ),
        ("handed_card", id, &team, json!({ "to": me, "title": "For me" })),
        (
            "reply",
            new(),
            &team,
            json!({ "target": id, "text": "Is anybody there?" }),
        ),
        (
            "reply",
            new(),
            &hidden,
            json!({ "target": id, "text": "Is anybody there?" }),
        ),
        (
            "reaction",
            reaction_id(me, id, "🎉"),
            &team,
            json!({ "target": id, "emoji": "🎉" }),
        ),
        (
            "rsvp",
            rsvp_id(me, id),
            &team,
            json!({ "gathering": id, "answer": "yes" }),
        ),
        (
            "pair_answer",
            pair_answer_id(me, id),
            &hidden,
            json!({ "pairing": id, "times": [] }),
        ),
        (
            "voice",
            voice_id(me, id),
            &hidden,
            json!({ "decision": id, "said": { "stance": "for" } }),
        ),
        (
            "decision_close",
            new(),
            &hidden,
            json!({ "decision": id, "words": "It is decided." }),
        ),
        ("kudos_hidden", kudos_hidden_id(me, id), &mine, json!({ "kudos": id })),
        (
            "package_consent",
            package_consent_id(me, id),
            &mine,
            json!({ "package": id, "sealed": [] }),
        ),
        (
            "package_declined",
            package_declined_id(me, id),
            &mine,
            json!({ "package": id }),
        ),
        (
            "package_received",
            package_received_id(me, id),
            &mine,
            json!({ "package": id }),
        ),
        ("package_opened", new(), &hidden, json!({ "consent": id, "of": me })),
    ]);
    let ops: Vec<Value> = asked
        .into_iter()
        .map(|(kind, id, audience, body)| laptop.op(kind, id, audience, body))
        .collect();
    let body = json!({ "epoch": laptop.epoch, "ops": ops });
    Answer::to(laptop.call(Method::POST, "/v1/ops").json(&body)).await
}

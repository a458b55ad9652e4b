//! A team's house with something behind every door, and an errand for each: a call that is all right but for who makes
//! it. The doors are the routes that the endpoint describes; one that is new and has no errand here fails whoever asks.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder};
use samovar_domain::{Audience, BlobHash, DeviceId, ItemId, MemberId};
use serde_json::{Value, json};

use crate::given::{Caller, Team, parts_of, snapshot};
use crate::photos::{photo, put};
use crate::pulse::{fetch, switch_on};
use crate::walk::{Route, routes};

/// Whom a door is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// Everybody; there is nothing of the team behind it.
    Everybody,
    /// Whoever brings a secret in the call itself.
    Secret,
    /// A member's device.
    Members,
    /// A device of somebody who is an admin.
    Admins,
}

/// What a team has that a call can name.
#[derive(Debug, Clone)]
pub(crate) struct Things {
    /// The secret part of an invite link.
    pub(crate) invite: String,
    /// The same invite, as admins name it.
    pub(crate) invite_id: String,
    /// The secret part of a calendar feed's address.
    pub(crate) feed: String,
    pub(crate) photo: Vec<u8>,
    /// A computer of Ben's.
    pub(crate) laptop: DeviceId,
    /// Somebody who may be removed.
    pub(crate) member: MemberId,
    pub(crate) mirror: String,
    pub(crate) round: String,
    /// A number and its token: an answer to the round.
    pub(crate) ticket: (String, String),
    /// What Ben may have evaluated.
    pub(crate) blinded: String,
}

/// A team of Ana, who owns it, Ben and Cleo; Dora was removed.
pub(crate) struct House {
    pub(crate) team: Team,
    pub(crate) cleo: Caller,
    pub(crate) things: Things,
    /// Tokens of those who were let in once: Dora's, and one of a computer of Ben's.
    pub(crate) ended: [(&'static str, String); 2],
    /// An invite that was taken back, and a feed in whose place there is another.
    pub(crate) old_invite: String,
    pub(crate) old_feed: String,
    /// Whoever comes by.
    anyone: Client,
}

/// Sends it and reads what was made.
async fn made(call: RequestBuilder) -> Value {
    let answer = call.send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
    answer.json().await.unwrap()
}

/// A new feed's secret.
async fn feed_of(caller: &Caller) -> String {
    let made = made(caller.call(Method::POST, "/v1/calendar")).await;
    let (_, secret) = made["url"].as_str().unwrap().rsplit_once('/').unwrap();
    secret.strip_suffix(".ics").unwrap().to_owned()
}

/// A new invite's secret and id.
async fn invite_of(admin: &Caller) -> (String, String) {
    let made = made(admin.call(Method::POST, "/v1/invites").json(&json!({}))).await;
    let secret = parts_of(made["link"].as_str().unwrap()).1;
    (secret.to_owned(), made["id"].as_str().unwrap().to_owned())
}

/// The round of the pulse that is open, and its key.
async fn round_of(team: &Team) -> (String, String) {
    switch_on(&team.ana).await;
    team.clock.advance(Duration::from_secs(1));
    team.endpoint.tends().await;
    let items = team.ana.page("after=0&limit=1000").await.items;
    let round = items.into_iter().find(|item| item.kind == "pulse_round").unwrap();
    let key = round.body.unwrap()["public_key"].as_str().unwrap().to_owned();
    (round.id.to_string(), key)
}

impl House {
    pub(crate) async fn furnished() -> Self {
        // The first working day of a month, on which a round of the pulse begins.
        let team = Team::gather_at("2026-12-01T10:00:00Z").await;
        let (ana, ben) = (&team.ana, &team.ben);
        let join = async |name| Caller::join(&ana.invite().await, name, ana.now).await;
        let (cleo, dora) = (join("Cleo").await, join("Dora").await);
        let (round, key) = round_of(&team).await;
        let (laptop, lost) = (ben.laptop().await, ben.laptop().await);
        ben.delete(&format!("/v1/devices/{}", lost.device)).await;
        ana.delete(&format!("/v1/members/{}", dora.member)).await;
        let (old_invite, old_id) = invite_of(ana).await;
        ana.delete(&format!("/v1/invites/{old_id}")).await;
        let (invite, invite_id) = invite_of(ana).await;
        let old_feed = feed_of(ben).await;
        let feed = feed_of(ben).await;
        let jpeg = photo();
        let hash = put(ana, &jpeg).await;
        let body = json!({ "text": "Bread from our oven", "photos": [{ "blob": hash, "width": 8, "height": 8, "thumbhash": "" }], "lifetime": "24h" });
        let shared = ana
            .writes("snapshot", ItemId::new(ana.now), &Audience::Team, body)
            .await;
        assert_eq!(shared.problem, None);
        // Nobody listens there.
        let target = json!({ "service": "webhook", "url": "http://127.0.0.1:9/" });
        let mirror = json!({ "name": "Mirror", "target": target, "shows": ["kudos"] });
        let mirror = made(ana.call(Method::POST, "/v1/mirrors").json(&mirror)).await;
        let ticket = fetch(&cleo, &round, &key).await;
        // An element that nobody has had evaluated yet.
        let blinded = crate::pulse::blinded();
        let things = Things {
            invite,
            invite_id,
            feed,
            photo: jpeg,
            laptop: laptop.device,
            member: cleo.member,
            mirror: mirror["id"].as_str().unwrap().to_owned(),
            round,
            ticket: (ticket.number, ticket.token),
            blinded,
        };
        // No stranger comes by the connection of another: whoever is refused may find it closed.
        let anyone = Client::builder().no_proxy().pool_max_idle_per_host(0);
        Self {
            ended: [("a removed member's", dora.token), ("an ended computer's", lost.token)],
            old_invite,
            old_feed,
            anyone: anyone.build().unwrap(),
            things,
            cleo,
            team,
        }
    }

    /// The doors that are for some of these: first those behind which nothing ends, last the one by which Ben leaves.
    pub(crate) async fn doors(&self, of: &[Door]) -> Vec<Route> {
        let mut doors = routes(&self.team.ana).await;
        doors.retain(|route| of.contains(&Errand::at(route, &self.things, self).door));
        assert!(doors.len() >= 4, "there is more than that to be walked");
        let rank = |route: &Route| match (route.method.as_str(), route.path.as_str()) {
            (_, "/v1/members/me") => 3,
            ("DELETE", _) => 2,
            ("GET", _) => 0,
            _ => 1,
        };
        doors.sort_by_key(rank);
        doors
    }

    /// Everything that can be seen of the team from inside.
    pub(crate) async fn state(&self) -> String {
        let Team { ana, ben, endpoint, .. } = &self.team;
        let mut state = format!(
            "{:?}",
            std::fs::read_dir(endpoint.folder().join("blobs")).unwrap().count()
        );
        for (caller, paths) in [
            (
                ana,
                &[
                    "/v1/items?after=0&limit=1000",
                    "/v1/devices",
                    "/v1/invites",
                    "/v1/mirrors",
                ][..],
            ),
            (ben, &["/v1/items?after=0&limit=1000", "/v1/devices", "/v1/calendar"]),
            (&self.cleo, &["/v1/items?after=0&limit=1000", "/v1/devices"]),
        ] {
            for path in paths {
                state += &caller.get(path).await.text().await.unwrap();
            }
        }
        state
    }

    /// What nobody outside may hear.
    pub(crate) fn traces(&self) -> Vec<String> {
        let Team { ana, ben, .. } = &self.team;
        let words = ["Ana", "Ben", "Cleo", "Dora", "Bread", "smv_"].map(str::to_owned);
        let ids = [ana.member, ben.member, self.cleo.member].map(|id| id.to_string());
        let things = &self.things;
        let secrets = [
            &things.invite,
            &things.invite_id,
            &things.feed,
            &things.mirror,
            &things.round,
        ];
        let all = words.into_iter().chain(ids).chain(secrets.into_iter().cloned());
        all.chain([BlobHash::of(&things.photo).to_string()]).collect()
    }

    /// Whose errand it is by right.
    pub(crate) fn right_one(&self, errand: &Errand) -> Option<&Caller> {
        match errand.door {
            Door::Everybody | Door::Secret => None,
            Door::Members => Some(&self.team.ben),
            Door::Admins => Some(&self.team.ana),
        }
    }
}

impl Things {
    /// Things that look like those of a team and never were.
    pub(crate) fn never(now: samovar_domain::Timestamp) -> Self {
        let secret = "A".repeat(43);
        Self {
            invite: secret.clone(),
            invite_id: ItemId::new(now).to_string(),
            feed: secret,
            photo: b"never taken".to_vec(),
            laptop: DeviceId::new(now),
            member: MemberId::new(now),
            mirror: ItemId::new(now).to_string(),
            round: ItemId::new(now).to_string(),
            ticket: ("AAAA".to_owned(), "AAAA".to_owned()),
            blinded: crate::pulse::blinded(),
        }
    }
}

/// What a call brings along.
enum Brought {
    Nothing,
    Words(Value),
    Photo(Vec<u8>),
}

/// A call that is all right but for who makes it.
pub(crate) struct Errand {
    pub(crate) door: Door,
    method: Method,
    path: String,
    brought: Brought,
}

impl Errand {
    /// The one by this route about these things of `house`.
    pub(crate) fn at(route: &Route, things: &Things, house: &House) -> Self {
        use Brought::{Nothing, Photo, Words};
        use Door::{Admins, Everybody, Members, Secret};
        let ben = &house.team.ben;
        let hash = BlobHash::of(&things.photo).to_string();
        let (number, token) = &things.ticket;
        let (door, brought) = match (route.method.as_str(), route.path.as_str()) {
            (
                "GET",
                "/healthz" | "/readyz" | "/metrics" | "/v1/openapi.json" | "/v1/sign-in" | "/v1/sign-in/return",
            ) => (Everybody, Nothing),
            ("POST", "/v1/join") => {
                let body = json!({ "invite": things.invite, "name": "Eve", "time_zone": "UTC", "device_name": "desk" });
                (Secret, Words(body))
            }
            ("GET", "/join/{token}" | "/v1/calendar/{feed}.ics") => (Secret, Nothing),
            ("POST", "/v1/pulse/{round}/answers") => {
                (Secret, Words(json!({ "number": number, "token": token, "answer": 3 })))
            }
            (
                "GET",
                "/v1/items" | "/v1/stream" | "/v1/blobs/{sha256}" | "/v1/devices" | "/v1/calendar" | "/v1/export",
            )
            | ("POST" | "DELETE", "/v1/calendar")
            | ("DELETE", "/v1/devices/{id}" | "/v1/members/me") => (Members, Nothing),
            ("POST", "/v1/ops") => {
                let op = json!({ "n": 1, "id": ItemId::new(ben.now), "kind": "snapshot", "created_at": ben.now, "body": snapshot("I was here") });
                (Members, Words(json!({ "epoch": ben.epoch, "ops": [op] })))
            }
            ("PUT", "/v1/blobs/{sha256}") => (Members, Photo(things.photo.clone())),
            ("POST", "/v1/devices") => (Members, Words(json!({ "name": "a foot in the door" }))),
            ("POST", "/v1/pulse/{round}/token") => (Members, Words(json!({ "blinded": things.blinded }))),
            ("POST", "/v1/invites") => (Admins, Words(json!({}))),
            ("POST", "/v1/mirrors") => {
                let target = json!({ "service": "webhook", "url": "https://example.org/out" });
                (
                    Admins,
                    Words(json!({ "name": "Out", "target": target, "shows": ["kudos"] })),
                )
            }
            ("GET", "/v1/invites" | "/v1/mirrors")
            | ("DELETE", "/v1/invites/{id}" | "/v1/mirrors/{id}" | "/v1/members/{id}")
            | ("POST", "/v1/mirrors/{id}/pause" | "/v1/mirrors/{id}/resume" | "/v1/mirrors/{id}/test") => {
                (Admins, Nothing)
            }
            (method, path) => panic!("{method} {path} is new: say here whom it is for, and with which errand"),
        };
        let id = match route.path.split('/').nth(2) {
            Some("devices") => things.laptop.to_string(),
            Some("members") => things.member.to_string(),
            Some("mirrors") => things.mirror.clone(),
            _ => things.invite_id.clone(),
        };
        let filled = [
            ("{id}", &id),
            ("{sha256}", &hash),
            ("{token}", &things.invite),
            ("{feed}", &things.feed),
            ("{round}", &things.round),
        ];
        let path = filled
            .iter()
            .fold(route.path.clone(), |path, (place, by)| path.replace(place, by));
        assert!(!path.contains('{'), "{path} wants something more");
        Self {
            door,
            method: route.method.parse().unwrap(),
            path,
            brought,
        }
    }

    /// The call, without a word on who makes it.
    pub(crate) fn run(&self, house: &House) -> RequestBuilder {
        let url = format!("{}{}", house.team.endpoint.base_url, self.path);
        let call = house.anyone.request(self.method.clone(), url);
        match &self.brought {
            Brought::Nothing => call,
            Brought::Words(words) => call.json(words),
            Brought::Photo(bytes) => call.body(bytes.clone()),
        }
    }
}

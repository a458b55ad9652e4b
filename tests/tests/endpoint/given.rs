//! Somebody who speaks to the endpoint without a desktop, in words of HTTP.

use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::StreamExt as _;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use samovar_domain::wire::{JoinResponse, OpResult, OpsResponse, Page, ProblemDocument};
use samovar_domain::{Audience, Clock as _, DeviceId, Epoch, ItemId, Kind, MemberId, SystemClock, Timestamp};
use samovar_server::operation::Operation;
use samovar_testkit::{Endpoint, FakeClock, PATIENCE, Standing, Streams, client};
use serde_json::{Value, json};

/// A member with one device.
pub(crate) struct Caller {
    pub(crate) base_url: String,
    pub(crate) token: String,
    pub(crate) member: MemberId,
    pub(crate) device: DeviceId,
    pub(crate) epoch: Epoch,
    /// What time this person has.
    pub(crate) now: Timestamp,
    client: reqwest::Client,
    next: AtomicU64,
}

/// An endpoint of a team of Ana, who owns it, and Ben, on a Monday morning.
pub(crate) struct Team {
    pub(crate) endpoint: Endpoint,
    pub(crate) clock: FakeClock,
    pub(crate) ana: Caller,
    pub(crate) ben: Caller,
}

impl Team {
    pub(crate) async fn gather() -> Self {
        Self::gather_at("2026-11-23T09:00:00Z").await
    }

    /// Two teams whose endpoints carry streams in each of the ways that there are.
    pub(crate) async fn gather_both() -> Vec<Self> {
        let mut teams = Vec::new();
        for streams in Streams::ALL {
            teams.push(Self::gather_with("2026-11-23T09:00:00Z", streams).await);
        }
        teams
    }

    /// At another time.
    pub(crate) async fn gather_at(now: &str) -> Self {
        Self::gather_with(now, Streams::default()).await
    }

    /// An endpoint that is run in this way.
    pub(crate) async fn gather_as(streams: Streams, operation: Operation) -> Self {
        let clock = FakeClock::at("2026-11-23T09:00:00Z");
        let endpoint = Endpoint::start_as(clock.clone(), streams, Standing::default(), operation).await;
        Self::at(endpoint, clock).await
    }

    async fn gather_with(now: &str, streams: Streams) -> Self {
        let clock = FakeClock::at(now);
        let endpoint = Endpoint::start_with(clock.clone(), streams).await;
        Self::at(endpoint, clock).await
    }

    async fn at(endpoint: Endpoint, clock: FakeClock) -> Self {
        let now = samovar_domain::Clock::now(&clock);
        let ana = Caller::join(endpoint.owner_invite.as_deref().unwrap(), "Ana", now).await;
        let ben = Caller::join(&ana.invite().await, "Ben", now).await;
        Self {
            endpoint,
            clock,
            ana,
            ben,
        }
    }
}

/// The address of an invite link, and its secret part.
pub(crate) fn parts_of(link: &str) -> (&str, &str) {
    link.split_once("/join/").expect("a link has its secret at the end")
}

impl Caller {
    /// Joins by a link.
    pub(crate) async fn join(link: &str, name: &str, now: Timestamp) -> Self {
        Self::join_by(client(), link, name, now).await
    }

    /// Joins by a link, with a client that knows whom to trust.
    pub(crate) async fn join_by(client: reqwest::Client, link: &str, name: &str, now: Timestamp) -> Self {
        let (base_url, invite) = parts_of(link);
        let body = json!({ "invite": invite, "name": name, "time_zone": "Europe/Berlin", "device_name": "desk" });
        let answer = client
            .post(format!("{base_url}/v1/join"))
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        let joined: JoinResponse = answer.json().await.unwrap();
        Self {
            base_url: base_url.to_owned(),
            token: joined.token,
            member: joined.member_id,
            device: joined.device_id,
            epoch: joined.epoch,
            now,
            client,
            next: AtomicU64::new(1),
        }
    }

    /// Joins by a link an endpoint that goes by the real time.
    pub(crate) async fn join_now(link: &str, name: &str) -> Self {
        Self::join(link, name, SystemClock.now()).await
    }

    /// Another computer of the same person.
    pub(crate) async fn laptop(&self) -> Self {
        let answer = self
            .call(Method::POST, "/v1/devices")
            .json(&json!({ "name": "laptop" }));
        let enrolled: Value = answer.send().await.unwrap().json().await.unwrap();
        Self {
            base_url: self.base_url.clone(),
            token: enrolled["token"].as_str().unwrap().to_owned(),
            member: self.member,
            device: enrolled["device_id"].as_str().unwrap().parse().unwrap(),
            epoch: self.epoch,
            now: self.now,
            client: client(),
            next: AtomicU64::new(1),
        }
    }

    /// The same device once more, as a copy of its folder is.
    pub(crate) fn again(&self) -> Self {
        Self {
            base_url: self.base_url.clone(),
            token: self.token.clone(),
            client: client(),
            next: AtomicU64::new(self.next.load(Ordering::Relaxed)),
            ..*self
        }
    }

    /// The same person's words at another address.
    pub(crate) fn at(self, base_url: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            ..self
        }
    }

    pub(crate) fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.base_url));
        request.bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.call(Method::GET, path).send().await.unwrap()
    }

    pub(crate) async fn delete(&self, path: &str) -> Response {
        self.call(Method::DELETE, path).send().await.unwrap()
    }

    /// A link that lets one more person in.
    pub(crate) async fn invite(&self) -> String {
        let answer = self
            .call(Method::POST, "/v1/invites")
            .json(&json!({}))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        let invite: Value = answer.json().await.unwrap();
        invite["link"].as_str().unwrap().to_owned()
    }

    /// The next op of the device.
    pub(crate) fn op(&self, kind: &str, id: ItemId, audience: &Audience, body: Value) -> Value {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        json!({ "n": n, "id": id, "kind": kind, "audience": audience, "created_at": self.now, "body": body })
    }

    /// `POST /v1/ops`.
    pub(crate) async fn post(&self, ops: &[Value]) -> Response {
        let request = self.call(Method::POST, "/v1/ops");
        let sent = request.json(&json!({ "epoch": self.epoch, "ops": ops }));
        sent.send().await.unwrap()
    }

    /// Writes one item, and returns what came of it.
    pub(crate) async fn writes(&self, kind: &str, id: ItemId, audience: &Audience, body: Value) -> OpResult {
        let answer = self.post(&[self.op(kind, id, audience, body)]).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let mut answer: OpsResponse = answer.json().await.unwrap();
        answer.results.remove(0)
    }

    /// Shares a snapshot of words with everyone.
    pub(crate) async fn says(&self, words: &str) -> ItemId {
        self.says_to(&Audience::Team, words).await
    }

    pub(crate) async fn says_to(&self, audience: &Audience, words: &str) -> ItemId {
        let id = ItemId::new(self.now);
        let result = self.writes(Kind::SNAPSHOT, id, audience, snapshot(words)).await;
        assert_eq!(result.problem, None);
        id
    }

    pub(crate) async fn page(&self, query: &str) -> Page {
        let answer = self.get(&format!("/v1/items?{query}")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{query}");
        answer.json().await.unwrap()
    }

    /// The words of all snapshots that this member may read, in their order.
    pub(crate) async fn reads(&self) -> Vec<String> {
        let page = self.page("after=0&limit=1000").await;
        let words = |item: samovar_domain::Item| Some(item.body?.get("text")?.as_str()?.to_owned());
        page.items.into_iter().filter_map(words).collect()
    }

    /// Opens the stream.
    pub(crate) async fn stream(&self, after: u64) -> Stream {
        let answer = self.get(&format!("/v1/stream?after={after}")).await;
        assert_eq!(answer.status(), StatusCode::OK);
        Stream::of(answer)
    }
}

pub(crate) fn snapshot(words: &str) -> Value {
    json!({ "text": words, "photos": [], "lifetime": "24h" })
}

/// The database in an endpoint's folder, looked at from outside.
#[cfg(target_os = "linux")]
#[expect(
    clippy::disallowed_methods,
    reason = "a look at the file from outside is what is wanted"
)]
pub(crate) fn database(data: &std::path::Path) -> rusqlite::Connection {
    rusqlite::Connection::open(data.join("samovar-server.db")).unwrap()
}

/// The problem that a call was refused with.
pub(crate) async fn problem(answer: Response) -> ProblemDocument {
    let status = answer.status();
    let kind = answer.headers().get("content-type").cloned();
    let text = answer.text().await.unwrap();
    assert_eq!(kind.unwrap(), "application/problem+json", "{status}: {text}");
    let problem: ProblemDocument = serde_json::from_str(&text).unwrap();
    assert_eq!(problem.status, status.as_u16());
    problem
}

/// The code that a call was refused with, behind its status.
pub(crate) async fn refusal(answer: Response) -> (u16, String) {
    let problem = problem(answer).await;
    (problem.status, problem.code)
}

/// An open stream of events.
pub(crate) struct Stream {
    bytes: futures_util::stream::BoxStream<'static, reqwest::Result<Vec<u8>>>,
    text: String,
}

impl Stream {
    pub(crate) fn of(answer: Response) -> Self {
        let bytes = answer.bytes_stream().map(|piece| piece.map(|bytes| bytes.to_vec()));
        Self {
            bytes: bytes.boxed(),
            text: String::new(),
        }
    }

    /// The next event, as it was sent; `None` when the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<String> {
        let event = async {
            loop {
                if let Some((event, rest)) = self.text.split_once("\n\n") {
                    let (event, rest) = (event.to_owned(), rest.to_owned());
                    self.text = rest;
                    return Some(event);
                }
                let piece = self.bytes.next().await?.ok()?;
                self.text.push_str(std::str::from_utf8(&piece).unwrap());
            }
        };
        tokio::time::timeout(PATIENCE, event).await.expect("an event or an end")
    }

    /// Reads on until an event has these words in it.
    pub(crate) async fn hears(&mut self, words: &str) -> String {
        loop {
            let event = self.next().await.unwrap_or_else(|| panic!("it ended before '{words}'"));
            if event.contains(words) {
                return event;
            }
        }
    }

    /// Reads on until it is over.
    pub(crate) async fn ends(&mut self) {
        while self.next().await.is_some() {}
    }
}

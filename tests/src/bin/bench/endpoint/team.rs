//! A team to measure with: one member with as many devices as are needed, and items as many as are needed. All of it comes
//! over HTTP, as in life.

use std::io;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use samovar_domain::wire::{Invite, JoinResponse, OPS_MAX, OpsResponse, Page};
use samovar_domain::{Clock as _, Epoch, ItemId, SystemClock};
use serde_json::{Value, json};

use super::server::Server;

/// How many calls prepare at the same time.
const AT_ONCE: usize = 32;
/// How many devices one enrols: fewer than the calls that it may make.
const ENROLLED_BY_ONE: usize = 2_000;
/// The words of an item.
pub(super) const WORDS: usize = 200;

/// See the module.
pub(super) struct Team {
    address: String,
    pub(super) epoch: Epoch,
    /// The tokens of its devices.
    pub(super) tokens: Vec<String>,
    client: reqwest::Client,
    /// The last number of the first device's ops.
    written: u64,
}

impl Team {
    /// Joins, and enrols so many devices.
    pub(super) async fn gather(server: &Server, devices: usize) -> io::Result<Self> {
        let client = samovar_testkit::client();
        let invite = server.invite.rsplit('/').next().unwrap_or_default();
        let body = json!({ "invite": invite, "name": "Ana", "time_zone": "Europe/Berlin", "device_name": "desk" });
        let join = client.post(format!("http://{}/v1/join", server.address)).json(&body);
        let joined: JoinResponse = answer(join).await?;
        let mut tokens = vec![joined.token];
        // A device enrols so many and no more, or the endpoint would have it wait.
        while let Some(enroller) = tokens.last().filter(|_| tokens.len() < devices).cloned() {
            let enrolments = (tokens.len()..devices).take(ENROLLED_BY_ONE).map(|_| {
                let enrol = client
                    .post(format!("http://{}/v1/devices", server.address))
                    .bearer_auth(&enroller);
                async move {
                    let enrolled: Value = answer(enrol.json(&json!({ "name": "another" }))).await?;
                    let token = enrolled["token"].as_str().map(ToOwned::to_owned);
                    token.ok_or_else(|| io::Error::other("a device has a token"))
                }
            });
            let enrolled: Vec<String> = stream::iter(enrolments).buffer_unordered(AT_ONCE).try_collect().await?;
            tokens.extend(enrolled);
        }
        Ok(Self {
            address: server.address.clone(),
            epoch: joined.epoch,
            tokens,
            client,
            written: 0,
        })
    }

    /// Writes so many items; returns the newest seq.
    pub(super) async fn write(&mut self, mut items: usize) -> io::Result<u64> {
        let mut head = 0;
        while items > 0 {
            let count = items.min(OPS_MAX);
            let ops: Vec<Value> = (0..count as u64).map(|at| op(self.written + 1 + at)).collect();
            self.written += count as u64;
            items -= count;
            let request = self
                .client
                .post(format!("http://{}/v1/ops", self.address))
                .bearer_auth(&self.tokens[0])
                .json(&json!({ "epoch": self.epoch, "ops": ops }));
            let done: OpsResponse = answer(request).await?;
            if let Some(problem) = done.results.iter().find_map(|result| result.problem.as_ref()) {
                return Err(io::Error::other(problem.to_string()));
            }
            head = done.head;
        }
        Ok(head)
    }

    /// A link that lets somebody in.
    pub(super) async fn invite(&self) -> io::Result<String> {
        let request = self
            .client
            .post(format!("http://{}/v1/invites", self.address))
            .bearer_auth(&self.tokens[0])
            .json(&json!({}));
        let invite: Invite = answer(request).await?;
        invite.link.ok_or_else(|| io::Error::other("a new invite has a link"))
    }

    /// The number of the first device's next op.
    pub(super) fn next_number(&mut self) -> u64 {
        self.written += 1;
        self.written
    }

    /// A page of what comes after.
    pub(super) async fn page(&self, after: u64, limit: u32) -> io::Result<Page> {
        let url = format!("http://{}/v1/items?after={after}&limit={limit}", self.address);
        answer(self.client.get(url).bearer_auth(&self.tokens[0])).await
    }

    /// From here on calls as a program that was just started: nothing is known of connections that the endpoint has ended.
    pub(super) fn comes_anew(&mut self) {
        self.client = samovar_testkit::client();
    }

    /// The newest seq.
    pub(super) async fn head(&self) -> io::Result<u64> {
        Ok(self.page(0, 1).await?.head)
    }
}

/// An item that everybody sees, and that does not expire.
pub(super) fn op(number: u64) -> Value {
    let now = SystemClock.now();
    let body = json!({ "target": ItemId::new(now), "text": "w".repeat(WORDS) });
    json!({ "n": number, "id": ItemId::new(now), "kind": "reply", "audience": "team", "created_at": now, "body": body })
}

async fn answer<T: serde::de::DeserializeOwned>(request: reqwest::RequestBuilder) -> io::Result<T> {
    let answer = request.send().await.map_err(io::Error::other)?;
    if !answer.status().is_success() {
        let status = answer.status();
        return Err(io::Error::other(format!(
            "{status}: {}",
            answer.text().await.unwrap_or_default()
        )));
    }
    answer.json().await.map_err(io::Error::other)
}

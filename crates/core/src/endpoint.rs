//! The endpoint as this desktop talks to it: one method a call of the API, and errors that say whether a retry can help.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Response, StatusCode};
use samovar_domain::wire::{
    CalendarFeed, Head, Invite, InviteRequest, JoinRequest, JoinResponse, OpsRequest, OpsResponse, PAGE_MAX, Page,
    ProblemDocument, PulseAnswerRequest, PulseTokenRequest, PulseTokenResponse,
};
use samovar_domain::{BlobHash, Epoch, ItemId, Problem, Seq};
use serde::de::DeserializeOwned;
use url::Url;

use crate::bounded::{self, NotRead};
use crate::carrier::{Carrier, NotCarried};

/// A call did not go well.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CallError {
    /// No answer: try again later.
    #[error("the endpoint cannot be reached: {0}")]
    Unreachable(String),
    /// 5xx, 429 or something that is not our endpoint: try again later.
    #[error("the endpoint answered {status}")]
    Trouble { status: u16, retry_after: Option<Duration> },
    /// The stream ended or broke. An endpoint that stops says when to come back.
    #[error("the stream ended")]
    StreamEnded { retry_after: Option<Duration> },
    /// 401: this device is not known (any more).
    #[error("the endpoint does not know this device")]
    SignedOut,
    /// 410: page anew from the start.
    #[error("the endpoint asks to sync anew")]
    Resync,
    /// The endpoint refused, and says why.
    #[error("{}", .0.problem)]
    Refused(Refusal),
    /// The team's endpoint is to run on this computer, and does not start: try again later.
    #[error("{0}")]
    NotHosted(Problem),
    /// The local database could not take what came: try again later.
    #[error("{0}")]
    Local(Problem),
}

/// The endpoint's own word on a call. Whether another try can help is for the caller to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The HTTP status.
    pub(crate) status: u16,
    /// Why.
    pub(crate) problem: Problem,
    /// With `op_gap`: the number that is to come next.
    pub(crate) expected: Option<u64>,
}

impl Refusal {
    /// Whether less at once may pass.
    pub(crate) fn is_too_large(&self) -> bool {
        self.status == 413 || self.problem.code == "too_many_ops"
    }
}

impl CallError {
    /// A stable code for the status line.
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Unreachable(_) | Self::StreamEnded { .. } => "unreachable",
            Self::Trouble { status: 429, .. } => "too_many_requests",
            Self::Trouble { .. } => "server_error",
            Self::SignedOut => "unauthorized",
            Self::Resync => "resync",
            Self::Refused(refusal) => &refusal.problem.code,
            Self::NotHosted(problem) | Self::Local(problem) => &problem.code,
        }
    }

    /// How long the endpoint asks to be left alone.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Trouble { retry_after, .. } | Self::StreamEnded { retry_after } => *retry_after,
            _ => None,
        }
    }

    /// Whether nothing took the call at all.
    pub(crate) fn is_nobody_there(&self) -> bool {
        matches!(self, Self::Unreachable(why) if *why == NotCarried::NobodyListens.to_string())
    }

    /// As told to a person who waits for this call.
    pub(crate) fn into_problem(self) -> Problem {
        match self {
            Self::Refused(refusal) => refusal.problem,
            Self::NotHosted(problem) | Self::Local(problem) => problem,
            Self::Unreachable(_) | Self::StreamEnded { .. } => Problem::new(
                "unreachable",
                "The team's endpoint cannot be reached. Check the link and your connection, then try again.",
            ),
            Self::Trouble { status: 429, .. } => Problem::new(
                "too_many_requests",
                "That was too much in too short a time for the team's endpoint. Wait a minute, then try again.",
            ),
            Self::Trouble { status, .. } => Problem::new(
                "server_error",
                format!("The team's endpoint has trouble (HTTP {status}). Try again in a moment."),
            ),
            Self::SignedOut => Problem::new(
                "unauthorized",
                "The team's endpoint does not know this computer any more. What you wrote is kept; join anew with an invite.",
            ),
            Self::Resync => Problem::new("resync", "The team's endpoint was restored; try again in a moment."),
        }
    }
}

/// See the module. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Endpoint {
    carrier: Arc<dyn Carrier>,
    client: Client,
    base: Url,
    token: Option<String>,
}

const PATIENCE: Duration = Duration::from_secs(30);

/// How long an answer in JSON may be. A page of the endpoint ends at 4 MiB and the item that goes beyond.
const JSON_BYTES_MAX: usize = 32 * 1024 * 1024;

/// How long the document of a problem may be.
const PROBLEM_BYTES_MAX: usize = 64 * 1024;

impl Endpoint {
    /// The endpoint at `base`, with a device's token once there is one.
    pub(crate) fn new(carrier: &Arc<dyn Carrier>, base: &Url, token: Option<String>) -> Result<Self, CallError> {
        let agent = concat!("samovar/", env!("CARGO_PKG_VERSION"));
        let client = built(client_for(base).pool_max_idle_per_host(1).user_agent(agent))?;
        Ok(Self {
            carrier: Arc::clone(carrier),
            client,
            base: base.clone(),
            token,
        })
    }

    /// The same endpoint for a caller who does not say who they are: without a token, over connections that nothing else
    /// goes over, and without the version and the encodings by which those who have updated and those who have not could be
    /// told apart.
    pub(crate) fn nameless(&self) -> Result<Self, CallError> {
        Ok(Self {
            carrier: Arc::clone(&self.carrier),
            client: built(client_for(&self.base).pool_max_idle_per_host(0).no_zstd())?,
            base: self.base.clone(),
            token: None,
        })
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        url
    }

    fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method, self.url(path));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// `POST /v1/join`.
    pub(crate) async fn join(&self, request: &JoinRequest) -> Result<JoinResponse, CallError> {
        self.json(
            self.request(reqwest::Method::POST, "/v1/join")
                .json(request)
                .timeout(PATIENCE),
        )
        .await
    }

    /// `DELETE /v1/members/me`: leaves the team, with everything.
    pub(crate) async fn leave(&self) -> Result<(), CallError> {
        let request = self.request(reqwest::Method::DELETE, "/v1/members/me");
        self.send(request.timeout(PATIENCE)).await.map(|_| ())
    }

    /// `GET /v1/export`: a zip of all that the endpoint holds about this desktop's person.
    pub(crate) async fn export(&self) -> Result<Vec<u8>, CallError> {
        let request = self.request(reqwest::Method::GET, "/v1/export");
        let response = self.send(request.timeout(10 * PATIENCE)).await?;
        let bytes = response.bytes().await.map_err(|error| unreachable(&error))?;
        Ok(bytes.to_vec())
    }

    /// `GET /healthz`.
    pub(crate) async fn is_reachable(&self) -> bool {
        let request = self
            .request(reqwest::Method::GET, "/healthz")
            .timeout(Duration::from_secs(5));
        self.send(request).await.is_ok()
    }

    /// `GET /v1/items?after=`.
    pub(crate) async fn page(&self, after: Seq, epoch: Option<Epoch>) -> Result<Page, CallError> {
        let mut query = vec![("after", after.to_string()), ("limit", PAGE_MAX.to_string())];
        query.extend(epoch.map(|epoch| ("epoch", epoch.to_string())));
        self.json(
            self.request(reqwest::Method::GET, "/v1/items")
                .query(&query)
                .timeout(PATIENCE),
        )
        .await
    }

    /// `GET /v1/items?kind=kudos&before=`: older kudos, the newest first; the newest of all when `before` is left out.
    pub(crate) async fn older_kudos(&self, before: Option<Seq>) -> Result<Page, CallError> {
        let mut query = vec![("kind", "kudos".to_owned()), ("limit", "200".to_owned())];
        query.extend(before.map(|before| ("before", before.to_string())));
        self.json(
            self.request(reqwest::Method::GET, "/v1/items")
                .query(&query)
                .timeout(PATIENCE),
        )
        .await
    }

    /// `GET /v1/stream?after=`: the open stream. Its own watchdog bounds it, not a deadline; but its answer must begin.
    pub(crate) async fn stream(&self, after: Seq, epoch: Option<Epoch>) -> Result<Response, CallError> {
        let mut query = vec![("after", after.to_string())];
        query.extend(epoch.map(|epoch| ("epoch", epoch.to_string())));
        let begins = self.send(self.request(reqwest::Method::GET, "/v1/stream").query(&query));
        let begun = tokio::time::timeout(PATIENCE, begins).await;
        begun.map_err(|_| CallError::from(NotCarried::TookTooLong))?
    }

    /// `POST /v1/ops`.
    pub(crate) async fn ops(&self, request: &OpsRequest) -> Result<OpsResponse, CallError> {
        self.json(
            self.request(reqwest::Method::POST, "/v1/ops")
                .json(request)
                .timeout(PATIENCE),
        )
        .await
    }

    /// `PUT /v1/blobs/{sha256}`.
    pub(crate) async fn put_blob(&self, blob: BlobHash, bytes: Vec<u8>) -> Result<(), CallError> {
        let request = self.request(reqwest::Method::PUT, &format!("/v1/blobs/{blob}"));
        self.send(request.body(bytes).timeout(2 * PATIENCE)).await.map(|_| ())
    }

    /// `GET /v1/blobs/{sha256}`.
    pub(crate) async fn get_blob(&self, blob: BlobHash) -> Result<Vec<u8>, CallError> {
        let request = self.request(reqwest::Method::GET, &format!("/v1/blobs/{blob}"));
        let response = self.send(request.timeout(2 * PATIENCE)).await?;
        whole(response, samovar_pictures::MAX_SHARED_BYTES).await
    }

    /// `POST /v1/invites`.
    pub(crate) async fn invite(&self, request: &InviteRequest) -> Result<Invite, CallError> {
        self.json(
            self.request(reqwest::Method::POST, "/v1/invites")
                .json(request)
                .timeout(PATIENCE),
        )
        .await
    }

    /// `GET /v1/calendar`.
    pub(crate) async fn calendar_feed(&self) -> Result<CalendarFeed, CallError> {
        self.json(self.request(reqwest::Method::GET, "/v1/calendar").timeout(PATIENCE))
            .await
    }

    /// `POST /v1/calendar`: a new feed in the place of the one before.
    pub(crate) async fn make_calendar_feed(&self) -> Result<CalendarFeed, CallError> {
        self.json(self.request(reqwest::Method::POST, "/v1/calendar").timeout(PATIENCE))
            .await
    }

    /// `DELETE /v1/calendar`.
    pub(crate) async fn end_calendar_feed(&self) -> Result<(), CallError> {
        let request = self.request(reqwest::Method::DELETE, "/v1/calendar");
        self.send(request.timeout(PATIENCE)).await.map(|_| ())
    }

    /// `POST /v1/pulse/{round}/token`.
    pub(crate) async fn pulse_token(
        &self,
        round: ItemId,
        request: &PulseTokenRequest,
    ) -> Result<PulseTokenResponse, CallError> {
        let path = format!("/v1/pulse/{round}/token");
        self.json(
            self.request(reqwest::Method::POST, &path)
                .json(request)
                .timeout(PATIENCE),
        )
        .await
    }

    /// `POST /v1/pulse/{round}/answers`: for the [`Self::nameless`] one.
    pub(crate) async fn pulse_answer(&self, round: ItemId, request: &PulseAnswerRequest) -> Result<(), CallError> {
        let path = format!("/v1/pulse/{round}/answers");
        let request = self.request(reqwest::Method::POST, &path).json(request);
        self.send(request.timeout(PATIENCE)).await.map(|_| ())
    }

    /// `POST /v1/devices`: enrols this computer anew for the same member.
    pub(crate) async fn enrol(&self, name: &str) -> Result<samovar_domain::wire::EnrolResponse, CallError> {
        let body = serde_json::json!({ "name": name });
        self.json(
            self.request(reqwest::Method::POST, "/v1/devices")
                .json(&body)
                .timeout(PATIENCE),
        )
        .await
    }

    async fn json<T: DeserializeOwned>(&self, request: reqwest::RequestBuilder) -> Result<T, CallError> {
        let response = self.send(request).await?;
        let status = response.status().as_u16();
        let bytes = whole(response, JSON_BYTES_MAX).await?;
        serde_json::from_slice(&bytes).map_err(|_| CallError::Trouble {
            status,
            retry_after: None,
        })
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Response, CallError> {
        let request = request.build().map_err(|error| unreachable(&error))?;
        let response = self.carrier.carry(&self.client, request).await?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let retry_after = response
            .headers()
            .get(reqwest::header::RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.parse().ok())
            .map(Duration::from_secs);
        if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            return Err(CallError::Trouble {
                status: status.as_u16(),
                retry_after,
            });
        }
        let bytes = bounded::read(response, PROBLEM_BYTES_MAX).await.unwrap_or_default();
        match serde_json::from_slice::<ProblemDocument>(&bytes) {
            Ok(_) if status == StatusCode::UNAUTHORIZED => Err(CallError::SignedOut),
            Ok(problem) if problem.code == "resync" => Err(CallError::Resync),
            Ok(problem) => Err(CallError::Refused(Refusal {
                status: status.as_u16(),
                expected: problem.expected,
                problem: Problem {
                    code: problem.code.into(),
                    detail: problem.detail,
                },
            })),
            // A login page of a hotel, a proxy: not our endpoint's word, so nothing is given up because of it.
            Err(_) => Err(CallError::Trouble {
                status: status.as_u16(),
                retry_after,
            }),
        }
    }
}

/// What all clients have in common.
fn client_for(base: &Url) -> reqwest::ClientBuilder {
    // Only the first caller in a process installs it; the others find it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .redirect(reqwest::redirect::Policy::none());
    if is_loopback(base) { builder.no_proxy() } else { builder }
}

fn built(builder: reqwest::ClientBuilder) -> Result<Client, CallError> {
    builder
        .build()
        .map_err(|error| CallError::Unreachable(error.to_string()))
}

/// Whether everything sent there stays on this computer.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl From<NotCarried> for CallError {
    fn from(why: NotCarried) -> Self {
        Self::Unreachable(why.to_string())
    }
}

/// All of an answer that went well.
async fn whole(response: Response, at_most: usize) -> Result<Vec<u8>, CallError> {
    let status = response.status().as_u16();
    bounded::read(response, at_most).await.map_err(|error| match error {
        NotRead::Broken(error) => unreachable(&error),
        // Not our endpoint, or one that is broken.
        NotRead::TooLong(_) => CallError::Trouble {
            status,
            retry_after: None,
        },
    })
}

fn unreachable(error: &reqwest::Error) -> CallError {
    NotCarried::from(error).into()
}

/// `event: head`, read leniently.
pub(crate) fn head_of(data: &str) -> Option<Head> {
    serde_json::from_str(data).ok()
}

#[cfg(test)]
mod tests;

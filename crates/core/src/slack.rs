//! The few calls of Slack's API that a status needs. What they are used for is `slack_status`; every call names its
//! scope: `users.profile:read`, `users.profile:write`, `dnd:read`, `dnd:write` of a user token.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::bounded::{self, NotRead};

/// Where Slack's API is.
pub const API: &str = "https://slack.com/api/";

/// How long a call may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long is waited when Slack wants it and does not say how long.
const RETRY_LATER: Duration = Duration::from_mins(1);
/// How long one of its answers may be.
const BYTES_MAX: usize = 1024 * 1024;
/// The longest status text that Slack takes, in characters.
const TEXT_MAX: usize = 100;

/// Why a call did not do what it was to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SlackError {
    /// The token is wrong, was taken back, or lacks a scope: trying again does not help.
    #[error("Slack does not take the token: {0}")]
    BadToken(String),
    /// Too many calls; again after so long.
    #[error("Slack wants to be asked later")]
    RateLimited(Duration),
    /// The network, or Slack, has trouble.
    #[error("Slack cannot be reached: {0}")]
    Unreachable(String),
    /// Anything else that Slack says.
    #[error("Slack refused: {0}")]
    Refused(String),
}

/// A status as Slack has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct SlackStatus {
    /// At most 100 characters; none when empty.
    #[serde(default, rename = "status_text")]
    pub(crate) text: String,
    /// Such as `:no_bell:`.
    #[serde(default, rename = "status_emoji")]
    pub(crate) emoji: String,
    /// When it goes by itself, in seconds since 1970; never when 0.
    #[serde(default, rename = "status_expiration")]
    pub(crate) expiration: i64,
}

impl SlackStatus {
    /// A status with words cut to what Slack takes.
    pub(crate) fn new(text: &str, emoji: &str, expiration: i64) -> Self {
        Self {
            text: text.chars().take(TEXT_MAX).collect(),
            emoji: emoji.to_owned(),
            expiration,
        }
    }

    /// Whether both say the same; Slack rounds expiries.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        self.text == other.text && self.emoji == other.emoji
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.emoji.is_empty()
    }
}

/// Slack's do-not-disturb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub(crate) struct Snooze {
    /// Whether it is on by hand.
    #[serde(default)]
    pub(crate) snooze_enabled: bool,
    /// Until when, in seconds since 1970.
    #[serde(default)]
    pub(crate) snooze_endtime: i64,
}

#[derive(Deserialize)]
struct ProfileAnswer {
    profile: SlackStatus,
}

#[derive(Deserialize)]
struct Done {}

/// Slack, for one user token.
pub(crate) struct Slack {
    client: Client,
    base: String,
    token: String,
}

impl Slack {
    /// Slack at `base`, which ends in a slash.
    pub(crate) fn new(base: &str, token: &str) -> Result<Self, SlackError> {
        // Only the first caller in a process installs it; the others find it there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .timeout(PATIENCE)
            .pool_max_idle_per_host(0)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("samovar/", env!("CARGO_PKG_VERSION")));
        if url::Url::parse(base).is_ok_and(|base| crate::endpoint::is_loopback(&base)) {
            builder = builder.no_proxy();
        }
        let client = builder
            .build()
            .map_err(|error| SlackError::Unreachable(error.to_string()))?;
        Ok(Self {
            client,
            base: base.to_owned(),
            token: token.to_owned(),
        })
    }

    /// The status as it is.
    pub(crate) async fn status(&self) -> Result<SlackStatus, SlackError> {
        let answer: ProfileAnswer = self.call(self.client.get(self.url("users.profile.get"))).await?;
        Ok(answer.profile)
    }

    /// Sets it.
    pub(crate) async fn set_status(&self, status: &SlackStatus) -> Result<(), SlackError> {
        let body = json!({ "profile": status }).to_string();
        let request = self
            .client
            .post(self.url("users.profile.set"))
            .header(CONTENT_TYPE, "application/json; charset=utf-8")
            .body(body);
        let _: Done = self.call(request).await?;
        Ok(())
    }

    /// How its do-not-disturb stands.
    pub(crate) async fn snooze(&self) -> Result<Snooze, SlackError> {
        self.call(self.client.get(self.url("dnd.info"))).await
    }

    /// Turns it on for so many minutes. When it ends, as Slack says.
    pub(crate) async fn set_snooze(&self, minutes: i64) -> Result<Snooze, SlackError> {
        let request = self
            .client
            .post(self.url("dnd.setSnooze"))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(format!("num_minutes={}", minutes.max(1)));
        self.call(request).await
    }

    /// Turns it off.
    pub(crate) async fn end_snooze(&self) -> Result<(), SlackError> {
        match self.call(self.client.post(self.url("dnd.endSnooze"))).await {
            Ok(Done {}) => Ok(()),
            // It is off already, which is what was wanted.
            Err(SlackError::Refused(code)) if code == "snooze_not_active" => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn url(&self, method: &str) -> String {
        format!("{}{method}", self.base)
    }

    async fn call<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, SlackError> {
        let unreachable = |error: reqwest::Error| SlackError::Unreachable(error.without_url().to_string());
        let answer = request.bearer_auth(&self.token).send().await.map_err(unreachable)?;
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            let seconds = answer
                .headers()
                .get(RETRY_AFTER)
                .and_then(|value| value.to_str().ok()?.parse().ok());
            return Err(SlackError::RateLimited(
                seconds.map_or(RETRY_LATER, Duration::from_secs),
            ));
        }
        if !answer.status().is_success() {
            return Err(SlackError::Unreachable(answer.status().to_string()));
        }
        let answer = bounded::read(answer, BYTES_MAX).await.map_err(|error| match error {
            NotRead::Broken(error) => unreachable(error),
            error @ NotRead::TooLong(_) => SlackError::Unreachable(error.to_string()),
        })?;
        let answer: serde_json::Value =
            serde_json::from_slice(&answer).map_err(|error| SlackError::Unreachable(error.to_string()))?;
        if answer["ok"] == serde_json::Value::Bool(true) {
            return serde_json::from_value(answer).map_err(|error| SlackError::Refused(error.to_string()));
        }
        let code = answer["error"].as_str().unwrap_or("unknown").to_owned();
        Err(match code.as_str() {
            "ratelimited" => SlackError::RateLimited(RETRY_LATER),
            "invalid_auth"
            | "not_authed"
            | "account_inactive"
            | "token_revoked"
            | "token_expired"
            | "missing_scope"
            | "not_allowed_token_type"
            | "no_permission"
            | "user_is_bot" => SlackError::BadToken(code),
            "fatal_error" | "internal_error" | "service_unavailable" | "request_timeout" => {
                SlackError::Unreachable(code)
            }
            _ => SlackError::Refused(code),
        })
    }
}

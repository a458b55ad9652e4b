//! A stand-in for Slack's API on this computer. It takes what Slack's own documents describe and nothing else, so that a
//! call of another form fails here as it would there.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use samovar_domain::Clock as _;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::{FakeClock, stand_in};

/// The one token that it takes.
pub const SLACK_TOKEN: &str = "xoxp-1-2-3-story";

/// See the module. It ends with the last clone.
#[derive(Clone)]
pub struct SlackStandIn {
    state: Inside,
    _task: Arc<tokio_util::task::AbortOnDropHandle<()>>,
    /// As `Parts::slack_api` wants it.
    pub api: String,
}

/// One account, as its own person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SlackAccount {
    /// The status.
    pub text: String,
    /// Its emoji.
    pub emoji: String,
    /// When it goes by itself; never when 0.
    pub expiration: i64,
    /// Until when do-not-disturb is on by hand; off when 0.
    pub snoozed_until: i64,
}

#[derive(Clone)]
struct Inside {
    clock: FakeClock,
    account: Arc<watch::Sender<SlackAccount>>,
    trouble: Arc<Mutex<Trouble>>,
    calls: Arc<watch::Sender<Vec<String>>>,
}

#[derive(Default)]
struct Trouble {
    revoked: bool,
    rate_limited_once: Option<u32>,
}

impl Inside {
    fn trouble(&self) -> MutexGuard<'_, Trouble> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> i64 {
        self.clock.now().millis() / 1000
    }

    /// What went by itself is gone.
    fn present(&self) -> SlackAccount {
        let mut account = self.account.borrow().clone();
        if account.expiration != 0 && account.expiration <= self.now() {
            account = SlackAccount {
                snoozed_until: account.snoozed_until,
                ..SlackAccount::default()
            };
        }
        if account.snoozed_until <= self.now() {
            account.snoozed_until = 0;
        }
        account
    }
}

impl SlackStandIn {
    /// Starts on a free port, for one account.
    pub async fn start(clock: &FakeClock) -> Self {
        let state = Inside {
            clock: clock.clone(),
            account: Arc::new(watch::channel(SlackAccount::default()).0),
            trouble: Arc::default(),
            calls: Arc::new(watch::channel(Vec::new()).0),
        };
        let app = Router::new()
            .route("/api/users.profile.get", get(profile))
            .route("/api/users.profile.set", post(set_profile))
            .route("/api/dnd.info", get(snooze))
            .route("/api/dnd.setSnooze", post(set_snooze))
            .route("/api/dnd.endSnooze", post(end_snooze))
            .with_state(state.clone());
        let (address, task) = stand_in::serve(app).await;
        Self {
            state,
            _task: task,
            api: format!("http://{address}/api/"),
        }
    }

    /// The account as it is now.
    pub fn account(&self) -> SlackAccount {
        self.state.present()
    }

    /// Its person changes it in Slack.
    pub fn changes(&self, account: SlackAccount) {
        self.state.account.send_replace(account);
    }

    /// Every call so far, by its method.
    pub fn calls(&self) -> Vec<String> {
        self.state.calls.borrow().clone()
    }

    /// The token is taken back.
    pub fn revokes(&self) {
        self.state.trouble().revoked = true;
    }

    /// The next call comes too soon, and is to come again after so many seconds.
    pub fn is_busy_once(&self, seconds: u32) {
        self.state.trouble().rate_limited_once = Some(seconds);
    }

    /// Waits until the account is as wanted.
    pub async fn shows(&self, what: &str, is_so: impl Fn(&SlackAccount) -> bool) -> SlackAccount {
        let mut calls = self.state.calls.subscribe();
        let seen = calls.wait_for(|_| is_so(&self.account()));
        let waited = tokio::time::timeout(crate::PATIENCE, seen).await;
        assert!(
            waited.is_ok(),
            "Slack does not show {what}: {:?} after {:?}",
            self.account(),
            self.calls()
        );
        self.account()
    }

    /// Waits until it was asked so often by this method.
    pub async fn is_asked(&self, method: &str, times: usize) {
        let mut calls = self.state.calls.subscribe();
        let count = |calls: &Vec<String>| calls.iter().filter(|call| *call == method).count() >= times;
        let waited = tokio::time::timeout(crate::PATIENCE, calls.wait_for(count)).await;
        assert!(waited.is_ok(), "Slack was only asked: {:?}", self.calls());
    }
}

/// Says why not, or that the call may go on.
fn gate(state: &Inside, headers: &HeaderMap) -> Result<(), Box<Response>> {
    let mut trouble = state.trouble();
    if let Some(seconds) = trouble.rate_limited_once.take() {
        let body = json!({ "ok": false, "error": "ratelimited" }).to_string();
        let headers = [(header::RETRY_AFTER, seconds.to_string())];
        return Err(Box::new((StatusCode::TOO_MANY_REQUESTS, headers, body).into_response()));
    }
    if trouble.revoked {
        return Err(refused("token_revoked"));
    }
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    match given {
        None => Err(refused("not_authed")),
        Some(token) if token != SLACK_TOKEN => Err(refused("invalid_auth")),
        Some(_) => Ok(()),
    }
}

/// Slack says no with a success.
#[expect(clippy::unnecessary_box_returns, reason = "every caller needs it boxed, as an error")]
fn refused(code: &str) -> Box<Response> {
    Box::new(axum::Json(json!({ "ok": false, "error": code })).into_response())
}

/// Answers, and only then tells of the call.
fn answered(state: &Inside, method: &str, answer: Result<Value, Box<Response>>) -> Response {
    state.calls.send_modify(|calls| calls.push(method.to_owned()));
    answer.map_or_else(|refusal| *refusal, |answer| axum::Json(answer).into_response())
}

fn has_type(headers: &HeaderMap, wanted: &str) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    given.is_some_and(|given| given.split(';').next() == Some(wanted))
}

async fn profile(State(state): State<Inside>, headers: HeaderMap) -> Response {
    let answer = gate(&state, &headers).map(|()| {
        let account = state.present();
        json!({ "ok": true, "profile": {
            "status_text": account.text, "status_emoji": account.emoji, "status_expiration": account.expiration,
            "real_name": "Ana", "avatar_hash": "ge3b51ca72de",
        }})
    });
    answered(&state, "users.profile.get", answer)
}

async fn set_profile(State(state): State<Inside>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = gate(&state, &headers).and_then(|()| {
        if !has_type(&headers, "application/json") {
            return Err(refused("invalid_form_data"));
        }
        let body: Value = serde_json::from_slice(&body).map_err(|_| refused("invalid_json"))?;
        let profile = body["profile"].as_object().ok_or_else(|| refused("invalid_profile"))?;
        let text = profile["status_text"]
            .as_str()
            .ok_or_else(|| refused("invalid_profile"))?;
        let emoji = profile["status_emoji"]
            .as_str()
            .ok_or_else(|| refused("invalid_profile"))?;
        let expiration = profile["status_expiration"]
            .as_i64()
            .ok_or_else(|| refused("invalid_profile"))?;
        let is_emoji = emoji.is_empty() || (emoji.len() > 2 && emoji.starts_with(':') && emoji.ends_with(':'));
        if profile.len() != 3 || text.chars().count() > 100 || !is_emoji {
            return Err(refused("profile_status_set_failed_not_valid_emoji"));
        }
        if expiration != 0 && expiration <= state.now() {
            return Err(refused("invalid_profile"));
        }
        let (text, emoji) = (text.to_owned(), emoji.to_owned());
        let snoozed_until = state.present().snoozed_until;
        state.account.send_replace(SlackAccount {
            text,
            emoji,
            expiration,
            snoozed_until,
        });
        Ok(json!({ "ok": true, "profile": body["profile"] }))
    });
    answered(&state, "users.profile.set", answer)
}

fn snooze_of(account: &SlackAccount) -> Value {
    json!({
        "ok": true, "dnd_enabled": false, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1,
        "snooze_enabled": account.snoozed_until != 0, "snooze_endtime": account.snoozed_until,
    })
}

async fn snooze(State(state): State<Inside>, headers: HeaderMap) -> Response {
    let answer = gate(&state, &headers).map(|()| snooze_of(&state.present()));
    answered(&state, "dnd.info", answer)
}

async fn set_snooze(State(state): State<Inside>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = gate(&state, &headers).and_then(|()| {
        if !has_type(&headers, "application/x-www-form-urlencoded") {
            return Err(refused("invalid_form_data"));
        }
        let minutes = std::str::from_utf8(&body)
            .ok()
            .and_then(|body| body.strip_prefix("num_minutes=")?.parse::<i64>().ok())
            .filter(|minutes| *minutes > 0)
            .ok_or_else(|| refused("missing_duration"))?;
        let account = SlackAccount {
            snoozed_until: state.now() + minutes * 60,
            ..state.present()
        };
        let answer = snooze_of(&account);
        state.account.send_replace(account);
        Ok(answer)
    });
    answered(&state, "dnd.setSnooze", answer)
}

async fn end_snooze(State(state): State<Inside>, headers: HeaderMap) -> Response {
    let answer = gate(&state, &headers).and_then(|()| {
        let account = state.present();
        if account.snoozed_until == 0 {
            return Err(refused("snooze_not_active"));
        }
        let account = SlackAccount {
            snoozed_until: 0,
            ..account
        };
        let answer = snooze_of(&account);
        state.account.send_replace(account);
        Ok(answer)
    });
    answered(&state, "dnd.endSnooze", answer)
}

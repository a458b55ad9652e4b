//! Stand-ins on this computer for the services that mirrors are at. Each takes what the service's own documents describe
//! and nothing else, so that a call of another form fails here as it would there; and each can fail in every way.

mod formats;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use samovar_domain::wire::MirrorTarget;
use tokio::sync::watch;

use crate::FakeClock;

/// The token that the stand-ins of Slack's bots and of Matrix take.
pub const MIRROR_TOKEN: &str = "token-that-nobody-may-see";
/// What the stand-in of a webhook knows calls to be signed with.
pub const MIRROR_SECRET: &str = "whsec_bm9ib2R5IG1heSBzZWUgdGhpcyBzZWNyZXQgZXZlciE=";

/// How a call goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An answer of this status, and nothing done.
    Status(u16),
    /// 429, to come again after so many seconds.
    Busy(u32),
    /// No answer, ever; nothing done.
    Silence,
    /// It is elsewhere, it says.
    Elsewhere,
    /// It is done, but the connection breaks before the answer.
    DoneAndCut,
}

/// A message as it stands in the channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// As the service calls it.
    id: String,
    /// What is to be read.
    text: String,
}

#[derive(Default)]
struct Channel {
    shown: Vec<Shown>,
    /// Calls of Matrix and of webhooks that are known by their names, and what they made.
    known: Vec<(String, String)>,
    calls: usize,
    made: usize,
    complaints: Vec<String>,
    faults: Vec<Fault>,
    always: Option<Fault>,
}

#[derive(Clone)]
struct Inside {
    target: Arc<MirrorTarget>,
    clock: FakeClock,
    channel: Arc<Mutex<Channel>>,
    changed: Arc<watch::Sender<usize>>,
}

impl Inside {
    fn channel(&self) -> MutexGuard<'_, Channel> {
        self.channel.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// See the module. It ends when it is dropped.
pub struct MirrorStandIn {
    inside: Inside,
    _task: tokio_util::task::AbortOnDropHandle<()>,
}

/// A target of each service at this address.
fn target_at(service: &str, base: &str) -> MirrorTarget {
    let url = |path: &str| format!("{base}{path}");
    let token = MIRROR_TOKEN.to_owned();
    match service {
        "slack_webhook" => MirrorTarget::SlackWebhook {
            url: url("/services/T0/B0/secret-path"),
        },
        "slack_bot" => MirrorTarget::SlackBot {
            token,
            channel: "C024BE91L".to_owned(),
            server: Some(base.to_owned()),
        },
        "teams" => MirrorTarget::Teams {
            url: url("/workflows/12ab/triggers/manual/paths/invoke?api-version=1&sig=secret-path"),
        },
        "mattermost" => MirrorTarget::Mattermost {
            url: url("/hooks/secret-path"),
        },
        "discord" => MirrorTarget::Discord {
            url: url("/api/webhooks/8812/secret-path"),
        },
        "matrix" => MirrorTarget::Matrix {
            server: base.to_owned(),
            room: "!tea:example.org".to_owned(),
            token,
        },
        "webhook" => MirrorTarget::Webhook {
            url: url("/secret-path"),
            secret: Some(MIRROR_SECRET.to_owned()),
        },
        other => panic!("there is no stand-in for {other}"),
    }
}

impl MirrorStandIn {
    /// Starts one for a service, by its name in the API, on a free port.
    pub async fn start(service: &str, clock: &FakeClock) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a free port can be listened on");
        let address = listener.local_addr().expect("a listener has an address");
        let inside = Inside {
            target: Arc::new(target_at(service, &format!("http://{address}"))),
            clock: clock.clone(),
            channel: Arc::default(),
            changed: Arc::new(watch::channel(0).0),
        };
        let app = axum::Router::new().fallback(answer).with_state(inside.clone());
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, app).await;
        });
        Self {
            inside,
            _task: tokio_util::task::AbortOnDropHandle::new(task),
        }
    }

    /// As an admin sets it up.
    pub fn target(&self) -> MirrorTarget {
        (*self.inside.target).clone()
    }

    /// The next calls go wrong like this, one each.
    pub fn fails_with(&self, faults: &[Fault]) {
        self.inside.channel().faults.extend(faults);
    }

    /// From now on every call goes wrong like this, or none does any more.
    pub fn is_always(&self, fault: Option<Fault>) {
        self.inside.channel().always = fault;
    }

    /// What is to be read in the channel, in order.
    pub fn texts(&self) -> Vec<String> {
        self.inside
            .channel()
            .shown
            .iter()
            .map(|shown| shown.text.clone())
            .collect()
    }

    /// How often it was called.
    pub fn calls(&self) -> usize {
        self.inside.channel().calls
    }

    /// What was not as the service's documents say.
    pub fn complaints(&self) -> Vec<String> {
        self.inside.channel().complaints.clone()
    }

    /// Somebody deletes all that stands there, by hand.
    pub fn is_swept(&self) {
        self.inside.channel().shown.clear();
    }

    /// Waits until what stands in the channel is as wanted.
    pub async fn shows(&self, what: &str, is_so: impl Fn(&[String]) -> bool) {
        let mut changed = self.inside.changed.subscribe();
        let seen = changed.wait_for(|_| is_so(&self.texts()));
        let waited = tokio::time::timeout(crate::PATIENCE, seen).await;
        assert!(
            waited.is_ok(),
            "{:?} does not show {what}: {:?}, complaints: {:?}",
            self.inside.target,
            self.texts(),
            self.complaints()
        );
    }
}

/// What a call asks for, when its form is right.
enum Asked {
    /// To show this; the name is the call's own.
    Show(Option<String>, String),
    /// To show this in the place of what this one was.
    Change(String, String),
    /// To take this away.
    TakeBack(String),
}

async fn answer(State(inside): State<Inside>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let fault = {
        let mut channel = inside.channel();
        channel.calls += 1;
        if channel.faults.is_empty() {
            channel.always
        } else {
            Some(channel.faults.remove(0))
        }
    };
    let answer = match fault {
        Some(Fault::Status(status)) => {
            let status = StatusCode::from_u16(status).expect("a story names a status that there is");
            status.into_response()
        }
        Some(Fault::Busy(seconds)) => {
            let headers = [(header::RETRY_AFTER, seconds.to_string())];
            (StatusCode::TOO_MANY_REQUESTS, headers).into_response()
        }
        Some(Fault::Silence) => std::future::pending().await,
        Some(Fault::Elsewhere) => {
            let headers = [(header::LOCATION, "http://169.254.169.254/latest/meta-data/")];
            (StatusCode::TEMPORARY_REDIRECT, headers).into_response()
        }
        Some(Fault::DoneAndCut) | None => take(&inside, &method, &uri, &headers, &body),
    };
    inside.changed.send_modify(|changes| *changes += 1);
    if fault == Some(Fault::DoneAndCut) {
        // Ends this connection's task without a word.
        std::panic::resume_unwind(Box::new(()));
    }
    answer
}

fn take(inside: &Inside, method: &Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Response {
    let call = formats::Call {
        method,
        uri,
        headers,
        body,
        now: samovar_domain::Clock::now(&inside.clock),
    };
    let asked = formats::read(&inside.target, &call);
    let mut channel = inside.channel();
    match asked {
        Err(complaint) => {
            channel.complaints.push(complaint.clone());
            (StatusCode::BAD_REQUEST, Body::from(complaint)).into_response()
        }
        Ok(Asked::Show(name, text)) => {
            let known = channel.known.iter().find(|(known, _)| Some(known) == name.as_ref());
            let id = if let Some((_, id)) = known {
                id.clone()
            } else {
                channel.made += 1;
                let id = formats::name(&inside.target, channel.made);
                channel.shown.push(Shown { id: id.clone(), text });
                channel.known.extend(name.map(|name| (name, id.clone())));
                id
            };
            formats::taken(&inside.target, &id)
        }
        Ok(Asked::Change(id, text)) => match channel.shown.iter_mut().find(|shown| shown.id == id) {
            Some(shown) => {
                shown.text = text;
                formats::taken(&inside.target, &id)
            }
            None => formats::not_there(&inside.target),
        },
        Ok(Asked::TakeBack(id)) => {
            let before = channel.shown.len();
            channel.shown.retain(|shown| shown.id != id);
            if channel.shown.len() < before {
                formats::taken(&inside.target, &id)
            } else {
                formats::not_there(&inside.target)
            }
        }
    }
}

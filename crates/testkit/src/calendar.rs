//! A calendar as its publisher has it at a private address, on this computer. It knows `ETag`, and remembers how it was
//! asked.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::watch;

use crate::stand_in;

/// See the module. It ends with the last clone.
#[derive(Clone)]
pub struct PublishedCalendar {
    inside: Inside,
    _task: Arc<tokio_util::task::AbortOnDropHandle<()>>,
    /// What its person copies from it.
    pub address: String,
}

#[derive(Clone)]
struct Inside {
    answer: Arc<Mutex<Answer>>,
    versions: Arc<AtomicU32>,
    asked: Arc<watch::Sender<Vec<Option<String>>>>,
}

enum Answer {
    Calendar { text: String, version: u32 },
    Redirect(String),
    Status(u16),
}

impl Inside {
    fn answer(&self) -> MutexGuard<'_, Answer> {
        self.answer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The secret in the address.
pub const CALENDAR_SECRET: &str = "private-5f1e9c";

impl PublishedCalendar {
    /// A calendar of these events, each written as lines of iCalendar between its `BEGIN` and `END`.
    pub async fn of(events: &[&str]) -> Self {
        let inside = Inside {
            answer: Arc::new(Mutex::new(Answer::Calendar {
                text: calendar(events),
                version: 1,
            })),
            versions: Arc::new(AtomicU32::new(1)),
            asked: Arc::new(watch::channel(Vec::new()).0),
        };
        let app = Router::new()
            .route("/{secret}/basic.ics", get(read))
            .with_state(inside.clone());
        let (address, task) = stand_in::serve(app).await;
        Self {
            inside,
            _task: task,
            address: format!("http://{address}/{CALENDAR_SECRET}/basic.ics"),
        }
    }

    /// Its person changes it.
    pub fn becomes(&self, events: &[&str]) {
        self.says(&calendar(events));
    }

    /// It is something else than a calendar.
    pub fn says(&self, text: &str) {
        let version = self.inside.versions.fetch_add(1, Ordering::Relaxed) + 1;
        let text = text.to_owned();
        *self.inside.answer() = Answer::Calendar { text, version };
    }

    /// It leads on.
    pub fn leads_to(&self, address: &str) {
        *self.inside.answer() = Answer::Redirect(address.to_owned());
    }

    /// It answers with a status and nothing else.
    pub fn answers(&self, status: u16) {
        *self.inside.answer() = Answer::Status(status);
    }

    /// How it was asked so far: each time with the version that was known.
    pub fn asked(&self) -> Vec<Option<String>> {
        self.inside.asked.borrow().clone()
    }

    /// Waits until it was asked so often.
    pub async fn is_asked(&self, times: usize) {
        let mut asked = self.inside.asked.subscribe();
        let waited = tokio::time::timeout(crate::PATIENCE, asked.wait_for(|asked| asked.len() >= times)).await;
        assert!(waited.is_ok(), "the calendar was only asked: {:?}", self.asked());
    }
}

fn calendar(events: &[&str]) -> String {
    let mut lines = vec!["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Story//EN"];
    for event in events {
        lines.push("BEGIN:VEVENT");
        lines.extend(event.lines());
        lines.push("END:VEVENT");
    }
    lines.push("END:VCALENDAR");
    lines.join("\r\n") + "\r\n"
}

async fn read(State(inside): State<Inside>, Path(secret): Path<String>, headers: HeaderMap) -> Response {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let answer = match &*inside.answer() {
        _ if secret != CALENDAR_SECRET => StatusCode::NOT_FOUND.into_response(),
        Answer::Calendar { text, version } => {
            let etag = format!("\"{version}\"");
            if known == Some(&etag) {
                StatusCode::NOT_MODIFIED.into_response()
            } else {
                ([(header::ETAG, etag)], text.clone()).into_response()
            }
        }
        Answer::Redirect(to) => (StatusCode::FOUND, [(header::LOCATION, to.clone())]).into_response(),
        Answer::Status(status) => StatusCode::from_u16(*status).unwrap_or_default().into_response(),
    };
    inside
        .asked
        .send_modify(|asked| asked.push(known.map(ToOwned::to_owned)));
    answer
}

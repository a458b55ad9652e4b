//! A call of a desktop, and what of it is on its way.

use std::io;

use axum::body::Body;
use axum::http;
use samovar_core::carrier::NotCarried;
use tokio::sync::{mpsc, oneshot};

/// How bad the network is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weather {
    /// How many calls, answers and pieces of streams are lost, in a thousand.
    pub(crate) loss: u32,
    /// How many take seconds, in a thousand.
    pub(crate) slow: u32,
    /// How many calls arrive twice, in a thousand.
    pub(crate) twice: u32,
}

impl Weather {
    pub(crate) const FINE: Self = Self {
        loss: 0,
        slow: 0,
        twice: 0,
    };
}

/// What arrives at the endpoint.
pub(crate) struct Arrival {
    pub(crate) call: u64,
    pub(crate) node: usize,
    pub(crate) desktop: usize,
    pub(crate) request: http::Request<Body>,
    /// The body, for those who look on.
    pub(crate) sent: Vec<u8>,
}

/// What a desktop calls for.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) desktop: usize,
    /// Which node a balancer has it go to.
    pub(crate) node: usize,
    pub(crate) method: http::Method,
    pub(crate) uri: String,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Asked {
    /// At the endpoint.
    pub(crate) fn arrives(&self, call: u64) -> Arrival {
        let mut request = http::Request::builder().method(&self.method).uri(&self.uri);
        *request.headers_mut().unwrap() = self.headers.clone();
        Arrival {
            call,
            node: self.node,
            desktop: self.desktop,
            request: request.body(Body::from(self.body.clone())).unwrap(),
            sent: self.body.clone(),
        }
    }
}

/// The beginning of an answer.
pub(crate) type Head = Result<(http::StatusCode, http::HeaderMap), NotCarried>;
pub(crate) type Piece = io::Result<bytes::Bytes>;

/// What is on its way at once.
pub(crate) enum Packet {
    Call(u64),
    Head(u64, http::StatusCode, http::HeaderMap),
    Piece(u64, bytes::Bytes),
    End(u64),
    Break(u64, NotCarried),
}

/// See the module.
pub(crate) struct Call {
    pub(crate) asked: Asked,
    pub(crate) head: Option<oneshot::Sender<Head>>,
    pub(crate) body: Option<mpsc::UnboundedSender<Piece>>,
    /// When the last of its packets arrives: none overtakes another.
    pub(crate) last: u64,
    /// Nothing of it arrives any more.
    pub(crate) is_dead: bool,
    /// While its link is cut its packets wait, as they do when TCP sends them again; else they are gone, and it is dead.
    pub(crate) is_patient: bool,
    pub(crate) waiting: Vec<Packet>,
    pub(crate) is_at_endpoint: bool,
}

impl Call {
    /// One to whose answer nobody listens.
    pub(crate) fn unheard(asked: Asked) -> Self {
        Self {
            asked,
            head: None,
            body: None,
            last: 0,
            is_dead: false,
            is_patient: false,
            waiting: Vec::new(),
            is_at_endpoint: false,
        }
    }
}

/// The way between a desktop and a node: whether anything goes up it, and down.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link {
    pub(crate) up: bool,
    pub(crate) down: bool,
}

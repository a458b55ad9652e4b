//! What all handlers share, and who calls.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore as _;
use samovar_domain::{Clock, Timestamp};
use sha2::{Digest, Sha256};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::blobs::{Blobs, Folder};
use crate::connection::Peer;
use crate::mirrors::Mirroring;
use crate::open_streams::OpenStreams;
use crate::operation::drain::Drain;
use crate::operation::limits::Limits;
use crate::operation::proxies::TrustedProxies;
use crate::operation::readiness::Readiness;
use crate::paging::PagingAnew;
use crate::problem::ApiError;
use crate::ring::Ring;
use crate::sign_in::SignIn;
use crate::store::{Caller, Store};

/// What all handlers share, as one of them holds it. Cheap to clone: each call does so several times.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// What all handlers share.
pub(crate) struct Shared {
    /// What the endpoint remembers.
    pub(crate) store: Arc<dyn Store>,
    /// Live fan-out.
    pub(crate) ring: Arc<Ring>,
    /// What time it is.
    pub(crate) clock: Arc<dyn Clock>,
    /// Where photos lie.
    pub(crate) blobs: Arc<dyn Blobs>,
    /// Where backups are put together, among the photos if those are files.
    pub(crate) staging: Arc<Folder>,
    /// The address that links are made with, without a slash at the end.
    pub(crate) public_url: Arc<str>,
    /// Streams that are open: the store's commits end those of devices that are no more.
    pub(crate) streams: OpenStreams,
    /// Who is just fetching the team anew.
    pub(crate) paging: Arc<PagingAnew>,
    /// Something new expires, or a series changed: the upkeep looks again.
    pub(crate) upkeep: Arc<Notify>,
    /// Mirrors, and who carries to them.
    pub(crate) mirroring: Arc<Mirroring>,
    /// Whether the team, its roles or its members changed, and with them possibly when pairs are drawn.
    pub(crate) draw_may_move: Arc<AtomicBool>,
    /// The same, with when a round of the pulse is opened or closed.
    pub(crate) pulse_may_move: Arc<AtomicBool>,
    /// A series, a gathering or an answer to one was written: when rooms are mixed is to be looked up again.
    pub(crate) rooms_may_differ: Arc<AtomicBool>,
    /// How much one may ask.
    pub(crate) limits: Arc<Limits>,
    /// Whose word on where a call comes from is believed.
    pub(crate) proxies: Arc<TrustedProxies>,
    /// Whether it can serve.
    pub(crate) readiness: Arc<Readiness>,
    /// How streams leave when the endpoint stops.
    pub(crate) drain: Arc<Drain>,
    /// How people sign in by their company's provider, where they do.
    pub(crate) sign_in: OnceLock<SignIn>,
    /// Cancelled when the endpoint stops.
    pub(crate) stopping: CancellationToken,
    /// For `/metrics`.
    pub(crate) counters: Arc<Counters>,
}

/// Totals since the start. Nothing here is about a person.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    /// Ops that were applied.
    pub(crate) ops: AtomicU64,
    /// Ops that were refused.
    pub(crate) ops_refused: AtomicU64,
    /// Photos that were taken.
    pub(crate) blobs: AtomicU64,
    /// Connections that were told to come again, since there was no room.
    pub(crate) turned_away: AtomicU64,
    /// Streams that are open.
    pub(crate) streams: AtomicU64,
    /// Calls by route and status.
    pub(crate) calls: Mutex<BTreeMap<(String, u16), u64>>,
}

impl Counters {
    pub(crate) fn count_call(&self, route: String, status: u16) {
        *self
            .calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry((route, status))
            .or_default() += 1;
    }

    pub(crate) fn add(counter: &AtomicU64, count: usize) {
        counter.fetch_add(count as u64, Ordering::Relaxed);
    }
}

impl From<Shared> for App {
    fn from(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl App {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The address that a call comes from; `None` where there is no connection, as in some tests.
    pub(crate) fn caller_address(&self, extensions: &Extensions, headers: &HeaderMap) -> Option<IpAddr> {
        let Peer(peer) = extensions.get::<Peer>()?;
        Some(self.proxies.caller(peer.ip(), headers))
    }

    /// Whether people reach it by TLS.
    pub(crate) fn has_tls(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// A new secret of 256 random bits.
pub(crate) fn new_secret() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored of a secret, and what it is looked up by. No secret is ever compared: how long a look-up takes may tell
/// of the hash of what was guessed, and nobody can guess towards a hash.
pub(crate) fn hash_secret(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let header = parts
            .headers
            .get(axum::http::header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix("Bearer "));
        let caller = match token {
            Some(token) => app.store.caller(&hash_secret(token.trim())).await?,
            None => None,
        };
        let Some(caller) = caller else {
            if let Some(address) = app.caller_address(&parts.extensions, &parts.headers) {
                app.limits.failed(address).map_err(ApiError::too_many_requests)?;
            }
            return Err(ApiError::unauthorized());
        };
        app.limits.called(caller.device).map_err(ApiError::too_many_requests)?;
        Ok(caller)
    }
}

//! How an endpoint is run: how much one may ask of it, whom it believes, how it is reached, how it stops. None of it is
//! about what a team writes.

pub(crate) mod drain;
pub(crate) mod limits;
pub(crate) mod overload;
pub(crate) mod proxies;
pub(crate) mod readiness;
pub(crate) mod sockets;
pub(crate) mod starting;
pub(crate) mod tls;

use std::time::Duration;

pub use self::limits::LimitSettings;
pub use self::proxies::{NotANetwork, TrustedProxies};
pub use self::tls::{TlsError, TlsFiles};

/// See the module. What an operator sets; the default is what holds when nothing is said.
#[derive(Debug, Clone)]
pub struct Operation {
    /// How much one may ask.
    pub limits: LimitSettings,
    /// Whose word on where a call comes from is believed.
    pub trusted_proxies: TrustedProxies,
    /// Its certificate, when it does TLS itself.
    pub tls: Option<TlsFiles>,
    /// The most connections at the same time; fewer when the system does not allow so many.
    pub connections: usize,
    /// For how long streams may take to leave when it stops: each in its turn.
    pub drain: Duration,
    /// How long what was sent to a peer may stay without an answer before the peer counts as gone.
    pub vanished: Duration,
}

impl Default for Operation {
    fn default() -> Self {
        Self {
            limits: LimitSettings::default(),
            trusted_proxies: TrustedProxies::default(),
            tls: None,
            connections: overload::CONNECTIONS,
            drain: Duration::from_secs(10),
            vanished: sockets::VANISHED,
        }
    }
}

//! How an endpoint is run: how much one may ask of it, whom it believes, how it is reached, how it stops. None of it is
//! about what a team writes.

pub(crate) mod limits;
pub(crate) mod proxies;

pub use self::limits::LimitSettings;
pub use self::proxies::{NotANetwork, TrustedProxies};

/// See the module. What an operator sets; the default is what holds when nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Operation {
    /// How much one may ask.
    pub limits: LimitSettings,
    /// Whose word on where a call comes from is believed.
    pub trusted_proxies: TrustedProxies,
}

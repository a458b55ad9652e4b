//! What came of a call.

use std::time::Duration;

/// What went wrong. Its code is stable, names nobody, and is all that is kept and told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing answers there.
    Unreachable,
    /// It took too long, or the connection broke in the middle.
    Cut,
    /// Too many calls; later.
    Busy,
    /// The service has trouble of its own.
    Failing,
    /// The service does not take this message.
    Refused,
    /// The token or the address is not good (any more).
    NotAllowed,
    /// There is no such webhook, channel or room (any more).
    Gone,
    /// It answers that it is elsewhere, and calls follow nobody.
    Redirected,
    /// The name leads to an address that is not on the public internet.
    NotPublic,
}

impl Trouble {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Cut => "cut",
            Self::Busy => "busy",
            Self::Failing => "failing",
            Self::Refused => "refused",
            Self::NotAllowed => "not_allowed",
            Self::Gone => "gone",
            Self::Redirected => "redirected",
            Self::NotPublic => "not_public",
        }
    }
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is done; `reference` names the message for what comes later.
    Done {
        /// As the service names it.
        reference: Option<String>,
    },
    /// It was not done, and may be tried again.
    Later {
        /// Not before so long, if the service says so.
        after: Option<Duration>,
        /// Why.
        trouble: Trouble,
    },
    /// Nobody knows whether it was done.
    Unknown(Trouble),
    /// The service does not take this one; others may pass.
    Refused,
    /// Nothing passes any more until an admin has mended it.
    Broken(Trouble),
}

/// What a service answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// How long to wait, if it says so.
    pub(crate) retry_after: Option<Duration>,
    /// The first bytes of the body.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body as JSON; null when it is none.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// What the status alone says.
    pub(crate) fn outcome(&self) -> Outcome {
        let later = |trouble| Outcome::Later {
            after: self.retry_after,
            trouble,
        };
        match self.status {
            200..=299 => Outcome::Done { reference: None },
            300..=399 => Outcome::Broken(Trouble::Redirected),
            401 | 403 => Outcome::Broken(Trouble::NotAllowed),
            404 | 410 => Outcome::Broken(Trouble::Gone),
            429 => later(Trouble::Busy),
            // Whoever stands in front of it gave up waiting: what stands behind may have done it.
            408 | 504 => Outcome::Unknown(Trouble::Cut),
            500..=599 => later(Trouble::Failing),
            _ => Outcome::Refused,
        }
    }
}

impl Outcome {
    /// What went wrong, if anything.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Done { .. } => None,
            Self::Later { trouble, .. } | Self::Unknown(trouble) | Self::Broken(trouble) => Some(*trouble),
            Self::Refused => Some(Trouble::Refused),
        }
    }
}

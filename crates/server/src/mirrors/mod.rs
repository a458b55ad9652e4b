//! Mirrors: kudos and gatherings that the whole team sees, shown also where the team already talks. What is shown
//! (`message`), in which words (`words`), in which form a service wants it (`services`) and where an endpoint may call
//! at all (`addresses`) is pure; `carrier` makes the calls, `run` decides when. The queue is the store's: it is filled in
//! the transaction that writes the item, and survives whatever happens to this process.

mod addresses;
mod backoff;
mod carrier;
mod escape;
mod message;
mod outcome;
mod run;
mod services;
mod target;
mod words;

pub use addresses::Reach;
pub(crate) use backoff::{GIVEN_UP_AFTER, wait};
pub(crate) use carrier::Carrier;
pub(crate) use message::{AHEAD_MINUTES, Message, of as message_of};
pub(crate) use outcome::{Outcome, Trouble};
pub(crate) use run::{Mirroring, carry_all, run, try_out};
pub(crate) use services::{Deed, repeats_safely};
pub(crate) use target::{check as check_request, host, signing_secret};
pub(crate) use words::Language;

use samovar_domain::wire::MirrorTarget;
use samovar_domain::{MirrorId, Timestamp};

/// Something to be done at a mirror: the oldest that waits there.
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    /// Where.
    pub mirror: MirrorId,
    /// Its number in the queue.
    pub n: i64,
    /// Where, and what opens it.
    pub target: MirrorTarget,
    /// In which language.
    pub language: Language,
    /// What.
    pub deed: Deed,
}

impl Load {
    /// Names it, the same whenever it is tried again: a service that knows such names shows it once.
    pub(crate) fn key(&self) -> String {
        format!("{}-{}", self.mirror, self.n)
    }
}

/// A mirror that has something to be done, now or later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub mirror: MirrorId,
    /// When.
    pub at: Timestamp,
}

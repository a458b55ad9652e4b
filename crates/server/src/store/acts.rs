//! What admins and operators do in the name of the team, as it is kept: when, who, what, to what kind of thing. Which one it
//! was, and what it says, is not kept.

use std::time::Duration;

use samovar_domain::{MemberId, Timestamp};
use serde::Serialize;

/// How long an act is kept.
pub const ACTS_KEPT: Duration = Duration::from_hours(180 * 24);

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// It is there now.
    Made,
    /// It says something else now.
    Changed,
    /// It is gone; of a member: their access, and what they said about themselves.
    Removed,
    /// A member with everything of theirs.
    Erased,
    /// A mirror shows nothing for now.
    Paused,
    /// A mirror shows what there is again.
    Resumed,
}

impl Deed {
    /// As it is kept and told.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Erased => "erased",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
        }
    }
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Somebody in the team, with their present name.
    Member(MemberId, String),
    /// Whoever runs the endpoint.
    CommandLine,
    /// What somebody's groups at the company's provider say, as they signed in.
    SignIn,
    /// Somebody who has left the team.
    Former,
}

impl Actor {
    /// In words.
    pub fn words(&self) -> &str {
        match self {
            Self::Member(_, name) => name,
            Self::CommandLine => "command line",
            Self::SignIn => "sign-in",
            Self::Former => "a former member",
        }
    }
}

/// An act, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Act {
    /// When.
    pub at: Timestamp,
    /// Who: a present member's name, `command line`, `sign-in`, or `a former member`.
    pub by: String,
    /// The member, when they are (still) one.
    pub member: Option<MemberId>,
    /// What: see [`Deed`].
    pub deed: String,
    /// To what kind of thing: `invite`, `member`, `role`, `device`, `mirror`, `coordinators`, or the kind of an item.
    pub thing: String,
}

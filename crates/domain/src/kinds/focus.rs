//! Uninterrupted time, and the one way through it.

use serde::{Deserialize, Serialize};

use crate::{ItemId, MemberId, Timestamp};

/// A block of uninterrupted time; each member has one at most, under an id that follows from theirs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Focus {
    /// When it ends.
    pub until: Timestamp,
    /// What for; at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether a teammate with a good reason may break through; see [`BreakThrough`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reachable: bool,
}

/// Something that cannot wait until a focus ends. Only the two see it, and it is over after twelve hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakThrough {
    /// Whose focus.
    pub to: MemberId,
    /// Why it cannot wait: 10 to 200 characters.
    pub reason: String,
}

/// The id of a member's focus: the same on each of their devices, so that the later of two writes stands.
pub fn focus_id(member: MemberId) -> ItemId {
    ItemId::derived(&["focus", &member.to_string()])
}

//! What the team expects of replies and meetings. Expectations are for trust: nobody's replies are ever counted.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ItemId;

/// The team's norms: one page, set by admins.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Norms {
    /// Where the team writes to each other, at most twenty.
    pub channels: Vec<Channel>,
    /// What holds for meetings; at most 2,000 characters.
    #[serde(default)]
    pub meetings: String,
    /// Whether nobody expects a reply outside the hours of the one who is asked.
    #[serde(default = "yes")]
    pub no_reply_off_hours: bool,
}

fn yes() -> bool {
    true
}

/// A way to reach each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Channel {
    /// Such as "Chat"; 1 to 80 characters.
    pub name: String,
    /// When to use it; at most 500 characters.
    #[serde(default)]
    pub when: String,
    /// Within how many working hours of the one who is asked a reply is expected, 1 to 200; `None` when none is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reply_within_hours: Option<u32>,
}

/// The id of the team's norms.
pub fn norms_id() -> ItemId {
    ItemId::derived(&["norms"])
}

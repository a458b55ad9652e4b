//! The pulse: one question a month, whose answers nobody can tell apart.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ItemId, Timestamp};

/// Whether and how the team asks itself; off by default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PulseSettings {
    /// Whether it asks at all.
    #[serde(default)]
    pub on: bool,
    /// How many days a round is open, 3 to 21; 10 when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub open_days: Option<u32>,
}

/// A round. Owned by the team and written by the endpoint alone; everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PulseRound {
    /// Which of the questions that the programs have words for; `belong` is "I feel that I belong in this team".
    pub question: String,
    /// From when on it is answered.
    pub opens_at: Timestamp,
    /// Until when.
    pub closes_at: Timestamp,
    /// What tokens of this round are checked with, in base64: the same for everybody, so that nobody is marked by a key.
    pub public_key: String,
}

/// What came of a round. Owned by the team and written by the endpoint alone; everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PulseResult {
    /// Of which round.
    pub round: ItemId,
    /// How many have said 1, 2, 3, 4 and 5; `None` when there were fewer than five in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub counts: Option<[u32; 5]>,
}

/// The id of what came of a round.
pub fn pulse_result_id(round: ItemId) -> ItemId {
    ItemId::derived(&["pulse-result", &round.to_string()])
}

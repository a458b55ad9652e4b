//! The pulse, ready to be drawn: the question while a round is open, and what came of those before.

use samovar_domain::kinds::PulseSettings;
use samovar_domain::{ItemId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything about the pulse.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PulseCard {
    /// Now, by the core's clock.
    pub now: Timestamp,
    /// Whether one may switch it on and off.
    pub is_admin: bool,
    /// Whether and how the team asks itself; how many days a round is open is always said.
    pub settings: PulseSettings,
    /// When the next round opens; `null` when none will.
    pub next_at: Option<Timestamp>,
    /// The round that is open.
    pub open: Option<PulseOpen>,
    /// What came of rounds, newest first.
    pub results: Vec<PulseOutcome>,
}

/// A round that is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PulseOpen {
    /// The item.
    pub round: ItemId,
    /// Which question, of those that there are words for.
    pub question: String,
    /// Until when it is answered.
    pub closes_at: Timestamp,
    /// How it stands on this computer.
    pub state: PulseState,
    /// Whether it was put away on this computer.
    pub is_put_away: bool,
}

/// How an open round stands on this computer. Nobody else knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PulseState {
    /// It can be answered here.
    Asks,
    /// It was answered here. What was said is not told again.
    Answered,
    /// Another computer of one's own has this round's one token, so it is answered from there.
    Elsewhere,
    /// The endpoint did not prove that it treats everybody alike, so nothing is answered.
    Unproven,
}

/// What came of a round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PulseOutcome {
    /// Of which round.
    pub round: ItemId,
    /// Which question, of those that there are words for.
    pub question: String,
    /// When it closed.
    pub closed_at: Timestamp,
    /// How many have said 1, 2, 3, 4 and 5; `null` when fewer than five have answered.
    pub counts: Option<[u32; 5]>,
    /// Whether it closed within the last seven days.
    pub is_recent: bool,
}

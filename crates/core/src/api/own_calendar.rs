//! One's own calendar, as the settings show it.

use samovar_domain::{Problem, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What this computer reads of one's own calendar. The address itself is not told again: it may be a secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OwnCalendarCard {
    /// On which host it is; `null` when none is read.
    pub host: Option<String>,
    /// Whether the team's planner is told when one is busy.
    pub tells: bool,
    /// How many times it says that one is busy in the coming five weeks.
    pub busy: u32,
    /// When it was read last.
    pub read_at: Option<Timestamp>,
    /// Why it could not be read since.
    pub problem: Option<Problem>,
}

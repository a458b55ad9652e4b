//! Focus as it is set, what waits during it, and what this computer can do for it.

use chrono::NaiveDate;
use samovar_domain::hours::Hours;
use samovar_domain::{ItemId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What one has set about focus, on this computer.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct FocusSettings {
    /// Recurring blocks in one's own zone, as `09:00-11:00` a weekday; none when empty.
    pub blocks: Hours,
    /// What the blocks are for; the team sees it. At most 200 characters.
    pub note: String,
    /// How many teammates a day may break through with a reason: 0 to 3.
    pub break_throughs: u8,
    /// Whether a gathering that one has said to come to ends a focus two minutes before it begins.
    pub gathering_ends_focus: bool,
    /// Whether the system's own do-not-disturb is on while a focus lasts, where this computer lets Samovar set it.
    pub do_not_disturb: bool,
}

/// What Samovar can do with the system's do-not-disturb on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum DoNotDisturb {
    /// Turn it on and off.
    CanBeSet,
    /// Nothing: this system has none that a program can set.
    #[default]
    CannotBeSet,
}

/// The Slack account whose status follows one's focus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SlackCard {
    /// Where its token is kept.
    pub kept: TokenPlace,
    /// Slack's own code of why it does not work at present, such as `token_revoked`; `null` when it does.
    pub trouble: Option<String>,
}

/// Where a token is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum TokenPlace {
    /// In the system's keyring.
    Keyring,
    /// In a file that only its person may read, as they have agreed.
    File,
    /// In memory, until Samovar ends.
    ThisRun,
}

/// Something that waits for the digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct HeldCard {
    /// One line.
    pub title: String,
    /// When it was written, or is due.
    pub at: Timestamp,
    /// The item it is about.
    pub item: Option<ItemId>,
    /// The Monday of the week whose draw of pair calls it is about: one may skip that, until it is drawn.
    #[ts(type = "string | null")]
    pub week_to_skip: Option<NaiveDate>,
}

//! Pair calls: who wants one, and who was drawn.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ItemId, MemberId, Timestamp};

/// A member's wish for pair calls. Nobody but the member and the endpoint's draw ever reads it: its audience is the
/// member alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PairOptIn {
    /// Every 1, 2 or 4 weeks.
    pub every_weeks: u32,
    /// Not drawn before this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string")]
    pub paused_until: Option<NaiveDate>,
    /// Not drawn in the week of this Monday: one click on the notice of the day before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string")]
    pub skip_week: Option<NaiveDate>,
    /// What one likes to talk about, at most ten of 80 characters: a note to oneself, shown with the call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub topics: Vec<String>,
    /// With whom rather not, at most fifty; confidential, and never a reason that anybody is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<MemberId>>")]
    pub not_with: Vec<MemberId>,
}

/// Why somebody was not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Unmatched {
    /// They have paused, or skipped the week.
    Paused,
    /// They are away.
    Away,
    /// It is not their week: they are drawn every two or four weeks.
    NotTheirWeek,
    /// Nobody else could be drawn with them this week.
    NobodyLeft,
}

/// Why just these were drawn together: what the explain view tells.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PairReason {
    /// How many minutes of their working hours fall together in the week.
    pub shared_minutes: u32,
    /// How many weeks ago they last met; `None` when they have not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub weeks_since_met: Option<u32>,
    /// The most weeks that one of them has waited.
    #[serde(default)]
    pub weeks_waited: u32,
}

/// Two or three who were drawn for a call, or one who could not be. Owned by the team; only they see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Pairing {
    /// The Monday of the week it is for.
    #[ts(type = "string")]
    pub week: NaiveDate,
    /// Two or three; one alone when `unmatched` is said.
    pub members: Vec<MemberId>,
    /// Why there is nobody to meet this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unmatched: Option<Unmatched>,
    /// Three times that suit all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<Timestamp>,
    /// How long the call is, in minutes.
    pub duration_min: u32,
    /// Where to meet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub link: Option<String>,
    /// Two things to talk about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prompts: Vec<String>,
    /// Who writes first, if nobody has answered within a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ice_breaker: Option<MemberId>,
    /// Why these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub why: Option<PairReason>,
}

/// A member's answer to a pairing; the others of the pairing see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairAnswer {
    /// To which.
    pub pairing: ItemId,
    /// Which of its times suit, as they stand in it; none when one cannot come this week.
    pub times: Vec<Timestamp>,
}

/// The id of a member's wish for pair calls.
pub fn pair_opt_in_id(member: MemberId) -> ItemId {
    ItemId::derived(&["pair-opt-in", &member.to_string()])
}

/// The id of a member's answer to a pairing.
pub fn pair_answer_id(member: MemberId, pairing: ItemId) -> ItemId {
    ItemId::derived(&["pair-answer", &member.to_string(), &pairing.to_string()])
}

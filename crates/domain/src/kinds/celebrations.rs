//! Birthdays and years in the team, for those who want them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ItemId, MemberId};

/// On which day those born on 29 February celebrate when there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum LeapChoice {
    /// On 28 February.
    #[default]
    Before,
    /// On 1 March.
    After,
}

/// A day of the year, without the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DayOfYear {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31, as the month has it in a leap year.
    pub day: u32,
}

/// What a member wants to be celebrated, if anything; one each. Only its member and the endpoint ever read it; the
/// endpoint tells of it by [`CelebrationNotice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Celebration {
    /// The birthday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub birthday: Option<DayOfYear>,
    /// For a birthday on 29 February.
    #[serde(default)]
    #[ts(optional, as = "Option<LeapChoice>")]
    pub leap: LeapChoice,
    /// When they began to work here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string")]
    pub joined_on: Option<NaiveDate>,
    /// Whether the team hears of it on the day; without it only coordinators do, ahead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub tell_team: bool,
    /// That nobody is to do anything, whatever else is said here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub please_do_not: bool,
}

/// What is celebrated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
#[ts(export)]
pub enum Celebrated {
    /// A birthday.
    Birthday,
    /// So many years in the team.
    Anniversary {
        /// How many: 1 or more.
        years: u32,
    },
}

/// That there is something to celebrate. Owned by the team and written by the endpoint alone: for each coordinator
/// some days ahead and never for the member, for the team on the day itself; gone two days after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CelebrationNotice {
    /// Whose.
    pub member: MemberId,
    /// What.
    #[serde(flatten)]
    #[ts(flatten)]
    pub celebrated: Celebrated,
    /// When.
    #[ts(type = "string")]
    pub on: NaiveDate,
    /// Whether it is told to coordinators, ahead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub ahead: bool,
}

/// The id of what a member wants to be celebrated.
pub fn celebration_id(member: MemberId) -> ItemId {
    ItemId::derived(&["celebration", &member.to_string()])
}

/// The id of a notice: one for each celebration and each who hears of it, a coordinator (`to`) or the team. Made with words
/// that only the endpoint knows, so that nobody can ask for it by guessing a date.
pub fn celebration_notice_id(secret: &str, notice: &CelebrationNotice, to: Option<MemberId>) -> ItemId {
    let what = match notice.celebrated {
        Celebrated::Birthday => "birthday",
        Celebrated::Anniversary { .. } => "anniversary",
    };
    let circle = to.map_or_else(|| "today".to_owned(), |to| format!("ahead:{to}"));
    let (member, on) = (notice.member.to_string(), notice.on.to_string());
    ItemId::derived(&["celebration-notice", secret, &member, what, &on, &circle])
}

//! The team, its members, and what they may do.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use super::{PulseSettings, Weekday};
use crate::hours::Hours;
use crate::{BlobHash, ItemId, MemberId};

/// The team: its name and settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Team {
    /// 1 to 80 characters.
    pub name: String,
    /// What admins have set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<TeamSettings>,
}

/// What admins have set for the whole team.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TeamSettings {
    /// The zone that the team's own times are in; the zone of its first owner when it is not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// The weekday on which pair calls are drawn, at 10:00 in the team's zone; Monday when it is not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair_day: Option<Weekday>,
    /// How many of their own working hours everyone involved in a decision has to be heard, 1 to 80; 8 when it is not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_working_hours: Option<u32>,
    /// How many hours overall a decision waits for those who were not heard, 1 to 720; 72 when it is not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_hours: Option<u32>,
    /// Who sees to packages and cards, at most twenty; nobody when it is not set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coordinators: Vec<MemberId>,
    /// How many days ahead coordinators hear of something to celebrate, 1 to 60; 10 when it is not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub celebration_lead_days: Option<u32>,
    /// Whether the team asks itself how it is; it does not when it is not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pulse: Option<PulseSettings>,
    /// Settings of a newer Samovar, kept as they came.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What a member may do in their team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RoleName {
    /// Shares, thanks, meets.
    Member,
    /// Also invites, removes, makes admins, and sets what belongs to the team.
    Admin,
    /// Also makes owners. A team always has one.
    Owner,
}

/// Gives a member a role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// Whose.
    pub member: MemberId,
    /// Which.
    pub role: RoleName,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// 1 to 80 characters.
    pub name: String,
    /// An IANA zone, such as `America/Lima`.
    pub time_zone: String,
    /// When they work, in their own zone.
    #[serde(default)]
    pub hours: Hours,
    /// Such as "she/her"; at most 40 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pronouns: Option<String>,
    /// What they tell about themselves; at most 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Their portrait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<BlobHash>,
    /// The country that post reaches them in, as its two letters in ISO 3166-1, such as `PE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Where they are for some days, when it is not home; at most twenty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub travel: Vec<Travel>,
    /// When they are away; at most twenty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<Away>,
}

/// Some days in another zone. The days are those of the zone that one travels to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Travel {
    /// The first day there.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// The last day there.
    #[ts(type = "string")]
    pub until: NaiveDate,
    /// An IANA zone.
    pub time_zone: String,
    /// The hours there; those of home, by the clock there, when they are not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub hours: Option<Hours>,
}

/// Some days on which a member does not work, in whatever zone they are in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Away {
    /// The first day away.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// The day on which they are back; they are not away on it.
    #[ts(type = "string")]
    pub back_on: NaiveDate,
    /// What for, if they like to say; at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<String>,
}

/// The id of the item that gives a member their role.
pub fn role_id(member: MemberId) -> ItemId {
    ItemId::derived(&["role", &member.to_string()])
}

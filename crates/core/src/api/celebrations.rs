//! Celebrations, ready to be drawn: what one wants oneself, what coordinators may prepare, and what is today.

use chrono::NaiveDate;
use samovar_domain::kinds::{Celebrated, Celebration};
use samovar_domain::{ItemId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Person;

/// Everything that Settings show of celebrations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CelebrationPage {
    /// What one wants to be celebrated oneself; nothing when one has not said.
    pub mine: Celebration,
    /// When that is next, in order.
    pub next: Vec<NextCelebration>,
    /// Whether one may choose coordinators.
    pub is_admin: bool,
    /// Those who hear of celebrations ahead, in the admins' order.
    pub coordinators: Vec<Person>,
    /// How many days ahead they do.
    pub lead_days: u32,
    /// Everyone, oneself too, by name: who may be a coordinator.
    pub people: Vec<Person>,
}

/// When something of one's own is celebrated next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NextCelebration {
    /// What.
    #[serde(flatten)]
    #[ts(flatten)]
    pub celebrated: Celebrated,
    /// When.
    #[ts(type = "string")]
    pub on: NaiveDate,
}

/// What there is to celebrate, as one hears of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Celebrations {
    /// Now, by the core's clock.
    pub now: Timestamp,
    /// Oneself.
    pub me: MemberId,
    /// Whether one is a coordinator.
    pub is_coordinator: bool,
    /// What only coordinators hear of, soonest first. Whom the team celebrates today is not among these.
    pub ahead: Vec<CelebrationCard>,
    /// Whom the team celebrates; oneself, too.
    pub today: Vec<CelebrationCard>,
}

/// Something to celebrate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CelebrationCard {
    /// The item.
    pub id: ItemId,
    /// Whose.
    pub person: Person,
    /// Whether that is oneself.
    pub is_me: bool,
    /// What.
    #[serde(flatten)]
    #[ts(flatten)]
    pub celebrated: Celebrated,
    /// When.
    #[ts(type = "string")]
    pub on: NaiveDate,
    /// How many days that is from one's own today: 0 on the day; 1 or -1 where the team's day is another.
    #[ts(type = "number")]
    pub days_left: i64,
    /// Whether post that is sent now may arrive in time.
    pub post_may_arrive: bool,
}

//! The Kudos page, and what one may have missed.

use samovar_domain::kinds::{TeamValue, ThankMe};
use samovar_domain::missed::Missed;
use samovar_domain::{ItemId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{KudosCard, Person};

/// Which kudos are looked for on the wall; all of them when nothing is set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, optional_fields)]
pub struct KudosQuery {
    /// Words: each the beginning of a word that is there, or of a name. Letters with and without accents are the same.
    #[ts(optional = false)]
    pub words: String,
    /// Given by or to this member.
    pub member: Option<MemberId>,
    /// For this value, by its id.
    pub value: Option<String>,
    /// What comes after this one on the wall: the last of the page before.
    pub after: Option<ItemId>,
}

/// A page of the wall.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KudosWall {
    /// Now, by the core's clock.
    pub now: Timestamp,
    /// What waits first, then the newest first.
    pub cards: Vec<KudosCard>,
    /// Whether there are more here.
    pub more: bool,
    /// Whether the endpoint may have older ones, which `fetch_older_kudos` brings here.
    pub may_have_older: bool,
}

/// What one needs to write kudos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KudosDesk {
    /// Everybody else, by name.
    pub people: Vec<Thankable>,
    /// The team's values, retired ones last.
    pub values: Vec<TeamValue>,
    /// Whom one has not thanked for a while. Worked out on this computer and told to nobody; empty when it is off.
    pub long_since: Vec<LongSincePerson>,
    /// Whether the next kudos would be one of many today.
    pub are_many_today: bool,
}

/// Somebody who can be thanked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Thankable {
    /// Who.
    pub person: Person,
    /// How they like it.
    pub wish: ThankMe,
}

/// Somebody whom one has not thanked for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LongSincePerson {
    /// Who.
    pub person: Person,
    /// When it was; `null` when it is not known, or never was.
    pub last: Option<Timestamp>,
}

/// What one may have missed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MissedPage {
    /// From when on.
    pub since: Timestamp,
    /// Until when: now, by the core's clock.
    pub until: Timestamp,
    /// What is for oneself first, then the newest first.
    pub lines: Vec<Missed>,
    /// Everybody who is named.
    pub people: Vec<Person>,
}

//! The Gatherings page, ready to be drawn: the coming weeks, the plans behind them, pair calls, and I spy.

use chrono::NaiveDate;
use samovar_domain::kinds::{Activity, Answer, PairOptIn, Series};
use samovar_domain::{ItemId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{OptionalCamera, Person};

/// Everything on the Gatherings page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Gatherings {
    /// Now, by the core's clock.
    pub now: Timestamp,
    /// Whether one may set what belongs to the team.
    pub is_admin: bool,
    /// The coming four weeks, by their start; those that were called off and agreed pair calls among them.
    pub gatherings: Vec<GatheringEntry>,
    /// The plans that they come from, by title.
    pub series: Vec<SeriesEntry>,
    /// Everyone else, by name: who may be invited, and who may be left out of one's pair calls.
    pub people: Vec<Person>,
    /// Pair calls.
    pub pairs: PairsCard,
}

/// One dated call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct GatheringEntry {
    /// The item: a gathering, or the pairing whose members agreed on it.
    pub id: ItemId,
    /// What for.
    pub activity: Activity,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub note: Option<String>,
    /// When.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// Where one meets the others: one's own room, when there are rooms.
    pub link: Option<String>,
    /// One's own answer.
    pub answer: Option<Answer>,
    /// Whether one is asked to come.
    pub is_invited: bool,
    /// Those who said that they come.
    pub coming: Vec<Person>,
    /// Those who said that they may come.
    pub maybe: Vec<Person>,
    /// Whether it lies outside one's own hours.
    pub is_camera_optional: bool,
    /// Others who come, or may, for whom it lies outside their hours.
    pub camera_optional: Vec<OptionalCamera>,
    /// Why it is at this time of the week, in words.
    pub why: Option<String>,
    /// The others in one's own room.
    pub room: Vec<Person>,
    /// What to talk about.
    pub prompts: Vec<String>,
    /// Whether it does not take place.
    pub is_cancelled: bool,
    /// Whether two or three agreed on it after they were drawn.
    pub is_pair_call: bool,
}

/// A recurring plan, with what follows from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SeriesEntry {
    /// The item.
    pub id: ItemId,
    /// The whole plan.
    pub plan: Series,
    /// When it meets next.
    pub next: Option<Timestamp>,
    /// How its times of the week take turns, in words; `null` when it has one only.
    pub rotation: Option<String>,
}

/// Pair calls, as one sees them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PairsCard {
    /// One's own wish; `null` when one has not opted in. Nobody else ever sees it.
    pub wish: Option<PairOptIn>,
    /// When pairs are drawn next.
    pub next_draw: Timestamp,
    /// The Monday of that draw's week.
    #[ts(type = "string")]
    pub next_week: NaiveDate,
    /// Whether one is to be drawn then.
    pub is_due: bool,
    /// Whether one has skipped that week.
    pub is_skipped: bool,
    /// This week's pairing.
    pub pairing: Option<PairingCard>,
    /// Why there is nobody to meet this week, in words.
    pub unmatched: Option<String>,
}

/// This week's pair call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PairingCard {
    /// The item.
    pub id: ItemId,
    /// Whom one meets.
    pub with: Vec<Person>,
    /// Why just these, in words.
    pub why: Option<String>,
    /// Times that suit all of them.
    pub times: Vec<PairTime>,
    /// How long it is, in minutes.
    pub duration_min: u32,
    /// Where.
    pub link: Option<String>,
    /// What to talk about.
    pub prompts: Vec<String>,
    /// Who begins, once nobody has said anything for a day; possibly oneself.
    pub ice_breaker: Option<Person>,
    /// Whether one has answered.
    pub is_answered: bool,
    /// How far it has come.
    pub progress: PairProgress,
}

/// How far the members of a pairing have come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export)]
pub enum PairProgress {
    /// Somebody has not chosen yet.
    Open,
    /// All can at this time.
    Agreed {
        /// When.
        at: Timestamp,
    },
    /// All have chosen, and there is no time in common.
    NoTimeInCommon,
    /// Somebody cannot this week, possibly oneself.
    NotThisWeek {
        /// Who.
        who: Vec<Person>,
    },
}

/// One of the times of a pairing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PairTime {
    /// When.
    pub at: Timestamp,
    /// Whether one has chosen it.
    pub is_mine: bool,
    /// What time it is for the others, and whether they have chosen it.
    pub others: Vec<PairTimeOfOther>,
}

/// A time of a pairing, for one of the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PairTimeOfOther {
    /// Who.
    pub person: Person,
    /// Their time of day, as `16:42`.
    pub local_time: String,
    /// Whether they have chosen it.
    pub is_chosen: bool,
}

/// A card of "I spy": marked on this computer only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ISpyCard {
    /// The gathering that it is for.
    pub gathering: ItemId,
    /// How many squares a side has.
    #[ts(type = "number")]
    pub side: usize,
    /// What to look out for, row by row.
    pub squares: Vec<ISpySquare>,
    /// Whether a row, a column or a diagonal is full.
    pub has_line: bool,
}

/// One square of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ISpySquare {
    /// What to see, in words.
    pub words: String,
    /// Whether one has seen it.
    pub is_marked: bool,
}

//! People across zones, on one time axis, ready to be drawn and to be looked ahead on without asking again.

use samovar_domain::hours::Hours;
use samovar_domain::kinds::{Away, Norms, Travel};
use samovar_domain::{MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Person, PersonState};

/// Everything on the People page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PeopleView {
    /// Now, by the core's clock.
    pub now: Timestamp,
    /// Oneself.
    pub me: MemberId,
    /// The days of the axis in one's own zone, in order and without a gap.
    pub days: Vec<AxisDay>,
    /// Oneself first, then from west to east by their clocks now, then by name.
    pub people: Vec<PersonCard>,
    /// When at least two of them work at the same time, in order.
    pub overlaps: Vec<OverlapSpan>,
    /// Whether the team has written down norms.
    pub has_norms: bool,
}

/// A day of the axis; it has 23 or 25 hours when the clocks change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AxisDay {
    /// Such as `2026-11-23`.
    pub date: String,
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant of the next.
    pub until: Timestamp,
}

/// A person on the axis, and what they say about themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PersonCard {
    /// Who; `time_zone` is the one that they are in now.
    pub person: Person,
    /// Such as "she/her".
    pub pronouns: Option<String>,
    /// A few words about themselves.
    pub about: Option<String>,
    /// Where they are at home; another than `person.time_zone` on a journey.
    pub home_time_zone: String,
    /// Their time of day now, as `16:42`.
    pub local_time: String,
    /// What they said about now.
    pub state: PersonState,
    /// Their clocks on the axis: from when on they are how far ahead.
    pub clocks: Vec<ClockFrom>,
    /// When they work on the axis. Empty when they did not say; see `hours`.
    pub working: Vec<TimeSpan>,
    /// When they are away on the axis.
    pub away: Vec<TimeSpan>,
    /// Their working week at home; empty when they did not say.
    pub hours: Hours,
    /// Their journeys that are not over.
    pub travel: Vec<Travel>,
    /// Their absences that are not over.
    pub absences: Vec<Away>,
    /// When they see what is written to them now; `null` when that is not in sight.
    pub seen_at: Option<LocalInstant>,
    /// By when they answer, by the team's norms.
    pub replies: Vec<ReplyPromise>,
}

/// From when on somebody's clock shows what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ClockFrom {
    /// From when on.
    pub from: Timestamp,
    /// The IANA zone that they are in.
    pub time_zone: String,
    /// By how many minutes it is ahead of UTC.
    pub minutes_east: i32,
}

/// What the clocks of zones show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Clocks {
    /// Until when the last of each is known.
    pub until: Timestamp,
    /// Of each zone that was asked for and is known: from when on which, in that order.
    pub zones: Vec<Vec<ClockFrom>>,
}

/// From when until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TimeSpan {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// When so many people work at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OverlapSpan {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// How many, at least two.
    pub people: u32,
}

/// An instant by somebody's own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LocalInstant {
    /// When.
    pub at: Timestamp,
    /// By how many minutes their clock is ahead of UTC then.
    pub minutes_east: i32,
}

/// By when somebody answers on a channel what is written to them now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReplyPromise {
    /// The channel's name.
    pub channel: String,
    /// Within how many of their working hours.
    pub within_hours: u32,
    /// By when; `null` when that is not in sight.
    pub answered_by: Option<LocalInstant>,
}

/// The team's norms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NormsPage {
    /// The page; empty while `is_written` is not set.
    pub norms: Norms,
    /// Whether the team has written it.
    pub is_written: bool,
    /// Whether one may change it.
    pub is_admin: bool,
}

/// What a person says when the system's zone is another than theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ZoneAnswer {
    /// Travelling.
    Travelling {
        /// The last day there.
        #[ts(type = "string")]
        until: chrono::NaiveDate,
    },
    /// Moved there, or back home.
    Moved,
    /// Never mind, for this zone.
    Leave,
}

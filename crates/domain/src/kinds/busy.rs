//! When a member is busy, as their own calendar says and they have agreed to tell the team's planner.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ItemId, MemberId, Timestamp};

/// Times at which a member would rather not be asked to a call; only they and the endpoint see it. There is nothing in it
/// but these times: a field that this version does not know makes the item unfit, so that no title ever comes along.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Busy {
    /// In order; they neither touch nor overlap, and begin and end at full half hours.
    pub spans: Vec<BusySpan>,
}

/// From when until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct BusySpan {
    /// Its start.
    pub from: Timestamp,
    /// Its end.
    pub until: Timestamp,
}

impl Busy {
    /// The spans as pairs.
    pub fn times(&self) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        self.spans.iter().map(|span| (span.from, span.until))
    }
}

/// The id of what a member has told of when they are busy.
pub fn busy_id(member: MemberId) -> ItemId {
    ItemId::derived(&["busy", &member.to_string()])
}

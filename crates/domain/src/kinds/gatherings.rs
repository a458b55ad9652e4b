//! Gatherings, the series they come from, and who comes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Weekday;
use crate::{ItemId, MemberId, Timestamp};

/// What people come together for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Activity {
    /// Tea, and no agenda.
    Teatime,
    /// A meal.
    Lunch,
    /// Two people, drawn by lot.
    PairCall,
    /// Whatever the title says.
    Other,
}

/// A time of the week at which a series may meet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Slot {
    /// On which day.
    pub weekday: Weekday,
    /// At which time, as `15:00`.
    pub time: String,
    /// The IANA zone that both are in.
    pub time_zone: String,
}

impl Slot {
    /// A slot such as Wednesday, `15:00`, `Europe/Berlin`.
    pub fn new(weekday: Weekday, time: &str, time_zone: &str) -> Self {
        Self {
            weekday,
            time: time.to_owned(),
            time_zone: time_zone.to_owned(),
        }
    }
}

/// How often a series with several slots moves on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Rotate {
    /// With each occurrence.
    Each,
    /// A slot stays for at least four occurrences, so that people can get used to it.
    #[default]
    Monthly,
}

/// What a series reminds of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct SeriesReminders {
    /// So many minutes ahead; 0 for not at all. More than 30 only because somebody has asked for it; at most 1,440.
    pub ahead_min: u32,
    /// When it starts.
    pub at_start: bool,
    /// Five minutes before it ends.
    pub before_end: bool,
}

impl Default for SeriesReminders {
    fn default() -> Self {
        Self {
            ahead_min: 10,
            at_start: true,
            before_end: true,
        }
    }
}

/// The recurring plan that gatherings come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Series {
    /// What for.
    pub activity: Activity,
    /// 1 to 80 characters.
    pub title: String,
    /// What it is about, or how one prepares; at most 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<String>,
    /// The zone that `weekday` and `time` are in.
    pub time_zone: String,
    /// On which day.
    pub weekday: Weekday,
    /// At which time, as `15:00`.
    pub time: String,
    /// Further slots that it may meet at instead, at most seven; the first is the one above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Slot>>")]
    pub more_slots: Vec<Slot>,
    /// How often it moves on to another slot.
    #[serde(default)]
    #[ts(optional, as = "Option<Rotate>")]
    pub rotate: Rotate,
    /// Whether it meets twice each time, for a team that no one slot suits: everyone is invited to the sitting that
    /// suits them better.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub two_sittings: bool,
    /// 1, 2 or 4.
    pub every_weeks: u32,
    /// 5 to 480.
    pub duration_min: u32,
    /// Where to meet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub link: Option<String>,
    /// A Jitsi server, such as `https://meet.jit.si`, on which each gathering gets a room of its own, with picture and
    /// sound off at entry. Instead of `link`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub jitsi: Option<String>,
    /// Who is invited; the whole team when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub invited: Option<Vec<MemberId>>,
    /// Whether more than six who come are mixed into rooms of three or four, anew each time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub rooms: bool,
    /// What to talk about, at most twenty of 200 characters; some of our own when there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub prompts: Vec<String>,
    /// What it reminds of.
    #[serde(default)]
    #[ts(optional, as = "Option<SeriesReminders>")]
    pub reminders: SeriesReminders,
}

impl Series {
    /// A weekly series at one slot with nothing else set, to be changed with `..`.
    pub fn weekly(activity: Activity, title: &str, slot: Slot, duration_min: u32) -> Self {
        Self {
            activity,
            title: title.to_owned(),
            note: None,
            time_zone: slot.time_zone,
            weekday: slot.weekday,
            time: slot.time,
            more_slots: Vec::new(),
            rotate: Rotate::default(),
            two_sittings: false,
            every_weeks: 1,
            duration_min,
            link: None,
            jitsi: None,
            invited: None,
            rooms: false,
            prompts: Vec::new(),
            reminders: SeriesReminders::default(),
        }
    }

    /// All its candidate slots, the first one first.
    pub fn slots(&self) -> Vec<Slot> {
        let first = Slot {
            weekday: self.weekday,
            time: self.time.clone(),
            time_zone: self.time_zone.clone(),
        };
        std::iter::once(first).chain(self.more_slots.iter().cloned()).collect()
    }
}

/// Why a gathering of a series with several slots is at the slot it is at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "because", rename_all = "snake_case")]
#[ts(export)]
pub enum SlotReason {
    /// It is the slot's turn: some had it hard the last times, now others do.
    Turn {
        /// Those who had it hardest so far, and are spared now.
        spared: Vec<MemberId>,
        /// Those for whom it lies outside their hours this time.
        taking: Vec<MemberId>,
    },
    /// A slot stays for some occurrences.
    Stays,
    /// It suits everyone.
    SuitsAll,
    /// Two sittings meet, and this is the one that suits those who are invited to it.
    Sitting,
}

/// Some of those who come, with a link of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Room {
    /// Who is in it.
    pub members: Vec<MemberId>,
    /// Where it meets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub link: Option<String>,
}

/// One dated call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gathering {
    /// The series it comes from, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<ItemId>,
    /// What for.
    pub activity: Activity,
    /// 1 to 80 characters.
    pub title: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When.
    pub starts_at: Timestamp,
    /// How long, in minutes.
    pub duration_min: u32,
    /// The zone that it was planned in, for calendars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Where to meet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Who is invited; the whole team when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited: Option<Vec<MemberId>>,
    /// Which of the series' slots it is at, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<u32>,
    /// Why there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<SlotReason>,
    /// The rooms that those who come are mixed into; made ten minutes before the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<Room>,
    /// What to talk about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prompts: Vec<String>,
    /// What it reminds of.
    #[serde(default)]
    pub reminders: SeriesReminders,
    /// How often its time, length or place was changed: `SEQUENCE` of RFC 5545.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sequence: u32,
    /// Whether it does not take place; it is kept so that calendars hear of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Gathering {
    /// A call of a given length with nothing else said, to be changed with `..`.
    pub fn plain(activity: Activity, title: &str, starts_at: Timestamp, duration_min: u32) -> Self {
        Self {
            series: None,
            activity,
            title: title.to_owned(),
            note: None,
            starts_at,
            duration_min,
            time_zone: None,
            link: None,
            invited: None,
            slot: None,
            why: None,
            rooms: Vec::new(),
            prompts: Vec::new(),
            reminders: SeriesReminders::default(),
            sequence: 0,
            cancelled: false,
        }
    }

    /// When it is over.
    pub fn ends_at(&self) -> Timestamp {
        self.starts_at.plus_minutes(i64::from(self.duration_min))
    }

    /// Whether this member is asked to come.
    pub fn invites(&self, member: MemberId) -> bool {
        self.invited.as_ref().is_none_or(|invited| invited.contains(&member))
    }

    /// Where this member meets the others: their room's link, or everyone's.
    pub fn link_for(&self, member: MemberId) -> Option<&str> {
        self.rooms
            .iter()
            .find(|room| room.members.contains(&member))
            .and_then(|room| room.link.as_deref())
            .or(self.link.as_deref())
    }
}

/// Whether a member comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Answer {
    /// Coming.
    Yes,
    /// Not today.
    No,
    /// Perhaps.
    Maybe,
}

/// A member's answer to a gathering.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rsvp {
    /// To which.
    pub gathering: ItemId,
    /// What.
    pub answer: Answer,
}

/// The id of a member's answer to a gathering.
pub fn rsvp_id(member: MemberId, gathering: ItemId) -> ItemId {
    ItemId::derived(&["rsvp", &member.to_string(), &gathering.to_string()])
}

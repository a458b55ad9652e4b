//! The Today page, ready to be drawn. Instants are absolute; the screen puts them into words and zones.

use samovar_domain::kinds::{Activity, Answer, Lifetime, TeamValue};
use samovar_domain::{Audience, BlobHash, ItemId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Celebrations, VoiceNeeded};

/// Everything on the Today page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Today {
    /// Now, by the core's clock.
    pub now: Timestamp,
    /// Oneself.
    pub me: Person,
    /// The row of portraits: oneself first, then who shared something, unseen before seen, newest first.
    pub portraits: Vec<Portrait>,
    /// Snapshots and kudos by day in one's own zone, newest first.
    pub days: Vec<Day>,
    /// Since when one may have missed something: back from being away, until one has looked or put it away.
    pub missed_since: Option<Timestamp>,
    /// The next gathering, or the one that is on.
    pub gathering: Option<GatheringCard>,
    /// One's own focus.
    pub focus: Option<FocusCard>,
    /// What there is to celebrate.
    pub celebrations: Celebrations,
    /// The decisions that need one's voice, those that may be closed first before others.
    pub decisions: Vec<VoiceNeeded>,
    /// Everyone else, by name; those in focus first.
    pub people: Vec<PersonNow>,
}

/// Enough of a person to show them anywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Person {
    /// Their id; it also chooses their colour.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// The IANA zone that they are in now.
    pub time_zone: String,
    /// Their portrait.
    pub photo: Option<BlobHash>,
}

/// A round portrait in the row at the top.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Portrait {
    /// Whose.
    pub person: Person,
    /// Their snapshots that are not over, oldest first: what the viewer goes through.
    pub snapshots: Vec<ItemId>,
    /// Whether all of them were looked at on this computer.
    pub is_seen: bool,
    /// The newest photo among them.
    pub photo: Option<PhotoCard>,
}

/// One day of the column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Day {
    /// In one's own zone, as `2026-11-23`.
    pub date: String,
    /// Newest first.
    pub entries: Vec<Entry>,
}

/// One card of the column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export)]
pub enum Entry {
    /// See [`SnapshotCard`].
    Snapshot(SnapshotCard),
    /// See [`KudosCard`].
    Kudos(KudosCard),
}

/// A snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SnapshotCard {
    /// The item.
    pub id: ItemId,
    /// Whose.
    pub from: Person,
    /// Whether it is one's own.
    pub is_mine: bool,
    /// The words.
    pub text: Option<String>,
    /// The photos.
    pub photos: Vec<PhotoCard>,
    /// How long it lasts.
    pub lifetime: Lifetime,
    /// When it was shared.
    pub created_at: Timestamp,
    /// When it is over.
    pub expires_at: Timestamp,
    /// Whether it waits in the outbox.
    pub is_waiting: bool,
    /// Whether it was looked at on this computer.
    pub is_seen: bool,
    /// Who sees it.
    pub audience: Audience,
    /// Emoji on it.
    pub reactions: Vec<ReactionCard>,
    /// Words under it, oldest first.
    pub replies: Vec<ReplyCard>,
}

/// A photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PhotoCard {
    /// Names the photo; `photo://…` of it serves the bytes, fetching them when they are not here.
    pub blob: BlobHash,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// A `ThumbHash` in base64.
    pub thumbhash: String,
    /// What it shows.
    pub alt: Option<String>,
}

/// Kudos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KudosCard {
    /// The item.
    pub id: ItemId,
    /// The giver.
    pub from: Person,
    /// Whether one gave them oneself.
    pub is_mine: bool,
    /// Whom they thank.
    pub to: Vec<Person>,
    /// What for.
    pub reason: String,
    /// Which of the team's values they stand for.
    pub value: Option<TeamValue>,
    /// When.
    pub created_at: Timestamp,
    /// Until when one may change them; `null` when one may not.
    pub editable_until: Option<Timestamp>,
    /// Whether one may hide them from others: they are to oneself, and others see them.
    pub can_hide: bool,
    /// Whether they wait in the outbox.
    pub is_waiting: bool,
    /// Who sees them.
    pub audience: Audience,
    /// Emoji on them.
    pub reactions: Vec<ReactionCard>,
    /// Words under them, oldest first.
    pub replies: Vec<ReplyCard>,
}

/// One emoji on something, with those who gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReactionCard {
    /// Which.
    pub emoji: String,
    /// Who.
    pub from: Vec<Person>,
    /// Whether one is among them.
    pub is_mine: bool,
}

/// Words under something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReplyCard {
    /// The item.
    pub id: ItemId,
    /// Whose.
    pub from: Person,
    /// Whether it is one's own.
    pub is_mine: bool,
    /// The words.
    pub text: String,
    /// When.
    pub created_at: Timestamp,
}

/// A gathering.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct GatheringCard {
    /// The item.
    pub id: ItemId,
    /// What for.
    pub activity: Activity,
    /// Its title.
    pub title: String,
    /// When.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// Where; `null` when no link was given.
    pub link: Option<String>,
    /// One's own answer.
    pub answer: Option<Answer>,
    /// Those who said that they come.
    pub coming: Vec<Person>,
    /// Those for whom it lies outside their hours, with their time then: no camera is expected of them.
    pub camera_optional: Vec<OptionalCamera>,
}

/// Somebody for whom a gathering lies outside their working hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OptionalCamera {
    /// Who.
    pub person: Person,
    /// When it starts for them, as `23:00`.
    pub local_time: String,
}

/// One's own focus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FocusCard {
    /// When it began.
    pub started_at: Timestamp,
    /// When it ends.
    pub until: Timestamp,
    /// What for.
    pub note: Option<String>,
    /// How many notifications wait for its end.
    pub held: u32,
}

/// Somebody, now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PersonNow {
    /// Who.
    pub person: Person,
    /// Their time of day, as `16:42`.
    pub local_time: String,
    /// What they said about now. Nothing here is observed.
    pub state: PersonState,
    /// Such as "she/her".
    pub pronouns: Option<String>,
}

/// What a person's own words say about now: their absences, their focus, their hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export)]
pub enum PersonState {
    /// In focus.
    Focusing {
        /// Until when.
        until: Timestamp,
        /// That, in their own time, as `17:30`.
        local_until: String,
        /// What for.
        note: Option<String>,
        /// Whether a teammate with a good reason may break through.
        is_reachable: bool,
    },
    /// Within their working hours.
    Working {
        /// Until when.
        until: Option<Timestamp>,
    },
    /// Away for some days.
    Away {
        /// The day on which they are back.
        #[ts(type = "string")]
        back_on: chrono::NaiveDate,
    },
    /// Outside their working hours.
    Off {
        /// When they are back.
        starts_at: Option<Timestamp>,
    },
}

//! What items of each kind say. Fields that this version does not know stay in the item's JSON; these types only read.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::hours::Hours;
use crate::{BlobHash, ItemId, Kind, MemberId, Timestamp};

/// The team: its name and settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Team {
    /// 1 to 80 characters.
    pub name: String,
    /// What admins have set; later kinds of settings are passed on unread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Value>,
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
}

/// How long a snapshot lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub enum Lifetime {
    /// A working day.
    #[serde(rename = "8h")]
    EightHours,
    /// A day and a night: everyone on Earth was awake once.
    #[default]
    #[serde(rename = "24h")]
    Day,
    /// Over a weekend.
    #[serde(rename = "3d")]
    ThreeDays,
}

impl Lifetime {
    /// In hours.
    pub fn hours(self) -> u64 {
        match self {
            Self::EightHours => 8,
            Self::Day => 24,
            Self::ThreeDays => 72,
        }
    }
}

/// A photo of a snapshot, as shared: clean, at most 2048 px and 2 MB.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Photo {
    /// Its name.
    pub blob: BlobHash,
    /// A smaller picture of it, at most 480 px; without it each desktop makes its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub thumb: Option<BlobHash>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// A `ThumbHash` in base64: what is shown until the photo is here.
    pub thumbhash: String,
    /// What it shows, for those who do not see it; at most 1,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub alt: Option<String>,
}

/// A photo and/or a few words from someone's day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// At most 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// At most four.
    #[serde(default)]
    pub photos: Vec<Photo>,
    /// From its creation.
    pub lifetime: Lifetime,
}

/// Public thanks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kudos {
    /// One to twenty members, each once, never the giver.
    pub to: Vec<MemberId>,
    /// 10 to 2,000 characters.
    pub reason: String,
    /// One of the team's values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// An emoji on an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reaction {
    /// On what.
    pub target: ItemId,
    /// One emoji.
    pub emoji: String,
}

/// Words under an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// Under what.
    pub target: ItemId,
    /// 1 to 2,000 characters.
    pub text: String,
}

/// A block of uninterrupted time; each member has one at most, under an id that follows from theirs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Focus {
    /// When it ends.
    pub until: Timestamp,
    /// What for; at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

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

/// A day of the week, as in `mon`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

/// The recurring plan that gatherings come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Series {
    /// What for.
    pub activity: Activity,
    /// 1 to 80 characters.
    pub title: String,
    /// The zone that `weekday` and `time` are in.
    pub time_zone: String,
    /// On which day.
    pub weekday: Weekday,
    /// At which time, as `15:00`.
    pub time: String,
    /// 1, 2 or 4.
    pub every_weeks: u32,
    /// 5 to 480.
    pub duration_min: u32,
    /// Where to meet.
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
    /// When.
    pub starts_at: Timestamp,
    /// How long, in minutes.
    pub duration_min: u32,
    /// Where to meet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl Gathering {
    /// When it is over.
    pub fn ends_at(&self) -> Timestamp {
        self.starts_at.plus_minutes(i64::from(self.duration_min))
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

/// What an item says, read by its kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// See [`Team`].
    Team(Team),
    /// See [`Role`].
    Role(Role),
    /// See [`Member`].
    Member(Member),
    /// See [`Snapshot`].
    Snapshot(Snapshot),
    /// See [`Kudos`].
    Kudos(Kudos),
    /// See [`Reaction`].
    Reaction(Reaction),
    /// See [`Reply`].
    Reply(Reply),
    /// See [`Focus`].
    Focus(Focus),
    /// See [`Series`].
    Series(Series),
    /// See [`Gathering`].
    Gathering(Gathering),
    /// See [`Rsvp`].
    Rsvp(Rsvp),
    /// A kind of a newer Samovar: kept and passed on, never shown.
    Unknown,
}

impl Body {
    /// Reads a body. The error names the field that does not fit.
    pub fn read(kind: &Kind, body: &Value) -> Result<Self, serde_json::Error> {
        Ok(match kind.as_str() {
            Kind::TEAM => Self::Team(Deserialize::deserialize(body)?),
            Kind::ROLE => Self::Role(Deserialize::deserialize(body)?),
            Kind::MEMBER => Self::Member(Deserialize::deserialize(body)?),
            Kind::SNAPSHOT => Self::Snapshot(Deserialize::deserialize(body)?),
            Kind::KUDOS => Self::Kudos(Deserialize::deserialize(body)?),
            Kind::REACTION => Self::Reaction(Deserialize::deserialize(body)?),
            Kind::REPLY => Self::Reply(Deserialize::deserialize(body)?),
            Kind::FOCUS => Self::Focus(Deserialize::deserialize(body)?),
            Kind::SERIES => Self::Series(Deserialize::deserialize(body)?),
            Kind::GATHERING => Self::Gathering(Deserialize::deserialize(body)?),
            Kind::RSVP => Self::Rsvp(Deserialize::deserialize(body)?),
            _ => Self::Unknown,
        })
    }

    /// The item that this one points at: what is reacted to, replied to or answered.
    pub fn target(&self) -> Option<ItemId> {
        match self {
            Self::Reaction(reaction) => Some(reaction.target),
            Self::Reply(reply) => Some(reply.target),
            Self::Rsvp(rsvp) => Some(rsvp.gathering),
            _ => None,
        }
    }

    /// The blobs that live and die with this item.
    pub fn blobs(&self) -> Vec<BlobHash> {
        match self {
            Self::Snapshot(snapshot) => snapshot
                .photos
                .iter()
                .flat_map(|photo| std::iter::once(photo.blob).chain(photo.thumb))
                .collect(),
            Self::Member(member) => member.photo.into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

/// The id of a member's focus: the same on each of their devices, so that the later of two writes stands.
pub fn focus_id(member: MemberId) -> ItemId {
    ItemId::derived(&["focus", &member.to_string()])
}

/// The id of a member's answer to a gathering.
pub fn rsvp_id(member: MemberId, gathering: ItemId) -> ItemId {
    ItemId::derived(&["rsvp", &member.to_string(), &gathering.to_string()])
}

/// The id of a member's reaction with one emoji to one item.
pub fn reaction_id(member: MemberId, target: ItemId, emoji: &str) -> ItemId {
    ItemId::derived(&["reaction", &member.to_string(), &target.to_string(), emoji])
}

/// The id of the item that gives a member their role.
pub fn role_id(member: MemberId) -> ItemId {
    ItemId::derived(&["role", &member.to_string()])
}

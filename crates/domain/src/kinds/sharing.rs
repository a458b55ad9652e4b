//! What people share and say: snapshots, kudos, and what others put under them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{BlobHash, ItemId, MemberId};

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

impl Photo {
    /// Its blobs: itself, and its smaller picture.
    pub fn blobs(&self) -> impl Iterator<Item = BlobHash> + use<> {
        std::iter::once(self.blob).chain(self.thumb)
    }
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
    /// The id of one of the team's values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The kudos in whose place these stand, since somebody who was thanked has hidden those; see [`crate::hiding`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<ItemId>,
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
    /// The reply in whose place this stands, since what it answered was hidden; see [`crate::hiding`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<ItemId>,
}

/// The id of a member's reaction with one emoji to one item.
pub fn reaction_id(member: MemberId, target: ItemId, emoji: &str) -> ItemId {
    ItemId::derived(&["reaction", &member.to_string(), &target.to_string(), emoji])
}

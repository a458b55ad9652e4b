//! Group cards: hidden from whom they are for, until they are handed over.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Occasion, Photo};
use crate::{ItemId, MemberId};

/// A card that a team writes together. Owned by who began it; everybody sees it but the one whom it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct GroupCard {
    /// For whom.
    pub to: MemberId,
    /// What for.
    #[serde(default)]
    #[ts(optional, as = "Option<Occasion>")]
    pub occasion: Occasion,
    /// What stands on its front: 1 to 80 characters.
    pub title: String,
    /// Whether it is handed over: then the endpoint makes what the recipient gets, and nothing changes any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub handed_over: bool,
}

/// What one member writes on a card: words, a drawing or a photo. One for each member; its audience is the card's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CardLine {
    /// On which.
    pub card: ItemId,
    /// What stands there.
    #[serde(flatten)]
    #[ts(flatten)]
    pub line: Line,
}

/// What stands on a card.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Line {
    /// At most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub text: Option<String>,
    /// A drawing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub doodle: Option<Doodle>,
    /// A photo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub photo: Option<Photo>,
}

/// A drawing: at most 100 strokes and 2,000 points in all, on a sheet of 1,000 by 1,000.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Doodle {
    /// In the order in which they were drawn.
    pub strokes: Vec<Stroke>,
}

/// One line of a pen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Stroke {
    /// Which of the eight pens, from 0.
    #[serde(default)]
    pub pen: u8,
    /// Where it goes, each point as x from the left and y from the top.
    pub points: Vec<(u16, u16)>,
}

/// A card that was handed over. Owned by the team and written by the endpoint alone; everybody sees it. It names nothing
/// of what was hidden before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct HandedCard {
    /// For whom.
    pub to: MemberId,
    /// From whom, in the name of all; nobody once they have erased themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<MemberId>,
    /// What for.
    #[serde(default)]
    pub occasion: Occasion,
    /// What stands on its front; empty once who wrote it has erased themselves.
    pub title: String,
}

/// What one member has written on a card that was handed over. Owned by the team and written by the endpoint alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct HandedLine {
    /// On which [`HandedCard`].
    pub card: ItemId,
    /// Who.
    pub by: MemberId,
    /// What.
    #[serde(flatten)]
    #[ts(flatten)]
    pub line: Line,
}

/// The id of what a member writes on a card.
pub fn card_line_id(member: MemberId, card: ItemId) -> ItemId {
    ItemId::derived(&["card-line", &member.to_string(), &card.to_string()])
}

/// The id of what is handed over of a card or of one of its lines: nobody comes from it to what was hidden.
pub fn handed_id(hidden: ItemId) -> ItemId {
    ItemId::derived(&["handed", &hidden.to_string()])
}

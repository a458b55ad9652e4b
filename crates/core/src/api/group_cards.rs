//! Cards that a team writes together, and cards to print, ready to be drawn.

use samovar_domain::kinds::{Doodle, Occasion};
use samovar_domain::{ItemId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Person, PhotoCard};

/// All cards: those that are being written, and those that were handed over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct GroupCards {
    /// Now, by the core's clock.
    pub now: Timestamp,
    /// Oneself.
    pub me: MemberId,
    /// Those on which one has not written first, then those that were begun first. None of them is for oneself: of those,
    /// nothing is here.
    pub open: Vec<OpenCard>,
    /// Newest first.
    pub handed: Vec<OpenedCard>,
    /// Everybody else, by name: for whom a card can be.
    pub people: Vec<Person>,
    /// The colours of the pens, from 0, as CSS has them.
    pub pens: Vec<String>,
}

/// A card that is being written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OpenCard {
    /// The item.
    pub id: ItemId,
    /// For whom.
    pub to: Person,
    /// Who began it.
    pub from: Person,
    /// Whether one began it oneself, and so hands it over.
    pub is_mine: bool,
    /// What for.
    pub occasion: Occasion,
    /// What stands on its front.
    pub title: String,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// Whether it waits in the outbox.
    pub is_waiting: bool,
    /// Whether one has handed it over, and the endpoint has not heard of that yet.
    pub is_handing_over: bool,
    /// Whether one has written on it.
    pub has_written: bool,
    /// What was written, in the order in which it was begun.
    pub lines: Vec<LineOnCard>,
}

/// A card that was handed over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OpenedCard {
    /// The item.
    pub id: ItemId,
    /// For whom.
    pub to: Person,
    /// Whether that is oneself.
    pub is_to_me: bool,
    /// From whom, in the name of all; `null` when they have erased themselves.
    pub from: Option<Person>,
    /// What for.
    pub occasion: Occasion,
    /// What stands on its front; empty when whoever began it has erased themselves.
    pub title: String,
    /// When it was handed over.
    pub handed_at: Timestamp,
    /// What stands on it, in the order in which it was begun.
    pub lines: Vec<LineOnCard>,
}

/// What somebody has written on a card: words, a drawing, a photo, or all of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LineOnCard {
    /// The item.
    pub id: ItemId,
    /// Who.
    pub by: Person,
    /// Whether that is oneself.
    pub is_mine: bool,
    /// Whether it waits in the outbox.
    pub is_waiting: bool,
    /// The words.
    pub text: Option<String>,
    /// The drawing, on a sheet of 1,000 by 1,000.
    pub doodle: Option<Doodle>,
    /// The photo.
    pub photo: Option<PhotoCard>,
}

/// How a printed card looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CardDesign {
    /// Steam over a cup, on the colour of paper.
    #[default]
    Steam,
    /// Leaves from two corners.
    Leaves,
    /// Small bright shapes around the words.
    Confetti,
    /// Light words at night.
    Night,
}

/// How large a printed card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CardSize {
    /// 148 × 105 mm.
    #[default]
    A6,
    /// 5.5 × 4.25 in.
    UsA2,
    /// 6 × 4 in.
    UsPostcard,
}

/// What a printed card is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CardFormat {
    /// A file for printers.
    #[default]
    Pdf,
    /// A picture of 300 dots to an inch, all pages below each other.
    Png,
    /// The same for a screen.
    Preview,
}

/// A card that is ready to be printed or looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PrintedCard {
    /// What the file may be called, such as `Thank you, Ben.pdf`.
    pub file_name: String,
    /// `application/pdf` or `image/png`.
    pub media_type: String,
    /// The file, in base64.
    pub base64: String,
    /// Characters that no font of this computer has, and that were left out.
    pub missing: String,
    /// Whether words were too long to be printed whole.
    pub is_cut: bool,
    /// How many photos were left out, since they are not here and could not be fetched.
    pub missing_photos: u32,
}

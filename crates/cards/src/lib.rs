//! Kudos and group cards to print. Words, strokes and pictures come in, in the language of whoever prints; a PDF or a PNG
//! comes out. Nothing here reads items, clocks or settings, and the only thing looked at outside is which fonts the computer
//! has: handwriting covers Latin and Cyrillic, other scripts and emoji are written in what is installed, and what no font has
//! is left out and told, never a box.

mod designs;
mod fonts;
mod group;
mod layout;
mod page;
mod svg;
#[cfg(test)]
mod tests;

use fonts::Fonts;
use layout::LaidOut;
use page::Page;

pub use group::{Entry, Group, PENS, Stroke};

/// What stands on a card.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Large, at the top: such as "Thank you, Ben".
    pub heading: String,
    /// What for.
    pub reason: String,
    /// The team's value that it shows, with its emoji; none when empty.
    pub value: String,
    /// Below: such as "Ana, 23 November 2026".
    pub from: String,
}

/// How large a card is. All lie on their long side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// 148 × 105 mm.
    A6,
    /// 5.5 × 4.25 in, what fits an A2 envelope in the US.
    UsA2,
    /// 6 × 4 in.
    UsPostcard,
}

impl Size {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::A6, Self::UsA2, Self::UsPostcard];

    /// Width and height in points, 72 to an inch.
    pub fn points(self) -> (f32, f32) {
        match self {
            Self::A6 => (148.0 / 25.4 * 72.0, 105.0 / 25.4 * 72.0),
            Self::UsA2 => (396.0, 306.0),
            Self::UsPostcard => (432.0, 288.0),
        }
    }
}

/// How a card looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// Steam over a cup, on the colour of paper.
    Steam,
    /// Leaves from two corners.
    Leaves,
    /// Small bright shapes around the words.
    Confetti,
    /// Light words at night.
    Night,
}

impl Design {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Steam, Self::Leaves, Self::Confetti, Self::Night];
}

/// What a card is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For printers: fonts embedded, text to be selected.
    Pdf,
    /// 300 dots to an inch; of several pages, one below the other.
    Png,
    /// A PNG for screens: 130 dots to an inch.
    Preview,
}

impl Format {
    /// Dots to an inch; `None` where there are no dots.
    fn dots(self) -> Option<f32> {
        match self {
            Self::Pdf => None,
            Self::Png => Some(300.0),
            Self::Preview => Some(130.0),
        }
    }
}

/// A card to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What stands on it.
    pub words: Words,
    /// How large.
    pub size: Size,
    /// How it looks.
    pub design: Design,
    /// Whether 3 mm of the background go beyond the edge, with marks of where to cut.
    pub bleed: bool,
}

/// A card that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// Characters that no font of this computer has, and that were left out: whoever prints is to know.
    pub missing: Vec<char>,
    /// Whether words were too long to be written out at a size that can be read, and end in an ellipsis.
    pub is_cut: bool,
}

/// Why a card could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// The drawing or the file could not be made: a defect of this crate, whatever the words.
    #[error("the card could not be drawn: {0}")]
    Drawing(String),
}

/// Makes a card. The first call in a process looks through the computer's fonts, which takes longer.
pub fn print(card: &Card, format: Format) -> Result<Printed, CardError> {
    let laid_out = layout::lay_out(card, Fonts::of_this_computer());
    let page = Page::of(card.size, card.bleed);
    draw(laid_out, &page, card.design, &card.words.heading, format)
}

/// Makes a card that several people wrote: its front, and as many pages behind it as it takes.
pub fn print_group(group: &Group, format: Format) -> Result<Printed, CardError> {
    let laid_out = group::lay_out(group, Fonts::of_this_computer());
    let page = Page::of(group.size, group.bleed);
    draw(laid_out, &page, group.design, &group.title, format)
}

fn draw(laid_out: LaidOut, page: &Page, design: Design, title: &str, format: Format) -> Result<Printed, CardError> {
    let fonts = Fonts::of_this_computer();
    let drawings = laid_out
        .sheets
        .iter()
        .map(|sheet| svg::draw(design, page, sheet, fonts));
    let trees: Vec<_> = drawings
        .map(|drawing| fonts.parse(&drawing))
        .collect::<Result<_, _>>()?;
    let bytes = match format.dots() {
        None => page.pdf(&trees, title)?,
        Some(dots) => page.png(&trees, dots)?,
    };
    Ok(Printed {
        bytes,
        missing: laid_out.missing.into_iter().collect(),
        is_cut: laid_out.is_cut,
    })
}

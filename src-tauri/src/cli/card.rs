//! The words of `samovar card`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use samovar_core::api::{CardDesign, CardFormat, CardSize};

/// See [`super::Command::Card`].
#[derive(Debug, Args)]
pub struct Card {
    /// Which kudos, or which card of the team: its id, or `last` for the newest kudos that you gave or got.
    #[arg(value_name = "ID|last")]
    pub which: String,
    /// How it looks.
    #[arg(long, value_enum, default_value_t)]
    pub design: PrintDesign,
    /// How large it is.
    #[arg(long, value_enum, default_value_t)]
    pub size: PrintSize,
    /// As what it is written; by the ending of the file when left out.
    #[arg(long, value_enum)]
    pub format: Option<PrintFormat>,
    /// With 3 mm beyond the edge and marks of where to cut, as print shops want it.
    #[arg(long)]
    pub bleed: bool,
    /// The file, such as `thanks.pdf`; one that is there already is left alone unless you add --force.
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// Write over a file that is there already.
    #[arg(long)]
    pub force: bool,
}

impl Card {
    /// As what it is written: as was said, or by the ending of the file.
    pub fn format(&self) -> CardFormat {
        let is_png = self
            .to
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("png"));
        match self.format {
            Some(PrintFormat::Png) => CardFormat::Png,
            None if is_png => CardFormat::Png,
            _ => CardFormat::Pdf,
        }
    }
}

/// How a card looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum PrintDesign {
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

impl From<PrintDesign> for CardDesign {
    fn from(design: PrintDesign) -> Self {
        match design {
            PrintDesign::Steam => Self::Steam,
            PrintDesign::Leaves => Self::Leaves,
            PrintDesign::Confetti => Self::Confetti,
            PrintDesign::Night => Self::Night,
        }
    }
}

/// How large a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum PrintSize {
    /// 148 × 105 mm.
    #[default]
    A6,
    /// 5.5 × 4.25 in, what fits an A2 envelope in the US.
    UsA2,
    /// 6 × 4 in.
    UsPostcard,
}

impl From<PrintSize> for CardSize {
    fn from(size: PrintSize) -> Self {
        match size {
            PrintSize::A6 => Self::A6,
            PrintSize::UsA2 => Self::UsA2,
            PrintSize::UsPostcard => Self::UsPostcard,
        }
    }
}

/// What a card is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PrintFormat {
    /// For printers.
    Pdf,
    /// A picture of 300 dots to an inch.
    Png,
}

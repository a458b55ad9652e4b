//! How long a card takes, each size and design as PDF and as PNG. The first in a process is measured by itself: it looks
//! through the computer's fonts.

use std::io;
use std::time::Instant;

use samovar_cards::{Card, Design, Format, Size, Words, print};
use serde_json::{Value, json};

use crate::figures::median;

const ROUNDS: usize = 7;

/// Measures, and prints the slowest of all medians in milliseconds.
pub(crate) fn measure() -> io::Result<Value> {
    let card = |size, design| Card {
        words: Words {
            heading: "Thank you, Ben and Cem".to_owned(),
            reason: "You kept the kettle warm all week, listened, and never once asked why. ".repeat(8),
            value: "💛 Kindness".to_owned(),
            from: "Ana, 23 November 2026".to_owned(),
        },
        size,
        design,
        bleed: true,
    };
    let time = |card: &Card, format| -> io::Result<f64> {
        let begun = Instant::now();
        print(card, format).map_err(io::Error::other)?;
        Ok(begun.elapsed().as_secs_f64() * 1_000.0)
    };
    let first = time(&card(Size::A6, Design::Steam), Format::Pdf)?;
    let (mut pdf, mut png) = (0.0_f64, 0.0_f64);
    for size in Size::ALL {
        for design in Design::ALL {
            let card = card(size, design);
            for (format, slowest) in [(Format::Pdf, &mut pdf), (Format::Png, &mut png)] {
                let times: Result<Vec<f64>, _> = (0..ROUNDS).map(|_| time(&card, format)).collect();
                *slowest = slowest.max(median(&times?));
            }
        }
    }
    Ok(json!({ "first_ms": first.round(), "pdf_ms": pdf.round(), "png_ms": png.round(), "target_ms": 300 }))
}

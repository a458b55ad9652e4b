//! How long a card takes, each size and design, of kudos as PDF and as PNG, and of a whole team as PDF. The first in a
//! process is measured by itself: it looks through the computer's fonts.

use std::io;
use std::time::Instant;

use samovar_cards::{Card, Design, Entry, Format, Group, Size, Stroke, Words, print, print_group};
use samovar_testkit::photos;
use serde_json::{Value, json};

use crate::figures::median;

const ROUNDS: usize = 7;
/// How many people write on the team's card.
const WRITERS: u16 = 12;

fn kudos(size: Size, design: Design) -> Card {
    Card {
        words: Words {
            heading: "Thank you, Ben and Cem".to_owned(),
            reason: "You kept the kettle warm all week, listened, and never once asked why. ".repeat(8),
            value: "💛 Kindness".to_owned(),
            from: "Ana, 23 November 2026".to_owned(),
        },
        size,
        design,
        bleed: true,
    }
}

/// A card of a whole team: everybody wrote, half of them drew as much as a sheet holds, a third added a photo.
fn group(size: Size, design: Design) -> io::Result<Group> {
    let prepared = samovar_pictures::prepare(photos::KITCHEN).map_err(io::Error::other)?;
    let scrawl = |seed: u16| {
        let points = (0..2_000_u16).map(|n| (n.wrapping_mul(37 + seed) % 1_000, n.wrapping_mul(91) % 1_000));
        vec![Stroke {
            pen: (seed % 8) as u8,
            points: points.collect(),
        }]
    };
    let entry = |n: u16| Entry {
        words: "The harbour will miss you. Bring back a postcard, or two. ".repeat(3),
        by: format!("Colleague {n}"),
        doodle: if n.is_multiple_of(2) { scrawl(n) } else { Vec::new() },
        photo: n.is_multiple_of(3).then(|| prepared.thumbnail.bytes.clone()),
    };
    Ok(Group {
        title: "Bon voyage, dear captain".to_owned(),
        below: "Ben, Cleo and 10 others, 23 November 2026".to_owned(),
        entries: (0..WRITERS).map(entry).collect(),
        size,
        design,
        bleed: true,
    })
}

/// Measures, and prints the slowest of all medians in milliseconds.
pub(crate) fn measure() -> io::Result<Value> {
    let first = time(|| print(&kudos(Size::A6, Design::Steam), Format::Pdf))?;
    let [mut pdf, mut png, mut group_pdf] = [0.0_f64; 3];
    for size in Size::ALL {
        for design in Design::ALL {
            let card = kudos(size, design);
            let group = group(size, design)?;
            pdf = pdf.max(middle(|| print(&card, Format::Pdf))?);
            png = png.max(middle(|| print(&card, Format::Png))?);
            group_pdf = group_pdf.max(middle(|| print_group(&group, Format::Pdf))?);
        }
    }
    Ok(json!({
        "first_ms": first.round(), "kudos_pdf_ms": pdf.round(), "kudos_png_ms": png.round(),
        "group_pdf_ms": group_pdf.round(), "group_writers": WRITERS, "target_ms": 300,
    }))
}

fn middle<T, E: std::error::Error + Send + Sync + 'static>(make: impl Fn() -> Result<T, E>) -> io::Result<f64> {
    let times: io::Result<Vec<f64>> = (0..ROUNDS).map(|_| time(&make)).collect();
    times.map(|times| median(&times))
}

fn time<T, E: std::error::Error + Send + Sync + 'static>(make: impl Fn() -> Result<T, E>) -> io::Result<f64> {
    let begun = Instant::now();
    make().map_err(io::Error::other)?;
    Ok(begun.elapsed().as_secs_f64() * 1_000.0)
}

//! How cards look. Each design draws its background 3 mm beyond the edge, and leaves the middle to the words.

use std::fmt::Write as _;

use crate::Design;

/// How far backgrounds go beyond the edge, in points: 3 mm.
pub(crate) const BLEED: f32 = 3.0 / 25.4 * 72.0;

/// The colour of the words.
pub(crate) fn ink(design: Design) -> &'static str {
    match design {
        Design::Steam => "#4a2c1d",
        Design::Leaves => "#23402f",
        Design::Confetti => "#2b2a45",
        Design::Night => "#fdf3d7",
    }
}

/// Draws a design of this width and height.
pub(crate) fn draw(svg: &mut String, design: Design, width: f32, height: f32) {
    let paper = match design {
        Design::Steam => "#fbf3e4",
        Design::Leaves => "#f4f8f1",
        Design::Confetti => "#ffffff",
        Design::Night => "#1d2540",
    };
    let _ = write!(
        svg,
        r#"<rect x="{b}" y="{b}" width="{w}" height="{h}" fill="{paper}"/>"#,
        b = -BLEED - 1.0,
        w = width + 2.0 * BLEED + 2.0,
        h = height + 2.0 * BLEED + 2.0,
    );
    match design {
        Design::Steam => steam(svg, width, height),
        Design::Leaves => leaves(svg, width, height),
        Design::Confetti => confetti(svg, width, height),
        Design::Night => night(svg, width, height),
    }
}

fn steam(svg: &mut String, width: f32, height: f32) {
    let _ = write!(
        svg,
        r##"<rect x="12" y="12" width="{}" height="{}" rx="10" fill="none" stroke="#d8a15f" stroke-width="1.2"/>"##,
        width - 24.0,
        height - 24.0,
    );
    // A cup in each lower corner, with steam.
    for x in [20.0, width - 52.0] {
        let _ = write!(
            svg,
            r##"<g transform="translate({x} {y})" fill="none" stroke="#c4813a" stroke-width="1.6" stroke-linecap="round"><path d="M2 22h22v5a9 9 0 0 1-9 9h-4a9 9 0 0 1-9-9z" fill="#f0d3a5"/><path d="M24 24h3a4 4 0 0 1 0 8h-3"/><path d="M7 17c-4-5 4-6 0-12M13 17c-4-5 4-6 0-12M19 17c-4-5 4-6 0-12"/></g>"##,
            y = height - 56.0,
        );
    }
}

fn leaves(svg: &mut String, width: f32, height: f32) {
    for turned in [
        "translate(-6 -6)".to_owned(),
        format!("translate({} {}) rotate(180)", width + 6.0, height + 6.0),
    ] {
        let _ = write!(svg, r#"<g transform="{turned}">"#);
        for (angle, length, colour) in [
            (8, 92, "#7fb08a"),
            (26, 76, "#a9cdae"),
            (45, 64, "#5e9a6f"),
            (64, 76, "#a9cdae"),
            (82, 92, "#7fb08a"),
        ] {
            let bend = length / 4;
            let _ = write!(
                svg,
                r#"<path transform="rotate({angle})" d="M0 0C{half} {bend} {length} {bend} {length} 0C{length} -{bend} {half} -{bend} 0 0z" fill="{colour}" fill-opacity="0.55"/>"#,
                half = length / 2,
            );
        }
        svg.push_str("</g>");
    }
}

fn confetti(svg: &mut String, width: f32, height: f32) {
    const COLOURS: [&str; 5] = ["#e4572e", "#f3a712", "#29a37f", "#3d7ddb", "#b4489b"];
    // Always the same places, along the edge.
    for n in 0_u32..90 {
        let (along, across) = (fraction(n * 2 + 1), fraction(n * 2 + 2));
        let (x, y) = match n % 4 {
            0 => (along * width, across * 22.0 - 4.0),
            1 => (along * width, height - across * 22.0 + 4.0),
            2 => (across * 22.0 - 4.0, along * height),
            _ => (width - across * 22.0 + 4.0, along * height),
        };
        let colour = COLOURS[n as usize % COLOURS.len()];
        let turn = fraction(n + 500) * 180.0;
        let _ = if n % 3 == 0 {
            write!(svg, r#"<circle cx="{x}" cy="{y}" r="2.6" fill="{colour}"/>"#)
        } else {
            write!(
                svg,
                r#"<rect transform="translate({x} {y}) rotate({turn})" x="-3.2" y="-1.4" width="6.4" height="2.8" fill="{colour}"/>"#
            )
        };
    }
}

fn night(svg: &mut String, width: f32, height: f32) {
    for n in 0_u32..70 {
        let (x, y) = (fraction(n * 2 + 31) * width, fraction(n * 2 + 32) * height);
        let radius = 0.4 + fraction(n + 900) * 0.9;
        let _ = write!(
            svg,
            r##"<circle cx="{x}" cy="{y}" r="{radius}" fill="#f7e6a8" fill-opacity="0.55"/>"##
        );
    }
    let _ = write!(
        svg,
        r##"<path transform="translate({} 16)" d="M18 0a17 17 0 1 0 14 27A14 14 0 0 1 18 0z" fill="#f7e6a8"/>"##,
        width - 58.0,
    );
}

/// A number from 0 to 1 that belongs to `n`: scattered, but the same on every card.
fn fraction(n: u32) -> f32 {
    let mixed = n
        .wrapping_mul(2_654_435_769)
        .rotate_left(13)
        .wrapping_mul(2_246_822_519);
    (mixed >> 8) as f32 / 16_777_216.0
}

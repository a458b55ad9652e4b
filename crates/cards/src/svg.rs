//! A page as a drawing: the design, then the pictures, then the words, then the marks of where to cut.

use std::fmt::Write as _;

use crate::fonts::Fonts;
use crate::layout::Sheet;
use crate::page::Page;
use crate::{Design, designs};

/// The drawing, in points, with the card's upper left corner at 0, 0.
pub(crate) fn draw(design: Design, page: &Page, sheet: &Sheet, fonts: &Fonts) -> String {
    let (width, height) = (page.width, page.height);
    let (around, bleed) = (page.around, page.bleed);
    let mut svg = String::new();
    let _ = write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="{x} {x} {w} {h}"><clipPath id="c"><rect x="{b}" y="{b}" width="{cw}" height="{ch}"/></clipPath><g clip-path="url(#c)">"#,
        w = width + 2.0 * around,
        h = height + 2.0 * around,
        x = -around,
        b = -bleed,
        cw = width + 2.0 * bleed,
        ch = height + 2.0 * bleed,
    );
    designs::draw(&mut svg, design, width, height);
    svg.push_str("</g>");
    for picture in &sheet.pictures {
        picture.draw(&mut svg);
    }
    let ink = designs::ink(design);
    for line in &sheet.lines {
        let _ = write!(
            svg,
            r#"<text x="{}" y="{}" font-size="{}" text-anchor="middle" fill="{ink}" xml:space="preserve">{}</text>"#,
            line.x,
            line.y,
            line.size,
            written(&line.text, fonts),
        );
    }
    if page.bleed > 0.0 {
        cut_marks(&mut svg, width, height, bleed, around);
    }
    svg.push_str("</svg>");
    svg
}

/// Two short lines at each corner, outside of what is printed.
fn cut_marks(svg: &mut String, width: f32, height: f32, bleed: f32, around: f32) {
    let (near, far) = (bleed + 1.0, around - 1.0);
    for (x, side) in [(0.0, -1.0_f32), (width, 1.0)] {
        for (y, end) in [(0.0, -1.0_f32), (height, 1.0)] {
            for (x1, y1, x2, y2) in [
                (x + side * near, y, x + side * far, y),
                (x, y + end * near, x, y + end * far),
            ] {
                let _ = write!(
                    svg,
                    r##"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#000" stroke-width="0.5"/>"##
                );
            }
        }
    }
}

/// Words inside of an element. Those that are read from the right keep their full stop at their end.
fn written(words: &str, fonts: &Fonts) -> String {
    const FROM_THE_RIGHT: char = '\u{200f}';
    let allowed = |character: &char| !character.is_control();
    let plain: String = words.chars().filter(allowed).collect();
    let escape = |run: &str| run.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut written = String::new();
    for (font, run) in &fonts.runs(&plain) {
        let _ = write!(written, r#"<tspan font-family="{font}">{}</tspan>"#, escape(run));
    }
    let first_letter = plain.chars().find(|character| character.is_alphabetic());
    let is_rtl = first_letter.is_some_and(|letter| {
        matches!(u32::from(letter), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
    });
    if is_rtl {
        format!("{FROM_THE_RIGHT}{written}{FROM_THE_RIGHT}")
    } else {
        written
    }
}

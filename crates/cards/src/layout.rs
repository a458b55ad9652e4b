//! Where which words stand, and how large: lines are broken by Unicode's rules, and long words become smaller before they
//! are cut.

use std::collections::BTreeSet;

use unicode_linebreak::BreakOpportunity;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::Card;
use crate::fonts::{Fonts, is_unseen};
use crate::group::Picture;

/// A line of words, centred, by its base line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) size: f32,
}

/// What stands on one page.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Sheet {
    pub(crate) lines: Vec<Line>,
    pub(crate) pictures: Vec<Picture>,
}

/// All pages of a card.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct LaidOut {
    pub(crate) sheets: Vec<Sheet>,
    /// What no font has, and was left out.
    pub(crate) missing: BTreeSet<char>,
    pub(crate) is_cut: bool,
}

impl LaidOut {
    /// Words without what no font has, which is noted.
    pub(crate) fn writable(&mut self, words: &str, fonts: &Fonts) -> String {
        let mut written = String::new();
        for character in words.chars() {
            if is_unseen(character) || fonts.glyph(character).is_some() {
                written.push(character);
            } else {
                self.missing.insert(character);
            }
        }
        written
    }
}

/// The free margin inside the edge, in points.
pub(crate) const MARGIN: f32 = 34.0;
/// From one base line to the next, in ems.
pub(crate) const LEADING: f32 = 1.16;
/// The sizes that a heading, a reason and a footer may have, the largest first.
const HEADINGS: [f32; 6] = [34.0, 30.0, 26.0, 22.0, 18.0, 15.0];
const REASONS: [f32; 12] = [25.0, 23.0, 21.0, 19.0, 17.0, 15.5, 14.0, 12.5, 11.0, 10.0, 9.0, 8.0];
const FOOTER: f32 = 15.0;

pub(crate) fn lay_out(card: &Card, fonts: &Fonts) -> LaidOut {
    let (width, height) = card.size.points();
    let inside = width - 2.0 * MARGIN;
    let mut laid_out = LaidOut::default();
    let words = &card.words;
    let [heading, reason, value, from] =
        [&words.heading, &words.reason, &words.value, &words.from].map(|words| laid_out.writable(words, fonts));
    let mut lines = Vec::new();
    let (heading, heading_size, heading_cut) = fitted(&heading, fonts, inside, &HEADINGS, height * 0.22);
    let mut y = MARGIN * 0.8;
    for text in heading {
        y += heading_size * LEADING;
        lines.push((text, y, heading_size));
    }
    let footers = [value.trim(), from.trim()];
    let footers: Vec<&str> = footers.into_iter().filter(|line| !line.is_empty()).collect();
    let mut footer_y = height - MARGIN * 0.8;
    let mut is_cut = heading_cut;
    for footer in footers.iter().rev() {
        let (mut line, size, cut) = fitted(footer, fonts, inside, &[FOOTER, 13.0, 11.0, 9.0], 11.0 * LEADING);
        is_cut |= cut;
        lines.push((line.swap_remove(0), footer_y, size));
        footer_y -= FOOTER * LEADING;
    }
    let room = footer_y - y - 6.0;
    let (reason, size, reason_cut) = fitted(&reason, fonts, inside, &REASONS, room);
    is_cut |= reason_cut;
    let taken = reason.len() as f32 * size * LEADING;
    let mut reason_y = y + 4.0 + (room - taken).max(0.0) / 2.0 - size * 0.2;
    for text in reason {
        reason_y += size * LEADING;
        lines.push((text, reason_y, size));
    }
    let lines = lines
        .into_iter()
        .map(|(text, y, size)| Line {
            text,
            x: width / 2.0,
            y,
            size,
        })
        .collect();
    laid_out.is_cut = is_cut;
    laid_out.sheets.push(Sheet {
        lines,
        pictures: Vec::new(),
    });
    laid_out
}

/// The largest of `sizes` at which the words fit into `width` × `height`, and their lines; at the smallest, what does not
/// fit is cut off.
pub(crate) fn fitted(words: &str, fonts: &Fonts, width: f32, sizes: &[f32], height: f32) -> (Vec<String>, f32, bool) {
    let mut smallest = sizes[0];
    let mut lines = Vec::new();
    for &size in sizes {
        smallest = size;
        lines = broken(words, fonts, width / size);
        if lines.len() as f32 * size * LEADING <= height.max(size * LEADING) {
            return (lines, size, false);
        }
    }
    let most = ((height / (smallest * LEADING)) as usize).max(1);
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        while !last.is_empty() && width_of(last, fonts) > width / smallest - 0.6 {
            let end = last.grapheme_indices(true).next_back().map_or(0, |(place, _)| place);
            last.truncate(end);
        }
        *last = format!("{}…", last.trim_end());
    }
    (lines, smallest, true)
}

/// How wide words are, in ems. Kerning and ligatures make them a little narrower.
fn width_of(words: &str, fonts: &Fonts) -> f32 {
    let advance = |character| fonts.glyph(character).map_or(1.0, |glyph| glyph.advance);
    words
        .chars()
        .filter(|character| *character == ' ' || !is_unseen(*character))
        .map(advance)
        .sum()
}

/// The lines of words that are at most so many ems wide each.
fn broken(words: &str, fonts: &Fonts, most: f32) -> Vec<String> {
    let words = words.trim();
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut start = 0;
    for (end, opportunity) in unicode_linebreak::linebreaks(words) {
        let piece = &words[start..end];
        start = end;
        if !line.is_empty() && width_of(&line, fonts) + width_of(piece.trim_end(), fonts) > most {
            lines.push(std::mem::take(&mut line));
        }
        // A word that is wider than the card is broken wherever it has to be.
        for grapheme in piece.graphemes(true) {
            let is_space = grapheme.trim().is_empty();
            if !is_space && !line.is_empty() && width_of(&line, fonts) + width_of(grapheme, fonts) > most {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(grapheme);
        }
        if opportunity == BreakOpportunity::Mandatory {
            lines.push(std::mem::take(&mut line));
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    let trimmed = lines.iter().map(|line| line.trim().to_owned());
    trimmed.collect()
}

//! Group cards: a front with a title, and behind it what each has written, drawn or photographed, on as many pages as it
//! takes. What one person gave stays together on a page.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::fonts::Fonts;
use crate::layout::{LEADING, LaidOut, Line, MARGIN, Sheet, fitted};
use crate::{Design, Size};

/// The colours of the eight pens, from 0: ink, red, orange, gold, green, blue, violet, brown.
pub const PENS: [&str; 8] = [
    "#2b2a45", "#d13f2f", "#e07b1a", "#c79a00", "#2f8f5b", "#2b6fc2", "#7a4fb3", "#855a3a",
];

/// How wide a pen draws on a sheet of 1,000 by 1,000.
const PEN_WIDTH: f32 = 14.0;
/// The width and height of a drawing's sheet.
const SHEET: f32 = 1_000.0;
/// The longest side of a picture on paper, in points.
const PICTURE: f32 = 104.0;
/// What lies between pictures and words, and between two who wrote.
const GAP: f32 = 14.0;
const BETWEEN: f32 = 16.0;
/// The least room for words beside pictures.
const NARROWEST: f32 = 90.0;
/// The sizes that a title, what is below it, and what somebody wrote may have, the largest first.
const TITLES: [f32; 9] = [46.0, 42.0, 38.0, 34.0, 30.0, 26.0, 22.0, 18.0, 15.0];
const BELOW: [f32; 5] = [16.0, 14.0, 12.0, 10.5, 9.0];
const WORDS: [f32; 9] = [18.0, 16.5, 15.0, 13.5, 12.0, 11.0, 10.0, 9.0, 8.0];
const NAME: [f32; 4] = [13.0, 11.5, 10.0, 8.5];

/// A card that several people wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What stands on its front.
    pub title: String,
    /// Below it: such as "Ana, Ben and Cleo, 23 November 2026".
    pub below: String,
    /// What each gave, in their order.
    pub entries: Vec<Entry>,
    /// How large.
    pub size: Size,
    /// How it looks.
    pub design: Design,
    /// Whether 3 mm of the background go beyond the edge, with marks of where to cut.
    pub bleed: bool,
}

/// What one person gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Their words; none when empty.
    pub words: String,
    /// Who.
    pub by: String,
    /// Their drawing, on a sheet of 1,000 by 1,000; none when empty.
    pub doodle: Vec<Stroke>,
    /// Their photo as a JPEG. One that cannot be read leaves its place empty.
    pub photo: Option<Vec<u8>>,
}

/// One line of a pen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stroke {
    /// Which of [`PENS`].
    pub pen: u8,
    /// Where it goes, each point as x from the left and y from the top.
    pub points: Vec<(u16, u16)>,
}

/// A picture on a page, by its upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Picture {
    x: f32,
    y: f32,
    shown: Shown,
}

#[derive(Debug, Clone, PartialEq)]
enum Shown {
    Doodle(Vec<Stroke>),
    /// The middle of a JPEG.
    Photo(Vec<u8>),
}

impl Picture {
    /// Draws it: drawings on white paper, so that every pen is seen on every design.
    pub(crate) fn draw(&self, svg: &mut String) {
        let (x, y) = (self.x, self.y);
        let _ = match &self.shown {
            Shown::Doodle(strokes) => {
                let scale = PICTURE / SHEET;
                let _ = write!(
                    svg,
                    r##"<rect x="{x}" y="{y}" width="{PICTURE}" height="{PICTURE}" rx="5" fill="#fffdf8"/><g transform="translate({x} {y}) scale({scale})" fill="none" stroke-width="{PEN_WIDTH}" stroke-linecap="round" stroke-linejoin="round">"##
                );
                for stroke in strokes {
                    stroke.draw(svg);
                }
                write!(svg, "</g>")
            }
            Shown::Photo(jpeg) => write!(
                svg,
                r##"<rect x="{x}" y="{y}" width="{PICTURE}" height="{PICTURE}" rx="5" fill="#fffdf8"/><image x="{left}" y="{top}" width="{side}" height="{side}" preserveAspectRatio="xMidYMid meet" href="data:image/jpeg;base64,{}"/>"##,
                STANDARD.encode(jpeg),
                left = x + 4.0,
                top = y + 4.0,
                side = PICTURE - 8.0,
            ),
        };
    }
}

impl Stroke {
    fn draw(&self, svg: &mut String) {
        let colour = PENS[usize::from(self.pen) % PENS.len()];
        let _ = match self.points[..] {
            [] => Ok(()),
            [(x, y)] => write!(
                svg,
                r#"<circle cx="{x}" cy="{y}" r="{}" fill="{colour}"/>"#,
                PEN_WIDTH / 2.0
            ),
            _ => {
                let _ = write!(svg, r#"<polyline stroke="{colour}" points=""#);
                for (x, y) in &self.points {
                    let _ = write!(svg, "{x},{y} ");
                }
                write!(svg, r#""/>"#)
            }
        };
    }
}

/// The front, and the pages behind it.
pub(crate) fn lay_out(group: &Group, fonts: &Fonts) -> LaidOut {
    let mut laid_out = LaidOut::default();
    let front = front(group, fonts, &mut laid_out);
    laid_out.sheets.push(front);
    let (_, height) = group.size.points();
    let (top, bottom) = (MARGIN, height - MARGIN);
    let mut sheet = Sheet::default();
    let mut y = top;
    for entry in &group.entries {
        let block = Block::of(entry, group.size, fonts, &mut laid_out);
        let is_begun = !sheet.lines.is_empty() || !sheet.pictures.is_empty();
        if is_begun && y + block.height > bottom {
            laid_out
                .sheets
                .push(centred(std::mem::take(&mut sheet), bottom - (y - BETWEEN)));
            y = top;
        }
        let height = block.height;
        block.put(&mut sheet, y);
        y += height + BETWEEN;
    }
    if !sheet.lines.is_empty() || !sheet.pictures.is_empty() {
        laid_out.sheets.push(centred(sheet, bottom - (y - BETWEEN)));
    }
    laid_out
}

/// A page with so much room left below, with half of it above.
fn centred(mut sheet: Sheet, left: f32) -> Sheet {
    let down = left.max(0.0) / 2.0;
    sheet.lines.iter_mut().for_each(|line| line.y += down);
    sheet.pictures.iter_mut().for_each(|picture| picture.y += down);
    sheet
}

fn front(group: &Group, fonts: &Fonts, laid_out: &mut LaidOut) -> Sheet {
    let (width, height) = group.size.points();
    let inside = width - 2.0 * MARGIN;
    let [title, below] = [&group.title, &group.below].map(|words| laid_out.writable(words, fonts));
    let (below, below_size, below_cut) = fitted(&below, fonts, inside, &BELOW, height * 0.2);
    let below_height = below.len() as f32 * below_size * LEADING;
    let room = height - 2.0 * MARGIN - below_height;
    let (title, size, title_cut) = fitted(&title, fonts, inside, &TITLES, room * 0.8);
    laid_out.is_cut |= title_cut || below_cut;
    let taken = title.len() as f32 * size * LEADING;
    let mut sheet = Sheet::default();
    let x = width / 2.0;
    stack(&mut sheet, title, size, x, MARGIN + (room - taken) / 2.0);
    stack(&mut sheet, below, below_size, x, height - MARGIN - below_height);
    sheet
}

/// Puts lines below each other, the first with its top at `y`.
fn stack(sheet: &mut Sheet, lines: Vec<String>, size: f32, x: f32, y: f32) {
    for (place, text) in lines.into_iter().enumerate() {
        let y = y + (place as f32 + 0.8) * size * LEADING;
        sheet.lines.push(Line { text, x, y, size });
    }
}

/// How somebody's pictures lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lie {
    /// In a row over the name: there are no words.
    Above,
    /// In a row at the left of words, when those are few or there is one picture.
    Beside,
    /// Below each other at the left of many words.
    Column,
}

/// What one person gave, laid out from a top at 0.
struct Block {
    sheet: Sheet,
    height: f32,
}

impl Block {
    fn of(entry: &Entry, size: Size, fonts: &Fonts, laid_out: &mut LaidOut) -> Self {
        let (width, height) = size.points();
        let most = height - 2.0 * MARGIN;
        let doodle = (!entry.doodle.is_empty()).then(|| Shown::Doodle(entry.doodle.clone()));
        let photo = entry.photo.clone().map(Shown::Photo);
        let pictures: Vec<Shown> = [photo, doodle].into_iter().flatten().collect();
        let [words, by] = [&entry.words, &entry.by].map(|words| laid_out.writable(words, fonts));
        let count = pictures.len() as f32;
        let inside = width - 2.0 * MARGIN;
        let beside = inside - count * (PICTURE + GAP);
        let is_short = count < 2.0
            || beside > NARROWEST && !fitted(&words, fonts, beside, &WORDS[..4], PICTURE - NAME[0] * LEADING).2;
        let lie = match (words.trim().is_empty(), is_short) {
            (true, _) => Lie::Above,
            (false, true) => Lie::Beside,
            (false, false) => Lie::Column,
        };
        let (picture_width, picture_height) = match lie {
            _ if pictures.is_empty() => (0.0, 0.0),
            Lie::Above => (count * (PICTURE + GAP) - GAP, PICTURE),
            Lie::Beside => (count * (PICTURE + GAP), PICTURE),
            Lie::Column => (PICTURE + GAP, count * (PICTURE + GAP / 2.0) - GAP / 2.0),
        };
        let left = if lie == Lie::Above { 0.0 } else { picture_width };
        let room = inside - left;
        let (by, by_size, by_cut) = fitted(&by, fonts, room, &NAME, 1.0);
        let by_height = by.len() as f32 * by_size * LEADING;
        let (words, words_size, words_cut) = if lie == Lie::Above {
            (Vec::new(), WORDS[0], false)
        } else {
            fitted(&words, fonts, room, &WORDS, most - by_height)
        };
        laid_out.is_cut |= words_cut || by_cut;
        let words_height = words.len() as f32 * words_size * LEADING;
        let text_height = words_height + by_height;
        let (text_top, block_height) = if lie == Lie::Above {
            (picture_height, picture_height + text_height)
        } else {
            let tallest = text_height.max(picture_height);
            ((tallest - text_height) / 2.0, tallest)
        };
        let mut sheet = Sheet::default();
        let x = MARGIN + left + room / 2.0;
        stack(&mut sheet, words, words_size, x, text_top);
        stack(&mut sheet, by, by_size, x, text_top + words_height);
        for (place, shown) in pictures.into_iter().enumerate() {
            let place = place as f32;
            let top = (block_height - picture_height) / 2.0;
            let (x, y) = match lie {
                Lie::Above => ((width - picture_width) / 2.0 + place * (PICTURE + GAP), 0.0),
                Lie::Beside => (MARGIN + place * (PICTURE + GAP), top),
                Lie::Column => (MARGIN, top + place * (PICTURE + GAP / 2.0)),
            };
            sheet.pictures.push(Picture { x, y, shown });
        }
        Self {
            sheet,
            height: block_height,
        }
    }

    fn put(self, onto: &mut Sheet, y: f32) {
        onto.lines
            .extend(self.sheet.lines.into_iter().map(|line| Line { y: line.y + y, ..line }));
        onto.pictures
            .extend(self.sheet.pictures.into_iter().map(|picture| Picture {
                y: picture.y + y,
                ..picture
            }));
    }
}

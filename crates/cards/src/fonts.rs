//! The fonts that there are: the one for handwriting, which comes along, and whatever the computer has for the rest.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use fontdb::{Database, ID, Source};
use resvg::usvg::{FontFamily, FontResolver, Options, Tree};

use crate::CardError;

/// Caveat, under the SIL Open Font License 1.1; see `fonts/README.md`.
const HANDWRITING: &[u8] = include_bytes!("../fonts/Caveat-Regular.ttf");
/// What drawings call a font: this, and its place among those that there are.
const PREFIX: &str = "font-";

/// How a character is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) font: ID,
    /// How far it moves on, in ems.
    pub(crate) advance: f32,
}

pub(crate) struct Fonts {
    database: Arc<Database>,
    handwriting: ID,
    /// What was looked up before.
    known: Mutex<HashMap<char, Option<Glyph>>>,
}

impl Fonts {
    /// Those of this computer, looked up once.
    pub(crate) fn of_this_computer() -> &'static Self {
        static FONTS: OnceLock<Fonts> = OnceLock::new();
        FONTS.get_or_init(|| Self::new(true))
    }

    /// Handwriting, and the computer's own fonts if they are wanted.
    pub(crate) fn new(with_system: bool) -> Self {
        let mut database = Database::new();
        let loaded = database.load_font_source(Source::Binary(Arc::new(HANDWRITING)));
        let handwriting = loaded[0];
        if with_system {
            database.load_system_fonts();
        }
        Self {
            database: Arc::new(database),
            handwriting,
            known: Mutex::default(),
        }
    }

    /// How a character is written; `None` when no font has it.
    pub(crate) fn glyph(&self, character: char) -> Option<Glyph> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        *known
            .entry(character)
            .or_insert_with(|| find(&self.database, self.handwriting, character))
    }

    /// Words, cut where another font begins, with what drawings call the font.
    pub(crate) fn runs(&self, words: &str) -> Vec<(String, String)> {
        let mut runs: Vec<(ID, String)> = Vec::new();
        for character in words.chars() {
            let font = self.glyph(character).map(|glyph| glyph.font);
            // What is not to be seen belongs to what stands before it.
            let font = font.filter(|_| !is_unseen(character));
            match (runs.last_mut(), font) {
                (Some((current, run)), font) if font.is_none_or(|font| font == *current) => run.push(character),
                (_, font) => runs.push((font.unwrap_or(self.handwriting), character.to_string())),
            }
        }
        let place = |font: ID| {
            self.database
                .faces()
                .position(|face| face.id == font)
                .unwrap_or_default()
        };
        let named = runs
            .into_iter()
            .map(|(font, run)| (format!("{PREFIX}{}", place(font)), run));
        named.collect()
    }

    /// Reads a drawing.
    pub(crate) fn parse(&self, drawing: &str) -> Result<Tree, CardError> {
        let handwriting = self.handwriting;
        let options = Options {
            fontdb: Arc::clone(&self.database),
            font_resolver: FontResolver {
                select_font: Box::new(move |font, database| {
                    let named = font.families().iter().find_map(|family| match family {
                        FontFamily::Named(name) => name.strip_prefix(PREFIX)?.parse::<usize>().ok(),
                        _ => None,
                    });
                    let face = named.and_then(|place| database.faces().nth(place));
                    Some(face.map_or(handwriting, |face| face.id))
                }),
                // Every run of a drawing names the font that has it. Left to itself, a fallback that has all of a line would
                // take the whole line, at widths that nobody has measured.
                select_fallback: Box::new(|_, _, _| None),
            },
            ..Options::default()
        };
        Tree::from_str(drawing, &options).map_err(|error| CardError::Drawing(error.to_string()))
    }
}

/// Handwriting if it has the character; else a plain face that has it, an emoji's own font for an emoji.
fn find(database: &Database, handwriting: ID, character: char) -> Option<Glyph> {
    let advance = |font: ID| {
        database.with_face_data(font, |data, index| {
            let face = ttf_parser::Face::parse(data, index).ok()?;
            let glyph = face.glyph_index(character)?;
            // A font for bitmaps alone has no outlines, and its advances may be in other units.
            let advance = face.glyph_hor_advance(glyph)?;
            Some(f32::from(advance) / f32::from(face.units_per_em()))
        })?
    };
    let others = database.faces().map(|face| (face.id, face));
    let is_emoji = |family: &str| family.contains("Emoji");
    let mut candidates: Vec<(u8, ID)> = others
        .filter(|(id, _)| *id != handwriting)
        .map(|(id, face)| {
            let family = face.families.first().map_or("", |(name, _)| name.as_str());
            let is_plain = face.style == fontdb::Style::Normal && face.weight == fontdb::Weight::NORMAL;
            let rank = match (is_pictograph(character), is_emoji(family), is_plain) {
                (true, true, _) => 0,
                (_, false, true) => 1,
                (_, false, false) => 2,
                (false, true, _) => 3,
            };
            (rank, id)
        })
        .collect();
    // The order of the database decides between those of a rank: the sort is stable.
    candidates.sort_by_key(|(rank, _)| *rank);
    std::iter::once(handwriting)
        .chain(candidates.into_iter().map(|(_, id)| id))
        .find_map(|font| advance(font).map(|advance| Glyph { font, advance }))
}

/// Whether a character is a picture, roughly: a wrong guess only prefers another font.
fn is_pictograph(character: char) -> bool {
    matches!(u32::from(character), 0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0x2B00..=0x2BFF)
}

/// Whether a character is not to be seen, so that no font has to have it.
pub(crate) fn is_unseen(character: char) -> bool {
    character.is_control()
        || character.is_whitespace()
        || matches!(
            u32::from(character),
            0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF | 0xE0000..=0xE0FFF
        )
}

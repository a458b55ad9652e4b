//! "I spy": a small bingo card for a call. Everyone in a room has the same card, and marks it on their own screen only.

use crate::seeded::order;
use crate::{ItemId, MemberId};

/// A call of up to so many minutes has a card of three by three; a longer one of four by four.
const SMALL_CARD_MINUTES: u32 = 40;

/// What may be seen in a call: keys of the catalogue, `ispy-` before each.
pub const SIGHTS: [&str; 48] = [
    "pet",
    "plant",
    "slogan-mug",
    "teapot",
    "headphones",
    "bookshelf",
    "window",
    "child",
    "guitar",
    "map",
    "hat",
    "stripes",
    "scarf",
    "lamp",
    "candle",
    "clock",
    "painting",
    "photo",
    "sofa",
    "kitchen",
    "balcony",
    "bicycle",
    "sticky-note",
    "whiteboard",
    "second-screen",
    "blanket",
    "snack",
    "fruit",
    "yawn",
    "laugh",
    "thumbs-up",
    "dance",
    "echo",
    "muted",
    "doorbell",
    "birdsong",
    "rain",
    "sunshine",
    "night",
    "curtain",
    "glasses",
    "socks",
    "knitting",
    "game",
    "souvenir",
    "lucky-charm",
    "pen",
    "new-haircut",
];

/// How many squares a side has, for a call of so many minutes.
pub fn side(duration_min: u32) -> usize {
    if duration_min <= SMALL_CARD_MINUTES { 3 } else { 4 }
}

/// The card of a room: `side * side` of [`SIGHTS`], row by row. `room` is who is in it; nobody when all are together.
pub fn card(gathering: ItemId, room: &[MemberId], side: usize) -> Vec<&'static str> {
    let mut members: Vec<String> = room.iter().map(ToString::to_string).collect();

    members.sort();
    let seed = [gathering.to_string(), members.join(" ")];
    let places = order(&["ispy", &seed[0], &seed[1]], SIGHTS.len());
    places
        .into_iter()
        .take(side * side)
        .map(|place| SIGHTS[place])
        .collect()
}

/// Whether a row, a column or a diagonal of a card is full.
pub fn has_line(marked: &[usize], side: usize) -> bool {
    let is_marked = |row: usize, column: usize| marked.contains(&(row * side + column));
    let all = |square: &dyn Fn(usize) -> (usize, usize)| {
        (0..side).all(|step| {
            let (row, column) = square(step);
            is_marked(row, column)
        })
    };
    (0..side).any(|line| all(&|step| (line, step)) || all(&|step| (step, line)))
        || all(&|step| (step, step))
        || all(&|step| (step, side - 1 - step))
}

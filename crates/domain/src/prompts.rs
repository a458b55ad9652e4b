//! What to talk about: the series' own ideas first, then some of ours, the same ones for everyone who comes.

use std::collections::HashSet;

use crate::ItemId;
use crate::seeded::order;

/// How many are offered for a call.
pub const OFFERED: usize = 3;

/// Ours: keys of the catalogue, `prompt-` before each.
pub const BUILT_IN: [&str; 44] = [
    "small-joy",
    "this-week",
    "window",
    "breakfast",
    "childhood-dish",
    "first-job",
    "learned-lately",
    "book",
    "song",
    "walk",
    "smell",
    "neighbour",
    "weather",
    "tool",
    "trick",
    "helped",
    "teach",
    "curious",
    "wrong",
    "collection",
    "season",
    "street",
    "holiday",
    "word",
    "game",
    "film",
    "plant",
    "animal",
    "morning",
    "rest",
    "mend",
    "gift",
    "letter",
    "journey",
    "hero",
    "superpower",
    "dream-day",
    "quiet",
    "laugh",
    "grateful",
    "team-wish",
    "unfinished",
    "home",
    "next-week",
];

/// Something to talk about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompt {
    /// As the series has it.
    Own(String),
    /// One of [`BUILT_IN`].
    BuiltIn(&'static str),
}

/// What is offered for a call, nothing twice: of the series' `own` first, each in an order that follows from the call's
/// id. Of `own` may also be keys of [`BUILT_IN`], which a draw of pairs has chosen.
pub fn offered(call: ItemId, own: &[String]) -> Vec<Prompt> {
    let seed = call.to_string();
    let mut said = HashSet::new();
    let own_first = order(&["own prompts", &seed], own.len())
        .into_iter()
        .map(|place| own[place].as_str())
        .filter(|text| said.insert(*text))
        .map(|text| Prompt::Own(text.to_owned()));
    let ours = order(&["prompts", &seed], BUILT_IN.len())
        .into_iter()
        .map(|place| BUILT_IN[place])
        .filter(|key| !own.iter().any(|text| text == key))
        .map(Prompt::BuiltIn);
    own_first.chain(ours).take(OFFERED).collect()
}

//! What counts as one emoji.

use icu_properties::CodePointSetData;
use icu_properties::props::{Emoji, RegionalIndicator};
use unicode_segmentation::UnicodeSegmentation as _;

/// The most characters that one emoji is made of: two people, their skin, a heart and a kiss make ten.
const CHARACTERS_MAX: usize = 12;
/// Joins pictures to one.
const JOINER: char = '\u{200D}';
/// Asks for the picture, where a character is a letter or a sign too.
const AS_PICTURE: char = '\u{FE0F}';
/// Makes a key of the digit or sign before it.
const KEY: char = '\u{20E3}';
/// The letters by which flags of regions such as Wales are spelled, and their end.
const TAGS: std::ops::RangeInclusive<char> = '\u{E0020}'..='\u{E007F}';

/// Whether the text is one emoji and nothing else: one character as people see it (UAX #29, extended grapheme cluster),
/// made of characters that emoji are made of (UTS #51).
///
/// It does not ask whether the sequence is on today's list: a desktop with a newer one is not to be refused.
pub fn is_one_emoji(text: &str) -> bool {
    let characters: Vec<char> = text.chars().take(CHARACTERS_MAX + 1).collect();
    let Some(first) = characters.first().copied() else {
        return false;
    };
    let is_key = characters.last() == Some(&KEY);
    let is_letter_of_a_flag = CodePointSetData::new::<RegionalIndicator>().contains(first);
    let is_picture =
        |character: char| CodePointSetData::new::<Emoji>().contains(character) && (is_key || !character.is_ascii());
    characters.len() <= CHARACTERS_MAX
        && text.graphemes(true).count() == 1
        && is_picture(first)
        && (!is_letter_of_a_flag || characters.len() == 2)
        && characters.iter().all(|character| {
            is_picture(*character) || matches!(*character, JOINER | AS_PICTURE | KEY) || TAGS.contains(character)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_emoji_is_one_character_as_people_see_it() {
        for fine in ["👍", "👍🏽", "❤", "❤️", "🫖", "👩‍👩‍👧‍👦", "👩🏻‍❤️‍💋‍👩🏼", "🏳️‍🌈", "🇵🇪", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "1️⃣", "#️⃣"]
        {
            assert!(is_one_emoji(fine), "{fine}");
        }
    }

    #[test]
    fn anything_else_is_not_one() {
        for wrong in [
            "",
            "lol",
            "1",
            "é",
            "ß",
            "漢",
            " ",
            "👍👍",
            "👍 ",
            "👍a",
            "\u{202E}",
            "\u{202E}👍",
            "👍\u{202E}",
            "\u{200D}",
            "\u{FE0F}",
            "\u{20E3}",
            "🇵",
            "🇵🇪🇵",
            "👍\u{301}",
            "\u{E0062}",
        ] {
            assert!(!is_one_emoji(wrong), "{wrong:?}");
        }
        let endless = format!("👩{}", "\u{200D}👩".repeat(50));
        assert!(!is_one_emoji(&endless));
    }
}

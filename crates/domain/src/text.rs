//! What words may look like: lengths in characters as people count them, and no characters that deceive the eye.

use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;

use crate::Problem;

/// The longest words of a snapshot, a reason or a reply, in Unicode scalar values.
pub const WORDS_MAX: usize = 2_000;
/// The longest name of a person or a team.
pub const NAME_MAX: usize = 80;

/// Characters that turn the direction of the text around them, and so can make a name read as another one
/// (Unicode Technical Report 36, "bidirectional text spoofing").
fn deceives(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

/// Whether nothing is seen of a character, and it takes no room either: joiners, fillers, marks of direction, the empty
/// pattern of Braille.
fn is_invisible(character: char) -> bool {
    character == '\u{2800}'
        || character.is_control()
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}

/// Whether words show nothing at all.
pub fn is_blank(words: &str) -> bool {
    words
        .chars()
        .all(|character| character.is_whitespace() || is_invisible(character))
}

/// How many characters people see of words, spaces between them included.
pub fn visible_length(words: &str) -> usize {
    let is_nothing = |character: char| character.is_whitespace() || is_invisible(character);
    let shown = words.trim_matches(is_nothing).chars();
    shown.filter(|character| !is_invisible(*character)).count()
}

/// A name of a thing, such as a computer, that is made fit rather than refused: on one line, without what deceives the
/// eye, and not too long.
pub fn fitting_name(name: &str) -> String {
    let shown = name
        .chars()
        .filter(|character| !character.is_control() && !deceives(*character));
    shown.take(NAME_MAX).collect::<String>().trim().to_owned()
}

/// What somebody else wrote, as a refusal quotes it: its first `max` characters, and a mark when there were more.
pub fn quoted(words: &str, max: usize) -> String {
    match words.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}

fn is_control(character: char) -> bool {
    character.is_control() && character != '\n' && character != '\t'
}

/// Checks words that may have several lines: at most `max` characters, none of them NUL or another control character.
pub fn check_words(what: &str, words: &str, max: usize) -> Result<(), Problem> {
    let length = words.chars().count();
    if length > max {
        return Err(Problem::new(
            "too_long",
            format!("The {what} has {length} characters; at most {max} fit. Shorten it and send it again."),
        ));
    }
    if words.chars().any(is_control) {
        return Err(Problem::new(
            "bad_characters",
            format!("The {what} has control characters, which cannot be shown. Remove them and send it again."),
        ));
    }
    Ok(())
}

/// Checks a name on one line: not empty, at most `max` characters, no control characters and none that turn the
/// reading direction.
pub fn check_name(what: &str, name: &str, max: usize) -> Result<(), Problem> {
    if is_blank(name) {
        return Err(Problem::new(
            "empty",
            format!("The {what} is empty. Write at least one letter."),
        ));
    }
    check_words(what, name, max)?;
    if name
        .chars()
        .any(|character| character == '\n' || character == '\t' || deceives(character))
    {
        return Err(Problem::new(
            "bad_characters",
            format!("The {what} has line breaks or characters that turn the reading direction. Remove them."),
        ));
    }
    Ok(())
}

/// Checks an address that people will open: `https` (or `http` on this computer), at most 500 characters.
pub fn check_link(what: &str, link: &str) -> Result<(), Problem> {
    let parsed = if link.len() <= 500 {
        url::Url::parse(link).ok()
    } else {
        None
    };
    let is_fine = parsed.is_some_and(|url| {
        url.host_str().is_some_and(|host| {
            url.scheme() == "https" || (url.scheme() == "http" && matches!(host, "localhost" | "127.0.0.1" | "[::1]"))
        })
    });
    if is_fine {
        Ok(())
    } else {
        Err(Problem::new(
            "bad_link",
            format!("The {what} is not an address that starts with https:// and has at most 500 characters."),
        ))
    }
}

//! Words of others on their way into a notification, where some servers read markup.

/// A body for a server that reads markup (`body-markup` among its capabilities), or for one that does not.
pub(crate) fn body(words: &str, is_markup: bool) -> String {
    let words = without_controls(words, true);
    if !is_markup {
        return words;
    }
    let mut escaped = String::with_capacity(words.len());
    for char in words.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A title. It is meant to be plain everywhere, yet some servers read markup in it too, and nobody can ask which: signs
/// that look alike and mean nothing are right on all of them.
pub(crate) fn title(words: &str) -> String {
    without_controls(words, false).replace('<', "‹").replace('>', "›")
}

fn without_controls(words: &str, keep_lines: bool) -> String {
    let is_override = |char: char| matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    words
        .chars()
        .filter(|char| !is_override(*char))
        .map(|char| {
            if char.is_control() && !(keep_lines && char == '\n') {
                ' '
            } else {
                char
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_escaped_only_where_markup_is_read() {
        assert_eq!(body("<b>Tom & Jerry</b>", true), "&lt;b&gt;Tom &amp; Jerry&lt;/b&gt;");
        assert_eq!(body("<b>Tom & Jerry</b>", false), "<b>Tom & Jerry</b>");
        assert_eq!(body("&amp;", true), "&amp;amp;");
    }

    #[test]
    fn a_title_holds_no_tag_on_any_server() {
        assert_eq!(title("<img src=x> & co"), "‹img src=x› & co");
        assert_eq!(title("two\nlines\u{202e}"), "two lines");
    }
}

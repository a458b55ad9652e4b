//! People's words as each service shows them as they are: no formatting, no mentions, no pictures from elsewhere.

use std::fmt::Write as _;

/// Slack's `mrkdwn`: with these three escaped, nobody and no channel can be mentioned.
pub(crate) fn slack(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// HTML, for Matrix.
pub(crate) fn html(text: &str) -> String {
    slack(text).replace('"', "&quot;").replace('\'', "&#39;")
}

fn with_backslashes(text: &str, special: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if special.contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// What breaks up a word for a machine and not for the eye.
const NOTHING_TO_SEE: char = '\u{200b}';

/// Discord's Markdown. That nobody is pinged is also said beside the words.
pub(crate) fn discord(text: &str) -> String {
    with_backslashes(text, r"\`*_~|[]()<>#-+:@").replace("\\@", &format!("@{NOTHING_TO_SEE}"))
}

/// Mattermost's Markdown. A backslash does not stop `@channel`.
pub(crate) fn mattermost(text: &str) -> String {
    with_backslashes(text, r"\`*_~|{}[]()>#-+").replace('@', &format!("@{NOTHING_TO_SEE}"))
}

/// The Markdown of an Adaptive Card. `{{DATE(…)}}` is a date to it.
pub(crate) fn card(text: &str) -> String {
    with_backslashes(text, r"\`*_[]()#-+~|>").replace("{{", &format!("{{{NOTHING_TO_SEE}{{"))
}

/// Part of a path.
pub(crate) fn path(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

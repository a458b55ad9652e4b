//! What a mirror says by itself, and in which order what people wrote stands between it. The catalogue of the desktop is
//! not at hand here; an admin says which language the people of a channel read.

use samovar_domain::Timestamp;
use unicode_segmentation::UnicodeSegmentation as _;

use super::message::Message;

/// A language that a mirror speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// When nothing else was asked for.
    #[default]
    English,
    /// `de`.
    German,
}

impl Language {
    /// By the first part of a locale such as `de-AT`.
    pub(crate) fn of(locale: &str) -> Self {
        let language = locale.split(['-', '_']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("de") {
            Self::German
        } else {
            Self::English
        }
    }

    /// As [`Language::of`] takes it.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    fn says(self, english: &'static str, german: &'static str) -> &'static str {
        match self {
            Self::English => english,
            Self::German => german,
        }
    }
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words, people's or our own: shown as they are.
    Text(String),
    /// The same, to stand out.
    Strong(String),
    /// A time of the day; in the reader's zone where the service can, else in this one.
    Time(Timestamp, Option<String>),
    /// An address to go to.
    Link(String),
}

/// A line of pieces.
pub(crate) type Line = Vec<Piece>;

fn text(words: impl Into<String>) -> Piece {
    Piece::Text(words.into())
}

fn strong(words: impl Into<String>) -> Piece {
    Piece::Strong(words.into())
}

/// A message, with at most so many characters of what a person wrote.
pub(crate) fn message(message: &Message, language: Language, most: usize) -> Vec<Line> {
    match message {
        Message::Kudos {
            from,
            to,
            reason,
            value,
            ..
        } => {
            let mut first = vec![text("🙌 "), strong(from), text(language.says(" thanks ", " dankt "))];
            for (place, name) in to.iter().enumerate() {
                match place {
                    0 => {}
                    _ if place + 1 == to.len() => first.push(text(language.says(" and ", " und "))),
                    _ => first.push(text(", ")),
                }
                first.push(strong(name));
            }
            let mut lines = vec![first, vec![text(shortened(reason, most))]];
            lines.extend(
                value
                    .iter()
                    .map(|value| vec![text(format!("{} {}", value.emoji, value.name))]),
            );
            lines
        }
        Message::Gathering {
            title,
            starts_at,
            duration_min,
            time_zone,
            link,
            cancelled,
            ..
        } => {
            let begins = if *cancelled {
                language.says(" does not take place: ", " findet nicht statt: ")
            } else {
                language.says(" starts at ", " beginnt um ")
            };
            let time = Piece::Time(*starts_at, time_zone.clone());
            let mut lines = vec![vec![text("🫖 "), strong(title), text(begins), time]];
            if !cancelled {
                lines[0].push(text(format!(" ({duration_min} {})", language.says("min", "Min."))));
                lines.extend(link.iter().map(|link| vec![Piece::Link(link.clone())]));
            }
            lines
        }
    }
}

/// Stands before a message that is shown again since it was changed, where what was shown cannot be.
pub(crate) fn changed(language: Language) -> Line {
    vec![text(language.says(
        "Changed since it was shown here:",
        "Geändert, seit es hier stand:",
    ))]
}

/// Where what was shown cannot be taken away. It names nobody.
pub(crate) fn taken_back(language: Language) -> Line {
    vec![text(language.says(
        "Something that was shown here was taken back. Please treat it as not said.",
        "Etwas, das hier stand, wurde zurückgenommen. Bitte behandelt es als nicht gesagt.",
    ))]
}

/// For an admin who tries whether messages arrive.
pub(crate) fn trial(language: Language) -> Line {
    vec![text(language.says(
        "Samovar can show kudos and gatherings here. This is a test.",
        "Samovar kann hier Dank und Treffen zeigen. Das ist ein Test.",
    ))]
}

/// At most so many characters, as a reader counts them.
fn shortened(words: &str, most: usize) -> String {
    let mut shown = words.graphemes(true);
    let start: String = shown.by_ref().take(most).collect();
    if shown.next().is_none() {
        start
    } else {
        format!("{}…", start.trim_end())
    }
}

/// The time of the day in a zone, with its name: for services that do not know their readers' zones.
pub(crate) fn clock_time(at: Timestamp, zone: Option<&str>) -> String {
    let zone: Option<chrono_tz::Tz> = zone.and_then(|zone| zone.parse().ok());
    match zone {
        Some(zone) => format!("{} ({})", at.utc().with_timezone(&zone).format("%H:%M"), zone.name()),
        None => format!("{} UTC", at.utc().format("%H:%M")),
    }
}

//! The few words that a calendar says by itself. The catalogue of the desktop is not at hand here, and the endpoint does
//! not know who reads which language: the address of the feed says it.

/// A language that a calendar can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Language {
    /// For everyone who asks for nothing else.
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

    /// Under a call that lies outside the reader's hours.
    pub(super) fn camera_optional(self) -> &'static str {
        match self {
            Self::English => "Camera optional: outside your hours",
            Self::German => "Kamera freigestellt: außerhalb deiner Zeiten",
        }
    }

    /// The title of a call with those who were drawn; nobody whose name is known when `names` is empty.
    pub(super) fn pair_call(self, names: &[&str]) -> String {
        let title = match self {
            Self::English => "Pair call",
            Self::German => "Zweiergespräch",
        };
        let with = match self {
            Self::English => "with",
            Self::German => "mit",
        };
        let and = match self {
            Self::English => "and",
            Self::German => "und",
        };
        match names {
            [] => title.to_owned(),
            names => format!("{title} {with} {}", names.join(&format!(" {and} "))),
        }
    }
}

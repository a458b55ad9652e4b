//! Content lines of RFC 5545: escaped, folded, and closed against whatever people write.
//!
//! Our own, because no crate that we may use fits: `icalendar` stamps every component that has no `DTSTAMP` with the
//! machine's clock, time zones included, where none may be, and leaves carriage returns in texts.

/// The most octets of a line, its break not counted (RFC 5545, section 3.1).
const OCTETS_MAX: usize = 75;

/// A calendar as it is written, line by line.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// All that was written.
    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Goes on with what was written elsewhere.
    pub(super) fn append(&mut self, others: Self) {
        self.0.push_str(&others.0);
    }

    /// A component with what `inside` writes in it.
    pub(super) fn component(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.value("BEGIN", name);
        inside(self);
        self.value("END", name);
    }

    /// A property whose value is written as it stands: dates, numbers, names of ours. What people wrote goes through
    /// [`Lines::text`] and [`Lines::address`].
    pub(super) fn value(&mut self, name: &str, value: &str) {
        debug_assert!(!value.chars().any(char::is_control), "{name} is of several lines");
        self.fold(&format!("{name}:{value}"));
    }

    /// A property whose value is words (`TEXT`, section 3.3.11).
    pub(super) fn text(&mut self, name: &str, words: &str) {
        self.fold(&format!("{name}:{}", escape(&plain(words))));
    }

    /// A property whose value is an address (`URI`, section 3.3.13), which knows no escapes. Nothing is written when it
    /// could be read as more than an address.
    pub(super) fn address(&mut self, name: &str, address: &str) {
        if is_address(address) {
            self.fold(&format!("{name}:{address}"));
        }
    }

    fn fold(&mut self, line: &str) {
        let mut room = OCTETS_MAX;
        for character in line.chars() {
            let octets = character.len_utf8();
            if octets > room {
                self.0.push_str("\r\n ");
                room = OCTETS_MAX - 1;
            }
            self.0.push(character);
            room -= octets;
        }
        self.0.push_str("\r\n");
    }
}

/// Words without control characters but line breaks, which all become the same. U+2028 and U+2029 end a line for some
/// programs and not for others, so that one of them would read a title as several lines.
pub(super) fn plain(words: &str) -> String {
    let words = words
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    words
        .chars()
        .filter(|character| matches!(character, '\n' | '\t') || !character.is_control())
        .collect()
}

fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len() + 16);
    for character in words.chars() {
        match character {
            '\n' => escaped.push_str("\\n"),
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            other => escaped.push(other),
        }
    }
    escaped
}

fn is_address(address: &str) -> bool {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    is_web
        && !address
            .chars()
            .any(|character| character.is_control() || character.is_whitespace())
}

#[cfg(test)]
mod tests {
    use icalendar::{Calendar, CalendarComponent, Component as _};
    use proptest::prelude::*;

    use super::*;

    fn event(write: impl FnOnce(&mut Lines)) -> String {
        let mut lines = Lines::default();
        lines.component("VCALENDAR", |lines| lines.component("VEVENT", write));
        lines.finish()
    }

    /// What another program reads of the event's property.
    fn read(written: &str, name: &str) -> Option<String> {
        let calendar: Calendar = written.parse().expect("it can be read");
        assert_eq!(calendar.components.len(), 1, "nothing but the event: {written}");
        let CalendarComponent::Event(event) = &calendar.components[0] else {
            panic!("it is an event: {written}");
        };
        event.property_value(name).map(str::to_owned)
    }

    fn check_form(written: &str) {
        assert!(written.ends_with("\r\n"));
        for line in written.trim_end_matches("\r\n").split("\r\n") {
            assert!(line.len() <= OCTETS_MAX, "{} octets: {line}", line.len());
            assert!(!line.contains(['\r', '\n']), "{line:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn whatever_people_write_is_read_as_they_wrote_it(
            words in prop_oneof![
                any::<String>(),
                "[a-z;,:\\\\nN\"\r\n\t\u{1}-\u{1f}\u{85}\u{2028}\u{202e}é€😀 ]{0,200}",
            ],
        ) {
            let written = event(|lines| lines.text("SUMMARY", &words));
            check_form(&written);
            prop_assert_eq!(read(&written, "SUMMARY").unwrap(), plain(&words));
        }
    }

    #[test]
    fn a_title_that_would_be_more_than_a_title_is_one() {
        let hostile = "Tea\r\nEND:VEVENT\nBEGIN:VEVENT\rSUMMARY:mine; and\\, \u{202e}yours\u{0}\u{2028}X:1";
        let written = event(|lines| lines.text("SUMMARY", hostile));
        assert_eq!(written.matches("BEGIN:VEVENT\r\n").count(), 1, "{written}");
        let expect = "Tea\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:mine; and\\, \u{202e}yours\nX:1";
        assert_eq!(read(&written, "SUMMARY").unwrap(), expect);
    }

    #[test]
    fn a_hundred_thousand_letters_are_folded_between_letters() {
        let long = "Teestündchen 🫖 ".repeat(6_000);
        let written = event(|lines| lines.text("SUMMARY", &long));
        check_form(&written);
        assert_eq!(read(&written, "SUMMARY").unwrap(), long);
    }

    #[test]
    fn an_address_that_is_more_than_an_address_is_left_out() {
        let room = "https://meet.example.org/room;a=1,b?c=%20#config.startWithVideoMuted=true";
        let written = event(|lines| lines.address("URL", room));
        assert_eq!(read(&written, "URL").unwrap(), room);
        for wrong in [
            "https://a.example/\r\nBEGIN:VEVENT",
            "https://a.example/ b",
            "javascript:alert(1)",
            "https://a.example/\u{2028}X:1",
            "",
        ] {
            let written = event(|lines| lines.address("URL", wrong));
            assert_eq!(read(&written, "URL"), None, "{wrong:?}");
        }
    }
}

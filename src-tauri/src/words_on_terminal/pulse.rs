//! `samovar pulse` in words.

use std::fmt::Write as _;

use chrono_tz::Tz;
use samovar_core::api::{PulseCard, PulseOpen, PulseOutcome, PulseState};
use samovar_domain::pulse::QUESTION;

use super::{day_and_time, plain};

/// What is said to whoever has just answered.
pub(crate) const PULSE_ANSWERED: &str = "Answered. It goes out by itself at some moment of the next hours, \
     without your name, while Samovar runs.";

const ANSWERS: [&str; 5] = ["not at all", "a little", "somewhat", "mostly", "very much"];

fn question(named: &str) -> String {
    if named == QUESTION {
        "\"I feel that I belong in this team.\"".to_owned()
    } else {
        plain(named)
    }
}

/// `samovar pulse`.
pub(crate) fn pulse(card: &PulseCard, zone: Tz) -> String {
    let mut words = String::new();
    match (&card.open, card.settings.on) {
        (Some(open), _) => self::open(&mut words, open, zone),
        (None, true) => {
            let _ = match card.next_at {
                Some(at) => writeln!(
                    words,
                    "No round is open. The next one opens {}.",
                    day_and_time(at, zone)
                ),
                None => writeln!(words, "No round is open."),
            };
        }
        (None, false) => words.push_str("This team does not ask itself. Admins can switch that on in the settings.\n"),
    }
    if let Some(last) = card.results.first() {
        outcome(&mut words, last, zone);
    }
    words
}

fn open(words: &mut String, open: &PulseOpen, zone: Tz) {
    let _ = writeln!(words, "{}", question(&open.question));
    match open.state {
        PulseState::Asks => {
            for (number, answer) in (1..).zip(ANSWERS) {
                let _ = writeln!(words, "  {number}  {answer}");
            }
            words.push_str("Answer with: samovar pulse NUMBER. Nobody can tell who said what, or who answered.\n");
        }
        PulseState::Answered => words.push_str("  You have answered, on this computer.\n"),
        PulseState::Elsewhere => {
            words.push_str("  Another computer of yours has this round's answer in hand. Answer from there.\n");
        }
        PulseState::Unproven => words.push_str(
            "  The endpoint did not prove that it treats everybody alike, so this computer sends no answer.\n",
        ),
    }
    let _ = writeln!(words, "Open until {}.", day_and_time(open.closes_at, zone));
}

fn outcome(words: &mut String, outcome: &PulseOutcome, zone: Tz) {
    let when = day_and_time(outcome.closed_at, zone);
    let _ = writeln!(words, "The last round closed {when}.");
    let Some(counts) = outcome.counts else {
        words.push_str("  Fewer than five answered, so nothing is shown.\n");
        return;
    };
    for (answer, count) in ANSWERS.iter().zip(counts) {
        let _ = writeln!(words, "  {answer:<11} {count}");
    }
}

#[cfg(test)]
mod tests {
    use samovar_domain::kinds::PulseSettings;
    use samovar_domain::{ItemId, Timestamp};

    use super::*;

    fn card(counts: Option<[u32; 5]>) -> PulseCard {
        let at: Timestamp = "2026-12-11T09:00:00Z".parse().unwrap();
        PulseCard {
            now: at,
            is_admin: false,
            settings: PulseSettings {
                on: true,
                open_days: Some(10),
            },
            next_at: None,
            open: None,
            results: vec![PulseOutcome {
                round: ItemId::new(at),
                question: QUESTION.to_owned(),
                closed_at: at,
                counts,
                is_recent: true,
            }],
        }
    }

    #[test]
    fn counts_are_shown_and_few_are_not() {
        let shown = pulse(&card(Some([1, 0, 2, 0, 4])), Tz::UTC);
        assert!(
            shown.contains("not at all  1\n") && shown.contains("very much   4\n"),
            "{shown}"
        );
        let few = pulse(&card(None), Tz::UTC);
        assert!(few.contains("Fewer than five answered"), "{few}");
    }

    #[test]
    fn a_round_that_is_open_says_how_it_is_answered() {
        let mut card = card(None);
        card.open = Some(PulseOpen {
            round: ItemId::new(card.now),
            question: QUESTION.to_owned(),
            closes_at: card.now,
            state: PulseState::Asks,
            is_put_away: false,
        });
        assert!(pulse(&card, Tz::UTC).contains("5  very much"));
    }
}

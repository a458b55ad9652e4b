//! `samovar decide list` in words.

use std::fmt::Write as _;

use chrono_tz::Tz;
use samovar_core::api::{AwaitedCard, DecisionCard, DecisionProgress, Decisions, Person};
use samovar_domain::kinds::{Said, Stance, Style};

use super::{day_and_time, list, plain};

fn names(people: &[Person]) -> String {
    list(&people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>())
}

/// `samovar decide list`.
pub(crate) fn decisions(page: &Decisions, zone: Tz) -> String {
    if page.decisions.is_empty() {
        return "Nothing is waiting to be decided.".to_owned();
    }
    let mut words = String::new();
    for card in &page.decisions {
        entry(&mut words, card, zone);
    }
    words
}

fn entry(words: &mut String, card: &DecisionCard, zone: Tz) {
    let from = if card.is_mine {
        "you".to_owned()
    } else {
        plain(&card.from.name)
    };
    let _ = writeln!(words, "{}  (asked by {from})", plain(&card.question));
    if let Style::Ranked { options } = &card.how {
        for (number, option) in (1..).zip(options) {
            let _ = writeln!(words, "  {number}. {}", plain(option));
        }
    }
    match card.progress {
        DecisionProgress::Withdrawn => {
            let _ = writeln!(words, "  taken back");
            return;
        }
        DecisionProgress::Closed => {}
        DecisionProgress::Open => open(words, card, zone),
    }
    if let Some(outcome) = &card.outcome {
        let when = day_and_time(outcome.closed_at, zone);
        let _ = writeln!(words, "  decided {when}: {}", plain(&outcome.words));
        if !outcome.not_heard.is_empty() {
            let _ = writeln!(words, "  not heard: {}", names(&outcome.not_heard));
        }
    }
    for voice in &card.said {
        let said = voice
            .said
            .as_ref()
            .map_or_else(|| "could not be opened".to_owned(), said);
        let _ = writeln!(words, "  {}: {said}", plain(&voice.person.name));
    }
}

fn open(words: &mut String, card: &DecisionCard, zone: Tz) {
    if card.needs_me {
        let _ = writeln!(words, "  it needs your voice");
    }
    if !card.heard.is_empty() {
        let _ = writeln!(words, "  heard: {}", names(&card.heard));
    }
    for awaited in &card.awaited {
        let _ = writeln!(words, "  awaited: {}", why(awaited));
    }
    let _ = match card.earliest {
        Some(at) => writeln!(words, "  may be closed from {} on", day_and_time(at, zone)),
        None => writeln!(words, "  when it may be closed is not in sight"),
    };
}

fn why(awaited: &AwaitedCard) -> String {
    let name = plain(&awaited.person.name);
    match (awaited.back_on, awaited.minutes_left) {
        (Some(day), _) => format!("{name} (away, back on {day})"),
        (None, Some(minutes)) => {
            format!(
                "{name} ({} h {} min of their working time left)",
                minutes / 60,
                minutes % 60
            )
        }
        (None, None) => name,
    }
}

fn said(said: &Said) -> String {
    let stance = said.stance.map(|stance| match stance {
        Stance::For => "for".to_owned(),
        Stance::Against => "against".to_owned(),
        Stance::Abstain => "abstains".to_owned(),
        Stance::MoreTalk => "needs more talk".to_owned(),
    });
    let ranking: Vec<_> = said.ranking.iter().map(|place| (place + 1).to_string()).collect();
    let ranking = (!ranking.is_empty()).then(|| ranking.join(", "));
    let parts = [stance, ranking, said.words.as_deref().map(plain)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

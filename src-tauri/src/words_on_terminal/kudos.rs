//! The kudos wall, and what was missed.

use std::fmt::Write as _;

use chrono_tz::Tz;
use samovar_core::api::{KudosWall, MissedPage};
use samovar_domain::missed::MissedWhat;
use samovar_domain::{Audience, MemberId};

use super::{day_and_time, list, plain};

/// `samovar kudos-wall`.
pub(crate) fn kudos_wall(wall: &KudosWall, zone: Tz) -> String {
    let mut words = String::new();
    for card in &wall.cards {
        let names: Vec<_> = card.to.iter().map(|person| person.name.as_str()).collect();
        let value = card.value.as_ref();
        let value = value.map_or_else(String::new, |value| format!("  {} {}", value.emoji, plain(&value.name)));
        let between = if card.audience == Audience::Team {
            ""
        } else {
            "  between you"
        };
        let _ = writeln!(
            words,
            "{}  {} thanks {}{value}{between}",
            day_and_time(card.created_at, zone),
            plain(&card.from.name),
            list(&names)
        );
        let _ = writeln!(words, "  {}\n", plain(&card.reason));
    }
    if wall.cards.is_empty() {
        words.push_str("There are no such kudos here.");
    }
    if wall.more {
        words.push_str("There are more; some words find them.");
    }
    words
}

/// `samovar today --since`.
pub(crate) fn missed(page: &MissedPage, zone: Tz) -> String {
    let name = |member: &MemberId| {
        let person = page.people.iter().find(|person| person.id == *member);
        person.map_or("somebody", |person| person.name.as_str())
    };
    let mut words = String::new();
    for line in &page.lines {
        let said = match &line.what {
            MissedWhat::Kudos { from, to, reason } => {
                let to: Vec<&str> = to.iter().map(name).collect();
                format!("{} thanked {}: {}", plain(name(from)), list(&to), plain(reason))
            }
            MissedWhat::Gathering { title } => plain(title),
            MissedWhat::Decision { question, words } => format!("Decided: {} {}", plain(question), plain(words)),
        };
        let _ = writeln!(words, "{}  {said}", day_and_time(line.at, zone));
    }
    if page.lines.is_empty() {
        let _ = writeln!(words, "You missed nothing since {}.", day_and_time(page.since, zone));
    }
    words
}

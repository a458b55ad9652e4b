//! `samovar celebrations` in words.

use std::fmt::Write as _;

use samovar_core::api::{CelebrationCard, Celebrations};
use samovar_domain::kinds::Celebrated;

use super::plain;

/// `samovar celebrations`.
pub(crate) fn celebrations(page: &Celebrations) -> String {
    let mut words = String::new();
    for card in &page.today {
        let _ = writeln!(words, "{}", of_the_day(card));
    }
    if !page.ahead.is_empty() {
        let _ = writeln!(words, "Ahead, for coordinators only:");
    }
    for card in &page.ahead {
        let post = if card.post_may_arrive {
            "time to post something"
        } else {
            "post may come too late"
        };
        let when = match card.days_left {
            0 => "today".to_owned(),
            1 => format!("tomorrow, {}", card.on.format("%a %-d %b")),
            days => format!("in {days} days, {}", card.on.format("%a %-d %b")),
        };
        let _ = writeln!(words, "  {}: {}, {when}; {post}", plain(&card.person.name), what(card));
    }
    if words.is_empty() {
        return if page.is_coordinator {
            "Nothing to celebrate today, and nothing near.".to_owned()
        } else {
            "Nothing to celebrate today.".to_owned()
        };
    }
    words
}

fn of_the_day(card: &CelebrationCard) -> String {
    let name = if card.is_me {
        "you".to_owned()
    } else {
        plain(&card.person.name)
    };
    let day = match card.days_left {
        0 => "Today",
        1 => "Tomorrow",
        _ => "Yesterday",
    };
    format!("{day}: {name}, {}", what(card))
}

fn what(card: &CelebrationCard) -> String {
    match card.celebrated {
        Celebrated::Birthday => "birthday".to_owned(),
        Celebrated::Anniversary { years: 1 } => "a year in the team".to_owned(),
        Celebrated::Anniversary { years } => format!("{years} years in the team"),
    }
}

#[cfg(test)]
mod tests {
    use samovar_core::api::Person;
    use samovar_domain::{ItemId, MemberId, Timestamp};

    use super::*;

    fn card(name: &str, celebrated: Celebrated, days_left: i64) -> CelebrationCard {
        CelebrationCard {
            id: ItemId::derived(&[name]),
            person: Person {
                id: MemberId::derived(&[name]),
                name: name.to_owned(),
                time_zone: "UTC".to_owned(),
                photo: None,
            },
            is_me: name == "Ana",
            celebrated,
            on: "2026-12-03".parse().unwrap(),
            days_left,
            post_may_arrive: days_left >= 5,
        }
    }

    #[test]
    fn what_is_today_and_what_is_near_is_told_in_lines() {
        let page = Celebrations {
            now: Timestamp::default(),
            me: MemberId::derived(&["Ana"]),
            is_coordinator: true,
            ahead: vec![
                card("Ben", Celebrated::Anniversary { years: 2 }, 1),
                card("Cleo\u{1b}[2J", Celebrated::Birthday, 10),
            ],
            today: vec![
                card("Ana", Celebrated::Birthday, 0),
                card("Dee", Celebrated::Anniversary { years: 1 }, -1),
            ],
        };
        assert_eq!(
            celebrations(&page),
            "Today: you, birthday\n\
             Yesterday: Dee, a year in the team\n\
             Ahead, for coordinators only:\n  \
             Ben: 2 years in the team, tomorrow, Thu 3 Dec; post may come too late\n  \
             Cleo [2J: birthday, in 10 days, Thu 3 Dec; time to post something\n"
        );
        let quiet = Celebrations {
            ahead: vec![],
            today: vec![],
            ..page
        };
        assert_eq!(celebrations(&quiet), "Nothing to celebrate today, and nothing near.");
    }
}

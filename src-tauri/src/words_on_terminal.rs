//! Answers in words for a terminal. English only, like every command line's; `--json` is for programs.

mod celebrations;
mod decisions;
mod gatherings;
mod kudos;
mod packages;
mod pulse;

use std::fmt::Write as _;

use chrono_tz::Tz;
use samovar_core::api::{Connection, Entry, LocalInstant, PeopleView, PersonState, Status, Today};
use samovar_domain::Timestamp;

pub(crate) use celebrations::celebrations;
pub(crate) use decisions::decisions;
pub(crate) use gatherings::{gatherings, pair};
pub(crate) use kudos::{kudos_wall, missed};
pub(crate) use packages::packages;
pub(crate) use pulse::{PULSE_ANSWERED, pulse};

/// For those who are in no team.
pub(crate) const NO_TEAM: &str = "this Samovar is in no team yet; nothing was changed; \
     use samovar join LINK --name YOU, or samovar start-team NAME --name YOU";

/// "Ana", "Ana and Bo", "Ana, Bo and Cy".
pub(crate) fn list(names: &[&str]) -> String {
    match names {
        [] => "nobody".to_owned(),
        [one] => plain(one),
        [rest @ .., last] => {
            let rest: Vec<_> = rest.iter().map(|name| plain(name)).collect();
            format!("{} and {}", rest.join(", "), plain(last))
        }
    }
}

/// Words of others without anything that could steer a terminal.
fn plain(words: &str) -> String {
    words
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect()
}

/// What became of something written.
pub(crate) fn sent(done: &str, is_sent: bool, connection: &Connection, is_running: bool) -> String {
    match (is_sent, connection) {
        (true, _) if is_running => format!("{done} It is on its way."),
        (true, _) => format!("{done} The team has it."),
        (false, Connection::SignedOut) => {
            format!(
                "{done} Kept: the endpoint no longer knows this computer. Join again with an invite and it is sent."
            )
        }
        (false, _) if is_running => {
            format!("{done} Kept: the endpoint cannot be reached; it is sent by itself as soon as Samovar is online.")
        }
        (false, _) => format!(
            "{done} Kept: the endpoint cannot be reached; it is sent by itself as soon as Samovar runs and is online."
        ),
    }
}

/// A zone by its name.
pub(crate) fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}

fn time(at: Timestamp, zone: Tz) -> String {
    at.utc().with_timezone(&zone).format("%H:%M").to_string()
}

fn day_and_time(at: Timestamp, zone: Tz) -> String {
    at.utc().with_timezone(&zone).format("%a %-d %b %H:%M").to_string()
}

/// That one is in focus, and until when.
pub(crate) fn in_focus(status: &Status) -> String {
    let zone = zone(status.team.as_ref().map_or("UTC", |team| &team.my_time_zone));
    match status.focus_until {
        Some(until) => format!(
            "You are in focus until {}. Notifications wait until then.",
            time(until, zone)
        ),
        None => "Your focus is over.".to_owned(),
    }
}

/// What to know about an invite, beside its link.
pub(crate) fn invite(uses: u32, expires_at: Timestamp, on_this_computer: bool) -> String {
    let people = if uses == 1 {
        "one person".to_owned()
    } else {
        format!("{uses} people")
    };
    let mut words = format!(
        "This lets {people} in until {} UTC.",
        expires_at.utc().format("%a %-d %b %H:%M")
    );
    if on_this_computer {
        words.push_str(" Your team's endpoint is this computer: it works only here, and while Samovar runs.");
    }
    words
}

/// `samovar status`.
pub(crate) fn status(status: &Status) -> String {
    let mut words = String::new();
    let Some(team) = &status.team else {
        return NO_TEAM.to_owned();
    };
    let zone = zone(&team.my_time_zone);
    let place = if team.on_this_computer {
        "this computer"
    } else {
        team.host.as_str()
    };
    let _ = writeln!(
        words,
        "Team        {} (you are {}), at {}",
        plain(&team.name),
        plain(&team.my_name),
        plain(place)
    );
    let connection = match &status.connection {
        Connection::None => "none yet".to_owned(),
        Connection::Connecting => "connecting".to_owned(),
        Connection::Online => "online".to_owned(),
        Connection::Offline { since, retry_at, code } => format!(
            "offline since {} ({code}), tried again at {}",
            day_and_time(*since, zone),
            time(*retry_at, zone)
        ),
        Connection::SignedOut => "signed out: the endpoint no longer knows this computer. What you wrote is kept. \
                                  Join again with an invite"
            .to_owned(),
    };
    let _ = writeln!(words, "Connection  {connection}");
    let waiting = match (status.waiting.ops, status.waiting.photos) {
        (0, _) => "nothing".to_owned(),
        (ops, 0) => format!("{ops} to send"),
        (ops, photos) => format!("{ops} to send, with {photos} photos"),
    };
    let _ = writeln!(words, "Waiting     {waiting}");
    for refused in &status.refused {
        let _ = writeln!(
            words,
            "Refused     {} {}",
            plain(&refused.words),
            refused.problem.detail
        );
    }
    if let Some(until) = status.focus_until {
        let _ = writeln!(
            words,
            "Focus       until {}; {} kept for you",
            time(until, zone),
            status.held
        );
    }
    if let Some(until) = status.paused_until {
        let _ = writeln!(words, "Paused      until {}", day_and_time(until, zone));
    }
    words
}

/// `samovar today`.
pub(crate) fn today(today: &Today) -> String {
    let mut words = String::new();
    let zone = zone(&today.me.time_zone);
    if let Some(gathering) = &today.gathering {
        let coming: Vec<_> = gathering.coming.iter().map(|person| person.name.as_str()).collect();
        let link = gathering
            .link
            .as_deref()
            .map(|link| format!("  {link}"))
            .unwrap_or_default();
        let _ = writeln!(
            words,
            "{}  {}{link}",
            day_and_time(gathering.starts_at, zone),
            plain(&gathering.title)
        );
        if !coming.is_empty() {
            let _ = writeln!(words, "  coming: {}", list(&coming));
        }
    }
    if let Some(focus) = &today.focus {
        let _ = writeln!(
            words,
            "You are in focus until {}; {} kept for you",
            time(focus.until, zone),
            focus.held
        );
    }
    for decision in &today.decisions {
        let _ = writeln!(
            words,
            "Needs your voice: {} (asked by {})",
            plain(&decision.question),
            plain(&decision.from.name)
        );
    }
    if !today.people.is_empty() {
        let _ = writeln!(words, "\nPeople");
    }
    for now in &today.people {
        let state = state(&now.state, zone);
        let _ = writeln!(
            words,
            "  {}  {} there, {state}",
            plain(&now.person.name),
            now.local_time
        );
    }
    for day in &today.days {
        let _ = writeln!(words, "\n{}", day.date);
        for entry in &day.entries {
            let _ = writeln!(words, "  {}", self::entry(entry, zone));
        }
    }
    if today.days.is_empty() {
        let _ = writeln!(words, "\nNothing was shared yet.");
    }
    words.trim_start().to_owned()
}

/// What somebody does now, with instants in one's own zone.
fn state(state: &PersonState, zone: Tz) -> String {
    match state {
        PersonState::Away { back_on } => format!("away, back on {}", back_on.format("%a %-d %b")),
        PersonState::Focusing { local_until, note, .. } => {
            let note = note
                .as_deref()
                .map(|note| format!(": {}", plain(note)))
                .unwrap_or_default();
            format!("in focus until {local_until}{note}")
        }
        PersonState::Working { .. } => "working".to_owned(),
        PersonState::Off { starts_at: Some(at) } => format!("off, back {}", day_and_time(*at, zone)),
        PersonState::Off { starts_at: None } => "off".to_owned(),
    }
}

/// `samovar people`.
pub(crate) fn people(people: &PeopleView) -> String {
    let mut words = String::new();
    let me = people.people.iter().find(|card| card.person.id == people.me);
    let zone = zone(me.map_or("UTC", |card| &card.person.time_zone));
    for card in &people.people {
        let is_me = card.person.id == people.me;
        let _ = writeln!(
            words,
            "{}{}  {} in {}, {}",
            plain(&card.person.name),
            if is_me { " (you)" } else { "" },
            card.local_time,
            card.person.time_zone,
            state(&card.state, zone)
        );
        if is_me {
            continue;
        }
        if let Some(seen) = &card.seen_at {
            let seen = if seen.at <= people.now {
                "now".to_owned()
            } else {
                format!("{} their time", by_their_clock(seen))
            };
            let _ = writeln!(words, "  sees what you write {seen}");
        }
        for reply in &card.replies {
            if let Some(by) = &reply.answered_by {
                let _ = writeln!(
                    words,
                    "  answers on {} by {} their time",
                    plain(&reply.channel),
                    by_their_clock(by)
                );
            }
        }
    }
    words
}

fn by_their_clock(instant: &LocalInstant) -> String {
    let there = instant.at.plus_minutes(i64::from(instant.minutes_east));
    there.utc().format("%a %-d %b %H:%M").to_string()
}

fn entry(entry: &Entry, zone: Tz) -> String {
    let waits = |is_waiting: bool| if is_waiting { "  (waits to be sent)" } else { "" };
    match entry {
        Entry::Snapshot(card) => {
            let photos = match card.photos.len() {
                0 => String::new(),
                1 => "  [photo]".to_owned(),
                count => format!("  [{count} photos]"),
            };
            let text = card
                .text
                .as_deref()
                .map(|text| format!(": {}", plain(text)))
                .unwrap_or_default();
            let from = plain(&card.from.name);
            format!(
                "{}  {from}{text}{photos}{}",
                time(card.created_at, zone),
                waits(card.is_waiting)
            )
        }
        Entry::Kudos(card) => {
            let to: Vec<_> = card.to.iter().map(|person| person.name.as_str()).collect();
            format!(
                "{}  {} thanks {}: {}{}",
                time(card.created_at, zone),
                plain(&card.from.name),
                list(&to),
                plain(&card.reason),
                waits(card.is_waiting)
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_people_do() {
        assert_eq!(list(&["Ana"]), "Ana");
        assert_eq!(list(&["Ana", "Bo", "Cy"]), "Ana, Bo and Cy");
    }

    #[test]
    fn words_of_others_cannot_steer_the_terminal() {
        assert_eq!(list(&["An\u{1b}[31ma\r\n"]), "An [31ma  ");
    }

    #[test]
    fn what_could_not_be_sent_is_said_to_be_kept() {
        let offline = Connection::Offline {
            since: Timestamp::default(),
            retry_at: Timestamp::default(),
            code: "unreachable".to_owned(),
        };
        assert!(sent("Shared.", false, &offline, false).contains("as soon as Samovar runs and is online"));
        assert_eq!(
            sent("Shared.", true, &Connection::Online, true),
            "Shared. It is on its way."
        );
    }
}

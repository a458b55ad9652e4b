//! `samovar gatherings` and `samovar pair` in words.

use std::fmt::Write as _;

use chrono_tz::Tz;
use samovar_core::api::{GatheringEntry, Gatherings, PairProgress, Person};
use samovar_domain::kinds::Answer;

use super::{day_and_time, list, plain, time};

fn names(people: &[Person]) -> String {
    list(&people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>())
}

/// `samovar gatherings`.
pub(crate) fn gatherings(page: &Gatherings, zone: Tz) -> String {
    if page.gatherings.is_empty() {
        return "Nothing is planned in the coming four weeks.".to_owned();
    }
    let mut words = String::new();
    for gathering in &page.gatherings {
        entry(&mut words, gathering, zone);
    }
    words
}

fn entry(words: &mut String, gathering: &GatheringEntry, zone: Tz) {
    let when = day_and_time(gathering.starts_at, zone);
    let until = time(gathering.ends_at, zone);
    let title = plain(&gathering.title);
    if gathering.is_cancelled {
        let _ = writeln!(words, "{when}-{until}  {title} (called off)");
        return;
    }
    let answer = match gathering.answer {
        _ if !gathering.is_invited => "  (for others)",
        Some(Answer::Yes) => "  (you come)",
        Some(Answer::Maybe) => "  (you may come)",
        Some(Answer::No) => "  (you do not come)",
        None => "",
    };
    let _ = writeln!(words, "{when}-{until}  {title}{answer}");
    if let Some(why) = &gathering.why {
        let _ = writeln!(words, "  {why}");
    }
    if gathering.is_camera_optional {
        let _ = writeln!(words, "  camera optional: it is outside your hours");
    }
    if !gathering.coming.is_empty() {
        let _ = writeln!(words, "  coming: {}", names(&gathering.coming));
    }
    if let Some(link) = &gathering.link {
        let _ = writeln!(words, "  {}", plain(link));
    }
}

/// `samovar pair`.
pub(crate) fn pair(page: &Gatherings, zone: Tz) -> String {
    let pairs = &page.pairs;
    let mut words = String::new();
    if let Some(pairing) = &pairs.pairing {
        let _ = writeln!(words, "You meet {} this week.", names(&pairing.with));
        if let Some(why) = &pairing.why {
            let _ = writeln!(words, "  {why}");
        }
        match &pairing.progress {
            PairProgress::Agreed { at } => {
                let link = pairing.link.as_deref().map(plain).unwrap_or_default();
                let _ = writeln!(words, "  agreed: {}  {link}", day_and_time(*at, zone));
            }
            PairProgress::NotThisWeek { who } => {
                let _ = writeln!(words, "  not this week: {}", names(who));
            }
            PairProgress::Open | PairProgress::NoTimeInCommon => {
                for option in &pairing.times {
                    let mark = if option.is_mine { "x" } else { " " };
                    let theirs: Vec<String> = option
                        .others
                        .iter()
                        .map(|other| format!("{} for {}", other.local_time, plain(&other.person.name)))
                        .collect();
                    let at = day_and_time(option.at, zone);
                    let _ = writeln!(words, "  [{mark}] {at}  ({})", theirs.join(", "));
                }
            }
        }
    }
    if let Some(why) = &pairs.unmatched {
        let _ = writeln!(words, "{why}");
    }
    let draw = day_and_time(pairs.next_draw, zone);
    let next = match (&pairs.wish, pairs.is_skipped, pairs.is_due) {
        (None, ..) => "You take no part in pair calls; samovar pair on changes that.".to_owned(),
        (_, true, _) => format!("You skip the draw of {draw}."),
        (_, _, true) => format!("The next draw is {draw}; samovar pair skip leaves it out."),
        _ => format!("The next draw is {draw}; you are not in it."),
    };
    let _ = writeln!(words, "{next}");
    words
}

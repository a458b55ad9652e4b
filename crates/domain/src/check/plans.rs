//! Plans: series, and the gatherings that come from them.

use std::collections::HashSet;

use super::check_zone;
use crate::kinds::{Gathering, Series, SeriesReminders, Slot};
use crate::text::{NAME_MAX, WORDS_MAX, check_link, check_name, check_words};
use crate::{MemberId, Problem};

/// The most slots that a series has beside its first.
const MORE_SLOTS_MAX: usize = 7;

/// Checks a series before gatherings are made from it.
pub fn check_series(series: &Series) -> Result<(), Problem> {
    check_name("title", &series.title, NAME_MAX)?;
    check_zone(&series.time_zone)?;
    if !crate::hours::minute_of_day(&series.time).is_ok_and(|minute| minute < 1440) {
        return Err(Problem::new("bad_time", "The time is written like 15:00."));
    }
    check_rhythm(series.every_weeks)?;
    check_duration(series.duration_min)?;
    check_slots(series)?;
    check_words("note", series.note.as_deref().unwrap_or_default(), WORDS_MAX)?;
    check_prompts(&series.prompts)?;
    check_invited(series.invited.as_deref())?;
    check_reminders(series.reminders)?;
    if series.link.is_some() && series.jitsi.is_some() {
        return Err(Problem::new(
            "two_links",
            "A series meets at one link, or in rooms of a Jitsi server. Leave one of them out.",
        ));
    }
    let links = [("link", &series.link), ("Jitsi server", &series.jitsi)];
    links
        .into_iter()
        .try_for_each(|(what, link)| link.as_deref().map_or(Ok(()), |link| check_link(what, link)))
}

fn check_slots(series: &Series) -> Result<(), Problem> {
    for slot in &series.more_slots {
        check_zone(&slot.time_zone)?;
        if !crate::hours::minute_of_day(&slot.time).is_ok_and(|minute| minute < 1440) {
            return Err(Problem::new("bad_time", "The time is written like 15:00."));
        }
    }
    let distinct: HashSet<Slot> = series.slots().into_iter().collect();
    if series.more_slots.len() > MORE_SLOTS_MAX || distinct.len() <= series.more_slots.len() {
        return Err(Problem::new(
            "bad_slots",
            "A series has at most eight slots, and each of them once.",
        ));
    }
    if series.two_sittings && series.more_slots.is_empty() {
        return Err(Problem::new("bad_slots", "Two sittings need at least two slots."));
    }
    Ok(())
}

fn check_prompts(prompts: &[String]) -> Result<(), Problem> {
    if prompts.len() > 20 {
        return Err(Problem::new(
            "too_many_prompts",
            "Twenty things to talk about are enough.",
        ));
    }
    prompts
        .iter()
        .try_for_each(|prompt| check_name("thing to talk about", prompt, 200))
}

fn check_invited(invited: Option<&[MemberId]>) -> Result<(), Problem> {
    let Some(invited) = invited else { return Ok(()) };
    let distinct: HashSet<_> = invited.iter().collect();
    if invited.is_empty() || distinct.len() < invited.len() {
        return Err(Problem::new(
            "bad_invited",
            "A gathering invites the whole team, or at least one person, each once.",
        ));
    }
    Ok(())
}

fn check_reminders(reminders: SeriesReminders) -> Result<(), Problem> {
    if reminders.ahead_min <= 1440 {
        Ok(())
    } else {
        Err(Problem::new("bad_reminder", "A reminder comes at most a day ahead."))
    }
}

/// A rhythm in weeks.
pub(super) fn check_rhythm(every_weeks: u32) -> Result<(), Problem> {
    if [1, 2, 4].contains(&every_weeks) {
        Ok(())
    } else {
        Err(Problem::new("bad_rhythm", "A series meets every 1, 2 or 4 weeks."))
    }
}

pub(super) fn check_gathering(gathering: &Gathering) -> Result<(), Problem> {
    check_name("title", &gathering.title, NAME_MAX)?;
    check_duration(gathering.duration_min)?;
    check_words("note", gathering.note.as_deref().unwrap_or_default(), WORDS_MAX)?;
    check_prompts(&gathering.prompts)?;
    check_invited(gathering.invited.as_deref())?;
    check_reminders(gathering.reminders)?;
    gathering.time_zone.as_deref().map_or(Ok(()), check_zone)?;
    let mut rooms = gathering.rooms.iter().filter_map(|room| room.link.as_deref());
    rooms.try_for_each(|link| check_link("link of a room", link))?;
    gathering
        .link
        .as_deref()
        .map_or(Ok(()), |link| check_link("link", link))
}

fn check_duration(minutes: u32) -> Result<(), Problem> {
    if (5..=480).contains(&minutes) {
        Ok(())
    } else {
        Err(Problem::new(
            "bad_duration",
            "A gathering lasts from 5 minutes to 8 hours.",
        ))
    }
}

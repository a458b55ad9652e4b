//! What a member says of themselves.

use std::collections::HashSet;

use chrono::{Datelike, Days, NaiveDate};

use super::check_zone;
use crate::Problem;
use crate::hours::Hours;
use crate::kinds::{Away, Member, Travel};
use crate::text::{NAME_MAX, WORDS_MAX, check_name, check_words};

/// The most travels, and the most absences, that a profile holds.
const DAYS_AWAY_MAX: usize = 20;
/// The longest travel or absence, in days.
const LONGEST_DAYS: u64 = 366;

/// Checks a profile; the endpoint asks it too when somebody joins.
pub fn check_member(member: &Member) -> Result<(), Problem> {
    check_name("name", &member.name, NAME_MAX)?;
    check_zone(&member.time_zone)?;
    check_hours(&member.hours)?;
    check_words("pronouns", member.pronouns.as_deref().unwrap_or_default(), 40)?;
    check_words(
        "words about yourself",
        member.about.as_deref().unwrap_or_default(),
        WORDS_MAX,
    )?;
    let is_country = |country: &str| country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
    if !member.country.as_deref().is_none_or(is_country) {
        return Err(Problem::new(
            "bad_country",
            "A country is written as two letters, such as PE.",
        ));
    }
    if member.travel.len() > DAYS_AWAY_MAX || member.away.len() > DAYS_AWAY_MAX {
        return Err(Problem::new(
            "too_many_days",
            "A profile holds at most twenty travels and twenty absences. Take off those that are over.",
        ));
    }
    member.travel.iter().try_for_each(check_travel)?;
    member.away.iter().try_for_each(check_away)
}

fn check_hours(hours: &Hours) -> Result<(), Problem> {
    for spans in hours.0.values() {
        if spans.len() > 6 {
            return Err(Problem::new(
                "bad_hours",
                "A day has at most six spans of working hours.",
            ));
        }
        let distinct: HashSet<_> = spans.iter().collect();
        if distinct.len() < spans.len() {
            return Err(Problem::new(
                "bad_hours",
                "The same span of hours is there twice on a day.",
            ));
        }
    }
    Ok(())
}

fn check_travel(travel: &Travel) -> Result<(), Problem> {
    check_zone(&travel.time_zone)?;
    travel.hours.as_ref().map_or(Ok(()), check_hours)?;
    let day_after = travel.until.checked_add_days(Days::new(1));
    check_days(travel.from, day_after)
}

fn check_away(away: &Away) -> Result<(), Problem> {
    check_words("note", away.note.as_deref().unwrap_or_default(), 200)?;
    check_days(away.from, Some(away.back_on))
}

/// Whether the days from `first` until before `after` are at least one, and no more than a year.
fn check_days(first: NaiveDate, after: Option<NaiveDate>) -> Result<(), Problem> {
    let years = 1970..=9990;
    let is_fine = after.is_some_and(|after| {
        first < after
            && years.contains(&first.year())
            && years.contains(&after.year())
            && (after - first).num_days() <= LONGEST_DAYS as i64
    });
    if is_fine {
        Ok(())
    } else {
        Err(Problem::new(
            "bad_days",
            "The days must begin before they end, and last a year at most.",
        ))
    }
}

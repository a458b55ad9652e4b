//! Plans: series, and the gatherings that come from them.

use super::check_zone;
use crate::Problem;
use crate::kinds::{Gathering, Series};
use crate::text::{NAME_MAX, check_link, check_name};

/// Checks a series before gatherings are made from it.
pub fn check_series(series: &Series) -> Result<(), Problem> {
    check_name("title", &series.title, NAME_MAX)?;
    check_zone(&series.time_zone)?;
    if !crate::hours::minute_of_day(&series.time).is_ok_and(|minute| minute < 1440) {
        return Err(Problem::new("bad_time", "The time is written like 15:00."));
    }
    if ![1, 2, 4].contains(&series.every_weeks) {
        return Err(Problem::new("bad_rhythm", "A series meets every 1, 2 or 4 weeks."));
    }
    check_duration(series.duration_min)?;
    series.link.as_deref().map_or(Ok(()), |link| check_link("link", link))
}

pub(super) fn check_gathering(gathering: &Gathering) -> Result<(), Problem> {
    check_name("title", &gathering.title, NAME_MAX)?;
    check_duration(gathering.duration_min)?;
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

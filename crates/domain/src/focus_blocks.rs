//! Recurring focus: blocks of the week in one's own zone, which begin by themselves, end by themselves, and do not come
//! back once their person has ended them. Also which gathering ends a focus, and when the daily digests come.
//!
//! What stays out: writing the focus item that the team sees, and remembering which block has had its turn.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use crate::hours::{Hours, instant};
use crate::schedule::Schedule;
use crate::{Problem, Timestamp};

/// The longest recurring block, in minutes: an ad-hoc focus may last longer, but nobody means to be away every day.
pub const BLOCK_MINUTES_MAX: u16 = 8 * 60;
/// How long before an accepted gathering a focus ends, in minutes.
pub const BEFORE_GATHERING_MINUTES: i64 = 2;
/// The most digests a day.
pub const DIGESTS_MAX: usize = 3;
/// The most teammates a day that may be let through.
pub const BREAK_THROUGHS_MAX: u8 = 3;

/// One block, as instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub until: Timestamp,
}

/// Checks the recurring blocks where they are entered: at most four a day, none longer than eight hours, also where
/// several touch.
pub fn check_blocks(blocks: &Hours) -> Result<(), Problem> {
    let bad = || {
        Problem::new(
            "bad_focus_blocks",
            "A day has at most four focus blocks, and a block lasts at most eight hours.",
        )
    };
    if blocks.0.values().any(|spans| spans.len() > 4) {
        return Err(bad());
    }
    let day = 24 * 60_u32;
    let mut week: Vec<(u32, u32)> = Vec::new();
    for (weekday, spans) in &blocks.0 {
        for span in spans {
            let start = weekday.index() * day + u32::from(span.start);
            let length = (u32::from(span.end) + day - u32::from(span.start) - 1) % day + 1;
            // Twice, so that Sunday's last block meets Monday's first one.
            week.push((start, start + length));
            week.push((start + 7 * day, start + 7 * day + length));
        }
    }
    let merged = merged(week);
    if merged
        .iter()
        .any(|(start, end)| end - start > u32::from(BLOCK_MINUTES_MAX))
    {
        return Err(bad());
    }
    Ok(())
}

/// The block that lies over `at`: blocks that touch are one. None on days away.
pub fn block_at(blocks: &Hours, schedule: &Schedule, at: Timestamp) -> Option<Block> {
    if schedule.back_on(at).is_some() {
        return None;
    }
    around(blocks, schedule, at).find(|block| block.starts_at <= at && at < block.until)
}

/// When the next block begins after `at`, within two weeks.
pub fn next_start(blocks: &Hours, schedule: &Schedule, at: Timestamp) -> Option<Timestamp> {
    around(blocks, schedule, at)
        .map(|block| block.starts_at)
        .find(|start| *start > at && schedule.back_on(*start).is_none())
}

/// The block that is to begin now: one lies over `now` that has not had its turn, and no focus lasts as long.
///
/// `had_until` is the end of the last block that had its turn: it began, was changed, or was ended by hand. A desktop
/// that was off or suspended at its start begins it late, with its own end.
pub fn due(
    blocks: &Hours,
    schedule: &Schedule,
    focus_until: Option<Timestamp>,
    had_until: Option<Timestamp>,
    now: Timestamp,
) -> Option<Block> {
    let block = block_at(blocks, schedule, now)?;
    let has_had_its_turn = had_until.is_some_and(|had| block.until <= had);
    let is_covered = focus_until.is_some_and(|until| block.until <= until);
    (!has_had_its_turn && !is_covered).then_some(block)
}

/// When a focus ends, with the gatherings that its person has said to come to: two minutes before the first of them that
/// begins during it. One that was near already when the focus began does not end it.
pub fn end_with(began_at: Timestamp, until: Timestamp, accepted: impl IntoIterator<Item = Timestamp>) -> Timestamp {
    accepted
        .into_iter()
        .filter(|start| *start < until)
        .map(|start| start.plus_minutes(-BEFORE_GATHERING_MINUTES))
        .filter(|end| *end > began_at)
        .fold(until, Timestamp::min)
}

/// The first daily digest after `after`, within two weeks: `times` are minutes of one's day, and only those inside one's
/// hours count. On a day without any it does not come.
pub fn next_digest(times: &[u16], schedule: &Schedule, after: Timestamp) -> Option<Timestamp> {
    let zone = schedule.zone_at(after);
    days_around(zone, after)
        .flat_map(|date| digest_times(times, schedule, date))
        .find(|at| *at > after)
}

/// When the digests of a day come, in order: at most three, inside one's hours.
pub fn digest_times(times: &[u16], schedule: &Schedule, date: NaiveDate) -> Vec<Timestamp> {
    // The zone of the day's noon: one may travel on it.
    let guess = schedule.zone_at(instant(Tz::UTC, date, 12 * 60));
    let zone = schedule.zone_at(instant(guess, date, 12 * 60));
    let mut instants: Vec<Timestamp> = times
        .iter()
        .take(DIGESTS_MAX)
        .map(|minute| instant(zone, date, *minute))
        .filter(|at| schedule.contains(*at))
        .collect();
    instants.sort_unstable();
    instants.dedup();
    instants
}

/// The day before `at` and two weeks from it, by the calendar of the zone.
fn days_around(zone: Tz, at: Timestamp) -> impl Iterator<Item = NaiveDate> {
    let today = at.utc().with_timezone(&zone).date_naive();
    let first = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    first.iter_days().take(16)
}

/// The blocks from the day before `at` on, in order, those that touch as one.
fn around(blocks: &Hours, schedule: &Schedule, at: Timestamp) -> impl Iterator<Item = Block> {
    let zone = schedule.zone_at(at);
    let spans = days_around(zone, at)
        .flat_map(|date| blocks.spans_on(zone, date))
        .collect();
    merged(spans)
        .into_iter()
        .map(|(starts_at, until)| Block { starts_at, until })
}

fn merged<T: Ord + Copy>(mut spans: Vec<(T, T)>) -> Vec<(T, T)> {
    spans.sort_unstable();
    let mut merged: Vec<(T, T)> = Vec::with_capacity(spans.len());
    for (start, end) in spans {
        match merged.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => merged.push((start, end)),
        }
    }
    merged
}

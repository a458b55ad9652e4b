//! A friendly nudge to share a snapshot: at most one a working day, at a time that changes from day to day, inside one's
//! hours. It is not repeated, not held and not made up for; whoever has shared already gets none.

use std::time::Duration;

use chrono::NaiveDate;
use chrono_tz::Tz;
use sha2::{Digest as _, Sha256};

use crate::hours::instant;
use crate::schedule::Schedule;
use crate::{MemberId, Timestamp};

/// How long it still makes sense when the computer slept at its time. It is never told as late.
pub const USEFUL: Duration = Duration::from_mins(30);

/// When a member is asked on a date of theirs; `None` on a day on which they do not work, and when no hours are known.
///
/// The time follows from member and date, so that all of a member's computers ask at the same one; it is drawn evenly
/// from the working minutes of the day.
pub fn prompt_at(member: MemberId, schedule: &Schedule, date: NaiveDate) -> Option<Timestamp> {
    if schedule.is_unknown() {
        return None;
    }
    let guess = schedule.zone_at(instant(Tz::UTC, date, 12 * 60));
    let zone = schedule.zone_at(instant(guess, date, 12 * 60));
    let spans = schedule.spans(instant(zone, date, 0), instant(zone, date, 1440));
    let minutes = |span: &(Timestamp, Timestamp)| (span.1.millis() - span.0.millis()) / 60_000;
    let total: i64 = spans.iter().map(minutes).sum();
    if total <= 0 {
        return None;
    }
    let mut left = (drawn(member, date) % total.unsigned_abs()).cast_signed();
    for span in &spans {
        if left < minutes(span) {
            return Some(span.0.plus_minutes(left));
        }
        left -= minutes(span);
    }
    None
}

/// The date in the member's own zone at `at`.
pub fn date_at(schedule: &Schedule, at: Timestamp) -> NaiveDate {
    at.utc().with_timezone(&schedule.zone_at(at)).date_naive()
}

/// The prompt that is due from `now` on: today's, unless its time has passed or one has shared today; else tomorrow's.
/// `shared` are the times of one's own snapshots.
pub fn next_prompt(
    member: MemberId,
    schedule: &Schedule,
    shared: impl IntoIterator<Item = Timestamp>,
    now: Timestamp,
) -> Option<(NaiveDate, Timestamp)> {
    let today = date_at(schedule, now);
    let has_shared = shared.into_iter().any(|at| date_at(schedule, at) == today);
    today
        .iter_days()
        .take(15)
        .skip(usize::from(has_shared))
        .filter_map(|date| Some((date, prompt_at(member, schedule, date)?)))
        .find(|(_, at)| at.plus(USEFUL) > now)
}

fn drawn(member: MemberId, date: NaiveDate) -> u64 {
    let digest = Sha256::digest(format!("snapshot-prompt:{member}:{date}"));
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    u64::from_be_bytes(bytes)
}

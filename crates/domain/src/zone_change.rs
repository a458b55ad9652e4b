//! Whether to ask a person about the zone that their computer is set to: are they travelling, or did they move? Only
//! that setting is known, never a place.

use chrono::Offset as _;
use chrono_tz::Tz;

use crate::Timestamp;
use crate::schedule::Schedule;

/// For how many days from now on two zones are compared: every change of the clocks comes in a year.
const COMPARED_DAYS: i64 = 366;

/// Whether the clocks of two zones agree from `now` on for a year, seen once a day: then nobody notices the difference.
pub fn clocks_agree(one: Tz, other: Tz, now: Timestamp) -> bool {
    one == other
        || (0..=COMPARED_DAYS).all(|day| {
            let at = now.plus_minutes(day * 24 * 60);
            minutes_east(one, at) == minutes_east(other, at)
        })
}

/// By how many minutes the clocks of a zone are ahead of UTC at an instant.
pub fn minutes_east(zone: Tz, at: Timestamp) -> i32 {
    at.utc().with_timezone(&zone).offset().fix().local_minus_utc() / 60
}

/// Whether to ask: the system's zone is one whose clocks differ from those of the zone in which the person says they are
/// now. A zone of which they have said "leave it" is never asked about again, and neither is one that nobody knows.
pub fn asks(schedule: &Schedule, system: &str, left: &[String], now: Timestamp) -> bool {
    let Ok(zone) = system.parse::<Tz>() else { return false };
    let is_left = left.iter().any(|name| name == system);
    !is_left && !clocks_agree(zone, schedule.zone_at(now), now)
}

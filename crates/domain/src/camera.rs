//! For whom the camera is optional: nobody is expected to show themselves late at night or before breakfast.

use crate::Timestamp;
use crate::schedule::Schedule;

/// Whether a call lies outside somebody's hours: in whole, or with its beginning or its end. Of whom no hours are known,
/// nothing is said.
pub fn is_optional(schedule: &Schedule, starts_at: Timestamp, ends_at: Timestamp) -> bool {
    let last_minute = ends_at.plus_minutes(-1).max(starts_at);
    !schedule.contains(starts_at) || !schedule.contains(last_minute)
}

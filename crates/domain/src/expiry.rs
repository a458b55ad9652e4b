//! When an item is over. Expiry follows from what the item says, never from a field that a writer may choose.

use std::time::Duration;

use crate::{Body, Timestamp};

/// How long a gathering stays visible after its end, so that Monday's team still finds Friday's link.
pub const GATHERING_KEPT: Duration = Duration::from_hours(7 * 24);
/// The furthest back that a `created_at` is believed: a desktop may have been offline for a week.
pub const CREATED_AT_MOST_BEFORE: Duration = Duration::from_hours(7 * 24);
/// How old kudos may be that a new desktop is given; older ones are paged on demand.
pub const KUDOS_HISTORY: Duration = Duration::from_hours(90 * 24);

/// When an item that says `body`, first written at `created_at`, is over; `None` when it lasts.
pub fn expires_at(body: &Body, created_at: Timestamp) -> Option<Timestamp> {
    match body {
        Body::Snapshot(snapshot) => Some(created_at.plus(Duration::from_hours(snapshot.lifetime.hours()))),
        Body::Focus(focus) => Some(focus.until),
        Body::Gathering(gathering) => Some(gathering.ends_at().plus(GATHERING_KEPT)),
        _ => None,
    }
}

/// A `created_at` as the endpoint takes it: not in the future, and not more than a week back.
pub fn clamp_created_at(created_at: Timestamp, now: Timestamp) -> Timestamp {
    created_at.min(now).max(now.minus(CREATED_AT_MOST_BEFORE))
}

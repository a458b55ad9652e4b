//! When an item is over. Expiry follows from what the item says, never from a field that a writer may choose.

use std::time::Duration;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use crate::hours::instant;
use crate::{Body, Timestamp};

/// How long a gathering stays visible after its end, so that Monday's team still finds Friday's link.
pub const GATHERING_KEPT: Duration = Duration::from_hours(7 * 24);
/// How long a pairing is kept after its week: the draw looks twelve weeks back for who met whom.
pub const PAIRING_KEPT: Duration = Duration::from_hours(13 * 7 * 24);
/// How long an answer to a pairing is kept.
pub const PAIR_ANSWER_KEPT: Duration = Duration::from_hours(14 * 7 * 24);
/// How long something that cannot wait is kept: as long as a focus may last, so that whoever was not let through is told
/// of at its end.
pub const BREAK_THROUGH_LASTS: Duration = Duration::from_hours(12);
/// How long a package may wait for an answer, and how long an agreed address is kept.
pub const CONSENT_LASTS: Duration = Duration::from_hours(14 * 24);
/// How long what was said of a package is kept: that it was sent, that it arrived, that an address was opened.
pub const PACKAGE_KEPT: Duration = Duration::from_hours(90 * 24);
/// How long a coordinator may send surprises before the member's desktop must have said so again.
pub const SURPRISE_LASTS: Duration = Duration::from_hours(90 * 24);
/// How long a round of the pulse and what came of it is kept after it has closed.
pub const PULSE_KEPT: Duration = Duration::from_hours(400 * 24);
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
        Body::Pairing(pairing) => Some(pairing_end(pairing.week)),
        // An answer lasts as long as what it answers; the endpoint's own clock bounds it by when it was given.
        Body::PairAnswer(_) => Some(created_at.plus(PAIR_ANSWER_KEPT)),
        Body::BreakThrough(_) => Some(created_at.plus(BREAK_THROUGH_LASTS)),
        // What is past is nobody's business any more.
        Body::Busy(busy) => busy.spans.last().map(|span| span.until),
        // Agreed to on the last day, an address lasts as long again.
        Body::Package(package) if package.sent.is_none() => Some(created_at.plus(CONSENT_LASTS * 2)),
        Body::PackageConsent(_) => Some(created_at.plus(CONSENT_LASTS)),
        Body::PackageDeclined(_) => Some(created_at.plus(CONSENT_LASTS * 2)),
        Body::Package(_) | Body::PackageOpened(_) | Body::PackageReceived(_) => Some(created_at.plus(PACKAGE_KEPT)),
        Body::SurpriseConsent(_) => Some(created_at.plus(SURPRISE_LASTS)),
        Body::CelebrationNotice(notice) => Some(days_after(notice.on, 3)),
        Body::PulseRound(round) => Some(round.closes_at.plus(PULSE_KEPT)),
        Body::PulseResult(_) => Some(created_at.plus(PULSE_KEPT)),
        _ => None,
    }
}

/// The start of the day that many days after `date`, in UTC.
fn days_after(date: NaiveDate, days: u64) -> Timestamp {
    instant(Tz::UTC, date.checked_add_days(Days::new(days)).unwrap_or(date), 0)
}

/// A `created_at` as the endpoint takes it: not in the future, and not more than a week back.
pub fn clamp_created_at(created_at: Timestamp, now: Timestamp) -> Timestamp {
    created_at.min(now).max(now.minus(CREATED_AT_MOST_BEFORE))
}

/// When a pairing of the week of this Monday is forgotten.
fn pairing_end(week: NaiveDate) -> Timestamp {
    instant(Tz::UTC, week, 0).plus(Duration::from_hours(7 * 24) + PAIRING_KEPT)
}

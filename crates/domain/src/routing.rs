//! Where a notification goes: on the screen now, into the digest, or nowhere. One pure function for all of them.

use std::time::Duration;

use crate::Timestamp;
use crate::schedule::Schedule;

/// How long before it loses its sense something must be told that asks its person to do something before then.
pub const IN_TIME: Duration = Duration::from_hours(1);

/// Everything that may hold notifications back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Quiet {
    /// Until when one's own focus lasts.
    pub focus_until: Option<Timestamp>,
    /// Until when notifications are paused on this computer.
    pub paused_until: Option<Timestamp>,
    /// When one works.
    pub schedule: Schedule,
    /// Whether notifications wait until one works.
    pub quiet_outside_hours: bool,
    /// Whether the system's own do-not-disturb is on.
    pub system_inhibited: bool,
    /// The next of the daily digests that news waits for; `None` when news is told at once.
    pub next_digest: Option<Timestamp>,
}

/// Until when it is quiet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuietEnd {
    /// It is not quiet.
    NotQuiet,
    /// At this instant, if nothing else comes between.
    At(Timestamp),
    /// Nobody can know: the system's do-not-disturb is on, or no working hours are in sight.
    Unknown,
}

impl Quiet {
    /// From when on nothing holds notifications back, seen from `now`. A pause that runs into the night goes on until
    /// the morning.
    pub fn end(&self, now: Timestamp) -> QuietEnd {
        if self.system_inhibited {
            return QuietEnd::Unknown;
        }
        let mut at = now;
        loop {
            let held_until = [self.focus_until, self.paused_until]
                .into_iter()
                .flatten()
                .filter(|end| *end > at)
                .max();
            if let Some(end) = held_until {
                at = end;
            } else if self.quiet_outside_hours && !self.schedule.contains(at) {
                match self.schedule.next_start(at) {
                    Some(start) if start > at => at = start,
                    _ => return QuietEnd::Unknown,
                }
            } else {
                return if at == now {
                    QuietEnd::NotQuiet
                } else {
                    QuietEnd::At(at)
                };
            }
        }
    }
}

/// What is to be routed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Importance {
    /// News from the team: it can wait.
    News,
    /// News that its person can do something about until `useless_after` only, such as the draw of pair calls, which one
    /// skips before it or not at all.
    Deadline {
        /// When it loses its sense.
        useless_after: Timestamp,
    },
    /// A gathering's reminder: it makes no sense from `useless_after` on.
    Gathering {
        /// Whether one has said that one comes.
        answered_yes: bool,
        /// When it loses its sense.
        useless_after: Timestamp,
    },
    /// What was held, as one.
    Digest,
    /// A teammate who has given a reason why it cannot wait.
    BreakThrough {
        /// How many more one's settings let through a focus today.
        left_today: u8,
    },
    /// A nudge that makes sense now or not at all.
    Nudge,
}

/// Where a notification goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// On the screen, now.
    Show,
    /// Into the digest.
    Hold {
        /// When that comes; `None` when nobody can know. Ask again when something has changed.
        until: Option<Timestamp>,
    },
    /// Nowhere: it makes no sense any more.
    Drop,
}

/// Where something of this importance goes at `now`.
///
/// Focus, the night and the system's do-not-disturb let a gathering through that one has answered "yes" to (it is then up
/// to the system whether it shows it); a pause holds everything. Focus lets as many break-throughs through as its person
/// allows, and those too hold before a pause. News also waits for the next daily digest, where one is set; what has a
/// deadline only for one that comes in time ([`IN_TIME`]).
pub fn route(now: Timestamp, quiet: &Quiet, what: Importance) -> Route {
    let is_paused = quiet.paused_until.is_some_and(|end| end > now);
    if let Importance::Gathering {
        answered_yes,
        useless_after,
    } = what
    {
        if useless_after <= now {
            return Route::Drop;
        }
        if answered_yes && !is_paused {
            return Route::Show;
        }
        if answered_yes {
            return Route::Hold {
                until: quiet.paused_until,
            };
        }
    }
    if matches!(what, Importance::Deadline { useless_after } if useless_after <= now) {
        return Route::Drop;
    }
    let in_focus = quiet.focus_until.is_some_and(|end| end > now);
    if matches!(what, Importance::BreakThrough { left_today } if left_today > 0 && in_focus && !is_paused) {
        return Route::Show;
    }
    let digest = quiet.next_digest.filter(|digest| match what {
        Importance::News => true,
        Importance::Deadline { useless_after } => is_in_time(*digest, useless_after),
        _ => false,
    });
    match quiet.end(now) {
        QuietEnd::NotQuiet => digest.map_or(Route::Show, |digest| Route::Hold { until: Some(digest) }),
        _ if what == Importance::Nudge => Route::Drop,
        QuietEnd::At(end) => Route::Hold { until: Some(end) },
        QuietEnd::Unknown => Route::Hold { until: None },
    }
}

/// Whether what makes no sense from `useless_after` on is told early enough at `at`.
pub fn is_in_time(at: Timestamp, useless_after: Timestamp) -> bool {
    at.plus(IN_TIME) <= useless_after
}

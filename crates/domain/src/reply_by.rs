//! When somebody will see what one writes to them now, and by when they answer by the team's norms. A promise among
//! people, computed from what they say of their hours; whether it was kept is looked at by nobody.

use crate::Timestamp;
use crate::kinds::Norms;
use crate::schedule::Schedule;

/// What one may expect on one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyBy {
    /// The channel's name.
    pub channel: String,
    /// Within how many of their working hours, by the norms.
    pub within_hours: u32,
    /// By when; `None` when their working hours are too far off to tell.
    pub answered_by: Option<Timestamp>,
}

/// When they see what is written `now`: when they next work. `None` when that is not in sight.
pub fn seen_at(schedule: &Schedule, now: Timestamp) -> Option<Timestamp> {
    schedule.next_start(now)
}

/// By when they answer what is written `now`, on each channel on which the norms expect an answer, in their order.
/// Only hours in which they work count.
pub fn reply_by(norms: &Norms, schedule: &Schedule, now: Timestamp) -> Vec<ReplyBy> {
    let channels = norms.channels.iter();
    let expected = channels.filter_map(|channel| {
        let within_hours = channel.reply_within_hours?;
        Some(ReplyBy {
            channel: channel.name.clone(),
            within_hours,
            answered_by: schedule.after_working(now, i64::from(within_hours) * 60),
        })
    });
    expected.collect()
}

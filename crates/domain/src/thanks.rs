//! Two quiet words to whoever gives kudos, worked out on their own computer from what they gave, and told to nobody else.

use chrono_tz::Tz;

use crate::{MemberId, Timestamp};

/// From which kudos of a day on the writer hears that many thanks at once are worth less.
pub const MANY_A_DAY: usize = 6;
/// After how many days without thanks somebody is thought of.
pub const LONG_DAYS: i64 = 45;
/// The most people that are thought of at once.
const AT_ONCE: usize = 3;

/// Whether the kudos that are being written at `now` are the sixth of the day in this zone, or a later one. It is said
/// softly and forbids nothing.
pub fn are_many_today(given_at: &[Timestamp], zone: Tz, now: Timestamp) -> bool {
    let day_of = |at: Timestamp| at.utc().with_timezone(&zone).date_naive();
    let today = day_of(now);
    let given = given_at.iter().filter(|at| day_of(**at) == today && **at <= now);
    given.count() + 1 >= MANY_A_DAY
}

/// Somebody whom it has been a while since one thanked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongSince {
    /// Who.
    pub member: MemberId,
    /// When it was; `None` when it is not known, or never was.
    pub last: Option<Timestamp>,
}

/// Whom `me` has not thanked for long, the longest first; at most three. `given` are the kudos that `me` gave, with whom
/// they went to; `members` are the others, each with when they came: who is new is not forgotten. Of those whom one never
/// thanked the one who came first is first.
pub fn long_since(
    me: MemberId,
    given: &[(Timestamp, Vec<MemberId>)],
    members: &[(MemberId, Timestamp)],
    now: Timestamp,
) -> Vec<LongSince> {
    let limit = now.plus_minutes(-LONG_DAYS * 24 * 60);
    let last_to = |member: MemberId| {
        let to = given.iter().filter(|(_, to)| to.contains(&member));
        to.map(|(at, _)| *at).max()
    };
    let mut long: Vec<(Timestamp, LongSince)> = members
        .iter()
        .filter(|(member, _)| *member != me)
        .map(|(member, came)| (*came, *member, last_to(*member)))
        .map(|(came, member, last)| (last.unwrap_or(came).max(came), LongSince { member, last }))
        .filter(|(since, _)| *since < limit)
        .collect();
    long.sort_by_key(|(since, long)| (long.last.is_some(), *since, long.member));
    long.into_iter().map(|(_, long)| long).take(AT_ONCE).collect()
}

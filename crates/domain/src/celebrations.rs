//! When somebody is celebrated, and who is to hear of it when.

use std::time::Duration;

use chrono::{Datelike, Days, NaiveDate};
use chrono_tz::Tz;

use crate::hours::instant;
use crate::kinds::{Celebrated, Celebration, CelebrationNotice, DayOfYear, LeapChoice, TeamSettings};
use crate::{ItemId, MemberId, Timestamp};

/// How many days ahead coordinators hear of it, when nothing else is set: as long as post takes.
pub const LEAD_DAYS: u32 = 10;
/// How many days post needs at least.
const POST_DAYS: i64 = 5;

/// The day of this year on which a birthday is celebrated.
pub fn birthday_in(year: i32, birthday: DayOfYear, leap: LeapChoice) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, birthday.month, birthday.day).or_else(|| match (birthday, leap) {
        (DayOfYear { month: 2, day: 29 }, LeapChoice::Before) => NaiveDate::from_ymd_opt(year, 2, 28),
        (DayOfYear { month: 2, day: 29 }, LeapChoice::After) => NaiveDate::from_ymd_opt(year, 3, 1),
        _ => None,
    })
}

/// What is celebrated on a day, if it is one: who would rather not is never celebrated.
pub fn celebrated_on(date: NaiveDate, wish: &Celebration) -> Vec<Celebrated> {
    if wish.please_do_not {
        return Vec::new();
    }
    let is_birthday = wish
        .birthday
        .is_some_and(|birthday| birthday_in(date.year(), birthday, wish.leap) == Some(date));
    let years = wish.joined_on.and_then(|joined| {
        let day = DayOfYear {
            month: joined.month(),
            day: joined.day(),
        };
        let years = u32::try_from(date.year() - joined.year())
            .ok()
            .filter(|years| *years > 0)?;
        (birthday_in(date.year(), day, wish.leap) == Some(date)).then_some(years)
    });
    let birthday = is_birthday.then_some(Celebrated::Birthday);
    birthday
        .into_iter()
        .chain(years.map(|years| Celebrated::Anniversary { years }))
        .collect()
}

/// The next days from `from` on, on which something is celebrated, within a little more than a year.
pub fn next(from: NaiveDate, wish: &Celebration) -> Vec<(NaiveDate, Celebrated)> {
    let mut next: Vec<(NaiveDate, Celebrated)> = Vec::new();
    // From a 29 February to the next one it may be eight years; but it is celebrated in each.
    for date in from.iter_days().take(367) {
        for celebrated in celebrated_on(date, wish) {
            let is_same = |known: &(NaiveDate, Celebrated)| {
                matches!(
                    (known.1, celebrated),
                    (Celebrated::Birthday, Celebrated::Birthday)
                        | (Celebrated::Anniversary { .. }, Celebrated::Anniversary { .. })
                )
            };
            if !next.iter().any(is_same) {
                next.push((date, celebrated));
            }
        }
    }
    next
}

/// Something to be told, and to whom: to one coordinator ahead, or to the team (`None`) on the day. A coordinator has a
/// notice of their own, so that those who become or are no more one change nothing for the others.
pub type Told = (CelebrationNotice, Option<MemberId>);

/// What the endpoint is to tell on a day, given everybody's wishes: to coordinators what lies up to the lead ahead, and to
/// the team what is today for those who wish so. Whoever is celebrated is told nothing of what coordinators are. A
/// notice that was made before is made again: its id says that it is the same.
pub fn notices(today: NaiveDate, wishes: &[(MemberId, Celebration)], settings: &TeamSettings) -> Vec<Told> {
    let lead = u64::from(settings.celebration_lead_days.unwrap_or(LEAD_DAYS));
    let days: Vec<NaiveDate> = (0..=lead)
        .filter_map(|days| today.checked_add_days(Days::new(days)))
        .collect();
    let mut told = Vec::new();
    for (member, wish) in wishes {
        for on in &days {
            for celebrated in celebrated_on(*on, wish) {
                let notice = |ahead| CelebrationNotice {
                    member: *member,
                    celebrated,
                    on: *on,
                    ahead,
                };
                let coordinators = settings.coordinators.iter().map(|to| (notice(true), Some(*to)));
                let team = std::iter::once((notice(false), None)).filter(|_| *on == today);
                told.extend(coordinators.chain(team).filter(|told| is_true(told, wish, settings)));
            }
        }
    }
    told
}

/// Whether a notice that was once made may still be there: its member still wants to be celebrated on that day, and those
/// who hear of it are still to.
pub fn is_true((notice, to): &Told, wish: &Celebration, settings: &TeamSettings) -> bool {
    let may_hear = match to {
        Some(to) => notice.ahead && *to != notice.member && settings.coordinators.contains(to),
        None => !notice.ahead && wish.tell_team,
    };
    may_hear && celebrated_on(notice.on, wish).contains(&notice.celebrated)
}

/// Until when a notice is news to somebody whose clock is in `zone`: until the day is over there, and for the team also
/// until it is over where it was told from, so that it reaches those who have the evening of the day before by then, or
/// were asleep already.
pub fn news_until(notice: &CelebrationNotice, known_at: Timestamp, zone: Tz) -> Timestamp {
    let day_after = notice.on.checked_add_days(Days::new(1)).unwrap_or(notice.on);
    let day_is_over = instant(zone, day_after, 0);
    if notice.ahead {
        day_is_over
    } else {
        day_is_over.max(known_at.plus(Duration::from_hours(24)))
    }
}

/// The key of what is told on the day itself, whichever notice it is told by: a coordinator who was off since they were to
/// hear of it ahead has both, and hears of it once. It says neither who it is about nor when it is.
pub fn day_key(notice: &CelebrationNotice) -> String {
    let what = match notice.celebrated {
        Celebrated::Birthday => "birthday",
        Celebrated::Anniversary { .. } => "anniversary",
    };
    let (member, on) = (notice.member.to_string(), notice.on.to_string());
    format!(
        "celebration-day:{}",
        ItemId::derived(&["celebration-day", &member, what, &on])
    )
}

/// Whether post that is sent on a day may be there for a celebration so many days later.
pub fn post_may_arrive(days_left: i64) -> bool {
    days_left >= POST_DAYS
}

//! When somebody is celebrated, and who is to hear of it when.

use chrono::{Datelike, Days, NaiveDate};

use crate::MemberId;
use crate::kinds::{Celebrated, Celebration, CelebrationNotice, DayOfYear, LeapChoice, TeamSettings};

/// How many days ahead coordinators hear of it, when nothing else is set: as long as post takes.
pub const LEAD_DAYS: u32 = 10;

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

/// What the endpoint is to tell on a day, given everybody's wishes: to coordinators what lies up to the lead ahead, and to
/// the team what is today for those who wish so. Whoever is celebrated is told nothing of what coordinators are. A
/// notice that was made before is made again: its id says that it is the same.
pub fn notices(
    today: NaiveDate,
    wishes: &[(MemberId, Celebration)],
    settings: &TeamSettings,
) -> Vec<(CelebrationNotice, Vec<MemberId>)> {
    let lead = settings.celebration_lead_days.unwrap_or(LEAD_DAYS);
    let mut notices = Vec::new();
    for (member, wish) in wishes {
        let to: Vec<MemberId> = settings
            .coordinators
            .iter()
            .copied()
            .filter(|to| to != member)
            .collect();
        let ahead = (0..=u64::from(lead)).filter_map(|days| today.checked_add_days(Days::new(days)));
        for on in ahead {
            for celebrated in celebrated_on(on, wish) {
                let notice = |ahead| CelebrationNotice {
                    member: *member,
                    celebrated,
                    on,
                    ahead,
                };
                if !to.is_empty() {
                    notices.push((notice(true), to.clone()));
                }
                if on == today && wish.tell_team {
                    notices.push((notice(false), Vec::new()));
                }
            }
        }
    }
    notices
}

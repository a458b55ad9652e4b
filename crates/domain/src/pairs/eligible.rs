//! Who is in this week's draw, and why the others are not.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use crate::hours::{Hours, instant};
use crate::kinds::{Away, Member, PairOptIn, Unmatched, Weekday};
use crate::schedule::Schedule;
use crate::{MemberId, Timestamp};

/// When the draw is, in minutes after midnight in the team's zone.
pub(super) const DRAW_MINUTE: u16 = 10 * 60;

/// Somebody who has opted in, with what the draw needs to know of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<Id> {
    /// Who.
    pub id: Id,
    /// When they work, all told.
    pub schedule: Schedule,
    /// On which days of the week they work, Monday first.
    pub works_on: [bool; 7],
    /// When they are away.
    pub away: Vec<Away>,
    /// Every 1, 2 or 4 weeks.
    pub every_weeks: u32,
    /// Not drawn before this day.
    pub paused_until: Option<NaiveDate>,
    /// Not drawn in the week of this Monday.
    pub skip_week: Option<NaiveDate>,
    /// With whom rather not. Those who are not candidates do not matter.
    pub not_with: Vec<Id>,
    /// In how many draws since they last met somebody there was nobody left for them.
    pub weeks_waited: u32,
}

impl<Id> Candidate<Id> {
    /// Somebody who has just opted in for every week.
    pub fn new(id: Id, time_zone: Tz, hours: &Hours, away: &[Away]) -> Self {
        Self {
            id,
            schedule: Schedule::new(time_zone, hours.clone(), &[], away),
            works_on: working_days(hours),
            away: away.to_vec(),
            every_weeks: 1,
            paused_until: None,
            skip_week: None,
            not_with: Vec::new(),
            weeks_waited: 0,
        }
    }

    /// Why they are not drawn, if so. `last_met` is the Monday of the week in which they last met somebody.
    pub(super) fn excused(&self, occasion: &Occasion, last_met: Option<NaiveDate>) -> Option<Unmatched> {
        let is_paused = self.paused_until.is_some_and(|until| until > occasion.day);
        if is_paused || self.skip_week == Some(occasion.week) {
            return Some(Unmatched::Paused);
        }
        if self.is_away(occasion) {
            return Some(Unmatched::Away);
        }
        let is_early = last_met.is_some_and(|met| weeks_between(met, occasion.week) < i64::from(self.every_weeks));
        (self.every_weeks > 1 && is_early).then_some(Unmatched::NotTheirWeek)
    }

    /// Away on the day of the draw, or for more than half of the week's working days.
    fn is_away(&self, occasion: &Occasion) -> bool {
        let is_away_on = |date: NaiveDate| self.away.iter().any(|away| away.from <= date && date < away.back_on);
        let working: Vec<NaiveDate> = occasion
            .week
            .iter_days()
            .take(7)
            .filter(|date| self.works_on[Weekday::of(*date).index() as usize])
            .collect();
        let missed = working.iter().filter(|date| is_away_on(**date)).count();
        is_away_on(occasion.day) || 2 * missed > working.len()
    }
}

impl Candidate<MemberId> {
    /// A member who wishes for pair calls.
    pub fn of(id: MemberId, member: &Member, wish: &PairOptIn, weeks_waited: u32) -> Self {
        Self {
            id,
            schedule: Schedule::of(member),
            works_on: working_days(&member.hours),
            away: member.away.clone(),
            every_weeks: wish.every_weeks,
            paused_until: wish.paused_until,
            skip_week: wish.skip_week,
            not_with: wish.not_with.clone(),
            weeks_waited,
        }
    }
}

/// Monday to Friday when nothing is known.
fn working_days(hours: &Hours) -> [bool; 7] {
    if hours.0.is_empty() {
        return [true, true, true, true, true, false, false];
    }
    let mut days = [false; 7];
    for (day, spans) in &hours.0 {
        days[day.index() as usize] |= !spans.is_empty();
    }
    days
}

/// Those who met in a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting<Id> {
    /// The Monday of the week.
    pub week: NaiveDate,
    /// Two or three.
    pub members: Vec<Id>,
}

/// One week's draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// The Monday of the week.
    pub week: NaiveDate,
    /// The day of the draw.
    pub day: NaiveDate,
    /// The instant from which seven days count: that of the draw, 10:00 in the team's zone, or a later one when the draw
    /// is made up for.
    pub at: Timestamp,
}

impl Occasion {
    /// The draw of the week that `date` lies in, on this weekday in the team's zone.
    pub fn in_week_of(date: NaiveDate, pair_day: Weekday, zone: Tz) -> Self {
        let week = monday_of(date);
        let day = week
            .checked_add_days(Days::new(u64::from(pair_day.index())))
            .unwrap_or(week);
        Self {
            week,
            day,
            at: instant(zone, day, DRAW_MINUTE),
        }
    }
}

/// The Monday of the week that a date lies in.
pub fn monday_of(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(u64::from(Weekday::of(date).index())))
        .unwrap_or(date)
}

/// How many weeks lie between two Mondays.
pub(super) fn weeks_between(earlier: NaiveDate, later: NaiveDate) -> i64 {
    (later - earlier).num_days().div_euclid(7)
}

/// For each of those who met anybody, the last week in which they did.
pub(super) fn last_meetings<Id: Ord>(history: &[Meeting<Id>]) -> BTreeMap<&Id, NaiveDate> {
    let mut last = BTreeMap::new();
    for meeting in history.iter().filter(|meeting| meeting.members.len() > 1) {
        for member in &meeting.members {
            let week = last.entry(member).or_insert(meeting.week);
            *week = meeting.week.max(*week);
        }
    }
    last
}

//! Pair calls as those who were drawn see them: which time they agreed on, who begins, when the next draw is. Who is
//! drawn with whom is not decided here.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use crate::hours::instant;
use crate::kinds::{PairAnswer, PairOptIn, Pairing};
use crate::pairs::agreed;
pub use crate::pairs::{DrawCalendar, Occasion, monday_of};
use crate::{ItemId, MemberId, Timestamp};

/// How many weeks a pause lasts that is chosen with one click.
pub const PAUSE_WEEKS: u64 = 4;

/// A pairing that is here.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// The item.
    pub id: ItemId,
    /// When it was drawn.
    pub drawn_at: Timestamp,
    /// What it says.
    pub pairing: Pairing,
    /// What its members have answered.
    pub answers: HashMap<MemberId, PairAnswer>,
}

/// How far the members of a pairing have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Somebody has not said yet when they can.
    Open,
    /// All can at this time, the first of those that suit all.
    Agreed(Timestamp),
    /// All have said when they can, and there is no time in common.
    NoTimeInCommon,
    /// Somebody cannot come this week.
    NotThisWeek,
}

impl Paired {
    /// See [`Progress`].
    pub fn progress(&self) -> Progress {
        let members = &self.pairing.members;
        let answers: Vec<&PairAnswer> = members.iter().filter_map(|member| self.answers.get(member)).collect();
        if answers.iter().any(|answer| answer.times.is_empty()) {
            return Progress::NotThisWeek;
        }
        if answers.len() < members.len() || members.len() < 2 {
            return Progress::Open;
        }
        agreed(&self.pairing, answers).map_or(Progress::NoTimeInCommon, Progress::Agreed)
    }

    /// Until when it is of use: as long as its week lasts, and as the times last that were proposed, which lie in the
    /// seven days behind the draw. Where there are none, those days.
    pub fn ends(&self, calendar: DrawCalendar) -> Timestamp {
        let Pairing { week, duration_min, .. } = self.pairing;
        let week_end = instant(calendar.zone, week.checked_add_days(Days::new(7)).unwrap_or(week), 0);
        let own_end = match self.pairing.times.iter().max() {
            Some(last) => last.plus_minutes(i64::from(duration_min)),
            None => self.drawn_at.plus_minutes(7 * 24 * 60),
        };
        week_end.max(own_end)
    }

    /// Those whom `me` meets.
    pub fn others(&self, me: MemberId) -> impl Iterator<Item = MemberId> + '_ {
        self.pairing.members.iter().copied().filter(move |member| *member != me)
    }

    /// Whether it is about a call of `me` with others, and not about why there is none.
    pub fn is_call_of(&self, me: MemberId) -> bool {
        self.pairing.unmatched.is_none() && self.pairing.members.len() > 1 && self.pairing.members.contains(&me)
    }
}

/// Whether somebody with this wish, who last met somebody in the week of `last_met`, is to be drawn.
pub fn is_due(wish: &PairOptIn, draw: Occasion, last_met: Option<NaiveDate>) -> bool {
    let is_paused = wish.paused_until.is_some_and(|until| until > draw.day);
    let weeks_since = last_met.map(|met| (draw.week - met).num_days().div_euclid(7));
    let is_early = wish.every_weeks > 1 && weeks_since.is_some_and(|weeks| weeks < i64::from(wish.every_weeks));
    !is_paused && !is_early && wish.skip_week != Some(draw.week)
}

//! What is told of pair calls, beside the call itself, which is a gathering like any other once its time is agreed.

use chrono::NaiveDate;

use super::{Reminder, State, What};
use crate::kinds::{PairOptIn, Unmatched};
use crate::pair_calls::{DrawCalendar, Occasion, Paired, is_due};
use crate::schedule::Schedule;
use crate::{MemberId, Timestamp};

/// How long before the draw it is announced.
const AHEAD_MINUTES: i64 = 24 * 60;
/// How far back an hour of work is looked for, when there is none in the day before the draw.
const LOOK_BACK_MINUTES: i64 = 5 * 24 * 60;
/// How many draws are planned for: as many as there are weeks between two of those who are drawn least, and some more.
const DRAWS_AHEAD: usize = 8;
/// How long everybody may stay silent before one is asked to begin.
const SILENCE_MINUTES: i64 = 24 * 60;
/// How many pairings in a row that one has not answered lead to the question whether to pause.
const UNANSWERED: usize = 3;
/// How long that question makes sense.
const QUESTION_USEFUL_MINUTES: i64 = 14 * 24 * 60;

/// What one's desktop knows of pair calls.
#[derive(Debug, Clone, PartialEq)]
pub struct PairDesk {
    /// When the team draws.
    pub calendar: DrawCalendar,
    /// One's own wish; `None` when one has not opted in.
    pub wish: Option<PairOptIn>,
    /// The pairings that are here and not gone, oldest week first.
    pub paired: Vec<Paired>,
}

impl PairDesk {
    /// The draws of the coming weeks. A week that has been drawn is over, also when an admin has moved its day since.
    pub fn draws_ahead(&self, now: Timestamp) -> impl Iterator<Item = Occasion> + '_ {
        let weeks = self.calendar.coming(now).week.iter_weeks();
        let is_drawn = |week: &NaiveDate| self.paired.iter().any(|paired| paired.pairing.week == *week);
        weeks
            .filter(move |week| !is_drawn(week))
            .map(|week| self.calendar.draw_of(week))
    }

    /// The week in which `me` last met somebody.
    pub fn last_met(&self, me: MemberId) -> Option<NaiveDate> {
        let calls = self.paired.iter().filter(|paired| paired.is_call_of(me));
        calls.map(|paired| paired.pairing.week).max()
    }
}

pub(super) fn tell(state: State<'_>, desk: &PairDesk, now: Timestamp, reminders: &mut Vec<Reminder>) {
    reminders.extend(draws_ahead(state, desk, now));
    for paired in &desk.paired {
        reminders.extend(drawn(state, desk.calendar, paired));
        reminders.extend(ice(state, desk.calendar, paired));
    }
    reminders.extend(question(state, desk));
}

/// When somebody is told of a draw: a day ahead or at their next hour of work after that; in the last hour of work
/// before, when they do not work on that day. `None` for those who do not work in all the days before.
pub fn notice_at(schedule: &Schedule, draw: Occasion) -> Option<Timestamp> {
    let day_before = draw.at.plus_minutes(-AHEAD_MINUTES);
    if let Some((start, _)) = schedule.spans(day_before, draw.at).first() {
        return Some(*start);
    }
    let before = schedule.spans(day_before.plus_minutes(-LOOK_BACK_MINUTES), day_before);
    before.last().map(|(start, end)| end.plus_minutes(-60).max(*start))
}

/// The draws of the coming weeks. More than the next one, since nothing but a reminder may wake the desktop until then.
fn draws_ahead(state: State<'_>, desk: &PairDesk, now: Timestamp) -> Vec<Reminder> {
    let Some(wish) = &desk.wish else { return Vec::new() };
    let schedule = &state.quiet.schedule;
    let last_met = desk.last_met(state.me);
    desk.draws_ahead(now)
        .take(DRAWS_AHEAD)
        .filter(|draw| schedule.back_on(draw.at).is_none() && is_due(wish, *draw, last_met))
        .filter_map(|draw| {
            Some(Reminder {
                key: format!("pair-draw:{}", draw.week),
                at: notice_at(schedule, draw)?,
                useless_after: Some(draw.at),
                what: What::PairDraw {
                    week: draw.week,
                    draw_at: draw.at,
                },
            })
        })
        .collect()
}

fn working_from(state: State<'_>, at: Timestamp) -> Timestamp {
    state.quiet.schedule.next_start(at).unwrap_or(at)
}

fn drawn(state: State<'_>, calendar: DrawCalendar, paired: &Paired) -> Option<Reminder> {
    let what = if paired.is_call_of(state.me) {
        let last = paired.pairing.times.last();
        if paired.answers.contains_key(&state.me) || last.is_none() {
            return None;
        }
        What::Paired {
            pairing: paired.id,
            with: paired.others(state.me).collect(),
            times: paired.pairing.times.len() as u32,
        }
    } else if paired.pairing.unmatched == Some(Unmatched::NobodyLeft) && paired.pairing.members.contains(&state.me) {
        What::NobodyToMeet { pairing: paired.id }
    } else {
        return None; // who has paused or is away knows
    };
    Some(Reminder {
        key: format!("pair:{}", paired.id),
        at: working_from(state, paired.drawn_at),
        useless_after: Some(paired.ends(calendar)),
        what,
    })
}

fn ice(state: State<'_>, calendar: DrawCalendar, paired: &Paired) -> Option<Reminder> {
    let is_asked = paired.is_call_of(state.me) && paired.pairing.ice_breaker == Some(state.me);
    if !is_asked || !paired.answers.is_empty() {
        return None;
    }
    Some(Reminder {
        key: format!("pair-ice:{}", paired.id),
        at: working_from(state, paired.drawn_at.plus_minutes(SILENCE_MINUTES)),
        useless_after: Some(paired.ends(calendar)),
        what: What::IceBreaker {
            pairing: paired.id,
            with: paired.others(state.me).collect(),
        },
    })
}

/// Whether to pause, after some pairings in a row that one has not answered. Only this desktop ever knows.
fn question(state: State<'_>, desk: &PairDesk) -> Option<Reminder> {
    let wish = desk.wish.as_ref()?;
    let mut calls: Vec<&Paired> = desk
        .paired
        .iter()
        .filter(|paired| paired.is_call_of(state.me))
        .collect();
    calls.sort_by_key(|paired| (paired.pairing.week, paired.id));
    let newest = calls.iter().rev().take(UNANSWERED).collect::<Vec<_>>();
    let is_silent = newest.iter().all(|paired| !paired.answers.contains_key(&state.me));
    if newest.len() < UNANSWERED || !is_silent {
        return None;
    }
    let last = newest.first()?;
    let end = last.ends(desk.calendar);
    let is_paused = wish.paused_until.is_some_and(|until| until > last.pairing.week);
    if is_paused {
        return None;
    }
    let at = working_from(state, end);
    Some(Reminder {
        key: format!("pair-pause:{}", last.id),
        at,
        useless_after: Some(at.plus_minutes(QUESTION_USEFUL_MINUTES)),
        what: What::PausePairs { pairing: last.id },
    })
}

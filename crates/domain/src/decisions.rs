//! When a decision may be closed: not before everyone involved has been heard or has had enough of their own working
//! time, and not before it was open for some days. Who is still awaited, why, and when to remind them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::kinds::{Decision, HeardVoice, Said, Style, TeamSettings};
use crate::schedule::Schedule;
use crate::{MemberId, Timestamp};

/// A day, in minutes.
const DAY: i64 = 24 * 60;
/// How far back from a close an hour of work is looked for, when there is none in the day before it.
const LOOK_BACK: i64 = 14 * DAY;

/// How long decisions are open, as admins have set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// How many of their own working hours everyone has to be heard.
    pub working_hours: u32,
    /// How many hours overall a decision waits for those who were not heard.
    pub hours: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            working_hours: 8,
            hours: 72,
        }
    }
}

impl Rules {
    /// What is set, or else eight working hours and three days.
    pub fn of(settings: &TeamSettings) -> Self {
        let default = Self::default();
        Self {
            working_hours: settings.decision_working_hours.unwrap_or(default.working_hours),
            hours: settings.decision_hours.unwrap_or(default.hours),
        }
    }
}

/// Why somebody is still awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "why", rename_all = "snake_case")]
#[ts(export)]
pub enum Why {
    /// They have some of their working time left, or the hours overall are not over.
    HasTime {
        /// How many minutes of their working time are left.
        minutes: u32,
    },
    /// They are away, and their time waits with them.
    Away {
        /// The day on which they are back.
        #[ts(type = "string")]
        back_on: NaiveDate,
    },
}

/// Somebody whom a decision waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Awaited {
    /// Who.
    pub member: MemberId,
    /// Why.
    #[serde(flatten)]
    #[ts(flatten)]
    pub why: Why,
    /// When they will have had their time; `None` when that is not in sight.
    pub heard_by: Option<Timestamp>,
}

/// How a decision stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Gate {
    /// Whether it may be closed now.
    pub may_close: bool,
    /// The first instant at which it may be, if nobody else is heard and nobody's plans change; `None` when somebody's
    /// working time is not in sight.
    pub earliest: Option<Timestamp>,
    /// Whom it waits for, in the order in which they are involved: those who were not heard and still have time.
    pub awaited: Vec<Awaited>,
}

/// The gate of a decision that has reached the team at `asked_at`, at `now`. It opens when each of those involved has
/// been heard, or has had both: so much of their own working time, and so many hours overall. `schedules` are of those who are
/// still in the team: who has left it is not waited for.
pub fn gate(
    decision: &Decision,
    asked_at: Timestamp,
    heard: &[MemberId],
    schedules: &BTreeMap<MemberId, Schedule>,
    rules: Rules,
    now: Timestamp,
) -> Gate {
    let minutes = i64::from(rules.working_hours) * 60;
    let open_until = asked_at.plus_minutes(i64::from(rules.hours) * 60);
    let mut earliest = Some(decision.earliest_close.map_or(asked_at, |close| close.max(asked_at)));
    let mut awaited = Vec::new();
    let unheard = decision.involved.iter().filter(|member| !heard.contains(member));
    for (member, schedule) in unheard.filter_map(|member| Some((*member, schedules.get(member)?))) {
        let heard_by = schedule.after_working(asked_at, minutes).map(|own| own.max(open_until));
        earliest = earliest.zip(heard_by).map(|(earliest, own)| earliest.max(own));
        if heard_by.is_none_or(|own| now < own) {
            awaited.push(Awaited {
                member,
                why: why(schedule, asked_at, minutes, now),
                heard_by,
            });
        }
    }
    Gate {
        may_close: earliest.is_some_and(|earliest| earliest <= now),
        earliest,
        awaited,
    }
}

fn why(schedule: &Schedule, asked_at: Timestamp, minutes: i64, now: Timestamp) -> Why {
    if let Some(back_on) = schedule.back_on(now) {
        return Why::Away { back_on };
    }
    let worked = schedule.spans(asked_at, now.max(asked_at));
    let worked: i64 = worked.iter().map(|(start, end)| end.millis() - start.millis()).sum();
    let left = minutes * 60_000 - worked;
    Why::HasTime {
        minutes: u32::try_from(left.max(0)).unwrap_or(u32::MAX).div_ceil(60_000),
    }
}

/// Which reminder of a decision it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Stage {
    /// It was asked.
    Asked,
    /// Half of the time is over.
    Half,
    /// A day is left.
    DayBefore,
}

/// When somebody who was not heard is told of a decision that may be closed at `earliest`: when it is asked, at half of the
/// time and a day before, each in their working time, as far as there is any before `earliest`. In order, and no two at
/// the same instant.
pub fn reminders(schedule: &Schedule, asked_at: Timestamp, earliest: Timestamp) -> Vec<(Stage, Timestamp)> {
    let before_close = |at: &Timestamp| *at < earliest;
    let asked = schedule.next_start(asked_at).filter(before_close);
    let middle = asked_at.plus(earliest.since(asked_at) / 2);
    let half = schedule.next_start(middle).filter(before_close);
    let day_before = earliest.plus_minutes(-DAY).max(asked_at);
    // Who does not work on the day before is told in the last hour in which they do.
    let last_hour = || {
        let spans = schedule.spans(asked_at.max(day_before.plus_minutes(-LOOK_BACK)), day_before);
        spans.last().map(|(start, end)| end.plus_minutes(-60).max(*start))
    };
    let day_before = schedule.next_start(day_before).filter(before_close).or_else(last_hour);
    let mut told: Vec<(Stage, Timestamp)> = Vec::new();
    for (stage, at) in [
        (Stage::Asked, asked),
        (Stage::Half, half),
        (Stage::DayBefore, day_before),
    ] {
        if let Some(at) = at
            && told.last().is_none_or(|(_, before)| *before < at)
        {
            told.push((stage, at));
        }
    }
    told
}

/// Whether this answers a question of that style.
pub fn fits(how: &Style, said: &Said) -> bool {
    let has_words = said.words.as_deref().is_some_and(|words| !crate::text::is_blank(words));
    match how {
        Style::ForAgainst => said.stance.is_some() && said.ranking.is_empty(),
        Style::Words => has_words && said.stance.is_none() && said.ranking.is_empty(),
        Style::Ranked { options } => {
            let mut places = said.ranking.clone();
            places.sort_unstable();
            places.dedup();
            let are_distinct = !places.is_empty() && places.len() == said.ranking.len();
            are_distinct && said.stance.is_none() && places.iter().all(|place| (*place as usize) < options.len())
        }
    }
}

/// What everybody has said, and who was not heard, for an outcome: each in the order in which they are involved. `said`
/// has `None` for a sealed voice that could not be opened, or does not answer the question.
pub fn voices_of(decision: &Decision, said: &BTreeMap<MemberId, Option<Said>>) -> (Vec<HeardVoice>, Vec<MemberId>) {
    let (heard, not_heard): (Vec<_>, Vec<_>) = decision.involved.iter().partition(|member| said.contains_key(member));
    let voice = |member: MemberId| HeardVoice {
        member,
        said: said
            .get(&member)
            .cloned()
            .flatten()
            .filter(|said| fits(&decision.how, said)),
    };
    (heard.into_iter().map(voice).collect(), not_heard)
}

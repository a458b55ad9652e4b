//! What a member tells of when they are busy: times alone, for the planner alone.

use super::body::Context;
use crate::busy::{DAYS_AHEAD, STEP_MINUTES};
use crate::kinds::Busy;
use crate::{Audience, Problem};

/// How far before now or after the days ahead a span may lie, in minutes: clocks differ, and a desktop may be offline.
const LEEWAY_MINUTES: i64 = 8 * 24 * 60;
/// The most spans: every other half hour.
const SPANS_MAX: i64 = (DAYS_AHEAD + 1) * 24 * 60 / (2 * STEP_MINUTES);

impl Context<'_> {
    pub(super) fn check_busy(&self, busy: &Busy) -> Result<(), Problem> {
        if self.op.audience != Audience::Only(vec![self.writer]) {
            return Err(Problem::new(
                "not_private",
                "When you are busy is seen by nobody but the team's planner.",
            ));
        }
        let step_ms = STEP_MINUTES * 60_000;
        let (earliest, latest) = (
            self.now.plus_minutes(-LEEWAY_MINUTES),
            self.now.plus_minutes(DAYS_AHEAD * 24 * 60 + LEEWAY_MINUTES),
        );
        let is_fit = busy.spans.iter().all(|span| {
            let is_round = span.from.millis() % step_ms == 0 && span.until.millis() % step_ms == 0;
            is_round && span.from < span.until && earliest <= span.from && span.until <= latest
        });
        let is_in_order = busy.spans.windows(2).all(|two| two[0].until < two[1].from);
        let is_few = !busy.spans.is_empty() && busy.spans.len() as i64 <= SPANS_MAX;
        if is_fit && is_in_order && is_few {
            Ok(())
        } else {
            Err(Problem::new(
                "bad_busy",
                "Busy times are full half hours of the coming five weeks, in order. Without any, there is nothing to tell.",
            ))
        }
    }
}

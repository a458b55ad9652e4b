//! Pair calls, and breaking through a focus.

use std::collections::HashSet;

use super::body::Context;
use super::plans::check_rhythm;
use crate::kinds::{BreakThrough, PairAnswer, PairOptIn};
use crate::text::{check_name, check_words, visible_length};
use crate::{Audience, Kind, Problem};

/// The fewest characters of a reason to break through a focus.
const BREAK_THROUGH_REASON_MIN: usize = 10;

impl Context<'_> {
    pub(super) fn check_pair_opt_in(&self, wish: &PairOptIn) -> Result<(), Problem> {
        check_rhythm(wish.every_weeks)?;
        if wish.topics.len() > 10 {
            return Err(Problem::new("too_many_topics", "Ten topics are enough to begin with."));
        }
        wish.topics
            .iter()
            .try_for_each(|topic| check_name("topic", topic, 80))?;
        let distinct: HashSet<_> = wish.not_with.iter().collect();
        if wish.not_with.len() > 50 || distinct.len() < wish.not_with.len() || distinct.contains(&self.writer) {
            return Err(Problem::new(
                "bad_not_with",
                "The list of those you would rather not meet holds at most fifty others, each once.",
            ));
        }
        if self.op.audience == (Audience::Only(vec![self.writer])) {
            Ok(())
        } else {
            Err(Problem::new(
                "not_private",
                "A wish for pair calls is seen by nobody else.",
            ))
        }
    }

    pub(super) fn check_pair_answer(&self, answer: &PairAnswer) -> Result<(), Problem> {
        let pairing = self.view.existing(answer.pairing);
        let is_mine = pairing.is_some_and(|pairing| {
            pairing.kind == Kind::PAIRING
                && !pairing.is_gone
                && pairing.audience == self.op.audience
                && pairing.is_visible_to(self.writer)
        });
        if !is_mine {
            return Err(Problem::new("not_found", "There is no such pair call any more."));
        }
        if answer.times.len() > 3 {
            return Err(Problem::new(
                "bad_times",
                "Choose among the three times that suit both.",
            ));
        }
        Ok(())
    }

    pub(super) fn check_break_through(&self, call: &BreakThrough) -> Result<(), Problem> {
        if call.to == self.writer || !self.view.is_member(call.to) {
            return Err(Problem::new("unknown_member", "There is no such teammate."));
        }
        if self.op.audience != (Audience::Only(vec![call.to])) {
            return Err(Problem::new("not_private", "Only the one who is called sees it."));
        }
        if visible_length(&call.reason) < BREAK_THROUGH_REASON_MIN {
            return Err(Problem::new(
                "reason_too_short",
                "Say in at least ten characters why it cannot wait.",
            ));
        }
        check_words("reason", &call.reason, 200)
    }
}

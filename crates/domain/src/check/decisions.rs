//! Decisions, voices, and closing.

use std::collections::HashSet;

use super::View;
use super::body::Context;
use super::packages::check_sealed;
use crate::decisions::{Rules, fits, gate};
use crate::kinds::{Decision, DecisionClose, Style, Voice, Voices, decision_state_id, outcome_id};
use crate::schedule::Schedule;
use crate::text::{WORDS_MAX, check_name, check_words, visible_length};
use crate::{Audience, Body, ItemId, MemberId, Owner, Problem};

/// The most members that a decision asks.
const INVOLVED_MAX: usize = 100;
/// The most characters of a decision's context.
const CONTEXT_MAX: usize = 8_000;
/// The fewest characters of an outcome.
const OUTCOME_MIN: usize = 10;
/// The most characters of a sealed voice.
const SEALED_MAX: usize = 24_000;

/// That a decision was closed.
pub(super) fn closed() -> Problem {
    Problem::new(
        "decision_closed",
        "This decision is closed. Ask anew if it is to be thought over.",
    )
}

fn withdrawn() -> Problem {
    Problem::new("decision_withdrawn", "Whoever asked this has taken it back.")
}

impl Context<'_> {
    pub(super) fn check_decision(&self, decision: &Decision) -> Result<(), Problem> {
        if let Some(Body::Decision(before)) = self.view.body(self.op.id) {
            return self.check_withdrawal(decision, &before);
        }
        check_name("question", &decision.question, 200)?;
        check_words("context", decision.context.as_deref().unwrap_or_default(), CONTEXT_MAX)?;
        if let Style::Ranked { options } = &decision.how {
            options
                .iter()
                .try_for_each(|option| check_name("option", option, 200))?;
            let distinct: HashSet<_> = options.iter().map(|option| option.trim()).collect();
            if !(2..=12).contains(&options.len()) || distinct.len() < options.len() {
                return Err(Problem::new("bad_options", "Give two to twelve options, each once."));
            }
        }
        let distinct: HashSet<_> = decision.involved.iter().collect();
        let is_fine =
            (1..=INVOLVED_MAX).contains(&decision.involved.len()) && distinct.len() == decision.involved.len();
        if !is_fine {
            return Err(Problem::new(
                "bad_involved",
                "A decision involves 1 to 100 people, each once.",
            ));
        }
        if let Some(stranger) = decision.involved.iter().find(|member| !self.view.is_member(**member)) {
            return Err(Problem::new(
                "unknown_member",
                format!("Nobody in the team has the id {stranger}."),
            ));
        }
        let owner = Owner::Member(self.writer);
        if !decision
            .involved
            .iter()
            .all(|member| self.op.audience.admits(*member, &owner))
        {
            return Err(Problem::new(
                "bad_audience",
                "Everyone involved must be able to see the decision.",
            ));
        }
        let in_a_year = self.now.plus_minutes(366 * 24 * 60);
        if decision.earliest_close.is_some_and(|close| close > in_a_year) {
            return Err(Problem::new(
                "bad_close",
                "A decision does not wait for more than a year.",
            ));
        }
        Ok(())
    }

    fn check_withdrawal(&self, decision: &Decision, before: &Decision) -> Result<(), Problem> {
        if decision == before {
            return Ok(());
        }
        if self.view.body(outcome_id(self.op.id)).is_some() {
            return Err(closed());
        }
        let only_withdrawn = Decision {
            withdrawn: true,
            ..before.clone()
        };
        if *decision == only_withdrawn {
            Ok(())
        } else {
            Err(Problem::new(
                "decision_asked",
                "What was asked stays as it is, since others answer it. Withdraw it and ask anew.",
            ))
        }
    }

    /// The decision of this id as the writer may know it: its owner, its audience for others, and what it says.
    fn decision(&self, id: ItemId) -> Result<(MemberId, Audience, Decision), Problem> {
        let existing = self.view.existing(id).filter(|item| item.is_visible_to(self.writer));
        let owner = existing.as_ref().and_then(|item| item.owner.member());
        match (existing, owner, self.view.body(id)) {
            (Some(existing), Some(owner), Some(Body::Decision(decision))) => {
                Ok((owner, existing.audience.with(owner), decision))
            }
            _ => Err(Problem::new("not_found", "There is no such decision any more.")),
        }
    }

    pub(super) fn check_voice(&self, voice: &Voice) -> Result<(), Problem> {
        let (_, audience, decision) = self.decision(voice.decision)?;
        if !decision.involved.contains(&self.writer) {
            return Err(Problem::new(
                "not_involved",
                "This decision asks others. Write under it what you think of it.",
            ));
        }
        if decision.withdrawn {
            return Err(withdrawn());
        }
        if self.view.body(outcome_id(voice.decision)).is_some() {
            return Err(closed());
        }
        match (decision.voices, &voice.said, &voice.sealed) {
            (Voices::Open, Some(said), None) if self.op.audience == audience => {
                check_words("voice", said.words.as_deref().unwrap_or_default(), WORDS_MAX)?;
                if fits(&decision.how, said) {
                    Ok(())
                } else {
                    Err(Problem::new(
                        "bad_voice",
                        "This does not answer what was asked. Say where you stand, put the options in an order, or write a few words.",
                    ))
                }
            }
            (Voices::Hidden, None, Some(sealed)) if self.op.audience == Audience::Only(vec![self.writer]) => {
                check_sealed(sealed, SEALED_MAX)
            }
            (Voices::Hidden, None, Some(_)) => Err(Problem::new("not_private", "A hidden voice is seen by nobody.")),
            (Voices::Open, Some(_), None) => Err(Problem::new(
                "bad_audience",
                "An open voice is for those who see the decision.",
            )),
            _ => Err(Problem::new(
                "bad_voice",
                "A hidden voice is sealed, and an open one is not.",
            )),
        }
    }

    pub(super) fn check_decision_close(&self, close: &DecisionClose) -> Result<(), Problem> {
        let (owner, audience, decision) = self.decision(close.decision)?;
        if owner != self.writer {
            return Err(Problem::new("not_owner", "Only whoever asked can close it."));
        }
        if decision.withdrawn {
            return Err(withdrawn());
        }
        if self.view.body(outcome_id(close.decision)).is_some() {
            return Err(closed());
        }
        if self.op.audience != audience {
            return Err(Problem::new(
                "bad_audience",
                "An outcome is for those who see the decision.",
            ));
        }
        if visible_length(&close.words) < OUTCOME_MIN {
            return Err(Problem::new(
                "outcome_too_short",
                "Say in at least ten characters what has been decided.",
            ));
        }
        check_words("outcome", &close.words, WORDS_MAX)?;
        if self.may_close(close.decision, &decision) {
            Ok(())
        } else {
            Err(Problem::new(
                "decision_waits",
                "Not everyone has been heard or has had their time yet. It can be withdrawn, but not closed early.",
            ))
        }
    }

    fn may_close(&self, id: ItemId, decision: &Decision) -> bool {
        let Some(existing) = self.view.existing(id) else {
            return false;
        };
        let heard = match self.view.body(decision_state_id(id)) {
            Some(Body::DecisionState(state)) => state.heard,
            _ => Vec::new(),
        };
        let schedules = schedules(self.view, decision);
        let rules = Rules::of(&self.view.settings());
        gate(decision, existing.created_at, &heard, &schedules, rules, self.now).may_close
    }
}

/// When those involved work who are still in the team.
fn schedules(view: &dyn View, decision: &Decision) -> std::collections::BTreeMap<MemberId, Schedule> {
    let schedule = |member: &MemberId| match view.body((*member).into()) {
        Some(Body::Member(profile)) => Some((*member, Schedule::of(&profile))),
        _ => None,
    };
    decision.involved.iter().filter_map(schedule).collect()
}

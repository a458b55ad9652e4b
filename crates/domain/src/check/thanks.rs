//! Kudos, what those who are thanked wish for, and the team's values.

use std::collections::HashSet;

use super::body::Context;
use super::{REASON_MIN, RECIPIENTS_MAX};
use crate::emoji::is_one_emoji;
use crate::hiding::EDIT_MINUTES;
use crate::kinds::{Kudos, KudosHidden, KudosWish, ThankMe, Values, kudos_wish_id, values_id};
use crate::text::{NAME_MAX, WORDS_MAX, check_name, check_words, visible_length};
use crate::{Audience, Body, Kind, Problem};

/// The most values that a team has, retired ones among them.
const VALUES_MAX: usize = 30;

impl Context<'_> {
    pub(super) fn check_kudos(&self, kudos: &Kudos) -> Result<(), Problem> {
        if kudos.to.is_empty() {
            return Err(Problem::new(
                "no_recipient",
                "Kudos need someone to thank. Choose at least one person.",
            ));
        }
        if kudos.to.len() > RECIPIENTS_MAX {
            return Err(Problem::new(
                "too_many_recipients",
                "Kudos go to at most twenty people at once.",
            ));
        }
        if kudos.to.contains(&self.writer) {
            return Err(Problem::new(
                "kudos_to_oneself",
                "Kudos are for others. Take yourself off the list.",
            ));
        }
        let distinct: HashSet<_> = kudos.to.iter().collect();
        if distinct.len() < kudos.to.len() {
            return Err(Problem::new(
                "doubled_recipient",
                "Somebody is on the list twice. Name each person once.",
            ));
        }
        if let Some(stranger) = kudos.to.iter().find(|member| !self.view.is_member(**member)) {
            return Err(Problem::new(
                "unknown_member",
                format!("Nobody in the team has the id {stranger}."),
            ));
        }
        if visible_length(&kudos.reason) < REASON_MIN {
            return Err(Problem::new(
                "reason_too_short",
                "Say in at least ten characters what you are thankful for, so that it means something.",
            ));
        }
        check_words("reason", &kudos.reason, WORDS_MAX)?;
        let before = match self.view.body(self.op.id) {
            Some(Body::Kudos(before)) => Some(before),
            _ => None,
        };
        self.check_value(kudos, before.as_ref())?;
        before.map_or(Ok(()), |before| self.check_edit(kudos, &before))
    }

    /// A value must be the team's when the kudos were written; one that stood there before may stay.
    fn check_value(&self, kudos: &Kudos, before: Option<&Kudos>) -> Result<(), Problem> {
        let Some(value) = &kudos.value else { return Ok(()) };
        if before.is_some_and(|before| before.value.as_ref() == Some(value)) {
            return Ok(());
        }
        let values = match self.view.body(values_id()) {
            Some(Body::Values(values)) => values.values,
            _ => Vec::new(),
        };
        let is_theirs = values
            .iter()
            .any(|known| known.id == *value && known.retired_at.is_none_or(|end| self.created_at < end));
        if is_theirs {
            Ok(())
        } else {
            Err(Problem::new(
                "unknown_value",
                "This is not one of the team's values any more. Choose another, or none.",
            ))
        }
    }

    /// Kudos are changed within ten minutes by the writer's own clock, and may arrive later: it may have been offline.
    fn check_edit(&self, kudos: &Kudos, before: &Kudos) -> Result<(), Problem> {
        let written_at = crate::expiry::clamp_created_at(self.op.created_at, self.now);
        let is_late = written_at > self.created_at.plus_minutes(EDIT_MINUTES);
        if kudos.instead_of != before.instead_of || (is_late && kudos != before) {
            return Err(Problem::new(
                "kudos_settled",
                "Kudos can be changed for ten minutes. Delete them and give them anew.",
            ));
        }
        Ok(())
    }

    /// What those who are thanked wish wins over what the giver chose; and what stands in the place of hidden kudos is for
    /// those few alone. What was shared already is hidden by their own word, not by a change of mind.
    pub(super) fn check_wishes(&self, kudos: &Kudos) -> Result<(), Problem> {
        let few: Vec<_> = kudos.to.iter().copied().chain([self.writer]).collect();
        let is_between = self.op.audience.is_only(&kudos.to) || self.op.audience.is_only(&few);
        if kudos.instead_of.is_some() && !is_between {
            return Err(Problem::new("not_private", "These kudos were hidden from others."));
        }
        let wishes_so = |member| {
            let wish = self.view.body(kudos_wish_id(member));
            matches!(
                wish,
                Some(Body::KudosWish(KudosWish {
                    wish: ThankMe::BetweenUs
                }))
            )
        };
        let is_new = self.view.existing(self.op.id).is_none();
        if is_new && !is_between && kudos.to.iter().copied().any(wishes_so) {
            return Err(Problem::new(
                "kudos_between",
                "Somebody you thank likes thanks to stay between you. Give these kudos for them alone to see.",
            ));
        }
        Ok(())
    }

    pub(super) fn check_kudos_hidden(&self, hidden: &KudosHidden) -> Result<(), Problem> {
        if self.op.audience != (Audience::Only(vec![self.writer])) {
            return Err(Problem::new("not_private", "What you hide is your own matter."));
        }
        // Gone ones are hidden enough: the wish arrives again after a restore. What one cannot see is as if it were not there.
        let existing = self.view.existing(hidden.kudos);
        let existing = existing.filter(|existing| existing.is_visible_to(self.writer));
        let is_mine = match (existing, self.view.body(hidden.kudos)) {
            (None, _) => true,
            (Some(_), Some(Body::Kudos(kudos))) => kudos.to.contains(&self.writer),
            (Some(existing), _) => existing.kind == Kind::KUDOS,
        };
        if is_mine {
            Ok(())
        } else {
            Err(Problem::new("not_found", "There are no such kudos to you."))
        }
    }
}

/// Checks the whole list.
pub(super) fn check_values(values: &Values) -> Result<(), Problem> {
    if values.values.len() > VALUES_MAX {
        return Err(Problem::new(
            "too_many_values",
            "A team has at most thirty values, and fewer are remembered better.",
        ));
    }
    for value in &values.values {
        check_name("value's name", &value.name, NAME_MAX)?;
        let is_id = (1..=40).contains(&value.id.len())
            && value
                .id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !is_id || !is_one_emoji(&value.emoji) {
            return Err(Problem::new("bad_value", "A value has a name and one emoji."));
        }
    }
    let distinct: HashSet<_> = values.values.iter().map(|value| &value.id).collect();
    if distinct.len() < values.values.len() {
        return Err(Problem::new("doubled_value", "The same value is there twice."));
    }
    Ok(())
}

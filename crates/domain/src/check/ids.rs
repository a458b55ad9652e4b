//! Which id an item may have, so that nobody can take a place that is to be somebody else's.

use crate::kinds::{busy_id, focus_id, norms_id, pair_answer_id, pair_opt_in_id, reaction_id, rsvp_id};
use crate::wire::Op;
use crate::{Body, ItemId, MemberId, Problem};

/// An id that this item cannot have. The words are the same whether something of that id is there or not.
pub(super) fn unfit() -> Problem {
    Problem::new(
        "bad_id",
        "This item cannot have this id. A new item gets an id of its own, a UUID of version 7; a focus, a reaction and an \
         answer get the one that follows from what they are.",
    )
}

/// Checks the id of an op that says `body`. What there is one of has the id that follows from it: of a member's focus,
/// of their reaction with an emoji, of their answer to a gathering. Everything else that is new has one that is new:
/// of version 7, which no other id of a team can be mistaken for.
pub(super) fn check_id(writer: MemberId, op: &Op, body: &Body, exists: bool) -> Result<(), Problem> {
    let is_fit = match body {
        Body::Focus(_) => op.id == focus_id(writer),
        Body::Reaction(reaction) => op.id == reaction_id(writer, reaction.target, &reaction.emoji),
        Body::Rsvp(rsvp) => op.id == rsvp_id(writer, rsvp.gathering),
        Body::Busy(_) => op.id == busy_id(writer),
        Body::PairOptIn(_) => op.id == pair_opt_in_id(writer),
        Body::PairAnswer(answer) => op.id == pair_answer_id(writer, answer.pairing),
        Body::Norms(_) => op.id == norms_id(),
        // Whose it is was asked before; the rule for roles asks for its id by itself.
        Body::Member(_) | Body::Role(_) => true,
        // A team has one, which is there from its beginning.
        Body::Team(_) => exists,
        _ => exists || is_new(op.id),
    };
    if is_fit { Ok(()) } else { Err(unfit()) }
}

fn is_new(id: ItemId) -> bool {
    id.0.get_version_num() == 7
}

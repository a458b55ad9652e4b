//! Which id an item may have, so that nobody can take a place that is to be somebody else's.

use crate::kinds::{Kudos, Reply};
use crate::kinds::{
    between_id, busy_id, card_line_id, celebration_id, decision_close_id, device_key_id, focus_id, kudos_hidden_id,
    kudos_wish_id, norms_id, package_consent_id, package_declined_id, package_received_id, pair_answer_id,
    pair_opt_in_id, reaction_id, role_id, rsvp_id, surprise_consent_id, values_id, voice_id,
};
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

/// The id that an item of `owner` has when there is one of what it says: of a member's focus, of their reaction with an
/// emoji, of their answer to a gathering. `None` for what there may be any number of. Whoever joins anew and takes along
/// what waits in the outbox asks for it again with who they are now.
pub fn own_id(owner: MemberId, body: &Body) -> Option<ItemId> {
    Some(match body {
        Body::Member(_) => owner.into(),
        Body::Role(role) => role_id(role.member),
        Body::Norms(_) => norms_id(),
        Body::Values(_) => values_id(),
        Body::Focus(_) => focus_id(owner),
        Body::Reaction(reaction) => reaction_id(owner, reaction.target, &reaction.emoji),
        Body::Rsvp(rsvp) => rsvp_id(owner, rsvp.gathering),
        Body::Busy(_) => busy_id(owner),
        Body::PairOptIn(_) => pair_opt_in_id(owner),
        Body::PairAnswer(answer) => pair_answer_id(owner, answer.pairing),
        Body::KudosWish(_) => kudos_wish_id(owner),
        Body::KudosHidden(hidden) => kudos_hidden_id(owner, hidden.kudos),
        Body::Voice(voice) => voice_id(owner, voice.decision),
        Body::DecisionClose(close) => decision_close_id(owner, close.decision),
        Body::PackageConsent(consent) => package_consent_id(owner, consent.package),
        Body::PackageDeclined(declined) => package_declined_id(owner, declined.package),
        Body::PackageReceived(received) => package_received_id(owner, received.package),
        Body::DeviceKey(key) => device_key_id(owner, key.device),
        Body::SurpriseConsent(consent) => surprise_consent_id(owner, consent.coordinator),
        Body::CardLine(line) => card_line_id(owner, line.card),
        Body::Celebration(_) => celebration_id(owner),
        // What stands in the place of something hidden.
        Body::Kudos(Kudos { instead_of, .. }) | Body::Reply(Reply { instead_of, .. }) => {
            between_id(owner, (*instead_of)?)
        }
        _ => return None,
    })
}

/// Checks the id of an op that says `body`. What there is one of has the id that follows from it; everything else that
/// is new has one that is new: of version 7, which no other id of a team can be mistaken for.
pub(super) fn check_id(writer: MemberId, op: &Op, body: &Body, exists: bool) -> Result<(), Problem> {
    let is_fit = match body {
        // Whose it is was asked before; the rule for roles asks for its id by itself.
        Body::Member(_) | Body::Role(_) => true,
        // A team has one, which is there from its beginning.
        Body::Team(_) => exists,
        _ => own_id(writer, body).map_or_else(|| exists || is_new(op.id), |own| op.id == own),
    };
    if is_fit { Ok(()) } else { Err(unfit()) }
}

fn is_new(id: ItemId) -> bool {
    id.0.get_version_num() == 7
}

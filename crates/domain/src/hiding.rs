//! How kudos are hidden after they were shared, by the wish of one who was thanked.
//!
//! An audience never changes, and who may see an item is asked of [`crate::Audience`] alone, on every path. So nothing is
//! hidden: the kudos are **deleted** for everybody, as if their giver had done so, and those few who gave and got them
//! have them anew, as another item with an audience of just them. To all others hidden kudos and deleted ones are the
//! same. The endpoint does it in the transaction that takes the wish.

use crate::kinds::{between_id, reaction_id};
use crate::{Audience, Body, Item, ItemId, Kind, MemberId};

/// For how long kudos can be changed, in minutes.
pub const EDIT_MINUTES: i64 = 10;

/// What the endpoint writes, and then what it deletes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hiding {
    /// In this order: the kudos, and what those few have put under them. Their seq and `updated_at` are the endpoint's.
    pub write: Vec<Item>,
    /// The kudos that were hidden, and with them all that points at them; `None` when there is nothing to hide.
    pub bury: Option<ItemId>,
}

/// What is to be done when somebody who was thanked hides `kudos`. `answers` are the reactions and replies under it, and
/// those under them, in any order; what others than those few have put there goes with it.
pub fn hide(kudos: &Item, answers: &[Item]) -> Hiding {
    let read = kudos.body.as_ref().and_then(|body| Body::read(&kudos.kind, body).ok());
    let (Some(giver), Some(Body::Kudos(said))) = (kudos.owner.member(), read) else {
        return Hiding::default();
    };
    let few: Vec<MemberId> = said.to.iter().copied().chain([giver]).collect();
    if kudos.audience.is_only(&said.to) || kudos.audience.is_only(&few) {
        return Hiding::default(); // it is between them already
    }
    let audience = Audience::Only(said.to);
    let mut write = vec![moved(kudos, between_id(giver, kudos.id), audience, None)];
    let mut places = vec![(kudos.id, write[0].id)];
    let mut next = 0;
    while let Some((before, after)) = places.get(next).copied() {
        next += 1;
        for answer in answers {
            let Some(by) = answer.owner.member().filter(|by| few.contains(by)) else {
                continue;
            };
            let body = answer
                .body
                .as_ref()
                .and_then(|body| Body::read(&answer.kind, body).ok());
            let Some(body) = body.filter(|body| body.target() == Some(before)) else {
                continue;
            };
            let id = match body {
                Body::Reaction(reaction) => reaction_id(by, after, &reaction.emoji),
                Body::Reply(_) => between_id(by, answer.id),
                _ => continue,
            };
            write.push(moved(answer, id, Audience::Only(few.clone()), Some(after)));
            places.push((answer.id, id));
        }
    }
    Hiding {
        write,
        bury: Some(kudos.id),
    }
}

/// The same words under another id, for fewer.
fn moved(item: &Item, id: ItemId, audience: Audience, target: Option<ItemId>) -> Item {
    let mut moved = Item {
        id,
        seq: 0,
        audience,
        ..item.clone()
    };
    if let Some(fields) = moved.body.as_mut().and_then(|body| body.as_object_mut()) {
        if let Some(target) = target {
            fields.insert("target".to_owned(), target.to_string().into());
        }
        if item.kind != Kind::REACTION {
            fields.insert("instead_of".to_owned(), item.id.to_string().into());
        }
    }
    moved
}

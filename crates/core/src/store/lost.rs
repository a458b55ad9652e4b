//! What a person wrote on this desktop and an endpoint has lost whose data went back in time. The rule is the domain's.

use std::collections::HashSet;

use rusqlite::Transaction;
use samovar_domain::restored::is_to_be_sent_again;
use samovar_domain::wire::Op;
use samovar_domain::{Body, Item, ItemId, MemberId, Timestamp};

use super::outbox::{self, Queued};
use super::{StoreResult, items};

/// Puts what the fresh copy of the team lacks of `me` into the outbox, before what waits there already, because that
/// may be about it. Whether there was anything.
pub(super) fn send_again(tx: &Transaction<'_>, me: MemberId, now: Timestamp) -> StoreResult<bool> {
    let waiting: HashSet<ItemId> = outbox::all(tx)?.iter().map(|queued| queued.op.id).collect();
    let mut lost = Vec::new();
    for own in items::of(tx, me)? {
        let at_endpoint = items::get_fresh(tx, own.id)?;
        // A later word on it waits already.
        if !waiting.contains(&own.id) && is_to_be_sent_again(&own, at_endpoint.as_ref(), now) {
            lost.push(queued(own));
        }
    }
    let is_any = !lost.is_empty();
    if is_any {
        outbox::push_first(tx, lost)?;
    }
    Ok(is_any)
}

fn queued(own: Item) -> Queued {
    let body = own.body.as_ref().and_then(|body| Body::read(&own.kind, body).ok());
    Queued {
        blobs: body.map(|body| body.blobs()).unwrap_or_default(),
        op: Op {
            n: 0,
            id: own.id,
            kind: own.kind,
            audience: own.audience,
            created_at: own.created_at,
            body: own.body,
        },
    }
}

#[cfg(test)]
mod tests;

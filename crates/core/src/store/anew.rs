//! When the person in front of this desktop has joined their team anew, as another member: what is here becomes theirs.

use std::collections::HashMap;

use rusqlite::Transaction;
use samovar_domain::{Audience, Body, ItemId, Kind, MemberId, Owner, Problem};

use super::items::{self, Cursor};
use super::outbox::{self, Queued};
use super::{Store, StoreResult, fact, get_fact, kudos, set_fact};

impl Store {
    /// Makes everything here belong to `me`. When it was another member's before, the outbox is kept: what is new goes
    /// out as `me`'s, from number 1, as on any new device; what would change something that the endpoint has as the
    /// other member's is set aside with its words. The team is fetched anew, since another member may see other things.
    pub(crate) async fn belong_to(&self, me: MemberId) -> StoreResult<()> {
        self.write(move |tx| {
            let before: Option<MemberId> = get_fact(tx, fact::MEMBER)?;
            if before == Some(me) {
                return Ok(());
            }
            if let Some(former) = before {
                hand_over(tx, former, me)?;
            }
            set_fact(tx, fact::MEMBER, &me)
        })
        .await
    }
}

fn hand_over(tx: &Transaction<'_>, former: MemberId, me: MemberId) -> StoreResult<()> {
    let mut renamed = HashMap::new();
    let mut kept = Vec::new();
    for queued in outbox::all(tx)? {
        let own = own_id(&queued, me);
        if let (None, Some(item)) = (own, items::get(tx, queued.op.id)?)
            && item.owner == Owner::Member(former)
        {
            // What is there already, since only the answer to it was lost, needs no words.
            if item.body != queued.op.body {
                outbox::refuse(tx, &queued.op, &of_the_former())?;
            }
            continue;
        }
        if let Some(own) = own {
            renamed.insert(queued.op.id, own);
        }
        kept.push(renewed(queued, former, me, &renamed));
    }
    outbox::refill(tx, 1, kept)?;
    items::delete_all(tx, "items")?;
    items::delete_all(tx, "fresh_items")?;
    tx.execute("DELETE FROM arrived", [])?;
    kudos::begin_again(tx)?;
    set_fact(tx, fact::CURSOR, &Cursor::default())
}

fn of_the_former() -> Problem {
    Problem::new(
        "former_member",
        "This would have changed something from before you joined anew. It belongs to who you were then, so it could not be sent.",
    )
}

/// Some items have an id that follows from their owner's. A profile and roles are made by joining.
fn own_id(queued: &Queued, me: MemberId) -> Option<ItemId> {
    if matches!(queued.op.kind.as_str(), Kind::MEMBER | Kind::ROLE) {
        return None;
    }
    let body = Body::read(&queued.op.kind, queued.op.body.as_ref()?).ok()?;
    samovar_domain::check::own_id(me, &body)
}

fn renewed(mut queued: Queued, former: MemberId, me: MemberId, renamed: &HashMap<ItemId, ItemId>) -> Queued {
    let op = &mut queued.op;
    if let Some(own) = renamed.get(&op.id) {
        op.id = *own;
    }
    if let Audience::Only(members) | Audience::Except(members) = &mut op.audience {
        for member in members.iter_mut().filter(|member| **member == former) {
            *member = me;
        }
    }
    queued
}

//! Kudos that somebody who was thanked wants hidden, in the transaction of the op that it follows from. What is to be
//! done is said by [`samovar_domain::hiding`]; here it is done.

use samovar_domain::hiding::hide;
use samovar_domain::kinds::kudos_hidden_id;
use samovar_domain::wire::Op;
use samovar_domain::{Body, Item, ItemId, Kind, Timestamp};

use super::changes::Changes;
use super::connection::Connection;
use super::{StoreResult, rows};

/// Hides what an op that was just done wants hidden, or what it brings back that was hidden: after a restore the wish may
/// arrive before the kudos.
pub(super) fn follow(db: Connection<'_>, changes: &mut Changes, op: &Op, now: Timestamp) -> StoreResult<()> {
    match op.body.as_ref().and_then(|body| Body::read(&op.kind, body).ok()) {
        Some(Body::KudosHidden(hidden)) => {
            // A wish about kudos that its writer cannot know is taken, so as not to tell of them, and does nothing.
            let writer = rows::get(db, op.id)?.and_then(|wish| wish.owner.member());
            let kudos = rows::get(db, hidden.kudos)?.as_ref().and_then(rows::read);
            match (writer, kudos) {
                (Some(writer), Some(Body::Kudos(kudos))) if kudos.to.contains(&writer) => {
                    do_hide(db, changes, hidden.kudos, now)
                }
                _ => Ok(()),
            }
        }
        Some(Body::Kudos(kudos)) => {
            for member in kudos.to {
                let wish = rows::get(db, kudos_hidden_id(member, op.id))?;
                if wish.is_some_and(|wish| wish.kind == Kind::KUDOS_HIDDEN && wish.body.is_some()) {
                    return do_hide(db, changes, op.id, now);
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn do_hide(db: Connection<'_>, changes: &mut Changes, kudos: ItemId, now: Timestamp) -> StoreResult<()> {
    let Some(kudos) = rows::get(db, kudos)?.filter(|kudos| kudos.kind == Kind::KUDOS && !kudos.is_gone(now)) else {
        return Ok(()); // gone is hidden enough
    };
    let hiding = hide(&kudos, &answers_to(db, kudos.id)?);
    for item in hiding.write {
        rows::write(
            db,
            changes,
            Item {
                updated_at: now,
                ..item
            },
        )?;
    }
    hiding.bury.map_or(Ok(()), |id| rows::bury(db, changes, id, now))
}

/// What points at an item, and what points at that.
fn answers_to(db: Connection<'_>, id: ItemId) -> StoreResult<Vec<Item>> {
    let (mut found, mut asking) = (Vec::<Item>::new(), vec![id]);
    while let Some(id) = asking.pop() {
        let pointing = rows::find(db, "target = ?1 AND body IS NOT NULL ORDER BY seq", &[&id.to_string()])?;
        asking.extend(pointing.iter().map(|answer| answer.id));
        found.extend(pointing);
    }
    Ok(found)
}

//! Group cards: what is written when one is handed over, in the transaction of the op that says so, and what goes with a
//! member who leaves. What the recipient gets is said by [`samovar_domain::handing_over`]; here it is done.

use rusqlite::Connection;
use samovar_domain::handing_over::hand_over;
use samovar_domain::wire::Op;
use samovar_domain::{Body, Item, ItemId, MemberId, Timestamp};

use super::writer::Changes;
use super::{Removal, StoreResult, rows};

/// Hands a card over when an op that was just done says so. What the recipient gets is written first: then its photos are
/// named by it when what was hidden goes.
pub(super) fn follow(db: &Connection, changes: &mut Changes, op: &Op, now: Timestamp) -> StoreResult<()> {
    let Some(card) = rows::get(db, op.id)? else {
        return Ok(());
    };
    let handed = hand_over(&card, &pointing_at(db, "card_line", card.id)?, now);
    if handed.is_empty() {
        return Ok(());
    }
    for item in handed {
        rows::write(db, changes, item)?;
    }
    rows::bury(db, changes, card.id, now)
}

/// The living items of a kind that point at a card.
fn pointing_at(db: &Connection, kind: &str, card: ItemId) -> StoreResult<Vec<Item>> {
    let condition = "kind = ?1 AND target = ?2 AND body IS NOT NULL ORDER BY seq";
    rows::find(db, condition, &[&kind, &card.to_string()])
}

/// What goes with somebody who leaves, besides what they own: cards that were being written for them, which nobody can be
/// given any more. When they erase themselves, also what they were given, and what they wrote on cards that were handed over.
pub(super) fn part_with(
    db: &Connection,
    changes: &mut Changes,
    member: MemberId,
    removal: Removal,
    now: Timestamp,
) -> StoreResult<()> {
    let naming = |kind: &str, field: &str| {
        let condition = "kind = ?1 AND body IS NOT NULL AND body ->> ?2 = ?3 ORDER BY seq";
        rows::find(db, condition, &[&kind, &format!("$.{field}"), &member.to_string()])
    };
    let mut going = naming("group_card", "to")?;
    if removal == Removal::Erase {
        going.extend(naming("handed_card", "to")?);
        going.extend(naming("handed_line", "by")?);
    }
    for item in going {
        rows::bury(db, changes, item.id, now)?;
    }
    if removal == Removal::Erase {
        for card in naming("handed_card", "from")? {
            unsign(db, changes, card, now)?;
        }
    }
    Ok(())
}

/// Takes the name and the words of the one who began it off a card that was handed over. What others wrote on it stays; a
/// card on which nothing is left goes.
fn unsign(db: &Connection, changes: &mut Changes, card: Item, now: Timestamp) -> StoreResult<()> {
    let Some(Body::HandedCard(mut body)) = rows::read(&card) else {
        return Ok(());
    };
    if pointing_at(db, "handed_line", card.id)?.is_empty() {
        return rows::bury(db, changes, card.id, now);
    }
    body.from = None;
    body.title = String::new();
    let body = serde_json::to_value(body)?;
    rows::rewrite(db, changes, card, body, now).map(|_| ())
}

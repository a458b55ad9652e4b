//! Group cards: what is written when one is handed over, in the transaction of the op that says so, and what goes with a
//! member who leaves. What the recipient gets is said by [`samovar_domain::handing_over`]; here it is done.

use samovar_domain::handing_over::hand_over;
use samovar_domain::wire::Op;
use samovar_domain::{Body, Item, ItemId, MemberId, Timestamp};

use super::changes::Changes;
use super::connection::Connection;
use super::{StoreResult, rows};

/// Hands a card over when an op that was just done says so. What the recipient gets is written first: then its photos are
/// named by it when what was hidden goes.
pub(super) fn follow(db: Connection<'_>, changes: &mut Changes, op: &Op, now: Timestamp) -> StoreResult<()> {
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
fn pointing_at(db: Connection<'_>, kind: &str, card: ItemId) -> StoreResult<Vec<Item>> {
    let condition = "kind = ?1 AND target = ?2 AND body IS NOT NULL ORDER BY seq";
    rows::find(db, condition, &[&kind, &card.to_string()])
}

/// What goes with somebody whom an admin removes, besides what they own: cards that were being written for them, which
/// nobody can be given any more. What goes with those who erase themselves is said by [`samovar_domain::erasing`].
pub(super) fn part_with(
    db: Connection<'_>,
    changes: &mut Changes,
    member: MemberId,
    now: Timestamp,
) -> StoreResult<()> {
    let condition = "kind = 'group_card' AND body IS NOT NULL AND instr(body, ?1) > 0 ORDER BY seq";
    for card in rows::find(db, condition, &[&member.to_string()])? {
        if matches!(rows::read(&card), Some(Body::GroupCard(is)) if is.to == member) {
            rows::bury(db, changes, card.id, now)?;
        }
    }
    Ok(())
}

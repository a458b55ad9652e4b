//! What goes with somebody who erases themselves although they do not own it. What is to be done is said by
//! [`samovar_domain::erasing`]; here it is done.

use samovar_domain::erasing::{Fate, KINDS, fate};
use samovar_domain::{Body, Item, Kind, MemberId, Owner, Timestamp};

use super::changes::Changes;
use super::connection::Connection;
use super::{StoreResult, rows};

/// Buries what is of use to nobody without them, and takes their words out of what the team owns.
pub(super) fn follow(db: Connection<'_>, changes: &mut Changes, member: MemberId, now: Timestamp) -> StoreResult<()> {
    let condition = "owner <> ?1 AND body IS NOT NULL AND instr(body, ?2) > 0 ORDER BY seq";
    let owner = Owner::Member(member).to_string();
    let naming = rows::find(db, condition, &[&owner, &member.to_string()])?;
    for item in naming.into_iter().filter(|item| KINDS.contains(&item.kind.as_str())) {
        match fate(&item, member, &authors(db, &item)?) {
            Fate::Stays => {}
            Fate::Goes => rows::bury(db, changes, item.id, now)?,
            Fate::Becomes(body) => {
                rows::rewrite(db, changes, item, body, now)?;
            }
        }
    }
    Ok(())
}

/// Those who wrote on a card that was handed over, in the order in which they did.
fn authors(db: Connection<'_>, card: &Item) -> StoreResult<Vec<MemberId>> {
    if card.kind != Kind::HANDED_CARD {
        return Ok(Vec::new());
    }
    let condition = "kind = 'handed_line' AND target = ?1 AND body IS NOT NULL ORDER BY seq";
    let lines = rows::find(db, condition, &[&card.id.to_string()])?;
    let by = lines.iter().filter_map(|line| match rows::read(line)? {
        Body::HandedLine(line) => Some(line.by),
        _ => None,
    });
    Ok(by.collect())
}

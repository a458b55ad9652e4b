//! Calendar feeds: made, ended, and what is read through one.

use samovar_domain::{MemberId, Timestamp};

use super::changes::Changes;
use super::connection::{Connection, OptionalExtension as _, params};
use super::members::require;
use super::{Caller, Feed, StoreError, StoreResult, rows};

/// Makes the caller's feed in the place of the one that they had.
pub(super) fn make(
    db: Connection<'_>,
    changes: &mut Changes,
    caller: Caller,
    token_hash: &str,
    now: Timestamp,
) -> StoreResult<()> {
    require(db, caller)?;
    end_of(db, changes, caller.member)?;
    db.execute(
        "INSERT INTO calendar_feeds (member, token_hash, created_at) VALUES (?1, ?2, ?3)",
        params![caller.member.to_string(), token_hash, now.millis()],
    )?;
    Ok(())
}

pub(super) fn end(db: Connection<'_>, changes: &mut Changes, caller: Caller) -> StoreResult<()> {
    require(db, caller)?;
    end_of(db, changes, caller.member)
}

/// Ends a member's feed, if there is one.
pub(super) fn end_of(db: Connection<'_>, changes: &mut Changes, member: MemberId) -> StoreResult<()> {
    let ended = db.execute("DELETE FROM calendar_feeds WHERE member = ?1", [member.to_string()])?;
    changes.forget |= ended > 0;
    Ok(())
}

pub(super) fn since(db: Connection<'_>, member: MemberId) -> StoreResult<Option<Timestamp>> {
    let sql = "SELECT created_at FROM calendar_feeds WHERE member = ?1";
    let since = db.query_row(sql, [member.to_string()], |row| row.get(0)).optional()?;
    Ok(since.map(Timestamp::from_millis))
}

/// Whose feed this is, and what they see that a calendar is made of.
pub(super) fn read(db: Connection<'_>, token_hash: &str) -> StoreResult<Option<Feed>> {
    let sql = "SELECT member FROM calendar_feeds WHERE token_hash = ?1";
    let found: Option<String> = db.query_row(sql, [token_hash], |row| row.get(0)).optional()?;
    let Some(member) = found else {
        return Ok(None);
    };
    let member: MemberId = member
        .parse()
        .map_err(|error: uuid::Error| StoreError::Failed(error.to_string()))?;
    let condition = "body IS NOT NULL AND kind IN ('team', 'member', 'gathering', 'pairing', 'pair_answer')
         OR body IS NOT NULL AND kind = 'rsvp' AND owner = ?1 ORDER BY seq";
    let mut items = rows::find(db, condition, &[&member.to_string()])?;
    items.retain(|item| item.is_visible_to(member));
    Ok(Some(Feed { member, items }))
}

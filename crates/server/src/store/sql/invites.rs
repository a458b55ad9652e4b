//! Invites: made, used once each, and forgotten.

use samovar_domain::kinds::RoleName;
use samovar_domain::wire::Invite;
use samovar_domain::{DeviceId, InviteId, MemberId, Timestamp};

use super::connection::{Connection, OptionalExtension as _, Rows, params};
use super::members::{self, require, role};
use super::{Caller, Joined, NewInvite, Newcomer, StoreError, StoreResult, acts, refused, sign_ins};
use crate::store::acts::Deed;

pub(super) fn add(db: Connection<'_>, invite: &NewInvite, now: Timestamp) -> StoreResult<InviteId> {
    if let Some(maker) = invite.maker {
        require(db, maker)?;
        if role(db, maker.member)? < RoleName::Admin {
            return Err(refused(
                "not_admin",
                "Only admins of the team can invite people. Ask one of them.",
            ));
        }
    }
    let id = InviteId::new(now);
    db.execute(
        "INSERT INTO invites (id, token_hash, maker, is_owner, uses_left, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            id.to_string(),
            invite.token_hash,
            invite.maker.map(|maker| maker.member.to_string()),
            invite.is_owner,
            invite.uses,
            invite.expires_at.millis()
        ],
    )?;
    if !invite.is_owner {
        acts::note(db, invite.maker, Deed::Made, "invite", now)?;
    }
    Ok(id)
}

pub(super) fn open_ones(db: Connection<'_>, asker: Option<MemberId>, now: Timestamp) -> StoreResult<Vec<Invite>> {
    if let Some(asker) = asker
        && role(db, asker)? < RoleName::Admin
    {
        return Err(refused("not_admin", "Only admins of the team see its invites."));
    }
    let mut statement = db.prepare_cached(
        "SELECT id, uses_left, expires_at FROM invites WHERE uses_left > 0 AND expires_at > ?1
           AND id NOT IN (SELECT invite FROM sign_in_codes) ORDER BY id",
    )?;
    found(statement.query([now.millis()])?)
}

/// The invites that a member made, as long as they are kept.
pub(super) fn of(db: Connection<'_>, maker: MemberId) -> StoreResult<Vec<Invite>> {
    let mut statement =
        db.prepare_cached("SELECT id, uses_left, expires_at FROM invites WHERE maker = ?1 ORDER BY id")?;
    found(statement.query([maker.to_string()])?)
}

fn found(mut rows: Rows<'_>) -> StoreResult<Vec<Invite>> {
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Invite {
            id: id_of(&row.get::<String>(0)?)?,
            link: None,
            uses_left: row.get(1)?,
            expires_at: Timestamp::from_millis(row.get(2)?),
        });
    }
    Ok(found)
}

fn id_of<T: std::str::FromStr<Err = uuid::Error>>(text: &str) -> StoreResult<T> {
    text.parse()
        .map_err(|error: uuid::Error| StoreError::Failed(error.to_string()))
}

/// Forgets invites that are over, and those that are used up, unless whoever used one may still have to come again.
pub(super) fn forget(db: Connection<'_>, now: Timestamp) -> StoreResult<()> {
    db.execute(
        "DELETE FROM invites WHERE expires_at <= ?1
         OR (uses_left = 0 AND id NOT IN (SELECT invite FROM joins))",
        [now.millis()],
    )?;
    db.execute("DELETE FROM joins WHERE invite NOT IN (SELECT id FROM invites)", [])?;
    sign_ins::forget(db, now)
}

/// Who came with the same invite and the same key before, with a new token in the place of the one that they never
/// heard of. As long as the invite lasts, also when it is used up.
pub(super) fn came_before(db: Connection<'_>, newcomer: &Newcomer, now: Timestamp) -> StoreResult<Option<Joined>> {
    let Some(key) = newcomer.join_key else {
        return Ok(None);
    };
    let sql = "SELECT devices.id, devices.member FROM joins JOIN invites ON invites.id = joins.invite
               JOIN devices ON devices.id = joins.device
               WHERE invites.token_hash = ?1 AND joins.join_key = ?2 AND invites.expires_at > ?3";
    let before = db
        .query_row(
            sql,
            params![newcomer.invite_hash, key.to_string(), now.millis()],
            |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
        )
        .optional()?;
    let Some((device, member)) = before else {
        return Ok(None);
    };
    db.execute(
        "UPDATE devices SET token_hash = ?2 WHERE id = ?1",
        [&device, &newcomer.token_hash],
    )?;
    Ok(Some(Joined {
        member: id_of(&member)?,
        device: id_of(&device)?,
        team_name: members::team_name(db)?,
    }))
}

/// Remembers by which key somebody came.
pub(super) fn remember(db: Connection<'_>, invite: InviteId, newcomer: &Newcomer, device: DeviceId) -> StoreResult<()> {
    if let Some(key) = newcomer.join_key {
        db.execute(
            "INSERT INTO joins (invite, join_key, device) VALUES (?1, ?2, ?3)
             ON CONFLICT (invite, join_key) DO UPDATE SET device = ?3",
            [invite.to_string(), key.to_string(), device.to_string()],
        )?;
    }
    Ok(())
}

/// Whether an invite lets somebody in.
pub(super) fn is_open(db: Connection<'_>, hash: &str, now: Timestamp) -> StoreResult<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM invites WHERE token_hash = ?1 AND uses_left > 0 AND expires_at > ?2)";
    Ok(db.query_row(sql, params![hash, now.millis()], |row| row.get(0))?)
}

pub(super) fn delete(db: Connection<'_>, asker: Option<Caller>, id: InviteId, now: Timestamp) -> StoreResult<()> {
    if let Some(asker) = asker {
        require(db, asker)?;
        if role(db, asker.member)? < RoleName::Admin {
            return Err(refused("not_admin", "Only admins of the team can take invites back."));
        }
    }
    match db.execute("DELETE FROM invites WHERE id = ?1", [id.to_string()])? {
        0 => Err(refused("not_found", "There is no invite of this id.")),
        _ => acts::note(db, asker, Deed::Removed, "invite", now),
    }
}

/// Uses an invite once, and tells which it is and whether it makes its user the owner. Writes are one after the other, so of fifty who race for one use one passes.
pub(super) fn use_once(db: Connection<'_>, hash: &str, now: Timestamp) -> StoreResult<(InviteId, bool)> {
    let sql = "SELECT is_owner, uses_left, expires_at, id FROM invites WHERE token_hash = ?1";
    let found = db
        .query_row(sql, [hash], |row| {
            Ok((
                row.get::<bool>(0)?,
                row.get::<u32>(1)?,
                row.get::<i64>(2)?,
                row.get::<String>(3)?,
            ))
        })
        .optional()?;
    let Some((is_owner, uses_left, expires_at, id)) = found else {
        return Err(refused(
            "invite_unknown",
            "This invite does not exist or was taken back. Ask for a new one.",
        ));
    };
    if uses_left == 0 {
        return Err(refused(
            "invite_used_up",
            "This invite has been used already. Ask for a new one.",
        ));
    }
    if expires_at <= now.millis() {
        return Err(refused("invite_expired", "This invite has expired. Ask for a new one."));
    }
    db.execute(
        "UPDATE invites SET uses_left = uses_left - 1 WHERE token_hash = ?1",
        [hash],
    )?;
    if is_owner {
        // The first owner ends all other owner invites that were printed. What is left of this one lets members in.
        db.execute(
            "UPDATE invites SET uses_left = 0 WHERE is_owner = 1 AND token_hash <> ?1",
            [hash],
        )?;
        db.execute("UPDATE invites SET is_owner = 0 WHERE token_hash = ?1", [hash])?;
    }
    Ok((id_of(&id)?, is_owner && !super::read::has_owner(db)?))
}

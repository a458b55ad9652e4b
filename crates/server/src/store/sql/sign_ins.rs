//! Signing in by the company's provider: what is under way there, the invites that come of it, and who is who.

use samovar_domain::kinds::RoleName;
use samovar_domain::{InviteId, MemberId, Timestamp};

use super::changes::Changes;
use super::connection::{Connection, OptionalExtension as _, params};
use super::{StoreError, StoreResult, acts, members, operator, refused};
use crate::store::NewSignIn;
use crate::store::acts::Deed;

/// The most sign-ins that are under way. Whoever begins one needs no token.
const UNDER_WAY_MAX: u32 = 10_000;

/// Notes that a sign-in is under way.
pub(super) fn begin(
    db: Connection<'_>,
    state_hash: &str,
    browser_hash: &str,
    expires_at: Timestamp,
    now: Timestamp,
) -> StoreResult<()> {
    db.execute("DELETE FROM sign_ins WHERE expires_at <= ?1", [now.millis()])?;
    let under_way: u32 = db.query_row("SELECT count(*) FROM sign_ins", [], |row| row.get(0))?;
    if under_way >= UNDER_WAY_MAX {
        return Err(refused(
            "sign_in_busy",
            "Too many people are just signing in. Try again in some minutes.",
        ));
    }
    db.execute(
        "INSERT INTO sign_ins (state_hash, browser_hash, expires_at) VALUES (?1, ?2, ?3)",
        params![state_hash, browser_hash, expires_at.millis()],
    )?;
    Ok(())
}

/// Ends one that is under way, in the browser in which it began; tells whether there was one. It comes back once.
pub(super) fn end(db: Connection<'_>, state_hash: &str, browser_hash: &str, now: Timestamp) -> StoreResult<bool> {
    let ended = db.execute(
        "DELETE FROM sign_ins WHERE state_hash = ?1 AND browser_hash = ?2 AND expires_at > ?3",
        params![state_hash, browser_hash, now.millis()],
    )?;
    Ok(ended > 0)
}

/// Makes the invite that somebody gets who has signed in. Who is a member already gets what their groups say at once.
pub(super) fn add_code(
    db: Connection<'_>,
    changes: &mut Changes,
    sign_in: &NewSignIn,
    now: Timestamp,
) -> StoreResult<()> {
    if let (Some(member), Some(role)) = (member_of(db, &sign_in.subject)?, sign_in.role) {
        follow_groups(db, changes, member, role, now)?;
    }
    // Codes that they have not used yet give what their groups say now, not what they said then.
    db.execute(
        "UPDATE sign_in_codes SET role = ?2 WHERE subject = ?1",
        params![sign_in.subject, sign_in.role.map(word)],
    )?;
    let id = InviteId::new(now).to_string();
    db.execute(
        "INSERT INTO invites (id, token_hash, maker, is_owner, uses_left, expires_at) VALUES (?1, ?2, NULL, 0, 1, ?3)",
        params![id, sign_in.token_hash, sign_in.expires_at.millis()],
    )?;
    db.execute(
        "INSERT INTO sign_in_codes (invite, subject, role) VALUES (?1, ?2, ?3)",
        params![id, sign_in.subject, sign_in.role.map(word)],
    )?;
    Ok(())
}

/// Whom an invite is for that a sign-in has made.
pub(super) struct SignedIn {
    subject: String,
    role: Option<RoleName>,
    /// Who they are in the team, when they came before.
    pub(super) member: Option<MemberId>,
}

/// Whom this invite is for, when a sign-in has made it.
pub(super) fn of(db: Connection<'_>, invite: InviteId) -> StoreResult<Option<SignedIn>> {
    let sql = "SELECT subject, role FROM sign_in_codes WHERE invite = ?1";
    let found: Option<(String, Option<String>)> = db
        .query_row(sql, [invite.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((subject, role)) = found else { return Ok(None) };
    Ok(Some(SignedIn {
        member: member_of(db, &subject)?,
        role: role.as_deref().map(role_of),
        subject,
    }))
}

/// Remembers who somebody is who has joined after a sign-in, and gives them the role that their groups say.
pub(super) fn remember(
    db: Connection<'_>,
    changes: &mut Changes,
    who: &SignedIn,
    member: MemberId,
    now: Timestamp,
) -> StoreResult<()> {
    db.execute(
        "INSERT INTO identities (subject, member) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        params![who.subject, member.to_string()],
    )?;
    match who.role {
        Some(role) => follow_groups(db, changes, member, role, now),
        None => Ok(()),
    }
}

/// An owner stays one: who owns the team is its own affair.
fn follow_groups(
    db: Connection<'_>,
    changes: &mut Changes,
    member: MemberId,
    role: RoleName,
    now: Timestamp,
) -> StoreResult<()> {
    if members::role(db, member)? != RoleName::Owner && operator::give_role(db, changes, member, role, now)? {
        acts::note_sign_in(db, Deed::Changed, "role", now)?;
    }
    Ok(())
}

/// Whether it is kept who a member is at the provider: for the export.
pub(super) fn knows(db: Connection<'_>, member: MemberId) -> StoreResult<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM identities WHERE member = ?1)";
    Ok(db.query_row(sql, [member.to_string()], |row| row.get(0))?)
}

/// Forgets who somebody was at the provider, with the invites that they have not used.
pub(super) fn part_with(db: Connection<'_>, member: MemberId) -> StoreResult<()> {
    let mine = member.to_string();
    let theirs = "subject IN (SELECT subject FROM identities WHERE member = ?1)";
    db.execute(
        &format!("DELETE FROM invites WHERE id IN (SELECT invite FROM sign_in_codes WHERE {theirs})"),
        [&mine],
    )?;
    db.execute(&format!("DELETE FROM sign_in_codes WHERE {theirs}"), [&mine])?;
    db.execute("DELETE FROM identities WHERE member = ?1", [&mine])?;
    Ok(())
}

/// Forgets what is over.
pub(super) fn forget(db: Connection<'_>, now: Timestamp) -> StoreResult<()> {
    db.execute("DELETE FROM sign_ins WHERE expires_at <= ?1", [now.millis()])?;
    db.execute(
        "DELETE FROM sign_in_codes WHERE invite NOT IN (SELECT id FROM invites)",
        [],
    )?;
    Ok(())
}

fn member_of(db: Connection<'_>, subject: &str) -> StoreResult<Option<MemberId>> {
    let sql = "SELECT member FROM identities WHERE subject = ?1";
    let found: Option<String> = db.query_row(sql, [subject], |row| row.get(0)).optional()?;
    let damaged = |error: uuid::Error| StoreError::Failed(error.to_string());
    found.map(|member| member.parse().map_err(damaged)).transpose()
}

fn word(role: RoleName) -> &'static str {
    match role {
        RoleName::Member => "member",
        RoleName::Admin => "admin",
        RoleName::Owner => "owner",
    }
}

/// Anything unknown gives nothing.
fn role_of(word: &str) -> RoleName {
    if word == "admin" {
        RoleName::Admin
    } else {
        RoleName::Member
    }
}

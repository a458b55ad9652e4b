//! Who is in the team: joining, devices, leaving.

use samovar_domain::check::{View as _, check_member};
use samovar_domain::hours::Hours;
use samovar_domain::kinds::{Member, Role, RoleName, role_id, take_out};
use samovar_domain::text::fitting_name;
use samovar_domain::wire::Device;
use samovar_domain::{Audience, Body, DeviceId, InviteId, Item, ItemId, Kind, MemberId, Owner, Timestamp};

use super::changes::Changes;
use super::check::StoredView;
use super::connection::{Connection, params};
use super::{
    Caller, Joined, Newcomer, Removal, StoreError, StoreResult, acts, cards, celebrations, decisions, erasing, feeds,
    gatherings, invites, packages, pairs, pulse, refused, rows, sign_ins,
};
use crate::store::acts::Deed;

/// What a member may do.
pub(super) fn role(db: Connection<'_>, member: MemberId) -> StoreResult<RoleName> {
    let view = StoredView::new(db, member, Timestamp::default());
    let role = view.role(member);
    view.settle().map(|()| role)
}

/// Whether the device is (still) one of the member's.
pub(super) fn knows(db: Connection<'_>, caller: Caller) -> StoreResult<bool> {
    let mut statement = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM devices WHERE id = ?1 AND member = ?2)")?;
    let values = params![caller.device.to_string(), caller.member.to_string()];
    Ok(statement.query_row(values, |row| row.get(0))?)
}

/// Refuses a write whose device was ended since its token was looked up.
pub(super) fn require(db: Connection<'_>, caller: Caller) -> StoreResult<()> {
    if knows(db, caller)? {
        Ok(())
    } else {
        Err(StoreError::UnknownDevice)
    }
}

pub(super) fn join(
    db: Connection<'_>,
    changes: &mut Changes,
    newcomer: &Newcomer,
    now: Timestamp,
) -> StoreResult<Joined> {
    if let Some(joined) = invites::came_before(db, newcomer, now)? {
        return Ok(joined);
    }
    let (invite, is_owner) = invites::use_once(db, &newcomer.invite_hash, now)?;
    let signed_in = sign_ins::of(db, invite)?;
    if let Some(who) = &signed_in
        && let Some(member) = who.member
    {
        // The same person with one more computer.
        sign_ins::remember(db, changes, who, member, now)?;
        return add_joined(db, invite, newcomer, member, now);
    }
    let profile = Member {
        name: newcomer.name.trim().to_owned(),
        time_zone: newcomer.time_zone.clone(),
        hours: Hours::office(),
        pronouns: None,
        about: None,
        photo: None,
        country: None,
        travel: Vec::new(),
        away: Vec::new(),
    };
    check_member(&profile).map_err(StoreError::Refused)?;
    let member = MemberId::new(now);
    let item = |id: ItemId, kind: &str, owner, body| Item {
        id,
        kind: Kind::new(kind),
        owner,
        seq: 0,
        audience: Audience::Team,
        created_at: now,
        updated_at: now,
        expires_at: None,
        body: Some(body),
    };
    let role = Role {
        member,
        role: if is_owner { RoleName::Owner } else { RoleName::Member },
    };
    rows::write(
        db,
        changes,
        item(
            member.into(),
            Kind::MEMBER,
            Owner::Member(member),
            serde_json::to_value(&profile)?,
        ),
    )?;
    rows::write(
        db,
        changes,
        item(role_id(member), Kind::ROLE, Owner::Team, serde_json::to_value(&role)?),
    )?;
    if let Some(who) = &signed_in {
        sign_ins::remember(db, changes, who, member, now)?;
    }
    add_joined(db, invite, newcomer, member, now)
}

/// The computer that somebody joins with.
fn add_joined(
    db: Connection<'_>,
    invite: InviteId,
    newcomer: &Newcomer,
    member: MemberId,
    now: Timestamp,
) -> StoreResult<Joined> {
    let device = add_device(db, member, &newcomer.device_name, &newcomer.token_hash, now)?;
    invites::remember(db, invite, newcomer, device)?;
    Ok(Joined {
        member,
        device,
        team_name: team_name(db)?,
    })
}

pub(super) fn team_name(db: Connection<'_>) -> StoreResult<String> {
    let team = rows::find(db, "kind = 'team'", &[])?;
    let name = team.first().and_then(rows::read).and_then(|body| match body {
        Body::Team(team) => Some(team.name),
        _ => None,
    });
    Ok(name.unwrap_or_default())
}

/// A member's devices; none of them is said to be the one that asks.
pub(super) fn devices(db: Connection<'_>, member: MemberId) -> StoreResult<Vec<Device>> {
    let sql = format!(
        "SELECT id, name, created_at FROM devices WHERE member = ?1 ORDER BY {}",
        db.order_of_arrival()
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([member.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id: DeviceId = row
            .get::<String>(0)?
            .parse()
            .map_err(|error: uuid::Error| StoreError::Failed(error.to_string()))?;
        found.push(Device {
            id,
            name: row.get(1)?,
            created_at: Timestamp::from_millis(row.get(2)?),
            is_this: false,
        });
    }
    Ok(found)
}

pub(super) fn add_device(
    db: Connection<'_>,
    member: MemberId,
    name: &str,
    token_hash: &str,
    now: Timestamp,
) -> StoreResult<DeviceId> {
    let name = fitting_name(name);
    let id = DeviceId::new(now);
    db.execute(
        "INSERT INTO devices (id, member, name, token_hash, created_at, last_n) VALUES (?1, ?2, ?3, ?4, ?5, 0)",
        params![id.to_string(), member.to_string(), name, token_hash, now.millis()],
    )?;
    Ok(id)
}

pub(super) fn delete_device(
    db: Connection<'_>,
    changes: &mut Changes,
    caller: Caller,
    device: DeviceId,
    now: Timestamp,
) -> StoreResult<()> {
    require(db, caller)?;
    let values = params![device.to_string(), caller.member.to_string()];
    let sql = "SELECT EXISTS (SELECT 1 FROM devices WHERE id = ?1 AND member = ?2)";
    if !db.query_row(sql, values, |row| row.get(0))? {
        return Err(refused("not_found", "You have no device of this id."));
    }
    end_device(db, changes, caller.member, device, now)
}

/// Ends a device of a member with all that is of it alone.
pub(super) fn end_device(
    db: Connection<'_>,
    changes: &mut Changes,
    member: MemberId,
    device: DeviceId,
    now: Timestamp,
) -> StoreResult<()> {
    db.execute("DELETE FROM devices WHERE id = ?1", [device.to_string()])?;
    db.execute("DELETE FROM op_results WHERE device = ?1", [device.to_string()])?;
    packages::end_of_device(db, changes, member, device, now)?;
    changes.revoked.push(device);
    changes.forget = true;
    Ok(())
}

/// The kinds that stay when an admin removes a member: what they gave to others, who keep it.
const GIVEN: [&str; 2] = [Kind::KUDOS, Kind::REPLY];

pub(super) fn remove(
    db: Connection<'_>,
    changes: &mut Changes,
    asker: Option<Caller>,
    member: MemberId,
    removal: Removal,
    now: Timestamp,
) -> StoreResult<()> {
    if let Some(asker) = asker {
        require(db, asker)?;
    }
    let asking = asker.map(|asker| asker.member);
    let view = StoredView::new(db, asking.unwrap_or(member), now);
    let (is_member, own, theirs, owners) = (
        view.is_member(member),
        asking.map_or(RoleName::Owner, |asking| view.role(asking)),
        view.role(member),
        view.owners(),
    );
    view.settle()?;
    if !is_member {
        return Err(refused("not_found", "There is no member of this id."));
    }
    if asking != Some(member) && (own < RoleName::Admin || theirs > own) {
        return Err(refused(
            "not_admin",
            "Only admins can remove members, and only owners can remove owners.",
        ));
    }
    let others = rows::find(
        db,
        "kind = 'member' AND body IS NOT NULL AND id <> ?1",
        &[&member.to_string()],
    )?;
    if theirs == RoleName::Owner && owners <= 1 && !others.is_empty() {
        return Err(refused(
            "last_owner",
            "A team always has an owner. Make someone else an owner first.",
        ));
    }
    let owned = rows::find(db, "owner = ?1 AND body IS NOT NULL", &[&member.to_string()])?;
    let mut voices = Vec::new();
    for item in owned {
        if let Some(Body::Voice(voice)) = rows::read(&item) {
            voices.push(voice.decision);
        }
        let stays = removal == Removal::ByAdmin && GIVEN.contains(&item.kind.as_str());
        if !stays && !decisions::stays(db, &item, removal)? {
            rows::bury(db, changes, item.id, now)?;
        }
    }
    rows::bury(db, changes, role_id(member), now)?;
    pairs::part_with(db, changes, member, now)?;
    pulse::part_with(db, member)?;
    decisions::part_with(db, changes, member, removal, &voices, now)?;
    match removal {
        Removal::Erase => erasing::follow(db, changes, member, now)?,
        Removal::ByAdmin => {
            cards::part_with(db, changes, member, now)?;
            packages::part_with(db, changes, member, now)?;
        }
    }
    let mine = member.to_string();
    let devices = devices(db, member)?;
    changes.revoked.extend(devices.into_iter().map(|device| device.id));
    db.execute(
        "DELETE FROM op_results WHERE device IN (SELECT id FROM devices WHERE member = ?1)",
        [&mine],
    )?;
    db.execute(
        "DELETE FROM joins WHERE device IN (SELECT id FROM devices WHERE member = ?1)",
        [&mine],
    )?;
    db.execute("DELETE FROM devices WHERE member = ?1", [&mine])?;
    db.execute("DELETE FROM invites WHERE maker = ?1", [&mine])?;
    feeds::end_of(db, changes, member)?;
    let mut statement = db.prepare("SELECT hash FROM uploads WHERE member = ?1")?;
    let uploaded: Vec<String> = statement
        .query_map([&mine], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for hash in uploaded.iter().filter_map(|hash| hash.parse().ok()) {
        rows::forget_unnamed(db, changes, hash)?;
    }
    forget(db, changes, member, now)?;
    celebrations::keep(db, changes, now)?;
    if removal == Removal::Erase {
        celebrations::forget_secret(db)?;
    }
    gatherings::forget(db, member)?;
    sign_ins::part_with(db, member)?;
    acts::part_with(db, member)?;
    if asking != Some(member) {
        let deed = match removal {
            Removal::ByAdmin => Deed::Removed,
            Removal::Erase => Deed::Erased,
        };
        acts::note(db, asker, deed, "member", now)?;
    }
    // Photos that others shared too stay theirs.
    db.execute("DELETE FROM uploads WHERE member = ?1", [&mine])?;
    changes.forget = true;
    Ok(())
}

/// Takes a member who left out of the lists in what the team owns: who is invited to a series or a gathering, who had it
/// hard, who was in which room. What it owns of decisions has been seen to: what was decided stays as it was.
fn forget(db: Connection<'_>, changes: &mut Changes, member: MemberId, now: Timestamp) -> StoreResult<()> {
    let condition =
        "owner = ?1 AND kind NOT IN ('outcome', 'decision_state') AND body IS NOT NULL AND instr(body, ?2) > 0
                     ORDER BY seq";
    let values = [Owner::Team.to_string(), member.to_string()];
    for item in rows::find(db, condition, &[&values[0], &values[1]])? {
        let mut body = item.body.clone().unwrap_or_default();
        if take_out(&mut body, member) {
            rows::rewrite(db, changes, item, body, now)?;
        }
    }
    Ok(())
}

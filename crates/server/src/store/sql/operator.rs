//! What whoever runs the endpoint does to the team, on its machine: no device asks for it, and so nobody's role is looked at.
//! What holds for the team holds here too: it always has an owner.

use samovar_domain::check::View as _;
use samovar_domain::kinds::{Member, Role, RoleName, Team, role_id};
use samovar_domain::wire::Device;
use samovar_domain::{Audience, Body, DeviceId, Item, Kind, MemberId, Owner, Timestamp};

use super::changes::Changes;
use super::check::StoredView;
use super::connection::{Connection, OptionalExtension as _};
use super::members::end_device as end;
use super::{StoreError, StoreResult, acts, celebrations, members, refused, rows};
use crate::store::acts::Deed;
use crate::store::{DeviceOf, Person};

/// The most coordinators of a team; as `domain::check` has it.
const COORDINATORS_MAX: usize = 20;

/// Everybody in the team, in the order in which they came.
pub(super) fn people(db: Connection<'_>) -> StoreResult<Vec<Person>> {
    let found = rows::find(db, "kind = 'member' AND body IS NOT NULL", &[])?;
    let coordinators = team(db)?.1.settings.unwrap_or_default().coordinators;
    let mut people = Vec::new();
    for item in found {
        let id = MemberId(item.id.0);
        let name = match rows::read(&item) {
            Some(Body::Member(Member { name, .. })) => name,
            _ => String::new(),
        };
        people.push(Person {
            id,
            name,
            role: members::role(db, id)?,
            is_coordinator: coordinators.contains(&id),
            since: item.created_at,
        });
    }
    // Of those who came at the same moment, always in the same order.
    people.sort_by(|one, other| (one.since, &one.name).cmp(&(other.since, &other.name)));
    Ok(people)
}

fn require_member(db: Connection<'_>, member: MemberId, now: Timestamp) -> StoreResult<()> {
    let view = StoredView::new(db, member, now);
    let is_member = view.is_member(member);
    view.settle()?;
    if is_member {
        Ok(())
    } else {
        Err(refused("not_found", "There is no member of this id."))
    }
}

/// Gives a member a role.
pub(super) fn set_role(
    db: Connection<'_>,
    changes: &mut Changes,
    member: MemberId,
    role: RoleName,
    now: Timestamp,
) -> StoreResult<()> {
    require_member(db, member, now)?;
    if give_role(db, changes, member, role, now)? {
        acts::note(db, None, Deed::Changed, "role", now)?;
    }
    Ok(())
}

/// Writes a member's role when it is another one; tells whether it was.
pub(super) fn give_role(
    db: Connection<'_>,
    changes: &mut Changes,
    member: MemberId,
    role: RoleName,
    now: Timestamp,
) -> StoreResult<bool> {
    let before = members::role(db, member)?;
    if before == role {
        return Ok(false);
    }
    if before == RoleName::Owner && super::read::owners(db)?.len() <= 1 {
        return Err(refused(
            "last_owner",
            "A team always has an owner. Make someone else an owner first.",
        ));
    }
    let body = serde_json::to_value(Role { member, role })?;
    match rows::get(db, role_id(member))? {
        Some(item) => {
            rows::rewrite(db, changes, item, body, now)?;
        }
        None => {
            let item = Item {
                id: role_id(member),
                kind: Kind::new(Kind::ROLE),
                owner: Owner::Team,
                seq: 0,
                audience: Audience::Team,
                created_at: now,
                updated_at: now,
                expires_at: None,
                body: Some(body),
            };
            rows::write(db, changes, item)?;
        }
    }
    Ok(true)
}

fn team(db: Connection<'_>) -> StoreResult<(Item, Team)> {
    let found = rows::find(db, "kind = 'team' AND body IS NOT NULL", &[])?.pop();
    let team = found.and_then(|item| match rows::read(&item) {
        Some(Body::Team(team)) => Some((item, team)),
        _ => None,
    });
    team.ok_or_else(|| StoreError::Failed("what the team has set cannot be read".to_owned()))
}

/// Makes a member one of those who see to packages and cards, or takes that from them.
pub(super) fn set_coordinator(
    db: Connection<'_>,
    changes: &mut Changes,
    member: MemberId,
    is_one: bool,
    now: Timestamp,
) -> StoreResult<()> {
    require_member(db, member, now)?;
    let (item, mut team) = team(db)?;
    let coordinators = &mut team.settings.get_or_insert_default().coordinators;
    if coordinators.contains(&member) == is_one {
        return Ok(());
    }
    if is_one {
        if coordinators.len() >= COORDINATORS_MAX {
            return Err(refused(
                "bad_coordinators",
                "A team has at most twenty coordinators. Take it from somebody first.",
            ));
        }
        coordinators.push(member);
    } else {
        coordinators.retain(|one| *one != member);
    }
    rows::rewrite(db, changes, item, serde_json::to_value(&team)?, now)?;
    celebrations::keep(db, changes, now)?;
    acts::note(db, None, Deed::Changed, "coordinators", now)
}

/// The computers of everybody, or of one member.
pub(super) fn devices(db: Connection<'_>, of: Option<MemberId>) -> StoreResult<Vec<DeviceOf>> {
    let mut found = Vec::new();
    for person in people(db)? {
        if of.is_some_and(|of| of != person.id) {
            continue;
        }
        for Device {
            id, name, created_at, ..
        } in members::devices(db, person.id)?
        {
            found.push(DeviceOf {
                id,
                member: person.id,
                member_name: person.name.clone(),
                name,
                since: created_at,
            });
        }
    }
    match of {
        Some(of) if found.is_empty() => require_member(db, of, Timestamp::default()).map(|()| found),
        _ => Ok(found),
    }
}

/// Ends a computer, whosever it is.
pub(super) fn end_device(
    db: Connection<'_>,
    changes: &mut Changes,
    device: DeviceId,
    now: Timestamp,
) -> StoreResult<()> {
    let sql = "SELECT member FROM devices WHERE id = ?1";
    let member: Option<String> = db.query_row(sql, [device.to_string()], |row| row.get(0)).optional()?;
    let member = member.ok_or_else(|| refused("not_found", "There is no device of this id."))?;
    let member = member
        .parse()
        .map_err(|error: uuid::Error| StoreError::Failed(error.to_string()))?;
    end(db, changes, member, device, now)?;
    acts::note(db, None, Deed::Removed, "device", now)
}

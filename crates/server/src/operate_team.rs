//! What an operator does to the team beside a running endpoint: members, roles, invites, devices, what was done. The endpoint
//! notices within a moment.

use samovar_domain::kinds::RoleName;
use samovar_domain::wire::Invite;
use samovar_domain::{Clock, DeviceId, InviteId, MemberId, Timestamp};

use crate::operate::{OperateError, Place, open};
use crate::store::acts::Act;
use crate::store::{DeviceOf, Person, Removal, Store};

/// What a member can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Also makes admins and owners.
    Owner,
    /// Invites, removes, sets what belongs to the team.
    Admin,
    /// Sees to packages and cards; beside any role.
    Coordinator,
}

/// Everybody in the team.
pub async fn members(place: Place<'_>, clock: &dyn Clock) -> Result<Vec<Person>, OperateError> {
    Ok(open(place, clock).await?.people().await?)
}

/// Takes a member out of the team, as an admin would, or with everything of theirs.
pub async fn take_out(
    place: Place<'_>,
    member: MemberId,
    removal: Removal,
    clock: &dyn Clock,
) -> Result<(), OperateError> {
    let store = open(place, clock).await?;
    store.take_out(member, removal, clock.now()).await?;
    see_off(&*store, clock).await
}

/// Waits until what went is gone from photos and log, too: writes are done one after the other, with what follows from each.
async fn see_off(store: &dyn Store, clock: &dyn Clock) -> Result<(), OperateError> {
    Ok(store.forget_acts(clock.now()).await?)
}

/// Makes a member an owner, an admin or a coordinator. An owner who is made an admin is no owner any more.
pub async fn set(
    place: Place<'_>,
    member: MemberId,
    standing: Standing,
    clock: &dyn Clock,
) -> Result<(), OperateError> {
    let store = open(place, clock).await?;
    let now = clock.now();
    match standing {
        Standing::Owner => store.set_role(member, RoleName::Owner, now).await?,
        Standing::Admin => store.set_role(member, RoleName::Admin, now).await?,
        Standing::Coordinator => store.set_coordinator(member, true, now).await?,
    }
    Ok(())
}

/// Takes that from them again. Whoever is not what is taken from them stays what they are.
pub async fn unset(
    place: Place<'_>,
    member: MemberId,
    standing: Standing,
    clock: &dyn Clock,
) -> Result<(), OperateError> {
    let store = open(place, clock).await?;
    let now = clock.now();
    let role = match standing {
        Standing::Owner => RoleName::Owner,
        Standing::Admin => RoleName::Admin,
        Standing::Coordinator => return Ok(store.set_coordinator(member, false, now).await?),
    };
    let is_that = store
        .people()
        .await?
        .iter()
        .any(|person| person.id == member && person.role == role);
    if is_that {
        store.set_role(member, RoleName::Member, now).await?;
        return Ok(());
    }
    // Says that there is nobody of that id, if that is why.
    store.devices_of(Some(member)).await?;
    Ok(())
}

/// The computers of a member, or of everybody.
pub async fn devices(
    place: Place<'_>,
    member: Option<MemberId>,
    clock: &dyn Clock,
) -> Result<Vec<DeviceOf>, OperateError> {
    Ok(open(place, clock).await?.devices_of(member).await?)
}

/// Ends a computer.
pub async fn end_device(place: Place<'_>, device: DeviceId, clock: &dyn Clock) -> Result<(), OperateError> {
    let store = open(place, clock).await?;
    store.end_device(device, clock.now()).await?;
    see_off(&*store, clock).await
}

/// The invites that still let somebody in; their links are kept nowhere.
pub async fn invites(place: Place<'_>, clock: &dyn Clock) -> Result<Vec<Invite>, OperateError> {
    Ok(open(place, clock).await?.invites(None, clock.now()).await?)
}

/// Takes an invite back.
pub async fn revoke_invite(place: Place<'_>, id: InviteId, clock: &dyn Clock) -> Result<(), OperateError> {
    Ok(open(place, clock).await?.delete_invite(None, id, clock.now()).await?)
}

/// What admins and the command line did since then.
pub async fn acts(place: Place<'_>, since: Timestamp, clock: &dyn Clock) -> Result<Vec<Act>, OperateError> {
    Ok(open(place, clock).await?.acts(since, clock.now()).await?)
}

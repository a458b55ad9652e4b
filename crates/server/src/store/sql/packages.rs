//! What the endpoint does about packages: an address is erased as soon as it has served, whatever a desktop does, and
//! what was between two goes when one of them leaves.

use samovar_domain::kinds::{device_key_id, package_consent_id, package_received_id};
use samovar_domain::wire::Op;
use samovar_domain::{Body, DeviceId, MemberId, Timestamp};

use super::changes::Changes;
use super::connection::Connection;
use super::{StoreResult, rows};

/// Does what follows from an op that was just done: once a package is there, no address is needed for it any more. A
/// consent that another computer of the recipient wrote meanwhile is erased as well.
pub(super) fn follow(
    db: Connection<'_>,
    changes: &mut Changes,
    op: &Op,
    writer: MemberId,
    now: Timestamp,
) -> StoreResult<()> {
    let package = match op.body.as_ref().map(|body| Body::read(&op.kind, body)) {
        Some(Ok(Body::PackageReceived(received))) => received.package,
        Some(Ok(Body::PackageConsent(consent))) => consent.package,
        _ => return Ok(()),
    };
    let received = rows::get(db, package_received_id(writer, package))?;
    if received.is_some_and(|received| received.body.is_some()) {
        rows::bury(db, changes, package_consent_id(writer, package), now)?;
    }
    Ok(())
}

/// Takes away the key of a computer that was ended: nothing is to be sealed to it any more.
pub(super) fn end_of_device(
    db: Connection<'_>,
    changes: &mut Changes,
    member: MemberId,
    device: DeviceId,
    now: Timestamp,
) -> StoreResult<()> {
    rows::bury(db, changes, device_key_id(member, device), now)
}

/// Takes away what others wrote for somebody who leaves: packages to them, addresses that were sealed to them, and that
/// theirs was opened.
pub(super) fn part_with(
    db: Connection<'_>,
    changes: &mut Changes,
    member: MemberId,
    now: Timestamp,
) -> StoreResult<()> {
    let condition = "kind IN ('package', 'package_opened', 'surprise_consent') AND body IS NOT NULL
                     AND instr(body, ?1) > 0 ORDER BY seq";
    for item in rows::find(db, condition, &[&member.to_string()])? {
        let other = match rows::read(&item) {
            Some(Body::Package(package)) => package.to,
            Some(Body::PackageOpened(opened)) => opened.of,
            Some(Body::SurpriseConsent(consent)) => consent.coordinator,
            _ => continue,
        };
        if other == member {
            rows::bury(db, changes, item.id, now)?;
        }
    }
    Ok(())
}

//! What an operator does with mirrors beside a running endpoint, which notices within half a minute.

use samovar_domain::wire::{MirrorHealth, MirrorMade, MirrorRequest, MirrorTried};
use samovar_domain::{Clock, MirrorId};

pub use crate::mirrors::Reach;
use crate::mirrors::{self, Carrier};
use crate::operate::{OperateError, Place, open};
use crate::routes::mirrors::{prepared, tried};
use crate::store::MirrorChange;

/// Sets a mirror up. The secret of a webhook is told here only.
pub async fn add(
    place: Place<'_>,
    request: MirrorRequest,
    reach: Reach,
    clock: &dyn Clock,
) -> Result<MirrorMade, OperateError> {
    let (request, secret) = prepared(request, reach)?;
    let id = open(place, clock).await?.add_mirror(None, request, clock.now()).await?;
    Ok(MirrorMade { id, secret })
}

/// How the mirrors are.
pub async fn list(place: Place<'_>, clock: &dyn Clock) -> Result<Vec<MirrorHealth>, OperateError> {
    Ok(open(place, clock).await?.mirrors(None, clock.now()).await?)
}

/// Pauses, resumes or removes one.
pub async fn change(
    place: Place<'_>,
    id: MirrorId,
    change: MirrorChange,
    clock: &dyn Clock,
) -> Result<(), OperateError> {
    Ok(open(place, clock)
        .await?
        .change_mirror(None, id, change, clock.now())
        .await?)
}

/// Shows a test there, whether it runs or not.
pub async fn test(
    place: Place<'_>,
    id: MirrorId,
    reach: Reach,
    clock: &dyn Clock,
) -> Result<MirrorTried, OperateError> {
    let (target, language) = open(place, clock).await?.mirror_target(None, id).await?;
    let outcome = mirrors::try_out(&Carrier::new(reach), &target, language, clock.now()).await;
    Ok(tried(&outcome))
}

//! What an operator does with mirrors beside a running endpoint, which notices within half a minute.

use std::path::Path;

use samovar_domain::wire::{MirrorHealth, MirrorMade, MirrorRequest, MirrorTried};
use samovar_domain::{Clock, MirrorId};

pub use crate::mirrors::Reach;
use crate::mirrors::{self, Carrier};
use crate::operate::{OperateError, open};
use crate::routes::mirrors::{prepared, tried};
use crate::store::{MirrorChange, Store as _};

/// Sets a mirror up. The secret of a webhook is told here only.
pub async fn add(
    data: &Path,
    request: MirrorRequest,
    reach: Reach,
    clock: &dyn Clock,
) -> Result<MirrorMade, OperateError> {
    let (request, secret) = prepared(request, reach)?;
    let id = open(data, clock)?.add_mirror(None, request, clock.now()).await?;
    Ok(MirrorMade { id, secret })
}

/// How the mirrors are.
pub async fn list(data: &Path, clock: &dyn Clock) -> Result<Vec<MirrorHealth>, OperateError> {
    Ok(open(data, clock)?.mirrors(None, clock.now()).await?)
}

/// Pauses, resumes or removes one.
pub async fn change(data: &Path, id: MirrorId, change: MirrorChange, clock: &dyn Clock) -> Result<(), OperateError> {
    Ok(open(data, clock)?.change_mirror(None, id, change, clock.now()).await?)
}

/// Shows a test there, whether it runs or not.
pub async fn test(data: &Path, id: MirrorId, reach: Reach, clock: &dyn Clock) -> Result<MirrorTried, OperateError> {
    let (target, language) = open(data, clock)?.mirror_target(None, id).await?;
    let outcome = mirrors::try_out(&Carrier::new(reach), &target, language, clock.now()).await;
    Ok(tried(&outcome))
}

//! Photos leave this computer when what they belong to is deleted or over, and when the cache is full.

use std::collections::HashSet;
use std::sync::Arc;

use samovar_domain::{BlobHash, Body, Problem};

use crate::core::Inner;

/// How long a photo that was made ready and is in no draft is kept, in minutes: some days.
const PREPARED_MINUTES: i64 = 3 * 24 * 60;

/// Sweeps at the start, and whenever there may be something to sweep.
pub(crate) async fn run(inner: Arc<Inner>) {
    loop {
        if let Err(problem) = sweep(&inner).await {
            tracing::warn!(code = %problem.code, "the photos could not be swept");
        }
        inner.photos_unwanted.notified().await;
    }
}

async fn sweep(inner: &Arc<Inner>) -> Result<(), Problem> {
    let oldest = inner.now().plus_minutes(-PREPARED_MINUTES);
    let failed = |error| inner.problem(error);
    inner.store.forget_prepared(oldest).await.map_err(failed)?;
    // From here on, no photo is stored whose place in the database comes after.
    let _alone = inner.storing_photos.write().await;
    let items = inner.items().await?;
    let wanted: HashSet<BlobHash> = items
        .iter()
        .filter(|item| !item.is_gone(inner.now()))
        .filter_map(|item| Body::read(&item.kind, item.body.as_ref()?).ok())
        .flat_map(|body| body.blobs())
        .collect();
    let pinned = inner.store.pinned_photos().await.map_err(failed)?;
    let photos = inner.photos.clone();
    let swept = samovar_blocking::run(move || photos.sweep(&wanted, &pinned)).await;
    if let Ok(Err(error)) = swept {
        tracing::debug!(%error, "the photo cache could not be swept");
    }
    Ok(())
}

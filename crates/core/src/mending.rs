//! A local database that turns out to be damaged while Samovar runs: it is set aside, and the team comes anew, as when one is
//! found on opening.

use std::sync::Arc;

use crate::api::{AppNotice, Changed};
use crate::core::Inner;

/// Waits for the first damage and mends it. A second one in the same run is told and left alone: a disk that fails again
/// and again, or an item that nobody can read, is not to fill the disk with what was set aside.
pub(crate) async fn run(inner: Arc<Inner>) {
    inner.damage_met.notified().await;
    // Nobody begins to fetch the team or to leave it meanwhile.
    let _alone = inner.fetching_anew.lock().await;
    let _staying = inner.leaving.write().await;
    match inner.store.begin_anew(inner.now().millis()).await {
        Ok(aside) => inner.report(
            AppNotice::DatabaseSetAside {
                path: aside.display().to_string(),
            },
            true,
        ),
        Err(error) => {
            tracing::error!(%error, "the damaged local database could not be set aside");
            return;
        }
    }
    if let Some(account) = inner.account()
        && let Err(error) = inner.store.belong_to(account.member).await
    {
        tracing::warn!(%error, "whose profile this is could not be stored");
    }
    inner.begun_anew.notify_one();
    inner.try_now.notify_one();
    inner.outbox_filled.notify_one();
    inner.plan_anew.notify_one();
    inner.tell(Changed::Today);
    inner.tell(Changed::Settings);
    inner.tell(Changed::Status);
}

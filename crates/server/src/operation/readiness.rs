//! Whether the endpoint can serve: its store takes a write. One who asks tries it out, and all who ask soon after hear the
//! same.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::store::{Store, StoreError, StoreResult};

/// How long what was found holds.
const HOLDS: Duration = Duration::from_secs(5);
/// How long trouble does: whoever waits for its end hears of it soon.
const TROUBLE_HOLDS: Duration = Duration::from_secs(1);
/// How long a write may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Readiness(Mutex<Option<(Instant, StoreResult<()>)>>);

impl Readiness {
    /// Asks the store, or says what was found a moment ago.
    pub(crate) async fn of(&self, store: &dyn Store) -> StoreResult<()> {
        self.found(|| store.try_to_write()).await
    }

    async fn found<F: Future<Output = StoreResult<()>>>(&self, try_out: impl FnOnce() -> F) -> StoreResult<()> {
        let mut last = self.0.lock().await;
        if let Some((until, found)) = &*last
            && Instant::now() < *until
        {
            return found.clone();
        }
        let found = tokio::time::timeout(PATIENCE, try_out())
            .await
            .unwrap_or_else(|_| Err(StoreError::Failed("a write was not done in time".to_owned())));
        let holds = if found.is_ok() { HOLDS } else { TROUBLE_HOLDS };
        *last = Some((Instant::now() + holds, found.clone()));
        found
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_is_tried_out_once_in_a_while_and_sooner_when_there_is_trouble() {
        let (readiness, tries) = (Readiness::default(), Cell::new(0));
        let asked = async |result: StoreResult<()>| {
            let try_out = || {
                tries.set(tries.get() + 1);
                std::future::ready(result)
            };
            readiness.found(try_out).await.is_ok()
        };
        let trouble = || Err(StoreError::Failed("full".to_owned()));
        assert!(asked(Ok(())).await);
        assert!(asked(trouble()).await, "as a moment ago");
        assert_eq!(tries.get(), 1);
        tokio::time::advance(HOLDS).await;
        assert!(!asked(trouble()).await);
        assert!(!asked(Ok(())).await);
        tokio::time::advance(TROUBLE_HOLDS).await;
        assert!(asked(Ok(())).await);
        assert_eq!(tries.get(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_that_hangs_is_none() {
        let found = Readiness::default().found(std::future::pending).await;
        assert!(matches!(found, Err(StoreError::Failed(_))));
    }
}

//! Connections that read, a bounded number of them, and a bounded wait for one.
//!
//! A read that hangs, as on a disk that does not answer, keeps its place until it is done: threads do not pile up behind
//! it. Whoever finds no place in time hears that the store fails, which a retry may mend.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::{StoreError, StoreResult, connect};
use crate::store::sql::connection;

/// See the module. Cheap to clone.
#[derive(Clone)]
pub(super) struct Readers {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    places: Arc<Semaphore>,
    patience: Duration,
}

impl Readers {
    /// At most `places` at the same time; whoever waits for one of them for `patience` is refused.
    pub(super) fn new(path: PathBuf, places: usize, patience: Duration) -> Self {
        Self {
            path,
            idle: Arc::default(),
            places: Arc::new(Semaphore::new(places)),
            patience,
        }
    }

    /// Reads in one transaction: what is read belongs together.
    pub(super) async fn read<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(connection::Connection<'_>) -> StoreResult<T> + Send + 'static,
    {
        let busy = || StoreError::Failed("other reads take too long".to_owned());
        let reading = async {
            let place = Arc::clone(&self.places).acquire_owned().await;
            let place = place.expect("the semaphore is never closed");
            let (idle, path) = (Arc::clone(&self.idle), self.path.clone());
            samovar_blocking::run(move || {
                let held = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let mut connection = held.map_or_else(|| connect(&path), Ok)?;
                let transaction = connection.transaction()?;
                let value = work((&*transaction).into());
                drop(transaction);
                idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
                drop(place);
                value
            })
            .await
            .unwrap_or_else(|error| Err(StoreError::Failed(error.to_string())))
        };
        tokio::time::timeout(self.patience, reading)
            .await
            .unwrap_or_else(|_| Err(busy()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_read_that_hangs_keeps_its_place_and_nobody_waits_for_it_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let readers = Readers::new(folder.path().join("some.db"), 2, Duration::from_millis(100));
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let wait = Arc::new(Mutex::new(wait));
        for _ in 0..2 {
            let wait = Arc::clone(&wait);
            let hung = readers.read(move |_| {
                let _ = wait.lock().unwrap().recv();
                Ok(())
            });
            assert!(matches!(hung.await, Err(StoreError::Failed(_))));
        }
        assert_eq!(readers.places.available_permits(), 0);
        assert!(matches!(readers.read(|_| Ok(7)).await, Err(StoreError::Failed(_))));
        drop(go);
        while readers.places.available_permits() < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        // On a busy machine one of them may be too late again.
        let reads = async { while readers.read(|_| Ok(7)).await != Ok(7) {} };
        tokio::time::timeout(Duration::from_secs(20), reads).await.unwrap();
    }
}

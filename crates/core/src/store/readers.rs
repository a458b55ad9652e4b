//! Connections that only read, beside the one that writes: a question waits neither for a page of news that is being
//! stored nor for another question.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard};
use std::time::Duration;

use rusqlite::{Connection, Transaction};
use tokio::sync::Semaphore;

use super::{StoreResult, open_connection};

/// The most that read at once; others wait for one of them.
const AT_ONCE: usize = 4;
/// The most that stay open when nobody reads: each costs memory.
const IDLE: usize = 2;
/// How much of the file each keeps in memory, in KiB.
const CACHE_KIB: i64 = 512;

/// See the module.
pub(super) struct Readers {
    path: PathBuf,
    patience: Duration,
    idle: Mutex<Vec<Connection>>,
    /// Held by each who reads; who takes it whole has the database alone.
    reading: RwLock<()>,
    free: Semaphore,
}

impl Readers {
    /// Readers of a database that exists, which wait for other programs as long as `patience`.
    pub(super) fn new(path: PathBuf, patience: Duration) -> Self {
        Self {
            path,
            patience,
            idle: Mutex::default(),
            reading: RwLock::default(),
            free: Semaphore::new(AT_ONCE),
        }
    }

    /// Where the database is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How long other programs are waited for.
    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    /// Waits for those who read, lets go of the database, and keeps everybody from reading while the answer lives.
    pub(super) fn let_go(&self) -> RwLockWriteGuard<'_, ()> {
        let alone = self.reading.write().unwrap_or_else(PoisonError::into_inner);
        self.idle().clear();
        alone
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Until one may read; what comes back is given up when it was.
    pub(super) async fn turn(&self) -> Option<tokio::sync::SemaphorePermit<'_>> {
        self.free.acquire().await.ok() // it is never closed
    }

    /// Runs `work` on what is stored when it begins. Blocks.
    pub(super) fn read<T>(&self, work: impl FnOnce(&Transaction<'_>) -> StoreResult<T>) -> StoreResult<T> {
        let _reading = self.reading.read().unwrap_or_else(PoisonError::into_inner);
        let idle = self.idle().pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => self.open()?,
        };
        let transaction = connection.transaction()?;
        let value = work(&transaction)?;
        drop(transaction);
        let mut idle = self.idle();
        if idle.len() < IDLE {
            idle.push(connection);
        }
        Ok(value)
    }

    fn open(&self) -> StoreResult<Connection> {
        let connection = open_connection(&self.path, self.patience)?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        Ok(connection)
    }
}

#[cfg(test)]
mod tests;

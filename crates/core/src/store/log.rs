//! The write-ahead log, in which what was overwritten or taken out stays until it is emptied.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

use super::{StoreError, StoreResult};

/// How long after a vain try the log is emptied again.
const AGAIN: Duration = Duration::from_secs(1);

/// Whether the log is still to be emptied. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Log {
    is_waited_for: Arc<AtomicBool>,
}

impl Log {
    /// Empties it now when nobody has read it for longer than `patience`, and else later.
    pub(super) async fn empty(&self, writer: &Arc<Mutex<Connection>>, patience: Duration) -> StoreResult<()> {
        match empty(Arc::clone(writer), patience, patience).await {
            Err(StoreError::Held) => {
                self.empty_later(writer, patience);
                Ok(())
            }
            done => done,
        }
    }

    /// Empties it once nobody reads it any more, if this process lives that long: the next one does it when it opens.
    fn empty_later(&self, writer: &Arc<Mutex<Connection>>, patience: Duration) {
        if self.is_waited_for.swap(true, Ordering::AcqRel) {
            return;
        }
        let (writer, log) = (Arc::downgrade(writer), self.clone());
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(AGAIN).await;
                // Before the try: what is overwritten from now on may need another one.
                log.is_waited_for.store(false, Ordering::Release);
                let Some(writer) = writer.upgrade() else { return };
                match empty(writer, Duration::ZERO, patience).await {
                    Err(StoreError::Held) if !log.is_waited_for.swap(true, Ordering::AcqRel) => {}
                    Err(StoreError::Held) | Ok(()) => return,
                    Err(error) => {
                        tracing::warn!(%error, "the write-ahead log could not be emptied");
                        return;
                    }
                }
            }
        });
    }
}

async fn empty(writer: Arc<Mutex<Connection>>, waiting: Duration, patience: Duration) -> StoreResult<()> {
    let done = samovar_blocking::run(move || {
        let connection = writer.lock().unwrap_or_else(PoisonError::into_inner);
        empty_now(&connection, waiting, patience)
    });
    done.await
        .unwrap_or_else(|error| Err(StoreError::Failed(error.to_string())))
}

/// Empties it, waiting so long for those who read; `patience` is what the connection has otherwise.
pub(super) fn empty_now(connection: &Connection, waiting: Duration, patience: Duration) -> StoreResult<()> {
    connection.busy_timeout(waiting)?;
    let tried = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
    connection.busy_timeout(patience)?;
    if tried? { Err(StoreError::Held) } else { Ok(()) }
}

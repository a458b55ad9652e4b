//! The file that stands in for a database, with what nodes keep there for each other.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::wire::{Wire, goes};
use crate::store::sql::connection;
use crate::store::sqlite::{connect, migrate};
use crate::store::{StoreError, StoreResult};

/// Makes the tables, and those that only nodes have.
pub(super) fn prepare(file: &Path) -> StoreResult<()> {
    let mut connection = connect(file)?;
    migrate(&mut connection)?;
    let of_nodes = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'leases')";
    if !connection.query_row(of_nodes, [], |row| row.get(0))? {
        connection.execute_batch(
            "ALTER TABLE revocations ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
             CREATE TABLE leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) STRICT;",
        )?;
    }
    Ok(())
}

/// Begins a transaction that no other one writes beside: what a lock is elsewhere.
pub(super) fn begin_writing(connection: &mut Connection) -> StoreResult<Transaction<'_>> {
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// A connection of a node, made anew when another file stands in for the database.
pub(super) struct File {
    wire: Arc<dyn Wire>,
    held: Arc<Mutex<Option<(PathBuf, Connection)>>>,
}

impl File {
    /// One that is not connected yet.
    pub(super) fn new(wire: Arc<dyn Wire>) -> Self {
        Self {
            wire,
            held: Arc::default(),
        }
    }

    /// The way there.
    pub(super) fn wire(&self) -> &dyn Wire {
        &*self.wire
    }

    /// Does something with the connection, to which it is now what the database's clock shows.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Connection) -> StoreResult<T>) -> StoreResult<T> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let path = self.wire.file();
        let connected = held.take().filter(|(known, _)| *known == path);
        let (path, mut connection) = match connected {
            Some(connected) => connected,
            None => {
                let connection = connect(&path)?;
                connection.pragma_update(None, "temp_store", "MEMORY")?;
                connection.execute_batch(
                    "CREATE TEMP TABLE clock (now INTEGER NOT NULL); INSERT INTO clock (now) VALUES (0)",
                )?;
                (path, connection)
            }
        };
        let set = "UPDATE temp.clock SET now = ?1";
        connection.prepare_cached(set)?.execute([self.wire.now().millis()])?;
        let done = work(&mut connection);
        *held = Some((path, connection));
        done
    }

    /// Reads in one transaction, there and back: what is read belongs together.
    pub(super) async fn ask<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(connection::Connection<'_>) -> StoreResult<T> + Send + 'static,
    {
        goes(self.wire.question()).await?;
        let file = Self {
            wire: Arc::clone(&self.wire),
            held: Arc::clone(&self.held),
        };
        let reading = samovar_blocking::run(move || {
            file.with(|connection| {
                let transaction = connection.transaction()?;
                work((&*transaction).into())
            })
        });
        let read = reading
            .await
            .unwrap_or_else(|error| Err(StoreError::Failed(error.to_string())))?;
        goes(self.wire.answer()).await?;
        Ok(read)
    }
}

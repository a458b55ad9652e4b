//! The store on SQLite: one writer that batches commits, readers beside it.

mod backup;
pub(super) mod carry;
mod integrity;
mod others;
mod readers;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rusqlite::TransactionBehavior;
use rusqlite_migration::{M, Migrations};
use samovar_domain::{Clock, Seq};
use tokio_util::task::AbortOnDropHandle;

use super::jobs::Writer;
use super::sql::changes::Changes;
use super::sql::connection::Connection;
use super::sql::{Backend, begin_team};
use super::{Committed, StoreError, StoreResult};
use crate::blobs::Blobs;
pub use integrity::integrity;
use others::Others;
use readers::Readers;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

/// The database's file in the folder.
pub const DATABASE: &str = "samovar-server.db";
/// In the order in which they are applied. One that has landed is never edited.
const MIGRATIONS: [&str; 10] = [
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_calendar_feeds.sql"),
    include_str!("../migrations/0003_pair_draws.sql"),
    include_str!("../migrations/0004_rotations.sql"),
    include_str!("../migrations/0005_decision_seals.sql"),
    include_str!("../migrations/0006_mirrors.sql"),
    include_str!("../migrations/0007_pulse.sql"),
    include_str!("../migrations/0008_celebrations.sql"),
    include_str!("../migrations/0009_admin_acts.sql"),
    include_str!("../migrations/0010_sign_in.sql"),
];
/// The most connections that read at the same time.
const READERS: usize = 4;
/// The most of them that only ask who calls.
const ASKING: usize = 2;
/// How long a read may take, the wait for its turn included. What it answers later is not heard any more.
const READ_PATIENCE: Duration = Duration::from_secs(20);
/// How long a connection waits for another process, such as `samovar-server invite`, to be done.
const BUSY: Duration = Duration::from_secs(10);
/// How much of the database the writer remembers at most, which is also what one transaction may change before some of it
/// is written twice; SQLite's word for KiB is a negative number.
const WRITER_CACHE_KIB: i64 = -16 * 1024;
/// How many statements a connection keeps prepared: all that a write or a page needs. One of them takes longer to prepare
/// than to do.
const STATEMENTS: usize = 256;

/// See the module.
pub struct SqliteStore {
    path: PathBuf,
    writer: Writer,
    reading: Readers,
    /// For what every call asks first: who calls. It is answered also while all other readers are busy.
    asking: Readers,
    others: Others,
    following: OnceLock<AbortOnDropHandle<()>>,
}

/// Opens the file, in the way in which it is always opened.
#[expect(clippy::disallowed_methods, reason = "this is the store that opens connections")]
pub(super) fn connect(path: &Path) -> StoreResult<rusqlite::Connection> {
    let connection = rusqlite::Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "journal_size_limit", 16 * 1024 * 1024)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn migrations() -> Migrations<'static> {
    Migrations::new(MIGRATIONS.map(M::up).to_vec())
}

/// Makes what is missing of the tables.
pub(super) fn migrate(connection: &mut rusqlite::Connection) -> StoreResult<()> {
    migrations()
        .to_latest(connection)
        .map_err(|error| StoreError::Failed(error.to_string()))
}

impl SqliteStore {
    /// Opens or makes the database in `folder`, whose photos are `blobs`. `committed` is told of every commit, in seq order.
    pub fn open(folder: &Path, blobs: Arc<dyn Blobs>, clock: &dyn Clock, committed: Committed) -> StoreResult<Self> {
        Self::open_as(folder, blobs, clock, committed, Others::default())
    }

    /// Opens the database beside an endpoint that may be serving it, which hears of what is done here once it
    /// [follows](Self::follow).
    pub fn open_beside(folder: &Path, blobs: Arc<dyn Blobs>, clock: &dyn Clock) -> StoreResult<Self> {
        Self::open_as(folder, blobs, clock, Arc::new(|_| {}), Others::beside())
    }

    fn open_as(
        folder: &Path,
        blobs: Arc<dyn Blobs>,
        clock: &dyn Clock,
        committed: Committed,
        others: Others,
    ) -> StoreResult<Self> {
        let path = folder.join(DATABASE);
        let mut connection = connect(&path)?;
        migrate(&mut connection)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        begin_team((&*transaction).into(), clock.now())?;
        transaction.commit()?;
        // Each op has a savepoint; what is needed to take one back is not worth a file.
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "cache_size", WRITER_CACHE_KIB)?;
        let writer = writer::start(connection, blobs, committed, others.clone());
        Ok(Self {
            writer,
            reading: Readers::new(path.clone(), READERS, READ_PATIENCE),
            asking: Readers::new(path.clone(), ASKING, READ_PATIENCE),
            path,
            others,
            following: OnceLock::new(),
        })
    }

    /// From now on tells of what is done to the database from outside, too, beginning after `head`.
    pub fn follow(&self, head: Seq) {
        if samovar_blocking::is_simulated() {
            return; // no other process is played
        }
        self.others.begin_after(head);
        let (others, asking, writer) = (self.others.clone(), self.asking.clone(), self.writer.clone());
        let task = AbortOnDropHandle::new(tokio::spawn(others::follow(others, asking, writer)));
        let _ = self.following.set(task);
    }

    /// Copies the database, as it is at one moment, into `file` while it is being served.
    pub async fn back_up(&self, file: PathBuf) -> StoreResult<()> {
        let path = self.path.clone();
        let done = samovar_blocking::run(move || backup::copy(&path, &file));
        done.await
            .unwrap_or_else(|error| Err(StoreError::Failed(error.to_string())))
    }
}

impl Backend for SqliteStore {
    async fn write<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(Connection<'_>, &mut Changes) -> StoreResult<T> + Send + 'static,
    {
        self.writer.write(work).await
    }

    async fn read<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(Connection<'_>) -> StoreResult<T> + Send + 'static,
    {
        self.reading.read(work).await
    }

    async fn ask<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(Connection<'_>) -> StoreResult<T> + Send + 'static,
    {
        self.asking.read(work).await
    }
}

#[cfg(test)]
pub(crate) mod tests;

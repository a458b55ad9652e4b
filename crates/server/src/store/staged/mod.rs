//! Several nodes on one file, for a simulation and for nothing else: the file stands in for a PostgreSQL server, which has
//! threads and a clock of its own. What makes nodes of a team nodes is the real thing ([`super::nodes`]): the turn to write,
//! what is told to readers, the look for what others did. What is played is the way to the database ([`Wire`]): how long a
//! question takes, whether it or its answer is lost, and who hears a call.
//!
//! Nothing on an operating endpoint leads here: whoever opens such a store must be on a stage.

mod file;
mod line;
mod wire;
mod writer;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use samovar_domain::{Clock, Timestamp};
use tokio::sync::Notify;
use tokio_util::task::AbortOnDropHandle;

use super::jobs::Writer;
use super::nodes::follower::{self, Follower};
use super::nodes::publisher::Publisher;
use super::nodes::stand::Stand;
use super::sql::changes::Changes;
use super::sql::connection::Connection;
use super::sql::leases::Holder;
use super::sql::{Backend, begin_team};
use super::{Committed, StoreError, StoreResult};
use crate::blobs::Blobs;
use file::File;
use line::Shared;
pub use wire::Wire;
use writer::Desk;

/// How long a read may take.
const READ_PATIENCE: Duration = Duration::from_secs(20);

/// See the module.
pub struct StagedStore {
    writer: Writer,
    reading: File,
    holder: Holder,
    /// Follows other nodes, once it is asked to.
    follower: Mutex<Option<Follower<Shared>>>,
    following: OnceLock<AbortOnDropHandle<()>>,
}

impl StagedStore {
    /// Opens the file and makes what is missing in it; its photos are `blobs`. `committed` is told as by every store.
    ///
    /// # Panics
    /// When the thread is not on a stage.
    pub fn open(
        wire: Arc<dyn Wire>,
        blobs: Arc<dyn Blobs>,
        clock: &dyn Clock,
        committed: Committed,
    ) -> StoreResult<Self> {
        assert!(samovar_blocking::is_simulated(), "this store is for simulations only");
        file::prepare(&wire.file())?;
        let writing = File::new(Arc::clone(&wire));
        let begun = begin(&writing, clock.now())?;
        let publisher = Arc::new(Publisher::new(committed, begun));
        let written = Arc::new(Notify::new());
        let writer = writer::start(Desk {
            file: writing,
            blobs,
            publisher: Arc::clone(&publisher),
            written: Arc::clone(&written),
        });
        let turns = writer.clone();
        Ok(Self {
            writer,
            reading: File::new(Arc::clone(&wire)),
            holder: Holder(uuid::Uuid::new_v4().to_string()),
            follower: Mutex::new(Some(Follower {
                database: Shared(wire),
                publisher,
                written,
                turns,
                look: follower::LOOK,
            })),
            following: OnceLock::new(),
        })
    }

    /// From now on tells of what other nodes do, beginning where this store was opened.
    pub fn follow(&self) {
        let follower = self.follower.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(follower) = follower {
            let task = AbortOnDropHandle::new(tokio::spawn(follower.run()));
            let _ = self.following.set(task);
        }
    }
}

/// Makes the team when there is none, and tells where it stands.
fn begin(file: &File, now: Timestamp) -> StoreResult<Stand> {
    file.with(|connection| {
        let transaction = file::begin_writing(connection)?;
        let db = Connection::from(&*transaction);
        begin_team(db, now)?;
        let stand = Stand::read(db)?;
        transaction.commit()?;
        Ok(stand)
    })
}

impl Backend for StagedStore {
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
        let late = || StoreError::Failed("the database takes too long".to_owned());
        tokio::time::timeout(READ_PATIENCE, self.reading.ask(work))
            .await
            .unwrap_or_else(|_| Err(late()))
    }

    async fn ask<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(Connection<'_>) -> StoreResult<T> + Send + 'static,
    {
        self.read(work).await
    }

    fn holder(&self) -> Option<Holder> {
        Some(self.holder.clone())
    }
}

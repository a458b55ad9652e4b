//! The store on PostgreSQL, for teams that want more than one node, or keep their data there anyway. The rules are those of
//! [`super::sql`]; here is who writes, who reads, and how nodes hear of each other.

pub(super) mod carry;
mod line;
mod lock;
mod options;
mod pool;
mod readers;
mod schema;
pub(super) mod session;
mod tls;
mod values;
mod writer;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use deadpool_postgres::Object;
use samovar_domain::{Clock, Timestamp};
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio_util::task::AbortOnDropHandle;

use super::jobs::Writer;
use super::nodes::follower::{self, Follower};
use super::nodes::publisher::Publisher;
use super::nodes::stand::Stand;
use super::sql::changes::Changes;
use super::sql::connection::Connection;
use super::sql::leases::{self, Holder};
use super::sql::{Backend, begin_team, whole};
use super::{Committed, Integrity, StoreError, StoreResult};
use crate::blobs::Blobs;
use line::Server;
use lock::lock;
use options::Options;
use readers::Readers;
use session::Session;
use writer::Desk;

/// The clock that is one for all nodes, in milliseconds.
pub(super) const CLOCK: &str = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

/// The most connections that read at the same time.
const READERS: usize = 8;
/// The most of them that only ask who calls.
const ASKING: usize = 4;
/// How long a read may take, the wait for its turn included. What it answers later is not heard any more.
const READ_PATIENCE: Duration = Duration::from_secs(20);
/// How long a node that ends may take to say so.
const LEAVING: Duration = Duration::from_secs(2);
/// How long the writer may take to get its connection.
const WRITE_PATIENCE: Duration = Duration::from_secs(10);

/// See the module.
pub struct PostgresStore {
    writer: Writer,
    reading: Readers,
    /// For what every call asks first: who calls. It is answered also while all other readers are busy.
    asking: Readers,
    holder: Holder,
    /// Follows other nodes, once it is asked to.
    follower: Mutex<Option<Follower<Server>>>,
    following: OnceLock<AbortOnDropHandle<()>>,
}

impl PostgresStore {
    /// Opens the database at `address` and makes what is missing in it; its photos are `blobs`. `committed` is
    /// told of every commit of this node, in seq order, and, once it [follows](Self::follow), of those of other nodes.
    pub async fn open(
        address: &str,
        blobs: Arc<dyn Blobs>,
        clock: &dyn Clock,
        committed: Committed,
    ) -> StoreResult<Self> {
        let options = Options::of(address)?;
        let tls = tls::connector(&options.trust)?;
        let writing = pool::pool(&options, &tls, 1, WRITE_PATIENCE)?;
        let mut client = pool::take(&writing).await?;
        schema::migrate(&mut client).await?;
        let (now, runtime) = (clock.now(), Handle::current());
        let begun = tokio::task::spawn_blocking(move || begin(&runtime, client, now)).await;
        let begun = begun.unwrap_or_else(|error| Err(StoreError::Failed(error.to_string())))?;
        let publisher = Arc::new(Publisher::new(committed, begun));
        let written = Arc::new(Notify::new());
        let writer = writer::start(Desk {
            pool: writing,
            blobs,
            publisher: Arc::clone(&publisher),
            written: Arc::clone(&written),
        });
        let turns = writer.clone();
        Ok(Self {
            writer,
            reading: Readers::new(pool::pool(&options, &tls, READERS, READ_PATIENCE)?, READ_PATIENCE),
            asking: Readers::new(pool::pool(&options, &tls, ASKING, READ_PATIENCE)?, READ_PATIENCE),
            holder: Holder(uuid::Uuid::new_v4().to_string()),
            follower: Mutex::new(Some(Follower {
                database: Server { options, tls },
                publisher,
                written,
                turns,
                look: follower::LOOK,
            })),
            following: OnceLock::new(),
        })
    }

    /// Whether what the tables say fits together.
    pub async fn integrity(&self) -> StoreResult<Integrity> {
        self.read(whole::integrity).await
    }

    /// Gives back what other nodes wait for: to be called when this one ends in good order. They wait for a while when it
    /// does not.
    pub async fn leave(&self) {
        let holder = self.holder.clone();
        let leaving = self.writer.write(move |db, _| leases::give_back(db, &holder));
        match tokio::time::timeout(LEAVING, leaving).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "this node could not tell others that it ends"),
            Err(_) => tracing::warn!("this node could not tell others in time that it ends"),
        }
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
fn begin(runtime: &Handle, mut client: Object, now: Timestamp) -> StoreResult<Stand> {
    let session = Session::begin_writing(runtime, &mut client)?;
    lock(&session)?;
    let db = Connection::from(&session);
    begin_team(db, now)?;
    let stand = Stand::read(db)?;
    session.commit()?;
    Ok(stand)
}

impl Backend for PostgresStore {
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

    fn holder(&self) -> Option<Holder> {
        Some(self.holder.clone())
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests;

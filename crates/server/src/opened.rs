//! The store of an endpoint, as what it is.

use std::sync::Arc;

use samovar_domain::{Clock, Seq};

use crate::blobs::Blobs;
use crate::server::Config;
use crate::store::{Committed, PostgresStore, SqliteStore, StagedStore, Store, StoreError, Wire};

/// See the module.
pub(crate) enum Opened {
    /// In the folder.
    Sqlite(Arc<SqliteStore>),
    /// Elsewhere.
    Postgres(Arc<PostgresStore>),
    /// In a simulation.
    Staged(Arc<StagedStore>),
}

impl Opened {
    /// Opens what the settings say; on a stage, what is at the other end of `wire`.
    pub(crate) async fn open(
        config: &Config,
        wire: Option<Arc<dyn Wire>>,
        blobs: Arc<dyn Blobs>,
        clock: &dyn Clock,
        committed: Committed,
    ) -> Result<Self, StoreError> {
        if let Some(wire) = wire {
            return Ok(Self::Staged(Arc::new(StagedStore::open(
                wire, blobs, clock, committed,
            )?)));
        }
        Ok(match &config.database {
            None => Self::Sqlite(Arc::new(SqliteStore::open(&config.data, blobs, clock, committed)?)),
            Some(address) => Self::Postgres(Arc::new(PostgresStore::open(address, blobs, clock, committed).await?)),
        })
    }

    /// As all that use it see it.
    pub(crate) fn store(&self) -> Arc<dyn Store> {
        match self {
            Self::Sqlite(store) => Arc::clone(store) as Arc<dyn Store>,
            Self::Postgres(store) => Arc::clone(store) as Arc<dyn Store>,
            Self::Staged(store) => Arc::clone(store) as Arc<dyn Store>,
        }
    }

    /// Gives back what other nodes wait for.
    pub(crate) async fn leave(&self) {
        if let Self::Postgres(store) = self {
            store.leave().await;
        }
    }

    /// From now on tells of what others do behind `head`, too.
    pub(crate) fn follow(&self, head: Seq) {
        match self {
            Self::Sqlite(store) => store.follow(head),
            Self::Postgres(store) => store.follow(),
            Self::Staged(store) => store.follow(),
        }
    }
}

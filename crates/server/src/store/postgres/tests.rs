//! PostgreSQL against the suite that every store passes, and what several nodes and a server that comes and goes can get
//! wrong.

mod cluster;

use std::sync::{Arc, Mutex};

use cluster::{Cluster, Database};
use samovar_domain::{Item, Timestamp};
use tempfile::TempDir;

use super::*;
use crate::store::Store;
use crate::store::conformance::{Fresh, conformance_tests, start};

struct Still(Timestamp);

impl Clock for Still {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// What a node said it was told.
type Heard = Arc<Mutex<Vec<Item>>>;

/// A node on a database.
async fn node(address: &str, blobs: &TempDir) -> (Arc<PostgresStore>, Heard) {
    let heard = Heard::default();
    let hears = Arc::clone(&heard);
    let committed: Committed = Arc::new(move |commit| hears.lock().unwrap().extend(commit.items));
    let store = PostgresStore::open(address, blobs.path().to_owned(), &Still(start()), committed).await;
    (Arc::new(store.unwrap()), heard)
}

async fn fresh_node() -> (Fresh, Arc<PostgresStore>, Arc<Database>) {
    let database = Arc::new(Cluster::shared().database().await);
    let blobs = tempfile::tempdir().unwrap();
    let (store, heard) = node(&database.address(), &blobs).await;
    let fresh = Fresh {
        store: Arc::clone(&store) as Arc<dyn Store>,
        heard,
        _keep: Box::new((blobs, Arc::clone(&database))),
    };
    (fresh, store, database)
}

fn fresh() -> Fresh {
    tokio::task::block_in_place(|| Handle::current().block_on(fresh_node()).0)
}

conformance_tests!(fresh);

//! PostgreSQL against the suite that every store passes, and what several nodes and a server that comes and goes can get
//! wrong.

mod cluster;
mod databases;
mod faults;
mod lost;
mod nodes;
mod schema;
mod served;

use std::sync::{Arc, Mutex};

use cluster::Cluster;
use databases::Database;
use samovar_domain::{DeviceId, Item, Seq, Timestamp};
use tempfile::TempDir;

use super::*;
use crate::store::conformance::{Fresh, Session as Writing, conformance_tests, start};
use crate::store::{Caller, Store};

struct Still(Timestamp);

impl Clock for Still {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// One of the nodes of a team, and what it was told.
struct Node {
    store: Arc<PostgresStore>,
    heard: Arc<Mutex<Vec<Item>>>,
    revoked: Arc<Mutex<Vec<DeviceId>>>,
    anew: Arc<Mutex<Vec<Seq>>>,
    _blobs: TempDir,
}

impl Node {
    /// Opens one that does not follow the others yet.
    async fn open(address: &str) -> Self {
        let (heard, revoked, anew) = (
            Arc::<Mutex<Vec<Item>>>::default(),
            Arc::<Mutex<Vec<DeviceId>>>::default(),
            Arc::<Mutex<Vec<Seq>>>::default(),
        );
        let (hears, ends, begins) = (Arc::clone(&heard), Arc::clone(&revoked), Arc::clone(&anew));
        let committed: Committed = Arc::new(move |commit| {
            // As an endpoint does it: ends first.
            ends.lock().unwrap().extend(commit.revoked);
            begins.lock().unwrap().extend(commit.anew);
            hears.lock().unwrap().extend(commit.items);
        });
        let blobs = tempfile::tempdir().unwrap();
        let store = PostgresStore::open(address, blobs.path().to_owned(), &Still(start()), committed).await;
        Self {
            store: Arc::new(store.unwrap()),
            heard,
            revoked,
            anew,
            _blobs: blobs,
        }
    }

    /// Opens one that follows the others.
    async fn following(address: &str) -> Self {
        let node = Self::open(address).await;
        node.store.follow();
        node
    }

    /// Lets it look so rarely that only what it is told by others can wake it.
    fn look_hardly_ever(&self) {
        let mut follower = self.store.follower.lock().unwrap();
        follower.as_mut().unwrap().look = Duration::from_hours(1);
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store) as Arc<dyn Store>
    }

    /// The same device of the same member, at this node.
    fn for_this(&self, session: &Writing) -> Writing {
        let mut session = session.clone();
        session.store = self.store();
        session
    }

    /// Seqs, in the order in which they were told.
    fn heard(&self) -> Vec<u64> {
        self.heard.lock().unwrap().iter().map(|item| item.seq).collect()
    }
}

/// Another device of the same member, at a node.
async fn another(node: &Node, session: &Writing, token: &str) -> Writing {
    let device = node
        .store
        .enrol(session.caller, "one of many", token, start())
        .await
        .unwrap();
    let mut other = node.for_this(session);
    other.caller = Caller {
        device,
        ..session.caller
    };
    other
}

/// Waits until something is so, which has no event of its own: for half a minute, and then says that it is not.
async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let waiting = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(30), waiting).await;
    assert!(waited.is_ok(), "{what}: it is not so");
}

fn fresh() -> Fresh {
    let opening = async {
        let database = Cluster::shared().database().await;
        let node = Node::open(&database.address()).await;
        Fresh {
            store: node.store(),
            heard: Arc::clone(&node.heard),
            _keep: Box::new((node, database)),
        }
    };
    tokio::task::block_in_place(|| Handle::current().block_on(opening))
}

conformance_tests!(fresh);

/// A database of its own, for one test.
async fn database() -> Database {
    Cluster::shared().database().await
}

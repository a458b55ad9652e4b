//! Databases of the tests' own, and somebody who may do everything in them.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::{Client, NoTls};

use super::cluster::Cluster;

impl Cluster {
    /// The one that tests share who do it no harm.
    pub(super) fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Somebody who may do everything in one of its databases.
    pub(super) async fn admin(&self, name: &str) -> Client {
        let connected = tokio_postgres::connect(&self.address(name), NoTls).await;
        let (client, connection) = connected.unwrap();
        tokio::spawn(connection);
        client
    }

    /// A new database, for as long as it is held.
    pub(super) async fn database(&'static self) -> Database {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("team_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let admin = self.admin("postgres").await;
        admin.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        Database { cluster: self, name }
    }
}

/// See [`Cluster::database`].
pub(super) struct Database {
    cluster: &'static Cluster,
    name: String,
}

impl Database {
    /// Its address.
    pub(super) fn address(&self) -> String {
        self.cluster.address(&self.name)
    }

    /// Somebody who may do everything in it.
    pub(super) async fn admin(&self) -> Client {
        self.cluster.admin(&self.name).await
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (address, name) = (self.cluster.address("postgres"), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let Ok((client, connection)) = tokio_postgres::connect(&address, NoTls).await else {
                    return;
                };
                tokio::spawn(connection);
                let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                let _ = client.batch_execute(&sql).await;
            });
        });
        let _ = dropping.join();
    }
}

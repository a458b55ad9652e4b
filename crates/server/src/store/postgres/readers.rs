//! Connections that read, a bounded number of them, and a bounded wait for one and for its answer.

use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use tokio::runtime::Handle;
use tokio_postgres::IsolationLevel;

use super::pool;
use super::session::Session;
use crate::store::sql::connection::Connection;
use crate::store::{StoreError, StoreResult};

/// See the module.
pub(super) struct Readers {
    pool: Pool,
    patience: Duration,
}

impl Readers {
    /// Those of this pool; whoever waits for an answer for `patience` is refused.
    pub(super) fn new(pool: Pool, patience: Duration) -> Self {
        Self { pool, patience }
    }

    /// Reads in one transaction: what is read belongs together.
    pub(super) async fn read<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(Connection<'_>) -> StoreResult<T> + Send + 'static,
    {
        let reading = async {
            let client = pool::take(&self.pool).await?;
            let runtime = Handle::current();
            tokio::task::spawn_blocking(move || read(&runtime, client, work))
                .await
                .unwrap_or_else(|error| Err(StoreError::Failed(error.to_string())))
        };
        let late = || StoreError::Failed("the database takes too long".to_owned());
        tokio::time::timeout(self.patience, reading)
            .await
            .unwrap_or_else(|_| Err(late()))
    }
}

fn read<T, F>(runtime: &Handle, mut client: Object, work: F) -> StoreResult<T>
where
    F: FnOnce(Connection<'_>) -> StoreResult<T>,
{
    let begun = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true);
    let (value, is_lost) = match Session::begin(runtime, begun.start()) {
        Ok(session) => (work((&session).into()), session.is_lost()),
        Err(error) => (Err(error.into()), true),
    };
    if is_lost {
        drop(Object::take(client));
    }
    value
}

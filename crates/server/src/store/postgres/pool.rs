//! Connections: a bounded number of them, with bounded waits, and none that an answer is still missing on.

use std::time::Duration;

use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, Timeouts,
};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::options::Options;
use crate::store::{StoreError, StoreResult};

/// How long a statement may take before the database gives it up.
const STATEMENT: Duration = Duration::from_secs(20);
/// How long one waits for another node to be done with its write.
const TURN: Duration = Duration::from_secs(10);
/// A node that says nothing for so long in the middle of a transaction loses it: others wait for it to end.
const SILENT: Duration = Duration::from_mins(1);

/// What is the same for all connections of one node. A commit that is answered is on the disk, whatever the database does
/// for others; where it waits for even more, as for a copy elsewhere, that stays.
pub(super) fn settings() -> String {
    format!(
        "SET statement_timeout = {}; SET lock_timeout = {}; SET idle_in_transaction_session_timeout = {};
         SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
        STATEMENT.as_millis(),
        TURN.as_millis(),
        SILENT.as_millis()
    )
}

/// At most `size` connections; whoever waits for one of them for `patience` is refused.
pub(super) fn pool(options: &Options, tls: &MakeRustlsConnect, size: usize, patience: Duration) -> StoreResult<Pool> {
    let manager = Manager::from_config(
        options.config.clone(),
        tls.clone(),
        ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        },
    );
    let set_up = Hook::async_fn(|client, _| {
        Box::pin(async move { client.batch_execute(&settings()).await.map_err(HookError::Backend) })
    });
    Pool::builder(manager)
        .max_size(size)
        .timeouts(Timeouts {
            wait: Some(patience),
            create: Some(patience),
            recycle: Some(patience),
        })
        .runtime(Runtime::Tokio1)
        .post_create(set_up)
        .build()
        .map_err(|error| StoreError::Failed(error.to_string()))
}

/// A connection that is free.
pub(super) async fn take(pool: &Pool) -> StoreResult<Object> {
    pool.get().await.map_err(|error| {
        StoreError::Failed(match error {
            PoolError::Timeout(_) => "the database has no connection free".to_owned(),
            PoolError::Backend(error) => words_of(&error),
            other => other.to_string(),
        })
    })
}

/// What is said of an error: never the values that it was about.
pub(super) fn words_of(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(told) => format!("{} ({})", told.message(), told.code().code()),
        None => {
            let because = std::error::Error::source(error).map(|source| format!(": {source}"));
            format!("{error}{}", because.unwrap_or_default())
        }
    }
}

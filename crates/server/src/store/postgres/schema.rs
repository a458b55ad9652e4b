//! The tables, and what every node does to them when it starts. Several may start at once, of two versions too: one after
//! the other looks what is there and adds what is missing. What a newer one has added stays and is not looked at.

use deadpool_postgres::Object;
use tokio_postgres::IsolationLevel;

use super::pool::words_of;
use crate::store::StoreError;

/// In the order in which they are applied. One that has landed is never edited, and each of them only adds.
const MIGRATIONS: [&str; 3] = [
    include_str!("../migrations/postgres/0001_first.sql"),
    include_str!("../migrations/postgres/0002_admin_acts.sql"),
    include_str!("../migrations/postgres/0003_sign_in.sql"),
];
/// Whoever looks after the tables holds this lock of the database.
const LOCK: i64 = 0x5a_4d_4f_56_01;

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Failed(words_of(&error))
    }
}

/// Whether the tables are those that this version needs.
pub(super) async fn is_of_this_version(client: &Object) -> Result<bool, StoreError> {
    let there = "SELECT to_regclass('migrations') IS NOT NULL";
    if !client.query_one(there, &[]).await?.try_get(0)? {
        return Ok(false);
    }
    let last = "SELECT coalesce(max(n), 0) FROM migrations";
    let last: i64 = client.query_one(last, &[]).await?.try_get(0)?;
    Ok(last == MIGRATIONS.len() as i64)
}

/// Brings the tables to what this version needs.
pub(super) async fn migrate(client: &mut Object) -> Result<(), StoreError> {
    let beginning = client
        .build_transaction()
        .isolation_level(IsolationLevel::ReadCommitted)
        .read_only(false);
    let transaction = beginning.start().await?;
    transaction
        .batch_execute(&format!(
            "SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock({LOCK});
             CREATE TABLE IF NOT EXISTS migrations (n BIGINT PRIMARY KEY)"
        ))
        .await?;
    let sql = "SELECT coalesce(max(n), 0) FROM migrations";
    let last: i64 = transaction.query_one(sql, &[]).await?.try_get(0)?;
    for (n, migration) in (1_i64..).zip(MIGRATIONS).filter(|(n, _)| *n > last) {
        transaction.batch_execute(migration).await?;
        transaction
            .execute("INSERT INTO migrations (n) VALUES ($1)", &[&n])
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

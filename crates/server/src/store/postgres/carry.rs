//! A PostgreSQL database as one end of a move.

use deadpool_postgres::{Object, Pool};
use tokio::runtime::Handle;

use super::lock::lock;
use super::options::Options;
use super::session::Session;
use super::{WRITE_PATIENCE, pool, schema, tls};
use crate::store::sql::connection::Connection;
use crate::store::{StoreError, StoreResult};

/// See the module.
pub(in crate::store) struct End {
    client: Object,
    _pool: Pool,
}

impl End {
    /// Opens the database at `address` to read from it. Nothing is changed, so it must be of this version.
    pub(in crate::store) async fn open_source(address: &str) -> StoreResult<Self> {
        let end = Self::open(address).await?;
        if schema::is_of_this_version(&end.client).await? {
            Ok(end)
        } else {
            Err(StoreError::Failed(
                "the database is of another version, or not of an endpoint; serve it once with this one".to_owned(),
            ))
        }
    }

    /// Opens the database at `address` and makes the tables in it that are missing.
    pub(in crate::store) async fn open_target(address: &str) -> StoreResult<Self> {
        let mut end = Self::open(address).await?;
        schema::migrate(&mut end.client).await?;
        Ok(end)
    }

    async fn open(address: &str) -> StoreResult<Self> {
        let options = Options::of(address)?;
        let pool = pool::pool(&options, &tls::connector(&options.trust)?, 1, WRITE_PATIENCE)?;
        let client = pool::take(&pool).await?;
        Ok(Self { client, _pool: pool })
    }

    /// Does `work` in one transaction while no endpoint writes, and keeps what it did if it succeeds. To be called on a
    /// thread for blocking work.
    pub(in crate::store) fn work<T, E: From<StoreError>>(
        &mut self,
        runtime: &Handle,
        work: impl FnOnce(Connection<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let session = Session::begin_writing(runtime, &mut self.client).map_err(StoreError::from)?;
        // One end waits for the other, and for as much as there is.
        let patient = session.run("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");
        patient.map_err(StoreError::from)?;
        lock(&session)?;
        let done = work(Connection::from(&session))?;
        session.commit().map_err(StoreError::from)?;
        Ok(done)
    }
}

/// Whether another endpoint is connected to it. A node that serves always is, by several connections.
pub(in crate::store) fn is_served(db: Connection<'_>) -> StoreResult<bool> {
    let others = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
        AND pid <> pg_backend_pid() AND application_name = current_setting('application_name'))";
    Ok(db.query_row(others, [], |row| row.get(0))?)
}

/// Goes on counting behind what was written with its numbers.
pub(in crate::store) fn count_on(db: Connection<'_>) -> StoreResult<()> {
    let sql = "SELECT table_name::text, column_name::text FROM information_schema.columns
               WHERE table_schema = current_schema() AND is_identity = 'YES'";
    let mut statement = db.prepare(sql)?;
    let counted = statement.query_map([], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))?;
    let counted: Vec<(String, String)> = counted.collect::<Result<_, _>>()?;
    for (table, column) in counted {
        let sql = format!(
            "SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'),
             (SELECT coalesce(max(\"{column}\"), 0) + 1 FROM \"{table}\"), false)"
        );
        db.query_row(&sql, [], |_| Ok(()))?;
    }
    Ok(())
}

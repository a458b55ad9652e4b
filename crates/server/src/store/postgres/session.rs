//! A transaction as the rules see it: they ask, and wait on a thread of their own until the answer is there.

use std::cell::Cell;
use std::time::Duration;

use deadpool_postgres::{Object, Transaction};
use tokio::runtime::Handle;
use tokio_postgres::types::ToSql;
use tokio_postgres::{IsolationLevel, Portal};

use super::pool::words_of;
use super::values::read;
use crate::store::sql::connection::{SqlError, SqlResult};
use crate::store::sql::value::Value;

/// How long an answer may take. Statements are given up before that by the database; this is for one that is not there any
/// more without having said so.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many rows are fetched at once where nobody knows how many are wanted.
const PIECE: i32 = 256;

/// There was no answer in time.
struct Silent;

fn silent() -> SqlError {
    SqlError::Failed("the database does not answer".to_owned())
}

/// Waits for an answer, for so long and no longer.
fn wait<T>(
    runtime: &Handle,
    asking: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<SqlResult<T>, Silent> {
    let answer = runtime.block_on(async { tokio::time::timeout(PATIENCE, asking).await });
    let told = |error: tokio_postgres::Error| SqlError::Failed(words_of(&error));
    answer.map(|answer| answer.map_err(told)).map_err(|_| Silent)
}

/// See the module. To be used on threads for blocking work only.
pub(in crate::store) struct Session<'c> {
    runtime: Handle,
    transaction: Transaction<'c>,
    is_lost: Cell<bool>,
}

impl<'c> Session<'c> {
    /// Begins a transaction. Where that fails, its connection is of no use to anybody any more.
    pub(super) fn begin(
        runtime: &Handle,
        beginning: impl Future<Output = Result<Transaction<'c>, tokio_postgres::Error>>,
    ) -> SqlResult<Self> {
        let begun = wait(runtime, beginning).unwrap_or_else(|Silent| Err(silent()))?;
        Ok(Self {
            runtime: runtime.clone(),
            transaction: begun,
            is_lost: Cell::new(false),
        })
    }

    /// Begins a transaction that writes, whatever the database has been set to: each statement is to see what was
    /// committed before it began, as by the node that had its turn before.
    pub(super) fn begin_writing(runtime: &Handle, client: &'c mut Object) -> SqlResult<Self> {
        let begun = client
            .build_transaction()
            .isolation_level(IsolationLevel::ReadCommitted)
            .read_only(false);
        Self::begin(runtime, begun.start())
    }

    fn wait<T>(&self, asking: impl Future<Output = Result<T, tokio_postgres::Error>>) -> SqlResult<T> {
        if self.is_lost.get() {
            return Err(silent());
        }
        wait(&self.runtime, asking).unwrap_or_else(|Silent| {
            self.is_lost.set(true);
            Err(silent())
        })
    }

    /// Whether an answer is missing: then the connection is of no use to anybody any more.
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost.get()
    }

    /// Does what needs no values.
    pub(in crate::store) fn run(&self, sql: &str) -> SqlResult<()> {
        self.wait(self.transaction.batch_execute(sql))
    }

    /// Prepares a statement, or finds it prepared.
    pub(in crate::store) fn prepare(&self, sql: &str) -> SqlResult<Prepared<'_>> {
        let statement = self.wait(self.transaction.prepare_cached(&sql.replace('?', "$")))?;
        Ok(Prepared {
            session: self,
            statement,
        })
    }

    /// Commits. When it fails, nobody knows whether it has.
    pub(super) fn commit(self) -> SqlResult<()> {
        let Self {
            runtime, transaction, ..
        } = self;
        wait(&runtime, transaction.commit()).unwrap_or_else(|Silent| Err(silent()))
    }
}

/// A statement that is prepared.
pub(in crate::store) struct Prepared<'s> {
    session: &'s Session<'s>,
    statement: tokio_postgres::Statement,
}

fn bound<'v>(values: &'v [Value<'v>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl Prepared<'_> {
    /// Does something, and tells how many rows it concerned.
    pub(in crate::store) fn execute(&self, values: &[Value<'_>]) -> SqlResult<usize> {
        let bound = bound(values);
        let done = self
            .session
            .wait(self.session.transaction.execute(&self.statement, &bound))?;
        Ok(done as usize)
    }

    /// All rows at once: for those of which there are few, or of which all are wanted.
    pub(in crate::store) fn all(&self, values: &[Value<'_>]) -> SqlResult<Found<'_>> {
        let bound = bound(values);
        let rows = self
            .session
            .wait(self.session.transaction.query(&self.statement, &bound))?;
        Ok(Found {
            session: self.session,
            more: None,
            ready: rows.into_iter(),
            present: None,
        })
    }

    /// The rows piece by piece, as many as are asked for.
    pub(in crate::store) fn in_pieces(&self, values: &[Value<'_>]) -> SqlResult<Found<'_>> {
        let bound = bound(values);
        let portal = self
            .session
            .wait(self.session.transaction.bind(&self.statement, &bound))?;
        Ok(Found {
            session: self.session,
            more: Some(portal),
            ready: Vec::new().into_iter(),
            present: None,
        })
    }
}

/// Rows that are still to be read.
pub(in crate::store) struct Found<'s> {
    session: &'s Session<'s>,
    /// Where more of them come from.
    more: Option<Portal>,
    ready: std::vec::IntoIter<tokio_postgres::Row>,
    present: Option<tokio_postgres::Row>,
}

impl Found<'_> {
    /// The next row.
    pub(in crate::store) fn next(&mut self) -> SqlResult<Option<&tokio_postgres::Row>> {
        self.present = self.ready.next();
        if self.present.is_none()
            && let Some(portal) = &self.more
        {
            let piece = self
                .session
                .wait(self.session.transaction.query_portal(portal, PIECE))?;
            if piece.len() < PIECE as usize {
                self.more = None;
            }
            self.ready = piece.into_iter();
            self.present = self.ready.next();
        }
        Ok(self.present.as_ref())
    }
}

/// What a column of a row holds.
pub(in crate::store) fn value_of(row: &tokio_postgres::Row, place: usize) -> SqlResult<Value<'_>> {
    read(row, place).map_err(|error| SqlError::Failed(words_of(&error)))
}

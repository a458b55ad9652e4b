//! The database as the rules see it: one surface over SQLite and whatever else keeps the same tables. Statements are
//! written once, with `?1` for the first value, in what all of them understand; what is special to one of them stays in
//! its own module.

use super::value::{FromSql, Params, Value};
pub(super) use super::value::{ToSql, params};
use crate::store::StoreError;
use crate::store::postgres::CLOCK;
use crate::store::postgres::session::{Found, Prepared, Session, value_of};

/// Why a statement did not give what was asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) enum SqlError {
    /// There is no such row.
    NoRow,
    /// The database fails, or holds what cannot be.
    Failed(String),
}

/// What a statement gives.
pub(in crate::store) type SqlResult<T> = Result<T, SqlError>;

impl From<SqlError> for StoreError {
    fn from(error: SqlError) -> Self {
        match error {
            SqlError::NoRow => Self::Failed("a row that must be there is missing".to_owned()),
            SqlError::Failed(why) => Self::Failed(why),
        }
    }
}

impl From<rusqlite::Error> for SqlError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Takes a row that is not there for an answer.
pub(super) trait OptionalExtension<T> {
    /// `None` when there is no such row.
    fn optional(self) -> SqlResult<Option<T>>;
}

impl<T> OptionalExtension<T> for SqlResult<T> {
    fn optional(self) -> SqlResult<Option<T>> {
        match self {
            Ok(found) => Ok(Some(found)),
            Err(SqlError::NoRow) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// A connection in the middle of a transaction.
#[derive(Clone, Copy)]
pub(in crate::store) enum Connection<'c> {
    /// A file of this computer.
    Sqlite(&'c rusqlite::Connection),
    /// A server.
    Postgres(&'c Session<'c>),
}

impl<'c> From<&'c Session<'c>> for Connection<'c> {
    fn from(session: &'c Session<'c>) -> Self {
        Self::Postgres(session)
    }
}

impl<'c> From<&'c rusqlite::Connection> for Connection<'c> {
    fn from(connection: &'c rusqlite::Connection) -> Self {
        Self::Sqlite(connection)
    }
}

impl<'c> Connection<'c> {
    /// Prepares a statement that is used once in a while.
    pub(in crate::store) fn prepare(self, sql: &str) -> SqlResult<Statement<'c>> {
        Ok(match self {
            Self::Sqlite(db) => Statement::Sqlite(db.prepare(sql)?),
            Self::Postgres(session) => Statement::Postgres(session.prepare(sql)?),
        })
    }

    /// Prepares a statement that is used all the time, or finds it prepared.
    pub(in crate::store) fn prepare_cached(self, sql: &str) -> SqlResult<Statement<'c>> {
        Ok(match self {
            Self::Sqlite(db) => Statement::SqliteKept(db.prepare_cached(sql)?),
            Self::Postgres(session) => Statement::Postgres(session.prepare(sql)?),
        })
    }

    /// By what devices are put in the order in which they came, also those of one millisecond.
    pub(super) fn order_of_arrival(self) -> &'static str {
        match self {
            Self::Sqlite(_) => "rowid",
            Self::Postgres(_) => "arrived",
        }
    }

    /// The clock that is one for all nodes, in milliseconds, as an expression. A file has none of its own, and is one
    /// node's; where it is shared all the same, [`crate::store::staged`] sets it.
    pub(in crate::store) fn clock(self) -> &'static str {
        match self {
            Self::Sqlite(_) => "(SELECT now FROM clock)",
            Self::Postgres(_) => CLOCK,
        }
    }

    /// Does what needs no values.
    pub(in crate::store) fn run(self, sql: &str) -> SqlResult<()> {
        match self {
            Self::Sqlite(db) => Ok(db.execute_batch(sql)?),
            Self::Postgres(session) => session.run(sql),
        }
    }

    /// Does something, and tells how many rows it concerned.
    pub(in crate::store) fn execute<P: Params>(self, sql: &str, params: P) -> SqlResult<usize> {
        self.prepare_cached(sql)?.execute(params)
    }

    /// Reads the first row.
    pub(in crate::store) fn query_row<T, P, F>(self, sql: &str, params: P, read: F) -> SqlResult<T>
    where
        P: Params,
        F: FnOnce(&Row<'_>) -> SqlResult<T>,
    {
        self.prepare_cached(sql)?.query_row(params, read)
    }
}

/// A statement that is prepared.
pub(in crate::store) enum Statement<'c> {
    /// For this once.
    Sqlite(rusqlite::Statement<'c>),
    /// Kept by its connection.
    SqliteKept(rusqlite::CachedStatement<'c>),
    /// Kept by its connection, too.
    Postgres(Prepared<'c>),
}

fn bound<'v>(values: &'v [Value<'v>]) -> impl rusqlite::Params + 'v {
    rusqlite::params_from_iter(values)
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::ValueRef;
        Ok(rusqlite::types::ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl Statement<'_> {
    /// Does something, and tells how many rows it concerned.
    pub(in crate::store) fn execute<P: Params>(&mut self, params: P) -> SqlResult<usize> {
        let values = params.values();
        Ok(match self {
            Self::Sqlite(statement) => statement.execute(bound(&values))?,
            Self::SqliteKept(statement) => statement.execute(bound(&values))?,
            Self::Postgres(statement) => statement.execute(&values)?,
        })
    }

    /// The rows that it finds, one after the other: about as many are read as are asked for.
    pub(in crate::store) fn query<P: Params>(&mut self, params: P) -> SqlResult<Rows<'_>> {
        let values = params.values();
        Ok(match self {
            Self::Sqlite(statement) => Rows::Sqlite(statement.query(bound(&values))?),
            Self::SqliteKept(statement) => Rows::Sqlite(statement.query(bound(&values))?),
            Self::Postgres(statement) => Rows::Postgres(statement.in_pieces(&values)?),
        })
    }

    /// The rows that it finds, all of which are wanted.
    fn query_all<P: Params>(&mut self, params: P) -> SqlResult<Rows<'_>> {
        match self {
            Self::Postgres(statement) => Ok(Rows::Postgres(statement.all(&params.values())?)),
            Self::Sqlite(_) | Self::SqliteKept(_) => self.query(params),
        }
    }

    /// Reads the first row.
    pub(in crate::store) fn query_row<T, P, F>(&mut self, params: P, read: F) -> SqlResult<T>
    where
        P: Params,
        F: FnOnce(&Row<'_>) -> SqlResult<T>,
    {
        match self.query_all(params)?.next()? {
            Some(row) => read(&row),
            None => Err(SqlError::NoRow),
        }
    }

    /// What is read from each row.
    pub(in crate::store) fn query_map<T, P, F>(
        &mut self,
        params: P,
        mut read: F,
    ) -> SqlResult<impl Iterator<Item = SqlResult<T>>>
    where
        P: Params,
        F: FnMut(&Row<'_>) -> SqlResult<T>,
    {
        let mut rows = self.query_all(params)?;
        Ok(std::iter::from_fn(move || match rows.next() {
            Ok(Some(row)) => Some(read(&row)),
            Ok(None) => None,
            Err(error) => Some(Err(error)),
        }))
    }
}

/// Rows that are still to be read.
pub(in crate::store) enum Rows<'s> {
    /// Of a file.
    Sqlite(rusqlite::Rows<'s>),
    /// Of a server.
    Postgres(Found<'s>),
}

impl Rows<'_> {
    /// The next row.
    pub(in crate::store) fn next(&mut self) -> SqlResult<Option<Row<'_>>> {
        Ok(match self {
            Self::Sqlite(rows) => rows.next()?.map(Row::Sqlite),
            Self::Postgres(rows) => rows.next()?.map(Row::Postgres),
        })
    }
}

/// A row that was found.
pub(in crate::store) enum Row<'r> {
    /// Of a file.
    Sqlite(&'r rusqlite::Row<'r>),
    /// Of a server.
    Postgres(&'r tokio_postgres::Row),
}

impl Row<'_> {
    /// What a column holds, counted from 0.
    pub(in crate::store) fn get<'s, T: FromSql<'s>>(&'s self, place: usize) -> SqlResult<T> {
        T::read(match self {
            Self::Postgres(row) => value_of(row, place)?,
            Self::Sqlite(row) => {
                use rusqlite::types::ValueRef;
                match row.get_ref(place)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(number) => Value::Integer(number),
                    ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                        Ok(text) => Value::Text(text),
                        Err(error) => return Err(SqlError::Failed(error.to_string())),
                    },
                    ValueRef::Blob(bytes) => Value::Blob(bytes),
                    ValueRef::Real(_) => return Err(SqlError::Failed("a column holds a fraction".to_owned())),
                }
            }
        })
    }
}

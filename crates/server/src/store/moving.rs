//! A team's rows from a folder into PostgreSQL, or back: all of them, in one transaction, compared before it is kept.

use std::path::Path;

use rusqlite::TransactionBehavior;
use samovar_domain::{BlobHash, TeamId};
use tokio::runtime::Handle;

use super::postgres::carry::{self as postgres, End as Postgres};
use super::sql::carry::Table;
use super::sql::connection::Connection;
use super::sql::{begin_epoch_of_moved, whole};
use super::sqlite::carry as sqlite;
use super::{StoreError, StoreResult};

/// One end of a move.
pub(crate) struct End(Kind);

enum Kind {
    /// The database in a folder.
    Folder(rusqlite::Connection),
    /// A PostgreSQL database.
    Postgres(Box<Postgres>),
}

impl End {
    /// The team in a folder, to be read.
    pub(crate) fn in_folder(folder: &Path) -> StoreResult<Self> {
        Ok(Self(Kind::Folder(sqlite::open_source(folder)?)))
    }

    /// A new database in a folder.
    pub(crate) fn new_in_folder(folder: &Path) -> StoreResult<Self> {
        Ok(Self(Kind::Folder(sqlite::make_target(folder)?)))
    }

    /// The team in a PostgreSQL database, to be read.
    pub(crate) async fn in_postgres(address: &str) -> StoreResult<Self> {
        Ok(Self(Kind::Postgres(Box::new(Postgres::open_source(address).await?))))
    }

    /// A PostgreSQL database to be written to.
    pub(crate) async fn to_postgres(address: &str) -> StoreResult<Self> {
        Ok(Self(Kind::Postgres(Box::new(Postgres::open_target(address).await?))))
    }

    fn work<T, E: From<StoreError>>(
        &mut self,
        runtime: &Handle,
        work: impl FnOnce(Connection<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match &mut self.0 {
            Kind::Postgres(end) => end.work(runtime, work),
            Kind::Folder(db) => {
                let transaction = db
                    .transaction_with_behavior(TransactionBehavior::Immediate)
                    .map_err(StoreError::from)?;
                let done = work((&*transaction).into())?;
                transaction.commit().map_err(StoreError::from)?;
                Ok(done)
            }
        }
    }

    /// Whether a team is there already, at what is to be a target. On a thread for blocking work.
    pub(crate) fn holds_a_team(&mut self, runtime: &Handle) -> StoreResult<bool> {
        self.work(runtime, |db| {
            Ok(db.query_row("SELECT EXISTS (SELECT 1 FROM team)", [], |row| row.get(0))?)
        })
    }

    /// Whose team is in it, and its photos. On a thread for blocking work.
    pub(crate) fn team(&mut self, runtime: &Handle) -> Result<(TeamId, Vec<BlobHash>), CarryError> {
        self.work(runtime, |db| {
            is_nobody_there(db)?;
            let found = whole::integrity(db)?;
            match found.team {
                Some(team) if found.faults.is_empty() => Ok((team, found.blobs)),
                _ => Err(StoreError::Failed(format!("the team is damaged: {}", found.faults.join("; "))).into()),
            }
        })
    }
}

/// Why rows were not carried. Nothing is at the target then.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CarryError {
    /// An endpoint is connected to where they come from.
    #[error("it is being served")]
    Served,
    /// There is something in this table of the target.
    #[error("there is something in {0} already")]
    NotEmpty(String),
    /// Something else.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A folder's lock is somebody else's to ask for.
fn is_nobody_there(from: Connection<'_>) -> Result<(), CarryError> {
    match from {
        Connection::Postgres(_) if postgres::is_served(from)? => Err(CarryError::Served),
        _ => Ok(()),
    }
}

/// Carries all rows from one end to the other, which must hold none, and begins a new epoch there. `tell` hears of each
/// table how many rows are there and how many it has. How many rows there were. On a thread for blocking work.
pub(crate) fn carry_over(
    runtime: &Handle,
    from: &mut End,
    to: &mut End,
    tell: &dyn Fn(&str, u64, u64),
) -> Result<u64, CarryError> {
    let tables = match (&from.0, &to.0) {
        (Kind::Folder(db), Kind::Postgres(_)) | (Kind::Postgres(_), Kind::Folder(db)) => sqlite::tables(db)?,
        _ => {
            let both = "a team is moved from a folder into PostgreSQL, or back".to_owned();
            return Err(StoreError::Failed(both).into());
        }
    };
    from.work(runtime, |from| {
        to.work(runtime, |to| {
            let rows = carry_all(from, to, &tables, tell)?;
            // Whoever came meanwhile serves what is not the team's place any more.
            is_nobody_there(from)?;
            Ok(rows)
        })
    })
}

fn carry_all(
    from: Connection<'_>,
    to: Connection<'_>,
    tables: &[Table],
    tell: &dyn Fn(&str, u64, u64),
) -> Result<u64, CarryError> {
    for table in tables {
        if table.count(to)? > 0 {
            return Err(CarryError::NotEmpty(table.name.clone()));
        }
    }
    let mut rows = 0;
    for table in tables {
        let all = table.count(from)?;
        let carried = table.carry(from, to, |so_far| tell(&table.name, so_far, all))?;
        let arrived = table.sum(to)?;
        if arrived != carried || carried.rows != all {
            let (name, arrived) = (&table.name, arrived.rows);
            let differs = format!("{name}: {arrived} of {all} rows arrived, or not as they were");
            return Err(StoreError::Failed(differs).into());
        }
        tell(&table.name, arrived.rows, all);
        rows += arrived.rows;
    }
    begin_epoch_of_moved(to)?;
    if let Connection::Postgres(_) = to {
        postgres::count_on(to)?;
    }
    Ok(rows)
}

#[cfg(test)]
mod tests;

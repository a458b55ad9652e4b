//! A folder's database as one end of a move.

use std::path::Path;

use rusqlite::Connection;

use super::{DATABASE, MIGRATIONS, connect, migrations};
use crate::store::sql::carry::Table;
use crate::store::{StoreError, StoreResult};

/// Opens the database in a folder to read from it. Nothing is changed, so it must be of this version.
pub(in crate::store) fn open_source(folder: &Path) -> StoreResult<Connection> {
    let db = connect(&folder.join(DATABASE))?;
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version == MIGRATIONS.len() as i64 {
        Ok(db)
    } else {
        Err(StoreError::Failed(
            "its database is of another version; serve it once with this one".to_owned(),
        ))
    }
}

/// Makes a database without a team in a folder.
pub(in crate::store) fn make_target(folder: &Path) -> StoreResult<Connection> {
    let mut db = connect(&folder.join(DATABASE))?;
    migrations()
        .to_latest(&mut db)
        .map_err(|error| StoreError::Failed(error.to_string()))?;
    Ok(db)
}

/// What one process tells another that has the file open, too. It is nothing of the team's, and means nothing elsewhere.
const OF_PROCESSES: &str = "revocations";

/// All tables that hold something of the team's, by their names.
pub(in crate::store) fn tables(db: &Connection) -> StoreResult<Vec<Table>> {
    let mut named = db.prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> ?1
         ORDER BY name",
    )?;
    let names: Vec<String> = named
        .query_map([OF_PROCESSES], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut columns = db.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
    let mut tables = Vec::new();
    for name in names {
        let columns = columns
            .query_map([&name], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        tables.push(Table { name, columns });
    }
    Ok(tables)
}

//! Whether the data is whole.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::StoreResult;
use crate::store::sql::whole::{self, Integrity};

/// Looks at the database in `file` without writing to it.
pub fn integrity(file: &Path) -> StoreResult<Integrity> {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut faults = Vec::new();
    let mut statement = db.prepare("PRAGMA integrity_check")?;
    let said: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    faults.extend(
        said.into_iter()
            .filter(|line| line != "ok")
            .map(|line| format!("the database is damaged: {line}")),
    );
    let mut found = whole::integrity((&db).into())?;
    faults.append(&mut found.faults);
    Ok(Integrity { faults, ..found })
}

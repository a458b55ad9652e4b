//! Whether the data is whole.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use samovar_domain::BlobHash;

use super::StoreResult;

/// What a look at the database found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integrity {
    /// What is wrong, in words.
    pub faults: Vec<String>,
    /// Photos that must be in the folder.
    pub blobs: Vec<BlobHash>,
}

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
    let beyond: i64 = db.query_row(
        "SELECT count(*) FROM items WHERE seq > (SELECT head FROM team)",
        [],
        |row| row.get(0),
    )?;
    if beyond > 0 {
        faults.push(format!("{beyond} items are beyond the head of the sequence"));
    }
    // The newest write is always there, unless its tombstone was purged.
    let is_headless: bool = db.query_row(
        "SELECT head > low_water AND NOT EXISTS (SELECT 1 FROM items WHERE seq = head) FROM team",
        [],
        |row| row.get(0),
    )?;
    if is_headless {
        faults.push("the item at the head of the sequence is missing".to_owned());
    }
    let unapplied: i64 = db.query_row(
        "SELECT count(*) FROM devices WHERE last_n <> (SELECT coalesce(max(n), last_n) FROM op_results WHERE device = id)",
        [],
        |row| row.get(0),
    )?;
    if unapplied > 0 {
        faults.push(format!("{unapplied} devices have ops whose results are missing"));
    }
    let dangling: i64 = db.query_row(
        "SELECT count(*) FROM blob_refs WHERE hash NOT IN (SELECT hash FROM blobs)",
        [],
        |row| row.get(0),
    )?;
    if dangling > 0 {
        faults.push(format!("{dangling} photos that items name are not known"));
    }
    let mut statement = db.prepare("SELECT hash FROM blobs")?;
    let hashes: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(Integrity {
        faults,
        blobs: hashes.iter().filter_map(|hash| hash.parse().ok()).collect(),
    })
}

//! Whether what the tables say fits together.

use samovar_domain::{BlobHash, TeamId};

use super::connection::{Connection, OptionalExtension as _};
use super::read;
use crate::store::StoreResult;

/// What a look at the database found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integrity {
    /// What is wrong, in words.
    pub faults: Vec<String>,
    /// Photos that must be there.
    pub blobs: Vec<BlobHash>,
    /// Whose data it is, if it is anybody's.
    pub team: Option<TeamId>,
}

/// Looks at all tables.
pub(in crate::store) fn integrity(db: Connection<'_>) -> StoreResult<Integrity> {
    let mut faults = Vec::new();
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
    let blobs = read::known_blobs(db)?;
    let team: Option<String> = db.query_row("SELECT id FROM team", [], |row| row.get(0)).optional()?;
    let team = team.and_then(|id| id.parse().ok());
    Ok(Integrity { faults, blobs, team })
}

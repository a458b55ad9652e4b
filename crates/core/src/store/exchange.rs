//! A database that cannot be used is exchanged for a new one, which has what could be saved of the outbox before it takes
//! the place. So a crash at any moment leaves the old one where it was, or is followed by the rest of the exchange when the
//! database is opened the next time. The old one stays beside it: what could not be read is there.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{StoreError, StoreResult, connect, in_one, outbox};

/// What the files beside a database end with.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

/// What the names of one that is being made, of one that is ready, and of one that was put aside go on with.
const MAKING: &str = ".making";
const READY: &str = ".ready-";
const DAMAGED: &str = ".damaged-";

fn with(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Where the new one is made.
fn making(path: &Path) -> PathBuf {
    with(path, MAKING)
}

/// Where it waits once it is whole; `stamp` tells the old one from those before.
fn ready(path: &Path, stamp: i64) -> PathBuf {
    with(path, &format!("{READY}{stamp}"))
}

fn failed(error: &io::Error) -> StoreError {
    StoreError::Failed(error.to_string())
}

/// Makes a new database with what can be read of the outbox of the one at `path`. The stamp under which it is ready: that
/// of an exchange that was begun before, when there is one.
pub(super) fn prepare(path: &Path, stamp: i64, patience: Duration) -> StoreResult<i64> {
    if let Some(begun) = begun(path) {
        return Ok(begun);
    }
    let salvaged = outbox::salvage(path);
    clear(path)?;
    let making = making(path);
    let mut connection = connect(&making, patience)?;
    in_one(&mut connection, |tx| outbox::put_back(tx, salvaged))?;
    // The last that closes a database empties its log into it.
    connection.close().map_err(|(_, error)| StoreError::from(error))?;
    std::fs::rename(&making, ready(path, stamp)).map_err(|error| failed(&error))?;
    Ok(stamp)
}

/// Removes what a crash has left of one that was being made.
pub(super) fn clear(path: &Path) -> StoreResult<()> {
    for suffix in BESIDE {
        match std::fs::remove_file(with(&making(path), suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(&error)),
            _ => {}
        }
    }
    Ok(())
}

/// The stamp of an exchange that was begun and not brought to its end.
pub(super) fn begun(path: &Path) -> Option<i64> {
    let start = format!("{}{READY}", path.file_name()?.to_str()?);
    let names = std::fs::read_dir(path.parent()?).ok()?;
    names
        .filter_map(Result::ok)
        .find_map(|entry| entry.file_name().to_str()?.strip_prefix(&start)?.parse().ok())
}

/// Whether a file of this name is what an exchange of the database of that name has put aside, or not brought to its end.
pub(super) fn is_of_one(name: &str, database: &str) -> bool {
    name.strip_prefix(database)
        .is_some_and(|rest| [MAKING, READY, DAMAGED].iter().any(|start| rest.starts_with(start)))
}

/// Puts the new one, which is ready, in the place of the old; where that lies now. Nobody may have it open.
pub(super) fn exchange(path: &Path, stamp: i64) -> StoreResult<PathBuf> {
    let aside = with(path, &format!("{DAMAGED}{stamp}"));
    for suffix in BESIDE {
        match std::fs::rename(with(path, suffix), with(&aside, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(&error)),
            _ => {}
        }
    }
    std::fs::rename(ready(path, stamp), path).map_err(|error| failed(&error))?;
    Ok(aside)
}

#[cfg(test)]
mod tests;

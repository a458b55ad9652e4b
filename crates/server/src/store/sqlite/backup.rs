//! A copy of the database as it is at one moment, while it is being served.

use std::path::Path;

use rusqlite::Connection;

use super::{StoreResult, connect};

/// Copies the database into the empty file `to`, in one read: however much is written meanwhile, it neither waits for
/// it nor begins again.
#[expect(clippy::disallowed_methods, reason = "this is the store that opens connections")]
pub(super) fn copy(from: &Path, to: &Path) -> StoreResult<()> {
    let source = connect(from)?;
    source.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    let target = Connection::open(to)?;
    // Whoever opens the copy begins a new epoch: desktops may know of things that came after it was made.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    target.execute("UPDATE team SET epoch = ''", [])?;
    target.close().map_err(|(_, error)| error)?;
    Ok(())
}

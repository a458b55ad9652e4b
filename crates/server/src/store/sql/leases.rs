//! Which of several nodes carries to mirrors: one at a time, by the clock of the database. Whoever carries keeps the lease
//! for longer than a call may take, so that one node's call has ended before another node makes it anew.

use super::connection::{Connection, params};
use crate::store::StoreResult;

/// For how long a lease is taken, in milliseconds: a call to a mirror takes 25 seconds at most.
const TAKEN_FOR: i64 = 60_000;
/// What is leased.
const MIRRORS: &str = "mirrors";

/// A node's name on leases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Holder(pub(in crate::store) String);

/// Takes the lease or keeps it for longer. `false` while it is another node's.
pub(super) fn take(db: Connection<'_>, holder: &Holder) -> StoreResult<bool> {
    let clock = db.clock();
    let sql = format!(
        "INSERT INTO leases (name, holder, until) VALUES (?1, ?2, {clock} + ?3)
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
         WHERE leases.holder = excluded.holder OR leases.until <= {clock}"
    );
    let taken = db
        .prepare_cached(&sql)?
        .execute(params![MIRRORS, holder.0, TAKEN_FOR])?;
    Ok(taken > 0)
}

/// Whether the lease is another node's just now.
pub(super) fn is_with_another(db: Connection<'_>, holder: &Holder) -> StoreResult<bool> {
    let clock = db.clock();
    let mut statement = db.prepare_cached(&format!(
        "SELECT EXISTS (SELECT 1 FROM leases WHERE name = ?1 AND holder <> ?2 AND until > {clock})"
    ))?;
    Ok(statement.query_row(params![MIRRORS, holder.0], |row| row.get(0))?)
}

/// Whether the lease is (still) this node's.
pub(super) fn is_held(db: Connection<'_>, holder: &Holder) -> StoreResult<bool> {
    let mut statement = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM leases WHERE name = ?1 AND holder = ?2)")?;
    Ok(statement.query_row(params![MIRRORS, holder.0], |row| row.get(0))?)
}

/// Gives the lease back, when the node ends.
pub(in crate::store) fn give_back(db: Connection<'_>, holder: &Holder) -> StoreResult<()> {
    db.execute("DELETE FROM leases WHERE holder = ?1", [&holder.0])?;
    Ok(())
}

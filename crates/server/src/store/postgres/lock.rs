//! What makes the writer of one node the only one of all nodes: a lock of the database, for as long as a transaction.

use super::session::Session;
use crate::store::StoreResult;

/// Whoever writes holds this lock of the database.
pub(super) const LOCK: i64 = 0x5a_4d_4f_56_02;

/// Waits for other nodes to be done; the lock goes with the transaction.
pub(super) fn lock(session: &Session<'_>) -> StoreResult<()> {
    Ok(session.run(&format!("SELECT pg_advisory_xact_lock({LOCK})"))?)
}

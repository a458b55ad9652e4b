//! Photos themselves, once a commit has made them useless.

use samovar_domain::BlobHash;

use super::connection::Connection;
use crate::blobs::Blobs;

/// Deletes the photos that no item names any more. A crash before this leaves photos without rows, which the daily sweep
/// finds. To be called in the turn to write: whoever brings one of them just now either has named it, and it stays, or
/// finds it gone when it is named, and keeps it again.
pub(in crate::store) fn drop_files(db: Connection<'_>, blobs: &dyn Blobs, dropped: &[BlobHash]) {
    let sql = "SELECT EXISTS (SELECT 1 FROM blobs WHERE hash = ?1)";
    let is_named = |blob: &BlobHash| db.query_row(sql, [blob.to_string()], |row| row.get(0)).unwrap_or(true);
    let useless: Vec<BlobHash> = dropped.iter().copied().filter(|blob| !is_named(blob)).collect();
    if !useless.is_empty() {
        blobs.delete(&useless);
    }
}

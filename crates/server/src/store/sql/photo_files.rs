//! The files of photos, once a commit has made them useless.

use std::path::Path;

use samovar_domain::BlobHash;

use super::connection::Connection;

/// Deletes the files of photos that no item names any more. A crash before this leaves files without rows, which the
/// daily sweep finds.
pub(in crate::store) fn drop_files(db: Connection<'_>, blobs: &Path, dropped: &[BlobHash]) {
    for blob in dropped {
        let sql = "SELECT EXISTS (SELECT 1 FROM blobs WHERE hash = ?1)";
        let is_named = db.query_row(sql, [blob.to_string()], |row| row.get(0)).unwrap_or(true);
        if !is_named {
            let _ = std::fs::remove_file(blobs.join(blob.to_string()));
        }
    }
}

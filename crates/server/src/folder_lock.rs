//! One folder is for one process.

use std::fs::File;
use std::path::Path;

use crate::private_files::make_folders;
use crate::server::StartError;

/// Keeps a folder to one process.
pub(crate) struct FolderLock(File);

impl Drop for FolderLock {
    fn drop(&mut self) {
        // A program that is being started at this moment has the file open, too, until it runs: closing is not enough.
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "the folder was not unlocked");
        }
    }
}

/// Makes the folder when it is not there, and holds it for this process alone.
pub(crate) fn lock(folder: &Path) -> Result<FolderLock, StartError> {
    let fail = |error| StartError::Folder {
        folder: folder.to_owned(),
        error,
    };
    make_folders(&folder.join("blobs")).map_err(fail)?;
    let file = File::options()
        .create(true)
        .write(true)
        .truncate(false)
        .open(folder.join("lock"))
        .map_err(fail)?;
    match file.try_lock() {
        Ok(()) => Ok(FolderLock(file)),
        Err(std::fs::TryLockError::WouldBlock) => Err(StartError::AlreadyServed(folder.to_owned())),
        Err(std::fs::TryLockError::Error(error)) => Err(fail(error)),
    }
}

//! Packing a backup beside a running endpoint: the database as it is at one moment, and every photo that it names.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use samovar_domain::Clock;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::operate::{OperateError, at, open_folder};
use crate::private_files::{make_file, make_folder};
use crate::state::new_secret;
use crate::store::{DATABASE, integrity};

/// How often the database is copied anew because a photo was deleted in the instant between the copy and its link.
const TRIES: usize = 10;

/// Packs database and photos into the new zip file `to`, as they are at one moment. See [`crate::operate::restore`].
pub async fn back_up(data: &Path, to: &Path, clock: &dyn Clock) -> Result<(), OperateError> {
    let store = open_folder(data, clock)?;
    if to.exists() {
        return Err(OperateError::Taken(to.display().to_string()));
    }
    let staged = Staged::new(data)?;
    let mut is_whole = false;
    for _ in 0..TRIES {
        make_file(&staged.database()).map_err(at(&staged.database()))?;
        store.back_up(staged.database()).await?;
        if staged.hold_photos(data)? {
            is_whole = true;
            break;
        }
        staged.clear()?;
    }
    if !is_whole {
        return Err(OperateError::TooBusy);
    }
    let mut partial = to.as_os_str().to_owned();
    partial.push(".part");
    let partial = PathBuf::from(partial);
    let packed = staged.pack(&partial);
    match packed {
        Ok(()) => std::fs::rename(&partial, to).map_err(at(to)),
        Err(error) => {
            let _ = std::fs::remove_file(&partial);
            Err(error)
        }
    }
}

/// A folder among the photos, so that a photo can be held there by a second name without being copied: what is deleted
/// while the backup is being packed is still in it. It is deleted with the value; what a killed backup leaves there goes
/// with the endpoint's daily sweep.
struct Staged(PathBuf);

impl Staged {
    fn new(data: &Path) -> Result<Self, OperateError> {
        let folder = data.join("blobs").join(format!(".backup-{}", new_secret()));
        make_folder(&folder).map_err(at(&folder))?;
        Ok(Self(folder))
    }

    fn database(&self) -> PathBuf {
        self.0.join(DATABASE)
    }

    fn clear(&self) -> Result<(), OperateError> {
        for entry in std::fs::read_dir(&self.0).map_err(at(&self.0))? {
            let path = entry.map_err(at(&self.0))?.path();
            std::fs::remove_file(&path).map_err(at(&path))?;
        }
        Ok(())
    }

    /// Holds every photo that the copied database names. `false` when one was deleted since the copy was made.
    fn hold_photos(&self, data: &Path) -> Result<bool, OperateError> {
        for blob in integrity(&self.database())?.blobs {
            let (from, to) = (data.join("blobs").join(blob.to_string()), self.0.join(blob.to_string()));
            // Not every file system knows second names.
            let held = std::fs::hard_link(&from, &to).or_else(|_| std::fs::copy(&from, &to).map(|_| ()));
            match held {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
                Err(error) => return Err(at(&from)(error)),
            }
        }
        Ok(true)
    }

    fn pack(&self, to: &Path) -> Result<(), OperateError> {
        let mut archive = zip::ZipWriter::new(make_file(to).map_err(at(to))?);
        let options = SimpleFileOptions::default().unix_permissions(0o600).large_file(true);
        let mut add = |name: &str, from: &Path, options| -> Result<(), OperateError> {
            archive.start_file(name, options).map_err(at(to))?;
            let mut file = File::open(from).map_err(at(from))?;
            io::copy(&mut file, &mut archive).map_err(at(to)).map(|_| ())
        };
        add(DATABASE, &self.database(), options)?;
        // Photos are compressed already.
        let stored = options.compression_method(CompressionMethod::Stored);
        for blob in integrity(&self.database())?.blobs {
            add(&format!("blobs/{blob}"), &self.0.join(blob.to_string()), stored)?;
        }
        archive
            .add_directory("blobs", options.unix_permissions(0o700))
            .map_err(at(to))?;
        archive.finish().map_err(at(to))?.sync_all().map_err(at(to))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "what a backup was made of could not be deleted");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_photo_that_is_deleted_while_it_is_packed_is_in_the_backup_and_one_before_is_told() {
        let data = tempfile::tempdir().unwrap();
        std::fs::create_dir(data.path().join("blobs")).unwrap();
        let (store, blob) = crate::store::with_one_photo(data.path()).await;
        let staged = Staged::new(data.path()).unwrap();
        make_file(&staged.database()).unwrap();
        store.back_up(staged.database()).await.unwrap();
        let photo = data.path().join("blobs").join(blob.to_string());
        assert!(!staged.hold_photos(data.path()).unwrap(), "it is not there");
        std::fs::write(&photo, b"cake").unwrap();
        assert!(staged.hold_photos(data.path()).unwrap());
        std::fs::remove_file(&photo).unwrap();
        let zip = data.path().join("backup.zip");
        staged.pack(&zip).unwrap();
        let mut archive = zip::ZipArchive::new(File::open(&zip).unwrap()).unwrap();
        let mut held = archive.by_name(&format!("blobs/{blob}")).unwrap();
        assert_eq!(io::read_to_string(&mut held).unwrap(), "cake");
        drop(held);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&zip).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let folder = staged.0.clone();
        drop(staged);
        assert!(!folder.exists());
    }
}

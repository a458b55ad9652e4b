//! Packing a backup beside a running endpoint: the database as it is at one moment, and every photo that it names.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use samovar_domain::{BlobHash, Clock};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::blobs::Blobs;
use crate::operate::{AT_ONCE, OperateError, Place, at, is_there, open_folder};
use crate::private_files::{make_file, make_folder};
use crate::server::staging;
use crate::state::new_secret;
use crate::store::{DATABASE, Store as _, integrity};

/// How often the database is copied anew because a photo was deleted in the instant between the copy and its link.
const TRIES: usize = 10;

/// Packs database and photos, wherever those lie, into the new zip file `to`, as they are at one moment. See
/// [`crate::operate::restore`].
pub async fn back_up(place: impl Into<Place<'_>>, to: &Path, clock: &dyn Clock) -> Result<(), OperateError> {
    let place = place.into();
    is_there(place.data)?;
    let photos = place.photos()?;
    let store = open_folder(place.data, place.photos()?, clock)?;
    photos.claim(store.team().await?.id).await?;
    if to.exists() {
        return Err(OperateError::Taken(to.display().to_string()));
    }
    let staged = Staged::in_folder(staging(&*photos, place.data)?.folder().unwrap_or(place.data))?;
    let mut is_whole = false;
    for _ in 0..TRIES {
        make_file(&staged.database()).map_err(at(&staged.database()))?;
        store.back_up(staged.database()).await?;
        if staged.hold_photos(&*photos).await? {
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
    fn in_folder(folder: &Path) -> Result<Self, OperateError> {
        let folder = folder.join(format!(".backup-{}", new_secret()));
        make_folder(&folder).map_err(at(&folder))?;
        Ok(Self(folder))
    }

    fn database(&self) -> PathBuf {
        self.0.join(DATABASE)
    }

    /// For another copy of the database. Photos that are held already stay so.
    fn clear(&self) -> Result<(), OperateError> {
        let database = self.database();
        std::fs::remove_file(&database).map_err(at(&database))
    }

    /// Holds every photo that the copied database names. `false` when one was deleted since the copy was made.
    async fn hold_photos(&self, photos: &dyn Blobs) -> Result<bool, OperateError> {
        let holding = stream::iter(integrity(&self.database())?.blobs).map(|blob| self.hold(photos, blob));
        holding
            .buffer_unordered(AT_ONCE)
            .try_fold(true, |all, held| async move { Ok(all && held) })
            .await
    }

    async fn hold(&self, photos: &dyn Blobs, blob: BlobHash) -> Result<bool, OperateError> {
        let to = self.0.join(blob.to_string());
        if to.exists() {
            return Ok(true);
        }
        let Some(folder) = photos.folder() else {
            let Some(bytes) = photos.get(blob).await? else {
                return Ok(false);
            };
            return std::fs::write(&to, bytes).map_err(at(&to)).map(|()| true);
        };
        let from = folder.join(blob.to_string());
        // Not every file system knows second names.
        let held = std::fs::hard_link(&from, &to).or_else(|_| std::fs::copy(&from, &to).map(|_| ()));
        match held {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(at(&from)(error)),
        }
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
    use crate::blobs::Folder;

    #[tokio::test]
    async fn a_photo_that_is_deleted_while_it_is_packed_is_in_the_backup_and_one_before_is_told() {
        let data = tempfile::tempdir().unwrap();
        std::fs::create_dir(data.path().join("blobs")).unwrap();
        let (store, blob) = crate::store::with_one_photo(data.path()).await;
        let photos = Folder::open(data.path().join("blobs")).unwrap();
        let staged = Staged::in_folder(photos.folder().unwrap()).unwrap();
        make_file(&staged.database()).unwrap();
        store.back_up(staged.database()).await.unwrap();
        let photo = data.path().join("blobs").join(blob.to_string());
        assert!(!staged.hold_photos(&photos).await.unwrap(), "it is not there");
        std::fs::write(&photo, b"cake").unwrap();
        assert!(staged.hold_photos(&photos).await.unwrap());
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

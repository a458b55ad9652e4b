//! Photos as files of a folder.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use samovar_domain::{BlobHash, TeamId};

use super::{BlobError, BlobResult, Blobs, Lying};
use crate::private_files::make_folders;
use crate::state::new_secret;

/// See the module.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl From<io::Error> for BlobError {
    fn from(error: io::Error) -> Self {
        Self::Unreachable(error.to_string())
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> BlobResult<T> {
    match samovar_blocking::run(work).await {
        Ok(done) => Ok(done?),
        Err(error) => Err(BlobError::Unreachable(error.to_string())),
    }
}

/// Nothing, where a file is not there.
fn found<T>(done: io::Result<T>) -> io::Result<Option<T>> {
    match done {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

impl Folder {
    /// Photos in this folder, which is made, for its owner only, when it is not there.
    pub fn open(folder: PathBuf) -> BlobResult<Self> {
        make_folders(&folder).map_err(|error| BlobError::Refused(format!("{}: {error}", folder.display())))?;
        Ok(Self(folder))
    }

    fn file(&self, hash: BlobHash) -> PathBuf {
        self.0.join(hash.to_string())
    }
}

/// Writes a file that is there whole or not at all, also after a power cut.
fn write(folder: &Path, file: &Path, hash: BlobHash, bytes: &[u8]) -> io::Result<()> {
    let partial = folder.join(format!(".{hash}.{}", new_secret()));
    let mut new = std::fs::File::create(&partial)?;
    let written = new.write_all(bytes).and_then(|()| new.sync_all());
    if let Err(error) = written.and_then(|()| std::fs::rename(&partial, file)) {
        let _ = std::fs::remove_file(&partial);
        return Err(error);
    }
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

#[async_trait]
impl Blobs for Folder {
    async fn claim(&self, _team: TeamId) -> BlobResult<()> {
        Ok(())
    }

    async fn put(&self, hash: BlobHash, bytes: Bytes) -> BlobResult<()> {
        let (folder, file) = (self.0.clone(), self.file(hash));
        blocking(move || {
            // The same photo again changes nothing.
            if found(std::fs::read(&file))?.is_some_and(|there| there == bytes) {
                return Ok(());
            }
            write(&folder, &file, hash, &bytes)
        })
        .await
    }

    async fn get(&self, hash: BlobHash) -> BlobResult<Option<Bytes>> {
        let file = self.file(hash);
        let bytes = blocking(move || found(std::fs::read(file))).await?;
        match bytes {
            Some(bytes) if BlobHash::of(&bytes) != hash => Err(BlobError::Damaged(hash)),
            bytes => Ok(bytes.map(Bytes::from)),
        }
    }

    async fn has(&self, hash: BlobHash) -> BlobResult<bool> {
        let file = self.file(hash);
        blocking(move || file.try_exists()).await
    }

    async fn list(&self) -> BlobResult<Vec<Lying>> {
        let folder = self.0.clone();
        let lying = move || {
            let mut lying = Vec::new();
            for entry in std::fs::read_dir(folder)? {
                let entry = entry?;
                let Some(hash) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
                    continue;
                };
                if let Some(age) = age(&entry)? {
                    lying.push(Lying { hash, age });
                }
            }
            Ok(lying)
        };
        blocking(lying).await
    }

    fn delete(&self, hashes: &[BlobHash]) {
        for hash in hashes {
            // What stays goes with the daily sweep.
            let _ = std::fs::remove_file(self.file(*hash));
        }
    }

    async fn tidy(&self, older_than: Duration) -> BlobResult<()> {
        let folder = self.0.clone();
        let tidying = move || {
            for entry in std::fs::read_dir(folder)? {
                let entry = entry?;
                let is_photo = entry
                    .file_name()
                    .to_str()
                    .is_some_and(|name| name.parse::<BlobHash>().is_ok());
                if is_photo || age(&entry)?.is_none_or(|age| age <= older_than) {
                    continue;
                }
                // A folder is what a backup that was killed held.
                if entry.file_type()?.is_dir() {
                    std::fs::remove_dir_all(entry.path())?;
                } else {
                    std::fs::remove_file(entry.path())?;
                }
            }
            Ok(())
        };
        blocking(tidying).await
    }

    fn folder(&self) -> Option<&Path> {
        Some(&self.0)
    }

    fn describe(&self) -> String {
        let path = std::fs::canonicalize(&self.0).unwrap_or_else(|_| self.0.clone());
        path.display().to_string()
    }
}

/// For how long an entry has been there; `None` when it went meanwhile.
fn age(entry: &std::fs::DirEntry) -> io::Result<Option<Duration>> {
    let modified = found(entry.metadata().and_then(|about| about.modified()))?;
    Ok(modified.map(|modified| modified.elapsed().unwrap_or_default()))
}

//! Photos on this computer: those that wait to go up, and a bounded cache of those that were looked at.

use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use samovar_domain::BlobHash;

/// The most that the cache holds, in bytes; photos that exist nowhere else do not count and are never dropped.
const CACHE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// The folder of photos. Files are named by their hash; a small picture made here has `.small` behind it.
#[derive(Debug, Clone)]
pub(crate) struct PhotoFolder {
    folder: PathBuf,
    /// The most bytes that the cache holds.
    cache_bytes_max: u64,
}

/// Counts the files that are being written, so that each has a name of its own.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

impl PhotoFolder {
    /// In this profile.
    pub(crate) fn open(profile: &Path) -> std::io::Result<Self> {
        let folder = profile.join("photos");
        crate::core::make_private(&folder)?;
        Ok(Self {
            folder,
            cache_bytes_max: CACHE_BYTES_MAX,
        })
    }

    /// Where the photo lies, whether it is there or not.
    pub(crate) fn path(&self, blob: BlobHash) -> PathBuf {
        self.folder.join(blob.to_string())
    }

    /// Where the small picture made here of a photo lies.
    pub(crate) fn small_path(&self, blob: BlobHash) -> PathBuf {
        self.folder.join(format!("{blob}.small"))
    }

    /// Stores bytes under a name; durable when it returns. Storing the same again is cheap. What could not be stored
    /// leaves nothing behind.
    pub(crate) fn store(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        if path.exists() {
            return Ok(());
        }
        let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let partial = path.with_extension(format!("part-{}-{number}", std::process::id()));
        let write = || {
            let mut file = std::fs::File::create(&partial)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            drop(file);
            std::fs::rename(&partial, path)
        };
        if let Err(error) = write() {
            let _ = std::fs::remove_file(&partial);
            return Err(error);
        }
        #[cfg(unix)]
        std::fs::File::open(&self.folder)?.sync_all()?;
        Ok(())
    }

    /// The bytes of a file; `None` when it is not here.
    pub(crate) fn read(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Drops all of them. Nothing may be stored meanwhile.
    pub(crate) fn empty(&self) -> std::io::Result<()> {
        for entry in std::fs::read_dir(&self.folder)? {
            std::fs::remove_file(entry?.path())?;
        }
        Ok(())
    }

    /// Drops photos that nobody needs here: those that are not in `wanted`, and the oldest beyond the bound. Photos in
    /// `pinned` exist nowhere else and stay. Nothing may be stored meanwhile.
    pub(crate) fn sweep(&self, wanted: &HashSet<BlobHash>, pinned: &HashSet<BlobHash>) -> std::io::Result<()> {
        let mut kept = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let Ok(blob) = name.split('.').next().unwrap_or(name).parse::<BlobHash>() else {
                continue;
            };
            if pinned.contains(&blob) {
                continue;
            }
            let facts = entry.metadata()?;
            if wanted.contains(&blob) {
                kept.push((facts.modified()?, facts.len(), entry.path()));
            } else {
                std::fs::remove_file(entry.path())?;
            }
        }
        kept.sort_by_key(|(modified, _, _)| std::cmp::Reverse(*modified));
        let mut total = 0;
        for (_, bytes, path) in kept {
            total += bytes;
            if total > self.cache_bytes_max {
                std::fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_that_exists_nowhere_else_survives_every_sweep() {
        let profile = tempfile::tempdir().unwrap();
        let photos = PhotoFolder::open(profile.path()).unwrap();
        let (own, shown, over) = (BlobHash::of(b"own"), BlobHash::of(b"shown"), BlobHash::of(b"over"));
        for (blob, bytes) in [(own, b"own".as_slice()), (shown, b"shown"), (over, b"over")] {
            photos.store(&photos.path(blob), bytes).unwrap();
        }
        photos.sweep(&HashSet::from([shown]), &HashSet::from([own])).unwrap();
        assert!(photos.path(own).exists() && photos.path(shown).exists());
        assert!(!photos.path(over).exists(), "an expired photo leaves this computer");
    }

    #[test]
    fn the_cache_holds_no_more_than_it_may_and_drops_the_oldest() {
        let profile = tempfile::tempdir().unwrap();
        let photos = PhotoFolder {
            cache_bytes_max: 25,
            ..PhotoFolder::open(profile.path()).unwrap()
        };
        let bytes: Vec<[u8; 10]> = (0..4).map(|number| [number; 10]).collect();
        let blobs: Vec<BlobHash> = bytes.iter().map(|bytes| BlobHash::of(bytes)).collect();
        for (age, (blob, bytes)) in blobs.iter().zip(&bytes).enumerate() {
            let path = photos.path(*blob);
            photos.store(&path, bytes).unwrap();
            let at = std::time::UNIX_EPOCH + std::time::Duration::from_secs(age as u64);
            std::fs::File::options()
                .write(true)
                .open(path)
                .unwrap()
                .set_modified(at)
                .unwrap();
        }
        photos.sweep(&blobs.iter().copied().collect(), &HashSet::new()).unwrap();
        let kept: Vec<bool> = blobs.iter().map(|blob| photos.path(*blob).exists()).collect();
        assert_eq!(kept, [false, false, true, true]);
    }
}

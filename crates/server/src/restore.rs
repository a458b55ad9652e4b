//! Unpacking a backup into a folder of its own: all of it and sound, or nothing.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use samovar_domain::{BlobHash, Clock};
use samovar_pictures::MAX_SHARED_BYTES;
use zip::ZipArchive;

use crate::blobs::{BlobPlace, Blobs, Folder};
use crate::operate::{AT_ONCE, OperateError, Place, at, check};
use crate::private_files::{make_file, make_folder};
use crate::state::new_secret;
use crate::store::{DATABASE, integrity};

/// Where photos lie in a backup, and in a folder of data.
const BLOBS: &str = "blobs/";

/// Unpacks the backup `from` into a folder which is not there yet or empty, and checks it as `check` does; how many photos
/// there were. Until all of it is there and sound, the folder stays as it is. Photos that lie elsewhere are put there before;
/// others that lie there stay. Served from there, it begins a new epoch: desktops
/// fetch the team anew and send what they have of their own and the backup does not.
pub async fn restore(from: &Path, to: impl Into<Place<'_>>, clock: &dyn Clock) -> Result<usize, OperateError> {
    let to = to.into();
    let data = to.data;
    if !is_free(data).map_err(at(data))? {
        return Err(OperateError::NotEmpty(data.display().to_string()));
    }
    let staged = Staged::beside(data)?;
    let photos = unpack(from, &staged.0)?;
    let faults = check((&staged.0).into(), clock).await?;
    if !faults.is_empty() {
        return Err(OperateError::Unsound(from.display().to_string(), faults.join("; ")));
    }
    if to.blobs.place.is_some() {
        put_elsewhere(&staged.0, to.blobs).await?;
    }
    staged.put_at(data)?;
    Ok(photos)
}

/// Puts the photos that were unpacked where they are to lie.
async fn put_elsewhere(staged: &Path, place: &BlobPlace) -> Result<(), OperateError> {
    let (from, to) = (Folder::open(staged.join("blobs"))?, place.open(staged)?);
    let found = integrity(&staged.join(DATABASE))?;
    if let Some(team) = found.team {
        to.claim(team).await?;
    }
    let (from, to) = (&from, &*to);
    let putting = stream::iter(found.blobs).map(|blob| async move {
        if let Some(bytes) = from.get(blob).await? {
            to.put(blob, bytes).await?;
        }
        from.delete(&[blob]);
        Ok(())
    });
    putting.buffer_unordered(AT_ONCE).try_collect().await
}

/// Whether nothing is there.
fn is_free(folder: &Path) -> io::Result<bool> {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Unpacks what a backup has, and nothing else, into an empty folder.
fn unpack(from: &Path, to: &Path) -> Result<usize, OperateError> {
    let no_backup = |why: &str| OperateError::NoBackup(from.display().to_string(), why.to_owned());
    let file = File::open(from).map_err(at(from))?;
    let mut archive = ZipArchive::new(file).map_err(|error| no_backup(&error.to_string()))?;
    make_folder(&to.join("blobs")).map_err(at(to))?;
    let (mut photos, mut has_database) = (0, false);
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|error| no_backup(&error.to_string()))?;
        // A name is never followed, only recognised: so none leads out of the folder.
        let name = entry.name().to_owned();
        let (target, most) = if name == DATABASE {
            has_database = true;
            (to.join(DATABASE), u64::MAX)
        } else if name == BLOBS {
            continue;
        } else if let Some(blob) = name.strip_prefix(BLOBS).and_then(|hash| hash.parse::<BlobHash>().ok()) {
            photos += 1;
            (to.join("blobs").join(blob.to_string()), MAX_SHARED_BYTES as u64)
        } else {
            return Err(no_backup(&format!("{name:?} is no part of one")));
        };
        let mut file = make_file(&target).map_err(at(&target))?;
        let copied = io::copy(&mut entry.by_ref().take(most), &mut file);
        copied.map_err(|error| no_backup(&format!("{name}: {error}")))?;
        if entry.size() > most {
            return Err(no_backup(&format!("{name} is larger than a photo can be")));
        }
        file.sync_all().map_err(at(&target))?;
    }
    if has_database {
        Ok(photos)
    } else {
        Err(no_backup("there is no database in it"))
    }
}

/// A folder beside the one that is to be, on the same disk. It is deleted with the value, unless it was put in place.
struct Staged(PathBuf);

impl Staged {
    fn beside(data: &Path) -> Result<Self, OperateError> {
        let mut name = data.as_os_str().to_owned();
        name.push(format!(".restoring-{}", &new_secret()[..8]));
        let folder = PathBuf::from(name);
        make_folder(&folder).map_err(at(&folder))?;
        Ok(Self(folder))
    }

    fn put_at(&self, data: &Path) -> Result<(), OperateError> {
        // An empty folder in its place goes; one in which something has appeared meanwhile does not.
        match std::fs::remove_dir(data) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at(data)(error)),
        }
        std::fs::rename(&self.0, data).map_err(at(data))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "what was unpacked could not be deleted");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(folder: &Path, entries: &[(&str, &[u8])]) -> PathBuf {
        let file = folder.join("backup.zip");
        let mut archive = zip::ZipWriter::new(File::create(&file).unwrap());
        for (name, bytes) in entries {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap();
        file
    }

    async fn refusal(entries: &[(&str, &[u8])]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = zipped(folder.path(), entries);
        let refused = restore(&file, &folder.path().join("data"), &samovar_domain::SystemClock).await;
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().flatten().collect();
        assert_eq!(left.len(), 1, "nothing but the file is there: {left:?}");
        refused
            .unwrap_err()
            .to_string()
            .replace(&*file.to_string_lossy(), "FILE")
    }

    #[tokio::test]
    async fn what_is_no_backup_leaves_nothing_behind() {
        let none = "FILE is no backup that can be used: ";
        assert_eq!(refusal(&[]).await, format!("{none}there is no database in it"));
        let out = refusal(&[(DATABASE, b""), ("../../evil", b"x")]).await;
        assert_eq!(out, format!("{none}\"../../evil\" is no part of one"));
        let out = refusal(&[(DATABASE, b""), ("blobs/../../evil", b"x")]).await;
        assert_eq!(out, format!("{none}\"blobs/../../evil\" is no part of one"));
        let photo = format!("blobs/{}", BlobHash::of(b"cake"));
        let large = vec![0; MAX_SHARED_BYTES + 1];
        let out = refusal(&[(DATABASE, b""), (&photo, &large)]).await;
        assert_eq!(out, format!("{none}{photo} is larger than a photo can be"));
        let garbage = refusal(&[(DATABASE, &[7; 4096])]).await;
        assert!(!garbage.is_empty());
    }
}

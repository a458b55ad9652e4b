//! What an operator does beside a running endpoint: invites, backups, checks.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use samovar_domain::{BlobHash, Clock};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::server::ADDRESS_FILE;
use crate::state::{hash_secret, new_secret};
use crate::store::{DATABASE, NewInvite, SqliteStore, Store as _, StoreError, integrity};

/// Why an operator's command failed.
#[derive(Debug, thiserror::Error)]
pub enum OperateError {
    /// There is no endpoint's data in the folder.
    #[error("there is no endpoint's data in {0}; start 'samovar-server serve --data {0}' once")]
    NoData(String),
    /// The place for the backup is taken.
    #[error("{0} is there already; a backup never writes over anything, choose another name")]
    Taken(String),
    /// A file cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn at<E: Into<std::io::Error>>(path: &Path) -> impl FnOnce(E) -> OperateError {
    let path = path.display().to_string();
    move |error| OperateError::File {
        path,
        error: error.into(),
    }
}

fn open(data: &Path, clock: &dyn Clock) -> Result<SqliteStore, OperateError> {
    if !data.join(DATABASE).exists() {
        return Err(OperateError::NoData(data.display().to_string()));
    }
    Ok(SqliteStore::open(data, clock, Arc::new(|_| {}))?)
}

/// Makes an invite, and returns its link. Without `public_url`, the link is made with the address that the endpoint was
/// last served at. While the team has no owner, the invite makes one.
pub async fn invite(
    data: &Path,
    public_url: Option<&str>,
    uses: u32,
    hours: u32,
    clock: &dyn Clock,
) -> Result<String, OperateError> {
    let store = open(data, clock)?;
    let address = data.join(ADDRESS_FILE);
    let public_url = match public_url {
        Some(url) => url.to_owned(),
        None => std::fs::read_to_string(&address).map_err(at(&address))?,
    };
    let secret = new_secret();
    let expires_at = clock.now().plus_minutes(i64::from(hours) * 60);
    let is_owner = !store.has_owner().await?;
    let invite = NewInvite {
        token_hash: hash_secret(&secret),
        maker: None,
        is_owner,
        uses,
        expires_at,
    };
    store.add_invite(invite, clock.now()).await?;
    Ok(format!("{}/join/{secret}", public_url.trim().trim_end_matches('/')))
}

/// Packs database and photos into the new zip file `to`, as they are at one moment. To restore, unpack it into an empty
/// folder and serve that: it begins a new epoch, so that desktops sync anew.
pub async fn back_up(data: &Path, to: &Path, clock: &dyn Clock) -> Result<(), OperateError> {
    let store = open(data, clock)?;
    if to.exists() {
        return Err(OperateError::Taken(to.display().to_string()));
    }
    let beside = |suffix: &str| {
        let mut name = to.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let (copy, partial) = (beside(".db.part"), beside(".part"));
    let packed = match store.back_up(copy.clone()).await {
        Ok(()) => pack(data, &copy, &partial),
        Err(error) => Err(error.into()),
    };
    let _ = std::fs::remove_file(&copy);
    match packed {
        Ok(()) => std::fs::rename(&partial, to).map_err(at(to)),
        Err(error) => {
            let _ = std::fs::remove_file(&partial);
            Err(error)
        }
    }
}

/// Photos are packed after the database. One that has ended in between is missing, as its item will be once the backup
/// is served: whatever is over by then is ended first.
fn pack(data: &Path, database: &Path, to: &Path) -> Result<(), OperateError> {
    let mut archive = zip::ZipWriter::new(File::create_new(to).map_err(at(to))?);
    let options = SimpleFileOptions::default().unix_permissions(0o600).large_file(true);
    archive.start_file(DATABASE, options).map_err(at(to))?;
    std::io::copy(&mut File::open(database).map_err(at(database))?, &mut archive).map_err(at(to))?;
    archive
        .add_directory("blobs", options.unix_permissions(0o700))
        .map_err(at(to))?;
    for blob in integrity(database)?.blobs {
        let path = data.join("blobs").join(blob.to_string());
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(at(&path)(error)),
        };
        // Photos are compressed already.
        let options = options.compression_method(CompressionMethod::Stored);
        archive.start_file(format!("blobs/{blob}"), options).map_err(at(to))?;
        archive.write_all(&bytes).map_err(at(to))?;
    }
    archive.finish().map_err(at(to))?.sync_all().map_err(at(to))
}

/// What is wrong with the data, in words; nothing when all is well. Reads only, also while it is served.
pub fn check(data: &Path) -> Result<Vec<String>, OperateError> {
    let database = data.join(DATABASE);
    if !database.exists() {
        return Err(OperateError::NoData(data.display().to_string()));
    }
    let found = integrity(&database)?;
    let mut faults = found.faults;
    for blob in found.blobs {
        match std::fs::read(data.join("blobs").join(blob.to_string())) {
            Ok(bytes) if BlobHash::of(&bytes) == blob => {}
            Ok(_) => faults.push(format!("photo {blob} does not have the bytes that it is named by")),
            Err(error) => faults.push(format!("photo {blob} cannot be read: {error}")),
        }
    }
    Ok(faults)
}

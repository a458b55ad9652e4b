//! What an operator does beside a running endpoint: invites, backups, checks.

use std::path::Path;
use std::sync::Arc;

use samovar_domain::{BlobHash, Clock};

pub use crate::backup::back_up;
pub use crate::restore::restore;
use crate::server::ADDRESS_FILE;
use crate::state::{hash_secret, new_secret};
use crate::store::{DATABASE, NewInvite, PostgresStore, SqliteStore, Store, StoreError, integrity};

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
    /// Something is where a backup is to go.
    #[error("{0} is not empty; a backup is restored into a folder of its own, choose another name")]
    NotEmpty(String),
    /// The file is no backup.
    #[error("{0} is no backup that can be used: {1}")]
    NoBackup(String, String),
    /// What was unpacked is not as it was.
    #[error("{0} is damaged, and nothing of it was kept: {1}")]
    Unsound(String, String),
    /// Photos went faster than they could be packed.
    #[error("photos are being deleted faster than they can be packed; try again in a moment")]
    TooBusy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

pub(crate) fn at<E: Into<std::io::Error>>(path: &Path) -> impl FnOnce(E) -> OperateError {
    let path = path.display().to_string();
    move |error| OperateError::File {
        path,
        error: error.into(),
    }
}

/// Where an endpoint's data is.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The folder.
    pub data: &'a Path,
    /// The address of the PostgreSQL database in the place of the one in the folder, when there is one.
    pub database: Option<&'a str>,
}

pub(crate) fn open_folder(data: &Path, clock: &dyn Clock) -> Result<SqliteStore, OperateError> {
    if !data.join(DATABASE).exists() {
        return Err(OperateError::NoData(data.display().to_string()));
    }
    Ok(SqliteStore::open_beside(data, clock)?)
}

async fn open_database(place: Place<'_>, address: &str, clock: &dyn Clock) -> Result<PostgresStore, OperateError> {
    let blobs = place.data.join("blobs");
    Ok(PostgresStore::open(address, blobs, clock, Arc::new(|_| {})).await?)
}

pub(crate) async fn open(place: Place<'_>, clock: &dyn Clock) -> Result<Arc<dyn Store>, OperateError> {
    Ok(match place.database {
        None => Arc::new(open_folder(place.data, clock)?),
        Some(address) => Arc::new(open_database(place, address, clock).await?),
    })
}

/// Makes an invite, and returns its link. Without `public_url`, the link is made with the address that the endpoint was
/// last served at. While the team has no owner, the invite makes one.
pub async fn invite(
    place: Place<'_>,
    public_url: Option<&str>,
    uses: u32,
    hours: u32,
    clock: &dyn Clock,
) -> Result<String, OperateError> {
    let store = open(place, clock).await?;
    let address = place.data.join(ADDRESS_FILE);
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

/// What is wrong with the data, in words; nothing when all is well. Reads only, also while it is served.
pub async fn check(place: Place<'_>, clock: &dyn Clock) -> Result<Vec<String>, OperateError> {
    let found = match place.database {
        Some(address) => open_database(place, address, clock).await?.integrity().await?,
        None => {
            let database = place.data.join(DATABASE);
            if !database.exists() {
                return Err(OperateError::NoData(place.data.display().to_string()));
            }
            integrity(&database)?
        }
    };
    let mut faults = found.faults;
    for blob in found.blobs {
        match std::fs::read(place.data.join("blobs").join(blob.to_string())) {
            Ok(bytes) if BlobHash::of(&bytes) == blob => {}
            Ok(_) => faults.push(format!("photo {blob} does not have the bytes that it is named by")),
            Err(error) => faults.push(format!("photo {blob} cannot be read: {error}")),
        }
    }
    Ok(faults)
}

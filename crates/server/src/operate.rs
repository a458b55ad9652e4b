//! What an operator does beside a running endpoint: invites, backups, checks.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use samovar_domain::{BlobHash, Clock};

pub use crate::backup::back_up;
use crate::blobs::{BlobError, BlobPlace, Blobs};
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
    /// The photos cannot be had or kept.
    #[error("{0}; nothing was changed, try again when that is put right")]
    Blobs(#[from] BlobError),
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
    /// Where its photos lie.
    pub blobs: &'a BlobPlace,
}

/// Photos in the folder of the data, as they are when nothing else is said.
const IN_THE_FOLDER: &BlobPlace = &BlobPlace::IN_THE_FOLDER;

impl<'a> From<&'a Path> for Place<'a> {
    fn from(data: &'a Path) -> Self {
        Self {
            data,
            database: None,
            blobs: IN_THE_FOLDER,
        }
    }
}

impl<'a> From<&'a PathBuf> for Place<'a> {
    fn from(data: &'a PathBuf) -> Self {
        data.as_path().into()
    }
}

impl Place<'_> {
    /// Its photos.
    pub(crate) fn photos(self) -> Result<Arc<dyn Blobs>, OperateError> {
        Ok(self.blobs.open(self.data)?)
    }
}

/// That there is an endpoint's data in a folder, which must not be made by asking for it.
pub(crate) fn is_there(data: &Path) -> Result<(), OperateError> {
    if data.join(DATABASE).exists() {
        Ok(())
    } else {
        Err(OperateError::NoData(data.display().to_string()))
    }
}

pub(crate) fn open_folder(data: &Path, blobs: Arc<dyn Blobs>, clock: &dyn Clock) -> Result<SqliteStore, OperateError> {
    Ok(SqliteStore::open_beside(data, blobs, clock)?)
}

async fn open_database(place: Place<'_>, address: &str, clock: &dyn Clock) -> Result<PostgresStore, OperateError> {
    Ok(PostgresStore::open(address, place.photos()?, clock, Arc::new(|_| {})).await?)
}

pub(crate) async fn open(place: Place<'_>, clock: &dyn Clock) -> Result<Arc<dyn Store>, OperateError> {
    Ok(match place.database {
        None => {
            is_there(place.data)?;
            Arc::new(open_folder(place.data, place.photos()?, clock)?)
        }
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
            is_there(place.data)?;
            integrity(&place.data.join(DATABASE))?
        }
    };
    let mut faults = found.faults;
    let photos = place.photos()?;
    if let Some(team) = found.team {
        photos.claim(team).await?;
    }
    faults.extend(damaged(&*photos, found.blobs).await?);
    Ok(faults)
}

/// How many photos are on their way at the same time.
pub(crate) const AT_ONCE: usize = 8;

/// What is wrong with photos that must be there, in words.
async fn damaged(photos: &dyn Blobs, blobs: Vec<BlobHash>) -> Result<Vec<String>, BlobError> {
    let looking = stream::iter(blobs).map(|blob| async move {
        match photos.get(blob).await {
            Ok(Some(_)) => Ok(None),
            Ok(None) => Ok(Some(format!("photo {blob} cannot be read: it is not there"))),
            Err(error @ BlobError::Damaged(_)) => Ok(Some(error.to_string())),
            Err(error @ BlobError::Unreachable(_)) if photos.folder().is_some() => {
                Ok(Some(format!("photo {blob} cannot be read: {error}")))
            }
            Err(error) => Err(error),
        }
    });
    looking
        .buffered(AT_ONCE)
        .try_filter_map(|fault| async { Ok(fault) })
        .try_collect()
        .await
}

//! Where photos lie, behind one trait: a folder, or a bucket that several nodes share. A photo is named by the hash of its
//! bytes, is put whole or not at all, and never changes. Which photos belong there is the store's to say; whoever deletes one
//! asks it first, in its turn to write (see `store/sql/photo_files.rs`), so that nobody's upload is deleted under way.

mod bucket;
mod credentials;
mod folder;
mod place;

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use samovar_domain::{BlobHash, TeamId};

pub use bucket::Bucket;
pub use credentials::Credentials;
pub use folder::Folder;
pub use place::{BlobPlace, check_endpoint, check_place};

/// Why photos could not be had, kept or deleted. Says nothing of what is in them, and no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlobError {
    /// Whoever keeps them does not answer, or answers that it cannot just now. A retry may help.
    #[error("the photos cannot be reached: {0}")]
    Unreachable(String),
    /// They are not for us: wrong credentials, no such bucket, a bucket of another team. No retry helps.
    #[error("the photos cannot be used: {0}")]
    Refused(String),
    /// What lies there is not what it is named by: half of it, or something else. It is never handed out.
    #[error("photo {0} does not have the bytes that it is named by")]
    Damaged(BlobHash),
}

/// The result of a call.
pub type BlobResult<T> = Result<T, BlobError>;

/// A photo that lies there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lying {
    /// Its name.
    pub hash: BlobHash,
    /// For how long it has been there; nothing when that lies in times to come.
    pub age: Duration,
}

/// See the module. One suite for all that there are is in `crates/server/tests/places/blob_stores.rs`.
#[async_trait]
pub trait Blobs: Send + Sync + 'static {
    /// Says whose photos are kept here. Where another team's lie, it is refused; where nobody answers, it is asked again
    /// before the first call that needs it.
    async fn claim(&self, team: TeamId) -> BlobResult<()>;
    /// Keeps a photo, whole and durable when it returns, also where a damaged one lay. The caller has checked the hash.
    async fn put(&self, hash: BlobHash, bytes: Bytes) -> BlobResult<()>;
    /// A photo, checked against its name; `None` when it is not there.
    async fn get(&self, hash: BlobHash) -> BlobResult<Option<Bytes>>;
    /// Whether there is something by this name. It is not read.
    async fn has(&self, hash: BlobHash) -> BlobResult<bool>;
    /// All that lie there, in no order.
    async fn list(&self) -> BlobResult<Vec<Lying>>;
    /// Deletes photos, as far as that is possible within a few seconds; one that is not there is deleted. To be called on
    /// a thread for blocking work, by the store in its turn to write. What could not be deleted is [owed](Self::take_owed).
    fn delete(&self, hashes: &[BlobHash]);
    /// What was to be deleted and was not, since the last time that this was asked.
    fn take_owed(&self) -> Vec<BlobHash> {
        Vec::new()
    }
    /// Deletes what was left behind, half made, so long ago by those who were killed.
    async fn tidy(&self, _older_than: Duration) -> BlobResult<()> {
        Ok(())
    }
    /// The folder that they are files of, if they are.
    fn folder(&self) -> Option<&Path> {
        None
    }
    /// Where they lie, in words that a person knows it by. Two that say the same are the same place.
    fn describe(&self) -> String;
}

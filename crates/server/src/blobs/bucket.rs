//! Photos as objects of a bucket, by the S3 protocol. An object is there whole or not at all, so there is nothing half made
//! to clear up; what is read is checked against its name all the same.
//!
//! Beside the photos lies one object that says whose they are: two teams with one prefix would delete each other's.

use std::collections::BTreeSet;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path as Key;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt as _, RetryConfig};
use samovar_domain::{BlobHash, TeamId};
use samovar_pictures::MAX_SHARED_BYTES;
use tokio::runtime::Handle;
use tokio::sync::OnceCell;

use super::{BlobError, BlobResult, Blobs, Credentials, Lying};

/// How long it may take until a connection stands.
const CONNECTING: Duration = Duration::from_secs(3);
/// How long a call may take, its answer included.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a call is made again that failed, and for how long that goes on. Whoever waits is told to come again soon.
const AGAIN: (usize, Duration) = (2, Duration::from_secs(8));
/// How long deleting may take: writers wait for it.
const DELETING: Duration = Duration::from_secs(3);
/// After deleting has failed, nobody waits for it for so long.
const REST: Duration = Duration::from_mins(1);
/// The object that says whose photos these are.
const OWNER: &str = "team";

/// See the module.
pub struct Bucket {
    store: AmazonS3,
    prefix: Key,
    described: String,
    runtime: Handle,
    team: OnceLock<TeamId>,
    /// Whether it is known that the photos are the team's.
    is_ours: OnceCell<()>,
    deleting: Mutex<Deleting>,
    rest: Duration,
}

#[derive(Default)]
struct Deleting {
    owed: BTreeSet<BlobHash>,
    failed_at: Option<Instant>,
}

/// What is told of an error: never an address with something signed in it.
fn told(error: &object_store::Error) -> BlobError {
    use object_store::Error as Of;
    match error {
        Of::PermissionDenied { .. } | Of::Unauthenticated { .. } => {
            BlobError::Refused("the bucket refuses these credentials".to_owned())
        }
        Of::NotFound { .. } => BlobError::Refused("there is no such bucket".to_owned()),
        other => {
            // The innermost says what happened; those around it repeat the address.
            let mut innermost: &dyn std::error::Error = other;
            while let Some(source) = innermost.source() {
                innermost = source;
            }
            BlobError::Unreachable(innermost.to_string())
        }
    }
}

impl Bucket {
    /// Photos in a bucket, below `prefix`. To be called in a runtime. Nobody is called yet.
    pub fn open(
        bucket: &str,
        prefix: &str,
        endpoint: Option<&str>,
        region: Option<&str>,
        credentials: Option<Credentials>,
    ) -> BlobResult<Self> {
        // Only the first caller in a process installs it; the others find it there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let options = ClientOptions::new()
            .with_connect_timeout(CONNECTING)
            .with_timeout(PATIENCE)
            .with_allow_http(endpoint.is_some_and(|endpoint| endpoint.starts_with("http://")));
        let retry = RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: AGAIN.0,
            retry_timeout: AGAIN.1,
        };
        // Whoever says who they are does not want to be somebody else by what the environment says beside it.
        let builder = match credentials {
            None => AmazonS3Builder::from_env(),
            Some(Credentials { key, secret, token }) => {
                let ours = AmazonS3Builder::new()
                    .with_access_key_id(key)
                    .with_secret_access_key(secret);
                match token {
                    Some(token) => ours.with_token(token),
                    None => ours,
                }
            }
        };
        let mut builder = builder
            .with_bucket_name(bucket)
            .with_retry(retry)
            .with_client_options(options);
        if let Some(endpoint) = endpoint {
            super::place::check_endpoint(endpoint).map_err(|why| BlobError::setting("blobs_endpoint", &why))?;
            builder = builder.with_endpoint(endpoint);
        }
        if let Some(region) = region {
            builder = builder.with_region(region);
        }
        let store = builder
            .build()
            .map_err(|error| BlobError::setting("blobs", &error.to_string()))?;
        let prefix = Key::parse(prefix).map_err(|error| BlobError::setting("blobs", &error.to_string()))?;
        Ok(Self {
            described: format!("s3://{bucket}/{prefix} at {}", endpoint.unwrap_or("AWS")),
            store,
            prefix,
            runtime: Handle::current(),
            team: OnceLock::new(),
            is_ours: OnceCell::new(),
            deleting: Mutex::default(),
            rest: REST,
        })
    }

    /// Waits for so long before it deletes again what it could not delete.
    #[must_use]
    pub fn resting(mut self, rest: Duration) -> Self {
        self.rest = rest;
        self
    }

    fn key(&self, name: &str) -> Key {
        self.prefix.clone().join(name)
    }

    fn object(&self, hash: BlobHash) -> Key {
        self.key(&hash.to_string())
    }

    /// Before anything else: whether the photos are the team's.
    async fn ours(&self) -> BlobResult<()> {
        let team = self.team.get().ok_or_else(|| {
            BlobError::Refused("nobody has said whose photos they are".to_owned()) // a mistake of ours
        })?;
        self.is_ours.get_or_try_init(|| self.mark(*team)).await?;
        Ok(())
    }

    async fn mark(&self, team: TeamId) -> BlobResult<()> {
        let owner = self.key(OWNER);
        let marked = match self.store.get(&owner).await {
            Ok(found) => found.bytes().await.map_err(|error| told(&error))?,
            Err(object_store::Error::NotFound { .. }) => {
                let name = Bytes::from(team.to_string());
                let put = self.store.put(&owner, name.clone().into()).await;
                put.map_err(|error| told(&error))?;
                name
            }
            Err(error) => return Err(told(&error)),
        };
        if marked == team.to_string() {
            Ok(())
        } else {
            let where_to = &self.described;
            Err(BlobError::Refused(format!(
                "in {where_to} lie those of another team; choose another prefix"
            )))
        }
    }

    async fn delete_all(&self, hashes: &[BlobHash]) -> BlobResult<()> {
        self.ours().await?;
        let keys = stream::iter(hashes.iter().map(|hash| Ok(self.object(*hash))).collect::<Vec<_>>());
        let mut deleting = self.store.delete_stream(keys.boxed());
        while let Some(done) = deleting.next().await {
            match done {
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(told(&error)),
            }
        }
        Ok(())
    }

    fn deleting(&self) -> std::sync::MutexGuard<'_, Deleting> {
        self.deleting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Blobs for Bucket {
    async fn claim(&self, team: TeamId) -> BlobResult<()> {
        let _ = self.team.set(team);
        self.ours().await
    }

    async fn put(&self, hash: BlobHash, bytes: Bytes) -> BlobResult<()> {
        self.ours().await?;
        let put = self.store.put(&self.object(hash), bytes.into()).await;
        put.map(|_| ()).map_err(|error| told(&error))
    }

    async fn get(&self, hash: BlobHash) -> BlobResult<Option<Bytes>> {
        self.ours().await?;
        let found = match self.store.get(&self.object(hash)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(told(&error)),
        };
        if found.meta.size > MAX_SHARED_BYTES as u64 {
            return Err(BlobError::Damaged(hash));
        }
        let bytes = found.bytes().await.map_err(|error| told(&error))?;
        if BlobHash::of(&bytes) == hash {
            Ok(Some(bytes))
        } else {
            Err(BlobError::Damaged(hash))
        }
    }

    async fn has(&self, hash: BlobHash) -> BlobResult<bool> {
        self.ours().await?;
        match self.store.head(&self.object(hash)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(told(&error)),
        }
    }

    async fn list(&self) -> BlobResult<Vec<Lying>> {
        self.ours().await?;
        let all = self.store.list(Some(&self.prefix));
        let photos = all.try_filter_map(|object| async move {
            let hash = object.location.filename().and_then(|name| name.parse().ok());
            Ok(hash.map(|hash| Lying {
                hash,
                age: SystemTime::from(object.last_modified).elapsed().unwrap_or_default(),
            }))
        });
        photos.try_collect().await.map_err(|error| told(&error))
    }

    fn delete(&self, hashes: &[BlobHash]) {
        let is_resting = self.deleting().failed_at.is_some_and(|at| at.elapsed() < self.rest);
        let done = if is_resting {
            Err(BlobError::Unreachable("it has just been tried".to_owned()))
        } else {
            let deleting = async { tokio::time::timeout(DELETING, self.delete_all(hashes)).await };
            let late = |_| BlobError::Unreachable("deleting takes too long".to_owned());
            self.runtime.block_on(deleting).map_err(late).flatten()
        };
        let mut deleting = self.deleting();
        match done {
            Ok(()) => deleting.failed_at = None,
            Err(error) => {
                if !is_resting {
                    tracing::warn!(%error, "photos could not be deleted; it is tried again");
                    deleting.failed_at = Some(Instant::now());
                }
                deleting.owed.extend(hashes);
            }
        }
    }

    fn take_owed(&self) -> Vec<BlobHash> {
        let mut deleting = self.deleting();
        if deleting.failed_at.is_some_and(|at| at.elapsed() < self.rest) {
            return Vec::new();
        }
        std::mem::take(&mut deleting.owed).into_iter().collect()
    }

    fn describe(&self) -> String {
        self.described.clone()
    }
}

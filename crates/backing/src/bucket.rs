//! A server that speaks the S3 protocol, with one bucket and one key to it. What lies in the bucket are files of a temporary
//! folder, so that a test can look at them, and damage them, past the protocol.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::access::{S3Access, S3AccessContext};
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{S3Result, s3_error};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// The key that opens the bucket.
pub const ACCESS_KEY: &str = "samovar-tests";
/// Its secret.
pub const SECRET_KEY: &str = "tea-leaves-and-hot-water";
/// What the bucket is called.
pub const BUCKET: &str = "tea";

/// See the module. It answers until it is dropped, but for when it is [away](Bucket::goes_away).
pub struct Bucket {
    folder: TempDir,
    address: SocketAddr,
    is_away: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

impl Bucket {
    /// Starts one, empty.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(BUCKET)).unwrap();
        let files = FileSystem::new(folder.path()).expect("the folder is there");
        let mut builder = S3ServiceBuilder::new(files);
        builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
        builder.set_access(OneBucket);
        let service = builder.build();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (is_away, away) = watch::channel(false);
        let serving = tokio::spawn(serve(listener, service, away));
        Self {
            folder,
            address,
            is_away,
            serving,
        }
    }

    /// Its address.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The file that an object is.
    pub fn file(&self, key: &str) -> PathBuf {
        self.folder.path().join(BUCKET).join(key)
    }

    /// The folder of the whole bucket.
    pub fn files(&self) -> PathBuf {
        self.file("")
    }

    /// A file with the key and its secret, for as long as the bucket is held.
    pub fn credentials(&self) -> PathBuf {
        let file = self.folder.path().join("credentials");
        let text = format!("[default]\naws_access_key_id = {ACCESS_KEY}\naws_secret_access_key = {SECRET_KEY}\n");
        std::fs::write(&file, text).unwrap();
        file
    }

    /// From now on nobody answers there: every connection is cut, those that stand and those that come. Its port stays its own.
    pub fn goes_away(&self) {
        self.is_away.send_replace(true);
    }

    /// It answers again, with what it had.
    pub fn comes_back(&self) {
        self.is_away.send_replace(false);
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Whoever has shown who they are may do everything in the one bucket. The files behind it would make another one when
/// something is put there, which no service does.
struct OneBucket;

#[async_trait]
impl S3Access for OneBucket {
    async fn check(&self, call: &mut S3AccessContext<'_>) -> S3Result<()> {
        if call.credentials().is_none() {
            return Err(s3_error!(AccessDenied));
        }
        match call.s3_path().get_bucket_name() {
            None | Some(BUCKET) => Ok(()),
            Some(_) => Err(s3_error!(NoSuchBucket)),
        }
    }
}

async fn serve(listener: TcpListener, service: S3Service, away: watch::Receiver<bool>) {
    // They end with the listener.
    let mut connections = JoinSet::new();
    let http = Arc::new(Builder::new(TokioExecutor::new()).http1_only());
    while let Ok((connection, _)) = listener.accept().await {
        let (http, service, mut away) = (Arc::clone(&http), service.clone(), away.clone());
        connections.spawn(async move {
            tokio::select! {
                biased;
                _ = away.wait_for(|is_away| *is_away) => {}
                _ = http.serve_connection(TokioIo::new(connection), service) => {}
            }
        });
    }
}

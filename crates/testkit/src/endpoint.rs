//! A real endpoint on a free port, in this process.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use samovar_backing::{BUCKET, Bucket};
use samovar_core::endpoint_host::{EndpointHost, StartedEndpoint};
use samovar_domain::{Clock, Problem};
use samovar_server::blobs::BlobPlace;
use samovar_server::operation::Operation;
use samovar_server::sign_in::Settings;
use samovar_server::{Config, Server};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// An endpoint that serves. Ends when it is stopped or dropped.
pub struct Endpoint {
    /// Such as `http://127.0.0.1:40123`.
    pub base_url: String,
    /// A link for the first to come.
    pub owner_invite: Option<String>,
    address: SocketAddr,
    folder: PathBuf,
    owned_folder: Option<TempDir>,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<()>>,
    serving: samovar_server::Endpoint,
    standing: Standing,
    clock: Arc<dyn Clock>,
    streams: Streams,
}

/// Who carries the streams of an endpoint; it must not matter to whoever reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Streams {
    /// The reactor, where there is one.
    #[default]
    Together,
    /// A task for each.
    InTasks,
}

impl Streams {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Together, Self::InTasks];
}

/// What an endpoint stands on, beside its folder.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// A PostgreSQL database in the place of the one in the folder.
    pub database: Option<String>,
    /// Where photos lie.
    pub blobs: BlobPlace,
    /// The company's provider that people may sign in by.
    pub sign_in: Option<Settings>,
}

/// Photos in a bucket, below a prefix.
pub fn photos_in(bucket: &Bucket, prefix: &str) -> BlobPlace {
    BlobPlace {
        place: Some(format!("s3://{BUCKET}/{prefix}")),
        endpoint: Some(bucket.endpoint()),
        region: Some("us-east-1".to_owned()),
        credentials: Some(bucket.credentials()),
    }
}

fn any_port() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

impl Endpoint {
    /// Starts one on an empty folder of its own.
    pub async fn start(clock: impl Clock + 'static) -> Self {
        Self::start_with(clock, Streams::default()).await
    }

    /// The same, with streams carried in this way.
    pub async fn start_with(clock: impl Clock + 'static, streams: Streams) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let clock = Arc::new(clock);
        let mut endpoint = Self::serve_with(
            folder.path().to_owned(),
            any_port(),
            clock,
            streams,
            Standing::default(),
        )
        .await;
        endpoint.owned_folder = Some(folder);
        endpoint
    }

    /// Starts one on an empty folder of its own that stands on something else as well.
    pub async fn start_on(clock: impl Clock + 'static, standing: Standing) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (clock, streams) = (Arc::new(clock), Streams::default());
        let mut endpoint = Self::serve_with(folder.path().to_owned(), any_port(), clock, streams, standing).await;
        endpoint.owned_folder = Some(folder);
        endpoint
    }

    /// Starts one on a folder and address.
    pub async fn serve(folder: PathBuf, listen: SocketAddr, clock: Arc<dyn Clock>) -> Self {
        Self::serve_with(folder, listen, clock, Streams::default(), Standing::default()).await
    }

    /// The same, run in this way.
    pub async fn start_as(
        clock: impl Clock + 'static,
        streams: Streams,
        standing: Standing,
        operation: Operation,
    ) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (path, clock) = (folder.path().to_owned(), Arc::new(clock));
        let mut endpoint = Self::serve_as(path, any_port(), clock, streams, (standing, operation)).await;
        endpoint.owned_folder = Some(folder);
        endpoint
    }

    /// Starts one on a folder, an address and what else it stands on.
    pub async fn serve_on(folder: PathBuf, listen: SocketAddr, clock: Arc<dyn Clock>, standing: Standing) -> Self {
        Self::serve_with(folder, listen, clock, Streams::default(), standing).await
    }

    /// With all that fails coming from one address, as in most stories, that is not limited.
    async fn serve_with(
        folder: PathBuf,
        listen: SocketAddr,
        clock: Arc<dyn Clock>,
        streams: Streams,
        standing: Standing,
    ) -> Self {
        let mut operation = Operation::default();
        operation.limits.failures_per_address = 0;
        Self::serve_as(folder, listen, clock, streams, (standing, operation)).await
    }

    async fn serve_as(
        folder: PathBuf,
        listen: SocketAddr,
        clock: Arc<dyn Clock>,
        streams: Streams,
        (standing, operation): (Standing, Operation),
    ) -> Self {
        let config = Config {
            data: folder.clone(),
            database: standing.database.clone(),
            blobs: standing.blobs.clone(),
            listen,
            public_url: None,
        };
        let mut server = Server::bind_with(config, operation, Arc::clone(&clock))
            .await
            .expect("the endpoint starts")
            .mirroring_to_this_computer();
        if let Some(settings) = standing.sign_in.clone() {
            server = server.with_sign_in(settings).expect("the settings can be");
        }
        if streams == Streams::InTasks {
            server = server.with_streams_in_tasks();
        }
        let (base_url, address) = (server.base_url(), server.local_addr());
        let owner_invite = server.owner_invite().await.expect("the endpoint's store answers");
        let serving = server.endpoint();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(server.run(async move {
            let _ = stopped.await;
        }));
        Self {
            base_url,
            owner_invite,
            address,
            folder,
            owned_folder: None,
            stop: Some(stop),
            running: Some(running),
            serving,
            standing,
            clock,
            streams,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends what is over and makes gatherings, by the clock as it stands now. An endpoint sleeps between such times by
    /// the machine's clock, which a story does not move.
    pub async fn tends(&self) {
        self.serving.tend().await.expect("the endpoint's store answers");
    }

    /// Carries to mirrors what is due there by the clock as it stands now.
    pub async fn carries(&self) {
        self.serving.carry().await.expect("the endpoint's store answers");
    }

    /// Its data.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Stops in good order.
    pub async fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(running) = self.running.take() {
            running.await.expect("the endpoint ends without a panic");
        }
    }

    /// Starts again on the same folder and port.
    pub async fn start_again(&mut self) {
        let folder = self.folder.clone();
        self.start_again_on(folder).await;
    }

    /// Starts again on the same port and another folder, as after a backup was unpacked there.
    pub async fn start_again_on(&mut self, folder: PathBuf) {
        self.start_again_as(folder, self.standing.clone()).await;
    }

    /// Starts again on the same port, on another folder and whatever else it stands on now, as after a move.
    pub async fn start_again_as(&mut self, folder: PathBuf, standing: Standing) {
        self.stop().await;
        let owned_folder = self.owned_folder.take();
        let again = Self::serve_with(folder, self.address, Arc::clone(&self.clock), self.streams, standing).await;
        *self = again;
        self.owned_folder = owned_folder;
    }
}

/// Hosts a team's endpoint in this process, as the desktop does.
#[derive(Clone)]
pub struct InProcessHost {
    clock: Arc<dyn Clock>,
    running: Arc<Mutex<Option<StartedEndpoint>>>,
}

impl InProcessHost {
    /// On this clock.
    pub fn new(clock: impl Clock + 'static) -> Self {
        Self {
            clock: Arc::new(clock),
            running: Arc::default(),
        }
    }
}

#[async_trait]
impl EndpointHost for InProcessHost {
    async fn start(&self, folder: &Path) -> Result<StartedEndpoint, Problem> {
        if let Some(running) = self.running.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return Ok(running);
        }
        let failed = |error: &dyn std::fmt::Display| Problem::new("no_host", error.to_string());
        let config = Config {
            data: folder.to_owned(),
            database: None,
            blobs: BlobPlace::IN_THE_FOLDER,
            listen: any_port(),
            public_url: None,
        };
        let server = Server::bind(config, Arc::clone(&self.clock))
            .await
            .map_err(|error| failed(&error))?;
        let owner_invite = server.owner_invite().await.map_err(|error| failed(&error))?;
        let started = StartedEndpoint {
            base_url: server.base_url(),
            owner_invite,
        };
        tokio::spawn(server.run(std::future::pending()));
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = Some(started.clone());
        Ok(started)
    }
}

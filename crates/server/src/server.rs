//! Starting and stopping: the folder's lock, the store, the listener, the connections.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use samovar_domain::{Clock, TeamId};
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::arrivals::{Arrivals, Carrier};
use crate::blobs::{BlobError, BlobPlace, Blobs, Folder};
use crate::connection::Peer;
use crate::folder_lock::{FolderLock, lock};
use crate::mirrors::{Mirroring, Reach};
use crate::open_streams::OpenStreams;
use crate::opened::Opened;
use crate::operation::Operation;
use crate::operation::drain::Drain;
use crate::operation::limits::{self, Limits};
#[cfg(target_os = "linux")]
use crate::operation::sockets;
use crate::operation::tls::{Tls, TlsError};
use crate::operation::{overload, starting};
use crate::ring::Ring;
use crate::sign_in::{BadSettings, Settings, SignIn};
use crate::state::{App, Counters, Shared, hash_secret, new_secret};
use crate::store::{Committed, NewInvite, StoreError, Wire};
use crate::{mirrors, tend};

/// How an endpoint is set up.
#[derive(Clone)]
pub struct Config {
    /// The folder of its data.
    pub data: PathBuf,
    /// The address of a PostgreSQL database in the place of the one in the folder. May hold a password.
    pub database: Option<String>,
    /// Where photos lie.
    pub blobs: BlobPlace,
    /// Where it listens; port 0 for any free one.
    pub listen: SocketAddr,
    /// The address that people reach it by, for links; `http://LISTEN` when there is none.
    pub public_url: Option<String>,
}

/// Without the database's address, since that may hold a password.
impl std::fmt::Debug for Config {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            data,
            database,
            blobs,
            listen,
            public_url,
        } = self;
        out.debug_struct("Config")
            .field("data", data)
            .field("database", &database.as_ref().map(|_| "postgres://…"))
            .field("blobs", blobs)
            .field("listen", listen)
            .field("public_url", public_url)
            .finish()
    }
}

/// Why an endpoint could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another endpoint serves this folder.
    #[error("another endpoint is serving {0}; stop it first, or choose another folder with --data")]
    AlreadyServed(PathBuf),
    /// The folder cannot be used.
    #[error("the folder {folder} cannot be used: {error}")]
    Folder {
        /// Which.
        folder: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
    /// There is no TLS with these files.
    #[error("TLS cannot be served: {0}")]
    Tls(#[from] TlsError),
    /// Where photos are to lie cannot be used.
    #[error("{0}")]
    Blobs(BlobError),
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An endpoint that listens, and serves once it is run.
pub struct Server {
    app: App,
    listener: TcpListener,
    address: SocketAddr,
    opened: Opened,
    carrier: Carrier,
    tls: Option<Arc<Tls>>,
    room: usize,
    _lock: FolderLock,
}

/// The longest that open calls may take to end when the endpoint stops and streams have left.
const GRACE: Duration = Duration::from_secs(5);
/// How long the invite for the owner works, in hours.
const OWNER_INVITE_HOURS: u32 = 120;
/// How many connections wait to be accepted, as far as the system allows: after a restart all desktops are back at once, and
/// whoever finds no room tries again after a second at the earliest.
const BACKLOG: u32 = 8_192;
/// Where the address is told that links are made with, for `samovar-server invite`.
pub(crate) const ADDRESS_FILE: &str = "address";

fn scheme(has_tls: bool) -> &'static str {
    if has_tls { "https" } else { "http" }
}

/// The address as others on this computer reach it.
fn reachable(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => (Ipv4Addr::LOCALHOST, address.port()).into(),
        IpAddr::V6(ip) if ip.is_unspecified() => (Ipv6Addr::LOCALHOST, address.port()).into(),
        _ => address,
    }
}

/// Says whose photos these are. Where nobody answers, the team is served all the same: its words do not wait for its photos.
async fn claim(blobs: &dyn Blobs, team: TeamId) -> Result<(), StartError> {
    match blobs.claim(team).await {
        Ok(()) => Ok(()),
        Err(error @ BlobError::Unreachable(_)) => {
            tracing::warn!(%error, "until then whoever brings or asks for one is told to come again");
            Ok(())
        }
        Err(error) => Err(StartError::Blobs(error)),
    }
}

/// The folder in which backups are put together.
pub(crate) fn staging(blobs: &dyn Blobs, data: &Path) -> Result<Folder, BlobError> {
    Folder::open(blobs.folder().map_or_else(|| data.join("blobs"), Path::to_owned))
}

/// Listens, also where an endpoint listened a moment ago.
fn listen(address: SocketAddr, vanished: Duration) -> std::io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // Elsewhere this would let two programs listen at the same address.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    #[cfg(target_os = "linux")]
    sockets::give_up_vanished(&socket, vanished)?;
    #[cfg(not(target_os = "linux"))]
    let _ = vanished;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

impl Server {
    /// Opens the folder and listens. Nothing is answered before [`Server::run`].
    pub async fn bind(config: Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        Self::bind_with(config, Operation::default(), clock).await
    }

    /// The same, run in this way.
    pub async fn bind_with(config: Config, operation: Operation, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        Self::bind_to(config, operation, clock, None).await
    }

    /// For a simulation: one of several nodes, whose way to the database that they share is `wire`. See
    /// [`answer_in_process`](Self::answer_in_process).
    ///
    /// # Panics
    /// When the thread is not on a stage.
    pub async fn bind_on_stage(config: Config, clock: Arc<dyn Clock>, wire: Arc<dyn Wire>) -> Result<Self, StartError> {
        Self::bind_to(config, Operation::default(), clock, Some(wire)).await
    }

    async fn bind_to(
        config: Config,
        operation: Operation,
        clock: Arc<dyn Clock>,
        wire: Option<Arc<dyn Wire>>,
    ) -> Result<Self, StartError> {
        let tls = operation.tls.map(Tls::read).transpose()?.map(Arc::new);
        let lock = lock(&config.data)?;
        let listening = |error| StartError::Listen {
            address: config.listen,
            error,
        };
        let listener = listen(config.listen, operation.vanished).map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;
        let published = Arc::new(OnceLock::<Arc<Ring>>::new());
        let publish = Arc::clone(&published);
        let streams = OpenStreams::default();
        let ends = streams.clone();
        let mirroring = Arc::new(Mirroring::new(Reach::Public));
        let mirrors = Arc::clone(&mirroring);
        let committed: Committed = Arc::new(move |commit| {
            ends.end(&commit.revoked);
            mirrors.heed(&commit.items);
            let Some(ring) = publish.get() else { return };
            if let Some(head) = commit.anew {
                ring.begin_anew(head);
                ends.end_all();
            }
            ring.publish(&commit.items);
        });
        let has_tls = match &config.public_url {
            Some(url) => url.starts_with("https://"),
            None => tls.is_some(),
        };
        let blobs = config.blobs.open(&config.data).map_err(StartError::Blobs)?;
        let opening = Opened::open(&config, wire, Arc::clone(&blobs), &*clock, committed);
        let (listener, opened) = starting::meanwhile(listener, tls.clone(), has_tls, opening).await;
        let opened = opened?;
        let store = opened.store();
        let team = store.team().await?;
        claim(&*blobs, team.id).await?;
        let head = team.head;
        let ring = Arc::new(Ring::new(head));
        let _ = published.set(Arc::clone(&ring));
        // Only now is there somebody to tell of what other nodes and the command line do.
        opened.follow(head);
        let public_url = config
            .public_url
            .unwrap_or_else(|| format!("{}://{}", scheme(tls.is_some()), reachable(address)));
        let public_url = public_url.trim_end_matches('/');
        std::fs::write(config.data.join(ADDRESS_FILE), public_url).map_err(|error| StartError::Folder {
            folder: config.data.clone(),
            error,
        })?;
        let app = App::from(Shared {
            store,
            ring,
            clock,
            staging: Arc::new(staging(&*blobs, &config.data).map_err(StartError::Blobs)?),
            blobs,
            public_url: public_url.into(),
            streams,
            paging: Arc::default(),
            upkeep: Arc::new(Notify::new()),
            mirroring,
            draw_may_move: Arc::default(),
            pulse_may_move: Arc::default(),
            rooms_may_differ: Arc::default(),
            limits: Arc::new(Limits::new(operation.limits)),
            proxies: Arc::new(operation.trusted_proxies),
            readiness: Arc::default(),
            drain: Arc::new(Drain::new(operation.drain)),
            sign_in: OnceLock::new(),
            stopping: CancellationToken::new(),
            counters: Arc::new(Counters::default()),
        });
        Ok(Self {
            app,
            listener,
            address,
            opened,
            carrier: Carrier::default(),
            tls,
            room: overload::room_for(operation.connections, overload::files()),
            _lock: lock,
        })
    }

    /// Where it listens.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// `http://`, or `https://` with TLS, and where it is reached from this computer.
    pub fn base_url(&self) -> String {
        format!("{}://{}", scheme(self.tls.is_some()), reachable(self.address))
    }

    /// What whoever embeds it can ask of it, also while it runs.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint {
            app: self.app.clone(),
            tls: self.tls.clone(),
        }
    }

    /// For tests: mirrors may also be stand-ins on this very computer, which are refused otherwise.
    #[must_use]
    pub fn mirroring_to_this_computer(self) -> Self {
        self.app.mirroring.carrier.reach_loopback();
        self
    }

    /// Has people join by signing in at their company's provider, too.
    pub fn with_sign_in(self, settings: Settings) -> Result<Self, BadSettings> {
        let sign_in = SignIn::new(settings)?;
        let _ = self.app.sign_in.set(sign_in);
        Ok(self)
    }

    /// Gives each stream a task of its own, as on systems that the reactor is not for.
    #[must_use]
    pub fn with_streams_in_tasks(mut self) -> Self {
        self.carrier = Carrier::Tasks;
        self
    }

    /// Has streams wait so long in the reactor.
    #[cfg(all(test, target_os = "linux"))]
    pub(crate) fn with_patience(mut self, patience: crate::reactor::Patience) -> Self {
        self.carrier = Carrier::Reactor(patience);
        self
    }

    /// What its handlers share.
    #[cfg(all(test, target_os = "linux"))]
    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    /// See [`Endpoint::owner_invite`].
    pub async fn owner_invite(&self) -> Result<Option<String>, StoreError> {
        self.endpoint().owner_invite().await
    }

    /// For a simulation: does everything that it does by itself on the current runtime, and hands out what answers
    /// calls, for whoever carries them by other means than this machine's network. Each stream has a task.
    pub fn answer_in_process(self) -> axum::Router {
        let Self { app, opened, .. } = self;
        tokio::spawn(tend::run(app.clone()));
        tokio::spawn(mirrors::run(app.clone()));
        drop(opened);
        crate::routes::router(app)
    }

    /// Serves until `shutdown` is done. Then nobody new is let in, streams leave one after the other, and calls that are
    /// under way have a moment to end.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let tasks = TaskTracker::new();
        tasks.spawn(tend::run(self.app.clone()));
        tasks.spawn(mirrors::run(self.app.clone()));
        tasks.spawn(limits::run(self.app.clone()));
        if let Some(tls) = &self.tls {
            tasks.spawn(Arc::clone(tls).watch(self.app.stopping.clone()));
        }
        let arrivals = Arrivals::new(self.app.clone(), self.tls, &tasks, self.carrier);
        let room = Arc::new(Semaphore::new(self.room));
        let aside = Arc::new(Semaphore::new(overload::TOLD_AT_ONCE));
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            let accepted = async {
                let (connection, peer) = self.listener.accept().await?;
                let place = match Arc::clone(&room).try_acquire_owned() {
                    Ok(place) => Ok(place),
                    Err(_) => Err(Arc::clone(&aside)
                        .acquire_owned()
                        .await
                        .expect("the semaphore is never closed")),
                };
                std::io::Result::Ok((connection, peer, place))
            };
            let accepted = tokio::select! {
                accepted = accepted => accepted,
                () = &mut shutdown => break,
            };
            match accepted {
                Ok((accepted, peer, place)) => {
                    // Events are small and wanted at once.
                    let _ = accepted.set_nodelay(true);
                    match place {
                        Ok(place) => tasks.spawn(arrivals.clone().serve(accepted, Peer(peer), place)),
                        Err(aside) => tasks.spawn(arrivals.clone().turn_away(accepted, aside)),
                    };
                }
                Err(error) => {
                    // Out of file descriptors, most likely: those that are open go on, new ones wait.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
        drop(self.listener);
        let streams = self.app.counters.streams.load(Ordering::Relaxed) as usize;
        let plan = self.app.drain.begin(streams);
        tracing::info!(streams, "stopping");
        self.app.stopping.cancel();
        tasks.close();
        if tokio::time::timeout(plan.over + GRACE, tasks.wait()).await.is_err() {
            tracing::warn!("some calls did not end in time and were cut off");
        }
        self.opened.leave().await;
    }
}

/// An endpoint as whoever embeds it sees it. Cheap to clone; works while the server runs.
#[derive(Clone)]
pub struct Endpoint {
    app: App,
    tls: Option<Arc<Tls>>,
}

impl Endpoint {
    /// A new link that makes its user the team's owner, for as long as nobody is.
    pub async fn owner_invite(&self) -> Result<Option<String>, StoreError> {
        if self.app.store.has_owner().await? {
            return Ok(None);
        }
        let secret = new_secret();
        let invite = NewInvite {
            token_hash: hash_secret(&secret),
            maker: None,
            is_owner: true,
            uses: 1,
            expires_at: self.app.now().plus_minutes(i64::from(OWNER_INVITE_HOURS) * 60),
        };
        self.app.store.add_invite(invite, self.app.now()).await?;
        Ok(Some(format!("{}/join/{secret}", self.app.public_url)))
    }

    /// Looks whether the files of the TLS certificate have changed, and serves the new ones if they are sound.
    pub async fn renew_certificate(&self) {
        if let Some(tls) = &self.tls {
            tls.look_and_tell().await;
        }
    }

    /// Ends what is over and makes gatherings, by the clock as it stands now. The server does this at the right instants
    /// on its own; a clock that is moved by hand has to say so here.
    pub async fn tend(&self) -> Result<(), StoreError> {
        tend::now(&self.app).await
    }

    /// Carries to mirrors all that is due there by the clock as it stands now; see [`Endpoint::tend`].
    pub async fn carry(&self) -> Result<(), StoreError> {
        mirrors::carry_all(&self.app).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_of_a_database_is_in_no_log() {
        let config = Config {
            data: "data".into(),
            database: Some("postgres://ana:secret@db.example/tea".to_owned()),
            blobs: BlobPlace::default(),
            listen: ([127, 0, 0, 1], 0).into(),
            public_url: None,
        };
        let told = format!("{config:?}");
        assert!(told.contains("postgres") && !told.contains("secret"), "{told}");
    }
}

//! The core as others hold it: open it, start it, call it, listen to it, close it.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use samovar_domain::{BlobHash, Clock as _, Item, Problem, Timestamp};
use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::account::{self, Account};
use crate::api::{AppNotice, Changed, Connection, Request, Response, Waiting};
use crate::endpoint::{CallError, Endpoint};
use crate::parts::Parts;
use crate::photos::PhotoFolder;
use crate::store::{Beside, Store, StoreError};
use crate::{
    mending, news, own_calendar, packages, pulse, reminding, sender, slack_status, sweeping, sync, system_zone,
};

/// What is said when the disk is full, over a quota, or fails.
const FULL: &str = "The disk is full or cannot be written, so this could not be kept. Free some space and try again.";

/// What is said when the local database turns out to be damaged.
const DAMAGED: &str = "Samovar's file on this computer is damaged, so this could not be kept. A new one is being begun. Try again in a moment.";

/// How long another program may hold the local database before that is an error.
const STORE_PATIENCE: Duration = Duration::from_secs(5);

/// Why a core could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has this profile open; talk to that one.
    #[error("another Samovar has this profile open")]
    AlreadyOpen,
    /// The profile's folder cannot be used.
    #[error("the folder {folder} cannot be used: {error}")]
    Folder {
        /// Which.
        folder: String,
        /// Why.
        error: std::io::Error,
    },
    /// The local database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The application without a screen. Cheap to clone.
#[derive(Clone)]
pub struct Core(pub(crate) Arc<Inner>);

/// What the tasks of a core share.
pub(crate) struct Inner {
    pub(crate) parts: Parts,
    pub(crate) store: Store,
    pub(crate) photos: PhotoFolder,
    account: RwLock<Option<Account>>,
    endpoint: RwLock<Option<Endpoint>>,
    connection: Mutex<Connection>,
    notices: Mutex<Vec<AppNotice>>,
    changes: broadcast::Sender<Changed>,
    /// There is something to send.
    pub(crate) outbox_filled: Notify,
    /// The endpoint was reached just now, or the person wants it tried.
    pub(crate) try_now: Notify,
    /// The local database turned out to be damaged.
    pub(crate) damage_met: Notify,
    /// There is a new local database, and nothing of the team in it.
    pub(crate) begun_anew: Notify,
    /// For the sender: the endpoint was reached just now.
    pub(crate) came_online: Notify,
    /// Some photos may not be needed here any more.
    pub(crate) photos_unwanted: Notify,
    /// Held for reading while a photo is stored until the database knows what for; for writing while photos are swept.
    pub(crate) storing_photos: tokio::sync::RwLock<()>,
    /// Photos that were asked for and could not be fetched.
    pub(crate) missing_photos: Mutex<HashSet<(BlobHash, bool)>>,
    /// Notifications on the screen that lose their sense at a time.
    pub(crate) timely: Mutex<HashMap<String, Timestamp>>,
    /// Something arrived that may be news.
    pub(crate) news_came: Notify,
    /// The system's zone when it was last looked at.
    pub(crate) known_zone: Mutex<String>,
    /// Reminders are to be planned anew.
    pub(crate) plan_anew: Arc<Notify>,
    /// It was looked how one's focus stands.
    pub(crate) focus_looked_at: Notify,
    /// The Slack token of this run, when it lies nowhere else or was read already.
    pub(crate) slack_token: Mutex<Option<String>>,
    /// Held while Slack's status is brought to where it is to be.
    pub(crate) slack_at_work: tokio::sync::Mutex<()>,
    /// The pulse is to be looked at: a round may have begun or ended, an answer was given, or the endpoint was reached.
    pub(crate) pulse_look: Notify,
    /// Another calendar of one's own is to be read.
    pub(crate) own_calendar_changed: Notify,
    /// Held while one's own calendar is read or set.
    pub(crate) own_calendar_at_work: tokio::sync::Mutex<()>,
    /// What the tasks about packages share.
    pub(crate) packages: packages::Shared,
    /// Whether there is somebody to tell: a process that does one thing and ends leaves news to the Today page.
    pub(crate) is_started: std::sync::atomic::AtomicBool,
    /// Held for reading while something of the team is stored; for writing while all of it is forgotten.
    pub(crate) leaving: tokio::sync::RwLock<()>,
    /// Held while the team is fetched anew: two at once would mix what they collect.
    pub(crate) fetching_anew: tokio::sync::Mutex<()>,
    pub(crate) stopping: CancellationToken,
    tasks: TaskTracker,
    /// Held for as long as the core lives: one process a profile.
    lock: Mutex<Option<File>>,
}

/// Makes a folder that other accounts of the computer cannot look into. One that is there stays as it is: it may be
/// shared on purpose, and what is secret in it can be read by its owner only.
pub(crate) fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn lock_profile(folder: &Path) -> Result<File, OpenError> {
    let fail = |error| OpenError::Folder {
        folder: folder.display().to_string(),
        error,
    };
    make_private(folder).map_err(fail)?;
    let file = File::options()
        .create(true)
        .write(true)
        .truncate(false)
        .open(folder.join("lock"))
        .map_err(fail)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(OpenError::AlreadyOpen),
        Err(std::fs::TryLockError::Error(error)) => Err(fail(error)),
    }
}

impl Core {
    /// Opens the profile. Nothing goes over the network before [`Core::start`] or a call that needs it.
    pub async fn open(parts: Parts) -> Result<Self, OpenError> {
        Self::open_within(parts, STORE_PATIENCE).await
    }

    /// As [`Core::open`], with another patience for a program that holds the local database.
    pub async fn open_within(parts: Parts, patience: Duration) -> Result<Self, OpenError> {
        let folder = parts.folder.clone();
        let stamp = parts.clock.now().millis();
        let opened = samovar_blocking::run(move || {
            let lock = lock_profile(&folder)?;
            let fail = |error| OpenError::Folder {
                folder: folder.display().to_string(),
                error,
            };
            let account = account::read(&folder).map_err(fail)?;
            let photos = PhotoFolder::open(&folder).map_err(fail)?;
            Ok::<_, OpenError>((lock, account, photos, Store::open(&folder, stamp, patience)?))
        });
        let (lock, account, photos, opened) = opened.await.expect("opening a profile does not panic")?;
        let mut notices = Vec::new();
        if let Some(path) = opened.set_aside {
            notices.push(AppNotice::DatabaseSetAside {
                path: path.display().to_string(),
            });
        }
        // Nothing to do but after a crash in the middle of joining anew; a full disk must not keep anybody out.
        if let Some(account) = &account
            && let Err(error) = opened.store.belong_to(account.member).await
        {
            tracing::warn!(%error, "whose profile this is could not be stored");
        }
        let endpoint = account
            .as_ref()
            .and_then(|account| Endpoint::new(&parts.carrier, &account.endpoint, Some(account.token.clone())).ok());
        let connection = if account.is_some() {
            Connection::Connecting
        } else {
            Connection::None
        };
        let known_zone = Mutex::new(parts.system_zone.name());
        Ok(Self(Arc::new(Inner {
            parts,
            known_zone,
            store: opened.store,
            photos,
            account: RwLock::new(account),
            endpoint: RwLock::new(endpoint),
            connection: Mutex::new(connection),
            notices: Mutex::new(notices),
            changes: broadcast::channel(64).0,
            outbox_filled: Notify::new(),
            try_now: Notify::new(),
            damage_met: Notify::new(),
            begun_anew: Notify::new(),
            came_online: Notify::new(),
            photos_unwanted: Notify::new(),
            storing_photos: tokio::sync::RwLock::default(),
            missing_photos: Mutex::default(),
            timely: Mutex::default(),
            news_came: Notify::new(),
            plan_anew: Arc::new(Notify::new()),
            focus_looked_at: Notify::new(),
            slack_token: Mutex::default(),
            slack_at_work: tokio::sync::Mutex::default(),
            pulse_look: Notify::new(),
            own_calendar_changed: Notify::new(),
            own_calendar_at_work: tokio::sync::Mutex::default(),
            packages: packages::Shared::default(),
            is_started: std::sync::atomic::AtomicBool::new(false),
            leaving: tokio::sync::RwLock::default(),
            fetching_anew: tokio::sync::Mutex::default(),
            stopping: CancellationToken::new(),
            tasks: TaskTracker::new(),
            lock: Mutex::new(Some(lock)),
        })))
    }

    /// Begins to sync, to send and to remind, on the current tokio runtime.
    pub fn start(&self) {
        let inner = &self.0;
        inner.is_started.store(true, std::sync::atomic::Ordering::Relaxed);
        inner.spawn(sync::run(Arc::clone(inner)));
        inner.spawn(sender::run(Arc::clone(inner)));
        inner.spawn(reminding::run(Arc::clone(inner)));
        inner.spawn(news::run(Arc::clone(inner)));
        inner.spawn(slack_status::run(Arc::clone(inner)));
        inner.spawn(sweeping::run(Arc::clone(inner)));
        inner.spawn(system_zone::run(Arc::clone(inner)));
        inner.spawn(own_calendar::run(Arc::clone(inner)));
        inner.spawn(packages::tending::run(Arc::clone(inner)));
        inner.spawn(pulse::run(Arc::clone(inner)));
        inner.spawn(mending::run(Arc::clone(inner)));
    }

    /// Does what is asked. What cannot be done is a [`Problem`] that says what to do.
    pub async fn call(&self, request: Request) -> Result<Response, Problem> {
        crate::requests::answer(&self.0, request).await
    }

    /// What happens from now on.
    pub fn changes(&self) -> broadcast::Receiver<Changed> {
        self.0.changes.subscribe()
    }

    /// Tells all screens something that only the shell knows, such as where to go.
    pub fn tell(&self, changed: Changed) {
        self.0.tell(changed);
    }

    /// Says that this computer lacks something, or has it again.
    pub fn report(&self, notice: AppNotice, is_present: bool) {
        self.0.report(notice, is_present);
    }

    /// The bytes of a photo, fetched when they are not here; with `small`, of its small picture.
    pub async fn photo(&self, blob: BlobHash, small: bool) -> Result<Vec<u8>, Problem> {
        crate::photo_requests::bytes(&self.0, blob, small).await
    }

    /// Tries for at most so long to send what waits and to fetch what is new; returns what still waits. For a process
    /// that does one thing and ends.
    pub async fn flush(&self, at_most: Duration) -> Waiting {
        let inner = &self.0;
        if inner.account().is_some() {
            let attempt = async {
                sync::prepare_endpoint(inner).await?;
                sync::catch_up(inner).await?;
                sender::send_all(inner).await?;
                sync::catch_up(inner).await?;
                if let Err(error) = pulse::go_on(inner).await {
                    tracing::debug!(code = error.code(), "the pulse waits");
                }
                Ok::<_, CallError>(())
            };
            match tokio::time::timeout(at_most, attempt).await {
                Ok(Ok(())) => inner.set_connection(Connection::Online),
                Ok(Err(error)) => {
                    tracing::debug!(code = error.code(), "could not flush");
                    inner.set_offline(&error, inner.now());
                }
                Err(_) => tracing::debug!("flush ran out of time"),
            }
        }
        inner.store.waiting().await.unwrap_or_default()
    }

    /// Ends the tasks and lets go of the profile. What was confirmed is stored already.
    pub async fn close(&self) {
        self.0.stopping.cancel();
        self.0.tasks.close();
        self.0.tasks.wait().await;
        if let Err(problem) = crate::do_not_disturb::put_back(&self.0).await {
            tracing::warn!(code = %problem.code, "the system's do-not-disturb was not put back");
        }
        let lock = self.0.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A program that is being started at this moment has the file open, too, until it runs: closing is not enough.
        if let Some(Err(error)) = lock.map(|lock| lock.unlock()) {
            tracing::warn!(%error, "the profile was not unlocked");
        }
    }
}

impl Inner {
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let stopping = self.stopping.clone();
        self.tasks.spawn(async move {
            tokio::select! {
                () = stopping.cancelled() => {}
                () = task => {}
            }
        });
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }

    pub(crate) fn account(&self) -> Option<Account> {
        self.account.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The account, or the problem that there is no team yet.
    pub(crate) fn member_account(&self) -> Result<Account, Problem> {
        self.account().ok_or_else(|| {
            Problem::new(
                "no_team",
                "This Samovar is in no team yet. Join one with an invite link, or start one.",
            )
        })
    }

    pub(crate) fn endpoint(&self) -> Option<Endpoint> {
        self.endpoint.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Stores the account and talks to its endpoint from now on.
    pub(crate) async fn set_account(&self, account: Account) -> Result<(), Problem> {
        let endpoint = Endpoint::new(&self.parts.carrier, &account.endpoint, Some(account.token.clone()))
            .map_err(CallError::into_problem)?;
        let (folder, stored) = (self.parts.folder.clone(), account.clone());
        samovar_blocking::commit(move || account::write(&folder, &stored))
            .await
            .expect("writing a file does not panic")
            .map_err(|error| io_problem(&error))?;
        *self.account.write().unwrap_or_else(PoisonError::into_inner) = Some(account);
        *self.endpoint.write().unwrap_or_else(PoisonError::into_inner) = Some(endpoint);
        Ok(())
    }

    /// There is no team any more.
    pub(crate) fn forget_account(&self) {
        *self.account.write().unwrap_or_else(PoisonError::into_inner) = None;
        *self.endpoint.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(crate) fn connection(&self) -> Connection {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_connection(&self, connection: Connection) {
        let mut present = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        if *present != connection {
            *present = connection;
            drop(present);
            self.tell(Changed::Status);
        }
    }

    /// Not connected since the first failure; tried again at `retry_at`.
    pub(crate) fn set_offline(&self, error: &CallError, retry_at: Timestamp) {
        let since = match self.connection() {
            Connection::Offline { since, .. } => since,
            _ => self.now(),
        };
        self.set_connection(Connection::Offline {
            since,
            retry_at,
            code: error.code().to_owned(),
        });
    }

    pub(crate) fn tell(&self, changed: Changed) {
        // Nobody may be listening: then nobody needs to know.
        let _ = self.changes.send(changed);
    }

    pub(crate) fn notices(&self) -> Vec<AppNotice> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn report(&self, notice: AppNotice, is_present: bool) {
        let mut notices = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        let before = notices.clone();
        notices.retain(|known| *known != notice);
        if is_present {
            notices.push(notice);
        }
        let is_different = before != *notices;
        drop(notices);
        if is_different {
            self.tell(Changed::Status);
        }
    }

    /// Items as the person sees them but those that add up, or none before there is a team.
    pub(crate) async fn items(&self) -> Result<Vec<Item>, Problem> {
        self.items_and(Beside::Nothing).await
    }

    /// Items as the person sees them with these of what adds up, or none before there is a team.
    pub(crate) async fn items_and(&self, beside: Beside) -> Result<Vec<Item>, Problem> {
        match self.account() {
            Some(account) => self
                .store
                .items(beside, account.member, self.now())
                .await
                .map_err(|error| self.problem(error)),
            None => Ok(Vec::new()),
        }
    }

    /// What a write to the local database came to. When it was kept, the disk is not full (any more).
    pub(crate) fn kept<T>(&self, written: Result<T, StoreError>) -> Result<T, Problem> {
        match written {
            Ok(value) => {
                self.report(AppNotice::DiskFull, false);
                Ok(value)
            }
            Err(error) => Err(self.problem(error)),
        }
    }

    /// A failure of the local database, as the end of a call.
    pub(crate) fn local(&self, error: StoreError) -> CallError {
        CallError::Local(self.problem(error))
    }

    /// A failure of the local database in words; a full disk is also said on the screen.
    pub(crate) fn problem(&self, error: StoreError) -> Problem {
        match error {
            StoreError::DiskFull => {
                self.report(AppNotice::DiskFull, true);
                Problem::new("disk_full", FULL)
            }
            StoreError::Damaged(_) => {
                self.damage_met.notify_one();
                Problem::new("storage_damaged", DAMAGED)
            }
            other => Problem::new(
                "storage_failed",
                format!("This could not be kept on this computer: {other}. Nothing was sent. Try again."),
            ),
        }
    }
}

/// A failure of the file system in words.
pub(crate) fn io_problem(error: &std::io::Error) -> Problem {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return Problem::new("disk_full", FULL);
    }
    Problem::new(
        "storage_failed",
        format!("This could not be kept on this computer: {error}. Nothing was sent."),
    )
}

//! Everything that this desktop remembers, in one SQLite file. The only place of the core with SQL in it.
//!
//! A write is one transaction on one connection; it is durable when the call returns (`synchronous=FULL`), but for what
//! the endpoint would send again. Reads have connections of their own and see everything that was written before they
//! began.

mod anew;
mod exchange;
mod forgetting;
mod items;
mod kudos;
mod log;
mod lost;
mod notices;
mod outbox;
mod photos;
mod readers;
mod scope;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use rusqlite_migration::{M, Migrations};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use items::Cursor;
pub(crate) use kudos::{FetchedBack, Question};
pub(crate) use notices::Held;
pub(crate) use outbox::Queued;
pub(crate) use scope::Beside;

use log::Log;
use readers::Readers;

/// The local database could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk takes no more: it is full, over a quota, or fails. Nothing of the write was kept.
    #[error("the disk is full")]
    DiskFull,
    /// Another program holds the file.
    #[error("another program has the local database open")]
    Held,
    /// The file is not a database, or is damaged.
    #[error("the local database is damaged: {0}")]
    Damaged(String),
    /// Anything else that SQLite says.
    #[error("the local database failed: {0}")]
    Failed(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase};
        use rusqlite::ffi::{SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE};
        // A quota and a limit on files come as errors of writing, not as a full disk.
        let is_unwritable = error.sqlite_error().is_some_and(|error| {
            [
                SQLITE_IOERR_WRITE,
                SQLITE_IOERR_FSYNC,
                SQLITE_IOERR_TRUNCATE,
                SQLITE_IOERR_SHMSIZE,
            ]
            .contains(&error.extended_code)
        });
        match error.sqlite_error_code() {
            Some(DiskFull) => Self::DiskFull,
            _ if is_unwritable => Self::DiskFull,
            Some(DatabaseBusy | DatabaseLocked) => Self::Held,
            Some(DatabaseCorrupt | NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Failed(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}

pub(crate) type StoreResult<T> = Result<T, StoreError>;

/// The names of single values.
pub(crate) mod fact {
    pub(crate) const CURSOR: &str = "cursor";
    /// Whose everything here is.
    pub(crate) const MEMBER: &str = "member";
    pub(crate) const NEXT_N: &str = "next_n";
    pub(crate) const SETTINGS: &str = "settings";
    pub(crate) const DRAFT: &str = "draft";
    /// Working hours that were chosen on joining and are not in the profile yet.
    pub(crate) const HOURS: &str = "hours";
    /// Whether the endpoint was told that one leaves with everything, and has not refused.
    pub(crate) const LEAVING: &str = "leaving";
    /// A join that was sent and is not answered.
    pub(crate) const JOIN: &str = "join";
    /// The end of the last recurring focus block that had its turn.
    pub(crate) const BLOCK_HAD_UNTIL: &str = "block_had_until";
    /// When teammates were let through a focus.
    pub(crate) const LET_THROUGH: &str = "let_through";
    /// What the system's do-not-disturb was before the focus.
    pub(crate) const DO_NOT_DISTURB: &str = "do_not_disturb";
    /// The Slack account that follows the focus, and what its status was before.
    pub(crate) const SLACK: &str = "slack";
    /// What was marked on I spy cards, by gathering.
    pub(crate) const I_SPY: &str = "i_spy";
    /// What is written on the Decisions page and not sent.
    pub(crate) const DECISION_DRAFT: &str = "decision_draft";
    /// What one has said with hidden voices, of decisions that are open.
    pub(crate) const OWN_VOICES: &str = "own_voices";
    /// What others seal to for this computer.
    pub(crate) const DEVICE_KEY: &str = "device_key";
    /// One's own address, and what it was given for.
    pub(crate) const OWN_ADDRESS: &str = "own_address";
    pub(crate) const HELD_IN_FOCUS: &str = "held_in_focus";
    /// Zones of the system about which the person does not want to be asked again.
    pub(crate) const ZONES_LEFT: &str = "zones_left";
    /// How far back older kudos were fetched.
    pub(crate) const FETCHED_BACK: &str = "fetched_back";
    /// The end of the absence after which what may have been missed was looked at, or put away.
    pub(crate) const CAUGHT_UP: &str = "caught_up";
    /// The round of the pulse that is open: its token, and the answer until it is sent.
    pub(crate) const PULSE: &str = "pulse";
    /// Where one's own calendar is, and when it says that one is busy.
    pub(crate) const OWN_CALENDAR: &str = "own_calendar";
    pub(crate) const PAUSED_UNTIL: &str = "paused_until";
}

/// The database's name in a profile.
const NAME: &str = "samovar.db";

/// Whether a file of a profile is what is left of a damaged database, or was made to take its place.
pub(crate) fn is_set_aside(name: &str) -> bool {
    exchange::is_of_one(name, NAME)
}

/// See the module. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Store {
    writer: Arc<Mutex<Connection>>,
    readers: Arc<Readers>,
    log: Log,
}

/// What opening found.
pub(crate) struct Opened {
    pub(crate) store: Store,
    /// Where a damaged database was put.
    pub(crate) set_aside: Option<PathBuf>,
}

impl Store {
    /// Opens the database in `folder`, making or migrating it. A damaged one is set aside under a name with `stamp` in
    /// it, and a new one begun: what the endpoint holds comes again, and the outbox is saved as far as it can be read.
    /// Another program that holds the file is waited for as long as `patience`.
    pub(crate) fn open(folder: &Path, stamp: i64, patience: Duration) -> StoreResult<Opened> {
        let path = folder.join(NAME);
        if exchange::begun(&path).is_none() {
            match connect(&path, patience) {
                Ok(connection) => {
                    exchange::clear(&path)?;
                    let store = Self::over(connection, path, patience);
                    return Ok(Opened { store, set_aside: None });
                }
                Err(StoreError::Damaged(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let stamp = exchange::prepare(&path, stamp, patience)?;
        let aside = exchange::exchange(&path, stamp)?;
        Ok(Opened {
            store: Self::over(connect(&path, patience)?, path, patience),
            set_aside: Some(aside),
        })
    }

    fn over(connection: Connection, path: PathBuf, patience: Duration) -> Self {
        // What a process that was killed had not come to.
        log::empty_now(&connection, Duration::ZERO, patience).ok();
        Self {
            writer: Arc::new(Mutex::new(connection)),
            readers: Arc::new(Readers::new(path, patience)),
            log: Log::default(),
        }
    }

    /// Sets the database aside while it is open, as [`Store::open`] does with a damaged one, and begins a new one with
    /// what could be saved of the outbox. Where the old one lies.
    pub(crate) async fn begin_anew(&self, stamp: i64) -> StoreResult<PathBuf> {
        let (writer, readers) = (Arc::clone(&self.writer), Arc::clone(&self.readers));
        let done = samovar_blocking::run(move || {
            let mut connection = writer.lock().unwrap_or_else(PoisonError::into_inner);
            let stamp = exchange::prepare(readers.path(), stamp, readers.patience())?;
            // Some systems do not let a file be moved that is open.
            let _alone = readers.let_go();
            drop(std::mem::replace(&mut *connection, no_connection()?));
            let aside = exchange::exchange(readers.path(), stamp)?;
            *connection = connect(readers.path(), readers.patience())?;
            Ok(aside)
        });
        done.await
            .unwrap_or_else(|error| Err(StoreError::Failed(error.to_string())))
    }

    /// Runs `work` in one transaction, off the async threads; all of it is stored, or nothing.
    pub(crate) async fn write<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> StoreResult<T> + Send + 'static,
    {
        self.writes(|connection| in_one(connection, work)).await
    }

    /// The same for what the endpoint sends again if it is not here: after a power cut all of it is stored, or nothing,
    /// and with it the cursor that says how much; but which of the two is not certain yet when this returns. It does not
    /// wait for the disk, and everything that [`Store::write`] stores after it is certain with all that came before.
    pub(crate) async fn write_what_comes_again<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> StoreResult<T> + Send + 'static,
    {
        self.writes(|connection| in_one(Hurried::begin(connection)?.0, work))
            .await
    }

    async fn writes<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> StoreResult<T> + Send + 'static,
    {
        let writer = Arc::clone(&self.writer);
        let done = samovar_blocking::commit(move || {
            let mut connection = writer.lock().unwrap_or_else(PoisonError::into_inner);
            work(&mut connection)
        });
        done.await
            .unwrap_or_else(|error| Err(StoreError::Failed(error.to_string())))
    }

    /// Runs `work` on what is stored now.
    pub(crate) async fn read<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> StoreResult<T> + Send + 'static,
    {
        let _turn = self.readers.turn().await;
        let readers = Arc::clone(&self.readers);
        let done = samovar_blocking::run(move || readers.read(work));
        done.await
            .unwrap_or_else(|error| Err(StoreError::Failed(error.to_string())))
    }

    /// A single value, or its default when it was never set.
    pub(crate) async fn fact<T: DeserializeOwned + Default + Send + 'static>(
        &self,
        name: &'static str,
    ) -> StoreResult<T> {
        self.read(move |tx| get_fact(tx, name)).await
    }

    /// Changes a single value, which begins as its default, in one transaction.
    pub(crate) async fn change_fact<V, T, F>(&self, name: &'static str, how: F) -> StoreResult<T>
    where
        V: DeserializeOwned + Serialize + Default + PartialEq + Clone + Send + 'static,
        T: Send + 'static,
        F: FnOnce(&mut V) -> T + Send + 'static,
    {
        self.write(move |tx| {
            let before: V = get_fact(tx, name)?;
            let mut value = before.clone();
            let answer = how(&mut value);
            if value != before {
                set_fact(tx, name, &value)?;
            }
            Ok(answer)
        })
        .await
    }

    /// Moves the write-ahead log into the database and empties it: what was overwritten is then nowhere in the files.
    /// Readers that have begun are waited for; where one goes on for long, such as another program, the log is emptied
    /// once it has ended.
    pub(crate) async fn empty_log(&self) -> StoreResult<()> {
        self.log.empty(&self.writer, self.readers.patience()).await
    }

    /// Sets a single value.
    pub(crate) async fn set_fact<T: Serialize + Send + 'static>(
        &self,
        name: &'static str,
        value: T,
    ) -> StoreResult<()> {
        self.write(move |tx| set_fact(tx, name, &value)).await
    }
}

/// A connection that does not wait for the disk, for as long as this lives.
struct Hurried<'c>(&'c mut Connection);

impl<'c> Hurried<'c> {
    fn begin(connection: &'c mut Connection) -> StoreResult<Self> {
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        Ok(Self(connection))
    }
}

impl Drop for Hurried<'_> {
    fn drop(&mut self) {
        // It only sets a flag of the connection; where even that fails, nothing can be stored any more.
        let _ = self.0.pragma_update(None, "synchronous", "FULL");
    }
}

/// All that `work` does is stored, or nothing.
fn in_one<T>(connection: &mut Connection, work: impl FnOnce(&Transaction<'_>) -> StoreResult<T>) -> StoreResult<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = work(&transaction)?;
    transaction.commit()?;
    Ok(value)
}

fn connect(path: &Path, patience: Duration) -> StoreResult<Connection> {
    let mut connection = open_connection(path, patience)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "cache_size", -1024)?;
    connection.pragma_update(None, "journal_size_limit", 4 * 1024 * 1024)?;
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(StoreError::Damaged(found));
    }
    let migrations = Migrations::new(vec![
        M::up(include_str!("migrations/0001_first.sql")),
        M::up(include_str!("migrations/0002_arrived.sql")),
        M::up(include_str!("migrations/0003_prepared_at.sql")),
        M::up(include_str!("migrations/0004_kudos_search.sql")),
        M::up(include_str!("migrations/0005_scopes.sql")),
        M::up(include_str!("migrations/0006_one_index_by_kind.sql")),
    ]);
    migrations.to_latest(&mut connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        other => StoreError::Failed(other.to_string()),
    })?;
    // What a statement changes is kept until it is done, should it have to be taken back: in memory, not in a file that
    // lies outside of the profile. So no statement may change more than a page's worth.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(connection)
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the store module that opens connections"
)]
fn open_connection(path: &Path, patience: Duration) -> StoreResult<Connection> {
    // SQLite gives the files beside it the same rights.
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        let mut options = std::fs::File::options();
        options.create(true).append(true).mode(0o600);
        // When that cannot be, SQLite says why.
        drop(options.open(path));
    }
    let connection = Connection::open(path)?;
    connection.busy_timeout(patience)?;
    Ok(connection)
}

/// What stands for a connection while there is none.
fn no_connection() -> StoreResult<Connection> {
    Ok(Connection::open_in_memory()?)
}

pub(crate) fn get_fact<T: DeserializeOwned + Default>(tx: &Transaction<'_>, name: &str) -> StoreResult<T> {
    let text: Option<String> = tx
        .query_row("SELECT value FROM facts WHERE name = ?1", [name], |row| row.get(0))
        .optional()?;
    // A value of an older or newer shape falls back to its default rather than stopping everything.
    Ok(text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}

pub(crate) fn set_fact<T: Serialize>(tx: &Transaction<'_>, name: &str, value: &T) -> StoreResult<()> {
    let text = serde_json::to_string(value)?;
    tx.execute(
        "INSERT INTO facts (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2",
        params![name, text],
    )?;
    Ok(())
}

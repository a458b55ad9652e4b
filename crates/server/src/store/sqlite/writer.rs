//! The one writer. It takes all writes that wait, does each in a savepoint of one transaction, commits once, and only
//! then answers: many writes cost one fsync, and an answer means that the disk has it.

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};
use samovar_domain::{BlobHash, Item, Seq};
use tokio::sync::{mpsc, oneshot};

use super::{StoreError, StoreResult};

/// Is told of the items of every commit, in seq order, right after it.
pub type Committed = Arc<dyn Fn(Vec<Item>) + Send + Sync>;

/// What a write does beside its rows.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// The newest seq that is given out.
    head: Seq,
    /// Items written, with their seqs.
    pub(super) items: Vec<Item>,
    /// Photos whose files may go when nothing names them any more.
    pub(super) dropped_blobs: Vec<BlobHash>,
    /// Something that people wrote is gone, and is to be gone from the write-ahead log too.
    pub(super) forget: bool,
}

impl Changes {
    /// The next place in the sequence.
    pub(super) fn next_seq(&mut self) -> Seq {
        self.head += 1;
        self.head
    }

    /// The newest place that is taken.
    pub(super) fn head(&self) -> Seq {
        self.head
    }
}

type Answer = Box<dyn FnOnce(StoreResult<()>) + Send>;
type Job = Box<dyn FnOnce(&Connection, &mut Changes) -> (bool, Answer) + Send>;

/// The most writes in one transaction.
const BATCH: usize = 512;

pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
}

impl Writer {
    /// Starts the writer's thread; it ends when the store is dropped.
    pub(super) fn start(connection: Connection, blobs: PathBuf, committed: Committed) -> Self {
        let (jobs, waiting) = mpsc::channel(1024);
        std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || run(connection, &blobs, &committed, waiting))
            .expect("the operating system starts a thread at start-up");
        Self { jobs }
    }

    /// Does `work` in a savepoint; the answer comes after the commit.
    pub(super) async fn write<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection, &mut Changes) -> StoreResult<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |db, changes| {
            let done = work(db, changes);
            let keep = done.is_ok();
            let respond: Answer = Box::new(move |committed| {
                // The caller may have gone; what was committed stays.
                let _ = answer.send(committed.and(done));
            });
            (keep, respond)
        });
        let gone = || StoreError::Failed("the writer has ended".to_owned());
        self.jobs.send(job).await.map_err(|_| gone())?;
        answered.await.unwrap_or_else(|_| Err(gone()))
    }
}

fn run(mut connection: Connection, blobs: &Path, committed: &Committed, mut waiting: mpsc::Receiver<Job>) {
    let mut jobs = Vec::with_capacity(BATCH);
    while waiting.blocking_recv_many(&mut jobs, BATCH) > 0 {
        let mut answers = Vec::with_capacity(jobs.len());
        match commit(&mut connection, jobs.drain(..), &mut answers) {
            Ok(changes) => {
                // Published before it is answered: a writer that asks for head sees its own write in the stream too.
                if !changes.items.is_empty() {
                    committed(changes.items);
                }
                answers.drain(..).for_each(|answer| answer(Ok(())));
                drop_files(&connection, blobs, &changes.dropped_blobs);
                if changes.forget {
                    empty_log(&connection);
                }
            }
            Err(error) => {
                tracing::error!(%error, "a commit failed; nothing of it was kept");
                answers.drain(..).for_each(|answer| answer(Err(error.clone())));
            }
        }
    }
}

fn commit(
    connection: &mut Connection,
    jobs: impl Iterator<Item = Job>,
    answers: &mut Vec<Answer>,
) -> StoreResult<Changes> {
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate);
    let mut head = transaction.as_ref().ok().and_then(|db| head_of(db).ok());
    let mut all = Changes {
        head: head.unwrap_or_default(),
        ..Changes::default()
    };
    for job in jobs {
        let Ok(db) = transaction.as_mut() else {
            // Without a transaction the job still has to hear that it failed.
            answers.push(fail(job));
            continue;
        };
        let mut changes = Changes {
            head: all.head,
            ..Changes::default()
        };
        let savepoint = db.savepoint()?;
        let Ok((keep, answer)) = std::panic::catch_unwind(AssertUnwindSafe(|| job(&savepoint, &mut changes))) else {
            // Its channel closed, which the caller hears as a failure. The others go on.
            tracing::error!("a write panicked; nothing of it was kept");
            continue;
        };
        answers.push(answer);
        if keep {
            savepoint.commit()?;
            all.head = changes.head;
            all.items.append(&mut changes.items);
            all.dropped_blobs.append(&mut changes.dropped_blobs);
            all.forget |= changes.forget;
        } else {
            drop(savepoint); // rolls back
        }
        // A full disk or a failing one makes SQLite take the whole transaction back on its own. To go on would write the
        // rest outside of it.
        if db.is_autocommit() {
            return Err(StoreError::Failed(
                "the database took the transaction back; is the disk full?".to_owned(),
            ));
        }
    }
    let transaction = transaction?;
    if head.take() != Some(all.head) {
        transaction.execute("UPDATE team SET head = ?1", [all.head.cast_signed()])?;
    }
    transaction.commit()?;
    Ok(all)
}

/// An answer for a job that could not be tried.
fn fail(job: Job) -> Answer {
    drop(job); // its channel closes, which the caller hears as a failure
    Box::new(|_| {})
}

fn head_of(db: &Connection) -> StoreResult<Seq> {
    Ok(db
        .query_row("SELECT head FROM team", [], |row| row.get::<_, i64>(0))?
        .cast_unsigned())
}

/// Deletes the files of photos that no item names any more. A crash before this leaves files without rows, which the
/// daily sweep finds.
fn drop_files(connection: &Connection, blobs: &Path, dropped: &[BlobHash]) {
    for blob in dropped {
        let is_named = connection
            .query_row(
                "SELECT EXISTS (SELECT 1 FROM blobs WHERE hash = ?1)",
                [blob.to_string()],
                |row| row.get(0),
            )
            .unwrap_or(true);
        if !is_named {
            let _ = std::fs::remove_file(blobs.join(blob.to_string()));
        }
    }
}

/// Moves the write-ahead log into the database and empties it: with `secure_delete` the words that were taken out are
/// then nowhere in the files. A reader that is just reading makes this wait for the next time.
fn empty_log(connection: &Connection) {
    let emptied = connection
        .busy_timeout(Duration::from_millis(250))
        .and_then(|()| connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)));
    match emptied {
        Ok(0) => {}
        Ok(_) => tracing::debug!("the write-ahead log is read just now; it is emptied later"),
        Err(error) => tracing::warn!(%error, "the write-ahead log could not be emptied"),
    }
    if let Err(error) = connection.busy_timeout(super::BUSY) {
        tracing::warn!(%error, "the busy timeout could not be set back");
    }
}

//! The one writer. It takes all writes that wait, does each in a savepoint of one transaction, commits once, and only
//! then answers: many writes cost one fsync, and an answer means that the disk has it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use samovar_blocking::Moment;
use samovar_domain::Seq;
use tokio::sync::mpsc;

use super::others::{Heard, Others};
use super::{StoreError, StoreResult};
use crate::blobs::Blobs;
use crate::store::jobs::{Answer, BATCH, Job, Writer};
use crate::store::sql::changes::Changes;
use crate::store::sql::{connection, drop_files};
use crate::store::{Commit, Committed};

/// Starts the writer's thread; it ends when the store is dropped.
pub(super) fn start(connection: Connection, blobs: Arc<dyn Blobs>, committed: Committed, others: Others) -> Writer {
    let (writer, waiting) = Writer::new();
    if samovar_blocking::is_simulated() {
        tokio::spawn(run_simulated(connection, blobs, committed, others, waiting));
        return writer;
    }
    std::thread::Builder::new()
        .name("store-writer".to_owned())
        .spawn(move || run(connection, &*blobs, &committed, &others, waiting))
        .expect("the operating system starts a thread at start-up");
    writer
}

fn run(
    mut connection: Connection,
    blobs: &dyn Blobs,
    committed: &Committed,
    others: &Others,
    mut waiting: mpsc::Receiver<Job>,
) {
    // What an endpoint that was killed had not come to.
    let mut is_forgetting = !empty_log(&connection);
    let mut jobs = Vec::with_capacity(BATCH);
    while take(&mut waiting, &mut jobs, is_forgetting) {
        let mut answers = Vec::with_capacity(jobs.len());
        let done = commit(&mut connection, others, jobs.drain(..), &mut answers);
        is_forgetting |= tell((&connection).into(), blobs, (committed, others), done, answers);
        if is_forgetting {
            is_forgetting = !empty_log(&connection);
        }
    }
}

/// The same as a task, whose process may end before a commit and behind it.
async fn run_simulated(
    mut connection: Connection,
    blobs: Arc<dyn Blobs>,
    committed: Committed,
    others: Others,
    mut waiting: mpsc::Receiver<Job>,
) {
    let mut jobs = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut jobs, BATCH).await > 0 {
        let mut answers = Vec::with_capacity(jobs.len());
        samovar_blocking::reaches(Moment::BeforeCommit).await;
        let done = commit(&mut connection, &others, jobs.drain(..), &mut answers);
        samovar_blocking::reaches(Moment::AfterCommit).await;
        if tell((&connection).into(), &*blobs, (&committed, &others), done, answers) {
            empty_log(&connection);
        }
    }
}

/// Tells of what was committed, then answers those who wait for it. Whether the write-ahead log is to be emptied.
fn tell(
    db: connection::Connection<'_>,
    blobs: &dyn Blobs,
    (committed, others): (&Committed, &Others),
    done: StoreResult<(Heard, Changes)>,
    answers: Vec<Answer>,
) -> bool {
    match done {
        Ok((heard, changes)) => {
            // What was done beside this writer comes first: it took its places first. It may be that words went with it.
            let has_news = heard.has_news();
            others.tell(heard, changes.head(), committed);
            // Told before it is answered: a writer that asks for head sees its own write in the stream too, and whoever
            // ended a device knows that its streams end.
            let Changes {
                items,
                revoked,
                dropped_blobs,
                forget,
                ..
            } = changes;
            if !items.is_empty() || !revoked.is_empty() {
                committed(Commit {
                    items,
                    revoked,
                    anew: None,
                });
            }
            for answer in answers {
                answer(Ok(()));
            }
            drop_files(db, blobs, &dropped_blobs);
            forget || has_news
        }
        Err(error) => {
            tracing::error!(%error, "a commit failed; nothing of it was kept");
            for answer in answers {
                answer(Err(error.clone()));
            }
            false
        }
    }
}

/// How long after a vain try the log is emptied again, when nothing is written meanwhile.
const FORGET_AGAIN: Duration = Duration::from_secs(1);
/// How often it is looked for writes while that is waited for.
const LOOK: Duration = Duration::from_millis(5);

/// Waits for jobs and takes all that are there, or none when it is time to empty the log again. `false` when the store
/// was dropped.
fn take(waiting: &mut mpsc::Receiver<Job>, jobs: &mut Vec<Job>, is_forgetting: bool) -> bool {
    if !is_forgetting {
        return waiting.blocking_recv_many(jobs, BATCH) > 0;
    }
    let until = Instant::now() + FORGET_AGAIN;
    loop {
        match waiting.try_recv() {
            Ok(job) => {
                jobs.push(job);
                if jobs.len() == BATCH {
                    return true;
                }
            }
            Err(mpsc::error::TryRecvError::Disconnected) => return !jobs.is_empty(),
            Err(mpsc::error::TryRecvError::Empty) if !jobs.is_empty() || Instant::now() >= until => return true,
            Err(mpsc::error::TryRecvError::Empty) => std::thread::sleep(LOOK),
        }
    }
}

fn commit(
    connection: &mut Connection,
    others: &Others,
    jobs: impl Iterator<Item = Job>,
    answers: &mut Vec<Answer>,
) -> StoreResult<(Heard, Changes)> {
    let begun = begin(connection, others);
    let (mut transaction, head, heard) = match begun {
        Ok(begun) => begun,
        Err(error) => {
            // Without its place in the sequence nothing can be written; each job hears why.
            answers.extend(jobs.map(|job| job(Err(error.clone())).1));
            return Err(error);
        }
    };
    let mut all = Changes::after(head);
    for job in jobs {
        let mut changes = Changes::after(all.head());
        let savepoint = transaction.savepoint()?;
        let tried = std::panic::catch_unwind(AssertUnwindSafe(|| job(Ok(((&*savepoint).into(), &mut changes)))));
        let Ok((keep, answer)) = tried else {
            // Its channel closed, which the caller hears as a failure. The others go on.
            tracing::error!("a write panicked; nothing of it was kept");
            continue;
        };
        answers.push(answer);
        if keep {
            savepoint.commit()?;
            all.append(changes);
        } else {
            drop(savepoint); // rolls back
        }
        // A full disk or a failing one makes SQLite take the whole transaction back on its own. To go on would write the
        // rest outside of it.
        if transaction.is_autocommit() {
            return Err(StoreError::Failed(
                "the database took the transaction back; is the disk full?".to_owned(),
            ));
        }
    }
    others.leave_word((&*transaction).into(), &all.revoked)?;
    if head != all.head() {
        transaction.execute("UPDATE team SET head = ?1", [all.head().cast_signed()])?;
    }
    transaction.commit()?;
    Ok((heard, all))
}

fn begin<'c>(connection: &'c mut Connection, others: &Others) -> StoreResult<(Transaction<'c>, Seq, Heard)> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let head: i64 = transaction.query_row("SELECT head FROM team", [], |row| row.get(0))?;
    let heard = others.hear((&*transaction).into(), head.cast_unsigned())?;
    Ok((transaction, head.cast_unsigned(), heard))
}

/// Moves the write-ahead log into the database and empties it: with `secure_delete` the words that were taken out are
/// then nowhere in the files. Tells whether it is empty: a reader that is just reading makes this wait for the next time.
fn empty_log(connection: &Connection) -> bool {
    let emptied = connection
        .busy_timeout(Duration::from_millis(250))
        .and_then(|()| connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)));
    if let Err(error) = connection.busy_timeout(super::BUSY) {
        tracing::warn!(%error, "the busy timeout could not be set back");
    }
    match emptied {
        Ok(0) => true,
        Ok(_) => {
            tracing::debug!("the write-ahead log is read just now; it is emptied later");
            false
        }
        Err(error) => {
            tracing::warn!(%error, "the write-ahead log could not be emptied");
            false
        }
    }
}

//! The one writer of this node. As on SQLite it takes all writes that wait, does each in a savepoint of one transaction,
//! commits once and only then answers. A lock of the database makes it the one writer of all nodes while it does: so the
//! rules see a settled state, and what is to happen once happens once.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use deadpool_postgres::{Object, Pool};
use samovar_domain::{BlobHash, Seq};
use tokio::runtime::Handle;
use tokio::sync::{Notify, mpsc, oneshot};

use super::pool;
use super::publisher::Publisher;
use super::session::Session;
use super::turn::{self, Turn};
use crate::blobs::Blobs;
use crate::store::sql::changes::Changes;
use crate::store::sql::connection::Connection;
use crate::store::sql::drop_files;
use crate::store::{StoreError, StoreResult};

type Answer = Box<dyn FnOnce(StoreResult<()>) + Send>;
/// Given its place in the transaction, or why there is none; tells whether what it did is to be kept.
type Job = Box<dyn FnOnce(StoreResult<(Connection<'_>, &mut Changes)>) -> (bool, Answer) + Send>;

/// The most writes in one transaction.
const BATCH: usize = 512;

/// What the writer works with.
pub(super) struct Desk {
    /// Its connection.
    pub(super) pool: Pool,
    /// Where photos lie.
    pub(super) blobs: Arc<dyn Blobs>,
    /// Who tells this node's readers.
    pub(super) publisher: Arc<Publisher>,
    /// Who tells other nodes.
    pub(super) written: Arc<Notify>,
}

/// See the module. Cheap to clone.
#[derive(Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
}

impl Writer {
    /// Starts the writer, which ends when the store is dropped.
    pub(super) fn start(desk: Desk) -> Self {
        let (jobs, waiting) = mpsc::channel(1024);
        tokio::spawn(run(Arc::new(desk), waiting));
        Self { jobs }
    }

    /// Does `work` in a savepoint; the answer comes after the commit.
    pub(super) async fn write<T, F>(&self, work: F) -> StoreResult<T>
    where
        T: Send + 'static,
        F: FnOnce(Connection<'_>, &mut Changes) -> StoreResult<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |place| {
            let done = place.and_then(|(db, changes)| work(db, changes));
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

async fn run(desk: Arc<Desk>, mut waiting: mpsc::Receiver<Job>) {
    let mut jobs = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut jobs, BATCH).await > 0 {
        let batch = std::mem::take(&mut jobs);
        match pool::take(&desk.pool).await {
            Ok(client) => {
                let (desk, runtime) = (Arc::clone(&desk), Handle::current());
                let doing = tokio::task::spawn_blocking(move || write_all(&desk, &runtime, client, batch));
                if let Err(error) = doing.await {
                    tracing::error!(%error, "the writer stumbled");
                }
            }
            Err(error) => {
                tracing::error!(%error, "nothing can be written");
                refuse(batch, &error);
            }
        }
    }
}

fn refuse(jobs: Vec<Job>, error: &StoreError) {
    for job in jobs {
        job(Err(error.clone())).1(Err(error.clone()));
    }
}

fn write_all(desk: &Desk, runtime: &Handle, mut client: Object, jobs: Vec<Job>) {
    let mut answers = Vec::with_capacity(jobs.len());
    let mut is_lost = false;
    let done = commit(desk, runtime, &mut client, jobs, &mut answers, &mut is_lost);
    match done {
        Ok((turn, changes)) => {
            // Told before it is answered: a writer that asks for head sees its own write in the stream too, and whoever
            // ended a device knows that its streams end.
            let has_news = !changes.items.is_empty() || !changes.revoked.is_empty();
            turn.tell(&desk.publisher, &changes);
            for answer in answers {
                answer(Ok(()));
            }
            if has_news {
                desk.written.notify_one();
            }
            if !changes.dropped_blobs.is_empty() {
                is_lost |= drop_photos(runtime, &mut client, &*desk.blobs, &changes.dropped_blobs).is_err();
            }
        }
        Err(error) => {
            tracing::error!(%error, "a commit failed; as far as is known, nothing of it was kept");
            for answer in answers {
                answer(Err(error.clone()));
            }
        }
    }
    if is_lost {
        // An answer is missing on it: whoever had it next would wait for that, too.
        drop(Object::take(client));
    }
}

/// Deletes the photos that nothing names any more. No node writes meanwhile: whoever brings one of them anew
/// either names it first, and it stays, or finds it gone, and keeps it again.
pub(super) fn drop_photos(
    runtime: &Handle,
    client: &mut Object,
    blobs: &dyn Blobs,
    dropped: &[BlobHash],
) -> StoreResult<()> {
    let session = Session::begin_writing(runtime, client)?;
    turn::lock(&session)?;
    drop_files((&session).into(), blobs, dropped);
    Ok(session.commit()?)
}

fn commit(
    desk: &Desk,
    runtime: &Handle,
    client: &mut Object,
    jobs: Vec<Job>,
    answers: &mut Vec<Answer>,
    is_lost: &mut bool,
) -> StoreResult<(Turn, Changes)> {
    let begun = begin(desk, runtime, client, is_lost);
    let (session, turn) = match begun {
        Ok(begun) => begun,
        Err(error) => {
            // Without its place in the sequence nothing can be written; each job hears why.
            answers.extend(jobs.into_iter().map(|job| job(Err(error.clone())).1));
            return Err(error);
        }
    };
    let done = do_all(&session, turn.head(), jobs, answers);
    *is_lost |= session.is_lost();
    let changes = done?;
    let committed = session.commit();
    *is_lost |= committed.is_err();
    committed?;
    Ok((turn, changes))
}

fn begin<'c>(
    desk: &Desk,
    runtime: &Handle,
    client: &'c mut Object,
    is_lost: &mut bool,
) -> StoreResult<(Session<'c>, Turn)> {
    let begun = Session::begin_writing(runtime, client);
    *is_lost |= begun.is_err();
    let session = begun?;
    let turn = Turn::take(&desk.publisher, &session);
    *is_lost |= session.is_lost();
    Ok((session, turn?))
}

fn do_all(session: &Session<'_>, head: Seq, jobs: Vec<Job>, answers: &mut Vec<Answer>) -> StoreResult<Changes> {
    let mut all = Changes::after(head);
    for job in jobs {
        let mut changes = Changes::after(all.head());
        // From here on the answer of each job is owed, also when the database fails in between.
        let begun = session.run("SAVEPOINT job").map_err(StoreError::from);
        let place = begun.map(|()| (Connection::from(session), &mut changes));
        let tried = std::panic::catch_unwind(AssertUnwindSafe(|| job(place)));
        let keep = if let Ok((keep, answer)) = tried {
            answers.push(answer);
            keep
        } else {
            // Its channel closed, which the caller hears as a failure. The others go on.
            tracing::error!("a write panicked; nothing of it was kept");
            false
        };
        if keep {
            session.run("RELEASE SAVEPOINT job")?;
            all.append(changes);
        } else {
            session.run("ROLLBACK TO SAVEPOINT job; RELEASE SAVEPOINT job")?;
        }
    }
    let db = Connection::from(session);
    for device in &all.revoked {
        db.prepare_cached(
            "INSERT INTO revocations (device, at) VALUES (?1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)",
        )?
        .execute([device.to_string()])?;
    }
    if head != all.head() {
        // Last of all: whoever reads the sequence sees all that it counts.
        db.prepare_cached("UPDATE team SET head = ?1")?
            .execute([all.head().cast_signed()])?;
    }
    Ok(all)
}

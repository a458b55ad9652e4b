//! The one writer of this node. As on SQLite it takes all writes that wait, does each in a savepoint of one transaction,
//! commits once and only then answers. A lock of the database makes it the one writer of all nodes while it does: so the
//! rules see a settled state, and what is to happen once happens once.

use std::sync::Arc;

use deadpool_postgres::{Object, Pool};
use samovar_domain::BlobHash;
use tokio::runtime::Handle;
use tokio::sync::{Notify, mpsc};

use super::lock::lock;
use super::pool;
use super::session::Session;
use crate::blobs::Blobs;
use crate::store::StoreResult;
use crate::store::jobs::{Answer, BATCH, Job, Writer};
use crate::store::nodes::batch;
use crate::store::nodes::publisher::Publisher;
use crate::store::nodes::turn::Turn;
use crate::store::sql::changes::Changes;
use crate::store::sql::drop_files;

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

/// Starts the writer, which ends when the store is dropped.
pub(super) fn start(desk: Desk) -> Writer {
    let (writer, waiting) = Writer::new();
    tokio::spawn(run(Arc::new(desk), waiting));
    writer
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
                batch::refuse(batch, &error);
            }
        }
    }
}

fn write_all(desk: &Desk, runtime: &Handle, mut client: Object, jobs: Vec<Job>) {
    let mut answers = Vec::with_capacity(jobs.len());
    let mut is_lost = false;
    let done = commit(desk, runtime, &mut client, jobs, &mut answers, &mut is_lost);
    let dropped = batch::settle(done, answers, &desk.publisher, &desk.written);
    if !dropped.is_empty() {
        is_lost |= drop_photos(runtime, &mut client, &*desk.blobs, &dropped).is_err();
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
    lock(&session)?;
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
    let done = batch::do_all((&session).into(), turn.head(), jobs, answers);
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
    let turn = take_turn(desk, &session);
    *is_lost |= session.is_lost();
    Ok((session, turn?))
}

/// Waits for other nodes to be done, and looks where they have come to.
fn take_turn(desk: &Desk, session: &Session<'_>) -> StoreResult<Turn> {
    lock(session)?;
    Turn::take(&desk.publisher, session.into())
}

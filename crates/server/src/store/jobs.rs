//! Writes that wait to be done, many of them in one transaction: how they are handed over, and how their answers come back.

use tokio::sync::{mpsc, oneshot};

use super::sql::changes::Changes;
use super::sql::connection::Connection;
use super::{StoreError, StoreResult};

/// Says to whoever wrote what came of it.
pub(in crate::store) type Answer = Box<dyn FnOnce(StoreResult<()>) + Send>;
/// Given its place in the transaction, or why there is none; tells whether what it did is to be kept.
pub(in crate::store) type Job = Box<dyn FnOnce(StoreResult<(Connection<'_>, &mut Changes)>) -> (bool, Answer) + Send>;

/// The most writes in one transaction.
pub(in crate::store) const BATCH: usize = 512;

/// Where writes wait. Cheap to clone.
#[derive(Clone)]
pub(in crate::store) struct Writer {
    jobs: mpsc::Sender<Job>,
}

impl Writer {
    /// An empty one, and where its writes come out.
    pub(in crate::store) fn new() -> (Self, mpsc::Receiver<Job>) {
        let (jobs, waiting) = mpsc::channel(1024);
        (Self { jobs }, waiting)
    }

    /// Does `work` in a savepoint; the answer comes after the commit.
    pub(in crate::store) async fn write<T, F>(&self, work: F) -> StoreResult<T>
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

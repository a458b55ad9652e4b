//! The one writer of a node of a simulation: its process may end before a commit and behind it, and what came of a commit
//! may never be heard.

use std::sync::Arc;

use samovar_blocking::Moment;
use tokio::sync::{Notify, mpsc};

use super::file::{File, begin_writing};
use super::wire::goes;
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
    pub(super) file: File,
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
    tokio::spawn(run(desk, waiting));
    writer
}

async fn run(desk: Desk, mut waiting: mpsc::Receiver<Job>) {
    let mut jobs = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut jobs, BATCH).await > 0 {
        let batch = std::mem::take(&mut jobs);
        if let Err(error) = goes(desk.file.wire().question()).await {
            batch::refuse(batch, &error);
            continue;
        }
        let mut answers = Vec::with_capacity(batch.len());
        samovar_blocking::reaches(Moment::BeforeCommit).await;
        let mut done = commit(&desk, batch, &mut answers);
        samovar_blocking::reaches(Moment::AfterCommit).await;
        if let Err(error) = goes(desk.file.wire().answer()).await {
            done = Err(error);
        }
        let dropped = batch::settle(done, answers, &desk.publisher, &desk.written);
        if !dropped.is_empty() {
            let dropping = desk.file.with(|connection| {
                let transaction = begin_writing(connection)?;
                drop_files((&*transaction).into(), &*desk.blobs, &dropped);
                Ok(transaction.commit()?)
            });
            if let Err(error) = dropping {
                tracing::warn!(%error, "photos stay for the sweep");
            }
        }
    }
}

fn commit(desk: &Desk, jobs: Vec<Job>, answers: &mut Vec<Answer>) -> StoreResult<(Turn, Changes)> {
    desk.file.with(|connection| {
        let transaction = begin_writing(connection)?;
        let turn = Turn::take(&desk.publisher, (&*transaction).into())?;
        let changes = batch::do_all((&*transaction).into(), turn.head(), jobs, answers)?;
        transaction.commit()?;
        Ok((turn, changes))
    })
}

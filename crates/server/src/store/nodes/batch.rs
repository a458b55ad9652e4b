//! Writes that wait for a node's turn: all of them are done in one transaction, each in a savepoint, and answered when it is
//! committed and this node's readers were told.

use std::panic::AssertUnwindSafe;

use samovar_domain::{BlobHash, Seq};
use tokio::sync::Notify;

use super::publisher::Publisher;
use super::turn::Turn;
use crate::store::jobs::{Answer, Job};
use crate::store::sql::changes::Changes;
use crate::store::sql::connection::Connection;
use crate::store::{StoreError, StoreResult};

/// Where there is no turn to be had, each hears why.
pub(in crate::store) fn refuse(jobs: Vec<Job>, error: &StoreError) {
    for job in jobs {
        job(Err(error.clone())).1(Err(error.clone()));
    }
}

/// Does all of them behind `head`. Their answers are owed, whatever this returns.
pub(in crate::store) fn do_all(
    db: Connection<'_>,
    head: Seq,
    jobs: Vec<Job>,
    answers: &mut Vec<Answer>,
) -> StoreResult<Changes> {
    let mut all = Changes::after(head);
    for job in jobs {
        let mut changes = Changes::after(all.head());
        // From here on the answer of each job is owed, also when the database fails in between.
        let begun = db.run("SAVEPOINT job").map_err(StoreError::from);
        let place = begun.map(|()| (db, &mut changes));
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
            db.run("RELEASE SAVEPOINT job")?;
            all.append(changes);
        } else {
            db.run("ROLLBACK TO SAVEPOINT job; RELEASE SAVEPOINT job")?;
        }
    }
    for device in &all.revoked {
        let clock = db.clock();
        db.prepare_cached(&format!("INSERT INTO revocations (device, at) VALUES (?1, {clock})"))?
            .execute([device.to_string()])?;
    }
    if head != all.head() {
        // Last of all: whoever reads the sequence sees all that it counts.
        db.prepare_cached("UPDATE team SET head = ?1")?
            .execute([all.head().cast_signed()])?;
    }
    Ok(all)
}

/// Tells this node's readers of what was committed, then answers, then has the others be told; which photos may go now.
pub(in crate::store) fn settle(
    done: StoreResult<(Turn, Changes)>,
    answers: Vec<Answer>,
    publisher: &Publisher,
    written: &Notify,
) -> Vec<BlobHash> {
    match done {
        Ok((turn, changes)) => {
            // Told before it is answered: a writer that asks for head sees its own write in the stream too, and whoever
            // ended a device knows that its streams end.
            let has_news = !changes.items.is_empty() || !changes.revoked.is_empty();
            turn.tell(publisher, &changes);
            for answer in answers {
                answer(Ok(()));
            }
            if has_news {
                written.notify_one();
            }
            changes.dropped_blobs
        }
        Err(error) => {
            tracing::error!(%error, "a commit failed; as far as is known, nothing of it was kept");
            for answer in answers {
                answer(Err(error.clone()));
            }
            Vec::new()
        }
    }
}

//! What this node has told its readers of: every item once, in seq order, whichever node wrote it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use samovar_domain::{DeviceId, Item};

use super::stand::Stand;
use crate::store::{Commit, Committed};

/// What there is to be told.
#[derive(Debug, Default)]
pub(in crate::store) struct News {
    /// The life of the sequence that it is of.
    pub(in crate::store) epoch: String,
    /// Items, in seq order, that leave out nothing after what was told when they were looked up, but for versions that
    /// newer ones follow.
    pub(in crate::store) items: Vec<Item>,
    /// Devices that were ended.
    pub(in crate::store) revoked: Vec<DeviceId>,
    /// The newest revocation that is among them, when others come before it that are too.
    pub(in crate::store) revocation: i64,
    /// When it was so, by the clock of the database.
    pub(in crate::store) at: i64,
}

/// See the module.
pub(in crate::store) struct Publisher {
    committed: Committed,
    /// Everything up to here was told.
    told: Mutex<Stand>,
}

impl Publisher {
    /// One that tells what comes after `begin`.
    pub(in crate::store) fn new(committed: Committed, begin: Stand) -> Self {
        Self {
            committed,
            told: Mutex::new(begin),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Stand> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything up to here was told.
    pub(in crate::store) fn told(&self) -> Stand {
        self.lock().clone()
    }

    /// Tells of what was committed. What was told meanwhile by somebody else is not told again, and where another epoch has
    /// begun meanwhile, nothing but who has ended.
    pub(in crate::store) fn publish(&self, news: News) {
        let News {
            epoch,
            mut items,
            revoked,
            revocation,
            at,
        } = news;
        let mut told = self.lock();
        if told.epoch == epoch {
            items.retain(|item| item.seq > told.head);
            if let Some(last) = items.last() {
                told.head = last.seq;
            }
            told.revocation = told.revocation.max(revocation);
            told.at = told.at.max(at);
        } else {
            // Looked up before the database lost it, perhaps.
            items.clear();
        }
        // Told with the lock held: the order is that of the sequence.
        if !items.is_empty() || !revoked.is_empty() {
            (self.committed)(Commit {
                items,
                revoked,
                anew: None,
            });
        }
    }

    /// There is nothing to be told up to here.
    pub(in crate::store) fn pass_over(&self, stand: &Stand) {
        let mut told = self.lock();
        if told.epoch == stand.epoch {
            told.head = stand.head.max(told.head);
        }
    }

    /// What was told up to `before` leads nowhere: readers come anew, and hear of what follows `present`.
    pub(in crate::store) fn begin_anew(&self, before: &Stand, present: Stand) {
        let mut told = self.lock();
        if told.epoch != before.epoch {
            return; // somebody else was faster
        }
        let head = if told.epoch == present.epoch {
            present.head.max(told.head)
        } else {
            present.head
        };
        *told = Stand { head, ..present };
        (self.committed)(Commit {
            anew: Some(head),
            ..Commit::default()
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use samovar_domain::{Audience, ItemId, Kind, Owner, Seq, Timestamp};

    use super::*;

    fn stand(epoch: &str, head: Seq) -> Stand {
        Stand {
            epoch: epoch.to_owned(),
            head,
            revocation: 0,
            at: 0,
        }
    }

    fn news(epoch: &str, seqs: &[Seq]) -> News {
        let item = |seq: &Seq| Item {
            id: ItemId(uuid::Uuid::from_u128(u128::from(*seq))),
            kind: Kind::new(Kind::SNAPSHOT),
            owner: Owner::Team,
            seq: *seq,
            audience: Audience::Team,
            created_at: Timestamp::default(),
            updated_at: Timestamp::default(),
            expires_at: None,
            body: None,
        };
        News {
            epoch: epoch.to_owned(),
            items: seqs.iter().map(item).collect(),
            ..News::default()
        }
    }

    #[test]
    fn everything_is_told_once_and_nothing_of_an_epoch_that_is_over() {
        let told = Arc::<Mutex<Vec<Seq>>>::default();
        let tells = Arc::clone(&told);
        let publisher = Publisher::new(
            Arc::new(move |commit| tells.lock().unwrap().extend(commit.items.iter().map(|item| item.seq))),
            stand("one", 5),
        );
        publisher.publish(news("one", &[6, 7]));
        publisher.publish(news("one", &[7, 8]));
        assert_eq!(*told.lock().unwrap(), [6, 7, 8]);
        // It was looked for what follows when the database lost it.
        let late = news("one", &[9]);
        publisher.begin_anew(&stand("one", 8), stand("two", 6));
        publisher.publish(late);
        assert_eq!(publisher.told(), stand("two", 6));
        publisher.publish(news("two", &[7]));
        assert_eq!(*told.lock().unwrap(), [6, 7, 8, 7]);
    }
}

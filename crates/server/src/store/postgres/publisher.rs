//! What this node has told its readers of: every item once, in seq order, whichever node wrote it.

use std::sync::{Mutex, PoisonError};

use samovar_domain::{DeviceId, Item, Seq};

use crate::store::{Commit, Committed};

/// See the module.
pub(super) struct Publisher {
    committed: Committed,
    /// Everything up to here was told.
    published: Mutex<Seq>,
}

impl Publisher {
    /// One that tells what comes after `head`.
    pub(super) fn new(committed: Committed, head: Seq) -> Self {
        Self {
            committed,
            published: Mutex::new(head),
        }
    }

    /// Everything up to here was told.
    pub(super) fn published(&self) -> Seq {
        *self.published.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells of committed items, in seq order, that leave out nothing after what was published when they were looked up,
    /// but for versions that newer ones follow. What was told meanwhile by somebody else is not told again.
    pub(super) fn publish(&self, mut items: Vec<Item>, revoked: Vec<DeviceId>) {
        let mut published = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        items.retain(|item| item.seq > *published);
        if let Some(last) = items.last() {
            *published = last.seq;
        }
        // Told with the lock held: the order is that of the sequence.
        if !items.is_empty() || !revoked.is_empty() {
            (self.committed)(Commit { items, revoked });
        }
    }

    /// There is nothing to be told up to here.
    pub(super) fn pass_over(&self, head: Seq) {
        let mut published = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        *published = head.max(*published);
    }
}

//! What a write does beside its rows.

use samovar_domain::{BlobHash, DeviceId, Item, Seq};

/// See the module.
#[derive(Debug, Default)]
pub(in crate::store) struct Changes {
    /// The newest seq that is given out.
    head: Seq,
    /// Items written, with their seqs.
    pub(in crate::store) items: Vec<Item>,
    /// Devices that are no more.
    pub(in crate::store) revoked: Vec<DeviceId>,
    /// Photos whose files may go when nothing names them any more.
    pub(in crate::store) dropped_blobs: Vec<BlobHash>,
    /// Something that people wrote is gone, and is to be gone from the write-ahead log too.
    pub(in crate::store) forget: bool,
}

impl Changes {
    /// None yet, in a sequence whose newest place is `head`.
    pub(in crate::store) fn after(head: Seq) -> Self {
        Self {
            head,
            ..Self::default()
        }
    }

    /// The next place in the sequence.
    pub(super) fn next_seq(&mut self) -> Seq {
        self.head += 1;
        self.head
    }

    /// The newest place that is taken.
    pub(in crate::store) fn head(&self) -> Seq {
        self.head
    }

    /// Adds what the next write of the same transaction did.
    pub(in crate::store) fn append(&mut self, mut next: Self) {
        self.head = next.head;
        self.items.append(&mut next.items);
        self.revoked.append(&mut next.revoked);
        self.dropped_blobs.append(&mut next.dropped_blobs);
        self.forget |= next.forget;
    }
}

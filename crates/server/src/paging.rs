//! Who is just fetching the team anew, and how far they are.
//!
//! A cursor from before the low-water mark has missed tombstones that were purged, so it is told to begin at 0. A reader
//! that did so a moment ago passes such cursors on its way, and has missed nothing. Only memory knows of it: reading
//! leaves no trace, and a reader whose endpoint was started again meanwhile begins once more.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use samovar_domain::wire::Page;
use samovar_domain::{DeviceId, Epoch, Seq};

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct PagingAnew {
    reached: Mutex<HashMap<DeviceId, (Epoch, Seq)>>,
}

impl PagingAnew {
    /// The epoch of the pages that led this device to this cursor from 0, when it is the one that it was given last.
    pub(crate) fn goes_on(&self, device: DeviceId, after: Seq) -> Option<Epoch> {
        let reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        let (epoch, seq) = reached.get(&device)?;
        (*seq == after).then_some(*epoch)
    }

    /// Remembers where a page that began at 0, or goes on from one that did, has led.
    pub(crate) fn was_given(&self, device: DeviceId, page: &Page) {
        let mut reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        match page.items.last().filter(|_| page.more) {
            Some(last) => reached.insert(device, (page.epoch, last.seq)),
            None => reached.remove(&device),
        };
    }
}

//! Streams that are open, by their devices, so that those of a device that was ended end with it.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use samovar_domain::DeviceId;
use tokio_util::sync::CancellationToken;

/// The end of one connection: whoever cancels it has the connection closed, whether its reader reads or not.
#[derive(Debug, Clone, Default)]
pub(crate) struct ConnectionEnd(pub(crate) CancellationToken);

#[derive(Debug, Default)]
struct Open {
    next: u64,
    streams: HashMap<DeviceId, HashMap<u64, ConnectionEnd>>,
}

/// Whose streams end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Those of these devices.
    Devices(Vec<DeviceId>),
    /// Everybody's.
    All,
}

impl Whose {
    /// Whether those of this device are among them.
    #[cfg(target_os = "linux")]
    pub(crate) fn is_of(&self, device: DeviceId) -> bool {
        match self {
            Self::Devices(devices) => devices.contains(&device),
            Self::All => true,
        }
    }
}

/// See the module. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct OpenStreams {
    open: Arc<Mutex<Open>>,
    /// Knows of more streams than are entered here.
    listener: Arc<OnceLock<Listener>>,
}

type Listener = Box<dyn Fn(Whose) + Send + Sync>;

impl fmt::Debug for OpenStreams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenStreams")
            .field("open", &self.open)
            .finish_non_exhaustive()
    }
}

impl OpenStreams {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has `listener` told whose streams end, after those that are entered here have been ended; it must not block. Only
    /// the first one that asks is heard.
    pub(crate) fn tell(&self, listener: impl Fn(Whose) + Send + Sync + 'static) {
        let _ = self.listener.set(Box::new(listener));
    }

    /// Enters a stream of this device, until the entry is dropped.
    pub(crate) fn enter(&self, device: DeviceId, end: ConnectionEnd) -> Entry {
        let mut open = self.open();
        open.next += 1;
        let number = open.next;
        open.streams.entry(device).or_default().insert(number, end.clone());
        Entry {
            streams: self.clone(),
            device,
            number,
            end,
        }
    }

    /// Ends all streams of all devices; those that may come back do.
    pub(crate) fn end_all(&self) {
        for end in self.open().streams.values().flat_map(HashMap::values) {
            end.0.cancel();
        }
        self.tell_of(Whose::All);
    }

    /// How many are entered.
    #[cfg(all(test, target_os = "linux"))]
    pub(crate) fn count(&self) -> usize {
        self.open().streams.values().map(HashMap::len).sum()
    }

    /// Ends all streams of these devices.
    pub(crate) fn end(&self, devices: &[DeviceId]) {
        let open = self.open();
        for end in devices
            .iter()
            .filter_map(|device| open.streams.get(device))
            .flat_map(HashMap::values)
        {
            end.0.cancel();
        }
        drop(open);
        if !devices.is_empty() {
            self.tell_of(Whose::Devices(devices.to_vec()));
        }
    }

    fn tell_of(&self, whose: Whose) {
        if let Some(listener) = self.listener.get() {
            listener(whose);
        }
    }
}

/// A stream that is open.
#[derive(Debug)]
pub(crate) struct Entry {
    streams: OpenStreams,
    device: DeviceId,
    number: u64,
    end: ConnectionEnd,
}

impl Entry {
    /// Returns once the stream is to end.
    pub(crate) async fn ended(&self) {
        self.end.0.cancelled().await;
    }

    /// Whether the stream is to end.
    pub(crate) fn is_ended(&self) -> bool {
        self.end.0.is_cancelled()
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let mut open = self.streams.open();
        if let Some(of_device) = open.streams.get_mut(&self.device) {
            of_device.remove(&self.number);
            if of_device.is_empty() {
                open.streams.remove(&self.device);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_streams_of_a_device_end_with_it_and_leave_nothing_behind() {
        let streams = OpenStreams::default();
        let (ana, ben) = (DeviceId(uuid::Uuid::from_u128(1)), DeviceId(uuid::Uuid::from_u128(2)));
        let entries: Vec<_> = [ana, ana, ben]
            .map(|device| streams.enter(device, ConnectionEnd::default()))
            .into();
        streams.end(&[ana]);
        assert_eq!(
            entries.iter().map(Entry::is_ended).collect::<Vec<_>>(),
            [true, true, false]
        );
        streams.end_all();
        assert!(entries.iter().all(Entry::is_ended));
        drop(entries);
        assert!(streams.open().streams.is_empty());
    }
}

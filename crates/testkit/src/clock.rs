//! A clock that stands still until it is moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use samovar_core::reminder_driver::{ToldTimer, WallTimer};
use samovar_domain::{Clock, Timestamp};
use tokio::sync::Notify;

/// See the module. Clones share the time.
#[derive(Debug, Clone)]
pub struct FakeClock {
    millis: Arc<AtomicI64>,
    moved: Arc<Notify>,
}

impl FakeClock {
    /// Stands at this instant, written in RFC 3339.
    pub fn at(text: &str) -> Self {
        let now: Timestamp = text.parse().expect("a story's time is written in RFC 3339");
        Self {
            millis: Arc::new(AtomicI64::new(now.millis())),
            moved: Arc::default(),
        }
    }

    /// Moves on.
    pub fn advance(&self, duration: Duration) {
        let millis = i64::try_from(duration.as_millis()).expect("stories last less than millions of years");
        self.millis.fetch_add(millis, Ordering::SeqCst);
        self.moved.notify_waiters();
    }

    /// Jumps to an instant, written in RFC 3339.
    pub fn set(&self, text: &str) {
        let now: Timestamp = text.parse().expect("a story's time is written in RFC 3339");
        self.millis.store(now.millis(), Ordering::SeqCst);
        self.moved.notify_waiters();
    }

    /// A timer that follows it.
    pub fn timer(&self) -> Arc<dyn WallTimer> {
        Arc::new(ToldTimer::new(Arc::new(self.clone()), Arc::clone(&self.moved)))
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.millis.load(Ordering::SeqCst))
    }
}

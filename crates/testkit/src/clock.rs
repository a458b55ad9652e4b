//! A clock that stands still until it is moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use samovar_core::reminder_driver::{ToldTimer, WallTimer};
use samovar_domain::{Clock, Timestamp};
use tokio::sync::{Notify, watch};

/// See the module. Clones share the time.
#[derive(Debug, Clone)]
pub struct FakeClock {
    millis: Arc<AtomicI64>,
    moved: Arc<Notify>,
    /// For which instants somebody waits now.
    awaited: Arc<watch::Sender<Vec<Timestamp>>>,
}

impl FakeClock {
    /// Stands at this instant, written in RFC 3339.
    pub fn at(text: &str) -> Self {
        let now: Timestamp = text.parse().expect("a story's time is written in RFC 3339");
        Self {
            millis: Arc::new(AtomicI64::new(now.millis())),
            moved: Arc::default(),
            awaited: Arc::new(watch::channel(Vec::new()).0),
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
        Arc::new(FakeTimer {
            timer: ToldTimer::new(Arc::new(self.clone()), Arc::clone(&self.moved)),
            awaited: Arc::clone(&self.awaited),
        })
    }

    /// Waits until somebody sleeps until so long from now.
    pub async fn is_slept_on_for(&self, duration: Duration) {
        let at = self.now().plus(duration);
        let mut awaited = self.awaited.subscribe();
        let waited = tokio::time::timeout(crate::PATIENCE, awaited.wait_for(|all| all.contains(&at))).await;
        assert!(waited.is_ok(), "nobody sleeps until {at}: {:?}", self.awaited.borrow());
    }
}

struct FakeTimer {
    timer: ToldTimer,
    awaited: Arc<watch::Sender<Vec<Timestamp>>>,
}

/// Somebody waits for an instant, until this is dropped.
struct Sleeper<'a> {
    at: Timestamp,
    awaited: &'a watch::Sender<Vec<Timestamp>>,
}

impl Drop for Sleeper<'_> {
    fn drop(&mut self) {
        self.awaited.send_modify(|all| {
            if let Some(place) = all.iter().position(|at| *at == self.at) {
                all.swap_remove(place);
            }
        });
    }
}

#[async_trait]
impl WallTimer for FakeTimer {
    async fn wait_until(&self, at: Option<Timestamp>) {
        let _sleeper = at.map(|at| {
            self.awaited.send_modify(|all| all.push(at));
            Sleeper {
                at,
                awaited: &self.awaited,
            }
        });
        self.timer.wait_until(at).await;
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.millis.load(Ordering::SeqCst))
    }
}

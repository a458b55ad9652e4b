//! Sleeps until the next reminder is due on the wall clock, and wakes when that clock is set or the computer was
//! suspended. What is due, and where it goes, is decided elsewhere; here is only the waiting.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use samovar_domain::{Clock, SystemClock, Timestamp};
use tokio::sync::Notify;

/// Knows what is due, and delivers it.
#[async_trait]
pub trait ReminderSource: Send + Sync {
    /// When the next reminder is due that was not delivered; it may lie in the past.
    async fn next_due(&self) -> Option<Timestamp>;
    /// Delivers, holds or drops everything that is due now, each once.
    async fn deliver_due(&self);
}

/// Waits for an instant on the wall clock.
#[async_trait]
pub trait WallTimer: Send + Sync {
    /// Returns at `at`, or earlier: when the clock was set, after a suspend, or because this system cannot wait that
    /// long. With `None`, only then. The caller looks at the clock anew.
    async fn wait_until(&self, at: Option<Timestamp>);
}

/// The longest wait after something that was due could not be delivered, as when the disk is full.
const RETRY_AT_MOST: Duration = Duration::from_mins(1);

/// Delivers reminders for as long as it is polled. `plan_anew` is told (by `notify_one`) when the local state or the
/// settings have changed.
pub async fn run(
    source: Arc<dyn ReminderSource>,
    timer: Arc<dyn WallTimer>,
    clock: Arc<dyn Clock>,
    plan_anew: Arc<Notify>,
) {
    let mut overdue: Option<(Timestamp, u32)> = None;
    loop {
        source.deliver_due().await;
        let mut next = source.next_due().await;
        let now = clock.now();
        overdue = match (next, overdue) {
            // Due still, after it was to be delivered: it cannot be, for now.
            (Some(due), Some((before, rounds))) if due == before && due <= now => {
                let wait = Duration::from_secs(1 << rounds.min(6)).min(RETRY_AT_MOST);
                next = Some(now.plus(wait));
                Some((due, rounds + 1))
            }
            // It came due in between.
            (Some(due), _) if due <= now => Some((due, 0)),
            _ => None,
        };
        tokio::select! {
            () = timer.wait_until(next) => {}
            () = plan_anew.notified() => {}
        }
    }
}

/// The timer of this system.
pub fn system_timer(clock: Arc<dyn Clock>) -> Arc<dyn WallTimer> {
    Arc::new(SystemTimer { clock })
}

struct SystemTimer {
    clock: Arc<dyn Clock>,
}

impl SystemTimer {
    /// For systems where no timer follows the wall clock: looks at it once a minute.
    async fn sleep_at_most_a_minute(&self, at: Option<Timestamp>) {
        let minute = Duration::from_mins(1);
        tokio::time::sleep(at.map_or(minute, |at| at.since(self.clock.now()).min(minute))).await;
    }
}

#[async_trait]
impl WallTimer for SystemTimer {
    async fn wait_until(&self, at: Option<Timestamp>) {
        #[cfg(target_os = "linux")]
        // The kernel knows nothing of a clock that a test has put ahead.
        match linux::wait_until(at.map(|at| at.minus(SystemClock::ahead()))).await {
            Ok(()) => return,
            Err(error) => tracing::warn!(%error, "no timer follows the wall clock here; looking at it once a minute"),
        }
        self.sleep_at_most_a_minute(at).await;
    }
}

/// A timer over a clock that somebody else moves and tells of it: for tests, on a fake clock.
pub struct ToldTimer {
    clock: Arc<dyn Clock>,
    moved: Arc<Notify>,
}

impl ToldTimer {
    /// `moved` is told by `notify_waiters` (or `notify_one`, for a single timer) after each move of the clock.
    pub fn new(clock: Arc<dyn Clock>, moved: Arc<Notify>) -> Self {
        Self { clock, moved }
    }
}

#[async_trait]
impl WallTimer for ToldTimer {
    async fn wait_until(&self, at: Option<Timestamp>) {
        loop {
            let moved = self.moved.notified();
            tokio::pin!(moved);
            // Before the look at the clock, so that a move right after the look is not missed.
            moved.as_mut().enable();
            if at.is_some_and(|at| at <= self.clock.now()) {
                return;
            }
            moved.await;
        }
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::io;

    use rustix::io::Errno;
    use rustix::time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
    };
    use samovar_domain::Timestamp;
    use tokio::io::unix::AsyncFd;

    /// Waits on a timer that the kernel keeps on the wall clock. It also ends when the clock is set, and after a
    /// suspend, during which the time may have passed (`timerfd_create(2)`, `TFD_TIMER_CANCEL_ON_SET`).
    pub(super) async fn wait_until(at: Option<Timestamp>) -> io::Result<()> {
        let timer = timerfd_create(TimerfdClockId::Realtime, TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC)?;
        // Zero would switch the timer off, and the past is due at once.
        let millis = at.unwrap_or_else(|| Timestamp::from_millis(i64::MAX)).millis().max(1);
        let value = Timespec {
            tv_sec: millis / 1000,
            tv_nsec: (millis % 1000) * 1_000_000,
        };
        let once = Itimerspec {
            it_interval: Timespec { tv_sec: 0, tv_nsec: 0 },
            it_value: value,
        };
        timerfd_settime(
            &timer,
            TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET,
            &once,
        )?;
        #[expect(
            deprecated,
            reason = "its replacement is unsafe; what it guards against cannot happen with an OwnedFd"
        )]
        let timer = AsyncFd::new(timer)?;
        loop {
            let mut ready = timer.readable().await?;
            let mut expirations = [0_u8; 8];
            match rustix::io::read(timer.get_ref(), &mut expirations) {
                Err(Errno::AGAIN) => ready.clear_ready(),
                Ok(_) | Err(Errno::CANCELED) => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

#[cfg(test)]
mod tests;

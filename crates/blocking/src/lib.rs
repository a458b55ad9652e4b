//! Work that blocks, such as a transaction: off the async threads, where others wait for it; or, on the thread of a
//! simulation, at once and in its place, so that the same seed is the same run.
//!
//! A simulation sets a [`Stage`] for its thread. It is asked before and after such work, and may have the process that
//! the work is of end there: the work, or its answer, is then never heard of again. Nothing here knows what the work is.

use std::cell::RefCell;
use std::rc::Rc;

pub use tokio::task::JoinError;

/// Where in a process's work it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// Nothing of what is to be stored is stored yet.
    BeforeCommit,
    /// All of it is stored, and nobody has heard of that yet.
    AfterCommit,
    /// Something else that blocks is about to be done.
    BeforeWork,
    /// It was done.
    AfterWork,
}

/// What becomes of the process at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It goes on.
    GoesOn,
    /// It goes on after others on its thread had so many turns.
    Waits(u32),
    /// It has ended: what comes next never comes.
    Ended,
}

/// Decides on fates.
pub trait Stage {
    /// Asked at each moment of whatever runs on this thread.
    fn reaches(&self, moment: Moment) -> Fate;
}

thread_local! {
    static STAGE: RefCell<Option<Rc<dyn Stage>>> = const { RefCell::new(None) };
}

/// From now on, what runs on this thread is simulated.
pub fn simulate_on_this_thread(stage: Rc<dyn Stage>) {
    STAGE.set(Some(stage));
}

/// Whether what runs on this thread is simulated.
pub fn is_simulated() -> bool {
    STAGE.with_borrow(Option::is_some)
}

/// A moment of what is simulated; nothing elsewhere.
pub async fn reaches(moment: Moment) {
    let fate = STAGE.with_borrow(Clone::clone).map(|stage| stage.reaches(moment));
    match fate {
        None | Some(Fate::GoesOn) => {}
        Some(Fate::Waits(turns)) => {
            for _ in 0..turns {
                tokio::task::yield_now().await;
            }
        }
        Some(Fate::Ended) => std::future::pending().await,
    }
}

/// Does work that blocks. Fails when it panics.
pub async fn run<T, F>(work: F) -> Result<T, JoinError>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    between(Moment::BeforeWork, work, Moment::AfterWork).await
}

/// Does work after which something is stored that was not before: one transaction. Fails when it panics.
pub async fn commit<T, F>(work: F) -> Result<T, JoinError>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    between(Moment::BeforeCommit, work, Moment::AfterCommit).await
}

async fn between<T, F>(before: Moment, work: F, after: Moment) -> Result<T, JoinError>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    if !is_simulated() {
        return tokio::task::spawn_blocking(work).await;
    }
    reaches(before).await;
    let done = work();
    reaches(after).await;
    Ok(done)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    /// Ends the process at the first moment of this kind.
    struct EndsAt(Moment, Cell<u32>);

    impl Stage for EndsAt {
        fn reaches(&self, moment: Moment) -> Fate {
            self.1.set(self.1.get() + 1);
            if moment == self.0 { Fate::Ended } else { Fate::Waits(2) }
        }
    }

    async fn counted(moment: Moment) -> u32 {
        simulate_on_this_thread(Rc::new(EndsAt(moment, Cell::new(0))));
        let count = Arc::new(AtomicU32::new(0));
        let counting = Arc::clone(&count);
        let work = commit(move || counting.fetch_add(1, Ordering::Relaxed));
        let answered = tokio::time::timeout(std::time::Duration::from_secs(1), work).await;
        assert!(answered.is_err(), "a process that has ended answers nothing");
        count.load(Ordering::Relaxed)
    }

    #[tokio::test(start_paused = true)]
    async fn a_process_ends_before_its_commit_or_behind_it() {
        assert_eq!(counted(Moment::BeforeCommit).await, 0);
        assert_eq!(counted(Moment::AfterCommit).await, 1);
    }

    #[tokio::test]
    async fn elsewhere_work_is_done_off_the_thread_and_a_panic_is_told() {
        let here = std::thread::current().id();
        assert_ne!(run(|| std::thread::current().id()).await.unwrap(), here);
        assert!(commit(|| panic!("as a test does")).await.unwrap_err().is_panic());
    }
}

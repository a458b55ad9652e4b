//! How an endpoint stops: streams leave one after the other, and each is told when to come back, so that ten thousand
//! desktops are not back in the same second. A few leave at once.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How many leave in a second, unless that takes too long; and how many come back in one.
const A_SECOND: u32 = 1_000;
/// When the first are asked to be back.
const FIRST_BACK: Duration = Duration::from_secs(1);
/// When the last are, however many there are.
const LAST_BACK: Duration = Duration::from_mins(2);

/// How so many streams leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    streams: u32,
    /// For how long they do.
    pub(crate) over: Duration,
}

impl Plan {
    fn new(streams: usize, longest: Duration) -> Self {
        let streams = u32::try_from(streams).unwrap_or(u32::MAX);
        Self {
            streams,
            over: longest.min(Duration::from_secs(streams.into()) / A_SECOND),
        }
    }

    /// After how long the one with this number leaves, counted from 0. Who came while they were counted is the last.
    fn leaves_after(self, number: usize) -> Duration {
        let number = u32::try_from(number).unwrap_or(u32::MAX).min(self.streams);
        self.over.mul_f64(f64::from(number) / f64::from(self.streams.max(1)))
    }

    /// How long after that it is to come back, by chance from 0 to 1.
    fn back_after(self, chance: f64) -> Duration {
        let spread = Duration::from_secs(self.streams.into()) / A_SECOND;
        (FIRST_BACK + spread.mul_f64(chance)).min(LAST_BACK.mul_f64(0.5 + chance / 2.0))
    }
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Drain {
    longest: Duration,
    plan: OnceLock<Plan>,
    next: AtomicUsize,
}

impl Drain {
    /// All streams have left after this long at most.
    pub(crate) fn new(longest: Duration) -> Self {
        Self {
            longest,
            plan: OnceLock::new(),
            next: AtomicUsize::new(0),
        }
    }

    /// Has so many streams leave. To be called before they are told to.
    pub(crate) fn begin(&self, streams: usize) -> Plan {
        *self.plan.get_or_init(|| Plan::new(streams, self.longest))
    }

    fn plan(&self) -> Plan {
        self.begin(0)
    }

    /// After how long the next stream leaves, counted from when it was told to stop.
    pub(crate) fn leaves_after(&self) -> Duration {
        self.plan().leaves_after(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// What it is told then.
    pub(crate) fn last_words(&self) -> String {
        let back = self.plan().back_after(rand::random());
        format!(": the endpoint stops\nretry: {}\n\n", back.as_millis())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_few_leave_at_once_and_ten_thousand_in_their_time() {
        assert_eq!(Plan::new(0, SECOND * 10).over, Duration::ZERO);
        assert_eq!(Plan::new(5, SECOND * 10).over, Duration::from_millis(5));
        let many = Plan::new(10_000, SECOND * 10);
        assert_eq!(many.over, SECOND * 10);
        assert_eq!(Plan::new(50_000, SECOND * 10).over, SECOND * 10);
        let in_second = |second: u64| {
            let leave = (0..10_000).map(|number| many.leaves_after(number).as_secs());
            leave.filter(|left| *left == second).count()
        };
        for second in 0..10 {
            let left = in_second(second);
            assert!((999..=1_001).contains(&left), "{left} in second {second}");
        }
        assert_eq!(many.leaves_after(usize::MAX), many.over);
        assert_eq!(Plan::new(100, Duration::ZERO).leaves_after(99), Duration::ZERO);
    }

    #[test]
    fn nobody_comes_back_at_once_and_ten_thousand_not_together() {
        let few = Plan::new(5, SECOND * 10);
        assert!(few.back_after(0.0) >= SECOND && few.back_after(1.0) <= SECOND * 2);
        let many = Plan::new(10_000, Duration::ZERO);
        assert_eq!((many.back_after(0.0), many.back_after(1.0)), (SECOND, SECOND * 11));
        let most = Plan::new(usize::MAX, SECOND * 10);
        assert!(most.back_after(1.0) <= LAST_BACK && most.back_after(0.5) < most.back_after(1.0));
    }

    #[test]
    fn each_has_a_turn_and_is_told_when_to_come_back() {
        let drain = Drain::new(SECOND * 10);
        drain.begin(4_000);
        let turns: Vec<_> = (0..4).map(|_| drain.leaves_after().as_millis()).collect();
        assert_eq!(turns, [0, 1, 2, 3]);
        let words = drain.last_words();
        let retry = words.lines().find_map(|line| line.strip_prefix("retry: ")).unwrap();
        assert!((1_000..=5_000).contains(&retry.parse::<u64>().unwrap()), "{words}");
        assert!(words.ends_with("\n\n"));
    }
}

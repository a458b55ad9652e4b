//! When to look at which connection again: a wheel of ticks. To put somebody in and to take somebody out costs the same
//! among ten and among ten thousand; who comes before their time is put in again.

use std::time::{Duration, Instant};

use super::slab::Key;

/// A time, in ticks since the start.
pub(super) type Tick = u32;
/// How long one is: nobody waits for anything here more exactly than this.
pub(super) const TICK: Duration = Duration::from_millis(100);
/// How many the wheel has: more than the longest wait.
const TICKS: usize = 512;

/// So many ticks are at least so long.
pub(super) fn ticks(duration: Duration) -> Tick {
    duration.as_millis().div_ceil(TICK.as_millis()) as Tick
}

/// See the module.
#[derive(Debug)]
pub(super) struct Wheel {
    start: Instant,
    /// The tick up to which all were taken out.
    now: Tick,
    waiting: Vec<Vec<Key>>,
    count: usize,
}

impl Wheel {
    pub(super) fn new() -> Self {
        Self {
            start: Instant::now(),
            now: 0,
            waiting: (0..TICKS).map(|_| Vec::new()).collect(),
            count: 0,
        }
    }

    /// The tick that the loop has reached.
    pub(super) fn now(&self) -> Tick {
        self.now
    }

    /// Looks at `key` when `tick` is reached, or, when that is far away, as late as the wheel can.
    pub(super) fn put(&mut self, key: Key, tick: Tick) {
        let ahead = tick.saturating_sub(self.now).clamp(1, TICKS as Tick - 1);
        self.waiting[(self.now + ahead) as usize % TICKS].push(key);
        self.count += 1;
    }

    /// How long it is until somebody is to be looked at.
    pub(super) fn wait(&self) -> Option<Duration> {
        if self.count == 0 {
            return None;
        }
        let next =
            (self.now + 1..=self.now + TICKS as Tick).find(|tick| !self.waiting[*tick as usize % TICKS].is_empty())?;
        Some((self.start + TICK * next).saturating_duration_since(Instant::now()))
    }

    /// Turns to the present; returns whoever is to be looked at.
    pub(super) fn turn(&mut self) -> Vec<Key> {
        let reached = (self.start.elapsed().as_millis() / TICK.as_millis()) as Tick;
        let mut due = Vec::new();
        // After a long sleep of the machine once around is enough.
        self.now = self.now.max(reached.saturating_sub(TICKS as Tick));
        while self.now < reached {
            self.now += 1;
            // The place's memory goes with them, or in time each would keep as much as the fullest once took.
            due.append(&mut std::mem::take(&mut self.waiting[self.now as usize % TICKS]));
        }
        self.count -= due.len();
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: u64) -> Key {
        Key::from_u64(number)
    }

    #[test]
    fn each_is_looked_at_once_and_in_time() {
        let mut wheel = Wheel::new();
        wheel.put(key(1), 0);
        wheel.put(key(2), 2);
        wheel.put(key(3), 1_000_000);
        assert!(wheel.wait().unwrap() <= TICK);
        wheel.start -= TICK * 2;
        assert_eq!(wheel.turn(), [key(1), key(2)]);
        assert!(wheel.turn().is_empty());
        wheel.start -= TICK * TICKS as Tick;
        assert_eq!(wheel.turn(), [key(3)], "early rather than never");
        assert_eq!(wheel.wait(), None);
    }

    #[test]
    fn after_a_long_sleep_all_are_looked_at() {
        let mut wheel = Wheel::new();
        for tick in 1..500 {
            wheel.put(key(tick), tick as Tick);
        }
        wheel.start -= Duration::from_hours(20);
        assert_eq!(wheel.turn().len(), 499);
        assert_eq!(wheel.wait(), None);
    }

    #[test]
    fn a_wait_of_this_long_is_not_shorter() {
        assert_eq!(ticks(Duration::from_millis(1)), 1);
        assert_eq!(ticks(Duration::from_millis(200)), 2);
        assert_eq!(ticks(Duration::from_millis(201)), 3);
    }
}

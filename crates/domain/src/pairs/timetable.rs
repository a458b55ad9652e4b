//! A week of somebody's working hours in quarters of an hour, so that what many have in common is counted quickly.

use crate::Timestamp;
use crate::schedule::Schedule;

/// A step, in minutes. Every zone of today is a whole number of them away from UTC.
pub(super) const STEP_MIN: i64 = 15;
/// The steps of seven days.
pub(super) const STEPS: usize = 7 * 24 * 4;
const WORDS: usize = STEPS.div_ceil(64);

fn week_after(from: Timestamp) -> Timestamp {
    from.plus_minutes(STEPS as i64 * STEP_MIN)
}

/// See the module. Step 0 begins where the week does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Timetable([u64; WORDS]);

impl Timetable {
    /// The seven days from `from` on, without the times at which they are busy.
    pub(super) fn of(schedule: &Schedule, from: Timestamp) -> Self {
        Self::filled(schedule.free_spans(from, week_after(from)), from)
    }

    /// The seven days from `from` on, busy or not: what others may know of them.
    pub(super) fn of_hours(schedule: &Schedule, from: Timestamp) -> Self {
        Self::filled(schedule.spans(from, week_after(from)), from)
    }

    fn filled(spans: Vec<(Timestamp, Timestamp)>, from: Timestamp) -> Self {
        let mut words = [0; WORDS];
        let step_ms = STEP_MIN * 60_000;
        for (start, end) in spans {
            // Only whole steps count.
            let first = (start.millis() - from.millis() + step_ms - 1).div_euclid(step_ms);
            let last = (end.millis() - from.millis()).div_euclid(step_ms);
            for step in first..last {
                words[step as usize / 64] |= 1 << (step % 64);
            }
        }
        Self(words)
    }

    /// The minutes that both have.
    pub(super) fn shared_minutes(&self, other: &Self) -> u32 {
        let steps: u32 = self
            .0
            .iter()
            .zip(&other.0)
            .map(|(one, two)| (one & two).count_ones())
            .sum();
        steps * STEP_MIN as u32
    }

    /// What both have.
    pub(super) fn and(&self, other: &Self) -> Self {
        let mut words = self.0;
        for (word, more) in words.iter_mut().zip(&other.0) {
            *word &= more;
        }
        Self(words)
    }

    /// The minutes of it.
    pub(super) fn minutes(&self) -> u32 {
        self.shared_minutes(self)
    }

    pub(super) fn has(&self, step: usize) -> bool {
        step < STEPS && self.0[step / 64] >> (step % 64) & 1 == 1
    }

    /// Where in the day its middle lies, from 0 to 95; people whose hours are alike have middles that are.
    pub(super) fn middle_of_day(&self) -> u32 {
        let (mut x, mut y) = (0.0_f64, 0.0_f64);
        for step in (0..STEPS).filter(|step| self.has(*step)) {
            let angle = (step % 96) as f64 / 96.0 * std::f64::consts::TAU;
            x += angle.cos();
            y += angle.sin();
        }
        ((y.atan2(x) / std::f64::consts::TAU).rem_euclid(1.0) * 96.0) as u32 % 96
    }
}

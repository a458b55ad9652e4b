//! Whole turns near fractional shares: what the shares leave open is tried out, then improved, and when the answer is still
//! not good enough, everything is looked at anew, for so many steps.

use super::linear::Shares;
use super::share::{ROUNDING, Turns};

/// How many turns of each kind take which option.
pub(super) struct Whole<'a> {
    kinds: &'a [Turns],
    pub(super) counts: Vec<Vec<u32>>,
    borne: Vec<u32>,
    /// Turns that the shares leave open, by kind.
    open: Vec<usize>,
}

impl<'a> Whole<'a> {
    /// The whole turns of the shares.
    pub(super) fn near(kinds: &'a [Turns], shares: &Shares, loads: &[u32]) -> Self {
        let mut whole = Self {
            kinds,
            counts: Vec::with_capacity(kinds.len()),
            borne: loads.to_vec(),
            open: Vec::new(),
        };
        for (kind, (turns, shares)) in kinds.iter().zip(&shares.of).enumerate() {
            let mut left = turns.count;
            let counts: Vec<u32> = shares
                .iter()
                .map(|share| {
                    let count = ((share + ROUNDING).floor() as u32).min(left);
                    left -= count;
                    count
                })
                .collect();
            for (option, count) in counts.iter().enumerate() {
                whole.bear(kind, option, *count);
            }
            whole.counts.push(counts);
            whole.open.extend(std::iter::repeat_n(kind, left as usize));
        }
        whole
    }

    fn bear(&mut self, kind: usize, option: usize, times: u32) {
        for (borne, cost) in self.borne.iter_mut().zip(&self.kinds[kind].costs[option]) {
            *borne += cost * times;
        }
    }

    fn unbear(&mut self, kind: usize, option: usize) {
        for (borne, cost) in self.borne.iter_mut().zip(&self.kinds[kind].costs[option]) {
            *borne -= cost;
        }
    }

    pub(super) fn max(&self) -> u32 {
        self.borne.iter().copied().max().unwrap_or_default()
    }

    fn merit(&self) -> (u32, u64) {
        (self.max(), self.borne.iter().map(|borne| u64::from(*borne)).sum())
    }

    /// Gives the open turns to options, the best that is found in so many steps; with `enough` for the worst off it ends.
    pub(super) fn search(&mut self, steps: u32, enough: u32) {
        let open = std::mem::take(&mut self.open);
        // First simply the best for each.
        let mut greedy = Vec::with_capacity(open.len());
        for kind in open.iter().copied() {
            let (_, option) = self.tried(kind, 0).into_iter().min().unwrap_or_default();
            self.bear(kind, option, 1);
            greedy.push(option);
        }
        let merit = self.merit();
        for (kind, option) in open.iter().zip(&greedy) {
            self.unbear(*kind, *option);
        }
        let mut found = Found {
            steps,
            enough,
            best: Some((merit, greedy)),
            taken: Vec::with_capacity(open.len()),
        };
        self.descend(&open, &mut found);
        let (_, taken) = found.best.unwrap_or_default();
        for (kind, option) in open.into_iter().zip(taken) {
            self.counts[kind][option] += 1;
            self.bear(kind, option, 1);
        }
    }

    /// Looks for the best anew, without the shares, unless what is there is as good.
    pub(super) fn search_all(&mut self, steps: u32, enough: u32) {
        let (before, merit) = (self.counts.clone(), self.merit());
        let mut open = Vec::new();
        for kind in 0..self.kinds.len() {
            for option in 0..self.kinds[kind].costs.len() {
                for _ in 0..self.counts[kind][option] {
                    self.unbear(kind, option);
                    open.push(kind);
                }
                self.counts[kind][option] = 0;
            }
        }
        let mut found = Found {
            steps,
            enough,
            best: Some((merit, Vec::new())),
            taken: Vec::with_capacity(open.len()),
        };
        self.descend(&open, &mut found);
        let taken = found.best.map(|(_, taken)| taken).filter(|taken| !taken.is_empty());
        if let Some(taken) = taken {
            for (kind, option) in open.into_iter().zip(taken) {
                self.counts[kind][option] += 1;
                self.bear(kind, option, 1);
            }
        } else {
            for (kind, counts) in before.iter().enumerate() {
                for (option, count) in counts.iter().enumerate() {
                    self.bear(kind, option, *count);
                }
            }
            self.counts = before;
        }
    }

    /// Tries the options of the next open turn, the one that is best so far first.
    fn descend(&mut self, open: &[usize], found: &mut Found) {
        if found.is_done() {
            return;
        }
        found.steps = found.steps.saturating_sub(1);
        let depth = found.taken.len();
        let merit = self.merit();
        if found.best.as_ref().is_some_and(|(best, _)| *best <= merit) {
            return; // nothing gets less by bearing more
        }
        let Some(kind) = open.get(depth).copied() else {
            found.best = Some((merit, found.taken.clone()));
            return;
        };
        // Turns of a kind are alike, so their options are taken in order.
        let is_alike = depth > 0 && open[depth - 1] == kind;
        let first = if is_alike { found.taken[depth - 1] } else { 0 };
        let mut options = self.tried(kind, first);
        options.sort_unstable();
        for (_, option) in options {
            self.bear(kind, option, 1);
            found.taken.push(option);
            self.descend(open, found);
            found.taken.pop();
            self.unbear(kind, option);
        }
    }

    /// The options of a kind from `first` on, with what one more turn of each would come to.
    fn tried(&mut self, kind: usize, first: usize) -> Vec<((u32, u64), usize)> {
        let options = first..self.kinds[kind].costs.len();
        options
            .map(|option| {
                self.bear(kind, option, 1);
                let merit = self.merit();
                self.unbear(kind, option);
                (merit, option)
            })
            .collect()
    }

    /// Moves single turns to other options while that makes things better, until `enough` is reached.
    pub(super) fn improve(&mut self, enough: u32) {
        let mut rounds = 30;
        while rounds > 0 && self.max() > enough && self.improve_once() {
            rounds -= 1;
        }
    }

    fn improve_once(&mut self) -> bool {
        let (mut best, mut step) = (self.merit(), None);
        for kind in 0..self.kinds.len() {
            for from in 0..self.counts[kind].len() {
                if self.counts[kind][from] == 0 {
                    continue;
                }
                self.unbear(kind, from);
                for to in (0..self.counts[kind].len()).filter(|to| *to != from) {
                    self.bear(kind, to, 1);
                    let merit = self.merit();
                    if merit < best {
                        (best, step) = (merit, Some((kind, from, to)));
                    }
                    self.unbear(kind, to);
                }
                self.bear(kind, from, 1);
            }
        }
        let Some((kind, from, to)) = step else { return false };
        self.unbear(kind, from);
        self.bear(kind, to, 1);
        self.counts[kind][from] -= 1;
        self.counts[kind][to] += 1;
        true
    }
}

/// How a search stands.
struct Found {
    steps: u32,
    /// With less than this for the worst off it may end.
    enough: u32,
    best: Option<((u32, u64), Vec<usize>)>,
    taken: Vec<usize>,
}

impl Found {
    fn is_done(&self) -> bool {
        let is_enough = |((worst, _), _): &((u32, u64), Vec<usize>)| *worst <= self.enough;
        self.best
            .as_ref()
            .is_some_and(|best| self.steps == 0 || is_enough(best))
    }
}

//! The order of the turns, when it is known how many of them take which option.

use super::linear::Shares;
use super::share::{Table, Turns};

/// By what the next turn is chosen.
#[derive(Debug, Clone, Copy)]
enum By {
    /// The largest inconvenience so far.
    Largest,
    /// The inconveniences of all so far, the larger ones counting more.
    Squares,
    /// Which option is furthest behind the turns that it has to take.
    Behind,
}

/// The order of the turns: each takes, among the options that its kind still has, the one that is best against the
/// largest inconvenience so far. That is measured against what the shares would have everyone bear by then, so that who
/// has to bear more than others over the year does so evenly. When that would let somebody run ahead by more than one
/// worst slot in between, other orders are tried as well, and the most even one is taken.
pub(super) fn in_order(
    table: &Table,
    kinds: &[Turns],
    kind_of: &[usize],
    shares: &Shares,
    counts: &[Vec<u32>],
    loads: &[u32],
    past: usize,
) -> Vec<usize> {
    let even = Even::of(kinds, kind_of, shares, loads, past);
    let allowed = f64::from(table.worst());
    let mut best: Option<(f64, Vec<usize>)> = None;
    for by in [By::Largest, By::Squares, By::Behind] {
        let (ahead, order) = even.order(kinds, kind_of, counts, by);
        if best.as_ref().is_none_or(|(least, _)| ahead < *least) {
            best = Some((ahead, order));
        }
        if ahead <= allowed {
            break;
        }
    }
    best.map(|(_, order)| order).unwrap_or_default()
}

/// What the shares would have everyone bear.
struct Even {
    /// For each kind of turn and each person.
    each: Vec<Vec<f64>>,
    /// How far everyone is above it before the first turn.
    above: Vec<f64>,
}

impl Even {
    fn of(kinds: &[Turns], kind_of: &[usize], shares: &Shares, loads: &[u32], past: usize) -> Self {
        let people = loads.len();
        let of_kind = |(turns, shares): (&Turns, &Vec<f64>)| {
            let mut even = vec![0.0; people];
            for (costs, share) in turns.costs.iter().zip(shares) {
                for (even, cost) in even.iter_mut().zip(costs) {
                    *even += f64::from(*cost) * share / f64::from(turns.count);
                }
            }
            even
        };
        let mut each: Vec<Vec<f64>> = kinds.iter().zip(&shares.of).map(of_kind).collect();
        // What everyone bears in the end, spread evenly over the turns that are past and those to come.
        let begun = past as f64 / (past + kind_of.len()).max(1) as f64;
        let mut above = Vec::with_capacity(people);
        for (person, load) in loads.iter().enumerate() {
            let load = f64::from(*load);
            let to_come: f64 = kinds
                .iter()
                .zip(&each)
                .map(|(turns, even)| f64::from(turns.count) * even[person])
                .sum();
            let in_the_end = load + to_come;
            above.push(load - begun * in_the_end);
            if to_come > 0.0 {
                let pace = (1.0 - begun) * in_the_end / to_come;
                for even in &mut each {
                    even[person] *= pace;
                }
            }
        }
        Self { each, above }
    }

    /// An order, and how far somebody is ahead at worst in between.
    fn order(&self, kinds: &[Turns], kind_of: &[usize], counts: &[Vec<u32>], by: By) -> (f64, Vec<usize>) {
        let mut left = counts.to_vec();
        let mut seen = vec![0_u32; kinds.len()];
        let mut above = self.above.clone();
        let mut worst = f64::MIN;
        let mut order = Vec::with_capacity(kind_of.len());
        for kind in kind_of.iter().copied() {
            seen[kind] += 1;
            let mut best: Option<((i64, i64), usize)> = None;
            for option in (0..left[kind].len()).filter(|option| left[kind][*option] > 0) {
                let (mut largest, mut squares) = (f64::MIN, 0.0);
                for ((above, cost), even) in above.iter().zip(&kinds[kind].costs[option]).zip(&self.each[kind]) {
                    let here = above + f64::from(*cost) - even;
                    largest = largest.max(here);
                    squares += here * here;
                }
                // Differences that come from rounding are none.
                let (largest, squares) = ((largest * 1024.0).round() as i64, (squares * 1024.0).round() as i64);
                let all = counts[kind][option];
                let given = i64::from(all - left[kind][option]) * i64::from(kinds[kind].count);
                let merit = match by {
                    By::Largest => (largest, squares),
                    By::Squares => (squares, largest),
                    By::Behind => (given - i64::from(all) * i64::from(seen[kind]), largest),
                };
                if best.is_none_or(|(least, _)| merit < least) {
                    best = Some((merit, option));
                }
            }
            let (_, option) = best.expect("a kind has as many options to give as it has turns");
            left[kind][option] -= 1;
            for ((above, cost), even) in above.iter_mut().zip(&kinds[kind].costs[option]).zip(&self.each[kind]) {
                *above += f64::from(*cost) - even;
                worst = worst.max(*above);
            }
            order.push(kinds[kind].options[option]);
        }
        (worst, order)
    }
}

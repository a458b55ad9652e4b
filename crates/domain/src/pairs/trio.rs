//! Who makes three when pairs alone leave somebody out.
//!
//! The prices of the best pairs say how much any three are worth at most together with the best pairs of the others. So
//! those that may be the best are tried from the most promising on, until none that is left can be better.

use std::cmp::Reverse;

use super::dice::Dice;
use super::solve::{PROVEN, Solution, best_pairs};
use super::weights::{NEVER, Weights};

/// Up to so many people every three of them are looked at; of more, only those with somebody who is left over.
const EVERY_THREE: usize = 120;

/// The best pairs and at most one trio.
pub(super) fn best_groups(weights: &Weights, dice: &mut Dice) -> Vec<Vec<usize>> {
    let everybody: Vec<usize> = (0..weights.count()).collect();
    let pairs = best_pairs(weights, &everybody, dice);
    let alone: Vec<usize> = pairs.alone().collect();
    let mut best = Best {
        worth: pairs.worth,
        trio: None,
        mate: pairs.mate.clone(),
    };
    if alone.is_empty() {
        return best.groups();
    }
    best.join_a_pair(weights, &pairs, &alone);
    if weights.count() <= PROVEN {
        let mut promising = promising_trios(weights, &pairs, &alone, best.worth);
        let order = |(most, trio): &(i128, [usize; 3])| (Reverse(*most), *trio);
        let tries = tries(weights.count());
        if tries < promising.len() {
            promising.select_nth_unstable_by_key(tries, order);
            promising.truncate(tries);
        }
        promising.sort_unstable_by_key(order);
        for (most, trio) in promising {
            if most <= best.worth {
                break;
            }
            let rest: Vec<usize> = everybody.iter().copied().filter(|one| !trio.contains(one)).collect();
            let found = best_pairs(weights, &rest, dice);
            let worth = found.worth + i128::from(weights.trio(trio[0], trio[1], trio[2]));
            if worth > best.worth {
                best = Best {
                    worth,
                    trio: Some(trio),
                    mate: found.mate,
                };
            }
        }
    }
    best.groups()
}

/// How many trios are tried at most. Up to some twenty people that is all of them that can be better.
fn tries(count: usize) -> usize {
    match count {
        0..=24 => usize::MAX,
        25..=60 => 500,
        61..=EVERY_THREE => 50,
        121..=300 => 8,
        _ => 2,
    }
}

struct Best {
    worth: i128,
    trio: Option<[usize; 3]>,
    mate: Vec<Option<usize>>,
}

impl Best {
    /// The best that comes of adding one who is alone to one of the pairs.
    fn join_a_pair(&mut self, weights: &Weights, pairs: &Solution, alone: &[usize]) {
        for guest in alone {
            for (one, other) in pairs_of(&pairs.mate) {
                let trio = weights.trio(*guest, one, other);
                if trio == NEVER {
                    continue;
                }
                let worth = pairs.worth - i128::from(weights.pair(one, other)) + i128::from(trio);
                if worth > self.worth {
                    self.worth = worth;
                    self.trio = Some([*guest, one, other]);
                }
            }
        }
    }

    fn groups(self) -> Vec<Vec<usize>> {
        let trio: Vec<usize> = self.trio.into_iter().flatten().collect();
        let mut groups: Vec<Vec<usize>> = pairs_of(&self.mate)
            .filter(|(one, other)| !trio.contains(one) && !trio.contains(other))
            .map(|(one, other)| vec![one, other])
            .collect();
        if !trio.is_empty() {
            groups.push(trio);
        }
        groups
    }
}

fn pairs_of(mate: &[Option<usize>]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let pairs = mate.iter().enumerate();
    pairs.filter_map(|(one, mate)| mate.filter(|other| *other > one).map(|other| (one, other)))
}

/// The trios that may be better than `found`, by how much they and all others are worth at most together.
fn promising_trios(weights: &Weights, pairs: &Solution, alone: &[usize], found: i128) -> Vec<(i128, [usize; 3])> {
    let count = weights.count();
    let mut within = vec![Vec::new(); count];
    for (blossom, (_, members)) in pairs.blossoms.iter().enumerate() {
        for member in members {
            within[*member].push(blossom);
        }
    }
    // By the duality of linear programming: the worth of pairs is at most what all pay. Without the three, each pays no
    // more than before, and a blossom that loses two or three of its members has one pair less.
    let most = |trio: [usize; 3]| -> Option<i128> {
        let paid: i64 = trio.iter().map(|one| pairs.prices[*one]).sum();
        let rest = pairs.paid - i128::from(paid);
        // Most are ruled out before their hours are looked at.
        if rest + i128::from(weights.trio_at_most(trio)) <= found {
            return None;
        }
        let worth = weights.trio(trio[0], trio[1], trio[2]);
        if worth == NEVER {
            return None;
        }
        let mut most = rest + i128::from(worth);
        if !pairs.blossoms.is_empty() {
            let mut seen: Vec<usize> = trio.iter().flat_map(|one| within[*one].iter().copied()).collect();
            seen.sort_unstable();
            for group in seen.chunk_by(|one, other| one == other).filter(|group| group.len() > 1) {
                most -= i128::from(pairs.blossoms[group[0]].0);
            }
        }
        Some(most)
    };
    let mut promising = Vec::new();
    let mut look = |trio: [usize; 3]| {
        if let Some(most) = most(trio).filter(|most| *most > found) {
            promising.push((most, trio));
        }
    };
    if count <= EVERY_THREE {
        for one in 0..count {
            for two in one + 1..count {
                for three in two + 1..count {
                    look([one, two, three]);
                }
            }
        }
    } else {
        for one in alone.iter().take(4) {
            for two in (0..count).filter(|two| two != one) {
                for three in (two + 1..count).filter(|three| three != one) {
                    look([*one, two, three]);
                }
            }
        }
    }
    promising
}

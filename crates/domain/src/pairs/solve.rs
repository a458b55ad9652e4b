//! The best pairs of everybody who is in the draw.
//!
//! A small team is matched over all its pairs. Of a larger one each person brings a few good partners; what is found is
//! then checked against all other pairs by the prices of the matching, those that would be better are added, and it is
//! matched again, until the prices prove that no other matching of all is better. A very large team is matched over
//! partners that were looked for nearby and by chance, and only whoever is left alone, or would repeat, sees everybody.

use super::dice::Dice;
use super::matching::{Graph, Matching};
use super::weights::{NEVER, Weights};

/// Up to so many people all pairs are matched over.
const ALL_PAIRS: usize = 48;
/// Up to so many the matching is proven to be the best one.
pub(super) const PROVEN: usize = 1_200;
/// So many good partners each one brings.
const PARTNERS: usize = 10;
/// So many better ones each one adds at a time.
const ADDED: usize = 6;
/// After so many rounds of adding, all pairs are matched over.
const ROUNDS: usize = 12;
/// In a very large team partners are looked for among so many neighbours to each side, and as many by chance.
const NEIGHBOURS: usize = 24;
/// So many of those each one brings.
const NEAR_PARTNERS: usize = 7;
/// To how many more those of a very large team who are in trouble turn each time that it is matched again; in the end to
/// everybody, at most so many of them.
const MENDINGS: [usize; 4] = [40, 400, usize::MAX, usize::MAX];
const TURN_TO_EVERYBODY: usize = 150;

/// The best pairs, and what proves it.
pub(super) struct Solution {
    /// For each one whom they meet.
    pub(super) mate: Vec<Option<usize>>,
    /// What all pairs are worth together.
    pub(super) worth: i128,
    /// What all pay together: no pairs are worth more.
    pub(super) paid: i128,
    /// What each one adds at most.
    pub(super) prices: Vec<i64>,
    /// Groups of which only so many can be matched, and what each pair within adds less.
    pub(super) blossoms: Vec<(i64, Vec<usize>)>,
}

impl Solution {
    fn of(matching: &Matching<'_>, weights: &Weights, whom: &[usize]) -> Self {
        let mut mate = vec![None; weights.count()];
        let mut prices = vec![0; weights.count()];
        let mut worth = 0;
        for (place, one) in whom.iter().enumerate() {
            prices[*one] = matching.price(place);
            // Whoever is matched with one beyond all is alone; see `graph_of`.
            mate[*one] = matching.mate(place).and_then(|other| whom.get(other).copied());
            if let Some(other) = mate[*one].filter(|other| other > one) {
                worth += i128::from(weights.pair(*one, other));
            }
        }
        let mut paid: i128 = prices.iter().map(|price| i128::from(*price)).sum();
        let mut blossoms = Vec::new();
        for (price, within) in matching.priced_blossoms() {
            paid += i128::from(price) * (within.len() as i128 / 2);
            blossoms.push((
                price,
                within
                    .into_iter()
                    .filter_map(|place| whom.get(place).copied())
                    .collect(),
            ));
        }
        Self {
            mate,
            worth,
            paid,
            prices,
            blossoms,
        }
    }

    /// Who meets nobody.
    pub(super) fn alone(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.mate.len()).filter(|one| self.mate[*one].is_none())
    }
}

/// The best pairs of those in `whom`.
pub(super) fn best_pairs(weights: &Weights, whom: &[usize], dice: &mut Dice) -> Solution {
    if whom.len() <= ALL_PAIRS {
        Solution::of(&Matching::of(&all_pairs(weights, whom)), weights, whom)
    } else if whom.len() <= PROVEN {
        proven_pairs(weights, whom)
    } else {
        good_pairs(weights, whom, dice)
    }
}

fn all_pairs(weights: &Weights, whom: &[usize]) -> Graph {
    let edges = |one: &usize| {
        let worth = whom.iter().map(|other| weights.pair(*one, *other)).enumerate();
        worth
            .filter(|(_, worth)| *worth != NEVER)
            .map(|(place, worth)| (place as u32, worth))
            .collect()
    };
    whom.iter().map(edges).collect()
}

fn proven_pairs(weights: &Weights, whom: &[usize]) -> Solution {
    let count = whom.len();
    let mut row = Vec::new();
    let mut pairs = Vec::new();
    let mut partners: Vec<u32> = Vec::new();
    for (place, one) in whom.iter().enumerate() {
        weights.row(*one, &mut row);
        partners.clear();
        // Beginning behind oneself: where all are as good, not all choose the same few.
        partners.extend((1..count).map(|step| ((place + step) % count) as u32));
        let key = |partner: &u32| {
            let step = (*partner as usize + count - place) % count;
            (std::cmp::Reverse(row[whom[*partner as usize]]), step)
        };
        partners.select_nth_unstable_by_key(PARTNERS - 1, key);
        let chosen = partners[..PARTNERS].iter();
        pairs.extend(
            chosen
                .filter(|partner| row[whom[**partner as usize]] != NEVER)
                .map(|partner| ordered(place as u32, *partner)),
        );
    }
    for _ in 0..ROUNDS {
        let graph = graph_of(weights, whom, &mut pairs);
        let mut matching = Matching::of(&graph);
        let mut better = Vec::new();
        for (place, one) in whom.iter().enumerate() {
            weights.row(*one, &mut row);
            for (other, whose) in whom.iter().enumerate().skip(place + 1) {
                let worth = row[*whose];
                if worth > matching.price(place) + matching.price(other) {
                    let slack = matching.slack(place, other, worth);
                    if slack < 0 {
                        better.push((slack, place as u32, other as u32));
                    }
                }
            }
        }
        if better.is_empty() {
            return Solution::of(&matching, weights, whom);
        }
        better.sort_unstable();
        let mut added = vec![0; count];
        for (_, one, other) in better {
            let (one_added, other_added) = (added[one as usize], added[other as usize]);
            if one_added < ADDED || other_added < ADDED {
                added[one as usize] += 1;
                added[other as usize] += 1;
                pairs.push((one, other));
            }
        }
    }
    Solution::of(&Matching::of(&all_pairs(weights, whom)), weights, whom)
}

fn good_pairs(weights: &Weights, whom: &[usize], dice: &mut Dice) -> Solution {
    let count = whom.len();
    // People whose days lie alike are neighbours.
    let mut line: Vec<(u32, u32)> = whom
        .iter()
        .enumerate()
        .map(|(place, one)| (weights.timetable(*one).middle_of_day(), place as u32))
        .collect();
    line.sort_by_key(|(middle, _)| *middle);
    let mut pairs = Vec::with_capacity(count * PARTNERS);
    let mut found: Vec<(i64, u32)> = Vec::new();
    for at in 0..count {
        let place = line[at].1 as usize;
        found.clear();
        for step in 1..=NEIGHBOURS {
            let (ahead, behind) = ((at + step) % count, (at + count - step) % count);
            for other in [line[ahead].1, line[behind].1, dice.below(count) as u32] {
                let worth = weights.pair(whom[place], whom[other as usize]);
                if worth != NEVER {
                    found.push((worth, other));
                }
            }
        }
        // Stable: of those that are as good, the ones who were found first, so that not all choose the same few.
        found.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
        pairs.extend(
            found
                .iter()
                .take(NEAR_PARTNERS)
                .map(|(_, other)| ordered(place as u32, *other)),
        );
    }
    let mut mendings = MENDINGS.into_iter();
    loop {
        let graph = graph_of(weights, whom, &mut pairs);
        let solution = Solution::of(&Matching::of(&graph), weights, whom);
        let in_trouble = |place: &usize| {
            let one = whom[*place];
            solution.mate[one].is_none_or(|other| weights.is_repeat(one, other))
        };
        let open: Vec<usize> = (0..count).filter(in_trouble).collect();
        // With an odd number one is alone in any case; a trio is for them.
        if open.len() <= count % 2 {
            return solution;
        }
        let Some(more) = mendings.next() else {
            return solution;
        };
        let turning = if more == usize::MAX { TURN_TO_EVERYBODY } else { count };
        for place in open.into_iter().take(turning) {
            let others: Vec<usize> = if more == usize::MAX {
                (0..count).collect()
            } else {
                (0..more).map(|_| dice.below(count)).collect()
            };
            let allowed = others
                .into_iter()
                .filter(|other| weights.may_meet(whom[place], whom[*other]));
            pairs.extend(allowed.map(|other| ordered(place as u32, other as u32)));
        }
    }
}

fn ordered(one: u32, other: u32) -> (u32, u32) {
    (one.min(other), one.max(other))
}

/// The graph of these pairs, each of which is put in order and kept once.
fn graph_of(weights: &Weights, whom: &[usize], pairs: &mut Vec<(u32, u32)>) -> Graph {
    pairs.sort_unstable();
    pairs.dedup();
    let mut graph = vec![Vec::new(); whom.len()];
    // With an odd number one is left over in any case, and it changes nothing when one more takes them, who is worth the
    // same to everybody. Worth about as much as a pair, it lets prices be alike; otherwise all would be one blossom, and
    // every pair would have to be looked up in it.
    if whom.len() % 2 == 1 {
        let (beyond, worth) = (whom.len() as u32, weights.left_over());
        graph.push((0..beyond).map(|one| (one, worth)).collect());
        for edges in &mut graph[..whom.len()] {
            edges.push((beyond, worth));
        }
    }
    for (one, other) in pairs.iter() {
        let worth = weights.pair(whom[*one as usize], whom[*other as usize]);
        graph[*one as usize].push((*other, worth));
        graph[*other as usize].push((*one, worth));
    }
    graph
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use proptest::prelude::*;

    use super::super::{Candidate, Meeting, Occasion};
    use super::*;
    use crate::hours::{Hours, Span};
    use crate::kinds::Weekday;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

        #[test]
        fn a_few_good_partners_come_to_as_much_as_all_pairs(
            starts in proptest::collection::vec((0..21_u16, 1..4_u16), 49..80),
            barred in proptest::collection::vec((0..49_u16, 0..49_u16), 0..80),
            met in proptest::collection::vec((1..15_i64, 0..49_u16, 0..49_u16), 0..80),
        ) {
            let monday: chrono::NaiveDate = "2026-11-23".parse().unwrap();
            let mut people: Vec<Candidate<u16>> = (0..).zip(&starts).map(|(id, (start, long))| {
                let span = Span { start: start * 60, end: (start + long) * 60 };
                Candidate::new(id, Tz::UTC, &Hours([(Weekday::Wed, vec![span])].into()), &[])
            }).collect();
            for (one, other) in barred {
                people[usize::from(one)].not_with.push(other);
            }
            let history: Vec<Meeting<u16>> = met.into_iter().map(|(ago, one, other)| Meeting {
                week: monday - chrono::TimeDelta::weeks(ago),
                members: vec![one, other],
            }).collect();
            let people: Vec<&Candidate<u16>> = people.iter().collect();
            let occasion = Occasion::in_week_of(monday, Weekday::Mon, Tz::UTC);
            let weights = Weights::new(&people, &history, &occasion);
            let whom: Vec<usize> = (0..people.len()).collect();
            let few = proven_pairs(&weights, &whom);
            let all = Solution::of(&Matching::of(&all_pairs(&weights, &whom)), &weights, &whom);
            prop_assert_eq!(few.worth, all.worth);
            prop_assert!(few.worth <= few.paid && all.worth == all.paid);
        }
    }
}

//! The matching against every other one of small graphs, and against its own proof for a large one.

use super::*;
use proptest::prelude::*;

/// The most that any matching of the vertices in `left` weighs.
fn best_by_trying(weights: &[Vec<i64>], left: u32, known: &mut [Option<i64>]) -> i64 {
    if left == 0 {
        return 0;
    }
    if let Some(best) = known[left as usize] {
        return best;
    }
    let one = left.trailing_zeros() as usize;
    let rest = left & !(1 << one);
    let mut best = best_by_trying(weights, rest, known);
    for other in 0..weights.len() {
        if rest & (1 << other) != 0 && weights[one][other] > 0 {
            let with = weights[one][other] + best_by_trying(weights, rest & !(1 << other), known);
            best = best.max(with);
        }
    }
    known[left as usize] = Some(best);
    best
}

fn graph_of(count: usize, picks: &[i64]) -> (Graph, Vec<Vec<i64>>) {
    let mut weights = vec![vec![0; count]; count];
    let mut graph = vec![Vec::new(); count];
    let pairs = (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other)));
    for ((one, other), pick) in pairs.zip(picks) {
        if *pick > 0 {
            weights[one][other] = 2 * pick;
            weights[other][one] = 2 * pick;
            graph[one].push((other as u32, 2 * pick));
            graph[other].push((one as u32, 2 * pick));
        }
    }
    (graph, weights)
}

fn check_best(count: usize, picks: &[i64]) {
    let (graph, weights) = graph_of(count, picks);
    let weight = |one: usize, other: usize| weights[one][other];
    let mut found = Matching::of(&graph);
    let mut total = 0;
    for one in 0..count {
        match found.mate(one) {
            Some(other) => {
                assert_eq!(found.mate(other), Some(one));
                assert!(weight(one, other) > 0);
                assert_eq!(found.slack(one, other, weight(one, other)), 0);
                total += weight(one, other);
            }
            None => assert_eq!(found.price(one), 0),
        }
        assert!(found.price(one) >= 0);
        for other in 0..count {
            if one != other && weight(one, other) > 0 {
                assert!(found.slack(one, other, weight(one, other)) >= 0);
            }
        }
    }
    let best = best_by_trying(&weights, (1 << count) - 1, &mut vec![None; 1 << count]);
    assert_eq!(total / 2, best);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn no_matching_is_heavier(count in 2..=9_usize, picks in proptest::collection::vec(0..8_i64, 36)) {
        check_best(count, &picks);
    }

    #[test]
    fn no_matching_of_a_sparse_graph_is_heavier(
        count in 8..=11_usize,
        picks in proptest::collection::vec(prop_oneof![3 => Just(0), 2 => 1..1_000_i64], 55),
    ) {
        check_best(count, &picks);
    }
}

#[test]
fn the_proof_holds_for_a_large_graph() {
    let count = 301;
    let mut state = 7_u64;
    let picks: Vec<i64> = (0..count * count)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            i64::from((state >> 60) as u32)
        })
        .collect();
    let (graph, weights) = graph_of(count, &picks);
    let weight = |one: usize, other: usize| weights[one][other];
    let mut found = Matching::of(&graph);
    let mut worth = 0;
    let mut cost: i64 = (0..count).map(|vertex| found.price(vertex)).sum();
    for (price, within) in found.priced_blossoms() {
        cost += price * (within.len() as i64 / 2);
    }
    for one in 0..count {
        for other in one + 1..count {
            assert!(weight(one, other) == 0 || found.slack(one, other, weight(one, other)) >= 0);
            if found.mate(one) == Some(other) {
                worth += weight(one, other);
            }
        }
    }
    assert_eq!(worth, cost);
}

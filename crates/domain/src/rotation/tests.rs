//! The promise of fair rotation, against brute force, with costs as adverse as chance makes them.

use proptest::prelude::*;

use super::share::{Table, choose};

/// The smallest that the worst-off person can bear, found by trying everything: of turns that follow each other and are
/// alike, only how many take which option. `runs` are the first turns and the lengths of what is still to be tried.
fn smallest(table: &Table, runs: &[(usize, usize)], option: usize, borne: &mut [u32], best: &mut u32) {
    if borne.iter().any(|borne| *borne >= *best) {
        return;
    }
    let Some(((turn, left), rest)) = runs.split_first() else {
        *best = borne.iter().copied().max().unwrap_or_default();
        return;
    };
    let is_last = option + 1 == table.options;
    for count in if is_last { *left..=*left } else { 0..=*left } {
        let before = borne.to_vec();
        for (borne, cost) in borne.iter_mut().zip(table.cost(*turn, option)) {
            *borne += cost * count as u32;
        }
        if is_last {
            smallest(table, rest, 0, borne, best);
        } else {
            let mut runs = runs.to_vec();
            runs[0].1 -= count;
            smallest(table, &runs, option + 1, borne, best);
        }
        borne.copy_from_slice(&before);
    }
}

/// How many turns from this one on cost the same.
fn alike(table: &Table, turn: usize) -> usize {
    let is_alike =
        |other: &usize| (0..table.options).all(|option| table.cost(*other, option) == table.cost(turn, option));
    (turn..table.turns()).take_while(is_alike).count()
}

fn brute_force(table: &Table) -> u32 {
    let mut runs = Vec::new();
    let mut turn = 0;
    while turn < table.turns() {
        runs.push((turn, alike(table, turn)));
        turn += alike(table, turn);
    }
    let mut best = u32::MAX;
    smallest(table, &runs, 0, &mut vec![0; table.people], &mut best);
    best
}

fn prefix(table: &Table, turns: usize) -> Table {
    Table {
        costs: table.costs[..turns * table.options * table.people].to_vec(),
        ..table.clone()
    }
}

/// Whether every turn costs the same.
fn is_constant(table: &Table) -> bool {
    table.turns() == 0 || alike(table, 0) == table.turns()
}

fn worst_off(table: &Table, options: &[usize]) -> u32 {
    table
        .borne(options, &vec![0; table.people])
        .into_iter()
        .max()
        .unwrap_or_default()
}

/// Costs as they are: often nothing, seldom the middle of the night.
fn costs() -> impl Strategy<Value = u32> {
    prop_oneof![3 => Just(0_u32), 3 => 0..8_u32, 2 => 0..43_u32, 1 => Just(42_u32)]
}

prop_compose! {
    /// A year in which the costs change some times, or never.
    fn years(options: std::ops::RangeInclusive<usize>)
        (options in options, people in 1..=6_usize, kinds in 1..=3_usize)
        (rows in prop::collection::vec(prop::collection::vec(costs(), options * people), kinds),
         lengths in prop::collection::vec(1..=52_usize, kinds), options in Just(options), people in Just(people)) -> Table {
        let total: usize = lengths.iter().sum();
        let mut costs = Vec::new();
        for (row, length) in rows.iter().zip(&lengths) {
            for _ in 0..(length * 52 / total).max(1) {
                costs.extend(row);
            }
        }
        Table { options, people, costs }
    }
}

prop_compose! {
    /// A year in which they never change.
    fn even_years()(year in years(1..=8)) -> Table {
        let row = year.options * year.people;
        let costs = year.costs[..row].repeat(52);
        Table { costs, ..year }
    }
}

prop_compose! {
    /// A few turns of which each costs something else.
    fn moods()(options in 1..=4_usize, people in 1..=7_usize, turns in 1..=6_usize)
        (costs in prop::collection::vec(costs(), options * people * turns), options in Just(options), people in Just(people)) -> Table {
        Table { options, people, costs }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// The worst-off person's yearly inconvenience is at most the smallest that any choice of the slots could give, plus
    /// one worst slot. Whole years of 52 occurrences, among them ones whose costs change in between. With three and four
    /// slots that change, trying everything takes too long, and a bound that is at most the smallest stands in for it.
    #[test]
    fn the_worst_off_bears_at_most_the_smallest_possible_and_one_worst_slot(table in years(1..=4)) {
        let choice = choose(&table, &vec![0; table.people], 0);
        let borne = worst_off(&table, &choice.options);
        let least = if table.options < 3 || is_constant(&table) { brute_force(&table) } else { choice.least };
        prop_assert!(choice.least <= least, "the bound {} is above what is possible, {least}", choice.least);
        prop_assert!(borne <= least + table.worst(), "{borne} is more than {least} and {}", table.worst());
    }

    /// While the costs stay the same it holds after any number of occurrences, not only at the year's end.
    #[test]
    fn with_costs_that_stay_the_same_the_promise_holds_at_any_time(table in even_years(), turns in 1..=52_usize) {
        let choice = choose(&table, &vec![0; table.people], 0);
        let so_far = prefix(&table, turns);
        let least = choose(&so_far, &vec![0; table.people], 0).least;
        prop_assert!(worst_off(&so_far, &choice.options[..turns]) <= least + table.worst());
    }

    #[test]
    fn the_promise_holds_when_every_occurrence_costs_something_else(table in moods()) {
        let choice = choose(&table, &vec![0; table.people], 0);
        let least = brute_force(&table);
        prop_assert!(choice.least <= least);
        prop_assert!(worst_off(&table, &choice.options) <= least + table.worst());
    }

    /// In a large team most people's costs are somebody else's too.
    #[test]
    fn the_promise_holds_for_a_crowd(table in moods(), times in 3..30_usize) {
        let rows = table.costs.chunks_exact(table.people);
        let crowd = Table { people: table.people * times, costs: rows.flat_map(|row| row.repeat(times)).collect(), ..table };
        let choice = choose(&crowd, &vec![0; crowd.people], 0);
        prop_assert!(worst_off(&crowd, &choice.options) <= brute_force(&table) + table.worst());
    }
}

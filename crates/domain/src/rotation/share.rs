//! Which option each turn takes, so that the worst-off person bears as little as possible: fractional shares first, then
//! whole turns near them, then their order.
//!
//! Turns with the same costs are of one kind: only how many of them take which option matters for the sum, and their
//! order is free. Finding the very best sum is hard in general (it is vector scheduling), but with the linear bound it
//! is known how far from it a choice is at most; the search goes on while that is more than one worst slot.

use std::collections::HashMap;

use super::linear::{Shares, solve, solve_from};
use super::order::in_order;
use super::whole::Whole;

/// How many steps the search for whole turns takes at most, shared by the people: at first, and when its answer is not
/// good enough yet.
const STEPS: [u32; 2] = [1_000, 400_000];
/// Within rounding, the linear bound is a whole number.
pub(super) const ROUNDING: f64 = 1e-6;

/// Turns of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turns {
    /// How many.
    pub(super) count: u32,
    /// What each option costs each person.
    pub(super) costs: Vec<Vec<u32>>,
    /// Which options these are; others are better for nobody.
    pub(super) options: Vec<usize>,
}

/// The costs of some turns: for each turn, each option and each person.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) options: usize,
    pub(super) people: usize,
    pub(super) costs: Vec<u32>,
}

impl Table {
    pub(super) fn turns(&self) -> usize {
        let row = self.options * self.people;
        self.costs.len().checked_div(row).unwrap_or_default()
    }

    fn turn(&self, turn: usize) -> &[u32] {
        let row = self.options * self.people;
        &self.costs[turn * row..(turn + 1) * row]
    }

    pub(super) fn cost(&self, turn: usize, option: usize) -> &[u32] {
        &self.turn(turn)[option * self.people..(option + 1) * self.people]
    }

    /// The largest single cost.
    pub(super) fn worst(&self) -> u32 {
        self.costs.iter().copied().max().unwrap_or_default()
    }

    /// What everyone bears when the turns take `choice`, beside what they bear already.
    pub(super) fn borne(&self, choice: &[usize], loads: &[u32]) -> Vec<u32> {
        let mut borne = loads.to_vec();
        for (turn, option) in choice.iter().enumerate() {
            for (borne, cost) in borne.iter_mut().zip(self.cost(turn, *option)) {
                *borne += cost;
            }
        }
        borne
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Choice {
    /// The option of each turn.
    pub(super) options: Vec<usize>,
    /// What the worst-off person would bear at least, whatever were chosen.
    pub(super) least: u32,
}

/// From how many people on it pays to look for those whose costs are all the same.
const CROWD: usize = 16;

/// Chooses an option for each turn of the table, for people who bear `loads` already, from `past` turns before.
pub(super) fn choose(table: &Table, loads: &[u32], past: usize) -> Choice {
    if table.people < CROWD {
        return choose_for(table, loads, past);
    }
    let (table, loads) = without_twins(table, loads);
    choose_for(&table, &loads, past)
}

/// The table with one of those whose costs are all the same: the one who bears most. In a large team most have a twin.
fn without_twins(table: &Table, loads: &[u32]) -> (Table, Vec<u32>) {
    let mut places: HashMap<Vec<u32>, usize> = HashMap::new();
    let mut kept: Vec<usize> = Vec::new();
    let mut most: Vec<u32> = Vec::new();
    for (person, load) in loads.iter().enumerate() {
        let own = table.costs.iter().skip(person).step_by(table.people).copied();
        let place = *places.entry(own.collect()).or_insert_with(|| {
            kept.push(person);
            most.push(0);
            kept.len() - 1
        });
        most[place] = most[place].max(*load);
    }
    let rows = table.costs.chunks_exact(table.people);
    let costs = rows.flat_map(|row| kept.iter().map(|person| row[*person])).collect();
    let table = Table {
        options: table.options,
        people: kept.len(),
        costs,
    };
    (table, most)
}

fn choose_for(table: &Table, loads: &[u32], past: usize) -> Choice {
    if table.people == 0 {
        return Choice {
            options: vec![0; table.turns()],
            least: 0,
        };
    }
    if table.options == 1 {
        let options = vec![0; table.turns()];
        let least = table.borne(&options, loads).into_iter().max().unwrap_or_default();
        return Choice { options, least };
    }
    let (kinds, kind_of) = kinds(table);
    let best = solve(&kinds, loads);
    let least = (best.least - ROUNDING).ceil().max(0.0) as u32;
    let worst = table.worst();
    let good_enough = least + worst;
    let steps = |all: u32| all / table.people as u32;
    let mut shares = evened(&kinds, loads, &best, f64::from(worst) / 2.0);
    let mut whole = Whole::near(&kinds, &shares, loads);
    whole.search(steps(STEPS[0]), least + worst / 2);
    // What stays near the shares is even at all times, so what is good enough is not made better at the price of that.
    if whole.max() > good_enough && shares != best {
        whole = Whole::near(&kinds, &best, loads);
        whole.search(steps(STEPS[0]), good_enough);
        shares = best;
    }
    whole.improve(good_enough);
    if whole.max() > good_enough {
        whole.search_all(steps(STEPS[1]), good_enough);
    }
    Choice {
        options: in_order(table, &kinds, &kind_of, &shares, &whole.counts, loads, past),
        least,
    }
}

/// Shares that are fair at any time, as far as they give nobody more than `slack` above the least. The best ones for
/// the whole year may put up with one half of the year for the sake of the other: one place has it hard all winter,
/// since in summer its clock is another. So each season is made as fair as it can be after those before it, and only as
/// much of the best shares is mixed in as it takes.
fn evened(kinds: &[Turns], loads: &[u32], best: &Shares, slack: f64) -> Shares {
    const MIXES: u32 = 8;
    if kinds.len() == 1 {
        return best.clone();
    }
    let mut so_far: Vec<f64> = loads.iter().map(|load| f64::from(*load)).collect();
    let mut seasons = Vec::with_capacity(kinds.len());
    for turns in kinds {
        let season = solve_from(std::slice::from_ref(turns), &so_far);
        bear(&mut so_far, turns, &season.of[0]);
        seasons.extend(season.of);
    }
    for step in 0..MIXES {
        let part = f64::from(step) / f64::from(MIXES);
        let mix = |(season, best): (&Vec<f64>, &Vec<f64>)| {
            let mixed = season
                .iter()
                .zip(best)
                .map(|(season, best)| season + part * (best - season));
            mixed.collect::<Vec<f64>>()
        };
        let of: Vec<Vec<f64>> = seasons.iter().zip(&best.of).map(mix).collect();
        let mut borne: Vec<f64> = loads.iter().map(|load| f64::from(*load)).collect();
        for (turns, shares) in kinds.iter().zip(&of) {
            bear(&mut borne, turns, shares);
        }
        if borne.into_iter().fold(0.0, f64::max) <= best.least + slack {
            return Shares { least: best.least, of };
        }
    }
    best.clone()
}

fn bear(borne: &mut [f64], turns: &Turns, shares: &[f64]) {
    for (costs, share) in turns.costs.iter().zip(shares) {
        for (borne, cost) in borne.iter_mut().zip(costs) {
            *borne += f64::from(*cost) * share;
        }
    }
}

/// Turns with equal costs, and for each turn its kind.
fn kinds(table: &Table) -> (Vec<Turns>, Vec<usize>) {
    let mut firsts: Vec<usize> = Vec::new();
    let mut kinds: Vec<Turns> = Vec::new();
    let mut kind_of = Vec::with_capacity(table.turns());
    for turn in 0..table.turns() {
        let known = firsts.iter().rposition(|first| table.turn(*first) == table.turn(turn));
        let kind = known.unwrap_or_else(|| {
            firsts.push(turn);
            let options = worthwhile(table, turn);
            kinds.push(Turns {
                count: 0,
                costs: options
                    .iter()
                    .map(|option| table.cost(turn, *option).to_vec())
                    .collect(),
                options,
            });
            kinds.len() - 1
        });
        kinds[kind].count += 1;
        kind_of.push(kind);
    }
    (kinds, kind_of)
}

/// The options of a turn but for those that another one is at least as good as for everybody.
fn worthwhile(table: &Table, turn: usize) -> Vec<usize> {
    let is_better = |one: usize, other: usize| {
        let (one_costs, other_costs) = (table.cost(turn, one), table.cost(turn, other));
        let is_as_good = one_costs.iter().zip(other_costs).all(|(one, other)| one <= other);
        is_as_good && (one < other || one_costs != other_costs)
    };
    let options = 0..table.options;
    let all = options.clone();
    options
        .filter(|option| !all.clone().any(|other| other != *option && is_better(other, *option)))
        .collect()
}

//! The fairest shares of the slots if an occurrence could be divided among them: a linear program, solved by the simplex
//! method (Dantzig 1947; in the dictionary form of Chvátal, "Linear Programming", 1983). What the worst-off person bears
//! here is a bound that no choice of whole occurrences can be below.
//!
//! Only additions, multiplications and divisions: the same everywhere, to the last bit.

use super::share::Turns;

/// What is taken for zero.
const TINY: f64 = 1e-9;

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shares {
    /// What the worst-off person bears at least.
    pub(super) least: f64,
    /// Of each kind of turn, how many go to each option.
    pub(super) of: Vec<Vec<f64>>,
}

/// A dictionary: each basic variable, and each objective, as a sum of the free variables and a constant, which is the
/// last number of its row.
struct Dictionary {
    width: usize,
    rows: Vec<f64>,
    basic: Vec<usize>,
    free: Vec<usize>,
    /// What the worst-off person bears.
    worst: Vec<f64>,
    /// What all bear together.
    total: Vec<f64>,
}

/// The shares with which the worst-off person bears least, and among those the ones with which all together do.
pub(super) fn solve(turns: &[Turns], loads: &[u32]) -> Shares {
    let loads: Vec<f64> = loads.iter().map(|load| f64::from(*load)).collect();
    solve_from(turns, &loads)
}

/// The same for loads that are shares already.
pub(super) fn solve_from(turns: &[Turns], loads: &[f64]) -> Shares {
    let mut dictionary = Dictionary::new(turns, loads);
    let limit = 50 * (dictionary.basic.len() + dictionary.free.len());
    dictionary.minimise(limit, false);
    let least = dictionary.worst[dictionary.width];
    dictionary.minimise(limit, true);
    Shares {
        least,
        of: dictionary.shares(turns),
    }
}

impl Dictionary {
    /// Variables are named by number: first every option of every kind of turn, then how far each person is from being
    /// the worst off. It begins with the first option everywhere.
    fn new(turns: &[Turns], loads: &[f64]) -> Self {
        let people = loads.len();
        let options: usize = turns.iter().map(|turns| turns.costs.len()).sum();
        let width = options - turns.len() + 1;
        let mut borne = loads.to_vec();
        for turns in turns {
            for (borne, cost) in borne.iter_mut().zip(&turns.costs[0]) {
                *borne += f64::from(turns.count) * f64::from(*cost);
            }
        }
        let mut first = 0;
        for person in 1..people {
            if borne[person] > borne[first] {
                first = person;
            }
        }
        // What each column changes for each person.
        let mut changes = Vec::with_capacity(width);
        let (mut free, mut basic) = (Vec::with_capacity(width), Vec::with_capacity(turns.len() + people));
        let mut rows = Vec::with_capacity((turns.len() + people) * (width + 1));
        let mut name = 0;
        for turns in turns {
            let mut row = vec![0.0; width + 1];
            row[width] = f64::from(turns.count);
            basic.push(name);
            for (option, costs) in turns.costs.iter().enumerate().skip(1) {
                row[changes.len()] = -1.0;
                let changed = costs.iter().zip(&turns.costs[0]);
                changes.push(
                    changed
                        .map(|(to, from)| f64::from(*to) - f64::from(*from))
                        .collect::<Vec<f64>>(),
                );
                free.push(name + option);
            }
            rows.extend(row);
            name += turns.costs.len();
        }
        free.push(options + first);
        let of_person = |person: usize| changes.iter().map(move |change| change[person]);
        let worst: Vec<f64> = of_person(first).chain([1.0, borne[first]]).collect();
        for person in (0..people).filter(|person| *person != first) {
            basic.push(options + person);
            rows.extend(of_person(first).zip(of_person(person)).map(|(first, own)| first - own));
            rows.extend([1.0, borne[first] - borne[person]]);
        }
        let total = changes.iter().map(|change| change.iter().sum());
        let total = total.chain([0.0, borne.iter().sum()]).collect();
        Self {
            width,
            rows,
            basic,
            free,
            worst,
            total,
        }
    }

    /// Lowers what the worst-off person bears; or, when that is done, what all bear together while that stays.
    fn minimise(&mut self, limit: usize, is_total: bool) {
        for step in 0..limit {
            let Some(column) = self.entering(is_total, step > limit / 2) else {
                return;
            };
            let Some(row) = self.leaving(column) else { return };
            self.pivot(row, column);
        }
    }

    /// The column that lowers most; the first one by name when it might go in circles (Bland's rule).
    fn entering(&self, is_total: bool, is_careful: bool) -> Option<usize> {
        let objective = if is_total { &self.total } else { &self.worst };
        let lowers = |column: &usize| objective[*column] < -TINY && (!is_total || self.worst[*column] < TINY);
        let columns = (0..self.width).filter(lowers);
        if is_careful {
            columns.min_by_key(|column| self.free[*column])
        } else {
            columns.min_by(|one, other| objective[*one].total_cmp(&objective[*other]))
        }
    }

    /// The row that allows least.
    fn leaving(&self, column: usize) -> Option<usize> {
        let mut tightest: Option<(usize, f64)> = None;
        for (row, values) in self.rows.chunks_exact(self.width + 1).enumerate() {
            if values[column] < -TINY {
                let room = values[self.width] / -values[column];
                let is_tighter = tightest.is_none_or(|(other, least)| {
                    room < least - TINY || (room < least + TINY && self.basic[row] < self.basic[other])
                });
                if is_tighter {
                    tightest = Some((row, room));
                }
            }
        }
        tightest.map(|(row, _)| row)
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let length = self.width + 1;
        let mut solved = self.rows[row * length..(row + 1) * length].to_vec();
        let by = -1.0 / solved[column];
        for value in &mut solved {
            *value *= by;
        }
        solved[column] = -by;
        let used: Vec<usize> = (0..length).filter(|place| solved[*place] != 0.0).collect();
        let substitute = |values: &mut [f64]| {
            let factor = values[column];
            if factor != 0.0 {
                values[column] = 0.0;
                for place in &used {
                    values[*place] += factor * solved[*place];
                }
                // What should be nothing is nothing.
                if values[length - 1].abs() < TINY {
                    values[length - 1] = 0.0;
                }
            }
        };
        for (other, values) in self.rows.chunks_exact_mut(length).enumerate() {
            if other != row {
                substitute(values);
            }
        }
        substitute(&mut self.worst);
        substitute(&mut self.total);
        self.rows[row * length..(row + 1) * length].copy_from_slice(&solved);
        std::mem::swap(&mut self.basic[row], &mut self.free[column]);
    }

    fn shares(&self, turns: &[Turns]) -> Vec<Vec<f64>> {
        let options: usize = turns.iter().map(|turns| turns.costs.len()).sum();
        let mut all = vec![0.0; options];
        for (name, values) in self.basic.iter().zip(self.rows.chunks_exact(self.width + 1)) {
            if *name < options {
                all[*name] = values[self.width].max(0.0);
            }
        }
        let mut rest = all.as_slice();
        turns
            .iter()
            .map(|turns| {
                let (own, others) = rest.split_at(turns.costs.len());
                rest = others;
                own.to_vec()
            })
            .collect()
    }
}

//! Fair rotation: which of its slots a series meets at, each time.
//!
//! Within a year of a series (52 weeks from its start) the slots are taken so that whoever bears most bears as little as
//! possible: at most one worst slot more than the smallest that any choice of the slots could give, where a worst slot is
//! the largest single cost of anybody in any candidate. The costs of the rest of the year are known as far as anybody's
//! hours and absences are, so it is looked at as a whole; who bears most so far decides what comes next. With costs that
//! stay the same, which is the usual case, and up to three slots the same holds after any number of occurrences.
//!
//! Everything is a pure function of what it is given: two endpoints plan the same.

mod linear;
mod order;
mod reason;
mod share;
#[cfg(test)]
mod tests;
mod whole;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};

pub use self::reason::Reason;
use self::share::{Table, choose};
use crate::Timestamp;
use crate::hours::{minute_of_day, zone_or_utc};
use crate::inconvenience::{Cost, Person};
use crate::kinds::{Rotate, Series, Slot};
use crate::offsets::{Calendar, Offsets};

/// How many weeks a series' year has.
pub const YEAR_WEEKS: u32 = 52;
/// For how many occurrences a slot stays under monthly rotation.
pub const MONTHLY_OCCURRENCES: usize = 4;

/// What a series says about when it meets, made ready for planning.
#[derive(Debug, Clone)]
pub struct Rotation {
    slots: Vec<ReadySlot>,
    /// What one occurrence can be: a slot, or two of them when there are two sittings.
    options: Vec<Vec<usize>>,
    rotate: Rotate,
    every_weeks: u32,
    duration_min: u32,
}

#[derive(Debug, Clone)]
struct ReadySlot {
    weekday: u32,
    minute: u16,
    offsets: Arc<Offsets>,
}

impl Rotation {
    /// A series'. A slot whose time cannot be read is never met at.
    pub fn of(series: &Series, calendar: &mut Calendar) -> Self {
        Self::new(
            &series.slots(),
            series.two_sittings,
            series.rotate,
            series.every_weeks,
            series.duration_min,
            calendar,
        )
    }

    /// From its parts.
    pub fn new(
        slots: &[Slot],
        two_sittings: bool,
        rotate: Rotate,
        every_weeks: u32,
        duration_min: u32,
        calendar: &mut Calendar,
    ) -> Self {
        let ready = |slot: &Slot| ReadySlot {
            weekday: slot.weekday.index(),
            minute: minute_of_day(&slot.time).unwrap_or(u16::MAX),
            offsets: calendar.offsets(zone_or_utc(&slot.time_zone)),
        };
        let slots: Vec<ReadySlot> = slots.iter().map(ready).collect();
        let count = slots.len();
        let options = if two_sittings && count > 1 {
            let pairs = (0..count).flat_map(|one| (one + 1..count).map(move |other| vec![one, other]));
            pairs.collect()
        } else {
            (0..count).map(|slot| vec![slot]).collect()
        };
        Self {
            slots,
            options,
            rotate,
            every_weeks: every_weeks.max(1),
            duration_min,
        }
    }

    /// How many occurrences a year of the account has: those of 52 weeks, and under monthly rotation as many more as it
    /// takes for every slot to stay its time.
    fn year(&self) -> usize {
        let occurrences = YEAR_WEEKS.div_ceil(self.every_weeks) as usize;
        occurrences.next_multiple_of(self.turn())
    }

    /// How many occurrences take the same slot.
    fn turn(&self) -> usize {
        match self.rotate {
            Rotate::Each => 1,
            Rotate::Monthly => MONTHLY_OCCURRENCES,
        }
    }

    /// How many slots there are.
    pub fn slots(&self) -> usize {
        self.slots.len()
    }

    /// How many occurrences to plan when so many are to be made: to the end of the year that the last of them is in.
    pub fn look_ahead(&self, account: &Account, made: usize) -> usize {
        let rest = self.year().saturating_sub(account.in_year);
        rest + made.saturating_sub(rest).next_multiple_of(self.year())
    }

    /// When the occurrence of the week of this Monday begins at a slot; `None` when its zone has skipped the day.
    pub(crate) fn starts_at(&self, slot: usize, monday: NaiveDate) -> Option<Timestamp> {
        let slot = &self.slots[slot];
        let date = monday.checked_add_days(Days::new(u64::from(slot.weekday)))?;
        (slot.minute < 1440)
            .then(|| slot.offsets.instant(date, slot.minute))
            .flatten()
    }
}

/// What is kept of a rotation between two plans. Nothing in it tells who came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// How many occurrences of the present year are planned.
    pub in_year: usize,
    /// What each person bears from them, in the order of the people.
    pub this_year: Vec<Cost>,
    /// What each person bore in the years before. It decides between plans that are as fair for this year.
    pub before: Vec<Cost>,
    /// What the last occurrence took: the place among the options, and for how many occurrences it has stayed.
    pub stays: Option<(usize, usize)>,
    /// What the rest of the year was going to take. It is kept to while it stays fair.
    pub ahead: Vec<usize>,
}

/// One planned occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// The Monday of its week.
    pub monday: NaiveDate,
    /// Which of the options it takes.
    pub option: usize,
    /// Whether it takes it because a slot stays for some occurrences.
    pub stays: bool,
}

/// Some planned occurrences, with what every candidate would have cost.
#[derive(Debug, Clone)]
pub struct Plan {
    /// In order.
    pub occurrences: Vec<Planned>,
    rotation: Rotation,
    people: usize,
    /// When each occurrence would begin at each slot.
    starts: Vec<Option<Timestamp>>,
    /// What each occurrence would cost at each slot for each person.
    costs: Vec<Cost>,
    /// What those that somebody is busy at would cost them otherwise, by their place in `costs`: reasons are read by all, and
    /// say nothing of who is busy when.
    by_hours: BTreeMap<usize, Cost>,
    /// What was borne before the first occurrence, in its year and before it.
    opening: Account,
}

/// Plans so many occurrences from the week of `first` (a Monday) on. The look ahead ends with them, or with the year: who
/// plans for good asks for the rest of the year and keeps [`Plan::account`] of as many as are made.
pub fn plan(rotation: &Rotation, people: &[&Person], first: NaiveDate, occurrences: usize, account: &Account) -> Plan {
    let mut plan = Plan::with_costs(rotation.clone(), people, first, occurrences);
    let mut account = account.clone();
    account.this_year.resize(people.len(), Cost::default());
    account.before.resize(people.len(), Cost::default());
    plan.opening = account.clone();
    if rotation.options.is_empty() {
        plan.occurrences.clear();
        return plan;
    }
    let mut at = 0;
    while at < occurrences {
        account.begin_year_if_over(rotation.year());
        let here = (rotation.year() - account.in_year).min(occurrences - at);
        let choice = plan.choose(&account, at, here);
        for option in choice {
            plan.occurrences[at].option = option;
            plan.occurrences[at].stays = plan.book(&mut account, at, option);
            at += 1;
        }
    }
    plan
}

impl Account {
    fn begin_year_if_over(&mut self, year: usize) {
        if self.in_year >= year {
            self.in_year = 0;
            self.ahead.clear();
            for (before, cost) in self.before.iter_mut().zip(&mut self.this_year) {
                *before += std::mem::take(cost);
            }
        }
    }
}

impl Plan {
    /// Looks up what everything would cost.
    fn with_costs(rotation: Rotation, people: &[&Person], first: NaiveDate, occurrences: usize) -> Self {
        let slots = rotation.slots.len();
        let length = i64::from(rotation.duration_min);
        let mut plan = Self {
            occurrences: Vec::with_capacity(occurrences),
            people: people.len(),
            starts: Vec::with_capacity(occurrences * slots),
            costs: Vec::with_capacity(occurrences * slots * people.len()),
            by_hours: BTreeMap::new(),
            opening: Account::default(),
            rotation,
        };
        // Most weeks cost what the week before did.
        let mut last: Vec<Option<(i64, Cost)>> = vec![None; slots * people.len()];
        for week in 0..occurrences {
            let days = week as u64 * u64::from(plan.rotation.every_weeks) * 7;
            let monday = first.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX);
            plan.occurrences.push(Planned {
                monday,
                option: 0,
                stays: false,
            });
            for slot in 0..slots {
                let starts_at = plan.rotation.starts_at(slot, monday);
                plan.starts.push(starts_at);
                let Some(from) = starts_at else {
                    plan.costs.extend(std::iter::repeat_n(Cost::default(), people.len()));
                    continue;
                };
                let until = from.plus_minutes(length);
                let known = last[slot * people.len()..].iter_mut();
                for (person, last) in people.iter().zip(known) {
                    if let Some(by_hours) = person.cost_but_for_busy(from, until) {
                        plan.by_hours.insert(plan.costs.len(), by_hours);
                    }
                    let cost = match person.time_of_week(from, until) {
                        None => person.cost(from, until),
                        Some(at) => match *last {
                            Some((known, cost)) if known == at => cost,
                            _ => {
                                let cost = person.usual_cost(at, length * 60);
                                *last = Some((at, cost));
                                cost
                            }
                        },
                    };
                    plan.costs.push(cost);
                }
            }
        }
        plan
    }

    /// What every person would pay if this occurrence took this slot.
    pub fn costs_at(&self, occurrence: usize, slot: usize) -> &[Cost] {
        let row = (occurrence * self.rotation.slots.len() + slot) * self.people;
        &self.costs[row..row + self.people]
    }

    /// When this occurrence would begin at this slot; `None` on a day that the slot's zone has skipped.
    pub fn starts_at(&self, occurrence: usize, slot: usize) -> Option<Timestamp> {
        self.starts[occurrence * self.rotation.slots.len() + slot]
    }

    /// The slots that an occurrence meets at: one, or two for two sittings.
    pub fn slots_of(&self, occurrence: usize) -> &[usize] {
        &self.rotation.options[self.occurrences[occurrence].option]
    }

    /// What a person would pay if this occurrence took this option: with two sittings, what the better one costs.
    fn cost_of(&self, occurrence: usize, option: usize, person: usize) -> Cost {
        let slots = self.rotation.options[option].iter();
        let costs = slots.map(|slot| self.costs_at(occurrence, *slot)[person]);
        costs.min().unwrap_or_default()
    }

    /// What a person pays for an occurrence as it is planned.
    pub fn paid(&self, occurrence: usize, person: usize) -> Cost {
        self.cost_of(occurrence, self.occurrences[occurrence].option, person)
    }

    /// The costs of turns of so many occurrences; the last one may be short.
    fn table(&self, at: usize, here: usize, turn: usize) -> Table {
        let options = self.rotation.options.len();
        let mut costs = Vec::with_capacity(here.div_ceil(turn) * options * self.people);
        for first in (at..at + here).step_by(turn) {
            for option in 0..options {
                for person in 0..self.people {
                    let all = first..(first + turn).min(at + here);
                    let sum: Cost = all.map(|occurrence| self.cost_of(occurrence, option, person)).sum();
                    costs.push(sum.0);
                }
            }
        }
        Table {
            options,
            people: self.people,
            costs,
        }
    }

    /// The options of the next `here` occurrences, all of one year.
    fn choose(&self, account: &Account, at: usize, here: usize) -> Vec<usize> {
        let turn = self.rotation.turn();
        // A slot that has not stayed its time yet goes on.
        let (stays, left) = match account.stays {
            Some((option, stayed)) if stayed < turn && option < self.rotation.options.len() => (option, turn - stayed),
            _ => (0, 0),
        };
        let left = left.min(here);
        let mut loads: Vec<u32> = account.this_year.iter().map(|cost| cost.0).collect();
        for (person, load) in loads.iter_mut().enumerate() {
            let staying = at..at + left;
            let sum: Cost = staying.map(|occurrence| self.cost_of(occurrence, stays, person)).sum();
            *load += sum.0;
        }
        let table = self.table(at + left, here - left, turn);
        let past = (account.in_year + left) / turn;
        let ahead = account.ahead.iter().copied().skip(left).step_by(turn);
        let ahead = ahead.take(table.turns()).collect();
        let chosen = choose_turns(&table, &loads, account, past, ahead);
        let turns = chosen.into_iter().flat_map(|option| std::iter::repeat_n(option, turn));
        std::iter::repeat_n(stays, left).chain(turns).take(here).collect()
    }

    /// Books an occurrence that takes an option, and tells whether that is because a slot stays for some occurrences.
    fn book(&self, account: &mut Account, occurrence: usize, option: usize) -> bool {
        let stayed = match account.stays {
            Some((before, stayed)) if before == option && stayed < self.rotation.turn() => stayed,
            _ => 0,
        };
        account.stays = Some((option, stayed + 1));
        account.in_year += 1;
        for person in 0..self.people {
            account.this_year[person] += self.cost_of(occurrence, option, person);
        }
        stayed > 0
    }

    /// The account after the first `made` occurrences of the plan: what is to be kept when no more are made for now.
    pub fn account(&self, made: usize) -> Account {
        let mut account = self.opening.clone();
        let year = self.rotation.year();
        for (occurrence, planned) in self.occurrences.iter().enumerate().take(made) {
            account.begin_year_if_over(year);
            self.book(&mut account, occurrence, planned.option);
        }
        let rest = self.occurrences.iter().skip(made).map(|planned| planned.option);
        account.ahead = rest.take(year.saturating_sub(account.in_year)).collect();
        account
    }
}

/// The options of some turns, for people who bear `loads` this year; `ahead` is what was planned before.
fn choose_turns(table: &Table, loads: &[u32], account: &Account, past: usize, ahead: Vec<usize>) -> Vec<usize> {
    let worst_off = |options: &[usize]| table.borne(options, loads).into_iter().max().unwrap_or_default();
    let fair = choose(table, loads, past);
    let allowed = fair.least + table.worst();
    // What was planned before stands as long as it is fair for what is known now.
    let is_whole = ahead.len() == table.turns() && ahead.iter().all(|option| *option < table.options);
    if is_whole && worst_off(&ahead) <= allowed.max(worst_off(&fair.options)) {
        return ahead;
    }
    if account.before.iter().all(|cost| *cost == account.before[0]) {
        return fair.options;
    }
    // Who bore more in the years before bears less now, unless that made this year unfair.
    let with_before: Vec<u32> = loads
        .iter()
        .zip(&account.before)
        .map(|(load, before)| load + before.0)
        .collect();
    let evening_out = choose(table, &with_before, past);
    if worst_off(&evening_out.options) <= allowed {
        evening_out.options
    } else {
        fair.options
    }
}

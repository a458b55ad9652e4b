//! Why an occurrence is where it is, and who is invited to which of two sittings.

use super::Plan;
use crate::inconvenience::Cost;

/// The most people that are named in each half of a reason.
const NAMED_MAX: usize = 20;

/// Why an occurrence takes its slot. People are their places among those whom the plan was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There is only one slot.
    OnlyOne,
    /// Some had it hard the last times, now others do.
    Turn {
        /// Those who had it hardest so far, and are spared what another slot would cost them.
        spared: Vec<usize>,
        /// Those for whom it lies outside their hours this time.
        taking: Vec<usize>,
    },
    /// A slot stays for some occurrences.
    Stays,
    /// It costs nobody anything.
    SuitsAll,
    /// Two sittings meet.
    Sitting,
}

impl Plan {
    /// Why an occurrence is where it is.
    pub fn reason(&self, occurrence: usize) -> Reason {
        if self.rotation.slots.len() < 2 {
            return Reason::OnlyOne;
        }
        if self.slots_of(occurrence).len() > 1 {
            return Reason::Sitting;
        }
        let slot = self.slots_of(occurrence)[0];
        let paid = |person: usize| self.by_hours(occurrence, slot, person);
        let taking: Vec<usize> = (0..self.people)
            .filter(|person| paid(*person) > Cost::default())
            .collect();
        if taking.is_empty() {
            return Reason::SuitsAll;
        }
        if self.occurrences[occurrence].stays {
            return Reason::Stays;
        }
        let borne = self.borne_before(occurrence);
        let is_spared = |person: &usize| {
            let slots = 0..self.rotation.slots.len();
            let dearest = slots.map(|slot| self.by_hours(occurrence, slot, *person));
            borne[*person] > Cost::default() && dearest.max() > Some(paid(*person))
        };
        let candidates: Vec<usize> = (0..self.people).filter(is_spared).collect();
        let hardest = candidates.iter().map(|person| borne[*person]).max();
        let spared = candidates.into_iter().filter(|person| Some(borne[*person]) == hardest);
        Reason::Turn {
            spared: spared.take(NAMED_MAX).collect(),
            taking: taking.into_iter().take(NAMED_MAX).collect(),
        }
    }

    /// What a slot would cost somebody by their hours alone, whatever else they have.
    fn by_hours(&self, occurrence: usize, slot: usize, person: usize) -> Cost {
        let place = (occurrence * self.rotation.slots.len() + slot) * self.people + person;
        self.by_hours.get(&place).copied().unwrap_or(self.costs[place])
    }

    /// What everyone bore this year before an occurrence.
    fn borne_before(&self, occurrence: usize) -> Vec<Cost> {
        let mut account = self.opening.clone();
        for (earlier, planned) in self.occurrences.iter().enumerate().take(occurrence) {
            account.begin_year_if_over(self.rotation.year());
            self.book(&mut account, earlier, planned.option);
        }
        account.begin_year_if_over(self.rotation.year());
        account.this_year
    }

    /// Who is invited to which of an occurrence's sittings, in the order of [`Plan::slots_of`]: everyone to the one that
    /// costs them less, and whoever does not mind to the smaller one. A sitting that nobody is invited to does not meet.
    pub fn sittings(&self, occurrence: usize) -> Vec<Vec<usize>> {
        let slots = self.slots_of(occurrence);
        let mut invited = vec![Vec::new(); slots.len()];
        let mut does_not_mind = Vec::new();
        for person in 0..self.people {
            let costs = slots.iter().map(|slot| self.costs_at(occurrence, *slot)[person]);
            let cheapest = costs.clone().min();
            let mut best = costs.enumerate().filter(|(_, cost)| Some(*cost) == cheapest);
            match (best.next(), best.next()) {
                (Some((sitting, _)), None) => invited[sitting].push(person),
                _ => does_not_mind.push(person),
            }
        }
        for person in does_not_mind {
            let smallest = invited.iter_mut().min_by_key(|sitting| sitting.len());
            if let Some(smallest) = smallest {
                smallest.push(person);
            }
        }
        for sitting in &mut invited {
            sitting.sort_unstable();
        }
        invited
    }
}

//! What is kept of a series with several slots: what each member has borne so far, and where the coming weeks meet.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Team;
use crate::inconvenience::{Cost, Person};
use crate::kinds::{Rotate, Series, Slot, SlotReason};
use crate::rotation::{Account, Plan, Reason, Rotation, plan};
use crate::{MemberId, Timestamp};

/// See the module. Costs are in quarters of an hour.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// What the weeks were planned for. When that changes, they are planned anew.
    rhythm: Option<Rhythm>,
    in_year: usize,
    this_year: BTreeMap<MemberId, u32>,
    before: BTreeMap<MemberId, u32>,
    stays: Option<(usize, usize)>,
    ahead: Vec<usize>,
    weeks: BTreeMap<NaiveDate, Week>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Rhythm {
    slots: Vec<Slot>,
    rotate: Rotate,
    every_weeks: u32,
    two_sittings: bool,
    /// Only for two sittings, where it matters who sits where.
    invited: Option<Vec<MemberId>>,
}

/// A planned week: its sittings, and what it costs whom.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Week {
    sittings: Vec<Sitting>,
    paid: BTreeMap<MemberId, u32>,
}

/// Where one sitting meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sitting {
    pub(super) slot: usize,
    pub(super) invited: Option<Vec<MemberId>>,
    pub(super) why: Option<SlotReason>,
}

impl Kept {
    /// Plans those of the weeks that are not planned yet.
    pub(super) fn plan(&mut self, series: &Series, team: &mut Team, weeks: &[NaiveDate], now: Timestamp) {
        let rhythm = Rhythm {
            slots: series.slots(),
            rotate: series.rotate,
            every_weeks: series.every_weeks,
            two_sittings: series.two_sittings,
            invited: series.invited.clone().filter(|_| series.two_sittings),
        };
        if rhythm.slots.len() < 2 {
            *self = Self::default();
            return;
        }
        let Some(this_week) = weeks.first() else { return };
        if self.rhythm.as_ref() != Some(&rhythm) {
            self.begin_anew(*this_week);
            self.rhythm = Some(rhythm);
        }
        self.weeks.retain(|monday, _| monday >= this_week);
        let rotation = Rotation::of(series, &mut team.calendar);
        let planned_until = self.weeks.keys().next_back().copied();
        // A week that is half over could meet where nobody can be any more; the next one is better to begin with.
        let is_open = |monday: &&NaiveDate| match planned_until {
            Some(last) => **monday > last,
            None => rotation.begins_after(now, **monday),
        };
        let open: Vec<NaiveDate> = weeks.iter().filter(is_open).copied().collect();
        let Some(first) = open.first() else { return };
        let is_invited = |id: &MemberId| series.invited.as_ref().is_none_or(|invited| invited.contains(id));
        let members: Vec<MemberId> = team.people.keys().copied().filter(is_invited).collect();
        let people: Vec<&Person> = members.iter().filter_map(|id| team.people.get(id)).collect();
        let account = self.account(&members);
        let plan = plan(
            &rotation,
            &people,
            *first,
            rotation.look_ahead(&account, open.len()),
            &account,
        );
        for (occurrence, monday) in open.iter().enumerate() {
            self.weeks.insert(*monday, week_of(&plan, occurrence, &members));
        }
        self.keep(&members, plan.account(open.len()));
    }

    /// The sittings of a week; of a series with one slot, that one.
    pub(super) fn sittings(&self, monday: NaiveDate, slots: &[Slot]) -> Vec<Sitting> {
        if slots.len() < 2 {
            let only = Sitting {
                slot: 0,
                invited: None,
                why: None,
            };
            return vec![only];
        }
        let week = self.weeks.get(&monday);
        week.map(|week| week.sittings.clone()).unwrap_or_default()
    }

    /// Takes a member who left out of what is kept.
    pub fn forget(&mut self, member: MemberId) {
        self.this_year.remove(&member);
        self.before.remove(&member);
        for week in self.weeks.values_mut() {
            week.paid.remove(&member);
            for sitting in &mut week.sittings {
                if let Some(invited) = &mut sitting.invited {
                    invited.retain(|other| *other != member);
                }
                if let Some(SlotReason::Turn { spared, taking }) = &mut sitting.why {
                    spared.retain(|other| *other != member);
                    taking.retain(|other| *other != member);
                }
            }
        }
        if let Some(invited) = self.rhythm.as_mut().and_then(|rhythm| rhythm.invited.as_mut()) {
            invited.retain(|other| *other != member);
        }
    }

    /// Takes back what was planned from this week on; what was borne before it stays.
    fn begin_anew(&mut self, this_week: NaiveDate) {
        for (_, week) in self.weeks.split_off(&this_week) {
            self.in_year = self.in_year.saturating_sub(1);
            for (member, paid) in week.paid {
                if let Some(borne) = self.this_year.get_mut(&member) {
                    *borne = borne.saturating_sub(paid);
                }
            }
        }
        self.stays = None;
        self.ahead.clear();
    }

    /// The account of these members. Whoever is new begins in the middle of the others, so that nobody pays for having
    /// come late.
    fn account(&self, members: &[MemberId]) -> Account {
        let of = |borne: &BTreeMap<MemberId, u32>| -> Vec<Cost> {
            let known: Vec<u32> = members.iter().filter_map(|member| borne.get(member).copied()).collect();
            let middle = known
                .iter()
                .sum::<u32>()
                .checked_div(known.len() as u32)
                .unwrap_or_default();
            let own = |member: &MemberId| Cost(borne.get(member).copied().unwrap_or(middle));
            members.iter().map(own).collect()
        };
        Account {
            in_year: self.in_year,
            this_year: of(&self.this_year),
            before: of(&self.before),
            stays: self.stays,
            ahead: self.ahead.clone(),
        }
    }

    fn keep(&mut self, members: &[MemberId], account: Account) {
        let by_member = |costs: Vec<Cost>| {
            members
                .iter()
                .copied()
                .zip(costs.into_iter().map(|cost| cost.0))
                .collect()
        };
        self.in_year = account.in_year;
        self.this_year = by_member(account.this_year);
        self.before = by_member(account.before);
        self.stays = account.stays;
        self.ahead = account.ahead;
    }
}

fn week_of(plan: &Plan, occurrence: usize, members: &[MemberId]) -> Week {
    let named = |people: Vec<usize>| people.into_iter().map(|person| members[person]).collect::<Vec<_>>();
    let why = match plan.reason(occurrence) {
        Reason::OnlyOne => None,
        Reason::Turn { spared, taking } => Some(SlotReason::Turn {
            spared: named(spared),
            taking: named(taking),
        }),
        Reason::Stays => Some(SlotReason::Stays),
        Reason::SuitsAll => Some(SlotReason::SuitsAll),
        Reason::Sitting => Some(SlotReason::Sitting),
    };
    let slots = plan.slots_of(occurrence);
    let sitting = |slot: usize, invited| Sitting {
        slot,
        invited,
        why: why.clone(),
    };
    let sittings = match slots {
        [only] => vec![sitting(*only, None)],
        _ => {
            let invited = slots.iter().zip(plan.sittings(occurrence));
            let meeting = invited.filter(|(_, people)| !people.is_empty());
            meeting
                .map(|(slot, people)| sitting(*slot, Some(named(people))))
                .collect()
        }
    };
    let paid = members.iter().enumerate();
    Week {
        sittings,
        paid: paid
            .map(|(person, member)| (*member, plan.paid(occurrence, person).0))
            .filter(|(_, paid)| *paid > 0)
            .collect(),
    }
}

impl Rotation {
    /// Whether everything that the week of this Monday could be is still to begin at `now`.
    fn begins_after(&self, now: Timestamp, monday: NaiveDate) -> bool {
        let starts = (0..self.slots()).filter_map(|slot| self.starts_at(slot, monday));
        starts.min().is_some_and(|start| start > now) || monday > now.utc().date_naive() + Days::new(1)
    }
}

//! Weeks of a few people, and every way that there is to draw them.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::super::*;
use crate::Timestamp;
use crate::hours::{Hours, Span};
use crate::kinds::{Away, Weekday};

pub(super) const ZONES: [Tz; 5] = [
    Tz::America__Lima,
    Tz::Europe__Berlin,
    Tz::Asia__Kathmandu,
    Tz::Pacific__Auckland,
    Tz::UTC,
];

/// Everything that a draw is made of, for at most seven people.
#[derive(Debug, Clone)]
pub(super) struct Week {
    pub(super) people: Vec<Candidate<u8>>,
    pub(super) history: Vec<Meeting<u8>>,
    pub(super) occasion: Occasion,
    pub(super) seed: u64,
}

pub(super) fn monday() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

pub(super) fn days_from_monday(days: i64) -> NaiveDate {
    monday() + chrono::TimeDelta::days(days)
}

pub(super) fn hours() -> impl Strategy<Value = Hours> {
    let days = [Weekday::Mon, Weekday::Wed, Weekday::Fri];
    (0..22_u16, 1..9_u16, 0..4_usize).prop_map(move |(from, long, count)| {
        let span = Span {
            start: from * 60,
            end: ((from + long) * 60).min(1440),
        };
        Hours(days.into_iter().take(count).map(|day| (day, vec![span])).collect())
    })
}

pub(super) fn absences() -> impl Strategy<Value = Vec<Away>> {
    let away = (-8..8_i64, 1..10_u64).prop_map(|(from, days)| Away {
        from: days_from_monday(from),
        back_on: days_from_monday(from) + Days::new(days),
        note: None,
    });
    prop_oneof![3 => Just(Vec::new()), 1 => proptest::collection::vec(away, 1..3)]
}

/// Somebody who is to be drawn, with some who may not meet them.
pub(super) fn keen(id: u8, count: u8, barred: u32) -> impl Strategy<Value = Candidate<u8>> {
    let not_with = proptest::collection::vec(0..count, 0..4);
    let barring = prop_oneof![barred => not_with, 10 - barred => Just(Vec::new())];
    (hours(), 0..ZONES.len(), barring, 0..4_u32).prop_map(move |(hours, zone, not_with, weeks_waited)| Candidate {
        not_with,
        weeks_waited,
        ..Candidate::new(id, ZONES[zone], &hours, &[])
    })
}

/// Anybody.
pub(super) fn anybody(id: u8, count: u8) -> impl Strategy<Value = Candidate<u8>> {
    let rhythm = proptest::sample::select(vec![1, 1, 2, 4]);
    let pause = proptest::option::weighted(0.2, -8..8_i64);
    let skip = proptest::option::weighted(0.2, -1..2_i64);
    (keen(id, count, 4), absences(), rhythm, pause, skip).prop_map(move |(keen, away, every_weeks, pause, skip)| {
        let zone = keen.schedule.zone_at(Timestamp::default());
        let worked = (0..7).filter(|day| keen.works_on[*day as usize]).count();
        let days = Hours(
            [Weekday::Mon, Weekday::Wed, Weekday::Fri]
                .into_iter()
                .take(worked.min(3))
                .map(|day| (day, vec![Span { start: 540, end: 1020 }]))
                .collect(),
        );
        Candidate {
            not_with: keen.not_with,
            weeks_waited: keen.weeks_waited,
            every_weeks,
            paused_until: pause.map(days_from_monday),
            skip_week: skip.map(|weeks| days_from_monday(7 * weeks)),
            ..Candidate::new(id, zone, &days, &away)
        }
    })
}

pub(super) fn meetings(count: u8) -> impl Strategy<Value = Vec<Meeting<u8>>> {
    // Some are with people who have left since.
    let meeting = (1..16_i64, proptest::collection::btree_set(0..count + 1, 2..4)).prop_map(|(ago, members)| Meeting {
        week: days_from_monday(-7 * ago),
        members: members.into_iter().collect(),
    });
    proptest::collection::vec(meeting, 0..14)
}

pub(super) fn week(people: impl Fn(u8, u8) -> BoxedStrategy<Candidate<u8>> + Copy) -> impl Strategy<Value = Week> {
    (1..=7_u8).prop_flat_map(move |count| {
        let all: Vec<_> = (0..count).map(|id| people(id, count)).collect();
        (all, meetings(count.max(2)), any::<u64>()).prop_map(|(people, history, seed)| Week {
            people,
            history,
            occasion: Occasion::in_week_of(monday(), Weekday::Mon, Tz::UTC),
            seed,
        })
    })
}

pub(super) fn any_week() -> impl Strategy<Value = Week> {
    week(|id, count| anybody(id, count).boxed())
}

/// A week in which everybody is to be drawn.
pub(super) fn keen_week() -> impl Strategy<Value = Week> {
    week(|id, count| keen(id, count, 3).boxed())
}

impl Week {
    pub(super) fn draw(&self) -> Drawn<u8> {
        draw(&self.people, &self.history, &self.occasion, self.seed)
    }

    pub(super) fn person(&self, id: u8) -> &Candidate<u8> {
        self.people.iter().find(|one| one.id == id).unwrap()
    }

    pub(super) fn may_meet(&self, one: u8, other: u8) -> bool {
        !self.person(one).not_with.contains(&other) && !self.person(other).not_with.contains(&one)
    }

    /// How many weeks ago two met last.
    pub(super) fn weeks_since(&self, one: u8, other: u8) -> Option<i64> {
        let together = self
            .history
            .iter()
            .filter(|meeting| meeting.members.contains(&one) && meeting.members.contains(&other));
        together.map(|meeting| (monday() - meeting.week).num_days() / 7).min()
    }

    pub(super) fn repeats(&self, group: &[u8], within: i64) -> usize {
        let pairs = pairs_within(group);
        let recent = pairs.filter(|(one, other)| self.weeks_since(*one, *other).is_some_and(|weeks| weeks <= within));
        recent.count()
    }

    /// Every way to put these into pairs and at most one trio that keeps everybody apart who is to be.
    pub(super) fn every_way(&self, people: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut ways = Vec::new();
        self.extend_ways(people, false, &mut Vec::new(), &mut ways);
        ways
    }

    pub(super) fn extend_ways(
        &self,
        left: &[u8],
        has_trio: bool,
        so_far: &mut Vec<Vec<u8>>,
        ways: &mut Vec<Vec<Vec<u8>>>,
    ) {
        let Some((first, rest)) = left.split_first() else {
            ways.push(so_far.clone());
            return;
        };
        self.extend_ways(rest, has_trio, so_far, ways);
        for (at, second) in rest
            .iter()
            .enumerate()
            .filter(|(_, second)| self.may_meet(*first, **second))
        {
            let without = |gone: &[u8]| -> Vec<u8> { rest.iter().copied().filter(|one| !gone.contains(one)).collect() };
            so_far.push(vec![*first, *second]);
            self.extend_ways(&without(&[*second]), has_trio, so_far, ways);
            so_far.pop();
            for third in rest[at + 1..].iter().filter(|_| !has_trio) {
                if self.may_meet(*first, *third) && self.may_meet(*second, *third) {
                    so_far.push(vec![*first, *second, *third]);
                    self.extend_ways(&without(&[*second, *third]), true, so_far, ways);
                    so_far.pop();
                }
            }
        }
    }

    pub(super) fn everybody(&self) -> Vec<u8> {
        self.people.iter().map(|one| one.id).collect()
    }
}

pub(super) fn pairs_within(group: &[u8]) -> impl Iterator<Item = (u8, u8)> + '_ {
    let pairs = group.iter().enumerate();
    pairs.flat_map(|(at, one)| group[at + 1..].iter().map(move |other| (*one, *other)))
}

pub(super) fn meeting_in(way: &[Vec<u8>]) -> usize {
    way.iter().map(Vec::len).sum()
}

pub(super) fn groups_of(drawn: &Drawn<u8>) -> Vec<Vec<u8>> {
    drawn.groups.iter().map(|group| group.members.clone()).collect()
}

/// What a way is worth, by the weights that the draw goes by.
pub(super) fn worth(weights: &Weights, way: &[Vec<u8>]) -> i128 {
    let of = |group: &Vec<u8>| match group.as_slice() {
        [one, two] => weights.pair(usize::from(*one), usize::from(*two)),
        [one, two, three] => weights.trio(usize::from(*one), usize::from(*two), usize::from(*three)),
        _ => panic!("two or three meet"),
    };
    way.iter().map(|group| i128::from(of(group))).sum()
}

/// Why somebody is not drawn, said once more in the plainest way.
pub(super) fn excuse(one: &Candidate<u8>, history: &[Meeting<u8>]) -> Option<Unmatched> {
    let is_away = |day: NaiveDate| one.away.iter().any(|away| away.from <= day && day < away.back_on);
    let days = (0..7).map(days_from_monday).filter(|day| {
        let is_weekend = matches!(Weekday::of(*day), Weekday::Sat | Weekday::Sun);
        one.works_on[Weekday::of(*day) as usize] && !(one.schedule.is_unknown() && is_weekend)
    });
    let days: Vec<NaiveDate> = days.collect();
    let met = history.iter().filter(|meeting| meeting.members.contains(&one.id));
    let last = met.map(|meeting| (monday() - meeting.week).num_days() / 7).min();
    if one.paused_until.is_some_and(|until| monday() < until) || one.skip_week == Some(monday()) {
        Some(Unmatched::Paused)
    } else if is_away(monday()) || days.iter().filter(|day| is_away(**day)).count() * 2 > days.len() {
        Some(Unmatched::Away)
    } else if one.every_weeks > 1 && last.is_some_and(|weeks| weeks < i64::from(one.every_weeks)) {
        Some(Unmatched::NotTheirWeek)
    } else {
        None
    }
}

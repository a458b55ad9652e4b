//! The rules of the draw, each as a property, against every way that there is for a few people.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, Timelike as _};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;
use crate::Timestamp;
use crate::hours::{Hours, Span};
use crate::kinds::{Away, Weekday};

const ZONES: [Tz; 5] = [
    Tz::America__Lima,
    Tz::Europe__Berlin,
    Tz::Asia__Kathmandu,
    Tz::Pacific__Auckland,
    Tz::UTC,
];

/// Everything that a draw is made of, for at most seven people.
#[derive(Debug, Clone)]
struct Week {
    people: Vec<Candidate<u8>>,
    history: Vec<Meeting<u8>>,
    occasion: Occasion,
    seed: u64,
}

fn monday() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn days_from_monday(days: i64) -> NaiveDate {
    monday() + chrono::TimeDelta::days(days)
}

fn hours() -> impl Strategy<Value = Hours> {
    let days = [Weekday::Mon, Weekday::Wed, Weekday::Fri];
    (0..22_u16, 1..9_u16, 0..4_usize).prop_map(move |(from, long, count)| {
        let span = Span {
            start: from * 60,
            end: ((from + long) * 60).min(1440),
        };
        Hours(days.into_iter().take(count).map(|day| (day, vec![span])).collect())
    })
}

fn absences() -> impl Strategy<Value = Vec<Away>> {
    let away = (-8..8_i64, 1..10_u64).prop_map(|(from, days)| Away {
        from: days_from_monday(from),
        back_on: days_from_monday(from) + Days::new(days),
        note: None,
    });
    prop_oneof![3 => Just(Vec::new()), 1 => proptest::collection::vec(away, 1..3)]
}

/// Somebody who is to be drawn, with some who may not meet them.
fn keen(id: u8, count: u8, barred: u32) -> impl Strategy<Value = Candidate<u8>> {
    let not_with = proptest::collection::vec(0..count, 0..4);
    let barring = prop_oneof![barred => not_with, 10 - barred => Just(Vec::new())];
    (hours(), 0..ZONES.len(), barring, 0..4_u32).prop_map(move |(hours, zone, not_with, weeks_waited)| Candidate {
        not_with,
        weeks_waited,
        ..Candidate::new(id, ZONES[zone], &hours, &[])
    })
}

/// Anybody.
fn anybody(id: u8, count: u8) -> impl Strategy<Value = Candidate<u8>> {
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

fn meetings(count: u8) -> impl Strategy<Value = Vec<Meeting<u8>>> {
    // Some are with people who have left since.
    let meeting = (1..16_i64, proptest::collection::btree_set(0..count + 1, 2..4)).prop_map(|(ago, members)| Meeting {
        week: days_from_monday(-7 * ago),
        members: members.into_iter().collect(),
    });
    proptest::collection::vec(meeting, 0..14)
}

fn week(people: impl Fn(u8, u8) -> BoxedStrategy<Candidate<u8>> + Copy) -> impl Strategy<Value = Week> {
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

fn any_week() -> impl Strategy<Value = Week> {
    week(|id, count| anybody(id, count).boxed())
}

/// A week in which everybody is to be drawn.
fn keen_week() -> impl Strategy<Value = Week> {
    week(|id, count| keen(id, count, 3).boxed())
}

impl Week {
    fn draw(&self) -> Drawn<u8> {
        draw(&self.people, &self.history, &self.occasion, self.seed)
    }

    fn person(&self, id: u8) -> &Candidate<u8> {
        self.people.iter().find(|one| one.id == id).unwrap()
    }

    fn may_meet(&self, one: u8, other: u8) -> bool {
        !self.person(one).not_with.contains(&other) && !self.person(other).not_with.contains(&one)
    }

    /// How many weeks ago two met last.
    fn weeks_since(&self, one: u8, other: u8) -> Option<i64> {
        let together = self
            .history
            .iter()
            .filter(|meeting| meeting.members.contains(&one) && meeting.members.contains(&other));
        together.map(|meeting| (monday() - meeting.week).num_days() / 7).min()
    }

    fn repeats(&self, group: &[u8], within: i64) -> usize {
        let pairs = pairs_within(group);
        let recent = pairs.filter(|(one, other)| self.weeks_since(*one, *other).is_some_and(|weeks| weeks <= within));
        recent.count()
    }

    /// Every way to put these into pairs and at most one trio that keeps everybody apart who is to be.
    fn every_way(&self, people: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut ways = Vec::new();
        self.extend_ways(people, false, &mut Vec::new(), &mut ways);
        ways
    }

    fn extend_ways(&self, left: &[u8], has_trio: bool, so_far: &mut Vec<Vec<u8>>, ways: &mut Vec<Vec<Vec<u8>>>) {
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

    fn everybody(&self) -> Vec<u8> {
        self.people.iter().map(|one| one.id).collect()
    }
}

fn pairs_within(group: &[u8]) -> impl Iterator<Item = (u8, u8)> + '_ {
    let pairs = group.iter().enumerate();
    pairs.flat_map(|(at, one)| group[at + 1..].iter().map(move |other| (*one, *other)))
}

fn meeting_in(way: &[Vec<u8>]) -> usize {
    way.iter().map(Vec::len).sum()
}

fn groups_of(drawn: &Drawn<u8>) -> Vec<Vec<u8>> {
    drawn.groups.iter().map(|group| group.members.clone()).collect()
}

/// What a way is worth, by the weights that the draw goes by.
fn worth(weights: &Weights, way: &[Vec<u8>]) -> i128 {
    let of = |group: &Vec<u8>| match group.as_slice() {
        [one, two] => weights.pair(usize::from(*one), usize::from(*two)),
        [one, two, three] => weights.trio(usize::from(*one), usize::from(*two), usize::from(*three)),
        _ => panic!("two or three meet"),
    };
    way.iter().map(|group| i128::from(of(group))).sum()
}

/// Why somebody is not drawn, said once more in the plainest way.
fn excuse(one: &Candidate<u8>, history: &[Meeting<u8>]) -> Option<Unmatched> {
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_drawn_who_has_paused_is_away_or_not_due_and_they_hear_why(week in any_week()) {
        let drawn = week.draw();
        for one in &week.people {
            let told = drawn.unmatched.iter().find(|(id, _)| *id == one.id).map(|(_, why)| *why);
            match excuse(one, &week.history) {
                Some(why) => prop_assert_eq!(told, Some(why)),
                None => prop_assert!(told.is_none_or(|why| why == Unmatched::NobodyLeft)),
            }
        }
    }

    #[test]
    fn nobody_meets_whom_either_of_them_would_rather_not(week in keen_week()) {
        for group in groups_of(&week.draw()) {
            for (one, other) in pairs_within(&group) {
                prop_assert!(week.may_meet(one, other));
            }
        }
    }

    #[test]
    fn everybody_has_one_place(week in any_week()) {
        let drawn = week.draw();
        let mut placed: Vec<u8> = groups_of(&drawn).into_iter().flatten().collect();
        placed.extend(drawn.unmatched.iter().map(|(id, _)| *id));
        placed.sort_unstable();
        prop_assert_eq!(placed, week.everybody());
    }

    #[test]
    fn there_is_one_trio_at_most_and_none_where_pairs_alone_leave_as_few_out(week in keen_week()) {
        let groups = groups_of(&week.draw());
        let trios = groups.iter().filter(|group| group.len() == 3).count();
        prop_assert!(trios <= 1 && groups.iter().all(|group| (2..=3).contains(&group.len())));
        if trios == 1 && week.people.len() % 2 == 0 {
            let pairs_alone = week
                .every_way(&week.everybody())
                .into_iter()
                .filter(|way| way.iter().all(|group| group.len() == 2));
            prop_assert!(pairs_alone.map(|way| meeting_in(&way)).max().unwrap_or(0) < meeting_in(&groups));
        }
    }

    #[test]
    fn nobody_is_left_out_whom_another_way_would_let_meet(week in keen_week()) {
        let ways = week.every_way(&week.everybody());
        let most = ways.iter().map(|way| meeting_in(way)).max();
        prop_assert_eq!(Some(meeting_in(&groups_of(&week.draw()))), most);
    }

    #[test]
    fn nobody_meets_again_within_twelve_weeks_while_everybody_can_meet_otherwise(week in keen_week()) {
        let groups = groups_of(&week.draw());
        let ways = week.every_way(&week.everybody());
        let complete: Vec<_> = ways.iter().filter(|way| meeting_in(way) == week.people.len()).collect();
        // Whether the twelfth week itself counts or not.
        for within in [11, 12] {
            let repeats = |way: &[Vec<u8>]| way.iter().map(|group| week.repeats(group, within)).sum::<usize>();
            if complete.iter().any(|way| repeats(way) == 0) {
                prop_assert_eq!(repeats(&groups), 0);
            }
        }
        if let Some(fewest) = complete
            .iter()
            .map(|way| way.iter().map(|group| week.repeats(group, 11)).sum::<usize>())
            .min()
        {
            prop_assert_eq!(groups.iter().map(|group| week.repeats(group, 11)).sum::<usize>(), fewest);
        }
    }

    #[test]
    fn no_other_way_is_worth_more(week in keen_week()) {
        let people: Vec<&Candidate<u8>> = week.people.iter().collect();
        let weights = Weights::new(&people, &week.history, &week.occasion);
        let ways = week.every_way(&week.everybody());
        let best = ways.iter().map(|way| worth(&weights, way)).max();
        prop_assert_eq!(Some(worth(&weights, &groups_of(&week.draw()))), best);
    }

    #[test]
    fn in_which_order_people_and_meetings_come_does_not_matter(week in any_week(), seed in any::<u64>()) {
        let mut other = week.clone();
        let mut dice = Dice::new(seed);
        dice.shuffle(&mut other.people);
        dice.shuffle(&mut other.history);
        for meeting in &mut other.history {
            dice.shuffle(&mut meeting.members);
        }
        prop_assert_eq!(week.draw(), other.draw());
    }

    #[test]
    fn the_same_seed_draws_the_same_and_another_one_nothing_worse(week in keen_week(), seed in any::<u64>()) {
        let drawn = week.draw();
        prop_assert_eq!(&drawn, &week.draw());
        let people: Vec<&Candidate<u8>> = week.people.iter().collect();
        let weights = Weights::new(&people, &week.history, &week.occasion);
        let other = Week { seed, ..week.clone() }.draw();
        prop_assert_eq!(worth(&weights, &groups_of(&drawn)), worth(&weights, &groups_of(&other)));
    }

    #[test]
    fn three_times_suit_all_and_lie_on_days_of_their_own_where_that_can_be(week in keen_week()) {
        let schedules: Vec<&crate::schedule::Schedule> = week.people.iter().take(3).map(|one| &one.schedule).collect();
        let times = times(&schedules, &week.occasion, week.seed);
        prop_assert_eq!(times.len(), 3);
        prop_assert!(times.is_sorted() && times[0] >= week.occasion.at.plus_minutes(180));
        prop_assert!(times[2].plus_minutes(30) <= week.occasion.at.plus_minutes(7 * 24 * 60));
        prop_assert!(times.iter().all(|time| time.millis() % (15 * 60_000) == 0));
        // Hours begin on the hour, and every zone here is whole quarters away from UTC.
        let quarters = |one: &crate::schedule::Schedule| -> BTreeSet<i64> {
            let end = week.occasion.at.plus_minutes(7 * 24 * 60);
            let spans = one.spans(week.occasion.at, end).into_iter();
            spans.flat_map(|(from, until)| (from.millis()..until.millis()).step_by(900_000)).collect()
        };
        let mut common = quarters(schedules[0]);
        for one in &schedules[1..] {
            let theirs = quarters(one);
            common.retain(|quarter| theirs.contains(quarter));
        }
        let suits = |time: Timestamp| [0, 900_000].iter().all(|later| common.contains(&(time.millis() + later)));
        let zone = schedules[0].zone_at(week.occasion.at);
        let day = |time: Timestamp| time.utc().with_timezone(&zone).date_naive();
        let fitting: Vec<Timestamp> = common
            .iter()
            .map(|quarter| Timestamp::from_millis(*quarter))
            .filter(|time| suits(*time) && *time >= week.occasion.at.plus_minutes(180))
            .collect();
        // One at midnight would be in the way of another on the day before or after.
        let is_clear = |time: &Timestamp| (4..90).contains(&(time.utc().with_timezone(&zone).time().num_seconds_from_midnight() / 900));
        let days: BTreeSet<NaiveDate> = fitting.iter().copied().filter(is_clear).map(day).collect();
        let chosen: BTreeSet<NaiveDate> = times.iter().map(|time| day(*time)).collect();
        if days.len() >= 3 {
            prop_assert!(times.iter().all(|time| suits(*time)));
            prop_assert_eq!(chosen.len(), 3);
        }
        if !fitting.is_empty() {
            prop_assert!(times.iter().any(|time| suits(*time)));
        }
    }
}

/// Whoever is in it has office hours in one of the zones.
fn team_of(count: u16) -> Vec<Candidate<u16>> {
    let one = |id: u16| Candidate::new(id, ZONES[usize::from(id) % ZONES.len()], &Hours::office(), &[]);
    (0..count).map(one).collect()
}

fn drawn_twice(count: u16) {
    let mut team = team_of(count);
    for one in &mut team {
        one.not_with = vec![(one.id * 7 + 1) % count, (one.id * 13 + 5) % count];
    }
    let mut history: Vec<Meeting<u16>> = Vec::new();
    for weeks in 0..2 {
        let week = monday() + Days::new(7 * weeks);
        let occasion = Occasion::in_week_of(week, Weekday::Mon, Tz::UTC);
        let drawn = draw(&team, &history, &occasion, weeks);
        assert!(drawn.unmatched.is_empty());
        let members: BTreeSet<u16> = drawn.groups.iter().flat_map(|group| group.members.clone()).collect();
        assert_eq!(members.len(), usize::from(count));
        assert_eq!(drawn.groups.len(), usize::from(count) / 2);
        for group in &drawn.groups {
            assert_eq!(group.why.weeks_since_met, None);
            assert!(group.why.shared_minutes >= 240, "{group:?}");
            for one in &group.members {
                let not_with = &team[usize::from(*one)].not_with;
                assert!(
                    group
                        .members
                        .iter()
                        .all(|other| other == one || !not_with.contains(other))
                );
            }
        }
        let met = drawn.groups.into_iter().map(|group| Meeting {
            week,
            members: group.members,
        });
        history.extend(met);
    }
}

#[test]
fn a_large_team_and_a_very_large_one_keep_all_rules_too() {
    for count in [200, 201, 1_400, 1_401] {
        drawn_twice(count);
    }
}

#[test]
fn one_alone_hears_that_nobody_is_left_and_three_meet_together() {
    let occasion = Occasion::in_week_of(monday(), Weekday::Mon, Tz::UTC);
    let drawn = draw(&team_of(1), &[], &occasion, 1);
    assert_eq!(drawn.unmatched, [(0, Unmatched::NobodyLeft)]);
    let drawn = draw(&team_of(3), &[], &occasion, 1);
    assert_eq!(drawn.groups[0].members, [0, 1, 2]);
    assert_eq!(draw(&team_of(0), &[], &occasion, 1).groups, []);
}

#[test]
fn some_hours_together_are_much_better_than_none_and_many_more_hardly_better() {
    let fit = weights::hours_fit;
    assert!(fit(30) - fit(0) >= fit(600) - fit(30));
    assert_eq!(fit(240), fit(2_400));
    assert!(fit(15) < fit(30) && fit(60) < fit(120));
}

#[test]
fn whoever_broke_the_ice_the_last_time_rests() {
    for seed in 0..50 {
        assert_eq!(ice_breaker(&["Ana", "Ben"], |one| *one == "Ana", seed), Some("Ben"));
        assert!(ice_breaker(&["Ana", "Ben"], |_| true, seed).is_some());
    }
    let chosen: BTreeSet<_> = (0..50)
        .filter_map(|seed| ice_breaker(&["Ana", "Ben"], |_| false, seed))
        .collect();
    assert_eq!(chosen.len(), 2);
}

#[test]
fn the_draw_is_at_ten_on_the_team_s_weekday_and_made_up_for_until_thursday() {
    let calendar = DrawCalendar {
        pair_day: Weekday::Tue,
        zone: Tz::America__Lima,
    };
    let at = |text: &str| -> Timestamp { text.parse().unwrap() };
    let never = |_: NaiveDate| false;
    let this = |week: NaiveDate| week == monday();
    assert_eq!(
        calendar.next(at("2026-11-23T09:00:00Z"), never),
        at("2026-11-24T15:00:00Z")
    );
    assert_eq!(calendar.due(at("2026-11-24T14:59:59Z"), never), None);
    let due = calendar.due(at("2026-11-24T15:00:00Z"), never).unwrap();
    assert_eq!((due.week, due.at), (monday(), at("2026-11-24T15:00:00Z")));
    assert_eq!(calendar.due(at("2026-11-24T15:00:00Z"), this), None);
    let late = calendar.due(at("2026-11-27T04:40:01Z"), never).unwrap();
    assert_eq!((late.week, late.day), (due.week, due.day));
    assert_eq!(
        late.at,
        at("2026-11-27T04:45:00Z"),
        "what is past already is no time to meet"
    );
    assert_eq!(calendar.due(at("2026-11-27T05:00:00Z"), never), None);
    assert_eq!(
        calendar.next(at("2026-11-27T05:00:00Z"), never),
        at("2026-12-01T15:00:00Z")
    );
    assert_eq!(
        calendar.next(at("2026-11-23T09:00:00Z"), this),
        at("2026-12-01T15:00:00Z")
    );
    let late = DrawCalendar {
        pair_day: Weekday::Sat,
        ..calendar
    };
    assert!(late.due(at("2026-11-28T15:00:00Z"), never).is_some());
    assert!(late.due(at("2026-11-29T05:00:00Z"), never).is_none());
}

#[test]
fn a_time_is_agreed_when_all_have_chosen_it() {
    let at = |text: &str| -> Timestamp { text.parse().unwrap() };
    let (early, middle, late) = (
        at("2026-11-24T10:00:00Z"),
        at("2026-11-25T10:00:00Z"),
        at("2026-11-26T10:00:00Z"),
    );
    let pairing = crate::kinds::Pairing {
        week: monday(),
        members: vec![crate::MemberId::derived(&["Ana"]), crate::MemberId::derived(&["Ben"])],
        unmatched: None,
        times: vec![early, middle, late],
        duration_min: DURATION_MIN,
        link: None,
        prompts: Vec::new(),
        ice_breaker: None,
        why: None,
    };
    let answer = |times: &[Timestamp]| crate::kinds::PairAnswer {
        pairing: pairing_id(monday(), &pairing.members),
        times: times.to_vec(),
    };
    assert_eq!(agreed(&pairing, &[answer(&[early])]), None);
    assert_eq!(
        agreed(&pairing, &[answer(&[late, middle]), answer(&[early, late, middle])]),
        Some(middle)
    );
    assert_eq!(agreed(&pairing, &[answer(&[early]), answer(&[late])]), None);
    assert_eq!(agreed(&pairing, &[answer(&[]), answer(&[late])]), None);
}

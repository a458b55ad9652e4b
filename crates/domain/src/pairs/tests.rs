//! The rules of the draw, each as a property, against every way that there is for a few people.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, Timelike as _};
use chrono_tz::Tz;
use proptest::prelude::*;

mod given;

use given::*;

use super::*;
use crate::Timestamp;
use crate::hours::Hours;
use crate::kinds::Weekday;

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

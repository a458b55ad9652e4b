//! Rooms of three or four.

use std::collections::HashSet;

use proptest::prelude::*;
use samovar_domain::kinds::Room;
use samovar_domain::rooms::{ROOM_MAX, mix, seat};

use crate::given::{id, member};

fn people(count: usize) -> Vec<samovar_domain::MemberId> {
    (0..count).map(|n| member(&format!("person {n}"))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn everyone_is_in_exactly_one_room_of_three_or_four(count in 6..80_usize, week in -100..5_000_i64, series in "[a-z]{1,8}") {
        let people = people(count);
        let rooms = mix(&people, id(&series), week);
        prop_assert!(rooms.iter().all(|room| [3, 4].contains(&room.len())), "{rooms:?}");
        let all: Vec<_> = rooms.iter().flatten().copied().collect();
        prop_assert_eq!(all.len(), count);
        prop_assert_eq!(all.into_iter().collect::<HashSet<_>>(), people.iter().copied().collect());
        let mut otherwise = people;
        otherwise.reverse();
        prop_assert_eq!(mix(&otherwise, id(&series), week), rooms, "in whatever order they are told");
    }

    /// With four rooms and more, nobody meets anybody again in the week after.
    #[test]
    fn who_shared_a_room_shares_none_the_week_after(count in 13..80_usize, week in -100..5_000_i64) {
        let pairs = |week| {
            let rooms = mix(&people(count), id("tea"), week);
            let pairs = rooms.iter().flat_map(|room| room.iter().flat_map(|one| room.iter().map(move |other| (*one, *other))));
            pairs.filter(|(one, other)| one < other).collect::<HashSet<_>>()
        };
        prop_assert!(pairs(week).is_disjoint(&pairs(week + 1)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Whoever says yes late, in whatever number, is in one room; nobody else moves; no room is larger than four while
    /// another is not full.
    #[test]
    fn who_comes_late_sits_where_there_is_most_room(count in 7..40_usize, late in 1..20_usize, week in 0..5_000_i64) {
        let all = people(count + late);
        let mut rooms: Vec<Room> = mix(&all[..count], id("tea"), week)
            .into_iter()
            .map(|members| Room { members, link: None })
            .collect();
        let before = rooms.clone();
        for member in &all[count..] {
            prop_assert!(seat(&mut rooms, *member));
            prop_assert!(!seat(&mut rooms, *member), "one has one place");
            let sizes = || rooms.iter().map(|room| room.members.len());
            prop_assert!(sizes().max() <= Some(ROOM_MAX) || sizes().min() >= Some(ROOM_MAX));
        }
        let seated: usize = rooms.iter().map(|room| room.members.len()).sum();
        prop_assert_eq!(seated, count + late);
        for (room, before) in rooms.iter().zip(before) {
            prop_assert!(before.members.iter().all(|member| room.members.contains(member)), "nobody moved");
        }
    }
}

#[test]
fn without_rooms_all_are_together() {
    assert!(!seat(&mut [], member("late")));
}

#[test]
fn few_stay_together() {
    for count in 0..6 {
        assert_eq!(mix(&people(count), id("tea"), 3).len(), 1);
    }
}

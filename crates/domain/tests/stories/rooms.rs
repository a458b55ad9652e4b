//! Rooms of three or four.

use std::collections::HashSet;

use proptest::prelude::*;
use samovar_domain::rooms::mix;

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

#[test]
fn few_stay_together() {
    for count in 0..6 {
        assert_eq!(mix(&people(count), id("tea"), 3).len(), 1);
    }
}

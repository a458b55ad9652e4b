//! What a call is made nicer by: prompts, I spy, and a camera that nobody is expected to turn on at night.

use std::collections::HashSet;

use chrono_tz::Tz;
use proptest::prelude::*;
use samovar_domain::hours::Hours;
use samovar_domain::prompts::{BUILT_IN, OFFERED, Prompt, offered};
use samovar_domain::schedule::Schedule;
use samovar_domain::{camera, ispy};

use crate::given::{id, member, time};

#[test]
fn the_camera_is_optional_when_a_part_of_the_call_lies_outside_ones_hours() {
    let ana = Schedule::new(Tz::America__Lima, Hours::office(), &[], &[]);
    let is_optional = |from: &str, until: &str| camera::is_optional(&ana, time(from), time(until));
    assert!(
        !is_optional("2026-11-23T14:00:00Z", "2026-11-23T14:30:00Z"),
        "nine in Lima"
    );
    assert!(
        is_optional("2026-11-23T13:45:00Z", "2026-11-23T14:15:00Z"),
        "it begins too early"
    );
    assert!(
        !is_optional("2026-11-23T21:30:00Z", "2026-11-23T22:00:00Z"),
        "it ends with the day"
    );
    assert!(is_optional("2026-11-23T21:45:00Z", "2026-11-23T22:15:00Z"));
    assert!(
        is_optional("2026-11-24T04:00:00Z", "2026-11-24T04:30:00Z"),
        "eleven at night"
    );
    let unknown = Schedule::default();
    assert!(!camera::is_optional(
        &unknown,
        time("2026-11-24T04:00:00Z"),
        time("2026-11-24T05:00:00Z")
    ));
}

#[test]
fn the_series_own_ideas_come_first_and_ours_fill_up() {
    let own = |ideas: &[&str]| offered(id("tea"), &ideas.iter().map(ToString::to_string).collect::<Vec<_>>());
    let two = own(&["The best bench in your town", "A sound you like"]);
    assert_eq!(two.len(), OFFERED);
    assert!(
        matches!(&two[..], [Prompt::Own(_), Prompt::Own(_), Prompt::BuiltIn(_)]),
        "{two:?}"
    );
    assert_eq!(own(&["a", "b", "c", "d", "e"]).len(), OFFERED);
    assert_eq!(own(&[]), own(&[]), "everyone sees the same");
    assert_ne!(offered(id("tea"), &[]), offered(id("lunch"), &[]));
}

#[test]
fn nothing_is_offered_twice_in_one_call() {
    let name = |prompt: &Prompt| match prompt {
        Prompt::Own(text) => text.clone(),
        Prompt::BuiltIn(key) => (*key).to_owned(),
    };
    // A draw of pairs chooses two of ours, and a series may say the same thing twice.
    let own = [BUILT_IN[3], BUILT_IN[7], BUILT_IN[3]].map(ToOwned::to_owned);
    for call in 0..1_000 {
        let offered = offered(id(&format!("call {call}")), &own);
        let distinct: HashSet<_> = offered.iter().map(name).collect();
        assert_eq!(distinct.len(), OFFERED, "{offered:?}");
        assert!(distinct.contains(BUILT_IN[3]) && distinct.contains(BUILT_IN[7]));
    }
}

#[test]
fn there_is_enough_to_see_and_to_talk_about_and_nothing_twice() {
    for keys in [&ispy::SIGHTS[..], &BUILT_IN[..]] {
        assert!(keys.len() >= 40);
        assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len());
    }
}

#[test]
fn a_line_is_a_row_a_column_or_a_diagonal() {
    assert!(!ispy::has_line(&[], 3));
    assert!(!ispy::has_line(&[0, 1, 3, 5, 7], 3));
    assert!(ispy::has_line(&[3, 4, 5], 3));
    assert!(ispy::has_line(&[1, 4, 7], 3));
    assert!(ispy::has_line(&[0, 4, 8], 3));
    assert!(ispy::has_line(&[2, 4, 6], 3));
    assert!(ispy::has_line(&[3, 6, 9, 12], 4));
    assert!(!ispy::has_line(&[3, 6, 9], 4));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Everyone in a room has the same card, in whatever order their desktop knows the room.
    #[test]
    fn a_room_has_one_card(gathering in any::<u32>(), names in proptest::collection::vec("[a-z]{3}", 0..5), minutes in 5..480_u32) {
        let gathering = id(&gathering.to_string());
        let room: Vec<_> = names.iter().map(|name| member(name)).collect();
        let turned: Vec<_> = room.iter().rev().copied().collect();
        let side = ispy::side(minutes);
        let card = ispy::card(gathering, &room, side);
        prop_assert_eq!(&card, &ispy::card(gathering, &turned, side));
        prop_assert_eq!(card.len(), side * side);
        prop_assert_eq!(card.iter().collect::<HashSet<_>>().len(), card.len(), "nothing is on it twice");
    }
}

//! People across zones as one of them sees it.

use chrono_tz::Tz;
use samovar_domain::hours::Hours;
use samovar_domain::kinds::{Away, Channel, Travel};

use super::*;
use crate::api::PersonState;

const NOW: &str = "2026-11-23T15:00:00Z"; // a Monday: 10:00 in Lima, 16:00 in Berlin

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn id(name: &str) -> MemberId {
    MemberId::derived(&[name])
}

fn member(name: &str, zone: Tz) -> Member {
    Member {
        name: name.to_owned(),
        time_zone: zone.name().to_owned(),
        hours: Hours::office(),
        pronouns: None,
        about: None,
        photo: None,
        country: None,
        travel: Vec::new(),
        away: Vec::new(),
    }
}

fn team(members: Vec<Member>) -> TeamState {
    TeamState {
        members: members.into_iter().map(|member| (id(&member.name), member)).collect(),
        ..TeamState::default()
    }
}

fn seen_by(name: &str, state: &TeamState) -> PeopleView {
    people(state, id(name), time(NOW), time(NOW))
}

fn card<'a>(view: &'a PeopleView, name: &str) -> &'a PersonCard {
    view.people.iter().find(|card| card.person.name == name).unwrap()
}

#[test]
fn oneself_comes_first_and_then_the_others_as_the_sun_goes() {
    let view = seen_by(
        "Cleo",
        &team(vec![
            member("Ana", Tz::America__Lima),
            member("ben", Tz::Europe__Berlin),
            member("Adam", Tz::Europe__Oslo),
            member("Cleo", Tz::Asia__Singapore),
        ]),
    );
    let names: Vec<_> = view.people.iter().map(|card| card.person.name.as_str()).collect();
    assert_eq!(
        names,
        ["Cleo", "Ana", "Adam", "ben"],
        "Cleo looks; Oslo and Berlin share a clock"
    );
}

#[test]
fn the_axis_has_eight_days_of_ones_own_and_a_day_may_be_shorter() {
    let state = team(vec![member("Ben", Tz::Europe__Berlin)]);
    let view = people(&state, id("Ben"), time(NOW), time("2026-03-28T12:00:00Z"));
    assert_eq!(view.days.len(), 8);
    assert_eq!(view.days[0].date, "2026-03-28");
    assert_eq!(view.days[0].from, time("2026-03-27T23:00:00Z"));
    let hours = |day: &AxisDay| day.until.since(day.from).as_secs() / 3600;
    assert_eq!((hours(&view.days[0]), hours(&view.days[1])), (24, 23));
    let clocks: Vec<_> = view.people[0]
        .clocks
        .iter()
        .map(|clock| (clock.from, clock.minutes_east))
        .collect();
    assert_eq!(
        clocks,
        [(time("2026-03-27T23:00:00Z"), 60), (time("2026-03-29T01:00:00Z"), 120)],
        "found to the minute"
    );
}

#[test]
fn a_journey_moves_the_band_the_clock_and_the_name_of_the_zone() {
    let mut ben = member("Ben", Tz::Europe__Berlin);
    ben.travel = vec![Travel {
        from: "2026-11-23".parse().unwrap(),
        until: "2026-11-24".parse().unwrap(),
        time_zone: "Asia/Tokyo".to_owned(),
        hours: None,
    }];
    let view = seen_by("Ana", &team(vec![member("Ana", Tz::America__Lima), ben]));
    let ben = card(&view, "Ben");
    assert_eq!(
        (ben.person.time_zone.as_str(), ben.local_time.as_str()),
        ("Asia/Tokyo", "00:00")
    );
    assert_eq!(ben.home_time_zone, "Europe/Berlin");
    assert_eq!(ben.working[1].from, time("2026-11-24T00:00:00Z"), "nine in Tokyo");
    let zones: Vec<_> = ben.clocks.iter().map(|clock| clock.time_zone.as_str()).collect();
    assert_eq!(zones, ["Asia/Tokyo", "Europe/Berlin"]);
    assert_eq!(ben.travel.len(), 1);
}

#[test]
fn who_is_away_is_so_on_the_axis_and_answers_when_they_are_back() {
    let mut ben = member("Ben", Tz::Europe__Berlin);
    let days = |from: &str, back_on: &str| Away {
        from: from.parse().unwrap(),
        back_on: back_on.parse().unwrap(),
        note: None,
    };
    ben.away = vec![days("2026-11-23", "2026-11-26"), days("2026-11-02", "2026-11-09")];
    let mut state = team(vec![member("Ana", Tz::America__Lima), ben]);
    state.norms = Some(Norms {
        channels: vec![Channel {
            name: "Chat".to_owned(),
            when: String::new(),
            reply_within_hours: Some(4),
        }],
        ..Norms::default()
    });
    let view = seen_by("Ana", &state);
    assert!(view.has_norms);
    let ben = card(&view, "Ben");
    assert_eq!(
        ben.state,
        PersonState::Away {
            back_on: "2026-11-26".parse().unwrap()
        }
    );
    assert_eq!(ben.away.len(), 1);
    assert_eq!(ben.absences.len(), 1, "what is over is not shown");
    let seen = ben.seen_at.unwrap();
    assert_eq!((seen.at, seen.minutes_east), (time("2026-11-26T08:00:00Z"), 60));
    let answered = ben.replies[0].answered_by.unwrap();
    assert_eq!((answered.at, answered.minutes_east), (time("2026-11-26T12:00:00Z"), 60));
}

#[test]
fn who_did_not_say_their_hours_has_no_band_and_shares_none() {
    let mut ben = member("Ben", Tz::Europe__Berlin);
    ben.hours = Hours::default();
    let view = seen_by("Ana", &team(vec![member("Ana", Tz::America__Lima), ben]));
    assert!(card(&view, "Ben").working.is_empty());
    assert!(view.overlaps.is_empty());
    assert_eq!(card(&view, "Ben").state, PersonState::Working { until: None });
}

#[test]
fn what_two_share_of_a_day_is_on_the_axis() {
    let view = seen_by(
        "Ana",
        &team(vec![
            member("Ana", Tz::America__Lima),
            member("Ben", Tz::Europe__Berlin),
        ]),
    );
    let first = view.overlaps[0];
    assert_eq!(
        (first.from, first.until, first.people),
        (time("2026-11-23T14:00:00Z"), time("2026-11-23T16:00:00Z"), 2)
    );
    assert_eq!(view.overlaps.len(), 6, "Monday to Friday, and Monday again");
}

#[test]
fn the_clocks_of_zones_are_told_to_whoever_has_older_rules() {
    let names = ["America/Coyhaique", "Europe/Berlin", "Mars/Olympus"].map(ToOwned::to_owned);
    let clocks = zone_clocks(&names, time("2026-11-25T12:00:00Z"));
    assert_eq!(clocks.until, time("2029-02-02T12:00:00Z"));
    let of = |zone: usize| -> Vec<(Timestamp, i32)> {
        let turns = clocks.zones[zone].iter();
        turns.map(|turn| (turn.from, turn.minutes_east)).collect()
    };
    assert_eq!(clocks.zones.len(), 2, "nobody knows the third");
    assert_eq!(of(0), [(time("2025-10-21T12:00:00Z"), -180)]);
    assert_eq!(
        of(1)[..3],
        [
            (time("2025-10-21T12:00:00Z"), 120),
            (time("2025-10-26T01:00:00Z"), 60),
            (time("2026-03-29T01:00:00Z"), 120)
        ]
    );
    assert_eq!(of(1).len(), 8, "twice a year until {}", clocks.until);
}

#[test]
fn one_can_be_at_places_and_not_in_the_abbreviations_of_zones() {
    let names = zone_names();
    for place in [
        "America/Coyhaique",
        "America/Argentina/Ushuaia",
        "Europe/Kyiv",
        "Asia/Ho_Chi_Minh",
    ] {
        assert!(names.iter().any(|name| name == place), "{place}");
    }
    for none in ["EST5EDT", "Etc/GMT+5", "GB", "UTC"] {
        assert!(names.iter().all(|name| name != none), "{none}");
    }
    assert!(names.is_sorted());
}

//! People across zones: a journey, days off, and what one may expect of each other.

use std::time::Duration;

use samovar_core::api::{
    AppNotice, Changed, PeopleView, PersonCard, PersonState, ProfileChange, Request, Response, Status, Today,
    ZoneAnswer,
};
use samovar_domain::Timestamp;
use samovar_domain::kinds::{Away, Channel, Norms, Travel};
use samovar_testkit::{Desktop, Endpoint, FakeClock, PATIENCE};

struct Team {
    clock: FakeClock,
    _endpoint: Endpoint,
    ana: Desktop,
    ben: Desktop,
}

/// Ana in Lima and Ben in Berlin, both from nine to five. It is ten on Monday for Ana, and sixteen for Ben.
async fn team() -> Team {
    let clock = FakeClock::at("2026-11-23T15:00:00Z");
    let endpoint = Endpoint::start(clock.clone()).await;
    let ana = Desktop::new("Ana", "America/Lima", &clock).await;
    ana.join(endpoint.owner_invite.as_deref().unwrap()).await;
    let ben = Desktop::new("Ben", "Europe/Berlin", &clock).await;
    ben.join(&ana.invite().await).await;
    Team {
        clock,
        _endpoint: endpoint,
        ana,
        ben,
    }
}

fn travel(until: &str, zone: &str) -> Travel {
    Travel {
        from: "2026-11-23".parse().unwrap(),
        until: until.parse().unwrap(),
        time_zone: zone.to_owned(),
        hours: None,
    }
}

fn away(from: &str, back_on: &str) -> Away {
    Away {
        from: from.parse().unwrap(),
        back_on: back_on.parse().unwrap(),
        note: Some("Moving house".to_owned()),
    }
}

async fn changes(desktop: &Desktop, change: ProfileChange) {
    desktop.ask(Request::ChangeProfile { change }).await;
    desktop.has_sent_everything().await;
}

fn card(view: &PeopleView, name: &str) -> PersonCard {
    view.people
        .iter()
        .find(|card| card.person.name == name)
        .unwrap()
        .clone()
}

fn question(status: &Status) -> Option<(&str, bool)> {
    status.notices.iter().find_map(|notice| match notice {
        AppNotice::OtherTimeZone { time_zone, is_home } => Some((time_zone.as_str(), *is_home)),
        _ => None,
    })
}

async fn says(desktop: &Desktop, time_zone: &str, answer: ZoneAnswer) {
    let time_zone = time_zone.to_owned();
    desktop.ask(Request::AnswerZone { time_zone, answer }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_window_asks_for_the_clocks_of_the_zones_that_it_meets_and_not_for_any_number() {
    let team = team().await;
    let asks = |count| Request::Clocks {
        time_zones: vec!["America/Coyhaique".to_owned(); count],
    };
    let Response::Clocks(clocks) = team.ben.ask(asks(1)).await else {
        panic!("expected clocks");
    };
    assert_eq!(clocks.zones[0][0].minutes_east, -180);
    assert_eq!(team.ben.is_refused(asks(1_001)).await.code, "too_many_zones");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_journey_changes_what_the_others_see_and_ends_by_itself() {
    let team = team().await;
    let change = ProfileChange {
        travel: Some(vec![travel("2026-11-24", "Asia/Tokyo")]),
        ..ProfileChange::default()
    };
    changes(&team.ben, change).await;
    team.ana
        .sees("Ben's midnight", |today| {
            today.people.iter().any(|ben| {
                ben.local_time == "00:00"
                    && ben.person.time_zone == "Asia/Tokyo"
                    && matches!(ben.state, PersonState::Off { .. })
            })
        })
        .await;
    let ben = card(&team.ana.people().await, "Ben");
    assert_eq!(ben.home_time_zone, "Europe/Berlin");
    assert_eq!(
        ben.seen_at.unwrap().at,
        "2026-11-24T00:00:00Z".parse().unwrap(),
        "at nine in Tokyo"
    );

    // Wednesday, ten in Berlin: nobody had to change anything back.
    team.clock.set("2026-11-25T09:00:00Z");
    let ben = card(&team.ana.people().await, "Ben");
    assert_eq!(
        (ben.local_time.as_str(), ben.person.time_zone.as_str()),
        ("10:00", "Europe/Berlin")
    );
    assert!(matches!(ben.state, PersonState::Working { .. }));
    assert!(ben.travel.is_empty(), "what is over is not shown");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_screens_hear_of_the_minute_in_which_an_absence_ends() {
    let team = team().await;
    let change = ProfileChange {
        away: Some(vec![away("2026-11-23", "2026-11-25")]),
        ..ProfileChange::default()
    };
    changes(&team.ben, change).await;
    let is_away = |today: &Today| {
        today
            .people
            .iter()
            .any(|person| matches!(person.state, PersonState::Away { .. }))
    };
    team.ana.sees("that Ben is away", is_away).await;

    // Midnight in Berlin; nobody writes anything, and Ana's screen asks again only when it is told to.
    let mut heard = team.ana.core.changes();
    team.clock.set("2026-11-24T23:00:00Z");
    let told = async { while heard.recv().await.unwrap() != Changed::Today {} };
    tokio::time::timeout(PATIENCE, told).await.unwrap();
    assert!(!is_away(&team.ana.today().await));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_away_is_shown_as_away_and_left_in_peace_until_they_are_back() {
    let team = team().await;
    let change = ProfileChange {
        away: Some(vec![away("2026-11-23", "2026-11-25")]),
        ..ProfileChange::default()
    };
    changes(&team.ben, change).await;
    let back_on = "2026-11-25".parse().unwrap();
    team.ana
        .sees("that Ben is away", |today| {
            today
                .people
                .iter()
                .any(|ben| ben.state == PersonState::Away { back_on })
        })
        .await;

    team.ana.shares("Everything is calm here.").await;
    team.ben.stands("holding it", |status| status.held == 1).await;
    assert!(team.ben.notifier.shown().is_empty());
    // Tuesday at noon would be within his hours.
    team.clock.set("2026-11-24T11:00:00Z");
    team.ana.shares("Still calm.").await;
    team.ben.stands("holding both", |status| status.held == 2).await;
    assert!(team.ben.notifier.shown().is_empty());

    team.clock.set("2026-11-25T08:00:00Z"); // nine on Wednesday in Berlin
    // Monday's has had its day by then.
    let digest = team.ben.notifier.hears("1 snapshot from Ana").await;
    assert_eq!(team.ben.notifier.shown().len(), 1, "one digest: {}", digest.title);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_may_expect_follows_from_the_norms_and_the_other_ones_hours() {
    let team = team().await;
    let channel = |name: &str, hours| Channel {
        name: name.to_owned(),
        when: String::new(),
        reply_within_hours: hours,
    };
    let norms = Norms {
        channels: vec![channel("Chat", Some(4)), channel("Wiki", None)],
        meetings: "Cameras are optional.".to_owned(),
        no_reply_off_hours: true,
    };
    let refused = team.ben.is_refused(Request::SaveNorms { norms: norms.clone() }).await;
    assert_eq!(refused.code, "not_admin", "the team's norms are set by its admins");
    let impossible = Norms {
        channels: vec![channel("Chat", Some(0))],
        ..norms.clone()
    };
    let refused = team.ana.is_refused(Request::SaveNorms { norms: impossible }).await;
    assert_eq!(refused.code, "bad_reply_hours");
    assert_eq!(team.ana.status().await.waiting.ops, 0, "nothing of it is on its way");

    team.ana.ask(Request::SaveNorms { norms: norms.clone() }).await;
    team.ana.has_sent_everything().await;
    team.ana.shares("We have norms now.").await;
    team.ben.sees_snapshot("We have norms now.").await;
    let Response::Norms(page) = team.ben.ask(Request::Norms).await else {
        panic!("norms were asked for")
    };
    assert_eq!((page.norms, page.is_written, page.is_admin), (norms, true, false));

    // It is 22:40 for Ben.
    team.clock.set("2026-11-23T21:40:00Z");
    let ben = card(&team.ana.people().await, "Ben");
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    assert_eq!(ben.local_time, "22:40");
    assert_eq!(ben.seen_at.unwrap().at, at("2026-11-24T08:00:00Z"), "seen at nine");
    assert_eq!(ben.replies.len(), 1, "the wiki promises nothing");
    assert_eq!(
        ben.replies[0].answered_by.unwrap().at,
        at("2026-11-24T12:00:00Z"),
        "Tuesday 13:00"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_zone_of_the_system_is_asked_about_once_and_left_alone_when_that_is_wished() {
    let mut team = team().await;
    assert_eq!(question(&team.ana.status().await), None);
    team.ana.system_zone.is_set_to("Europe/Lisbon");
    // The screens are told without asking.
    let status = team
        .ana
        .stands("asked about Lisbon", |status| question(status).is_some())
        .await;
    assert_eq!(question(&status), Some(("Europe/Lisbon", false)));
    assert_eq!(
        status.team.unwrap().my_time_zone,
        "America/Lima",
        "nothing changes by itself"
    );

    says(&team.ana, "Europe/Lisbon", ZoneAnswer::Leave).await;
    assert_eq!(question(&team.ana.status().await), None);
    team.ana.restarts().await;
    assert_eq!(question(&team.ana.status().await), None, "it is remembered");
    assert!(team.ben.people().await.people.iter().all(|card| card.travel.is_empty()));

    team.ana.system_zone.is_set_to("Asia/Tokyo");
    assert_eq!(
        question(&team.ana.status().await),
        Some(("Asia/Tokyo", false)),
        "another zone"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_says_that_they_travel_does_so_until_then_and_who_is_back_says_so() {
    let team = team().await;
    team.ana.system_zone.is_set_to("Europe/Lisbon");
    let until = "2026-11-27".parse().unwrap();
    says(&team.ana, "Europe/Lisbon", ZoneAnswer::Travelling { until }).await;
    let status = team.ana.status().await;
    assert_eq!(question(&status), None);
    assert_eq!(status.team.unwrap().my_time_zone, "Europe/Lisbon");
    team.ben
        .sees("Ana in Lisbon", |today| {
            today.people.iter().any(|ana| ana.person.time_zone == "Europe/Lisbon")
        })
        .await;

    // Home two days early.
    team.clock.advance(Duration::from_hours(48));
    team.ana.system_zone.is_set_to("America/Lima");
    let status = team.ana.status().await;
    assert_eq!(question(&status), Some(("America/Lima", true)));
    says(&team.ana, "America/Lima", ZoneAnswer::Moved).await;
    let status = team.ana.status().await;
    assert_eq!(question(&status), None);
    assert_eq!(status.team.unwrap().my_time_zone, "America/Lima");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_moved_lives_there_from_now_on() {
    let team = team().await;
    team.ana.system_zone.is_set_to("Europe/Lisbon");
    says(&team.ana, "Europe/Lisbon", ZoneAnswer::Moved).await;
    assert_eq!(question(&team.ana.status().await), None);
    let ana = card(&team.ana.people().await, "Ana");
    assert_eq!(ana.home_time_zone, "Europe/Lisbon");
    assert!(ana.travel.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn days_that_cannot_be_are_refused_where_they_are_entered() {
    let team = team().await;
    for (change, code) in [
        (
            ProfileChange {
                travel: Some(vec![travel("2026-11-22", "Asia/Tokyo")]),
                ..ProfileChange::default()
            },
            "bad_days",
        ),
        (
            ProfileChange {
                travel: Some(vec![travel("2026-11-24", "Asia/Atlantis")]),
                ..ProfileChange::default()
            },
            "bad_time_zone",
        ),
        (
            ProfileChange {
                away: Some(vec![away("2026-11-24", "2026-11-24")]),
                ..ProfileChange::default()
            },
            "bad_days",
        ),
    ] {
        let refused = team.ana.is_refused(Request::ChangeProfile { change }).await;
        assert_eq!(refused.code, code);
    }
    assert_eq!(team.ana.status().await.waiting.ops, 0);
}

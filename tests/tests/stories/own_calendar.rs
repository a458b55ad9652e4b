//! One's own calendar: read by one's own computer, and to the team's planner nothing but half hours.

use std::time::Duration;

use samovar_core::api::{OwnCalendarCard, Request, Response};
use samovar_domain::kinds::{Activity, Gathering, Rotate, Series, Slot, Weekday};
use samovar_domain::{Item, Kind};
use samovar_testkit::{CALENDAR_SECRET, Desktop, Endpoint, FakeClock, PublishedCalendar, files_with, lets_go_of};
use serde_json::json;

use crate::gatherings::wishes;
use crate::given::page_of;

/// Wednesdays from nine to noon, by a word that nobody else is to read.
const THERAPY: &str =
    "UID:1\nSUMMARY:Therapy with Dr. Quispe\nLOCATION:Calle Ocho 12\nDTSTART;TZID=America/Lima:20261104T090000
DTEND;TZID=America/Lima:20261104T120000\nRRULE:FREQ=WEEKLY";
const DENTIST: &str = "UID:2\nSUMMARY:Dentist\nDTSTART:20261126T201000Z\nDTEND:20261126T204000Z";
/// From nine to four on every working day.
const WORKSHOP: &str = "UID:3\nSUMMARY:Workshop\nDTSTART;TZID=America/Lima:20261102T090000
DTEND;TZID=America/Lima:20261102T160000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";

struct Team {
    clock: FakeClock,
    endpoint: Endpoint,
    ana: Desktop,
    ben: Desktop,
}

/// Ana, who owns the team, and Ben, both in Lima and both from nine to five; it is Monday, ten o'clock.
async fn team() -> Team {
    let clock = FakeClock::at("2026-11-23T15:00:00Z");
    let endpoint = Endpoint::start(clock.clone()).await;
    let ana = Desktop::new("Ana", "America/Lima", &clock).await;
    ana.join(endpoint.owner_invite.as_deref().unwrap()).await;
    let ben = Desktop::new("Ben", "America/Lima", &clock).await;
    ben.join(&ana.invite().await).await;
    Team {
        clock,
        endpoint,
        ana,
        ben,
    }
}

async fn asks(desktop: &Desktop, request: Request) -> OwnCalendarCard {
    match desktop.ask(request).await {
        Response::OwnCalendar(card) => card,
        other => panic!("not the calendar: {other:?}"),
    }
}

async fn reads(desktop: &Desktop, calendar: &PublishedCalendar) -> OwnCalendarCard {
    let address = Some(calendar.address.clone());
    asks(desktop, Request::SetOwnCalendar { address }).await
}

async fn tells(desktop: &Desktop, on: bool) -> OwnCalendarCard {
    let card = asks(desktop, Request::TellBusy { on }).await;
    desktop.has_sent_everything().await;
    card
}

/// What the endpoint hands to a reader of when people are busy.
async fn told(endpoint: &Endpoint, reader: &Desktop) -> Vec<Item> {
    let items = page_of(endpoint, reader).await.items.into_iter();
    items
        .filter(|item| item.kind == Kind::BUSY && item.body.is_some())
        .collect()
}

async fn gatherings(endpoint: &Endpoint, reader: &Desktop) -> Vec<Gathering> {
    let items = page_of(endpoint, reader).await.items.into_iter();
    let bodies = items
        .filter(|item| item.kind == Kind::GATHERING)
        .filter_map(|item| item.body);
    bodies.map(|body| serde_json::from_value(body).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_calendar_is_read_here_and_only_who_agrees_tells_half_hours_of_it() {
    let team = team().await;
    let calendar = PublishedCalendar::of(&[THERAPY, DENTIST]).await;
    let card = reads(&team.ben, &calendar).await;
    assert_eq!(
        (card.host.as_deref(), card.tells, card.busy),
        (Some("127.0.0.1"), false, 6)
    );
    team.ben.has_sent_everything().await;
    assert!(told(&team.endpoint, &team.ben).await.is_empty(), "he has not agreed");

    assert!(tells(&team.ben, true).await.tells);
    let item = told(&team.endpoint, &team.ben).await.remove(0);
    let body = item.body.unwrap();
    assert_eq!(
        body["spans"].as_array().unwrap()[..2],
        [
            json!({ "from": "2026-11-25T14:00:00.000Z", "until": "2026-11-25T17:00:00.000Z" }),
            json!({ "from": "2026-11-26T20:00:00.000Z", "until": "2026-11-26T21:00:00.000Z" }),
        ]
    );
    assert_eq!(body.as_object().unwrap().len(), 1, "nothing else");
    assert!(told(&team.endpoint, &team.ana).await.is_empty(), "nobody else sees it");
    for secret in [
        "Therapy",
        "Quispe",
        "Calle Ocho",
        "Dentist",
        CALENDAR_SECRET,
        "basic.ics",
    ] {
        assert!(files_with(team.endpoint.folder(), secret).is_empty(), "{secret}");
        assert!(files_with(team.ana.folder(), secret).is_empty(), "{secret}");
    }
    assert!(
        !files_with(team.ben.folder(), CALENDAR_SECRET).is_empty(),
        "it is kept on his computer"
    );
    assert!(
        files_with(team.ben.folder(), "Therapy").is_empty(),
        "what it says is not even kept there"
    );

    // Taken back, it is gone; so it is without the calendar.
    tells(&team.ben, false).await;
    assert!(told(&team.endpoint, &team.ben).await.is_empty());
    tells(&team.ben, true).await;
    assert_eq!(told(&team.endpoint, &team.ben).await.len(), 1);
    let none = asks(&team.ben, Request::SetOwnCalendar { address: None }).await;
    team.ben.has_sent_everything().await;
    assert_eq!((none.host, none.busy), (None, 0));
    assert!(told(&team.endpoint, &team.ben).await.is_empty());
    // Nor is it in a file any more.
    lets_go_of(team.endpoint.folder(), "2026-11-26T20:00").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_series_meets_when_nobody_has_something_else() {
    let team = team().await;
    // Both slots suit both; without a reason, it would be the first.
    let slot = |time| Slot::new(Weekday::Wed, time, "America/Lima");
    let plan = |title| {
        Box::new(Series {
            more_slots: vec![slot("15:00")],
            rotate: Rotate::Each,
            ..Series::weekly(Activity::Teatime, title, slot("10:00"), 30)
        })
    };
    let series = None;
    team.ana
        .ask(Request::SaveSeries {
            series,
            plan: plan("Before"),
        })
        .await;
    team.ana.has_sent_everything().await;
    let slots: Vec<_> = gatherings(&team.endpoint, &team.ana)
        .await
        .iter()
        .map(|tea| tea.slot)
        .collect();
    assert_eq!(slots, [Some(0); 4]);

    let calendar = PublishedCalendar::of(&[THERAPY]).await;
    reads(&team.ben, &calendar).await;
    tells(&team.ben, true).await;
    team.ana
        .ask(Request::SaveSeries {
            series,
            plan: plan("After"),
        })
        .await;
    team.ana.has_sent_everything().await;
    let after = gatherings(&team.endpoint, &team.ana).await;
    let slots: Vec<_> = after
        .iter()
        .filter(|tea| tea.title == "After")
        .map(|tea| tea.slot)
        .collect();
    assert_eq!(slots, [Some(1); 4]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pair_call_is_proposed_when_neither_has_something_else() {
    let team = team().await;
    for desktop in [&team.ana, &team.ben] {
        wishes(desktop).await;
    }
    let calendar = PublishedCalendar::of(&[WORKSHOP]).await;
    reads(&team.ben, &calendar).await;
    tells(&team.ben, true).await;
    team.clock.set("2026-11-30T15:00:00Z");
    team.endpoint.tends().await;
    let items = page_of(&team.endpoint, &team.ana).await.items.into_iter();
    let mut pairings = items.filter(|item| item.kind == Kind::PAIRING);
    let pairing = pairings.next().and_then(|item| item.body);
    let pairing = pairing.expect("they are drawn");
    let times = pairing["times"].as_array().unwrap();
    assert_eq!(times.len(), 3);
    for time in times {
        let time = time.as_str().unwrap();
        // From four to five in Lima, for half an hour.
        assert!(
            ["T21:00", "T21:15", "T21:30"].iter().any(|start| time.contains(start)),
            "{times:?}"
        );
    }
    let shared = pairing["why"]["shared_minutes"].as_u64().unwrap();
    assert!(
        shared > 5 * 7 * 60,
        "what others read of their hours says nothing of when one is busy: {shared}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_calendar_is_read_each_hour_and_told_anew_only_when_it_is_another() {
    let team = team().await;
    let calendar = PublishedCalendar::of(&[DENTIST]).await;
    reads(&team.ben, &calendar).await;
    tells(&team.ben, true).await;
    let seq = told(&team.endpoint, &team.ben).await[0].seq;
    team.clock.advance(Duration::from_hours(1));
    calendar.is_asked(2).await;
    assert_eq!(calendar.asked(), [None, Some("\"1\"".to_owned())]);
    team.clock.is_slept_on_for(Duration::from_hours(1)).await;
    team.ben.has_sent_everything().await;
    assert_eq!(told(&team.endpoint, &team.ben).await[0].seq, seq, "nothing was new");

    calendar.becomes(&[DENTIST, THERAPY]);
    team.clock.advance(Duration::from_hours(1));
    calendar.is_asked(3).await;
    team.clock.is_slept_on_for(Duration::from_hours(1)).await;
    team.ben.has_sent_everything().await;
    let item = told(&team.endpoint, &team.ben).await.remove(0);
    assert_eq!(item.body.unwrap()["spans"].as_array().unwrap().len(), 6);

    // It cannot be read for a while: what was known stays, and the waits grow.
    calendar.answers(503);
    team.clock.advance(Duration::from_hours(1));
    calendar.is_asked(4).await;
    team.clock.is_slept_on_for(Duration::from_mins(5)).await;
    let card = asks(&team.ben, Request::OwnCalendar).await;
    assert_eq!((&*card.problem.unwrap().code, card.busy), ("calendar_unreachable", 6));
    team.clock.advance(Duration::from_mins(5));
    calendar.is_asked(5).await;
    team.clock.is_slept_on_for(Duration::from_mins(10)).await;
    calendar.becomes(&[]);
    team.clock.advance(Duration::from_mins(10));
    calendar.is_asked(6).await;
    team.clock.is_slept_on_for(Duration::from_hours(1)).await;
    team.ben.has_sent_everything().await;
    assert!(
        told(&team.endpoint, &team.ben).await.is_empty(),
        "an empty calendar tells nothing"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_read_is_refused_where_it_is_entered() {
    let team = team().await;
    let set = |address: &str| Request::SetOwnCalendar {
        address: Some(address.to_owned()),
    };
    let code = async |address: &str| team.ben.is_refused(set(address)).await.code;
    assert_eq!(code("http://cal.example.org/a.ics").await, "bad_calendar_address");
    let calendar = PublishedCalendar::of(&[DENTIST]).await;
    let wrong = calendar.address.replace(CALENDAR_SECRET, "another");
    assert_eq!(code(&wrong).await, "calendar_refused");
    calendar.says("<html>Please sign in</html>");
    assert_eq!(code(&calendar.address).await, "not_a_calendar");
    calendar.says(&format!(
        "BEGIN:VCALENDAR\r\nX-LONG:{}\r\nEND:VCALENDAR\r\n",
        "x".repeat(5_000_001)
    ));
    assert_eq!(code(&calendar.address).await, "calendar_too_large");
    calendar.answers(500);
    assert_eq!(code(&calendar.address).await, "calendar_unreachable");
    // It leads into this computer, the network at home, or out of encryption.
    let other = PublishedCalendar::of(&[DENTIST]).await;
    for elsewhere in [
        other.address.replace("127.0.0.1", "localhost"),
        "https://169.254.169.254/latest/meta-data".to_owned(),
        "https://192.168.1.1/".to_owned(),
        "http://example.org/a.ics".to_owned(),
        "file:///etc/passwd".to_owned(),
    ] {
        calendar.leads_to(&elsewhere);
        assert_eq!(code(&calendar.address).await, "calendar_unreachable", "{elsewhere}");
    }
    assert!(other.asked().is_empty());
    calendar.leads_to(&calendar.address);
    assert_eq!(code(&calendar.address).await, "calendar_unreachable", "round and round");
    assert_eq!(asks(&team.ben, Request::OwnCalendar).await.host, None);
}

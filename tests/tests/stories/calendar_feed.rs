//! One's calls in one's own calendar program: the address is made, renewed and ended in the settings.

use reqwest::StatusCode;
use samovar_core::api::{Language, Request, Response, SettingsChange};
use samovar_domain::{Clock as _, Timestamp};
use samovar_testkit::{Desktop, FakeClock, InProcessHost, client};

use crate::given::Kitchen;

/// What the settings show.
async fn shown(desktop: &Desktop, request: Request) -> (Option<Timestamp>, Option<String>, bool) {
    match desktop.ask(request).await {
        Response::CalendarFeed {
            since,
            address,
            on_this_computer,
        } => (since, address, on_this_computer),
        other => panic!("not a feed: {other:?}"),
    }
}

async fn reads(address: &str) -> StatusCode {
    client().get(address).send().await.unwrap().status()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ana_makes_an_address_renews_it_and_ends_it() {
    let Kitchen { ana, clock, .. } = &Kitchen::open().await;
    assert_eq!(shown(ana, Request::CalendarFeed).await, (None, None, false));
    let (since, first, _) = shown(ana, Request::MakeCalendarFeed).await;
    let first = first.unwrap();
    assert_eq!(since, Some(clock.now()));
    assert_eq!(reads(&first).await, StatusCode::OK);
    assert_eq!(
        shown(ana, Request::CalendarFeed).await,
        (since, None, false),
        "nobody knows the address any more"
    );
    let change = SettingsChange {
        language: Some(Language::De),
        ..SettingsChange::default()
    };
    ana.ask(Request::ChangeSettings { change }).await;
    let second = shown(ana, Request::MakeCalendarFeed).await.1.unwrap();
    assert!(second.ends_with(".ics?lang=de"), "{second}");
    assert_eq!(reads(&first).await, StatusCode::NOT_FOUND);
    assert_eq!(reads(&second).await, StatusCode::OK);
    assert_eq!(shown(ana, Request::EndCalendarFeed).await, (None, None, false));
    assert_eq!(reads(&second).await, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_endpoint_it_is_said_that_it_cannot_be_reached() {
    let Kitchen { ana, wire, .. } = &Kitchen::open().await;
    wire.unplug();
    for request in [
        Request::CalendarFeed,
        Request::MakeCalendarFeed,
        Request::EndCalendarFeed,
    ] {
        assert_eq!(ana.is_refused(request).await.code, "unreachable");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_on_this_computer_is_told_of() {
    let clock = FakeClock::at("2026-11-23T15:00:00Z");
    let host = std::sync::Arc::new(InProcessHost::new(clock.clone()));
    let ana = Desktop::with_host("Ana", "America/Lima", &clock, host).await;
    assert_eq!(ana.is_refused(Request::CalendarFeed).await.code, "no_team");
    let request = Request::StartTeam {
        team: "The kettle".to_owned(),
        name: "Ana".to_owned(),
        time_zone: None,
        hours: None,
    };
    ana.ask(request).await;
    let (_, address, on_this_computer) = shown(&ana, Request::MakeCalendarFeed).await;
    assert!(on_this_computer);
    assert_eq!(reads(&address.unwrap()).await, StatusCode::OK);
}

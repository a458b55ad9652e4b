//! How much one may ask: a program that has gone wild, somebody who guesses, and everybody else, who is not to notice.

use reqwest::{Method, RequestBuilder, Response, StatusCode};
use samovar_server::operation::{LimitSettings, Operation};
use samovar_testkit::{Streams, client};
use serde_json::json;

use crate::given::{Team, parts_of, refusal};

/// More than this is not asked before a limit must have been met.
const ENDLESS: usize = 10_000;

fn operation(calls_per_device: u32, failures_per_address: u32, trusted_proxies: &str) -> Operation {
    Operation {
        limits: LimitSettings {
            calls_per_device,
            failures_per_address,
        },
        trusted_proxies: trusted_proxies.parse().unwrap(),
        ..Operation::default()
    }
}

async fn sent(request: RequestBuilder) -> Response {
    request.send().await.unwrap()
}

/// How often it went as it should until it was too much, and for how many seconds it then was.
async fn until_too_much(request: impl Fn() -> RequestBuilder, expected: StatusCode) -> (usize, u64) {
    for count in 0..ENDLESS {
        let answer = sent(request()).await;
        if answer.status() != StatusCode::TOO_MANY_REQUESTS {
            assert_eq!(answer.status(), expected);
            continue;
        }
        let wait = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
        assert_eq!(refusal(answer).await.1, "too_many_requests");
        return (count, wait);
    }
    panic!("nothing was ever too much");
}

/// A call with a token that nobody has, said to come from there.
fn guess(team: &Team, from: &str) -> RequestBuilder {
    let call = client().get(format!("{}/v1/items", team.endpoint.base_url));
    call.bearer_auth("smv_guess").header("x-forwarded-for", from)
}

fn join(link: &str, from: &str) -> RequestBuilder {
    let (base_url, invite) = parts_of(link);
    let body = json!({ "invite": invite, "name": "Cleo", "time_zone": "Europe/Berlin", "device_name": "desk" });
    let call = client().post(format!("{base_url}/v1/join"));
    call.header("x-forwarded-for", from).json(&body)
}

#[tokio::test]
async fn a_device_that_has_gone_wild_is_held_up_and_nobody_else_is() {
    for streams in Streams::ALL {
        let team = Team::gather_as(streams, operation(10, 0, "")).await;
        let laptop = team.ana.laptop().await;
        let mut open = team.ana.stream(0).await;
        let page = || team.ana.call(Method::GET, "/v1/items?after=0");
        let (calls, wait) = until_too_much(page, StatusCode::OK).await;
        assert!(calls >= 7, "{calls}, an invite, a laptop and a stream are ten");
        assert!((1..=6).contains(&wait), "one of ten in a minute is free again: {wait}");
        let (_, wait) = until_too_much(|| team.ana.call(Method::GET, "/v1/stream?after=0"), StatusCode::OK).await;
        assert!(wait >= 1, "streams are calls too");
        // Her other computer, everybody else, and what is open go on.
        assert_eq!(laptop.get("/v1/items?after=0").await.status(), StatusCode::OK);
        team.ben.says("still here").await;
        open.hears("still here").await;
    }
}

#[tokio::test]
async fn who_guesses_finds_doors_shut_and_those_who_are_known_there_notice_nothing() {
    for streams in Streams::ALL {
        let team = Team::gather_as(streams, operation(0, 3, "127.0.0.1")).await;
        let link = team.ana.invite().await;
        let office = "203.0.113.7";
        let (tries, wait) = until_too_much(|| guess(&team, office), StatusCode::UNAUTHORIZED).await;
        assert!(tries >= 3, "{tries}");
        assert!((1..=20).contains(&wait), "one of three in a minute: {wait}");
        let stream = || {
            let call = client().get(format!("{}/v1/stream", team.endpoint.base_url));
            call.header("x-forwarded-for", office)
        };
        until_too_much(stream, StatusCode::UNAUTHORIZED).await;
        // Whoever sits there too and has a token works on, as often as they like.
        for _ in 0..30 {
            let call = team.ben.call(Method::GET, "/v1/items?after=0");
            assert_eq!(
                sent(call.header("x-forwarded-for", office)).await.status(),
                StatusCode::OK
            );
        }
        // What is open to everybody is not open there for now; elsewhere it is.
        let shut = sent(join(&link, office)).await;
        assert_eq!(refusal(shut).await, (429, "too_many_requests".into()));
        assert_eq!(sent(join(&link, "203.0.113.8")).await.status(), StatusCode::CREATED);
    }
}

#[tokio::test]
async fn each_door_that_is_open_to_everybody_counts_what_fails_there() {
    let round = "0190f5a4-0000-7000-8000-000000000000";
    let team = Team::gather_as(Streams::default(), operation(0, 3, "127.0.0.1")).await;
    let url = |path: &str| format!("{}{path}", team.endpoint.base_url);
    let doors = [
        client().get(url("/join/nobodys")),
        client().get(url("/v1/calendar/nobodys.ics")),
        client().get(url("/v1/sign-in/return?state=nobodys&code=nobodys")),
        client().post(url("/v1/join")).body("{"),
        client()
            .post(url("/v1/pulse/no-round/answers"))
            .json(&json!({ "number": "", "token": "", "answer": 1 })),
    ];
    for (at, door) in doors.into_iter().enumerate() {
        let from = format!("203.0.113.{at}");
        let mut failed = 0;
        let refused = loop {
            let answer = sent(door.try_clone().unwrap().header("x-forwarded-for", &from)).await;
            if answer.status() == StatusCode::TOO_MANY_REQUESTS {
                break answer;
            }
            assert!(answer.status().is_client_error(), "{at}: {}", answer.status());
            failed += 1;
            assert!(failed < ENDLESS);
        };
        assert!(failed >= 3, "{at}: {failed}");
        assert!(refused.headers().contains_key("retry-after"));
    }
    // A round that is over was once right: desktops that were offline say so late, all of them.
    for _ in 0..30 {
        let body = json!({ "number": "", "token": "", "answer": 1 });
        let late = client().post(url(&format!("/v1/pulse/{round}/answers"))).json(&body);
        assert_eq!(
            sent(late.header("x-forwarded-for", "203.0.113.99")).await.status(),
            StatusCode::GONE
        );
    }
}

/// A whole company may sit behind one address.
#[tokio::test]
async fn what_goes_well_is_not_counted_by_address() {
    let team = Team::gather_as(Streams::default(), operation(0, 2, "")).await;
    let answer = team.ana.call(Method::POST, "/v1/invites").json(&json!({ "uses": 20 }));
    let invite: serde_json::Value = sent(answer).await.json().await.unwrap();
    let link = invite["link"].as_str().unwrap();
    for _ in 0..20 {
        assert_eq!(sent(client().get(link)).await.status(), StatusCode::OK);
        assert_eq!(sent(join(link, "")).await.status(), StatusCode::CREATED);
    }
}

#[tokio::test]
async fn who_forges_where_they_come_from_is_who_they_are() {
    // Nobody is believed; then a proxy here is, which adds whom it has seen to what was said before.
    for (trusted, seen) in [("", ""), ("127.0.0.1", ", 203.0.113.7")] {
        let team = Team::gather_as(Streams::default(), operation(0, 2, trusted)).await;
        let number = std::cell::Cell::new(0);
        let forged = || {
            number.set(number.get() + 1);
            guess(
                &team,
                &format!("198.51.{}.{}{seen}", number.get() / 250, number.get() % 250),
            )
        };
        let (tries, _) = until_too_much(forged, StatusCode::UNAUTHORIZED).await;
        assert!(tries >= 2, "{tries}");
    }
}

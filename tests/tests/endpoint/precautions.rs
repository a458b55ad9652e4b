//! What a browser hears that comes by, on its own or sent by somebody else's page: it runs nothing, frames nothing, keeps
//! nothing, and no other page reads what is answered.

use reqwest::{Method, RequestBuilder};
use samovar_testkit::client;
use samovar_tests::endpoint::Endpoint;
use serde_json::json;

use crate::errands::{Door, Errand, House};
use crate::given::{Team, refusal};
use crate::walk::{Answer, routes};

/// What each answer says but where it has its own reason. OWASP ASVS 5.0, chapter 3.4.
fn is_careful(answer: &Answer, place: &str) {
    let says = |name: &str| answer.header(name).unwrap_or_default().to_owned();
    let policy = says("content-security-policy");
    for rule in [
        "default-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(rule), "{place}: {policy}");
    }
    assert!(
        !policy.contains("unsafe") && !policy.contains("http"),
        "{place}: {policy}"
    );
    let is_page = says("content-type").starts_with("text/html");
    assert_ne!(is_page, policy.contains("sandbox"), "{place}: {policy}");
    assert_eq!(says("x-content-type-options"), "nosniff", "{place}");
    assert_eq!(says("referrer-policy"), "no-referrer", "{place}");
    assert_eq!(says("cross-origin-resource-policy"), "same-origin", "{place}");
    assert_eq!(says("cross-origin-opener-policy"), "same-origin", "{place}");
    // A photo never changes, and a calendar is fetched often; both are for one reader only.
    let kept = says("cache-control");
    let is_kept_by_its_reader = ["image/jpeg", "text/calendar; charset=utf-8"].contains(&says("content-type").as_str());
    assert!(
        kept.contains(if is_kept_by_its_reader { "private" } else { "no-store" }),
        "{place}: {kept}"
    );
    let told = answer.told();
    assert!(!told.contains("access-control-"), "{place}: {told}");
    assert!(
        answer.header("set-cookie").is_none() && answer.header("server").is_none(),
        "{place}: {told}"
    );
    let is_bare = answer.header("content-type").is_none();
    assert!(!is_bare || answer.status == 204, "{place}: {told}");
}

/// A call as a page at another address makes it.
fn from_a_page(call: RequestBuilder) -> RequestBuilder {
    call.header("origin", "https://elsewhere.example")
        .header("sec-fetch-site", "cross-site")
        .header("sec-fetch-mode", "cors")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_of_every_route_is_careful_whether_it_is_a_yes_or_a_no() {
    let house = House::furnished().await;
    let all = [Door::Everybody, Door::Secret, Door::Members, Door::Admins];
    for route in &house.doors(&all).await {
        let errand = Errand::at(route, &house.things, &house);
        if matches!(errand.door, Door::Members | Door::Admins) {
            let refused = Answer::to(from_a_page(errand.run(&house))).await;
            assert_eq!(refused.status, 401, "{}", route.name());
            is_careful(&refused, &route.name());
        }
        let mut call = from_a_page(errand.run(&house));
        if let Some(caller) = house.right_one(&errand) {
            call = call.bearer_auth(&caller.token);
        }
        let answer = Answer::to(call).await;
        assert!(answer.is_success() || answer.is_not_offered(route), "{}", route.name());
        is_careful(&answer, &route.name());
    }
}

#[tokio::test]
async fn what_is_answered_before_any_route_is_reached_is_careful_too() {
    let team = Team::gather().await;
    let call = |method: Method, path: &str| team.ana.call(method, path);
    let large = call(Method::POST, "/v1/ops").json(&json!({ "more": "x".repeat(1024 * 1024) }));
    let typed = call(Method::POST, "/v1/ops").header("content-type", "application/json");
    for (what, call) in [
        ("no such address", call(Method::GET, "/v1/nothing")),
        ("no such method", call(Method::PATCH, "/v1/items")),
        ("too large", large),
        ("no JSON", typed.body("{")),
        ("a cursor that is none", call(Method::GET, "/v1/items?after=x")),
        ("a link that is none", call(Method::GET, "/join/%FF")),
    ] {
        let answer = Answer::to(from_a_page(call)).await;
        assert!((400..500).contains(&answer.status), "{what}: {}", answer.told());
        is_careful(&answer, what);
    }
}

/// A page of somebody else's has to ask first before it may send JSON or a token, and is not let.
#[tokio::test]
async fn no_page_at_another_address_is_let_in() {
    let team = Team::gather().await;
    let mut asked: Vec<String> = routes(&team.ana).await.into_iter().map(|route| route.path).collect();
    asked.dedup();
    for path in asked {
        let url = format!("{}{}", team.endpoint.base_url, path.replace(['{', '}'], ""));
        let call = from_a_page(client().request(Method::OPTIONS, &url))
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type");
        let answer = Answer::to(call).await;
        assert_eq!(answer.refusal(), (405, "method_not_allowed".into()), "{path}");
        is_careful(&answer, &path);
        for method in [Method::TRACE, Method::PATCH] {
            let answer = Answer::to(client().request(method.clone(), &url)).await;
            assert_eq!(answer.status, 405, "{method} {path}");
            assert!(answer.header("allow").is_some(), "{method} {path}");
        }
    }
}

/// What a form on a page can send without asking: never JSON. It changes nothing, whoever sends it.
#[tokio::test]
async fn what_a_form_can_send_is_not_taken() {
    let team = Team::gather().await;
    let link = team.ana.invite().await;
    let (_, invite) = crate::given::parts_of(&link);
    let join = json!({ "invite": invite, "name": "Eve", "time_zone": "UTC", "device_name": "desk" }).to_string();
    let ops = json!({ "epoch": team.ana.epoch, "ops": [] }).to_string();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ] {
        for (path, body) in [
            ("/v1/join", &join),
            ("/v1/ops", &ops),
            ("/v1/devices", &"{\"name\":\"x\"}".to_owned()),
            ("/v1/invites", &"{}".to_owned()),
        ] {
            let call = team.ana.call(Method::POST, path).header("content-type", kind);
            let refused = refusal(call.body(body.clone()).send().await.unwrap()).await;
            assert_eq!(refused, (400, "bad_json".into()), "{kind} {path}");
        }
    }
    assert_eq!(
        team.ana.page("after=0").await.items.len(),
        team.ben.page("after=0").await.items.len()
    );
    assert_eq!(
        client().get(&link).send().await.unwrap().status(),
        200,
        "nobody came in by it"
    );
}

#[tokio::test]
async fn whoever_is_reached_by_tls_insists_on_it() {
    let folder = tempfile::tempdir().unwrap();
    for (place, url, expect) in [
        ("tls", "https://tea.example.org", Some("max-age=31536000")),
        ("plain", "http://tea.example.org", None),
    ] {
        let (endpoint, _) = Endpoint::prepared(&folder.path().join(place), |command| {
            command.args(["--public-url", url]);
        })
        .unwrap();
        let answer = Answer::to(client().get(format!("{}/healthz", endpoint.url))).await;
        assert_eq!(answer.header("strict-transport-security"), expect, "{url}");
        endpoint.end();
    }
}

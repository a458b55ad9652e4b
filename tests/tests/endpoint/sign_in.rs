//! Joining by a company's sign-in: a browser that goes there and comes back, a provider that lies in every way that is known,
//! and the invite that comes of it, which the desktop takes like any other.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use samovar_domain::kinds::role_id;
use samovar_domain::{Clock as _, Kind};
use samovar_testkit::{Colleague, Desktop, Endpoint, FakeClock, Key, Lie, client};
use serde_json::json;

use crate::company::{Browser, Company, in_groups, location, mia};
use crate::given::{Caller, parts_of, refusal};

#[tokio::test]
async fn whoever_signs_in_joins_and_later_comes_with_one_more_computer() {
    for key in [Key::of_curve("first"), Key::of_rsa("first")] {
        let company = Company::of_domain(key).await;
        let shown = company.signs_in().await;
        assert!(shown.page.contains("samovar://join?link="), "{}", shown.page);
        assert!(shown.policy.starts_with("default-src 'none'"), "{}", shown.policy);
        assert!(!shown.policy.contains("unsafe"), "{}", shown.policy);
        // It is an invite as any: its address shows the page that opens the application.
        let link = shown.link();
        assert_eq!(client().get(&link).send().await.unwrap().status(), StatusCode::OK);
        let mia = Caller::join(&link, "Mia", company.clock.now()).await;
        assert_eq!(company.members().await, 2);
        assert_eq!(company.role_of(&mia).await, "member");
        let again = company.joins("Mia on her laptop").await;
        assert_eq!(again.member, mia.member, "the same person");
        assert_ne!(again.device, mia.device);
        assert_eq!(company.members().await, 2);
        mia.says("from both").await;
        assert_eq!(again.reads().await, ["from both"]);
        company
            .provider
            .is_used_by(Colleague::new("another", "noa@example.org"));
        let noa = company.joins("Noa").await;
        assert_ne!(noa.member, mia.member);
        assert_eq!(company.provider.complaints(), [""; 0]);
        let open = company.ana.get("/v1/invites").await.text().await.unwrap();
        assert_eq!(open, "[]", "what came of a sign-in is no invite that admins see to");
    }
}

#[tokio::test]
async fn two_codes_of_one_newcomer_make_one_member() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    let (one, other) = (company.signs_in().await.link(), company.signs_in().await.link());
    let desk = Caller::join(&one, "Mia", company.clock.now()).await;
    let laptop = Caller::join(&other, "Mia", company.clock.now()).await;
    assert_eq!(laptop.member, desk.member);
    assert_eq!(company.members().await, 2);
}

#[tokio::test]
async fn a_code_works_once_and_for_ten_minutes() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    let join = |link: String| async move {
        let (base, invite) = parts_of(&link);
        let body = json!({ "invite": invite, "name": "Eve", "time_zone": "UTC", "device_name": "desk" });
        refusal(
            client()
                .post(format!("{base}/v1/join"))
                .json(&body)
                .send()
                .await
                .unwrap(),
        )
        .await
    };
    let used = company.signs_in().await.link();
    Caller::join(&used, "Mia", company.clock.now()).await;
    assert_eq!(join(used).await, (410, "invite_used_up".into()));
    let waits = company.signs_in().await.link();
    company.clock.advance(Duration::from_mins(10));
    assert_eq!(join(waits.clone()).await, (410, "invite_expired".into()));
    let hash = |link: &str| parts_of(link).1.to_owned();
    let held = std::fs::read(company.endpoint.folder().join("samovar-server.db-wal")).unwrap();
    assert!(
        !String::from_utf8_lossy(&held).contains(&hash(&waits)),
        "a code is nowhere but in the browser"
    );
}

#[tokio::test]
async fn every_lie_is_refused_and_makes_nobody_a_member() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    for lie in Lie::ALL {
        company.provider.lies(Some(lie));
        let shown = company.signs_in().await;
        assert_eq!(shown.status, StatusCode::FORBIDDEN, "{lie:?}: {}", shown.page);
        assert!(
            !shown.page.contains("<code>") && !shown.page.contains("samovar://"),
            "{lie:?}"
        );
        // Long enough that keys may be fetched anew.
        company.clock.advance(Duration::from_mins(1));
    }
    assert_eq!(company.members().await, 1);
    company.provider.lies(None);
    company.joins("Mia").await;
    assert_eq!(company.provider.complaints(), [""; 0]);
}

#[tokio::test]
async fn the_way_back_is_gone_once_and_in_the_browser_in_which_it_began() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    let (mine, other) = (Browser::new(), Browser::new());
    let back = mine.goes_to_the_provider(&company).await;
    other.goes_to_the_provider(&company).await;
    for stranger in [&other, &Browser::new()] {
        let shown = stranger.comes_back(&back).await;
        assert_eq!(shown.status, StatusCode::BAD_REQUEST);
        assert!(shown.page.contains("This sign-in is over"), "{}", shown.page);
    }
    let held = mine.cookie.lock().unwrap().clone();
    assert_eq!(mine.comes_back(&back).await.status, StatusCode::OK);
    assert_eq!(
        *mine.cookie.lock().unwrap(),
        "samovar-sign-in=",
        "it holds nothing any more"
    );
    // Somebody who has seen the address, and even what the browser held, comes too late.
    held.clone_into(&mut mine.cookie.lock().unwrap());
    assert_eq!(mine.comes_back(&back).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        company.provider.complaints(),
        [""; 0],
        "the provider was not even asked"
    );
    let slow = Browser::new();
    let back = slow.goes_to_the_provider(&company).await;
    company.clock.advance(Duration::from_mins(10));
    assert_eq!(slow.comes_back(&back).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_state_and_the_code_of_two_sign_ins_do_not_go_together() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    let (mine, thief) = (Browser::new(), Browser::new());
    let back_of_mine = mine.goes_to_the_provider(&company).await;
    let back_of_thief = thief.goes_to_the_provider(&company).await;
    let code = |address: &str| {
        let url: reqwest::Url = address.parse().unwrap();
        let mut pairs = url.query_pairs();
        let (_, code) = pairs.find(|(name, _)| name == "code").unwrap();
        code.into_owned()
    };
    // The thief's browser brings a code that was meant for another one: its verifier does not fit.
    let mixed = back_of_thief.replace(&code(&back_of_thief), &code(&back_of_mine));
    let shown = thief.comes_back(&mixed).await;
    assert_eq!(shown.status, StatusCode::FORBIDDEN, "{}", shown.page);
    assert_eq!(company.provider.complaints(), ["the verifier"]);
    for broken in [
        "",
        "?code=x",
        "?state=x&state=y&code=z",
        "?state=x&code=y&iss=z",
        "?error=server_error",
    ] {
        let address = format!("{}/v1/sign-in/return{broken}", company.endpoint.base_url);
        assert_eq!(
            mine.comes_back(&address).await.status,
            StatusCode::BAD_REQUEST,
            "{broken}"
        );
    }
    assert_eq!(company.members().await, 1);
}

#[tokio::test]
async fn nothing_that_a_browser_brings_says_where_it_is_sent() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    let begin = format!(
        "{}/v1/sign-in?next=https://evil.example&redirect_uri=https://evil.example/",
        company.endpoint.base_url
    );
    let call = Browser::new().client.get(begin);
    let answer = call
        .header("x-forwarded-host", "evil.example")
        .header("host", "evil.example")
        .send()
        .await
        .unwrap();
    let there = location(&answer);
    assert!(there.starts_with(&company.provider.issuer), "{there}");
    assert!(!there.contains("evil.example"), "{there}");
    let held = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(
        there.contains("code_challenge_method=S256") && there.contains("nonce="),
        "{there}"
    );
    let secret = held.split_once('=').unwrap().1.split_once(';').unwrap().0;
    assert!(!there.contains(secret), "what the browser holds goes nowhere else");
}

#[tokio::test]
async fn an_address_that_nobody_has_verified_or_of_elsewhere_lets_nobody_in() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    company.provider.is_used_by(Colleague {
        is_verified: false,
        ..mia()
    });
    let shown = company.signs_in().await;
    assert_eq!(shown.status, StatusCode::FORBIDDEN);
    assert!(shown.page.contains("verified"), "{}", shown.page);
    company
        .provider
        .is_used_by(Colleague::new("eve", "eve@example.org.evil.example"));
    assert_eq!(company.signs_in().await.status, StatusCode::FORBIDDEN);
    assert_eq!(company.members().await, 1);
}

#[tokio::test]
async fn groups_say_what_one_is_at_each_sign_in() {
    let company = Company::of_groups().await;
    let mia = company.joins("Mia").await;
    assert_eq!(company.role_of(&mia).await, "member");
    company.provider.is_used_by(in_groups(&["tea", "tea-admins"]));
    // At once, whether the code is used or not.
    assert_eq!(company.signs_in().await.status, StatusCode::OK);
    assert_eq!(company.role_of(&mia).await, "admin");
    mia.invite().await;
    company.provider.is_used_by(in_groups(&["tea"]));
    company.joins("Mia").await;
    assert_eq!(company.role_of(&mia).await, "member");
    company.provider.is_used_by(in_groups(&["coffee"]));
    assert_eq!(company.signs_in().await.status, StatusCode::FORBIDDEN);
    assert_eq!(company.members().await, 2, "what was there stays");
}

#[tokio::test]
async fn an_owner_stays_one_whatever_their_groups_say() {
    let company = Company::of_groups().await;
    let mia = company.joins("Mia").await;
    let owner = json!({ "member": mia.member, "role": "owner" });
    let team = samovar_domain::Audience::Team;
    let made = company.ana.writes(Kind::ROLE, role_id(mia.member), &team, owner).await;
    assert_eq!(made.problem, None);
    company.joins("Mia").await;
    assert_eq!(company.role_of(&mia).await, "owner");
}

#[tokio::test]
async fn who_has_left_the_company_signs_in_no_more() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    company.joins("Mia").await;
    company.provider.is_used_by(Colleague {
        is_here: false,
        ..mia()
    });
    let shown = company.signs_in().await;
    assert_eq!(shown.status, StatusCode::FORBIDDEN);
    assert!(shown.page.contains("does not let you join"), "{}", shown.page);
}

#[tokio::test]
async fn who_was_taken_out_of_the_team_is_a_new_member_when_they_come_again() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    let mia = company.joins("Mia").await;
    let open = company.signs_in().await.link();
    company.ana.delete(&format!("/v1/members/{}", mia.member)).await;
    let (base, invite) = parts_of(&open);
    let body = json!({ "invite": invite, "name": "Mia", "time_zone": "UTC", "device_name": "desk" });
    let answer = client()
        .post(format!("{base}/v1/join"))
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(
        refusal(answer).await,
        (404, "invite_unknown".into()),
        "a code that was open goes along"
    );
    let again = company.joins("Mia").await;
    assert_ne!(again.member, mia.member);
    assert_eq!(company.members().await, 2);
}

#[tokio::test]
async fn a_provider_may_change_its_keys() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    company.joins("Mia").await;
    company.provider.change_key(Key::of_curve("second"));
    company.joins("Mia").await;
    company.clock.advance(Duration::from_mins(1));
    // Under the name of the one before.
    company.provider.change_key(Key::of_curve("second"));
    company.joins("Mia").await;
    assert_eq!(company.members().await, 2);
}

#[tokio::test]
async fn what_a_provider_says_when_it_refuses_is_not_shown() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    let browser = Browser::new();
    let back = browser.goes_to_the_provider(&company).await;
    let (address, _) = back.split_once("&code=").unwrap();
    let words = "error=%3Cscript%3E&error_description=Call%20Eve%20now";
    let shown = browser.comes_back(&format!("{address}&{words}")).await;
    assert_eq!(shown.status, StatusCode::FORBIDDEN);
    assert!(
        !shown.page.contains("Eve") && !shown.page.contains("script"),
        "{}",
        shown.page
    );
    assert_eq!(
        browser.comes_back(&back).await.status,
        StatusCode::BAD_REQUEST,
        "it is over"
    );
}

#[tokio::test]
async fn a_provider_that_is_away_is_not_asked_over_and_over() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    company.provider.is_away(true);
    for _ in 0..5 {
        let answer = Browser::new().begins(&company).await;
        assert_eq!(answer.status(), StatusCode::BAD_GATEWAY);
        assert!(!answer.headers().contains_key("set-cookie"));
        let page = answer.text().await.unwrap();
        assert!(
            page.contains("cannot be reached") && page.contains("Try again"),
            "{page}"
        );
    }
    assert_eq!(company.provider.described(), 1);
    company.provider.is_away(false);
    company.clock.advance(Duration::from_secs(5));
    company.joins("Mia").await;
    assert_eq!(company.provider.described(), 2);
    // What it has said holds for a while, whether it is there or not.
    company.provider.is_away(true);
    company.joins("Mia").await;
}

#[tokio::test]
async fn whoever_begins_over_and_over_finds_the_door_shut() {
    let company = Company::failing_at_most(3).await;
    let mut begun = 0;
    let shut = loop {
        let answer = Browser::new().begins(&company).await;
        if answer.status() != StatusCode::SEE_OTHER {
            break answer;
        }
        begun += 1;
        assert!(begun < 100);
    };
    assert!(begun >= 3, "{begun}");
    assert!(shut.headers().contains_key("retry-after"));
    assert_eq!(refusal(shut).await, (429, "too_many_requests".into()));
    company.ana.says("Those who are in notice nothing.").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desktop_takes_the_link_and_the_code_as_it_takes_an_invite() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    let (desk, laptop) = (
        Desktop::new("Mia", "Europe/Berlin", &company.clock).await,
        Desktop::new("Mia", "Europe/Berlin", &company.clock).await,
    );
    desk.join(&company.signs_in().await.link()).await;
    laptop.join(&company.signs_in().await.opens()).await;
    assert_eq!(company.members().await, 2, "Ana, and Mia with two computers");
}

#[tokio::test]
async fn an_export_tells_whether_one_is_known_at_the_provider() {
    let company = Company::of_domain(Key::of_curve("first")).await;
    let mia = company.joins("Mia").await;
    for (caller, is_known) in [(&mia, true), (&company.ana, false)] {
        let answer = caller.get("/v1/export").await.bytes().await.unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(answer)).unwrap();
        let told: serde_json::Value = serde_json::from_reader(archive.by_name("sign_in.json").unwrap()).unwrap();
        assert_eq!(told, json!({ "known_at_the_provider": is_known }));
    }
}

#[tokio::test]
async fn where_nobody_signs_in_there_is_no_such_thing() {
    let endpoint = Endpoint::start(FakeClock::at("2026-11-23T09:00:00Z")).await;
    for path in ["/v1/sign-in", "/v1/sign-in/return?state=x&code=y"] {
        let answer = client().request(Method::GET, format!("{}{path}", endpoint.base_url));
        assert_eq!(refusal(answer.send().await.unwrap()).await, (404, "not_found".into()));
    }
}

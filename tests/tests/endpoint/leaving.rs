//! Devices and members that go, and what is open of theirs.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use samovar_testkit::PATIENCE;
use serde_json::{Value, json};

use crate::given::{Caller, Team, parts_of, refusal, snapshot};
use crate::raw::Raw;

/// What docs/API.md promises.
const CLOSED_WITHIN: Duration = Duration::from_secs(5);

async fn opens_and_reads_nothing(caller: &Caller) -> Raw {
    let mut raw = Raw::to(&caller.base_url).await;
    let host = caller.base_url.strip_prefix("http://").unwrap();
    raw.says(format!(
        "GET /v1/stream?after=0 HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\n\r\n",
        caller.token
    ))
    .await;
    assert!(raw.hears_head().await.starts_with("HTTP/1.1 200"));
    raw
}

#[tokio::test]
async fn the_streams_of_a_device_end_with_it_and_only_those() {
    for team in Team::gather_both().await {
        a_device_ends(team).await;
    }
}

async fn a_device_ends(team: Team) {
    let laptop = team.ana.laptop().await;
    let (mut of_laptop, mut of_desk) = (laptop.stream(0).await, team.ana.stream(0).await);
    of_laptop.hears("event: head").await;
    of_desk.hears("event: head").await;
    let asked = Instant::now();
    let ended = team.ana.delete(&format!("/v1/devices/{}", laptop.device)).await;
    assert_eq!(ended.status(), StatusCode::NO_CONTENT);
    of_laptop.ends().await;
    assert!(asked.elapsed() < CLOSED_WITHIN, "{:?}", asked.elapsed());
    assert_eq!(
        refusal(laptop.get("/v1/items").await).await,
        (401, "unauthorized".into())
    );
    assert_eq!(
        refusal(laptop.get("/v1/stream").await).await,
        (401, "unauthorized".into())
    );
    team.ben.says("still with you").await;
    of_desk.hears("still with you").await;
}

#[tokio::test]
async fn a_removed_member_hears_nothing_more_also_one_who_does_not_read() {
    for team in Team::gather_both().await {
        a_member_is_removed(team).await;
    }
}

async fn a_member_is_removed(team: Team) {
    let mut reads = team.ben.stream(0).await;
    reads.hears("event: head").await;
    let silent = opens_and_reads_nothing(&team.ben).await;
    // More than the sockets' buffers hold, so that it stands still in the middle of a write.
    let words = "x".repeat(1_900);
    let mut ops = Vec::new();
    for _ in 0..64 {
        let body = json!({ "text": words, "photos": [], "lifetime": "24h", "later": "y".repeat(12_000) });
        let id = samovar_domain::ItemId::new(team.ana.now);
        ops.push(team.ana.op("snapshot", id, &samovar_domain::Audience::Team, body));
    }
    for some in ops.chunks(32) {
        assert_eq!(team.ana.post(some).await.status(), StatusCode::OK);
    }
    for _ in 0..8 {
        let head = team.ana.page("after=0&limit=1").await.head;
        let some: Vec<Value> = (0..60)
            .map(|_| {
                let id = samovar_domain::ItemId::new(team.ana.now);
                let body = json!({ "text": words, "photos": [], "lifetime": "24h", "later": "y".repeat(12_000) });
                team.ana.op("snapshot", id, &samovar_domain::Audience::Team, body)
            })
            .collect();
        assert_eq!(team.ana.post(&some).await.status(), StatusCode::OK, "at {head}");
    }
    let asked = Instant::now();
    let removed = team.ana.delete(&format!("/v1/members/{}", team.ben.member)).await;
    assert_eq!(removed.status(), StatusCode::NO_CONTENT);
    // What it did not read by now it may still find in its buffer; then the connection ends.
    let heard = tokio::time::timeout(PATIENCE, silent.hears_all()).await.unwrap();
    assert!(asked.elapsed() < CLOSED_WITHIN, "{:?}", asked.elapsed());
    reads.ends().await;
    assert!(asked.elapsed() < CLOSED_WITHIN, "{:?}", asked.elapsed());
    team.ana.says("nothing for Ben").await;
    assert!(!heard.contains("nothing for Ben"));
}

#[tokio::test]
async fn whoever_is_removed_is_out_and_nobody_else() {
    let team = Team::gather().await;
    let (ana, ben) = (&team.ana, &team.ben);
    assert_eq!(
        refusal(ben.delete(&format!("/v1/members/{}", ana.member)).await).await,
        (403, "not_admin".into())
    );
    assert_eq!(
        refusal(ana.delete("/v1/members/not-an-id").await).await,
        (404, "not_found".into())
    );
    let nobody = samovar_domain::MemberId::new(ana.now);
    assert_eq!(
        refusal(ana.delete(&format!("/v1/members/{nobody}")).await).await,
        (404, "not_found".into())
    );
    assert_eq!(
        refusal(ana.delete("/v1/members/me").await).await,
        (409, "last_owner".into())
    );
    let removed = ana.delete(&format!("/v1/members/{}", ben.member)).await;
    assert_eq!(removed.status(), StatusCode::NO_CONTENT);
    for path in ["/v1/items", "/v1/devices", "/v1/export", "/v1/stream"] {
        assert_eq!(
            refusal(ben.get(path).await).await,
            (401, "unauthorized".into()),
            "{path}"
        );
    }
    let enrol = ben
        .call(Method::POST, "/v1/devices")
        .json(&json!({ "name": "back door" }));
    assert_eq!(refusal(enrol.send().await.unwrap()).await.0, 401);
    assert_eq!(refusal(ben.post(&[]).await).await.0, 401);
}

#[tokio::test]
async fn whoever_erases_themselves_leaves_nothing_to_be_read() {
    let team = Team::gather().await;
    team.ben.says("here for a while").await;
    assert_eq!(team.ana.reads().await, ["here for a while"]);
    let erased = team.ben.delete("/v1/members/me").await;
    assert_eq!(erased.status(), StatusCode::NO_CONTENT);
    assert!(team.ana.reads().await.is_empty());
    let page = team.ana.page("after=0").await;
    let of_ben: Vec<_> = page
        .items
        .iter()
        .filter(|item| item.owner.member() == Some(team.ben.member))
        .collect();
    assert!(!of_ben.is_empty() && of_ben.iter().all(|item| item.body.is_none()));
}

#[tokio::test]
async fn one_lists_and_ends_one_s_own_devices_only() {
    let team = Team::gather().await;
    let laptop = team.ana.laptop().await;
    let devices: Value = team.ana.get("/v1/devices").await.json().await.unwrap();
    let shown: Vec<_> = devices
        .as_array()
        .unwrap()
        .iter()
        .map(|device| (device["name"].as_str().unwrap(), device["is_this"].as_bool().unwrap()))
        .collect();
    assert_eq!(shown, [("desk", true), ("laptop", false)]);
    let of_laptop = format!("/v1/devices/{}", laptop.device);
    let foreign = refusal(team.ben.delete(&of_laptop).await).await;
    let none = format!("/v1/devices/{}", samovar_domain::DeviceId::new(team.ana.now));
    assert_eq!(
        foreign,
        refusal(team.ben.delete(&none).await).await,
        "as if there were none"
    );
    assert_eq!(team.ana.delete(&of_laptop).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(
        refusal(team.ana.delete(&of_laptop).await).await,
        (404, "not_found".into())
    );
    // A device may end itself.
    let own = format!("/v1/devices/{}", team.ben.device);
    assert_eq!(team.ben.delete(&own).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(refusal(team.ben.get("/v1/devices").await).await.0, 401);
}

#[tokio::test]
async fn invites_are_listed_and_taken_back_by_admins() {
    let team = Team::gather().await;
    let link = team.ana.invite().await;
    let listed: Value = team.ana.get("/v1/invites").await.json().await.unwrap();
    let [invite] = &listed.as_array().unwrap()[..] else {
        panic!("one is open: {listed}")
    };
    assert_eq!((&invite["uses_left"], invite.get("link")), (&json!(1), None));
    let address = format!("/v1/invites/{}", invite["id"].as_str().unwrap());
    assert_eq!(
        refusal(team.ben.get("/v1/invites").await).await,
        (403, "not_admin".into())
    );
    assert_eq!(
        refusal(team.ben.delete(&address).await).await,
        (403, "not_admin".into())
    );
    assert_eq!(team.ana.delete(&address).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(
        refusal(team.ana.delete(&address).await).await,
        (404, "not_found".into())
    );
    let (base_url, secret) = parts_of(&link);
    let body = json!({ "invite": secret, "name": "Cem", "time_zone": "UTC", "device_name": "desk" });
    let late = samovar_testkit::client()
        .post(format!("{base_url}/v1/join"))
        .json(&body);
    assert_eq!(
        refusal(late.send().await.unwrap()).await,
        (404, "invite_unknown".into())
    );
    for wrong in [
        json!({ "uses": 0 }),
        json!({ "uses": 1001 }),
        json!({ "expires_in_hours": 0 }),
    ] {
        let asked = team.ana.call(Method::POST, "/v1/invites").json(&wrong);
        assert_eq!(refusal(asked.send().await.unwrap()).await, (422, "bad_invite".into()));
    }
}

#[tokio::test]
async fn an_export_holds_what_is_of_oneself_and_nothing_hidden() {
    let team = Team::gather().await;
    team.ben.says("of my own").await;
    team.ana.invite().await;
    let surprise = samovar_domain::Audience::Except(vec![team.ben.member]);
    let hidden = team.ana.says_to(&surprise, "a surprise for Ben").await;
    let result = team
        .ben
        .writes("snapshot", hidden, &samovar_domain::Audience::Team, snapshot("mine?"))
        .await;
    assert_eq!(result.problem.unwrap().code, "bad_id");
    let names_and_text = |caller| async move {
        let answer = Caller::get(caller, "/v1/export").await;
        assert_eq!(answer.headers()["content-type"], "application/zip");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(answer.bytes().await.unwrap())).unwrap();
        let names: Vec<String> = archive.file_names().map(ToOwned::to_owned).collect();
        let mut text = String::new();
        for name in [
            "items.json",
            "devices.json",
            "invites.json",
            "calendar.json",
            "pulse.json",
            "acts.json",
            "sign_in.json",
        ] {
            text += &std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
        }
        (names, text)
    };
    let (names, text) = names_and_text(&team.ben).await;
    assert_eq!(names.len(), 7, "{names:?}");
    assert!(text.contains("of my own") && text.contains("\"desk\""));
    assert!(!text.contains("surprise") && !text.contains(&hidden.to_string()));
    let (_, text) = names_and_text(&team.ana).await;
    assert!(text.contains("uses_left") && text.contains("a surprise for Ben"));
    assert!(!text.contains("of my own"));
}

//! The log holds no tokens, names, words or addresses of people, however much it is asked to say.

use samovar_domain::ItemId;
use samovar_tests::endpoint::Endpoint;
use serde_json::json;

use crate::given::{Caller, parts_of, refusal, snapshot};
use crate::photos::{photo, put};

/// What calls are about, and when somebody is busy, is nobody's business either.
async fn plans(ana: &Caller) {
    let team = samovar_domain::Audience::Team;
    let plan = json!({
        "activity": "teatime", "title": "calendar words", "note": "noted words", "time_zone": "Asia/Kathmandu",
        "weekday": "wed", "time": "15:45", "every_weeks": 1, "duration_min": 30,
        "link": "https://meet.example.org/call-words",
    });
    let planned = ana.writes("series", ItemId::new(ana.now), &team, plan).await;
    assert_eq!(planned.problem, None);
    let busy = json!({ "spans": [{ "from": "2035-03-05T10:00:00Z", "until": "2035-03-05T11:30:00Z" }] });
    let only_me = samovar_domain::Audience::Only(vec![ana.member]);
    let told = ana
        .writes("busy", samovar_domain::kinds::busy_id(ana.member), &only_me, busy)
        .await;
    assert_eq!(told.problem.unwrap().code, "bad_busy", "what is refused is as private");
}

#[tokio::test]
async fn nothing_of_anybody_is_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (endpoint, owner_invite) = Endpoint::prepared(&data, |command| {
        command.env("SAMOVAR_LOG", "trace");
    })
    .unwrap();
    let ana = Caller::join_now(&owner_invite, "Ana Unmistakable").await;
    let link = ana.invite().await;
    let ben = Caller::join_now(&link, "Ben Unmistakable").await;
    ana.says("words of Ana").await;
    let hash = put(&ana, &photo()).await;
    ana.get(&format!("/v1/blobs/{hash}")).await;
    ben.reads().await;
    ben.stream(0).await.hears("event: head").await;
    ben.get("/v1/export").await;
    samovar_testkit::client().get(&link).send().await.unwrap();
    let feed: serde_json::Value = {
        let made = ana.call(reqwest::Method::POST, "/v1/calendar").send().await.unwrap();
        made.json().await.unwrap()
    };
    let feed = feed["url"].as_str().unwrap();
    assert!(
        samovar_testkit::client()
            .get(feed)
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
    plans(&ana).await;
    samovar_testkit::client().get(feed).send().await.unwrap();
    // What is refused is read more closely, and is as private.
    let everyone = samovar_domain::Audience::Team;
    let body = json!({ "text": "refused words", "lifetime": "forbidden lifetime" });
    ana.writes("snapshot", ItemId::new(ana.now), &everyone, body).await;
    ana.writes(
        "snapshot",
        ItemId(uuid::Uuid::nil()),
        &everyone,
        snapshot("more refused words"),
    )
    .await;
    for wrong in [
        "{\"epoch\": \"an epoch of mine\"}",
        "{\"epoch\": malformed words",
        "[\"listed words\"]",
    ] {
        for path in ["/v1/ops", "/v1/join", "/v1/devices", "/v1/invites"] {
            let call = ana
                .call(reqwest::Method::POST, path)
                .header("content-type", "application/json");
            let _ = call.body(wrong).send().await.unwrap();
        }
    }
    let _ = ana.get("/v1/items?after=cursor+words").await;
    let _ = ana.get("/v1/a-private-path?with=query+words").await;
    let _ = ana.delete("/v1/devices/device-words").await;
    let stranger = samovar_testkit::client()
        .get(format!("{}/v1/items", ana.base_url))
        .bearer_auth("smv_guessed");
    assert_eq!(refusal(stranger.send().await.unwrap()).await.0, 401);
    ana.delete(&format!("/v1/members/{}", ben.member)).await;
    endpoint.end();

    let log = std::fs::read_to_string(Endpoint::log(&data)).unwrap();
    assert!(log.contains("/v1/ops"), "it does say what it does:\n{log}");
    let (invite, owner_invite) = (parts_of(&link).1, parts_of(&owner_invite).1);
    let ids = [
        ana.member.to_string(),
        ben.member.to_string(),
        ana.device.to_string(),
        hash.to_string(),
    ];
    let (_, feed) = feed.rsplit_once('/').unwrap();
    let feed = feed.strip_suffix(".ics").unwrap();
    let secrets = [feed, &ana.token, &ben.token, &ana.token[4..], invite, owner_invite];
    let words = [
        "Unmistakable",
        "words of Ana",
        "calendar words",
        "noted words",
        "call-words",
        "Kathmandu",
        "2035-03-05",
        "refused words",
        "forbidden lifetime",
        "epoch of mine",
        "malformed words",
        "listed words",
        "cursor+words",
        "cursor words",
        "a-private-path",
        "query+words",
        "device-words",
        "smv_",
    ];
    for private in words.into_iter().chain(secrets).chain(ids.iter().map(String::as_str)) {
        let line = log.lines().find(|line| line.contains(private));
        assert_eq!(line, None, "{private}");
    }
}

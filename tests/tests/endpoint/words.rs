//! Names and words that deceive, overflow or break out.

use reqwest::Method;
use samovar_domain::{Audience, ItemId};
use serde_json::{Value, json};

use crate::given::{Team, parts_of, refusal};
use crate::photos::{photo, put};

#[tokio::test]
async fn a_name_that_deceives_or_overflows_lets_nobody_in() {
    let team = Team::gather().await;
    let link = team.ana.invite().await;
    let (base_url, secret) = parts_of(&link);
    for (name, code) in [
        ("\u{0}Ana".to_owned(), "bad_characters"),
        ("\u{202E}anA".to_owned(), "bad_characters"),
        ("Ana\u{2066}".to_owned(), "bad_characters"),
        ("\u{200B}\u{FEFF}".to_owned(), "empty"),
        ("🫖".repeat(25_000), "too_long"),
    ] {
        let body = json!({ "invite": secret, "name": name, "time_zone": "UTC", "device_name": "desk" });
        let call = samovar_testkit::client()
            .post(format!("{base_url}/v1/join"))
            .json(&body);
        let shown: String = name.chars().take(9).collect();
        assert_eq!(
            refusal(call.send().await.unwrap()).await,
            (422, code.to_owned()),
            "{shown:?}"
        );
    }
    // A path is a name like any other; nothing is ever opened by it.
    let body = json!({ "invite": secret, "name": "../../etc/passwd", "time_zone": "UTC", "device_name": "../../\u{0}\u{202E}x" });
    let call = samovar_testkit::client()
        .post(format!("{base_url}/v1/join"))
        .json(&body);
    let joined: Value = call.send().await.unwrap().json().await.unwrap();
    let token = joined["token"].as_str().unwrap();
    let devices = samovar_testkit::client()
        .get(format!("{base_url}/v1/devices"))
        .bearer_auth(token);
    let devices: Value = devices.send().await.unwrap().json().await.unwrap();
    assert_eq!(devices[0]["name"], "../../x");
}

#[tokio::test]
async fn a_computer_s_name_is_made_fit() {
    let team = Team::gather().await;
    for (name, expect) in [
        ("lap\u{0}top\n".to_owned(), "laptop".to_owned()),
        ("\u{202E}potpal".to_owned(), "potpal".to_owned()),
        ("🫖".repeat(25_000), "🫖".repeat(80)),
    ] {
        let call = team
            .ana
            .call(Method::POST, "/v1/devices")
            .json(&json!({ "name": name }));
        let enrolled: Value = call.send().await.unwrap().json().await.unwrap();
        let devices: Value = team.ana.get("/v1/devices").await.json().await.unwrap();
        let found = devices
            .as_array()
            .unwrap()
            .iter()
            .find(|device| device["id"] == enrolled["device_id"]);
        assert_eq!(found.unwrap()["name"], expect);
    }
}

#[tokio::test]
async fn words_notes_and_descriptions_have_their_limits() {
    let team = Team::gather().await;
    let hash = put(&team.ana, &photo()).await;
    let with_alt = |alt: &str| json!({ "photos": [{ "blob": hash, "width": 8, "height": 8, "thumbhash": "", "alt": alt }], "lifetime": "24h" });
    let fresh = || ItemId::new(team.ana.now);
    let focus = samovar_domain::kinds::focus_id(team.ana.member);
    let note = |note: &str| json!({ "until": team.ana.now.plus_minutes(25), "note": note });
    let teapots = "🫖".repeat(25_000);
    for (kind, id, body, code) in [
        ("snapshot", fresh(), with_alt("a\u{0}b"), Some("bad_characters")),
        ("snapshot", fresh(), with_alt(&"🫖".repeat(1_001)), Some("too_long")),
        ("snapshot", fresh(), with_alt(&teapots), Some("too_large")),
        ("snapshot", fresh(), with_alt("../../a loaf of bread"), None),
        ("focus", focus, note("a\u{0}b"), Some("bad_characters")),
        ("focus", focus, note(&teapots), Some("too_large")),
        ("focus", focus, note("the quarterly numbers"), None),
        (
            "snapshot",
            fresh(),
            json!({ "text": "a\u{0}b", "lifetime": "24h" }),
            Some("bad_characters"),
        ),
        (
            "snapshot",
            fresh(),
            json!({ "text": teapots, "lifetime": "24h" }),
            Some("too_large"),
        ),
        (
            "snapshot",
            fresh(),
            json!({ "text": "tea\u{202E}eat", "lifetime": "24h" }),
            None,
        ),
    ] {
        let result = team.ana.writes(kind, id, &Audience::Team, body).await;
        let found = result.problem.map(|problem| problem.code.into_owned());
        assert_eq!(found.as_deref(), code, "{kind}");
    }
}

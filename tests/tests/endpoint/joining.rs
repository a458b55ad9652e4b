//! Coming in, and the page behind a link.

use reqwest::StatusCode;
use samovar_testkit::client;
use serde_json::{Value, json};

use crate::given::{Team, parts_of, refusal};

async fn join(link: &str, body: &Value) -> reqwest::Response {
    let (base_url, secret) = parts_of(link);
    let mut request = json!({ "invite": secret, "name": "Cem", "time_zone": "UTC", "device_name": "desk" });
    for (name, value) in body.as_object().unwrap() {
        request[name] = value.clone();
    }
    client()
        .post(format!("{base_url}/v1/join"))
        .json(&request)
        .send()
        .await
        .unwrap()
}

/// A connection that broke after the endpoint was done: the person asks again, and nobody is there twice.
#[tokio::test]
async fn a_join_whose_answer_was_lost_is_sent_again() {
    let team = Team::gather().await;
    let link = team.ana.invite().await;
    let key = json!({ "join_key": "0197a6c5-0000-7000-8000-000000000001" });
    let first: Value = join(&link, &key).await.json().await.unwrap();
    let second: Value = join(&link, &key).await.json().await.unwrap();
    assert_eq!(first["member_id"], second["member_id"]);
    assert_eq!(first["device_id"], second["device_id"]);
    assert_ne!(first["token"], second["token"]);
    assert_eq!(
        refusal(join(&link, &json!({})).await).await,
        (410, "invite_used_up".into())
    );
    let page = team.ana.page("after=0").await;
    assert_eq!(page.items.iter().filter(|item| item.kind == "member").count(), 3);
    let token = second["token"].as_str().unwrap();
    let items = client()
        .get(format!("{}/v1/items", team.ana.base_url))
        .bearer_auth(token);
    assert_eq!(items.send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn the_page_behind_a_link_uses_nothing_up_and_repeats_nothing_foreign() {
    let team = Team::gather().await;
    let link = team.ana.invite().await;
    for _ in 0..3 {
        let page = client().get(&link).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::OK);
        assert_eq!(page.headers()["x-content-type-options"], "nosniff");
        assert_eq!(page.headers()["referrer-policy"], "no-referrer");
        let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert!(page.text().await.unwrap().contains(&link));
    }
    let (base_url, _) = parts_of(&link);
    for foreign in [
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "%22%3E%3Cimg%20src%3Dx%3E",
        "..%2F..%2Fv1",
        "%00",
    ] {
        let page = client().get(format!("{base_url}/join/{foreign}")).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::NOT_FOUND, "{foreign}");
        let text = page.text().await.unwrap();
        assert!(!text.contains("<script") && !text.contains("<img"), "{foreign}");
    }
    assert_eq!(join(&link, &json!({})).await.status(), StatusCode::CREATED);
    assert_eq!(
        client().get(&link).send().await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
}

/// Links are made from the address that the operator gave, whatever a proxy or a liar says.
#[tokio::test]
async fn a_forged_host_or_forwarded_for_has_no_say() {
    let team = Team::gather().await;
    let call = team.ana.call(reqwest::Method::POST, "/v1/invites").json(&json!({}));
    let forged = call
        .header("x-forwarded-for", "127.0.0.1, ::1")
        .header("x-forwarded-host", "evil.example")
        .header("x-forwarded-proto", "https")
        .header("forwarded", "for=127.0.0.1;host=evil.example")
        .header("host", "evil.example");
    let invite: Value = forged.send().await.unwrap().json().await.unwrap();
    let link = invite["link"].as_str().unwrap();
    assert!(link.starts_with(&format!("{}/join/", team.endpoint.base_url)), "{link}");
    let anonymous = client()
        .get(format!("{}/v1/items", team.endpoint.base_url))
        .header("x-forwarded-for", "127.0.0.1");
    assert_eq!(
        refusal(anonymous.send().await.unwrap()).await,
        (401, "unauthorized".into())
    );
}

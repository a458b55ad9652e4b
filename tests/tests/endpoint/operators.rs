//! What operators ask, and what nobody else is told.

use reqwest::StatusCode;
use samovar_testkit::client;

use crate::given::{Team, refusal};

#[tokio::test]
async fn it_lives_is_ready_and_counts_totals_only() {
    let team = Team::gather().await;
    team.ana.says("not in the totals").await;
    let text = |path: &'static str| {
        let url = format!("{}{path}", team.endpoint.base_url);
        async move {
            let answer = client().get(url).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            answer.text().await.unwrap()
        }
    };
    assert_eq!(text("/healthz").await, "ok");
    assert_eq!(text("/readyz").await, "ready");
    let metrics = text("/metrics").await;
    for line in [
        "samovar_ops_total 1",
        "samovar_streams 0",
        "samovar_calls_total{route=\"/v1/ops\",status=\"200\"} 1",
        "samovar_calls_total{route=\"/v1/join\",status=\"201\"} 2",
    ] {
        assert!(metrics.contains(line), "{line} in\n{metrics}");
    }
    let ids = [
        team.ana.member.to_string(),
        team.ana.device.to_string(),
        team.ben.member.to_string(),
    ];
    for personal in ids.iter().map(String::as_str).chain(["Ana", "Ben", "totals", "smv_"]) {
        assert!(!metrics.contains(personal), "{personal}");
    }
}

#[tokio::test]
async fn metrics_are_not_handed_on_by_a_proxy() {
    let team = Team::gather().await;
    for (name, value) in [
        ("x-forwarded-for", "203.0.113.7"),
        ("x-forwarded-for", "127.0.0.1"),
        ("forwarded", "for=203.0.113.7"),
        ("via", "1.1 proxy"),
    ] {
        let call = client()
            .get(format!("{}/metrics", team.endpoint.base_url))
            .header(name, value);
        assert_eq!(
            refusal(call.send().await.unwrap()).await,
            (404, "not_found".into()),
            "{name}"
        );
    }
}

#[tokio::test]
async fn what_is_not_there_is_refused_in_a_problem() {
    let team = Team::gather().await;
    for path in ["/", "/v1", "/v1/nothing", "/../etc/passwd", "/v1/items/../export%00"] {
        assert_eq!(
            refusal(team.ana.get(path).await).await,
            (404, "not_found".into()),
            "{path}"
        );
    }
    let wrong = team.ana.delete("/v1/items").await;
    assert_eq!(refusal(wrong).await, (405, "method_not_allowed".into()));
    for token in ["", "smv_", "smv_guess", &"x".repeat(4_000)] {
        let call = client().get(format!("{}/v1/items", team.endpoint.base_url));
        let answer = call
            .header("authorization", format!("Bearer {token}"))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.headers()["www-authenticate"], "Bearer");
        assert_eq!(refusal(answer).await, (401, "unauthorized".into()));
    }
}

#[tokio::test]
async fn the_description_says_what_calls_want_and_how_they_fail() {
    let team = Team::gather().await;
    let description: serde_json::Value = team.ana.get("/v1/openapi.json").await.json().await.unwrap();
    assert_eq!(
        description["components"]["securitySchemes"]["token"]["scheme"],
        "bearer"
    );
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, call) in methods.as_object().unwrap() {
            let is_open = !path.starts_with("/v1/")
                || [
                    "/v1/join",
                    "/v1/openapi.json",
                    // Whoever signs in has no token yet.
                    "/v1/sign-in",
                    "/v1/sign-in/return",
                    "/v1/calendar/{feed}.ics",
                    // Whoever answers the pulse says nothing of who they are.
                    "/v1/pulse/{round}/answers",
                ]
                .contains(&path.as_str());
            assert_eq!(call.get("security").is_none(), is_open, "{method} {path}");
            let answers = &call["responses"];
            assert!(
                is_open || answers.get("401").is_some() && answers.get("503").is_some(),
                "{method} {path}"
            );
            assert_eq!(
                call.get("requestBody").is_some(),
                answers.get("408").is_some(),
                "{method} {path}"
            );
        }
    }
}

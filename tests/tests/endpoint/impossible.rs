//! Zones, hours, days and norms that cannot be: the endpoint says so in clear words, and never stores them.

use samovar_domain::kinds::norms_id;
use samovar_domain::{Audience, ItemId, Kind};
use serde_json::{Value, json};

use crate::given::{Caller, Team};

async fn is_refused(caller: &Caller, kind: &str, id: ItemId, body: Value, code: &str) {
    let result = caller.writes(kind, id, &Audience::Team, body.clone()).await;
    let problem = result.problem.unwrap_or_else(|| panic!("{body} was taken"));
    assert_eq!(problem.code, code, "{body}");
    assert!(problem.detail.len() > 20, "{}", problem.detail);
}

/// What the team holds, as text.
async fn held(caller: &Caller) -> String {
    let page = caller.page("after=0&limit=1000").await;
    serde_json::to_string(&page.items).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn profiles_with_impossible_times_are_refused_and_never_stored() {
    let team = Team::gather().await;
    let before = held(&team.ana).await;
    let lisbon = |from: &str, until: &str| json!([{"from": from, "until": until, "time_zone": "Europe/Lisbon"}]);
    for (field, value, code) in [
        ("time_zone", json!("Atlantis/Harbour"), "bad_time_zone"),
        ("hours", json!({"mon": ["25:00-26:00"]}), "bad_body"),
        ("hours", json!({"mon": ["09:00-17:00", "09:00-17:00"]}), "bad_hours"),
        ("travel", lisbon("2026-12-02", "2026-12-01"), "bad_days"),
        ("travel", lisbon("2026-02-30", "2026-03-01"), "bad_body"),
        (
            "travel",
            json!([{"from": "2026-12-01", "until": "2026-12-02", "time_zone": "Atlantis/Harbour"}]),
            "bad_time_zone",
        ),
        (
            "away",
            json!([{"from": "2026-12-01", "back_on": "2026-12-01"}]),
            "bad_days",
        ),
        (
            "away",
            json!([{"from": "2026-12-01", "back_on": "2036-12-01"}]),
            "bad_days",
        ),
    ] {
        let mut body = json!({"name": "Ben", "time_zone": "Europe/Berlin"});
        body[field] = value;
        is_refused(&team.ben, Kind::MEMBER, team.ben.member.into(), body, code).await;
    }
    assert_eq!(held(&team.ana).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn norms_that_promise_the_impossible_are_refused_and_never_stored() {
    let team = Team::gather().await;
    let before = held(&team.ana).await;
    let page = |hours: i64| json!({"channels": [{"name": "Chat", "reply_within_hours": hours}], "meetings": ""});
    for (hours, code) in [(0, "bad_reply_hours"), (201, "bad_reply_hours"), (-1, "bad_body")] {
        is_refused(&team.ana, Kind::NORMS, norms_id(), page(hours), code).await;
    }
    is_refused(&team.ben, Kind::NORMS, norms_id(), page(4), "not_admin").await;
    assert_eq!(held(&team.ana).await, before);

    let result = team.ana.writes(Kind::NORMS, norms_id(), &Audience::Team, page(4)).await;
    assert_eq!(result.problem, None, "an admin's word for what is possible");
    assert_ne!(held(&team.ana).await, before);
}

//! What somebody may have missed who was away.

use samovar_domain::missed::{MissedWhat, missed};
use samovar_domain::{Audience, Item, Kind, Owner};
use serde_json::json;

use crate::given::{id, item, member, time};

#[test]
fn a_week_away_is_a_few_lines() {
    let ana = member("Ana");
    let kudos = |name: &str, from: &str, to: &str, at: &str| {
        item(
            name,
            Kind::KUDOS,
            from,
            at,
            json!({"to": [member(to)], "reason": format!("for {name} and more")}),
        )
    };
    let of_team = |item: Item| Item {
        owner: Owner::Team,
        ..item
    };
    let tea = |name: &str, at: &str| {
        of_team(item(
            name,
            Kind::GATHERING,
            "",
            at,
            json!({"activity": "teatime", "title": name, "starts_at": at, "duration_min": 30}),
        ))
    };
    let decision = json!({"question": "Lisbon?", "how": {"style": "words"}, "involved": [member("Ben")]});
    let outcome = |of: &str| json!({"decision": id(of), "words": "We go to Lisbon", "closed_at": "2026-11-20T09:00:00.000Z", "voices": []});
    let items = [
        kudos("old", "Ben", "Ana", "2026-11-10T09:00:00Z"),
        kudos("bread", "Ben", "Cleo", "2026-11-19T09:00:00Z"),
        kudos("mine", "Ana", "Ben", "2026-11-19T10:00:00Z"),
        kudos("printer", "Ben", "Ana", "2026-11-17T09:00:00Z"),
        Item {
            audience: Audience::Only(vec![member("Cleo")]),
            ..kudos("secret", "Ben", "Cleo", "2026-11-19T09:00:00Z")
        },
        tea("Teatime", "2026-11-18T15:00:00Z"),
        tea("Tomorrow", "2026-11-24T15:00:00Z"),
        item(
            "lisbon",
            Kind::DECISION,
            "Ben",
            "2026-11-12T09:00:00Z",
            decision.clone(),
        ),
        of_team(item(
            "outcome",
            Kind::OUTCOME,
            "",
            "2026-11-20T09:00:00Z",
            outcome("lisbon"),
        )),
        item("my question", Kind::DECISION, "Ana", "2026-11-12T09:00:00Z", decision),
        of_team(item(
            "my outcome",
            Kind::OUTCOME,
            "",
            "2026-11-20T09:00:00Z",
            outcome("my question"),
        )),
    ];
    let lines = missed(&items, ana, time("2026-11-16T00:00:00Z"), time("2026-11-23T09:00:00Z"));
    let order: Vec<_> = lines.iter().map(|line| line.item).collect();
    assert_eq!(order, [id("printer"), id("outcome"), id("bread"), id("Teatime")]);
    let MissedWhat::Decision { question, words } = &lines[1].what else {
        panic!("{lines:?}")
    };
    assert_eq!((question.as_str(), words.as_str()), ("Lisbon?", "We go to Lisbon"));
}

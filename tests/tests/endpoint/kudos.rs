//! Kudos that were hidden, looked for on every path by somebody whom they do not concern.

use std::fmt::Write as _;
use std::io::Read as _;

use samovar_domain::kinds::{between_id, kudos_hidden_id, reaction_id};
use samovar_domain::{Audience, BlobHash, ItemId, Kind};
use serde_json::{Value, json};

use crate::given::{Caller, Team};

const REASON: &str = "for the night with the printer";

/// All that the endpoint answers to somebody's questions, as text: every call of its description that gives something,
/// with every question that can be put to it.
async fn everything(reader: &Caller, hidden: &[ItemId]) -> String {
    let description: Value = reader.get("/v1/openapi.json").await.json().await.unwrap();
    let paths = description["paths"].as_object().unwrap();
    let mut told = String::new();
    for (path, calls) in paths {
        if calls.get("get").is_none() {
            continue;
        }
        let questions: Vec<String> = match path.as_str() {
            "/v1/items" => {
                let kinds = ["kudos", "reply", "reaction", "kudos_hidden", "kudos_wish"];
                let of_kinds = kinds.iter().map(|kind| format!("/v1/items?kind={kind}&limit=1000"));
                let before = kinds.iter().map(|kind| format!("/v1/items?kind={kind}&before=1000000"));
                let after = ["/v1/items?after=0&limit=1000", "/v1/items?after=3&limit=1"].map(str::to_owned);
                of_kinds.chain(before).chain(after).collect()
            }
            "/v1/stream" => {
                // A stream has no end; its beginning is what a desktop that was away is given.
                let mut stream = reader.stream(1).await;
                loop {
                    let event = stream.next().await.unwrap();
                    told.push_str(&event);
                    if event.contains("event: head") {
                        break;
                    }
                }
                continue;
            }
            "/v1/blobs/{sha256}" => vec![format!("/v1/blobs/{}", BlobHash::of(REASON.as_bytes()))],
            "/v1/export" => {
                let bytes = reader.get(path).await.bytes().await.unwrap();
                let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
                for place in 0..archive.len() {
                    let mut file = archive.by_index(place).unwrap();
                    told.push_str(file.name());
                    let mut bytes = Vec::new();
                    file.read_to_end(&mut bytes).unwrap();
                    told.push_str(&String::from_utf8_lossy(&bytes));
                }
                continue;
            }
            "/v1/calendar/{feed}.ics" => {
                let made = reader.call(reqwest::Method::POST, "/v1/calendar").send().await.unwrap();
                let made: Value = made.json().await.unwrap();
                let address = made["url"].as_str().unwrap();
                vec![
                    address
                        .split_once("/v1/")
                        .map(|(_, rest)| format!("/v1/{rest}"))
                        .unwrap(),
                ]
            }
            "/join/{token}" => hidden.iter().map(|id| format!("/join/{id}")).collect(),
            "/v1/invites" | "/v1/devices" | "/v1/calendar" | "/v1/mirrors" | "/v1/openapi.json" | "/healthz"
            | "/readyz" | "/metrics" | "/v1/sign-in" => vec![path.clone()],
            "/v1/sign-in/return" => hidden.iter().map(|id| format!("{path}?state={id}&code={id}")).collect(),
            other => panic!("{other} is new: walk it here as well"),
        };
        for question in questions {
            let answer = reader.get(&question).await;
            told.push_str(&answer.text().await.unwrap());
        }
    }
    // And what can be asked by writing.
    told.push('\n');
    for id in hidden {
        for (kind, id, body) in [
            (Kind::KUDOS, *id, Value::Null),
            (Kind::KUDOS, *id, json!({ "to": [], "reason": "" })),
            (
                Kind::REPLY,
                ItemId::new(reader.now),
                json!({ "target": id, "text": "Is anybody there?" }),
            ),
            (
                Kind::REACTION,
                reaction_id(reader.member, *id, "🎉"),
                json!({ "target": id, "emoji": "🎉" }),
            ),
        ] {
            let result = reader.writes(kind, id, &Audience::Team, body).await;
            let problem = result.problem.map(|problem| problem.code);
            let _ = writeln!(told, "{kind} {problem:?}");
        }
    }
    told
}

#[tokio::test]
async fn a_third_member_finds_no_trace_of_hidden_kudos_on_any_path() {
    let team = Team::gather().await;
    let cleo = Caller::join(&team.ana.invite().await, "Cleo", team.ana.now).await;
    let (ana, ben) = (&team.ana, &team.ben);
    let kudos = ItemId::new(ana.now);
    let body = json!({ "to": [ben.member], "reason": REASON });
    let given = ana.writes(Kind::KUDOS, kudos, &Audience::Team, body).await;
    assert_eq!(given.problem, None);
    let reply = ItemId::new(ben.now);
    let words = json!({ "target": kudos, "text": "It was the toner after all." });
    assert_eq!(
        ben.writes(Kind::REPLY, reply, &Audience::Team, words).await.problem,
        None
    );
    let mut listening = cleo.stream(1).await;
    listening.hears("the toner").await;
    assert!(
        everything(&cleo, &[]).await.contains(REASON),
        "they are there before they are hidden"
    );

    let wish = kudos_hidden_id(ben.member, kudos);
    let only_ben = Audience::Only(vec![ben.member]);
    let hidden = ben
        .writes(Kind::KUDOS_HIDDEN, wish, &only_ben, json!({ "kudos": kudos }))
        .await;
    assert_eq!(hidden.problem, None);
    ana.says("after it all").await;

    // What came over the stream meanwhile: that something is gone, and nothing of what.
    let (mut heard, mut event) = (String::new(), String::new());
    while !event.contains("after it all") {
        event = listening.next().await.unwrap();
        heard.push_str(&event);
    }
    let places = [between_id(ana.member, kudos), between_id(ben.member, reply), wish];
    let told = format!("{heard}{}", everything(&cleo, &places).await);
    assert!(told.contains("after it all"));
    for trace in [REASON, "the toner", "instead_of", &wish.to_string()] {
        assert!(!told.contains(trace), "{trace}: {told}");
    }
    // Its places are answered as those of nothing. The question itself, when it is kept, names what was asked.
    let none = ["one", "two", "three"].map(|name| ItemId::derived(&["none", name]));
    let answers = |told: &str| {
        let lines = told.lines().rev().take(none.len() * 4);
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(answers(&told), answers(&everything(&cleo, &none).await));

    // Those two have them.
    for one in [ana, ben] {
        let told = everything(one, &[]).await;
        assert!(told.contains(REASON) && told.contains("the toner"));
    }
}

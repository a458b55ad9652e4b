//! A hidden voice is nowhere in plain words before its decision is closed: not in the database, its write-ahead log or
//! any other file, not in the log, and not on any path that others can ask. The program runs as a process of its own and
//! logs all that it can.

use std::path::PathBuf;

use base64::Engine as _;
use samovar_domain::kinds::{decision_state_id, voice_id};
use samovar_domain::{Audience, ItemId};
use samovar_testkit::files_with;
use samovar_tests::endpoint::Endpoint;
use serde_json::{Value, json};

use crate::given::Caller;

const SECRET: &str = "the choir sings on Tuesdays";

async fn state_of(decision: ItemId, reader: &Caller) -> Value {
    let page = reader.page("after=0&limit=1000").await;
    let state = page
        .items
        .into_iter()
        .find(|item| item.id == decision_state_id(decision));
    state.and_then(|item| item.body).unwrap()
}

#[tokio::test]
async fn a_hidden_voice_is_in_nothing_that_the_endpoint_stores_or_says() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (endpoint, owner_invite) = Endpoint::prepared(&data, |command| {
        command.env("SAMOVAR_LOG", "trace");
    })
    .unwrap();
    let ana = Caller::join_now(&owner_invite, "Ana").await;
    let ben = Caller::join_now(&ana.invite().await, "Ben").await;
    let decision = ItemId::new(ana.now);
    let question = json!({ "question": "Shall teatime move?", "how": { "style": "words" }, "voices": "hidden",
                           "involved": [ana.member, ben.member] });
    let asked = ana.writes("decision", decision, &Audience::Team, question).await;
    assert_eq!(asked.problem, None);
    let seal: age::x25519::Recipient = state_of(decision, &ben).await["seal"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let sealed = age::encrypt(&seal, json!({ "words": SECRET }).to_string().as_bytes()).unwrap();
    let sealed = base64::engine::general_purpose::STANDARD.encode(sealed);
    let (id, mine) = (voice_id(ben.member, decision), Audience::Only(vec![ben.member]));
    let body = json!({ "decision": decision, "sealed": sealed });
    assert_eq!(ben.writes("voice", id, &mine, body).await.problem, None);
    // One that is plain by mistake is refused, and leaves nothing behind either.
    let plain = json!({ "decision": decision, "said": { "words": SECRET } });
    for audience in [&mine, &Audience::Team] {
        assert!(
            ben.writes("voice", voice_id(ben.member, decision), audience, plain.clone())
                .await
                .problem
                .is_some()
        );
    }
    // What Ana can ask tells her that Ben was heard, and nothing of what he said.
    assert_eq!(state_of(decision, &ana).await["heard"], json!([ben.member]));
    for path in [
        "/v1/items?after=0&limit=1000",
        "/v1/items?kind=voice&before=1000&limit=100",
        "/v1/export",
    ] {
        let answer = ana.get(path).await.bytes().await.unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        for private in [SECRET, &sealed, "AGE-SECRET-KEY-"] {
            assert!(!answer.contains(private), "{path} holds {private}");
        }
    }
    // While it runs, with all that lies in the write-ahead log, and after its end.
    assert!(
        !files_with(folder.path(), "Shall teatime move?").is_empty(),
        "the search finds what is there"
    );
    assert_eq!(files_with(folder.path(), SECRET), Vec::<PathBuf>::new());
    endpoint.end();
    assert_eq!(files_with(folder.path(), SECRET), Vec::<PathBuf>::new());
    let log = std::fs::read_to_string(Endpoint::log(&data)).unwrap();
    assert!(log.contains("/v1/ops"), "it does say what it does:\n{log}");
    for private in [SECRET, &sealed, "AGE-SECRET-KEY-"] {
        assert!(!log.contains(private), "the log holds {private}");
    }
}

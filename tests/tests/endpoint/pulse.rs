//! What the endpoint's log and its totals say of the pulse: nothing, however much they are asked to say.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand_core::{OsRng, RngCore as _};
use reqwest::Method;
use samovar_domain::pulse::PulseCalendar;
use samovar_domain::wire::PulseTokenResponse;
use samovar_domain::{Audience, Clock as _, Kind, SystemClock};
use samovar_testkit::client;
use samovar_tests::endpoint::Endpoint;
use serde_json::{Value, json};
use voprf::{EvaluationElement, Group as _, Proof, Ristretto255, VoprfClient};

use crate::given::Caller;

fn bytes(text: &str) -> Vec<u8> {
    STANDARD.decode(text).unwrap()
}

/// The team wants a pulse; `owner` says so.
pub(crate) async fn switch_on(owner: &Caller) {
    let items = owner.page("after=0").await.items;
    let team = items.iter().find(|item| item.kind == Kind::TEAM).unwrap().id;
    let settings = json!({ "name": "Tea", "settings": { "pulse": { "on": true } } });
    let written = owner.writes(Kind::TEAM, team, &Audience::Team, settings).await;
    assert_eq!(written.problem, None);
}

/// What a member has for their answer, and what was said on the way there; all in base64.
pub(crate) struct Fetched {
    pub(crate) number: String,
    pub(crate) token: String,
    pub(crate) blinded: String,
    given: PulseTokenResponse,
}

/// Something that may be evaluated, whatever the round.
pub(crate) fn blinded() -> String {
    let client_side = VoprfClient::<Ristretto255>::blind(b"some number", &mut OsRng).unwrap();
    STANDARD.encode(client_side.message.serialize())
}

/// Fetches a token of a round that is open, as a desktop does.
pub(crate) async fn fetch(by: &Caller, round: &str, key: &str) -> Fetched {
    let mut number = [0; 32];
    OsRng.fill_bytes(&mut number);
    let client_side = VoprfClient::<Ristretto255>::blind(&number, &mut OsRng).unwrap();
    let blinded = STANDARD.encode(client_side.message.serialize());
    let path = format!("/v1/pulse/{round}/token");
    let request = by.call(Method::POST, &path).json(&json!({ "blinded": blinded }));
    let given: PulseTokenResponse = request.send().await.unwrap().json().await.unwrap();
    let token = client_side.state.finalize(
        &number,
        &EvaluationElement::deserialize(&bytes(&given.evaluated)).unwrap(),
        &Proof::deserialize(&bytes(&given.proof)).unwrap(),
        Ristretto255::deserialize_elem(&bytes(key)).unwrap(),
    );
    Fetched {
        number: STANDARD.encode(number),
        token: STANDARD.encode(token.unwrap()),
        blinded,
        given,
    }
}

#[tokio::test]
async fn neither_the_log_nor_the_totals_tell_of_answers() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    // Those who join by this story live in Berlin.
    let calendar = PulseCalendar {
        is_on: true,
        open_days: 10,
        zone: chrono_tz::Tz::Europe__Berlin,
    };
    let now = SystemClock.now();
    let opens_at = calendar.next(now, None).unwrap();
    let ahead = opens_at.since(now).as_secs() + 60;
    let (endpoint, owner_invite) = Endpoint::prepared(&data, |command| {
        command.env("SAMOVAR_LOG", "trace");
        command.env(SystemClock::AHEAD, ahead.to_string());
    })
    .unwrap();
    let ana = Caller::join(&owner_invite, "Ana", opens_at).await;
    switch_on(&ana).await;
    let event = ana.stream(0).await.hears("\"pulse_round\"").await;
    let item: Value = serde_json::from_str(event.split_once("data:").unwrap().1.trim()).unwrap();
    let (round, key) = (
        item["id"].as_str().unwrap(),
        item["body"]["public_key"].as_str().unwrap(),
    );

    let Fetched {
        number,
        token,
        blinded,
        given,
    } = fetch(&ana, round, key).await;
    let url = format!("{}/v1/pulse/{round}/answers", ana.base_url);
    let long = "much too long ".repeat(400);
    for (token, answer, status) in [
        (&token, 4, 204),
        (&token, 4, 204),
        (&given.proof, 4, 422),
        (&token, 9, 422),
        (&long, 4, 413),
    ] {
        let body = json!({ "number": number, "token": token, "answer": answer });
        let answer = client().post(&url).json(&body).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status);
    }
    let totals = client().get(format!("{}/metrics", ana.base_url)).send().await.unwrap();
    let totals = totals.text().await.unwrap();
    endpoint.end();

    let log = std::fs::read_to_string(Endpoint::log(&data)).unwrap();
    for told in [&log, &totals] {
        assert!(told.contains("/v1/ops"), "it does say what it does:\n{told}");
        for private in [
            "pulse",
            round,
            &number,
            &token,
            &blinded,
            &given.evaluated,
            &given.proof,
            "much too long",
        ] {
            let line = told.lines().find(|line| line.contains(private));
            assert_eq!(line, None, "{private}");
        }
    }
}

//! How long a question to the kudos wall takes among so many kudos: from the request to the core until its answer, with
//! the cards of a page. The kudos came over the endpoint, as in life.

use std::io;
use std::time::Instant;

use samovar_core::api::{KudosQuery, Request, Response};
use samovar_domain::wire::{JoinResponse, OpsResponse};
use samovar_domain::{Clock as _, ItemId, MemberId};
use samovar_testkit::{Desktop, Endpoint, FakeClock, client};
use serde_json::{Value, json};

use crate::figures::{percentile, rounded};

/// Ops that go to the endpoint at once.
const AT_ONCE: usize = 200;
/// Words that kudos are made of here; the first ones come most often, as words do.
const WORDS: &str = "the you and for thank that with week call release map bread night printer Crêpes plan calm question \
                     patience garden window Überraschung letter bridge harbour summer tomato violin compass lantern orchard";
/// What somebody may type: everything, common and rare words, beginnings, several, with accents and without, and names.
const QUESTIONS: [&str; 10] = [
    "",
    "t",
    "the",
    "the you and",
    "lantern",
    "crepes",
    "uberr",
    "printer night",
    "ben lantern",
    "nothing like this",
];

pub(crate) async fn measure(kudos: usize, rounds: usize) -> io::Result<Value> {
    let clock = FakeClock::at("2026-11-23T09:00:00Z");
    let endpoint = Endpoint::start(clock.clone()).await;
    let invite = endpoint
        .owner_invite
        .clone()
        .ok_or_else(|| io::Error::other("a new team has an invite"))?;
    let ana = Desktop::new("Ana", "Europe/Berlin", &clock).await;
    ana.join(&invite).await;
    let others = ["Ben", "Cleo", "Dee"];
    let mut members = Vec::new();
    for name in others {
        members.push(join(&endpoint, &ana.invite().await, name).await?);
    }
    let ids: Vec<MemberId> = members.iter().map(|member| member.member_id).collect();
    let began = Instant::now();
    for (number, member) in members.iter().enumerate() {
        let to = ids[(number + 1) % ids.len()];
        give(&endpoint, member, to, kudos / others.len() + 1, &clock).await?;
    }
    let filled = began.elapsed();
    // A desktop that comes now gets all of them; that one is asked.
    let elin = Desktop::new("Elin", "Europe/Stockholm", &clock).await;
    let began = Instant::now();
    elin.join(&ana.invite().await).await;
    elin.is_online().await;
    let synced = began.elapsed();
    let mut all = Vec::new();
    let mut by_question = serde_json::Map::new();
    for question in QUESTIONS {
        let mut times = Vec::with_capacity(rounds);
        for round in 0..=rounds {
            let query = KudosQuery {
                words: question.to_owned(),
                ..KudosQuery::default()
            };
            let began = Instant::now();
            let answer = elin.ask(Request::KudosWall { query }).await;
            let took = began.elapsed().as_secs_f64() * 1000.0;
            let Response::KudosWall(wall) = answer else {
                return Err(io::Error::other("the wall was asked for"));
            };
            if wall.cards.is_empty() != (question == "nothing like this") {
                return Err(io::Error::other(format!(
                    "'{question}' found {} cards",
                    wall.cards.len()
                )));
            }
            // The first one warms what the first key of a search warms.
            if round > 0 {
                times.push(took);
            }
        }
        by_question.insert(question.to_owned(), json!(rounded(percentile(&times, 50.0))));
        all.extend(times);
    }
    let figure = |percent| rounded(percentile(&all, percent));
    Ok(json!({
        "kudos": kudos,
        "filled_s": rounded(filled.as_secs_f64()),
        "synced_s": rounded(synced.as_secs_f64()),
        "question_to_page_ms": { "p50": figure(50.0), "p99": figure(99.0), "max": figure(100.0) },
        "p50_ms_by_question": by_question,
    }))
}

async fn join(endpoint: &Endpoint, link: &str, name: &str) -> io::Result<JoinResponse> {
    let invite = link.rsplit('/').next().unwrap_or_default();
    let body = json!({ "invite": invite, "name": name, "time_zone": "Europe/Berlin", "device_name": "desk" });
    let url = format!("{}/v1/join", endpoint.base_url);
    let answer = client().post(url).json(&body).send().await.map_err(io::Error::other)?;
    answer.json().await.map_err(io::Error::other)
}

/// Somebody thanks somebody so many times, in words that differ.
async fn give(
    endpoint: &Endpoint,
    from: &JoinResponse,
    to: MemberId,
    times: usize,
    clock: &FakeClock,
) -> io::Result<()> {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let client = client();
    let now = clock.now();
    let mut state = u64::from_le_bytes(from.member_id.0.as_bytes()[8..].try_into().unwrap_or_default());
    let mut next = || {
        // Numbers that look random and are the same in kind each time: xorshift.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for first in (0..times).step_by(AT_ONCE) {
        let ops: Vec<Value> = (first..times.min(first + AT_ONCE))
            .map(|number| {
                let said: Vec<&str> = (0..14)
                    .map(|_| {
                        let place = (next() as usize % words.len()).min(next() as usize % words.len());
                        words[place]
                    })
                    .collect();
                let body = json!({ "to": [to], "reason": format!("{} {number}", said.join(" ")) });
                json!({ "n": number + 1, "id": ItemId::new(now), "kind": "kudos", "audience": "team", "created_at": now, "body": body })
            })
            .collect();
        let request = client
            .post(format!("{}/v1/ops", endpoint.base_url))
            .bearer_auth(&from.token)
            .json(&json!({ "epoch": from.epoch, "ops": ops }));
        let answer: OpsResponse = request
            .send()
            .await
            .map_err(io::Error::other)?
            .json()
            .await
            .map_err(io::Error::other)?;
        if let Some(problem) = answer.results.iter().find_map(|result| result.problem.clone()) {
            return Err(io::Error::other(problem.detail));
        }
    }
    Ok(())
}

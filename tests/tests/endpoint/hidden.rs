//! What is hidden from somebody is, to them, what never was: in every call that takes an id.

use samovar_domain::{Audience, BlobHash, ItemId};
use serde_json::{Value, json};

use crate::given::{Caller, Team, problem, snapshot};
use crate::photos::{photo, put};

/// What is answered to everything that can be asked of an id, without numbers, which count calls.
async fn answers(prober: &Caller, id: ItemId) -> Vec<(Option<u64>, Option<(String, String)>)> {
    let about = |body: Value| (ItemId::new(prober.now), body);
    let reaction = samovar_domain::kinds::reaction_id(prober.member, id, "🎉");
    let rsvp = samovar_domain::kinds::rsvp_id(prober.member, id);
    let asked = [
        ("snapshot", (id, Value::Null)),
        ("reply", (id, Value::Null)),
        ("series", (id, Value::Null)),
        ("snapshot", (id, snapshot(""))),
        ("focus", (id, json!({ "until": prober.now.plus_minutes(60) }))),
        ("reply", about(json!({ "target": id, "text": "Is anybody there?" }))),
        ("reaction", (reaction, json!({ "target": id, "emoji": "🎉" }))),
        ("rsvp", (rsvp, json!({ "gathering": id, "answer": "yes" }))),
    ];
    let mut answers = Vec::new();
    for (kind, (id, body)) in asked {
        let result = prober.writes(kind, id, &Audience::Team, body).await;
        let problem = result
            .problem
            .map(|problem| (problem.code.into_owned(), problem.detail));
        answers.push((result.seq.map(|_| 0), problem));
    }
    answers
}

#[tokio::test]
async fn whatever_is_asked_of_a_hidden_item_is_answered_as_of_none() {
    let team = Team::gather().await;
    let secret = Audience::Except(vec![team.ben.member]);
    let hidden = team.ana.says_to(&secret, "a surprise for Ben").await;
    let none = answers(&team.ben, ItemId::new(team.ben.now)).await;
    assert_eq!(answers(&team.ben, hidden).await, none);
    // Also after its end.
    team.ana.writes("snapshot", hidden, &secret, Value::Null).await;
    let none = answers(&team.ben, ItemId::new(team.ben.now)).await;
    assert_eq!(answers(&team.ben, hidden).await, none);
    let page = team.ben.page("after=0&limit=1000").await;
    assert!(page.items.iter().all(|item| item.id != hidden));
    assert!(
        page.items
            .iter()
            .filter(|item| item.kind == "reply")
            .all(|reply| reply.body.is_some()),
        "its end took nothing of Ben's with it"
    );
}

#[tokio::test]
async fn pages_of_a_kind_tell_nothing_of_what_is_hidden() {
    let team = Team::gather().await;
    let secret = Audience::Except(vec![team.ben.member]);
    team.ana.says("first").await;
    for n in 0..5 {
        team.ana.says_to(&secret, &format!("surprise {n}")).await;
    }
    team.ana.says("last").await;
    let of_kind = |query: &'static str| {
        let ben = &team.ben;
        async move { ben.page(&format!("kind=snapshot&{query}")).await }
    };
    let whole = of_kind("limit=10").await;
    let words: Vec<_> = whole
        .items
        .iter()
        .map(|item| item.body.as_ref().unwrap()["text"].clone())
        .collect();
    assert_eq!((words, whole.more), (vec![json!("last"), json!("first")], false));
    let newest = of_kind("limit=1").await;
    assert!(newest.more);
    let before = newest.items[0].seq;
    let rest = team.ben.page(&format!("kind=snapshot&before={before}&limit=1")).await;
    assert_eq!((rest.items.len(), rest.more), (1, false));
}

#[tokio::test]
async fn a_hidden_photo_is_answered_as_one_that_is_not_there() {
    let team = Team::gather().await;
    let jpeg = photo();
    let hash = put(&team.ana, &jpeg).await;
    let body = json!({ "photos": [{ "blob": hash, "width": 8, "height": 8, "thumbhash": "" }], "lifetime": "24h" });
    let secret = Audience::Except(vec![team.ben.member]);
    let id = ItemId::new(team.ana.now);
    let shared = team.ana.writes("snapshot", id, &secret, body.clone()).await;
    assert_eq!(shared.problem, None);
    let hidden = problem(team.ben.get(&format!("/v1/blobs/{hash}")).await).await;
    let none = problem(team.ben.get(&format!("/v1/blobs/{}", BlobHash::of(b"none"))).await).await;
    assert_eq!(hidden, none);
    // To name it does not give it away either.
    let named = team
        .ben
        .op("snapshot", ItemId::new(team.ben.now), &Audience::Team, body);
    assert_eq!(problem(team.ben.post(&[named]).await).await.code, "blob_missing");
    assert_eq!(team.ben.get(&format!("/v1/blobs/{hash}")).await.status(), 404);
    assert_eq!(team.ana.get(&format!("/v1/blobs/{hash}")).await.status(), 200);
}

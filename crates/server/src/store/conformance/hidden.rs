//! What is hidden is answered as if it were not there, and nobody's place is taken before they come.

use super::*;

/// Everything that can be asked of an id, and what is answered.
async fn probe(prober: &mut Session, id: ItemId, at: Timestamp) -> Vec<OpResult> {
    let target = json!({ "target": id, "text": "Is anybody there?" });
    let reaction = reaction_id(prober.member(), id, "🎉");
    let ops = vec![
        prober.op(Kind::SNAPSHOT, id, Value::Null),
        prober.op(Kind::KUDOS, id, Value::Null),
        prober.op(Kind::SERIES, id, Value::Null),
        prober.op(Kind::FOCUS, id, json!({ "until": hours(50) })),
        prober.op(Kind::SNAPSHOT, id, snapshot("")),
        prober.op(Kind::REPLY, ItemId::new(at), target),
        prober.op(Kind::REACTION, reaction, json!({ "target": id, "emoji": "🎉" })),
    ];
    let results = prober.send(ops, at).await.unwrap();
    // Numbers and places differ from call to call; what is left is the answer.
    let answers = results.into_iter().map(|result| OpResult {
        n: 0,
        seq: result.seq.map(|_| 0),
        problem: result.problem,
    });
    answers.collect()
}

pub(crate) async fn probing_tells_nothing(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let secret = Audience::Except(vec![ben.member()]);
    ana.write_for(
        start(),
        secret,
        Kind::SNAPSHOT,
        item_id(1),
        snapshot("a surprise for Ben"),
    )
    .await;
    let nothing = probe(&mut ben, item_id(2), start()).await;
    assert_eq!(probe(&mut ben, item_id(1), start()).await, nothing);
    let before = ben.page(0).await.items;
    fresh.store.expire(hours(25)).await.unwrap();
    assert_eq!(
        ben.page(0).await.items,
        before,
        "its end takes nothing of Ben's with it"
    );
    let nothing = probe(&mut ben, item_id(3), hours(25)).await;
    assert_eq!(probe(&mut ben, item_id(1), hours(25)).await, nothing);
}

/// An admin cannot be in the way of what the endpoint will make.
pub(crate) async fn nobody_takes_the_place_of_a_gathering(fresh: Fresh) {
    let (mut ana, _) = ana_and_ben(&fresh).await;
    let series = item_id(1);
    let first = ItemId::derived(&["gathering", &series.to_string(), "2026-11-26"]);
    for (kind, body) in [
        (Kind::SNAPSHOT, snapshot("first!")),
        (Kind::KUDOS, json!({ "to": [], "reason": "" })),
        (Kind::REPLY, json!({ "target": item_id(9), "text": "first!" })),
    ] {
        assert_eq!(ana.refused(start(), kind, first, body).await, "bad_id", "{kind}");
    }
    ana.write(Kind::SERIES, series, teatime("thu", "15:00")).await;
    assert_eq!(ana.reads(first).await.unwrap()["title"], "Teatime");
}

//! Ops: each exactly once, in order, and only by the owner.

use super::*;

pub(crate) async fn an_op_that_is_sent_again_is_answered_as_the_first_time(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let good = ana.op(Kind::SNAPSHOT, item_id(1), snapshot("fresh bread"));
    let bad = ana.op(Kind::SNAPSHOT, item_id(2), snapshot(""));
    let first = ana.send(vec![good.clone(), bad.clone()], start()).await.unwrap();
    let head = fresh.store.team().await.unwrap().head;
    for _ in 0..100 {
        assert_eq!(
            ana.send(vec![good.clone(), bad.clone()], hours(2)).await.unwrap(),
            first
        );
    }
    assert_eq!(
        fresh.store.team().await.unwrap().head,
        head,
        "nothing was written again"
    );
    assert_eq!(
        ben.page(0)
            .await
            .items
            .iter()
            .filter(|item| item.kind == Kind::SNAPSHOT)
            .count(),
        1
    );
}

pub(crate) async fn a_change_is_newer_than_what_it_changes_whatever_the_clock_says(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    ana.write_at(hours(1), Kind::SNAPSHOT, item_id(1), snapshot("tea"))
        .await;
    let mut before = ben.sees(item_id(1)).await.unwrap().updated_at;
    // By a node whose clock is behind, and twice in the same instant.
    for (n, now) in [start(), hours(1), hours(1), hours(2)].into_iter().enumerate() {
        let changed = snapshot(&format!("tea, {n}"));
        ana.write_at(now, Kind::SNAPSHOT, item_id(1), changed).await;
        let after = ben.sees(item_id(1)).await.unwrap().updated_at;
        assert!(after > before && after >= now, "{after:?} behind {before:?}");
        before = after;
    }
    assert_eq!(before, hours(2));
}

pub(crate) async fn a_gap_is_told_with_the_number_that_is_expected(fresh: Fresh) {
    let (mut ana, _) = ana_and_ben(&fresh).await;
    let ops: Vec<_> = (1..=4)
        .map(|n| ana.op(Kind::SNAPSHOT, item_id(n), snapshot("tea")))
        .collect();
    assert_eq!(
        ana.send(ops[1..].to_vec(), start()).await,
        Err(StoreError::OpGap { expected: 1 })
    );
    let before_the_gap = ana
        .send(vec![ops[0].clone(), ops[1].clone(), ops[3].clone()], start())
        .await
        .unwrap();
    assert_eq!(before_the_gap.len(), 2, "what came before the gap stands");
    assert_eq!(
        ana.send(vec![ops[3].clone()], start()).await,
        Err(StoreError::OpGap { expected: 3 })
    );
    assert_eq!(ana.send(ops[2..].to_vec(), start()).await.unwrap().len(), 2);
}

pub(crate) async fn a_number_used_for_another_item_tells_of_a_clone(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let mut clone = ana.clone();
    ana.say(1, "from the first").await;
    let op = clone.op(Kind::SNAPSHOT, item_id(2), snapshot("from its clone"));
    assert_eq!(clone.send(vec![op], start()).await, Err(StoreError::DeviceCloned));
    assert_eq!(ben.sees(item_id(2)).await, None);
}

pub(crate) async fn one_bad_op_never_blocks_the_rest(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let ops = vec![
        ana.op(Kind::SNAPSHOT, item_id(1), snapshot("before")),
        ana.op(Kind::SNAPSHOT, item_id(2), json!({ "lifetime": "a week" })),
        ana.op("telepathy", item_id(3), json!({})),
        ana.op(Kind::SNAPSHOT, item_id(4), snapshot("after")),
    ];
    let results = ana.send(ops, start()).await.unwrap();
    let codes: Vec<_> = results
        .iter()
        .map(|result| result.problem.as_ref().map(|problem| problem.code.as_ref()))
        .collect();
    assert_eq!(codes, [None, Some("bad_body"), Some("unknown_kind"), None]);
    assert_eq!(ben.reads(item_id(4)).await.unwrap()["text"], "after");
    ana.say(5, "and on").await;
}

pub(crate) async fn a_missing_photo_holds_the_op_until_it_is_there(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let words = ana.op(Kind::SNAPSHOT, item_id(1), snapshot("words first"));
    let hash = BlobHash::of(b"bread");
    let op = ana.op(Kind::SNAPSHOT, item_id(2), snapshot_with(hash));
    let last = ana.op(Kind::SNAPSHOT, item_id(3), snapshot("words last"));
    let all = vec![words, op.clone(), last];
    assert_eq!(
        ana.send(all.clone(), start()).await.unwrap().len(),
        1,
        "what came before stands"
    );
    assert_eq!(code(ana.send(vec![op], start()).await), "blob_missing");
    photo(&ana, "bread", start()).await;
    assert_eq!(ana.send(all, start()).await.unwrap().len(), 3);
    assert!(ben.reads(item_id(2)).await.is_some());
}

pub(crate) async fn seqs_of_many_writers_are_dense_and_heard_in_order(fresh: Fresh) {
    let ana = join(&fresh.store, "Ana", true).await;
    let head = fresh.store.team().await.unwrap().head;
    let mut writers = Vec::new();
    for n in 0..20_u128 {
        let token = format!("device {n}");
        let device = fresh
            .store
            .enrol(ana.caller, "one of many", &token, start())
            .await
            .unwrap();
        let mut session = Session {
            caller: Caller { device, ..ana.caller },
            ..ana.clone()
        };
        writers.push(tokio::spawn(async move {
            let mut seqs = Vec::new();
            for m in 0..10 {
                // Every third is refused in the middle of what others write.
                if m % 3 == 0 {
                    session
                        .refused(start(), Kind::SNAPSHOT, item_id(n * 100 + m), snapshot(""))
                        .await;
                } else {
                    seqs.push(session.say(n * 100 + m, "together").await);
                }
            }
            assert!(seqs.is_sorted());
            seqs
        }));
    }
    let mut seqs = Vec::new();
    for writer in writers {
        seqs.extend(writer.await.unwrap());
    }
    seqs.sort_unstable();
    let expect: Vec<Seq> = (head + 1..=head + seqs.len() as Seq).collect();
    assert_eq!(seqs, expect);
    let heard: Vec<Seq> = fresh.heard.lock().unwrap().iter().map(|item| item.seq).collect();
    assert_eq!(
        heard,
        (2..=head + seqs.len() as Seq).collect::<Vec<_>>(),
        "1 is the team, from before anybody listened"
    );
}

pub(crate) async fn ops_of_another_epoch_are_refused(fresh: Fresh) {
    let (mut ana, _) = ana_and_ben(&fresh).await;
    let stale = Session {
        epoch: Epoch(Uuid::nil()),
        ..ana.clone()
    };
    let op = ana.op(Kind::SNAPSHOT, item_id(1), snapshot("tea"));
    assert_eq!(stale.send(vec![op], start()).await, Err(StoreError::Resync));
}

pub(crate) async fn nobody_writes_what_is_another_s(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    ana.say(1, "mine").await;
    assert_eq!(
        ben.refused(start(), Kind::SNAPSHOT, item_id(1), snapshot("yours"))
            .await,
        "not_owner"
    );
    assert_eq!(
        ben.refused(start(), Kind::SNAPSHOT, item_id(1), Value::Null).await,
        "not_owner"
    );
    assert_eq!(
        ben.refused(start(), Kind::SERIES, item_id(2), teatime("thu", "15:00"))
            .await,
        "not_admin"
    );
    assert_eq!(ben.reads(item_id(1)).await.unwrap()["text"], "mine");
}

pub(crate) async fn an_answer_to_what_is_over_is_refused(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    ana.say(1, "for a day").await;
    let reply = json!({ "target": item_id(1), "text": "offline since yesterday" });
    // Over by the clock, and a tombstone a moment later: the same.
    assert_eq!(
        ben.refused(hours(25), Kind::REPLY, item_id(2), reply.clone()).await,
        "gone"
    );
    fresh.store.expire(hours(25)).await.unwrap();
    assert_eq!(ben.refused(hours(25), Kind::REPLY, item_id(2), reply).await, "gone");
    // What has not arrived yet may still come.
    ben.write(
        Kind::REPLY,
        item_id(3),
        json!({ "target": item_id(99), "text": "ahead of you" }),
    )
    .await;
}

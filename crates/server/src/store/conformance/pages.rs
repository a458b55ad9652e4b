//! What a member is given, and what they are not.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::*;

pub(crate) async fn changes_come_in_order_and_in_pieces(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    for n in 1..=7 {
        ana.say(n, "tea").await;
    }
    ana.write(Kind::SNAPSHOT, item_id(2), snapshot("tea, again")).await;
    ana.write(Kind::SNAPSHOT, item_id(3), Value::Null).await;
    let (mut cursor, mut found) = (0, Vec::new());
    loop {
        let page = fresh
            .store
            .page(ben.member(), ben.at(cursor), 3, start())
            .await
            .unwrap();
        assert!(page.items.len() <= 3);
        assert!(page.items.iter().all(|item| item.seq > cursor));
        cursor = if page.more {
            page.items.last().unwrap().seq
        } else {
            page.head
        };
        found.extend(page.items);
        if !page.more {
            break;
        }
    }
    assert!(found.is_sorted_by_key(|item| item.seq));
    assert_eq!(cursor, fresh.store.team().await.unwrap().head);
    let last: Vec<_> = found
        .iter()
        .rev()
        .take(2)
        .map(|item| (item.id, item.body.is_some()))
        .collect();
    assert_eq!(
        last,
        [(item_id(3), false), (item_id(2), true)],
        "changed items come last, a deleted one as a tombstone"
    );
    assert_eq!(
        found.len(),
        found.iter().map(|item| item.id).collect::<BTreeSet<_>>().len()
    );
}

pub(crate) async fn a_page_ends_before_it_grows_too_long(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    // A large company's: an audience names up to 10,000 members, in 390 kB.
    let strangers = (0..9_999).map(|n| MemberId::derived(&["stranger", &n.to_string()]));
    let audience = Audience::Only(std::iter::once(ben.member()).chain(strangers).collect());
    let items = 24;
    for n in 1..=items {
        ana.write_for(
            start(),
            audience.clone(),
            Kind::SNAPSHOT,
            item_id(n),
            snapshot("for many"),
        )
        .await;
    }
    let (mut cursor, mut found) = (ben.page(0).await.items[1].seq, 0);
    loop {
        let page = ben.page(cursor).await;
        let length = serde_json::to_vec(&page).unwrap().len();
        assert!(length < 5_500_000, "{length} bytes in a page");
        found += page.items.iter().filter(|item| item.kind == Kind::SNAPSHOT).count();
        if !page.more {
            break;
        }
        cursor = page.items.last().unwrap().seq;
    }
    assert_eq!(found as u128, items);
}

pub(crate) async fn a_hidden_item_is_nothing_but_a_gap(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let surprise = Audience::Except(vec![ben.member()]);
    let seq = ana
        .write_for(
            start(),
            surprise,
            Kind::SNAPSHOT,
            item_id(1),
            snapshot("a surprise for Ben"),
        )
        .await;
    ana.say(2, "nothing to see").await;
    let page = ben.page(seq - 1).await;
    assert_eq!(page.items.iter().map(|item| item.seq).collect::<Vec<_>>(), [seq + 1]);
    assert_eq!(page.head, seq + 1);
    ana.write_for(
        start(),
        Audience::Except(vec![ben.member()]),
        Kind::SNAPSHOT,
        item_id(1),
        Value::Null,
    )
    .await;
    assert_eq!(ben.sees(item_id(1)).await, None, "its end is hidden too");
    assert!(ana.sees(item_id(1)).await.is_some());
}

pub(crate) async fn what_pages_show_is_what_the_audience_admits(fresh: Fresh) {
    let mut team = vec![join(&fresh.store, "Ana", true).await];
    for name in ["Ben", "Cem", "Dee"] {
        team.push(join(&fresh.store, name, false).await);
    }
    let members: Vec<_> = team.iter().map(Session::member).collect();
    let named = prop::sample::subsequence(members.clone(), 0..=members.len());
    let audience = (0..3, named).prop_map(|(which, named)| match which {
        0 => Audience::Team,
        1 => Audience::Only(named),
        _ => Audience::Except(named),
    });
    let mut runner = TestRunner::deterministic();
    for n in 0..120 {
        let audience = audience.new_tree(&mut runner).unwrap().current();
        let writer = &mut team[(n % 4) as usize];
        writer
            .write_for(start(), audience, Kind::SNAPSHOT, item_id(n + 1), snapshot("for some"))
            .await;
    }
    let written = fresh.heard.lock().unwrap().clone();
    for reader in &team {
        // `heard` has every version; a page has the newest.
        let admitted: BTreeSet<Seq> = written
            .iter()
            .filter(|item| item.is_visible_to(reader.member()))
            .map(|item| item.seq)
            .collect();
        let shown: BTreeSet<Seq> = reader.page(1).await.items.iter().map(|item| item.seq).collect();
        assert_eq!(shown, admitted);
    }
}

pub(crate) async fn cursors_of_another_life_are_told_to_begin_anew(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let page = |epoch, after| {
        let cursor = Cursor { epoch, ..ben.at(after) };
        fresh.store.page(ben.member(), cursor, 10, start())
    };
    let head = ana.say(1, "tea").await;
    assert!(page(Some(ben.epoch), head).await.unwrap().items.is_empty());
    assert!(page(None, head).await.is_ok());
    for (epoch, after) in [
        (Some(Epoch(Uuid::nil())), 0),
        (Some(ben.epoch), head + 1),
        (None, head + 1),
        (None, Seq::MAX),
        (None, i64::MAX.cast_unsigned() + 1),
    ] {
        assert_eq!(page(epoch, after).await, Err(StoreError::Resync), "{epoch:?} {after}");
    }
}

pub(crate) async fn paging_anew_passes_the_low_water_mark(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    for n in 1..=20 {
        ana.write(
            Kind::REPLY,
            item_id(n),
            json!({ "target": item_id(99), "text": "kept" }),
        )
        .await;
    }
    let stale = ana.say(50, "over after a day").await;
    fresh.store.expire(hours(25)).await.unwrap();
    let tombstone = ben.page(stale).await.items;
    assert_eq!(tombstone.len(), 1);
    fresh.store.expire(hours(24 * 92 + 25)).await.unwrap();
    let team = fresh.store.team().await.unwrap();
    assert_eq!(team.low_water, tombstone[0].seq);
    let one = |after, is_anew| {
        let cursor = Cursor {
            is_anew,
            ..ben.at(after)
        };
        fresh.store.page(ben.member(), cursor, 1, start())
    };
    assert_eq!(
        one(stale, false).await,
        Err(StoreError::Resync),
        "it would never hear that the snapshot is over"
    );
    let (mut cursor, mut count) = (0, 0);
    loop {
        let page = one(cursor, true).await.unwrap();
        assert!(page.items.len() <= 1, "also before the mark");
        count += page.items.len();
        if !page.more {
            break;
        }
        cursor = page.items.last().unwrap().seq;
    }
    assert_eq!(count, ben.page(0).await.items.len());
    assert!(one(team.head, false).await.unwrap().items.is_empty());
}

pub(crate) async fn old_kudos_are_history(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let old = ana.write(Kind::KUDOS, item_id(1), kudos(&ben)).await;
    let later = hours(24 * 91);
    let new = ana.write_at(later, Kind::KUDOS, item_id(2), kudos(&ben)).await;
    let page = |after| fresh.store.page(ben.member(), ben.at(after), 1_000, later);
    let anew = page(0).await.unwrap();
    let seqs: Vec<_> = anew
        .items
        .iter()
        .filter(|item| item.kind == Kind::KUDOS)
        .map(|item| item.seq)
        .collect();
    assert_eq!(seqs, [new]);
    let older = fresh.store.older(ben.member(), Kind::KUDOS, new, 10).await.unwrap();
    assert_eq!(older.items.iter().map(|item| item.seq).collect::<Vec<_>>(), [old]);
    let newest = fresh.store.older(ben.member(), Kind::KUDOS, Seq::MAX, 1).await.unwrap();
    assert_eq!((newest.items[0].seq, newest.more), (new, true));
    // Whoever has them hears that they were written again, however old they are; to a new desktop they are history still.
    let edit = ana.write_at(later, Kind::KUDOS, item_id(1), kudos(&ben)).await;
    let told = page(new).await.unwrap();
    assert_eq!(told.items.iter().map(|item| item.seq).collect::<Vec<_>>(), [edit]);
    assert!(page(0).await.unwrap().items.iter().all(|item| item.seq != edit));
    // And that they were taken back.
    ana.write_at(later, Kind::KUDOS, item_id(1), Value::Null).await;
    let told = page(edit).await.unwrap();
    assert_eq!(
        told.items
            .iter()
            .map(|item| (item.id, item.body.is_some()))
            .collect::<Vec<_>>(),
        [(item_id(1), false)]
    );
}

pub(crate) async fn photos_are_for_those_who_see_what_names_them(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let cem = join(&fresh.store, "Cem", false).await;
    let hash = photo(&ana, "cake", start()).await;
    let may = |reader: &Session| fresh.store.may_read_blob(reader.member(), hash);
    assert!(may(&ana).await.unwrap(), "they brought it");
    assert!(!may(&ben).await.unwrap(), "nothing names it yet");
    let audience = Audience::Except(vec![cem.member()]);
    ana.write_for(
        start(),
        audience.clone(),
        Kind::SNAPSHOT,
        item_id(1),
        snapshot_with(hash),
    )
    .await;
    assert!(may(&ben).await.unwrap());
    assert!(!may(&cem).await.unwrap());
    ana.write_for(start(), audience, Kind::SNAPSHOT, item_id(1), Value::Null)
        .await;
    assert!(
        !may(&ben).await.unwrap() && !may(&ana).await.unwrap(),
        "it went with the snapshot"
    );
}

pub(crate) async fn nobody_names_a_photo_that_they_may_not_see(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let mut cem = join(&fresh.store, "Cem", false).await;
    let hash = photo(&ana, "cake", start()).await;
    let secret = Audience::Except(vec![cem.member()]);
    ana.write_for(start(), secret, Kind::SNAPSHOT, item_id(1), snapshot_with(hash))
        .await;
    // Cem knows its name by whatever way; to name it would let him have it.
    let mut profile = cem.reads(cem.member().into()).await.unwrap();
    profile["photo"] = json!(hash);
    let ops = [
        cem.op(Kind::SNAPSHOT, item_id(2), snapshot_with(hash)),
        cem.op(Kind::MEMBER, cem.member().into(), profile),
    ];
    for (n, op) in ops.into_iter().enumerate() {
        assert_eq!(
            code(cem.send(vec![Op { n: 1, ..op }], start()).await),
            "blob_missing",
            "{n}"
        );
    }
    assert!(!fresh.store.may_read_blob(cem.member(), hash).await.unwrap());
    // Ben sees it, and may pass it on.
    ben.write(Kind::SNAPSHOT, item_id(3), snapshot_with(hash)).await;
    // Whoever has its bytes may name it as well, and it stays as long as anybody does.
    let mut dee = join(&fresh.store, "Dee", false).await;
    assert_eq!(photo(&dee, "cake", start()).await, hash);
    dee.write(Kind::SNAPSHOT, item_id(4), snapshot_with(hash)).await;
    ana.write_for(
        start(),
        Audience::Except(vec![cem.member()]),
        Kind::SNAPSHOT,
        item_id(1),
        Value::Null,
    )
    .await;
    ben.write(Kind::SNAPSHOT, item_id(3), Value::Null).await;
    assert_eq!(fresh.store.known_blobs().await.unwrap(), [hash]);
    dee.write(Kind::SNAPSHOT, item_id(4), Value::Null).await;
    assert!(fresh.store.known_blobs().await.unwrap().is_empty());
}

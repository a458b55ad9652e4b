//! The private calendar feed: whose it is, when it ends, and what is read through it.

use super::super::Removal;
use super::*;

async fn owner_of(fresh: &Fresh, token: &str) -> Option<MemberId> {
    fresh.store.feed(token).await.unwrap().map(|feed| feed.member)
}

pub(crate) async fn a_new_feed_ends_the_old_one(fresh: Fresh) {
    let (ana, ben) = ana_and_ben(&fresh).await;
    let store = &fresh.store;
    assert_eq!(store.feed_since(ana.member()).await.unwrap(), None);
    store.make_feed(ana.caller, "first", start()).await.unwrap();
    store.make_feed(ben.caller, "of Ben", start()).await.unwrap();
    assert_eq!(owner_of(&fresh, "first").await, Some(ana.member()));
    store.make_feed(ana.caller, "second", hours(1)).await.unwrap();
    assert_eq!(owner_of(&fresh, "first").await, None);
    assert_eq!(owner_of(&fresh, "second").await, Some(ana.member()));
    assert_eq!(store.feed_since(ana.member()).await.unwrap(), Some(hours(1)));
    store.end_feed(ana.caller).await.unwrap();
    // To end what has ended is as well.
    store.end_feed(ana.caller).await.unwrap();
    assert_eq!(owner_of(&fresh, "second").await, None);
    assert_eq!(store.feed_since(ana.member()).await.unwrap(), None);
    assert_eq!(owner_of(&fresh, "of Ben").await, Some(ben.member()));
}

pub(crate) async fn a_feed_goes_with_its_member(fresh: Fresh) {
    let (ana, ben) = ana_and_ben(&fresh).await;
    let cem = join(&fresh.store, "Cem", false).await;
    let store = &fresh.store;
    for (who, token) in [(&ana, "of Ana"), (&ben, "of Ben"), (&cem, "of Cem")] {
        store.make_feed(who.caller, token, start()).await.unwrap();
    }
    let remove =
        |by: &Session, whom: &Session, removal| store.remove_member(by.caller, whom.member(), removal, start());
    remove(&ana, &ben, Removal::ByAdmin).await.unwrap();
    remove(&cem, &cem, Removal::Erase).await.unwrap();
    assert_eq!(owner_of(&fresh, "of Ben").await, None);
    assert_eq!(owner_of(&fresh, "of Cem").await, None);
    assert_eq!(owner_of(&fresh, "of Ana").await, Some(ana.member()));
    // Nor does a device that was ended make one, or end it.
    let made = store.make_feed(ben.caller, "once more", start()).await;
    assert_eq!(made, Err(StoreError::UnknownDevice));
    assert_eq!(store.end_feed(ben.caller).await, Err(StoreError::UnknownDevice));
    assert_eq!(owner_of(&fresh, "once more").await, None);
}

pub(crate) async fn a_feed_holds_what_its_member_sees_of_calls(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let store = &fresh.store;
    ana.write(Kind::SERIES, item_id(1), teatime("wed", "15:00")).await;
    ana.say(2, "no call at all").await;
    let gathering = ana
        .page(0)
        .await
        .items
        .into_iter()
        .find(|item| item.kind == Kind::GATHERING);
    let gathering = gathering.unwrap().id;
    let (of_ana, of_ben) = (ana.answer(gathering).await, ben.answer(gathering).await);
    store.make_feed(ana.caller, "of Ana", start()).await.unwrap();
    let feed = store.feed("of Ana").await.unwrap().unwrap();
    let team = store.team().await.unwrap().id;
    let has = |id: ItemId| feed.items.iter().any(|item| item.id == id);
    for (id, expect) in [
        (team.into(), true),
        (ana.member().into(), true),
        (ben.member().into(), true),
        (gathering, true),
        (of_ana, true),
        (of_ben, false),
        (item_id(1), false),
        (item_id(2), false),
    ] {
        assert_eq!(has(id), expect, "{id}");
    }
    assert!(feed.items.is_sorted_by_key(|item| item.seq));
    ana.write(Kind::RSVP, of_ana, Value::Null).await;
    let feed = store.feed("of Ana").await.unwrap().unwrap();
    assert!(feed.items.iter().all(|item| item.id != of_ana && item.body.is_some()));
}

//! Who goes, and what stays of them.

use samovar_domain::kinds::role_id;

use super::super::Removal;
use super::upkeep::gatherings;
use super::*;

async fn items_of(reader: &Session, owner: MemberId) -> Vec<Item> {
    let items = reader.page(0).await.items;
    items
        .into_iter()
        .filter(|item| item.owner.member() == Some(owner))
        .collect()
}

pub(crate) async fn whoever_erases_themselves_leaves_nothing(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let picture = photo(&ben, "cake", start()).await;
    ben.write(Kind::SNAPSHOT, item_id(1), snapshot_with(picture)).await;
    ben.write(Kind::KUDOS, item_id(2), kudos(&ana)).await;
    ana.say(3, "mine").await;
    let reaction = ben.react_at(start(), item_id(3)).await;
    let on_his = ana.react_at(start(), item_id(1)).await;
    ana.write(Kind::KUDOS, item_id(4), kudos(&ben)).await;
    fresh
        .store
        .remove_member(ben.caller, ben.member(), Removal::Erase, hours(1))
        .await
        .unwrap();
    let left = items_of(&ana, ben.member()).await;
    assert!(
        left.len() >= 4 && left.iter().all(|item| item.body.is_none()),
        "{left:?}"
    );
    for id in [reaction, on_his, role_id(ben.member())] {
        assert!(ana.reads(id).await.is_none());
    }
    assert!(ana.reads(item_id(4)).await.is_some(), "what others gave is theirs");
    assert!(fresh.store.known_blobs().await.unwrap().is_empty());
    assert_eq!(fresh.store.caller("token of Ben").await.unwrap(), None);
    let op = ben.op(Kind::SNAPSHOT, item_id(5), snapshot("still there?"));
    assert_eq!(ben.send(vec![op], hours(1)).await, Err(StoreError::UnknownDevice));
}

pub(crate) async fn gatherings_name_nobody_who_left(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let mut plan = teatime("mon", "12:00");
    plan["invited"] = json!([ana.member(), ben.member()]);
    plan["note"] = json!("Bring a mug.");
    ana.write(Kind::SERIES, item_id(1), plan).await;
    let (tea, _) = gatherings(&ana).await[0];
    let mut body = ana.reads(tea).await.unwrap();
    body["why"] = json!({ "because": "turn", "spared": [ben.member()], "taking": [ana.member()] });
    body["rooms"] = json!([{ "members": [ana.member(), ben.member()], "link": "https://meet.example.org/one" }]);
    ana.write(Kind::GATHERING, tea, body).await;
    fresh
        .store
        .remove_member(ben.caller, ben.member(), Removal::Erase, hours(1))
        .await
        .unwrap();
    let left = ana.page(0).await.items.into_iter();
    let plans: Vec<Value> = left
        .filter(|item| [Kind::SERIES, Kind::GATHERING].contains(&item.kind.as_str()))
        .map(|item| item.body.expect("the gatherings of the others stay"))
        .collect();
    assert_eq!(plans.len(), 5);
    assert!(
        !json!(plans).to_string().contains(&ben.member().to_string()),
        "{plans:?}"
    );
    let body = ana.reads(tea).await.unwrap();
    assert_eq!(body["why"]["taking"], json!([ana.member()]));
    assert_eq!(
        (&body["note"], &body["invited"]),
        (&json!("Bring a mug."), &json!([ana.member()]))
    );
}

pub(crate) async fn whoever_is_removed_leaves_what_they_gave(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    ben.say(1, "his day").await;
    ben.focus_until(hours(2)).await;
    ben.write(Kind::KUDOS, item_id(2), kudos(&ana)).await;
    ana.say(3, "mine").await;
    ben.write(
        Kind::REPLY,
        item_id(4),
        json!({ "target": item_id(3), "text": "lovely" }),
    )
    .await;
    fresh
        .store
        .remove_member(ana.caller, ben.member(), Removal::ByAdmin, start())
        .await
        .unwrap();
    let alive = items_of(&ana, ben.member())
        .await
        .into_iter()
        .filter(|item| item.body.is_some());
    assert_eq!(alive.map(|item| item.id).collect::<Vec<_>>(), [item_id(2), item_id(4)]);
    assert_eq!(fresh.store.caller("token of Ben").await.unwrap(), None);
    assert_eq!(
        ana.refused(start(), Kind::KUDOS, item_id(5), kudos(&ben)).await,
        "unknown_member"
    );
}

pub(crate) async fn the_last_owner_stays(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let leave = |who: &Session| {
        fresh
            .store
            .remove_member(who.caller, who.member(), Removal::Erase, start())
    };
    assert_eq!(code(leave(&ana).await), "last_owner");
    ana.write(
        Kind::ROLE,
        role_id(ben.member()),
        json!({ "member": ben.member(), "role": "owner" }),
    )
    .await;
    leave(&ana).await.unwrap();
    // Nobody is left whom it could concern.
    leave(&ben).await.unwrap();
    assert!(!fresh.store.has_owner().await.unwrap());
}

pub(crate) async fn only_admins_remove(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let cem = join(&fresh.store, "Cem", false).await;
    let remove = |by: &Session, whom: MemberId| fresh.store.remove_member(by.caller, whom, Removal::ByAdmin, start());
    assert_eq!(code(remove(&ben, cem.member()).await), "not_admin");
    ana.write(
        Kind::ROLE,
        role_id(ben.member()),
        json!({ "member": ben.member(), "role": "admin" }),
    )
    .await;
    assert_eq!(code(remove(&ben, ana.member()).await), "not_admin");
    remove(&ben, cem.member()).await.unwrap();
    assert_eq!(code(remove(&ben, cem.member()).await), "not_found");
}

pub(crate) async fn an_export_has_what_is_about_one_and_for_one_to_see(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    ben.say(1, "his").await;
    ana.write(Kind::KUDOS, item_id(2), kudos(&ben)).await;
    ana.say(3, "hers").await;
    let hidden = Audience::Except(vec![ben.member()]);
    ana.write_for(
        start(),
        hidden,
        Kind::SNAPSHOT,
        item_id(4),
        snapshot("a surprise for Ben"),
    )
    .await;
    let found: Vec<_> = fresh
        .store
        .about(ben.member())
        .await
        .unwrap()
        .into_iter()
        .map(|item| item.id)
        .collect();
    assert_eq!(
        found,
        [ben.member().into(), role_id(ben.member()), item_id(1), item_id(2)]
    );
}

//! What whoever runs the endpoint may do by the command line, and what is kept of what is done in the team's name.

use samovar_domain::kinds::{RoleName, role_id};
use samovar_domain::wire::{MirrorRequest, MirrorSubject, MirrorTarget};

use super::super::acts::{ACTS_KEPT, Act};
use super::super::{MirrorChange, Removal};
use super::*;

async fn acts(store: &Arc<dyn Store>, now: Timestamp) -> Vec<Act> {
    store.acts(Timestamp::default(), now).await.unwrap()
}

/// Each as who did what to what kind of thing.
fn told(acts: &[Act]) -> Vec<(&str, &str, &str)> {
    let told = acts.iter().map(|act| (&*act.by, &*act.deed, &*act.thing));
    told.collect()
}

pub(crate) async fn the_operator_sees_who_is_in_the_team_and_not_what_they_do(fresh: Fresh) {
    let (ana, mut ben) = ana_and_ben(&fresh).await;
    let before = fresh.store.people().await.unwrap();
    let devices = fresh.store.devices_of(None).await.unwrap();
    for n in 1..4 {
        ben.say(n, "he is here a lot").await;
    }
    assert_eq!(fresh.store.people().await.unwrap(), before, "and that shows nowhere");
    assert_eq!(fresh.store.devices_of(None).await.unwrap(), devices);
    let names: Vec<_> = before.iter().map(|person| (&*person.name, person.role)).collect();
    assert_eq!(names, [("Ana", RoleName::Owner), ("Ben", RoleName::Member)]);
    let of_ana = fresh.store.devices_of(Some(ana.member())).await.unwrap();
    let told: Vec<_> = of_ana.iter().map(|device| (&*device.name, device.since)).collect();
    assert_eq!(told, [("desk", start())]);
    let nobody = MemberId::new(start());
    assert_eq!(code(fresh.store.devices_of(Some(nobody)).await), "not_found");
}

pub(crate) async fn the_operator_gives_roles_and_the_last_owner_stays_one(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let store = &fresh.store;
    let set = |who: &Session, role| store.set_role(who.member(), role, hours(1));
    assert_eq!(code(set(&ana, RoleName::Member).await), "last_owner");
    assert_eq!(code(set(&ana, RoleName::Admin).await), "last_owner");
    assert_eq!(
        code(store.take_out(ana.member(), Removal::Erase, hours(1)).await),
        "last_owner"
    );
    set(&ben, RoleName::Admin).await.unwrap();
    let role = ana.reads(role_id(ben.member())).await.unwrap();
    assert_eq!(role, json!({ "member": ben.member(), "role": "admin" }));
    let heard = fresh.heard.lock().unwrap().last().cloned().unwrap();
    assert_eq!((heard.id, heard.body), (role_id(ben.member()), Some(role)));
    let head = store.team().await.unwrap().head;
    set(&ben, RoleName::Admin).await.unwrap();
    assert_eq!(
        store.team().await.unwrap().head,
        head,
        "what is so already is not written"
    );
    set(&ben, RoleName::Owner).await.unwrap();
    set(&ana, RoleName::Member).await.unwrap();
    assert_eq!(
        ana.refused(hours(1), Kind::SERIES, item_id(1), teatime("wed", "15:00"))
            .await,
        "not_admin"
    );
    let nobody = MemberId::new(start());
    assert_eq!(
        code(store.set_role(nobody, RoleName::Admin, hours(1)).await),
        "not_found"
    );
}

pub(crate) async fn the_operator_names_coordinators_and_what_else_is_set_stays(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let store = &fresh.store;
    let team = store.team().await.unwrap().id.into();
    let settings = json!({ "name": "Tea", "settings": { "decision_hours": 24, "of_a_newer_one": true } });
    ana.write(Kind::TEAM, team, settings).await;
    let set = |is_one| store.set_coordinator(ben.member(), is_one, hours(1));
    set(true).await.unwrap();
    set(true).await.unwrap();
    let expected = json!({ "name": "Tea", "settings": { "decision_hours": 24, "of_a_newer_one": true,
        "coordinators": [ben.member()] } });
    assert_eq!(ana.reads(team).await.unwrap(), expected);
    assert!(store.people().await.unwrap()[1].is_coordinator);
    set(false).await.unwrap();
    assert!(!store.people().await.unwrap()[1].is_coordinator);
    let acts = acts(store, hours(1)).await;
    let told: Vec<_> = told(&acts).into_iter().filter(|act| act.2 == "coordinators").collect();
    assert_eq!(told, [("command line", "changed", "coordinators"); 2]);
}

pub(crate) async fn the_operator_ends_a_device_and_takes_invites_back(fresh: Fresh) {
    let (ana, ben) = ana_and_ben(&fresh).await;
    let store = &fresh.store;
    store.end_device(ben.caller.device, hours(1)).await.unwrap();
    assert_eq!(store.caller("token of Ben").await.unwrap(), None);
    assert!(store.caller("token of Ana").await.unwrap().is_some());
    assert_eq!(code(store.end_device(ben.caller.device, hours(1)).await), "not_found");
    invite(store, "a secret's hash", false, 3).await;
    let open = store.invites(None, start()).await.unwrap();
    assert_eq!(open, store.invites(Some(ana.member()), start()).await.unwrap());
    let [open] = &open[..] else { panic!("{open:?}") };
    assert_eq!(open.uses_left, 3);
    store.delete_invite(None, open.id, hours(1)).await.unwrap();
    assert_eq!(
        code(store.join(newcomer("a secret's hash", "Eve", "eve"), start()).await),
        "invite_unknown"
    );
    assert_eq!(code(store.delete_invite(None, open.id, hours(1)).await), "not_found");
    let acts = acts(store, hours(1)).await;
    let told: Vec<_> = told(&acts).into_iter().filter(|act| act.1 == "removed").collect();
    assert_eq!(
        told,
        ["device", "invite"].map(|thing| ("command line", "removed", thing))
    );
}

pub(crate) async fn what_admins_do_is_kept_as_a_deed_and_a_kind_of_thing(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let store = &fresh.store;
    let before = acts(store, start()).await.len();
    // What is one's own is nobody's business.
    ana.say(1, "my own words").await;
    ben.say(2, "his own words").await;
    ana.write(Kind::SERIES, item_id(3), teatime("wed", "15:00")).await;
    ana.write(Kind::SERIES, item_id(3), teatime("thu", "15:00")).await;
    ana.write(Kind::SERIES, item_id(3), Value::Null).await;
    let refused = ben.refused(start(), Kind::SERIES, item_id(4), teatime("wed", "15:00"));
    assert_eq!(refused.await, "not_admin");
    let invite = NewInvite {
        token_hash: "hash".to_owned(),
        maker: Some(ana.caller),
        is_owner: false,
        uses: 1,
        expires_at: hours(5),
    };
    let invite = store.add_invite(invite, start()).await.unwrap();
    store.delete_invite(Some(ana.caller), invite, start()).await.unwrap();
    let mirror = MirrorRequest {
        name: "Everyone".to_owned(),
        target: MirrorTarget::Teams {
            url: "https://example.org/secret-address".to_owned(),
        },
        shows: vec![MirrorSubject::Kudos],
        language: None,
    };
    let mirror = store.add_mirror(Some(ana.caller), mirror, start()).await.unwrap();
    for change in [MirrorChange::Pause, MirrorChange::Resume, MirrorChange::Remove] {
        store.change_mirror(None, mirror, change, start()).await.unwrap();
    }
    let removed = store.remove_member(ana.caller, ben.member(), Removal::ByAdmin, start());
    removed.await.unwrap();
    let all = acts(store, start()).await;
    assert_eq!(
        told(&all[before..]),
        [
            ("Ana", "made", "series"),
            ("Ana", "changed", "series"),
            ("Ana", "removed", "series"),
            ("Ana", "made", "invite"),
            ("Ana", "removed", "invite"),
            ("Ana", "made", "mirror"),
            ("command line", "paused", "mirror"),
            ("command line", "resumed", "mirror"),
            ("command line", "removed", "mirror"),
            ("Ana", "removed", "member"),
        ]
    );
    let kept = serde_json::to_string(&all).unwrap();
    for content in [
        "Teatime",
        "Everyone",
        "secret-address",
        "Ben",
        &ben.member().to_string(),
    ] {
        assert!(!kept.contains(content), "{content} in {kept}");
    }
    let of_ana = store.acts_of(ana.member()).await.unwrap();
    assert!(of_ana.len() == 7 && of_ana.iter().all(|act| act.member == Some(ana.member())));
}

pub(crate) async fn whoever_leaves_becomes_a_former_member_in_what_was_done(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let store = &fresh.store;
    store.set_role(ben.member(), RoleName::Owner, start()).await.unwrap();
    ben.write(Kind::SERIES, item_id(1), teatime("wed", "15:00")).await;
    ana.write(Kind::SERIES, item_id(2), teatime("thu", "15:00")).await;
    let erases = store.remove_member(ben.caller, ben.member(), Removal::Erase, start());
    erases.await.unwrap();
    let all = acts(store, start()).await;
    let series: Vec<_> = told(&all).into_iter().filter(|act| act.2 == "series").collect();
    assert_eq!(
        series,
        [("a former member", "made", "series"), ("Ana", "made", "series")]
    );
    assert!(!serde_json::to_string(&all).unwrap().contains(&ben.member().to_string()));
    assert!(
        !told(&all).contains(&("Ben", "erased", "member")),
        "who erases themselves does nothing in the team's name"
    );
}

pub(crate) async fn what_was_done_is_forgotten_after_180_days(fresh: Fresh) {
    let (ana, ben) = ana_and_ben(&fresh).await;
    let store = &fresh.store;
    store.set_role(ben.member(), RoleName::Admin, start()).await.unwrap();
    store.set_role(ben.member(), RoleName::Member, hours(1)).await.unwrap();
    let since = store.acts(hours(1), hours(1)).await.unwrap();
    assert_eq!(told(&since), [("command line", "changed", "role")]);
    let last_moment = start().plus(ACTS_KEPT);
    let is_kept = |now| async move {
        told(&acts(store, now).await)
            .iter()
            .filter(|act| act.2 == "role")
            .count()
    };
    assert_eq!(is_kept(last_moment).await, 2);
    let over = last_moment.plus(Duration::from_millis(1));
    assert_eq!(
        is_kept(over).await,
        1,
        "it is not told, whether it was forgotten or not"
    );
    store.forget_acts(over).await.unwrap();
    assert_eq!(is_kept(start()).await, 1);
    assert!(store.acts_of(ana.member()).await.unwrap().is_empty());
}

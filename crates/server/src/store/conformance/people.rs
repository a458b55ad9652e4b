//! Who comes in.

use samovar_domain::Kind;
use samovar_domain::kinds::role_id;

use super::*;

pub(crate) async fn of_fifty_who_race_for_one_invite_one_gets_in(fresh: Fresh) {
    invite(&fresh.store, "secret", false, 1).await;
    let racers: Vec<_> = (0..50)
        .map(|n| {
            let store = Arc::clone(&fresh.store);
            tokio::spawn(async move {
                store
                    .join(
                        newcomer("secret", &format!("Racer {n}"), &format!("token {n}")),
                        start(),
                    )
                    .await
            })
        })
        .collect();
    let mut inside = 0;
    for racer in racers {
        match racer.await.unwrap() {
            Ok(_) => inside += 1,
            refused => assert_eq!(code(refused), "invite_used_up"),
        }
    }
    assert_eq!(inside, 1);
}

pub(crate) async fn the_first_to_come_owns_the_team_and_the_second_does_not(fresh: Fresh) {
    assert!(!fresh.store.has_owner().await.unwrap());
    let (ana, ben) = ana_and_ben(&fresh).await;
    assert!(fresh.store.has_owner().await.unwrap());
    assert_eq!(ben.reads(role_id(ana.member())).await.unwrap()["role"], "owner");
    assert_eq!(ben.reads(role_id(ben.member())).await.unwrap()["role"], "member");
    let profile = ben.reads(ana.member().into()).await.unwrap();
    assert_eq!(profile["name"], "Ana");
    assert_eq!(profile["hours"]["mon"], json!(["09:00-17:00"]));
    let team = fresh.store.team().await.unwrap();
    assert_eq!(ben.reads(team.id.into()).await.unwrap()["name"], "Samovar");
}

pub(crate) async fn an_owner_invite_makes_one_owner_whatever_else_was_printed(fresh: Fresh) {
    invite(&fresh.store, "printed at the first start", true, 1).await;
    invite(&fresh.store, "for five", true, 5).await;
    let store = &fresh.store;
    let enter = |invite: &'static str, n: u32| store.join(newcomer(invite, "Somebody", &format!("token {n}")), start());
    let first = enter("for five", 0).await.unwrap();
    assert_eq!(
        code(enter("printed at the first start", 1).await),
        "invite_used_up",
        "nobody takes the team over with it"
    );
    let reader = Session {
        caller: Caller {
            member: first.member,
            device: first.device,
        },
        ..join(store, "Ben", false).await
    };
    assert_eq!(reader.reads(role_id(first.member)).await.unwrap()["role"], "owner");
    for n in 2..6 {
        let next = enter("for five", n).await.unwrap();
        assert_eq!(reader.reads(role_id(next.member)).await.unwrap()["role"], "member");
    }
    assert_eq!(code(enter("for five", 6).await), "invite_used_up");
    // One that is made while there is an owner, by whatever mistake, makes no other.
    invite(store, "late", true, 1).await;
    let late = enter("late", 7).await.unwrap();
    assert_eq!(reader.reads(role_id(late.member)).await.unwrap()["role"], "member");
}

/// The answer to a join was lost: whoever sends it again is who they were, and nobody is there twice.
pub(crate) async fn a_join_that_is_sent_again_is_answered_with_the_same_member(fresh: Fresh) {
    invite(&fresh.store, "secret", false, 1).await;
    let key = Some(Uuid::from_u128(1));
    let with = |join_key, token: &str, now| {
        let newcomer = Newcomer {
            join_key,
            ..newcomer("secret", "Ana", token)
        };
        fresh.store.join(newcomer, now)
    };
    let first = with(key, "token 1", start()).await.unwrap();
    let head = fresh.store.team().await.unwrap().head;
    fresh.store.forget_invites(hours(100)).await.unwrap();
    let again = with(key, "token 2", hours(100)).await.unwrap();
    assert_eq!(again, first);
    assert_eq!(fresh.store.team().await.unwrap().head, head, "no ghost beside them");
    let caller = Caller {
        member: first.member,
        device: first.device,
    };
    assert_eq!(fresh.store.caller("token 2").await.unwrap(), Some(caller));
    assert_eq!(fresh.store.caller("token 1").await.unwrap(), None);
    assert_eq!(code(with(None, "token 3", start()).await), "invite_used_up");
    assert_eq!(
        code(with(Some(Uuid::from_u128(2)), "token 3", start()).await),
        "invite_used_up"
    );
    assert_eq!(
        code(with(key, "token 3", hours(120)).await),
        "invite_used_up",
        "its life is over"
    );
    fresh.store.forget_invites(hours(120)).await.unwrap();
    assert_eq!(code(with(key, "token 3", start()).await), "invite_unknown");
}

pub(crate) async fn invites_are_forgotten_when_they_are_over_or_used_up(fresh: Fresh) {
    let ana = join(&fresh.store, "Ana", true).await;
    for (secret, uses, expires_at) in [("open", 2, hours(2)), ("used", 1, hours(2)), ("over", 2, hours(1))] {
        let invite = NewInvite {
            token_hash: secret.to_owned(),
            maker: Some(ana.caller),
            is_owner: false,
            uses,
            expires_at,
        };
        fresh.store.add_invite(invite, start()).await.unwrap();
    }
    let enter = |secret, token| fresh.store.join(newcomer(secret, "Ben", token), hours(1));
    enter("used", "token 1").await.unwrap();
    assert_eq!(fresh.store.invites_of(ana.member()).await.unwrap().len(), 3);
    fresh.store.forget_invites(hours(1)).await.unwrap();
    let kept = fresh.store.invites_of(ana.member()).await.unwrap();
    assert_eq!(kept.iter().map(|invite| invite.uses_left).collect::<Vec<_>>(), [2]);
    for gone in ["used", "over"] {
        assert_eq!(code(enter(gone, "token 2").await), "invite_unknown");
    }
    enter("open", "token 3").await.unwrap();
}

pub(crate) async fn invites_are_refused_with_their_reason(fresh: Fresh) {
    let ana = join(&fresh.store, "Ana", true).await;
    invite(&fresh.store, "twice", false, 2).await;
    assert!(fresh.store.invite_is_open("twice", start()).await.unwrap());
    for n in 0..2 {
        fresh
            .store
            .join(newcomer("twice", "Somebody", &format!("token {n}")), start())
            .await
            .unwrap();
    }
    assert_eq!(
        code(fresh.store.join(newcomer("twice", "Late", "t"), start()).await),
        "invite_used_up"
    );
    assert!(!fresh.store.invite_is_open("twice", start()).await.unwrap());
    assert_eq!(
        code(fresh.store.join(newcomer("never made", "Guess", "t"), start()).await),
        "invite_unknown"
    );
    invite(&fresh.store, "old", false, 1).await;
    assert_eq!(
        code(fresh.store.join(newcomer("old", "Slow", "t"), hours(121)).await),
        "invite_expired"
    );
    assert!(!fresh.store.invite_is_open("old", hours(121)).await.unwrap());
    let open = fresh.store.invites(Some(ana.member()), start()).await.unwrap();
    assert_eq!(open.len(), 1, "only what still lets somebody in");
    fresh
        .store
        .delete_invite(Some(ana.caller), open[0].id, start())
        .await
        .unwrap();
    assert_eq!(
        code(fresh.store.join(newcomer("old", "Shut out", "t"), start()).await),
        "invite_unknown"
    );
}

pub(crate) async fn only_admins_invite(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let by = |maker: &Session, secret: &str| NewInvite {
        token_hash: secret.to_owned(),
        maker: Some(maker.caller),
        is_owner: false,
        uses: 1,
        expires_at: hours(1),
    };
    assert_eq!(code(fresh.store.add_invite(by(&ben, "b"), start()).await), "not_admin");
    assert_eq!(
        code(fresh.store.invites(Some(ben.member()), start()).await),
        "not_admin"
    );
    let id = fresh.store.add_invite(by(&ana, "a"), start()).await.unwrap();
    assert_eq!(
        code(fresh.store.delete_invite(Some(ben.caller), id, start()).await),
        "not_admin"
    );
    ana.write(
        Kind::ROLE,
        role_id(ben.member()),
        json!({ "member": ben.member(), "role": "admin" }),
    )
    .await;
    fresh.store.add_invite(by(&ben, "b"), start()).await.unwrap();
}

pub(crate) async fn somebody_whose_name_cannot_be_uses_no_invite_up(fresh: Fresh) {
    invite(&fresh.store, "secret", false, 1).await;
    for (name, zone, expect) in [
        ("", "Europe/Berlin", "empty"),
        ("\u{202E}anA", "Europe/Berlin", "bad_characters"),
        ("Ana", "Mars/Base", "bad_time_zone"),
    ] {
        let wrong = Newcomer {
            time_zone: zone.to_owned(),
            ..newcomer("secret", name, "token")
        };
        assert_eq!(code(fresh.store.join(wrong, start()).await), expect, "{name:?}");
    }
    fresh
        .store
        .join(newcomer("secret", "Ana", "token"), start())
        .await
        .unwrap();
}

pub(crate) async fn a_device_that_is_ended_is_not_known_any_more(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let laptop = fresh
        .store
        .enrol(ana.caller, "laptop", "laptop's token", start())
        .await
        .unwrap();
    assert_eq!(
        fresh.store.caller("laptop's token").await.unwrap(),
        Some(Caller {
            device: laptop,
            ..ana.caller
        })
    );
    let names: Vec<_> = fresh
        .store
        .devices(ana.caller)
        .await
        .unwrap()
        .into_iter()
        .map(|d| (d.name, d.is_this))
        .collect();
    assert_eq!(names, [("desk".to_owned(), true), ("laptop".to_owned(), false)]);
    assert_eq!(
        code(fresh.store.delete_device(ben.caller, laptop, start()).await),
        "not_found"
    );
    fresh.store.delete_device(ana.caller, laptop, start()).await.unwrap();
    assert_eq!(fresh.store.caller("laptop's token").await.unwrap(), None);
    let from_laptop = Session {
        caller: Caller {
            device: laptop,
            ..ana.caller
        },
        ..ana.clone()
    };
    let op = ana.op(Kind::SNAPSHOT, item_id(1), snapshot("too late"));
    assert_eq!(
        from_laptop.send(vec![op], start()).await,
        Err(StoreError::UnknownDevice)
    );
}

/// Its token was looked up a moment ago; by the time of the write it is no leave any more.
pub(crate) async fn a_device_that_was_ended_writes_nothing(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let store = &fresh.store;
    let laptop = store
        .enrol(ana.caller, "laptop", "laptop's token", start())
        .await
        .unwrap();
    let ended = Caller {
        device: laptop,
        ..ana.caller
    };
    assert!(store.knows(ended).await.unwrap());
    store.delete_device(ana.caller, laptop, start()).await.unwrap();
    store
        .remove_member(ana.caller, ben.member(), super::super::Removal::ByAdmin, start())
        .await
        .unwrap();
    for caller in [ended, ben.caller] {
        assert!(!store.knows(caller).await.unwrap());
        let invite = NewInvite {
            token_hash: "never".to_owned(),
            maker: Some(caller),
            is_owner: false,
            uses: 1,
            expires_at: hours(1),
        };
        let unknown = Err(StoreError::UnknownDevice);
        let enrolled = store.enrol(caller, "back door", "another token", start()).await;
        assert_eq!(enrolled.map(|_| ()), unknown);
        assert_eq!(store.add_blob(caller, BlobHash::of(b"cake"), 4, start()).await, unknown);
        assert_eq!(store.add_invite(invite, start()).await.map(|_| ()), unknown);
        assert_eq!(store.delete_device(caller, ana.caller.device, start()).await, unknown);
        let removal = store.remove_member(caller, caller.member, super::super::Removal::Erase, start());
        assert_eq!(removal.await, unknown);
    }
    assert_eq!(store.caller("another token").await.unwrap(), None);
    let op = ben.op(Kind::SNAPSHOT, item_id(1), snapshot("still here?"));
    assert_eq!(ben.send(vec![op], start()).await, Err(StoreError::UnknownDevice));
    ana.say(2, "and on").await;
}

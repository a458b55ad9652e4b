//! Signing in by a company's provider, as far as it is the store's.

use samovar_domain::kinds::RoleName;

use super::super::{NewSignIn, Removal};
use super::*;

fn code(hash: &str, subject: &str, role: Option<RoleName>) -> NewSignIn {
    NewSignIn {
        token_hash: hash.to_owned(),
        subject: subject.to_owned(),
        role,
        expires_at: hours(1),
    }
}

async fn member_of(store: &Arc<dyn Store>, hash: &str, token: &str) -> MemberId {
    store.join(newcomer(hash, "Mia", token), start()).await.unwrap().member
}

pub(crate) async fn a_sign_in_comes_back_once_in_its_browser_and_in_time(fresh: Fresh) {
    let store = &fresh.store;
    let begin = |state: &'static str| store.begin_sign_in(state, "browser", hours(1), start());
    begin("state").await.unwrap();
    let ends = |state: &'static str, browser: &'static str, now| store.end_sign_in(state, browser, now);
    assert_eq!(ends("state", "another", start()).await, Ok(false));
    assert_eq!(ends("another", "browser", start()).await, Ok(false));
    assert_eq!(ends("state", "browser", start()).await, Ok(true));
    assert_eq!(ends("state", "browser", start()).await, Ok(false));
    begin("slow").await.unwrap();
    assert_eq!(ends("slow", "browser", hours(1)).await, Ok(false));
}

pub(crate) async fn one_subject_is_one_member_with_the_role_of_their_groups(fresh: Fresh) {
    let (ana, _) = ana_and_ben(&fresh).await;
    let store = &fresh.store;
    let signs_in = |hash: &'static str, role| store.add_sign_in(code(hash, "subject", role), start());
    signs_in("one", Some(RoleName::Admin)).await.unwrap();
    let mia = member_of(store, "one", "first").await;
    let role = |role| async move {
        store
            .people()
            .await
            .unwrap()
            .iter()
            .any(|who| who.id == mia && who.role == role)
    };
    assert!(role(RoleName::Admin).await);
    // Groups say nothing: what was given in the team stays.
    signs_in("two", None).await.unwrap();
    assert_eq!(member_of(store, "two", "second").await, mia);
    assert!(role(RoleName::Admin).await);
    signs_in("three", Some(RoleName::Member)).await.unwrap();
    assert!(role(RoleName::Member).await, "as soon as they have signed in");
    assert_eq!(store.devices_of(Some(mia)).await.unwrap().len(), 2);
    assert!(store.signs_in(mia).await.unwrap() && !store.signs_in(ana.member()).await.unwrap());
    assert!(store.invites(None, start()).await.unwrap().is_empty());
    let acts = store.acts(Timestamp::default(), start()).await.unwrap();
    let told: Vec<_> = acts.iter().map(|act| (&*act.by, &*act.thing)).collect();
    assert_eq!(
        told.iter().filter(|act| **act == ("sign-in", "role")).count(),
        2,
        "{told:?}"
    );
    store.take_out(mia, Removal::Erase, start()).await.unwrap();
    assert!(!store.signs_in(mia).await.unwrap());
    assert!(store.join(newcomer("three", "Mia", "third"), start()).await.is_err());
    signs_in("four", None).await.unwrap();
    assert_ne!(member_of(store, "four", "fourth").await, mia);
}

pub(crate) async fn a_code_gives_what_groups_said_last(fresh: Fresh) {
    let (ana, _) = ana_and_ben(&fresh).await;
    let store = &fresh.store;
    let signs_in = |hash: &'static str, role| store.add_sign_in(code(hash, "subject", role), start());
    signs_in("as admin", Some(RoleName::Admin)).await.unwrap();
    signs_in("as member", Some(RoleName::Member)).await.unwrap();
    let mia = member_of(store, "as admin", "first").await;
    let people = store.people().await.unwrap();
    let of = |member| people.iter().find(|who| who.id == member).unwrap().role;
    assert_eq!(of(mia), RoleName::Member, "who has left the admins meanwhile");
    assert_eq!(of(ana.member()), RoleName::Owner, "nobody else");
}

pub(crate) async fn what_came_of_a_sign_in_is_forgotten(fresh: Fresh) {
    let store = &fresh.store;
    store.add_sign_in(code("one", "subject", None), start()).await.unwrap();
    assert!(store.invite_is_open("one", start()).await.unwrap());
    store.forget_invites(hours(1)).await.unwrap();
    assert!(!store.invite_is_open("one", start()).await.unwrap());
    let late = store.join(newcomer("one", "Mia", "late"), start()).await;
    assert_eq!(super::code(late), "invite_unknown");
}

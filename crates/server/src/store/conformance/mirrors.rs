//! What waits at mirrors: queued with the item, taken in order, and never begun twice where a service would show it twice.

use samovar_domain::wire::{MirrorRequest, MirrorState, MirrorSubject, MirrorTarget};
use samovar_domain::{Audience, MirrorId};

use super::super::{MirrorChange, Removal};
use super::*;
use crate::mirrors::{Deed, Load, Message, Outcome, Trouble};

fn slack() -> MirrorTarget {
    MirrorTarget::SlackWebhook {
        url: "https://hooks.slack.com/services/T/B/secret-path".to_owned(),
    }
}

fn matrix() -> MirrorTarget {
    MirrorTarget::Matrix {
        server: "https://matrix.example.org".to_owned(),
        room: "!tea:example.org".to_owned(),
        token: "secret-token".to_owned(),
    }
}

async fn add(fresh: &Fresh, asker: Option<Caller>, target: MirrorTarget) -> StoreResult<MirrorId> {
    let request = MirrorRequest {
        name: "everyone's channel".to_owned(),
        target,
        shows: vec![MirrorSubject::Kudos, MirrorSubject::Gatherings],
        language: None,
    };
    fresh.store.add_mirror(asker, request, start()).await
}

async fn take(fresh: &Fresh, mirror: MirrorId, now: Timestamp) -> Option<Load> {
    fresh.store.take_load(mirror, now).await.unwrap()
}

async fn settle(fresh: &Fresh, load: Load, outcome: Outcome, now: Timestamp) {
    fresh.store.settle_load(load, outcome, now).await.unwrap();
}

fn done() -> Outcome {
    Outcome::Done {
        reference: Some("message".to_owned()),
    }
}

fn reason_of(load: &Load) -> &str {
    match &load.deed {
        Deed::Show(Message::Kudos { reason, .. }) => reason,
        other => panic!("not thanks: {other:?}"),
    }
}

fn thanks(to: &Session, reason: &str) -> Value {
    json!({ "to": [to.member()], "reason": reason })
}

pub(crate) async fn thanks_wait_at_a_mirror_as_soon_as_they_are_written(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    ana.write(Kind::KUDOS, item_id(1), kudos(&ben)).await;
    let mirror = add(&fresh, Some(ana.caller), slack()).await.unwrap();
    assert_eq!(
        take(&fresh, mirror, start()).await,
        None,
        "what was said before is no news"
    );
    assert!(fresh.store.mirrors_due().await.unwrap().is_empty());

    // One call of four ops, of which one is refused: only what was written waits.
    let ops = vec![
        ana.op(Kind::KUDOS, item_id(2), thanks(&ben, "The first of three, and taken.")),
        ana.op(Kind::KUDOS, item_id(3), thanks(&ben, "short")),
        ana.op(
            Kind::KUDOS,
            item_id(4),
            thanks(&ben, "The second one, which is taken too."),
        ),
    ];
    ana.send(ops, start()).await.unwrap();
    let few = Audience::Only(vec![ana.member()]);
    ben.write_for(
        start(),
        few,
        Kind::KUDOS,
        item_id(5),
        thanks(&ana, "Between the two of us."),
    )
    .await;
    let due = fresh.store.mirrors_due().await.unwrap();
    assert_eq!(
        due.iter().map(|due| (due.mirror, due.at)).collect::<Vec<_>>(),
        [(mirror, start())]
    );

    let first = take(&fresh, mirror, start()).await.unwrap();
    assert!(reason_of(&first).starts_with("The first"));
    settle(&fresh, first, done(), start()).await;
    let second = take(&fresh, mirror, start()).await.unwrap();
    assert!(reason_of(&second).starts_with("The second"));
    settle(&fresh, second, done(), start()).await;
    assert_eq!(take(&fresh, mirror, start()).await, None);
}

pub(crate) async fn what_was_begun_when_the_endpoint_ended_is_not_said_twice(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let knows = add(&fresh, None, matrix()).await.unwrap();
    let knows_not = add(&fresh, None, slack()).await.unwrap();
    ana.write(Kind::KUDOS, item_id(1), kudos(&ben)).await;
    let (at_matrix, at_slack) = (
        take(&fresh, knows, start()).await,
        take(&fresh, knows_not, start()).await,
    );
    assert!(at_matrix.is_some() && at_slack.is_some());
    // Nothing is settled: the endpoint was killed. Matrix knows the call by its name, Slack does not.
    assert_eq!(take(&fresh, knows, hours(1)).await, at_matrix);
    assert_eq!(take(&fresh, knows_not, hours(1)).await, None);
    let health = fresh.store.mirrors(None, hours(1)).await.unwrap();
    for health in health {
        assert_eq!(health.uncertain, u32::from(health.id == knows_not));
    }
    // It may stand there, so it is followed up when it is deleted.
    ana.write(Kind::KUDOS, item_id(1), Value::Null).await;
    let deed = take(&fresh, knows_not, hours(2)).await.unwrap().deed;
    assert_eq!(
        deed,
        Deed::TakeBack {
            item: item_id(1),
            reference: None
        }
    );
}

pub(crate) async fn what_is_deleted_before_it_is_shown_never_is(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let mirror = add(&fresh, None, matrix()).await.unwrap();
    ana.write(Kind::KUDOS, item_id(1), kudos(&ben)).await;
    ana.write(Kind::KUDOS, item_id(1), Value::Null).await;
    assert_eq!(take(&fresh, mirror, start()).await, None);
    // Deleted while the call that shows it is under way: it is taken back behind it.
    ana.write(Kind::KUDOS, item_id(2), kudos(&ben)).await;
    let load = take(&fresh, mirror, start()).await.unwrap();
    ana.write(Kind::KUDOS, item_id(2), Value::Null).await;
    settle(&fresh, load, done(), start()).await;
    let deed = take(&fresh, mirror, start()).await.unwrap().deed;
    let reference = Some("message".to_owned());
    assert_eq!(
        deed,
        Deed::TakeBack {
            item: item_id(2),
            reference
        }
    );
}

pub(crate) async fn what_changes_while_nobody_knows_whether_it_is_shown_is_put_right(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let mirror = add(&fresh, None, matrix()).await.unwrap();
    let cut = Outcome::Unknown(Trouble::Cut);
    ana.write(Kind::KUDOS, item_id(1), kudos(&ben)).await;
    let load = take(&fresh, mirror, start()).await.unwrap();
    settle(&fresh, load, cut.clone(), start()).await;
    ana.write(
        Kind::KUDOS,
        item_id(1),
        thanks(&ben, "Other words, within ten minutes."),
    )
    .await;
    // The same call again, by its name: what stands there may be the old words, so they are changed.
    let load = take(&fresh, mirror, hours(1)).await.unwrap();
    assert!(matches!(load.deed, Deed::Show(_)), "{load:?}");
    settle(&fresh, load, done(), hours(1)).await;
    let load = take(&fresh, mirror, hours(1)).await.unwrap();
    assert!(matches!(load.deed, Deed::Change { .. }), "{load:?}");
    settle(&fresh, load, done(), hours(1)).await;

    // Deleted while nobody knows: it is taken back, for it may stand there.
    ana.write_at(hours(1), Kind::KUDOS, item_id(2), kudos(&ben)).await;
    let load = take(&fresh, mirror, hours(1)).await.unwrap();
    settle(&fresh, load, cut, hours(1)).await;
    ana.write_at(hours(1), Kind::KUDOS, item_id(2), Value::Null).await;
    let load = take(&fresh, mirror, hours(2)).await.unwrap();
    assert!(matches!(load.deed, Deed::TakeBack { .. }), "{load:?}");
    settle(&fresh, load, done(), hours(2)).await;
    assert_eq!(take(&fresh, mirror, hours(2)).await, None);
}

pub(crate) async fn what_an_erased_member_said_is_taken_back(fresh: Fresh) {
    let (ana, mut ben) = ana_and_ben(&fresh).await;
    let mirror = add(&fresh, None, matrix()).await.unwrap();
    ben.write(Kind::KUDOS, item_id(1), kudos(&ana)).await;
    let load = take(&fresh, mirror, start()).await.unwrap();
    settle(&fresh, load, done(), start()).await;
    let erased = fresh
        .store
        .remove_member(ben.caller, ben.member(), Removal::Erase, hours(1));
    erased.await.unwrap();
    let load = take(&fresh, mirror, hours(1)).await.unwrap();
    assert!(matches!(load.deed, Deed::TakeBack { .. }), "{load:?}");
    settle(&fresh, load, done(), hours(1)).await;
    assert_eq!(take(&fresh, mirror, hours(1)).await, None);
}

pub(crate) async fn a_gathering_waits_until_it_is_about_to_start(fresh: Fresh) {
    let (mut ana, _) = ana_and_ben(&fresh).await;
    ana.write(Kind::SERIES, item_id(1), teatime("wed", "15:00")).await;
    let mirror = add(&fresh, None, slack()).await.unwrap();
    // 15:00 in Berlin on Wednesday, less ten minutes.
    let at: Timestamp = "2026-11-25T13:50:00.000Z".parse().unwrap();
    assert_eq!(fresh.store.mirrors_due().await.unwrap()[0].at, at);
    assert_eq!(take(&fresh, mirror, at.plus_minutes(-1)).await, None);
    // The series moves half an hour on, and the gathering with it.
    ana.write(Kind::SERIES, item_id(1), teatime("wed", "15:30")).await;
    assert_eq!(take(&fresh, mirror, at).await, None);
    let load = take(&fresh, mirror, at.plus_minutes(30)).await.unwrap();
    assert!(matches!(&load.deed, Deed::Show(Message::Gathering { title, .. }) if title == "Teatime"));
    settle(&fresh, load, done(), at.plus_minutes(30)).await;
    // The endpoint was away while the next one took place.
    let late: Timestamp = "2026-12-02T15:01:00.000Z".parse().unwrap();
    assert_eq!(take(&fresh, mirror, late).await, None);
    // When it is over it goes, and that is no news either.
    fresh
        .store
        .expire(at.plus(Duration::from_hours(24 * 60)))
        .await
        .unwrap();
    assert_eq!(take(&fresh, mirror, late).await, None);
}

pub(crate) async fn a_mirror_that_fails_waits_and_is_broken_off_after_a_day(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let mirror = add(&fresh, None, slack()).await.unwrap();
    ana.write(Kind::KUDOS, item_id(1), kudos(&ben)).await;
    let failing = Outcome::Later {
        after: None,
        trouble: Trouble::Failing,
    };
    let mut now = start();
    let mut tries = 0;
    while let Some(due) = fresh.store.mirrors_due().await.unwrap().first() {
        now = due.at.max(now);
        let load = take(&fresh, mirror, now).await.unwrap();
        settle(&fresh, load, failing.clone(), now).await;
        tries += 1;
    }
    assert_eq!(now, hours(24), "the last try is made when the day is over");
    assert!((25..40).contains(&tries), "{tries} tries");
    let health = fresh.store.mirrors(None, now).await.unwrap().remove(0);
    assert_eq!((health.state, health.waiting), (MirrorState::Broken, 1));
    assert_eq!(health.failing_since, Some(start()));
}

pub(crate) async fn only_admins_have_mirrors_and_a_removed_one_is_forgotten(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let store = &fresh.store;
    assert_eq!(code(add(&fresh, Some(ben.caller), slack()).await), "not_admin");
    let mirror = add(&fresh, Some(ana.caller), slack()).await.unwrap();
    assert_eq!(code(store.mirrors(Some(ben.caller), start()).await), "not_admin");
    assert_eq!(code(store.mirror_target(Some(ben.caller), mirror).await), "not_admin");
    let change = |by: &Session, change| store.change_mirror(Some(by.caller), mirror, change, start());
    assert_eq!(code(change(&ben, MirrorChange::Pause).await), "not_admin");
    ana.write(Kind::KUDOS, item_id(1), kudos(&ben)).await;
    let load = take(&fresh, mirror, start()).await.unwrap();
    change(&ana, MirrorChange::Remove).await.unwrap();
    // What comes of a call that was under way concerns nobody any more.
    settle(&fresh, load, done(), start()).await;
    assert_eq!(code(change(&ana, MirrorChange::Resume).await), "not_found");
    assert!(store.mirrors(Some(ana.caller), start()).await.unwrap().is_empty());
    assert!(store.mirrors_due().await.unwrap().is_empty());
}

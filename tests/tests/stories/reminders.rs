//! Notifications that have their time: they come in it, wait when they must, and go when it has passed.

use std::time::Duration;

use samovar_core::api::{NotificationAction, PauseEnd, Request};
use samovar_domain::kinds::{Activity, Series, Slot, Weekday};
use samovar_testkit::{Desktop, Endpoint, FakeClock};

use crate::main_job::ana_and_ben;

/// It is three; teatime is at half past.
async fn a_teatime_is_planned() -> (FakeClock, Endpoint, Desktop, Desktop) {
    let (clock, endpoint, ana, ben) = ana_and_ben().await;
    let plan = Series::weekly(
        Activity::Teatime,
        "Teatime",
        Slot::new(Weekday::Mon, "15:30", "UTC"),
        60,
    );
    ana.ask(Request::SaveSeries {
        series: None,
        plan: plan.into(),
    })
    .await;
    ana.sees("the teatime", |today| today.gathering.is_some()).await;
    (clock, endpoint, ana, ben)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_makes_no_sense_any_more_is_taken_off_the_screen() {
    let (clock, _endpoint, ana, _ben) = a_teatime_is_planned().await;
    clock.advance(Duration::from_mins(20));
    let soon = ana.notifier.hears("Teatime in 10 minutes").await;
    assert!(ana.notifier.withdrawn().is_empty());

    clock.advance(Duration::from_mins(10));
    let begins = ana.notifier.hears("Teatime begins").await;
    ana.notifier.withdraws(&soon.key).await;
    assert!(!ana.notifier.withdrawn().contains(&begins.key), "it is on");

    clock.advance(Duration::from_mins(15));
    ana.notifier.withdraws(&begins.key).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_announces_a_gathering_that_is_cancelled_is_taken_off_the_screen() {
    let (clock, _endpoint, ana, _ben) = a_teatime_is_planned().await;
    clock.advance(Duration::from_mins(20));
    let soon = ana.notifier.hears("Teatime in 10 minutes").await;
    let teatime = ana.today().await.gathering.unwrap().id;

    ana.ask(Request::Delete { item: teatime }).await;

    ana.notifier.withdraws(&soon.key).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pause_also_holds_what_was_put_off() {
    let (clock, _endpoint, ana, _ben) = a_teatime_is_planned().await;
    clock.advance(Duration::from_mins(30));
    let begins = ana.notifier.hears("Teatime begins").await;
    let (key, action) = (begins.key, NotificationAction::Snooze);
    ana.ask(Request::NotificationPressed { key, action }).await;
    let end = PauseEnd::Minutes(30);
    ana.ask(Request::PauseNotifications { end }).await;
    let before = ana.notifier.shown().len();

    clock.advance(Duration::from_mins(5));
    ana.stands("holding the teatime", |status| status.held == 1).await;
    assert_eq!(ana.notifier.shown().len(), before, "a pause is a pause");

    ana.ask(Request::PauseNotifications { end: PauseEnd::Now }).await;
    ana.stands("holding nothing", |status| status.held == 0).await;
    ana.notifier.hears("Teatime").await;
    let digest = ana.notifier.hears_after(before).await;
    assert!(digest.key.starts_with("digest:"), "{digest:?}");
    assert!(digest.body.contains("Teatime"), "{digest:?}");
}

/// Until one thing is held and nothing happens any more: a desktop that has just begun has planned once, and sleeps.
async fn holds_it_and_sleeps(clock: &FakeClock, ana: &mut Desktop) {
    ana.stands("holding it", |status| status.held == 1).await;
    ana.restarts().await;
    ana.is_online().await;
    clock.is_slept_on_for(Duration::from_mins(1)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_systems_do_not_disturb_held_comes_when_it_is_turned_off() {
    let (clock, _endpoint, mut ana, ben) = ana_and_ben().await;
    ana.notifier.inhibits(true);
    ben.shares("Not now.").await;
    holds_it_and_sleeps(&clock, &mut ana).await;
    assert!(ana.notifier.shown().is_empty());

    ana.notifier.inhibits(false);

    let digest = ana.notifier.hears("snapshot from Ben").await;
    assert!(digest.key.starts_with("digest:"));
    ana.stands("holding nothing", |status| status.held == 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_system_tells_nothing_it_is_looked_at_again_within_a_minute() {
    let (clock, _endpoint, mut ana, ben) = ana_and_ben().await;
    ana.notifier.never_tells_of_inhibition();
    ana.notifier.inhibits(true);
    ben.shares("Not now.").await;
    holds_it_and_sleeps(&clock, &mut ana).await;

    ana.notifier.inhibits(false);
    clock.advance(Duration::from_mins(1));

    ana.notifier.hears("snapshot from Ben").await;
}

//! Focus that recurs: it begins and ends by itself, lets through what it is to let through, and leaves nobody in silence.

use std::time::Duration;

use chrono_tz::Tz;
use samovar_core::api::{
    Effect, FocusEnd, FocusSettings, NotificationAction, PersonState, Request, Response, SettingsChange, Today, View,
};
use samovar_domain::hours::Hours;
use samovar_domain::kinds::{Activity, Answer, Series, Slot, Weekday};
use samovar_domain::schedule::Schedule;
use samovar_domain::snapshot_prompt::{USEFUL, prompt_at};
use samovar_domain::{Clock as _, MemberId, Timestamp};
use samovar_testkit::{Desktop, Endpoint, FakeClock};

use crate::main_job::ana_and_ben;

const REASON: &str = "The shop does not open, and only you have the key.";

/// Every day from 10:30 to 12:00 in Lima, which is half past three to five in UTC. It is three now.
fn mornings() -> FocusSettings {
    let span = "10:30-12:00".parse().unwrap();
    let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    FocusSettings {
        blocks: Hours(days.map(|day| (day, vec![span])).into()),
        note: "writing; free at noon".to_owned(),
        ..FocusSettings::default()
    }
}

pub(crate) async fn sets(desktop: &Desktop, focus: FocusSettings) {
    let change = SettingsChange {
        focus: Some(focus),
        ..SettingsChange::default()
    };
    desktop.ask(Request::ChangeSettings { change }).await;
}

async fn begin(focus: FocusSettings) -> (FakeClock, Endpoint, Desktop, Desktop) {
    let (clock, endpoint, ana, ben) = ana_and_ben().await;
    sets(&ana, focus).await;
    (clock, endpoint, ana, ben)
}

/// Until when somebody is in focus, as others see it.
fn focus_of(today: &Today, name: &str) -> Option<(Timestamp, Option<String>, bool)> {
    let person = today.people.iter().find(|now| now.person.name == name)?;
    match &person.state {
        PersonState::Focusing {
            until,
            note,
            is_reachable,
            ..
        } => Some((*until, note.clone(), *is_reachable)),
        _ => None,
    }
}

async fn ben_sees_focus(ben: &Desktop, until: &str) {
    let until: Timestamp = until.parse().unwrap();
    ben.sees(&format!("Ana in focus until {until}"), |today| {
        focus_of(today, "Ana").is_some_and(|(end, ..)| end == until)
    })
    .await;
}

async fn is_in_focus_until(ana: &Desktop, until: &str) {
    let until: Timestamp = until.parse().unwrap();
    ana.stands("in focus", |status| status.focus_until == Some(until)).await;
}

async fn is_free(ana: &Desktop) {
    ana.stands("free", |status| status.focus_until.is_none()).await;
}

/// Until the desktop has looked at the clock, and sleeps until then.
async fn sleeps_until(clock: &FakeClock, until: &str) {
    let until: Timestamp = until.parse().unwrap();
    clock.is_slept_on_for(until.since(clock.now())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_block_begins_by_itself_and_kudos_wait_for_its_end_as_one_digest() {
    let (clock, _endpoint, ana, ben) = begin(mornings()).await;
    sleeps_until(&clock, "2026-11-23T15:30:00Z").await;
    clock.advance(Duration::from_mins(30));
    ben_sees_focus(&ben, "2026-11-23T17:00:00Z").await;
    let seen = focus_of(&ben.today().await, "Ana").unwrap();
    assert_eq!(seen.1.as_deref(), Some("writing; free at noon"));
    assert!(!seen.2, "she has allowed nobody to break through");

    let me = ana.me().await;
    ben.thanks(me, "Thank you for the calm handover.").await;
    ben.thanks(me, "And for the good bread on Friday.").await;
    ana.stands("holding both", |status| status.held == 2).await;
    assert!(ana.notifier.shown().is_empty(), "nothing disturbs a focus");
    let Response::Held { items } = ana.ask(Request::Waiting).await else {
        panic!("it says what waits")
    };
    assert_eq!(items[0].title, "Kudos from Ben");

    clock.set("2026-11-23T17:00:00Z");
    let digest = ana.notifier.hears("While you were heads down").await;
    assert_eq!(digest.body, "2 kudos from Ben");
    is_free(&ana).await;
    ana.stands("holding nothing", |status| status.held == 0).await;
    assert_eq!(ana.notifier.shown().len(), 1, "one digest, and nothing else");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_block_that_was_ended_by_hand_stays_ended_until_the_next_day() {
    let (clock, _endpoint, mut ana, ben) = begin(mornings()).await;
    clock.set("2026-11-23T15:30:00Z");
    is_in_focus_until(&ana, "2026-11-23T17:00:00Z").await;

    ana.ask(Request::EndFocus).await;
    is_free(&ana).await;
    ana.restarts().await;
    ana.is_online().await;
    // It has looked at the clock, and sleeps until tomorrow's.
    sleeps_until(&clock, "2026-11-24T15:30:00Z").await;
    assert_eq!(ana.status().await.focus_until, None);

    clock.set("2026-11-24T15:30:00Z");
    ben_sees_focus(&ben, "2026-11-24T17:00:00Z").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desktop_that_was_off_or_asleep_begins_late_with_the_blocks_own_end() {
    let (clock, _endpoint, mut ana, ben) = begin(mornings()).await;
    ana.core.close().await;
    clock.set("2026-11-23T16:10:00Z");
    ana.restarts().await;
    ben_sees_focus(&ben, "2026-11-23T17:00:00Z").await;

    // In the middle it only goes on.
    ana.restarts().await;
    ana.is_online().await;
    is_in_focus_until(&ana, "2026-11-23T17:00:00Z").await;

    // The computer sleeps over the end and the whole night.
    clock.set("2026-11-24T16:59:00Z");
    ben_sees_focus(&ben, "2026-11-24T17:00:00Z").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_focus_of_ones_own_goes_on_with_the_block_and_a_change_by_hand_stands() {
    let (clock, _endpoint, ana, _ben) = begin(mornings()).await;
    clock.advance(Duration::from_mins(20));
    ana.ask(Request::StartFocus {
        end: FocusEnd::Minutes(25),
        note: Some("the budget".to_owned()),
    })
    .await;
    clock.set("2026-11-23T15:30:00Z");
    is_in_focus_until(&ana, "2026-11-23T17:00:00Z").await;
    assert_eq!(ana.today().await.focus.unwrap().note.as_deref(), Some("the budget"));

    ana.focuses(10).await;
    is_in_focus_until(&ana, "2026-11-23T15:40:00Z").await;
    clock.set("2026-11-23T15:40:00Z");
    is_free(&ana).await;
    sleeps_until(&clock, "2026-11-24T15:30:00Z").await;
    assert_eq!(ana.status().await.focus_until, None, "restart is by hand");
}

async fn calls(ben: &Desktop, ana: MemberId, reason: &str) {
    let (to, reason) = (ana, reason.to_owned());
    ben.ask(Request::BreakThrough { to, reason }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_a_reason_comes_through_once_and_not_more_often_than_allowed() {
    let allowing = FocusSettings {
        break_throughs: 1,
        ..mornings()
    };
    let (clock, _endpoint, mut ana, ben) = begin(allowing).await;
    let me = ana.me().await;
    let (to, reason) = (me, REASON.to_owned());
    let refusal = ben.is_refused(Request::BreakThrough { to, reason }).await;
    assert_eq!(refusal.code, "not_reachable", "she is not in focus");

    clock.set("2026-11-23T15:30:00Z");
    ben_sees_focus(&ben, "2026-11-23T17:00:00Z").await;
    assert!(focus_of(&ben.today().await, "Ana").unwrap().2, "she lets one through");
    let (to, reason) = (me, "Please!".to_owned());
    let refusal = ben.is_refused(Request::BreakThrough { to, reason }).await;
    assert_eq!(refusal.code, "reason_too_short");

    calls(&ben, me, REASON).await;
    let told = ana.notifier.hears(REASON).await;
    assert_eq!(told.title, "Ben: it cannot wait");
    ana.restarts().await;
    ana.is_online().await;
    calls(&ben, me, "And now the cat is in there as well.").await;
    ana.stands("holding the second one", |status| status.held == 1).await;
    assert_eq!(ana.notifier.shown().len(), 1, "one a day");

    clock.set("2026-11-23T17:00:00Z");
    let digest = ana.notifier.hears("While you were heads down").await;
    assert_eq!(digest.body, "Ben tried to reach you");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_teatime_that_one_comes_to_ends_the_focus_two_minutes_before() {
    let sociable = FocusSettings {
        gathering_ends_focus: true,
        ..mornings()
    };
    let (clock, _endpoint, ana, ben) = begin(sociable).await;
    let plan = Series::weekly(
        Activity::Teatime,
        "Teatime",
        Slot::new(Weekday::Mon, "16:00", "UTC"),
        30,
    );
    ana.ask(Request::SaveSeries {
        series: None,
        plan: plan.into(),
    })
    .await;
    let today = ana.sees("the teatime", |today| today.gathering.is_some()).await;
    let gathering = today.gathering.unwrap().id;
    ana.ask(Request::Answer {
        gathering,
        answer: Answer::Yes,
    })
    .await;
    clock.set("2026-11-23T15:30:00Z");
    ben_sees_focus(&ben, "2026-11-23T17:00:00Z").await;
    ben.shares("The kettle is on.").await;
    ana.stands("holding it", |status| status.held == 1).await;

    clock.set("2026-11-23T15:58:00Z");
    ana.notifier.hears("While you were heads down").await;
    is_free(&ana).await;
    ben.sees("Ana free", |today| focus_of(today, "Ana").is_none()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_systems_do_not_disturb_follows_and_is_put_back_even_after_a_crash() {
    let silent = FocusSettings {
        do_not_disturb: true,
        ..mornings()
    };
    let (clock, _endpoint, ana, ben) = ana_and_ben().await;
    ana.notifier.can_be_inhibited();
    sets(&ana, silent).await;
    clock.set("2026-11-23T15:30:00Z");
    ana.notifier.is_inhibited_when(true).await;
    ben.shares("Rain at last.").await;
    ana.stands("holding it", |status| status.held == 1).await;
    clock.set("2026-11-23T17:00:00Z");
    ana.notifier.is_inhibited_when(false).await;
    ana.notifier.hears("While you were heads down").await;

    // The next day Samovar crashes in the middle: what it has stored is there, and the system is silent.
    clock.set("2026-11-24T15:30:00Z");
    ana.notifier.is_inhibited_when(true).await;
    let (folder, notifier) = (ana.folder().to_owned(), ana.notifier.clone());
    let kept = std::fs::read(folder.join("samovar.db")).is_ok();
    assert!(kept);
    let remembered = do_not_disturb_fact(&folder);
    assert_eq!(remembered, r#"{"was_on":false}"#);
    let owned = ana.closes().await;
    notifier.is_inhibited_when(false).await;
    remember_do_not_disturb(&folder, &remembered);
    clock.set("2026-11-24T18:00:00Z");
    let again = Desktop::on(&folder, "Ana", "America/Lima", &clock).await.unwrap();
    again.notifier.inhibits(true);
    again.notifier.can_be_inhibited();
    clock.advance(Duration::from_mins(1));
    again.notifier.is_inhibited_when(false).await;
    drop(owned);
}

#[expect(clippy::disallowed_methods, reason = "the story looks at what a crash leaves behind")]
fn database(folder: &std::path::Path) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.join("samovar.db")).unwrap()
}

fn do_not_disturb_fact(folder: &std::path::Path) -> String {
    let query = "SELECT value FROM facts WHERE name = 'do_not_disturb'";
    database(folder).query_row(query, [], |row| row.get(0)).unwrap()
}

fn remember_do_not_disturb(folder: &std::path::Path, value: &str) {
    let update = "UPDATE facts SET value = ?1 WHERE name = 'do_not_disturb'";
    assert_eq!(database(folder).execute(update, [value]).unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn news_comes_at_its_daily_times_and_on_demand() {
    let (clock, _endpoint, ana, ben) = ana_and_ben().await;
    let change = SettingsChange {
        digest_times: Some(vec!["12:00".to_owned(), "16:00".to_owned()]),
        ..SettingsChange::default()
    };
    ana.ask(Request::ChangeSettings { change }).await;
    ben.shares("The llama is back at the bus stop.").await;
    ben.shares("Rain at last.").await;
    ana.stands("holding both", |status| status.held == 2).await;
    assert!(ana.notifier.shown().is_empty());
    clock.set("2026-11-23T17:00:00Z");
    let digest = ana.notifier.hears("While it was quiet").await;
    assert_eq!(digest.body, "2 snapshots from Ben");

    ben.shares("And now hail.").await;
    ana.stands("holding it", |status| status.held == 1).await;
    ana.ask(Request::DeliverWaiting).await;
    ana.stands("holding nothing", |status| status.held == 0).await;
    assert_eq!(ana.notifier.shown().len(), 2);

    let change = SettingsChange {
        digest_times: Some(["9:00"; 4].map(str::to_owned).to_vec()),
        ..SettingsChange::default()
    };
    let refusal = ana.is_refused(Request::ChangeSettings { change }).await;
    assert_eq!(refusal.code, "bad_digest_times");
    let endless = FocusSettings {
        blocks: Hours([(Weekday::Mon, vec!["06:00-20:00".parse().unwrap()])].into()),
        ..FocusSettings::default()
    };
    let change = SettingsChange {
        focus: Some(endless),
        ..SettingsChange::default()
    };
    let refusal = ana.is_refused(Request::ChangeSettings { change }).await;
    assert_eq!(refusal.code, "bad_focus_blocks");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_nudge_to_share_comes_once_a_day_and_never_after_never() {
    let (clock, _endpoint, mut ana, _ben) = ana_and_ben().await;
    clock.set("2026-11-23T23:00:00Z");
    let change = SettingsChange {
        snapshot_prompt: Some(true),
        ..SettingsChange::default()
    };
    ana.ask(Request::ChangeSettings { change }).await;
    let me = ana.me().await;
    let lima = Schedule::new(Tz::America__Lima, Hours::office(), &[], &[]);
    let at = |day: &str| prompt_at(me, &lima, day.parse().unwrap()).unwrap();
    let days = ["2026-11-24", "2026-11-25", "2026-11-26"].map(at);
    for (told, (at, next)) in days.iter().zip(&days[1..]).enumerate() {
        clock.set(&at.to_string());
        let asks = ana.notifier.hears_after(told).await;
        assert_eq!(asks.title, "How is it where you are?");
        ana.restarts().await;
        clock.advance(USEFUL);
        // Nothing more comes today, whatever happens.
        sleeps_until(&clock, &next.to_string()).await;
        assert_eq!(ana.notifier.shown().len(), told + 1);
    }
    let told = ana.notifier.shown();

    let (key, action) = (told[1].key.clone(), NotificationAction::Open);
    let answer = ana.ask(Request::NotificationPressed { key, action }).await;
    let effect = Effect::Show {
        view: View::Snapshot,
        item: None,
        member: None,
    };
    assert_eq!(answer, Response::Effect { effect });

    let (key, action) = (told[1].key.clone(), NotificationAction::NeverAgain);
    ana.ask(Request::NotificationPressed { key, action }).await;
    // Something that comes after every working hour, so that it can be seen that Samovar has looked at the clock.
    let evening = Hours([(Weekday::Thu, vec!["17:30-18:00".parse().unwrap()])].into());
    sets(
        &ana,
        FocusSettings {
            blocks: evening,
            ..FocusSettings::default()
        },
    )
    .await;
    clock.set(&days[2].to_string());
    ana.restarts().await;
    sleeps_until(&clock, "2026-11-26T22:30:00Z").await;
    assert_eq!(ana.notifier.shown().len(), 2, "never is never");
}

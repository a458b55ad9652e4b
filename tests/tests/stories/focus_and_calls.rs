//! What a focus and the calls of the team have to do with each other.

use std::time::Duration;

use samovar_core::api::{FocusEnd, FocusSettings, PauseEnd, Request, Response};
use samovar_domain::kinds::{Activity, Answer, Series, Slot, Weekday};
use samovar_testkit::Desktop;

use crate::focus_blocks::sets;
use crate::gatherings::wishes;
use crate::main_job::ana_and_ben;

async fn is_in_focus_for(desktop: &Desktop, minutes: u32) {
    let end = FocusEnd::Minutes(minutes);
    desktop.ask(Request::StartFocus { end, note: None }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_teatime_that_was_called_off_ends_no_focus() {
    let (clock, _endpoint, ana, _ben) = ana_and_ben().await;
    let sociable = FocusSettings {
        gathering_ends_focus: true,
        ..FocusSettings::default()
    };
    sets(&ana, sociable).await;
    let four = Slot::new(Weekday::Mon, "16:00", "UTC");
    let plan = Series::weekly(Activity::Teatime, "Teatime", four, 30).into();
    ana.ask(Request::SaveSeries { series: None, plan }).await;
    let today = ana.sees("the teatime", |today| today.gathering.is_some()).await;
    let gathering = today.gathering.unwrap().id;
    let answer = Answer::Yes;
    ana.ask(Request::Answer { gathering, answer }).await;
    is_in_focus_for(&ana, 120).await;
    ana.ask(Request::CancelGathering { gathering, off: true }).await;

    // It is three. The next thing that happens to her is the end of a pause, after four.
    let end = PauseEnd::Minutes(75);
    ana.ask(Request::PauseNotifications { end }).await;
    clock.is_slept_on_for(Duration::from_mins(75)).await;
    clock.advance(Duration::from_mins(75));
    clock.is_slept_on_for(Duration::from_mins(45)).await;
    ana.stands("in focus", |status| status.focus_until.is_some()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_one_meets_this_week_is_among_what_waits_for_the_end_of_a_focus() {
    let (clock, endpoint, ana, ben) = ana_and_ben().await;
    for desktop in [&ana, &ben] {
        wishes(desktop).await;
    }
    // Next Monday, just before the draw.
    clock.set("2026-11-30T14:55:00Z");
    ana.notifier.hears("Pairs are drawn today at 10:00").await;
    is_in_focus_for(&ana, 60).await;
    ana.has_sent_everything().await;
    clock.set("2026-11-30T15:00:00Z");
    endpoint.tends().await;

    ana.stands("holding it", |status| status.held > 0).await;
    let Response::Held { items } = ana.ask(Request::Waiting).await else {
        panic!("it says what waits")
    };
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["You meet Ben this week"]);
}

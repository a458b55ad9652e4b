//! The days on which the clocks change, in both hemispheres, as people live them: gatherings and focus.

use std::time::Duration;

use samovar_core::api::{FocusEnd, PersonState, Request};
use samovar_domain::kinds::{Activity, Series, Slot, Weekday};
use samovar_domain::{Clock as _, Timestamp};
use samovar_testkit::{Desktop, Endpoint, FakeClock};

use crate::given::hears_at_any_hour;

const NEW_YORK: &str = "America/New_York";
/// Its clocks change by half an hour, and it is summer there when it is winter in New York.
const LORD_HOWE: &str = "Australia/Lord_Howe";

struct Day {
    clock: FakeClock,
    _endpoint: Endpoint,
    ana: Desktop,
    ben: Desktop,
}

/// Ana lives in `zone`; Ben lives in Lima, where the clocks never change.
async fn a_day_in(zone: &str, now: &str) -> Day {
    let clock = FakeClock::at(now);
    let endpoint = Endpoint::start(clock.clone()).await;
    let ana = Desktop::new("Ana", zone, &clock).await;
    ana.join(endpoint.owner_invite.as_deref().unwrap()).await;
    let ben = Desktop::new("Ben", "America/Lima", &clock).await;
    ben.join(&ana.invite().await).await;
    hears_at_any_hour(&ana).await;
    hears_at_any_hour(&ben).await;
    Day {
        clock,
        _endpoint: endpoint,
        ana,
        ben,
    }
}

impl Day {
    async fn plans_tea_on_sunday(&self, zone: &str, time: &str) {
        let slot = Slot::new(Weekday::Sun, time, zone);
        let plan = Series::weekly(Activity::Teatime, "Teatime", slot, 30);
        self.ana
            .ask(Request::SaveSeries {
                series: None,
                plan: plan.into(),
            })
            .await;
    }

    fn moves_to(&self, at: Timestamp) {
        self.clock.advance(at.since(self.clock.now()));
    }

    /// Whatever was due by now has been delivered when a focus that ends in a minute has told what it held.
    async fn has_delivered_everything(&self) {
        self.ana.focuses(1).await;
        self.ben.shares("Just to be heard.").await;
        self.ana.stands("holding it", |status| status.held == 1).await;
        self.clock.advance(Duration::from_mins(1));
        self.ana.stands("holding nothing", |status| status.held == 0).await;
    }

    fn announcements(&self) -> Vec<String> {
        let shown = self.ana.notifier.shown().into_iter().map(|one| one.title);
        shown.filter(|title| title.starts_with("Teatime")).collect()
    }
}

async fn check_tea(zone: &str, now: &str, time: &str, expected: &str, on_the_wall: &str) {
    let day = a_day_in(zone, now).await;
    day.plans_tea_on_sunday(zone, time).await;
    let starts_at: Timestamp = expected.parse().unwrap();
    for desktop in [&day.ana, &day.ben] {
        let today = desktop.sees("the teatime", |today| today.gathering.is_some()).await;
        assert_eq!(today.gathering.unwrap().starts_at, starts_at, "{zone} {now}");
    }

    day.moves_to(starts_at.plus_minutes(-11));
    day.has_delivered_everything().await;
    for desktop in [&day.ana, &day.ben] {
        desktop.notifier.hears("Teatime in 10 minutes").await;
    }
    day.moves_to(starts_at);
    for desktop in [&day.ana, &day.ben] {
        desktop.notifier.hears("Teatime begins").await;
    }
    let ana_for_ben = day.ben.today().await.people.remove(0);
    assert_eq!(ana_for_ben.local_time, on_the_wall, "{zone} {now}");
    // An hour later it is half past one again, where it comes twice.
    day.moves_to(starts_at.plus_minutes(60));
    day.has_delivered_everything().await;
    let announced = day.announcements();
    assert_eq!(announced, ["Teatime in 10 minutes", "Teatime begins"], "{zone} {now}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tea_is_at_nine_on_the_wall_on_the_day_the_clocks_go_forward_and_back() {
    // Planned on Saturday evening, before the change in the night.
    check_tea(
        NEW_YORK,
        "2026-03-07T23:00:00Z",
        "09:00",
        "2026-03-08T13:00:00Z",
        "09:00",
    )
    .await;
    check_tea(
        NEW_YORK,
        "2026-10-31T22:00:00Z",
        "09:00",
        "2026-11-01T14:00:00Z",
        "09:00",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tea_is_at_nine_on_the_wall_where_the_clocks_change_by_half_an_hour_in_the_south() {
    check_tea(
        LORD_HOWE,
        "2026-10-03T08:00:00Z",
        "09:00",
        "2026-10-03T22:00:00Z",
        "09:00",
    )
    .await;
    check_tea(
        LORD_HOWE,
        "2026-04-04T07:00:00Z",
        "09:00",
        "2026-04-04T22:30:00Z",
        "09:00",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tea_in_an_hour_that_is_skipped_moves_on_and_is_announced_once() {
    check_tea(
        NEW_YORK,
        "2026-03-07T23:00:00Z",
        "02:30",
        "2026-03-08T07:30:00Z",
        "03:30",
    )
    .await;
    check_tea(
        LORD_HOWE,
        "2026-10-03T08:00:00Z",
        "02:15",
        "2026-10-03T15:45:00Z",
        "02:45",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tea_in_an_hour_that_comes_twice_is_announced_the_first_time_only() {
    check_tea(
        NEW_YORK,
        "2026-10-31T22:00:00Z",
        "01:30",
        "2026-11-01T05:30:00Z",
        "01:30",
    )
    .await;
    check_tea(
        LORD_HOWE,
        "2026-04-04T07:00:00Z",
        "01:45",
        "2026-04-04T14:45:00Z",
        "01:45",
    )
    .await;
}

async fn check_focus(zone: &str, now: &str, end: FocusEnd, expected: &str, on_the_wall: &str) {
    let day = a_day_in(zone, now).await;
    let until: Timestamp = expected.parse().unwrap();
    day.ana.ask(Request::StartFocus { end, note: None }).await;
    assert_eq!(day.ana.status().await.focus_until, Some(until), "{zone} {now}");
    let is_told = |today: &samovar_core::api::Today| {
        let mut states = today.people.iter().map(|person| &person.state);
        states.any(|state| matches!(state, PersonState::Focusing { local_until, .. } if local_until == on_the_wall))
    };
    day.ben
        .sees(&format!("Ana in focus until {on_the_wall}"), is_told)
        .await;

    day.ben.shares("You will read this later.").await;
    day.ana.stands("holding it", |status| status.held == 1).await;
    day.moves_to(until.plus_minutes(-1));
    day.ben.shares("This too.").await;
    day.ana.stands("holding both", |status| status.held == 2).await;
    day.moves_to(until);
    let digest = day.ana.notifier.hears("While you were heads down").await;
    assert_eq!(digest.body, "2 snapshots from Ben", "nothing came before its time");
    day.ana
        .stands("out of focus", |status| status.focus_until.is_none())
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_focus_until_three_ends_at_three_on_the_wall_however_long_that_is() {
    let until = |time: &str| FocusEnd::TimeOfDay(time.to_owned());
    // Half past midnight: an hour and a half on one night, three and a half on another.
    check_focus(
        NEW_YORK,
        "2026-03-08T05:30:00Z",
        until("03:00"),
        "2026-03-08T07:00:00Z",
        "03:00",
    )
    .await;
    check_focus(
        NEW_YORK,
        "2026-11-01T04:30:00Z",
        until("03:00"),
        "2026-11-01T08:00:00Z",
        "03:00",
    )
    .await;
    check_focus(
        LORD_HOWE,
        "2026-10-03T14:00:00Z",
        until("03:00"),
        "2026-10-03T16:00:00Z",
        "03:00",
    )
    .await;
    check_focus(
        LORD_HOWE,
        "2026-04-04T13:30:00Z",
        until("03:00"),
        "2026-04-04T16:30:00Z",
        "03:00",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_focus_of_two_hours_lasts_two_hours_whatever_the_wall_says() {
    let two_hours = FocusEnd::Minutes(120);
    check_focus(
        NEW_YORK,
        "2026-03-08T05:30:00Z",
        two_hours.clone(),
        "2026-03-08T07:30:00Z",
        "03:30",
    )
    .await;
    check_focus(
        NEW_YORK,
        "2026-11-01T04:30:00Z",
        two_hours.clone(),
        "2026-11-01T06:30:00Z",
        "01:30",
    )
    .await;
    check_focus(
        LORD_HOWE,
        "2026-10-03T14:00:00Z",
        two_hours.clone(),
        "2026-10-03T16:00:00Z",
        "03:00",
    )
    .await;
    check_focus(
        LORD_HOWE,
        "2026-04-04T13:30:00Z",
        two_hours,
        "2026-04-04T15:30:00Z",
        "02:00",
    )
    .await;
}

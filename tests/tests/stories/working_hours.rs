//! Notifications wait for the hours in which their person works, wherever and whenever that is.

use std::collections::BTreeMap;
use std::time::Duration;

use samovar_core::api::{PersonNow, PersonState, ProfileChange, Request};
use samovar_domain::hours::Hours;
use samovar_domain::kinds::Weekday;
use samovar_testkit::{Desktop, Endpoint, FakeClock};

struct Team {
    clock: FakeClock,
    _endpoint: Endpoint,
    ana: Desktop,
    ben: Desktop,
}

/// Both work from nine to five, in zones of their own, and are left alone outside of that, as Samovar begins.
async fn team(now: &str) -> Team {
    let clock = FakeClock::at(now);
    let endpoint = Endpoint::start(clock.clone()).await;
    let ana = Desktop::new("Ana", "America/Lima", &clock).await;
    ana.join(endpoint.owner_invite.as_deref().unwrap()).await;
    let ben = Desktop::new("Ben", "Europe/Helsinki", &clock).await;
    ben.join(&ana.invite().await).await;
    Team {
        clock,
        _endpoint: endpoint,
        ana,
        ben,
    }
}

impl Team {
    async fn ana_changes(&self, change: ProfileChange) {
        self.ana.ask(Request::ChangeProfile { change }).await;
        self.ana.has_sent_everything().await;
    }

    async fn ana_holds(&self, count: u32) {
        self.ana
            .stands(&format!("holding {count}"), |status| status.held == count)
            .await;
    }
}

fn is_off(person: &PersonNow, local_time: &str) -> bool {
    person.local_time == local_time && matches!(person.state, PersonState::Off { .. })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_changes_zone_in_the_middle_of_the_week_takes_their_hours_along() {
    // Wednesday, ten in the morning in Lima.
    let team = team("2026-11-25T15:00:00Z").await;
    team.ben.shares("Have a good flight!").await;
    team.ana.notifier.hears("Have a good flight!").await;

    let change = ProfileChange {
        time_zone: Some("Asia/Singapore".into()),
        ..ProfileChange::default()
    };
    team.ana_changes(change).await;
    let sees_ana_off = |today: &samovar_core::api::Today| today.people.iter().any(|person| is_off(person, "23:00"));
    team.ben.sees("that it is late for Ana now", sees_ana_off).await;
    team.ben.shares("Did you land?").await;
    team.ana_holds(1).await;
    assert_eq!(team.ana.notifier.shown().len(), 1);

    // Lima's next morning comes and goes: it is not Ana's any more.
    team.clock.set("2026-11-26T00:59:59Z");
    team.ben.shares("Sleep well.").await;
    team.ana_holds(2).await;
    team.clock.set("2026-11-26T01:00:00Z");
    let digest = team.ana.notifier.hears("2 snapshots from Ben").await;
    assert!(!digest.title.is_empty());
    team.ana_holds(0).await;
    team.ben.shares("Good morning!").await;
    team.ana.notifier.hears("Good morning!").await;
    assert_eq!(team.ana.notifier.shown().len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_works_across_midnight_is_told_through_the_night_and_left_alone_by_day() {
    // Monday, eleven at night in Lima.
    let team = team("2026-11-24T04:00:00Z").await;
    let night = || vec!["22:00-06:00".parse().unwrap()];
    let nights = [Weekday::Mon, Weekday::Tue].map(|day| (day, night()));
    let change = ProfileChange {
        hours: Some(Hours(BTreeMap::from(nights))),
        ..ProfileChange::default()
    };
    team.ana_changes(change).await;

    team.ben.shares("An hour to midnight.").await;
    team.ana.notifier.hears("An hour to midnight.").await;
    team.clock.set("2026-11-24T05:00:00Z");
    team.ben.shares("Midnight.").await;
    team.ana.notifier.hears("Midnight.").await;
    team.clock.set("2026-11-24T10:59:59Z");
    team.ben.shares("The last minute.").await;
    team.ana.notifier.hears("The last minute.").await;
    assert_eq!(team.ana.notifier.shown().len(), 3);

    team.clock.set("2026-11-24T11:00:00Z");
    team.ben.shares("Breakfast.").await;
    team.ana_holds(1).await;
    team.clock.advance(Duration::from_hours(16) - Duration::from_secs(1));
    team.ben.shares("Nearly dark.").await;
    team.ana_holds(2).await;
    assert_eq!(team.ana.notifier.shown().len(), 3, "the day is for sleep");
    team.clock.set("2026-11-25T03:00:00Z");
    team.ana.notifier.hears("2 snapshots from Ben").await;
    // Wednesday has no night of its own, but Tuesday's goes on into it.
    team.clock.set("2026-11-25T10:59:59Z");
    team.ben.shares("Before sunrise.").await;
    team.ana.notifier.hears("Before sunrise.").await;
    team.clock.set("2026-11-26T04:00:00Z");
    team.ben.shares("A night off.").await;
    team.ana_holds(1).await;
    assert_eq!(team.ana.notifier.shown().len(), 5);
}

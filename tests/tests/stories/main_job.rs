//! The main job: share, hear, thank, focus, meet.

use std::time::Duration;

use samovar_core::api::{Effect, Entry, NotificationAction, PersonState, Request, Response, View};
use samovar_domain::hours::Hours;
use samovar_domain::kinds::{Activity, Series, Slot, Weekday};
use samovar_testkit::{Desktop, Endpoint, FakeClock, photos};

use crate::given::has_told_its_key;

/// Monday noon in Lima, evening in Helsinki: both are told of everything, since they have set no quiet hours.
pub(crate) async fn ana_and_ben() -> (FakeClock, Endpoint, Desktop, Desktop) {
    let clock = FakeClock::at("2026-11-23T15:00:00Z");
    let endpoint = Endpoint::start(clock.clone()).await;
    let ana = Desktop::new("Ana", "America/Lima", &clock).await;
    ana.join(endpoint.owner_invite.as_deref().unwrap()).await;
    let ben = Desktop::new("Ben", "Europe/Helsinki", &clock).await;
    ben.join(&ana.invite().await).await;
    for desktop in [&ana, &ben] {
        let change = samovar_core::api::SettingsChange {
            quiet_outside_hours: Some(false),
            ..Default::default()
        };
        desktop.ask(Request::ChangeSettings { change }).await;
        has_told_its_key(&endpoint, desktop).await;
    }
    (clock, endpoint, ana, ben)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_is_shared_and_the_team_hears_of_it() {
    let (_clock, _endpoint, ana, ben) = ana_and_ben().await;

    ana.shares_photo("First loaf that did not collapse.", photos::KITCHEN)
        .await;

    let told = ben.notifier.hears("Ana shared a snapshot").await;
    assert_eq!(told.body, "First loaf that did not collapse.");
    assert!(
        told.image.is_some_and(|path| path.exists()),
        "the notification shows the photo"
    );
    let card = ben.sees_snapshot("First loaf").await;
    assert!(!card.is_mine && !card.is_seen);
    let photo = ben.core.photo(card.photos[0].blob, false).await.unwrap();
    let verified = samovar_pictures::verify(&photo).unwrap();
    assert_eq!(
        (verified.width, verified.height),
        (card.photos[0].width, card.photos[0].height)
    );
    assert!(
        !photo.windows(4).any(|bytes| bytes == b"Exif"),
        "where it was taken stays at home"
    );
    assert!(
        ana.notifier.shown().is_empty(),
        "nobody is told of what they did themselves"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kudos_go_back_from_the_notification() {
    let (_clock, _endpoint, ana, ben) = ana_and_ben().await;
    ana.shares("The release is out.").await;
    let told = ben.notifier.hears("Ana shared a snapshot").await;

    let action = NotificationAction::SayThanks;
    let answer = ben.ask(Request::NotificationPressed { key: told.key, action }).await;
    let Response::Effect {
        effect: Effect::Show {
            view: View::Kudos,
            member: Some(member),
            ..
        },
    } = answer
    else {
        panic!("saying thanks opens the kudos with Ana chosen, not {answer:?}");
    };
    ben.thanks(member, "Thank you for staying up with me for the release.")
        .await;

    let told = ana.notifier.hears("Kudos from Ben").await;
    assert_eq!(told.body, "Thank you for staying up with me for the release.");
    let card = ana.sees_kudos("staying up").await;
    assert_eq!(card.to[0].name, "Ana");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn focus_is_seen_by_the_team_and_what_waited_comes_as_one_digest() {
    let (clock, _endpoint, ana, ben) = ana_and_ben().await;
    let ana_id = ana.me().await;

    ana.focuses(25).await;
    let is_focusing = |person: &samovar_core::api::PersonNow| {
        person.person.id == ana_id
            && matches!(&person.state, PersonState::Focusing { local_until, .. } if local_until == "10:25")
    };
    ben.sees("Ana in focus until 10:25 her time", |today| {
        today.people.iter().any(is_focusing)
    })
    .await;

    ben.shares("Rain on the tin roof.").await;
    ben.thanks(ana_id, "You wrote the clearest report of the year.").await;
    ana.stands("holding two things", |status| status.held == 2).await;
    assert!(ana.notifier.shown().is_empty(), "nothing disturbs a focus");

    clock.advance(Duration::from_mins(25));
    let digest = ana.notifier.hears("While you were heads down").await;
    assert_eq!(digest.body, "1 snapshot from Ben · kudos from Ben");
    ana.stands("holding nothing", |status| {
        status.held == 0 && status.focus_until.is_none()
    })
    .await;
    assert_eq!(ana.notifier.shown().len(), 1, "one digest, and nothing else");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_weekly_teatime_announces_itself_with_a_way_to_join() {
    let (clock, _endpoint, ana, ben) = ana_and_ben().await;
    let plan = Series {
        link: Some("https://meet.example.org/kitchen".into()),
        ..Series::weekly(
            Activity::Teatime,
            "Teatime",
            Slot::new(Weekday::Mon, "17:30", "Europe/Helsinki"),
            30,
        )
    };
    ana.ask(Request::SaveSeries {
        series: None,
        plan: plan.into(),
    })
    .await;
    for desktop in [&ana, &ben] {
        let today = desktop.sees("the teatime", |today| today.gathering.is_some()).await;
        let card = today.gathering.unwrap();
        assert_eq!(card.starts_at.to_string(), "2026-11-23T15:30:00.000Z");
        assert_eq!(card.camera_optional.len(), 1, "it is half past five for Ben");
        assert_eq!(card.camera_optional[0].local_time, "17:30");
    }

    clock.advance(Duration::from_mins(20));
    for desktop in [&ana, &ben] {
        let told = desktop.notifier.hears("Teatime in 10 minutes").await;
        let action = NotificationAction::Join;
        assert!(told.actions.iter().any(|(known, _)| *known == action));
        let answer = desktop
            .ask(Request::NotificationPressed { key: told.key, action })
            .await;
        let link = "https://meet.example.org/kitchen".to_owned();
        assert_eq!(
            answer,
            Response::Effect {
                effect: Effect::OpenLink { link }
            }
        );
    }

    clock.advance(Duration::from_mins(10));
    let told = ben.notifier.hears("Teatime begins").await;
    ben.ask(Request::NotificationPressed {
        key: told.key,
        action: NotificationAction::Snooze,
    })
    .await;
    clock.advance(Duration::from_mins(5));
    ben.notifier.hears("Teatime is on").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_starts_on_one_computer_and_a_second_person_joins() {
    let clock = FakeClock::at("2026-11-23T15:00:00Z");
    let host = std::sync::Arc::new(samovar_testkit::InProcessHost::new(clock.clone()));
    let ana = Desktop::with_host("Ana", "America/Lima", &clock, host).await;
    let (team, name) = ("Kitchen Table".to_owned(), "Ana".to_owned());
    ana.ask(Request::StartTeam {
        team,
        name,
        time_zone: None,
        hours: Some(Hours::office()),
    })
    .await;
    ana.has_sent_everything().await;
    let ben = Desktop::new("Ben", "Europe/Helsinki", &clock).await;

    ben.join(&ana.invite().await).await;

    let status = ben.stands("in the Kitchen Table", |status| {
        status.team.as_ref().is_some_and(|team| team.name == "Kitchen Table")
    });
    assert!(!status.await.team.unwrap().is_admin, "whoever is invited is a member");
    assert!(ana.status().await.team.unwrap().is_admin);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_snapshot_is_over_when_its_time_has_come() {
    let (clock, _endpoint, ana, ben) = ana_and_ben().await;
    ana.shares_photo("Only for today.", photos::DOG).await;
    let card = ben.sees_snapshot("Only for today").await;
    ben.core.photo(card.photos[0].blob, false).await.unwrap();

    clock.advance(Duration::from_hours(24));

    let is_empty = |today: &samovar_core::api::Today| {
        !today
            .days
            .iter()
            .flat_map(|day| &day.entries)
            .any(|entry| matches!(entry, Entry::Snapshot(_)))
    };
    ben.sees("an empty day", is_empty).await;
    ana.sees("an empty day", is_empty).await;
}

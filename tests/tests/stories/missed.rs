//! What somebody may have missed who was away.

use std::time::Duration;

use samovar_core::api::{MissedPage, ProfileChange, Request, Response};
use samovar_domain::Timestamp;
use samovar_domain::kinds::Away;
use samovar_domain::missed::MissedWhat;
use samovar_testkit::Desktop;

use crate::given::Kitchen;

async fn missed(desktop: &Desktop, since: Option<Timestamp>) -> MissedPage {
    match desktop.ask(Request::Missed { since }).await {
        Response::Missed(page) => *page,
        other => panic!("expected what was missed, not {other:?}"),
    }
}

#[tokio::test]
async fn whoever_is_back_is_shown_once_what_there_was() {
    let kitchen = Kitchen::open().await;
    let (ana, ben) = (&kitchen.ana, &kitchen.ben);
    let away = Away {
        from: "2026-11-24".parse().unwrap(),
        back_on: "2026-11-27".parse().unwrap(),
        note: None,
    };
    let change = ProfileChange {
        away: Some(vec![away]),
        ..ProfileChange::default()
    };
    ben.ask(Request::ChangeProfile { change }).await;
    ana.thanks(ben.me().await, "for the map that you left us").await;
    ben.sees_kudos("the map").await;
    assert_eq!(ben.today().await.missed_since, None, "Ben is here still");
    kitchen.clock.advance(Duration::from_hours(40));
    ana.thanks(ben.me().await, "for the plan that held without you").await;
    ben.sees_kudos("the plan").await;
    assert_eq!(ben.today().await.missed_since, None, "Ben is away");
    kitchen.clock.advance(Duration::from_hours(48));

    let today = ben.sees("what was missed", |today| today.missed_since.is_some()).await;
    let page = missed(ben, today.missed_since).await;
    let reasons: Vec<_> = page
        .lines
        .iter()
        .map(|line| match &line.what {
            MissedWhat::Kudos { reason, .. } => reason.as_str(),
            other => panic!("only kudos were given, not {other:?}"),
        })
        .collect();
    assert_eq!(reasons, ["for the plan that held without you"]);
    assert_eq!(page.people.len(), 2);
    ben.ask(Request::DismissMissed).await;
    assert_eq!(ben.today().await.missed_since, None);
    // Whoever asks is told still, from whenever on.
    assert_eq!(missed(ben, None).await.lines.len(), 1);
    let a_week_ago = page.until.plus_minutes(-7 * 24 * 60);
    assert_eq!(missed(ben, Some(a_week_ago)).await.lines.len(), 2);
    assert_eq!(ana.today().await.missed_since, None, "Ana was not away");
}

//! Thanks on desktops: to several, for a value, between two, changed, hidden, found again.

use samovar_core::api::{KudosCard, KudosDesk, KudosQuery, KudosWall, Request, Response, SettingsChange};
use samovar_domain::kinds::{TeamValue, ThankMe};
use samovar_domain::{Audience, ItemId, MemberId};
use samovar_testkit::Desktop;

use crate::given::Kitchen;

const REASON: &str = "for the night with the printer";

async fn desk(desktop: &Desktop) -> KudosDesk {
    match desktop.ask(Request::KudosDesk).await {
        Response::KudosDesk(desk) => *desk,
        other => panic!("expected the desk, not {other:?}"),
    }
}

async fn wall(desktop: &Desktop, words: &str) -> KudosWall {
    let query = KudosQuery {
        words: words.to_owned(),
        ..KudosQuery::default()
    };
    match desktop.ask(Request::KudosWall { query }).await {
        Response::KudosWall(wall) => *wall,
        other => panic!("expected the wall, not {other:?}"),
    }
}

fn reasons(wall: &KudosWall) -> Vec<&str> {
    wall.cards.iter().map(|card| card.reason.as_str()).collect()
}

async fn gives(desktop: &Desktop, to: &[MemberId], reason: &str, value: Option<&str>) -> ItemId {
    let request = Request::GiveKudos {
        to: to.to_vec(),
        reason: reason.to_owned(),
        value: value.map(str::to_owned),
        audience: Audience::Team,
    };
    match desktop.ask(request).await {
        Response::Shared { item } => item,
        other => panic!("expected kudos, not {other:?}"),
    }
}

/// Waits until nothing of this reason is on somebody's Today page.
async fn sees_no(desktop: &Desktop, reason: &str) {
    desktop
        .sees(&format!("no more of '{reason}'"), |today| {
            !format!("{today:?}").contains(reason)
        })
        .await;
}

async fn cleo_of(kitchen: &Kitchen) -> Desktop {
    let cleo = Desktop::new("Cleo", "Asia/Shanghai", &kitchen.clock).await;
    cleo.join(&kitchen.ana.invite().await).await;
    cleo
}

#[tokio::test]
async fn two_are_thanked_for_something_that_the_team_values() {
    let kitchen = Kitchen::open().await;
    let cleo = cleo_of(&kitchen).await;
    let care = TeamValue {
        id: String::new(),
        name: "Care for others".into(),
        emoji: "🫖".into(),
        retired_at: None,
    };
    let values = vec![care];
    kitchen.ana.ask(Request::SaveValues { values }).await;
    let (to_ana, to_cleo) = (kitchen.ana.me().await, cleo.me().await);
    kitchen.ana.has_sent_everything().await;
    kitchen.ben.sees("Cleo", |today| today.people.len() == 2).await;
    while desk(&kitchen.ben).await.values.is_empty() {
        tokio::task::yield_now().await;
    }
    let item = gives(&kitchen.ben, &[to_ana, to_cleo], REASON, Some("care-for-others")).await;
    for desktop in [&kitchen.ana, &cleo] {
        let card: KudosCard = desktop.sees_kudos(REASON).await;
        assert_eq!(card.value.unwrap().name, "Care for others");
        assert_eq!(card.to.len(), 2);
    }
    // Within ten minutes Ben says it better; afterwards it stays as it is.
    let edit = |reason: &str| Request::EditKudos {
        item,
        reason: reason.to_owned(),
        value: None,
    };
    kitchen
        .ben
        .ask(edit("for the night with the printer and the cake"))
        .await;
    let card = kitchen.ana.sees_kudos("and the cake").await;
    assert_eq!(card.value, None);
    kitchen.clock.advance(std::time::Duration::from_mins(11));
    let problem = kitchen.ben.is_refused(edit("for something quite different")).await;
    assert_eq!(problem.code, "kudos_settled");
    // A value that is taken off the list is offered no more, and stays known.
    let retired = kitchen.ana.ask(Request::SaveValues { values: Vec::new() }).await;
    let Response::Settings(settings) = retired else {
        panic!("expected settings, not {retired:?}")
    };
    assert!(settings.values[0].retired_at.is_some());
}

#[tokio::test]
async fn whoever_likes_quiet_thanks_gets_them_so() {
    let kitchen = Kitchen::open().await;
    let cleo = cleo_of(&kitchen).await;
    let wish = ThankMe::BetweenUs;
    kitchen.ben.ask(Request::SaveKudosWish { wish }).await;
    kitchen.ben.has_sent_everything().await;
    let to_ben = kitchen.ben.me().await;
    while desk(&kitchen.ana)
        .await
        .people
        .iter()
        .all(|other| other.wish != ThankMe::BetweenUs)
    {
        tokio::task::yield_now().await;
    }
    // Ana asks for everybody to see it; what Ben wishes wins.
    gives(&kitchen.ana, &[to_ben], REASON, None).await;
    kitchen.ben.sees_kudos(REASON).await;
    kitchen.ana.thanks(cleo.me().await, "for all the tea this week").await;
    cleo.sees_kudos("for all the tea").await;
    assert_eq!(reasons(&wall(&cleo, "").await), ["for all the tea this week"]);
}

#[tokio::test]
async fn kudos_that_are_hidden_stay_with_those_few() {
    let kitchen = Kitchen::open().await;
    let cleo = cleo_of(&kitchen).await;
    let item = kitchen.ana.thanks(kitchen.ben.me().await, REASON).await;
    cleo.sees_kudos(REASON).await;
    let card = kitchen.ben.sees_kudos(REASON).await;
    assert!(card.can_hide);
    kitchen.ben.replies(item, "It was the toner after all.").await;
    let problem = cleo.is_refused(Request::HideKudos { item }).await;
    assert_eq!(problem.code, "not_found");
    kitchen.ben.ask(Request::HideKudos { item }).await;
    sees_no(&cleo, REASON).await;
    assert!(wall(&cleo, "printer").await.cards.is_empty());
    for desktop in [&kitchen.ana, &kitchen.ben] {
        desktop
            .sees("the kudos in another place", |today| {
                let told = format!("{today:?}");
                told.contains(REASON) && told.contains("the toner") && !told.contains(&item.to_string())
            })
            .await;
        let found = wall(desktop, "printer").await;
        assert_eq!(reasons(&found), [REASON]);
        assert!(!found.cards[0].can_hide);
    }
}

#[tokio::test]
async fn older_kudos_come_when_somebody_looks_for_them() {
    let kitchen = Kitchen::open().await;
    kitchen.ana.thanks(kitchen.ben.me().await, REASON).await;
    kitchen.ben.sees_kudos(REASON).await;
    kitchen.clock.advance(std::time::Duration::from_hours(100 * 24));
    let cleo = cleo_of(&kitchen).await;
    cleo.is_online().await;
    let before = wall(&cleo, "").await;
    assert!(before.cards.is_empty() && before.may_have_older);
    cleo.ask(Request::FetchOlderKudos).await;
    let after = wall(&cleo, "printer").await;
    assert_eq!(reasons(&after), [REASON]);
    assert_eq!(after.cards[0].from.name, "Ana");
    cleo.ask(Request::FetchOlderKudos).await;
    assert!(!wall(&cleo, "").await.may_have_older);
    // They are Cleo's to see, not news to be told.
    assert!(cleo.notifier.shown().is_empty());
}

#[tokio::test]
async fn a_quiet_word_about_many_thanks_and_about_none_for_long() {
    let kitchen = Kitchen::open().await;
    let to_ben = kitchen.ben.me().await;
    assert!(desk(&kitchen.ana).await.long_since.is_empty(), "Ben has just come");
    for n in 0..5 {
        assert!(!desk(&kitchen.ana).await.are_many_today);
        kitchen.ana.thanks(to_ben, &format!("for good thing number {n}")).await;
    }
    assert!(desk(&kitchen.ana).await.are_many_today);
    kitchen.clock.advance(std::time::Duration::from_hours(46 * 24));
    let after = desk(&kitchen.ana).await;
    assert!(!after.are_many_today);
    assert_eq!(after.long_since[0].person.name, "Ben");
    let change = SettingsChange {
        think_of_others: Some(false),
        ..SettingsChange::default()
    };
    kitchen.ana.ask(Request::ChangeSettings { change }).await;
    assert!(desk(&kitchen.ana).await.long_since.is_empty());
}

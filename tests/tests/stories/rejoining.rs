//! A desktop that its endpoint does not know any more: its person joins anew, and what they wrote is not lost.

use samovar_core::api::{Connection, Request, Today};
use samovar_testkit::{Desktop, Endpoint, FakeClock, Wire};

use crate::given::{hears_at_any_hour, is_revoked, snapshots_on, words_at};
use crate::main_job::ana_and_ben;

/// Ana is the team's owner; Ben reaches the endpoint over a wire.
async fn ana_and_ben_on_a_wire() -> (Endpoint, Wire, Desktop, Desktop) {
    let clock = FakeClock::at("2026-11-23T15:00:00Z");
    let endpoint = Endpoint::start(clock.clone()).await;
    let wire = Wire::to(&endpoint).await;
    let ana = Desktop::new("Ana", "America/Lima", &clock).await;
    ana.join(endpoint.owner_invite.as_deref().unwrap()).await;
    let ben = Desktop::new("Ben", "Europe/Helsinki", &clock).await;
    ben.join(&wire.link(&ana.invite().await)).await;
    hears_at_any_hour(&ana).await;
    hears_at_any_hour(&ben).await;
    (endpoint, wire, ana, ben)
}

async fn is_signed_out(desktop: &Desktop) {
    desktop
        .stands("signed out", |status| status.connection == Connection::SignedOut)
        .await;
}

/// Who has put emoji on the snapshots of the page.
fn reactions_on(today: &Today) -> usize {
    let entries = today.days.iter().flat_map(|day| &day.entries);
    let counts = entries.map(|entry| match entry {
        samovar_core::api::Entry::Snapshot(card) => card.reactions.len(),
        samovar_core::api::Entry::Kudos(_) => 0,
    });
    counts.sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_signed_out_joins_anew_and_sends_what_they_wrote() {
    let (endpoint, wire, ana, mut ben) = ana_and_ben_on_a_wire().await;
    let soup = ana.shares("There is soup.").await;
    ben.sees_snapshot("There is soup.").await;
    let before = ben.shares("From who I was.").await;
    ben.has_sent_everything().await;
    let former = ben.me().await;
    wire.unplug();
    ben.is_offline().await;
    ben.shares("While you were gone.").await;
    ben.thanks(ana.me().await, "You kept the soup warm for me.").await;
    let (emoji, on) = ("\u{1f375}".to_owned(), true);
    ben.ask(Request::React {
        target: soup,
        emoji,
        on,
    })
    .await;
    ben.ask(Request::Delete { item: before }).await;
    is_revoked(&endpoint, &ben).await;
    wire.mend();
    ben.ask(Request::RetryNow).await;
    is_signed_out(&ben).await;
    assert_eq!(ben.status().await.waiting.ops, 4, "nothing is lost by it");

    ben.join(&wire.link(&ana.invite().await)).await;

    ben.has_sent_everything().await;
    ana.sees_snapshot("While you were gone.").await;
    ana.sees_kudos("kept the soup warm").await;
    ana.sees("Ben's reaction", |today| reactions_on(today) == 1).await;
    assert_ne!(ben.me().await, former, "an invite makes a member");
    let refused = ben.status().await.refused;
    assert_eq!(refused.len(), 1, "{refused:#?}");
    assert_eq!(
        (&*refused[0].words, &*refused[0].problem.code),
        ("From who I was.", "former_member")
    );
    ben.restarts().await;
    ben.is_online().await;
    ben.shares("Here to stay.").await;
    ana.sees_snapshot("Here to stay.").await;
    let (emoji, on) = ("\u{1f375}".to_owned(), false);
    ben.ask(Request::React {
        target: soup,
        emoji,
        on,
    })
    .await;
    ana.sees("no reaction any more", |today| reactions_on(today) == 0).await;
    assert_eq!(
        words_at(&endpoint, &ana).await,
        [
            "There is soup.",
            "From who I was.",
            "While you were gone.",
            "You kept the soup warm for me.",
            "Here to stay."
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_arrived_before_the_signing_out_is_not_sent_twice() {
    let (endpoint, wire, ana, ben) = ana_and_ben_on_a_wire().await;
    wire.cut_answers();
    ben.shares("The answer to this was lost.").await;
    ana.sees_snapshot("The answer to this was lost.").await;
    wire.unplug();
    is_revoked(&endpoint, &ben).await;
    wire.mend();
    ben.ask(Request::RetryNow).await;
    is_signed_out(&ben).await;

    ben.join(&wire.link(&ana.invite().await)).await;

    ben.has_sent_everything().await;
    assert_eq!(words_at(&endpoint, &ana).await, ["The answer to this was lost."]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_has_just_begun_finds_out_that_it_is_signed_out() {
    let (endpoint, wire, ana, ben) = ana_and_ben_on_a_wire().await;
    is_revoked(&endpoint, &ben).await;
    wire.unplug();
    let mut ben = ben;
    ben.restarts().await;
    ben.is_offline().await;
    wire.mend();

    ben.join(&wire.link(&ana.invite().await)).await;

    ben.shares("Back again.").await;
    ana.sees_snapshot("Back again.").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_in_a_team_stays_in_it() {
    let (_clock, endpoint, ana, ben) = ana_and_ben().await;
    let link = ana.invite().await;
    let me = ben.me().await;
    let request = Request::Join {
        link,
        name: "Ben".into(),
        time_zone: None,
        hours: None,
    };
    assert_eq!(ben.is_refused(request).await.code, "already_in_team");
    assert_eq!(ben.me().await, me);

    is_revoked(&endpoint, &ben).await;
    ben.ask(Request::RetryNow).await;
    is_signed_out(&ben).await;
    let other = Endpoint::start(FakeClock::at("2026-11-23T15:00:00Z")).await;
    ben.shares("Not for strangers.").await;
    let request = Request::Join {
        link: other.owner_invite.clone().unwrap(),
        name: "Ben".into(),
        time_zone: None,
        hours: None,
    };
    assert_eq!(ben.is_refused(request).await.code, "other_team");
    assert_eq!(ben.status().await.waiting.ops, 1);
    assert_eq!(snapshots_on(&ben.today().await), ["Not for strangers."]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_join_whose_answer_was_lost_is_made_good_with_the_same_invite() {
    let (clock, endpoint, ana, _ben) = ana_and_ben().await;
    let wire = Wire::to(&endpoint).await;
    let link = wire.link(&ana.invite().await);
    let cleo = Desktop::new("Cleo", "Asia/Tokyo", &clock).await;
    let join = Request::Join {
        link: link.clone(),
        name: "Cleo".into(),
        time_zone: None,
        hours: None,
    };
    wire.cut_answers();
    assert_eq!(cleo.is_refused(join).await.code, "unreachable");
    wire.mend();

    cleo.join(&link).await;

    ana.sees("Cleo, once", |today| {
        today.people.iter().filter(|now| now.person.name == "Cleo").count() == 1
    })
    .await;
    let stranger = Desktop::new("Stranger", "Asia/Tokyo", &clock).await;
    let again = Request::Join {
        link,
        name: "Stranger".into(),
        time_zone: None,
        hours: None,
    };
    assert_eq!(stranger.is_refused(again).await.code, "invite_used_up");
}

//! A computer whose clock is wrong by years, as after its battery died.

use std::time::Duration;

use samovar_domain::Clock as _;
use samovar_testkit::{Desktop, Endpoint, FakeClock};

use crate::given::{hears_at_any_hour, words_at};

struct Kitchen {
    right: FakeClock,
    wrong: FakeClock,
    endpoint: Endpoint,
    ana: Desktop,
    ben: Desktop,
}

/// Ana's computer believes that it is another year; the endpoint's clock and Ben's are right.
async fn ana_believes_that_it_is(wrong: &str) -> Kitchen {
    let (right, wrong) = (FakeClock::at("2026-11-23T15:00:00Z"), FakeClock::at(wrong));
    let endpoint = Endpoint::start(right.clone()).await;
    let ana = Desktop::new("Ana", "America/Lima", &wrong).await;
    ana.join(endpoint.owner_invite.as_deref().unwrap()).await;
    let ben = Desktop::new("Ben", "Europe/Helsinki", &right).await;
    ben.join(&ana.invite().await).await;
    hears_at_any_hour(&ana).await;
    hears_at_any_hour(&ben).await;
    Kitchen {
        right,
        wrong,
        endpoint,
        ana,
        ben,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_years_ahead_harms_nobody_else() {
    let kitchen = ana_believes_that_it_is("2031-05-05T08:00:00Z").await;
    kitchen.ana.shares("Is it spring already?").await;

    let card = kitchen.ben.sees_snapshot("Is it spring already?").await;
    assert_eq!(
        card.created_at,
        kitchen.right.now(),
        "nothing was written in the future"
    );
    assert_eq!(card.expires_at, kitchen.right.now().plus(Duration::from_hours(24)));
    kitchen.ben.notifier.hears("Is it spring already?").await;
    kitchen.ana.has_sent_everything().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_years_behind_refuses_nothing_and_is_believed_for_a_week_at_most() {
    let kitchen = ana_believes_that_it_is("2001-01-01T00:00:30Z").await;
    kitchen.ben.shares("Good morning.").await;
    kitchen.ana.sees_snapshot("Good morning.").await;
    kitchen.ana.notifier.hears("Good morning.").await;

    let reason = "You told me what year it is.";
    kitchen.ana.thanks(kitchen.ben.me().await, reason).await;

    let card = kitchen.ben.sees_kudos(reason).await;
    assert_eq!(card.created_at, kitchen.right.now().minus(Duration::from_hours(7 * 24)));
    kitchen.ana.has_sent_everything().await;
    assert!(kitchen.ana.status().await.refused.is_empty());
    kitchen.ana.sees_kudos(reason).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_set_right_leaves_everything_where_it_was() {
    let kitchen = ana_believes_that_it_is("2001-01-01T00:00:30Z").await;
    kitchen.ben.shares("Good morning.").await;
    kitchen.ana.sees_snapshot("Good morning.").await;

    kitchen.wrong.set("2026-11-23T15:00:00Z");

    kitchen.ana.shares("That was quick.").await;
    let card = kitchen.ben.sees_snapshot("That was quick.").await;
    assert_eq!(card.created_at, kitchen.right.now());
    kitchen.ana.sees_snapshot("Good morning.").await;
    kitchen.ben.shares("Welcome back to this century.").await;
    kitchen.ana.notifier.hears("this century").await;
    let words = words_at(&kitchen.endpoint, &kitchen.ben).await;
    assert_eq!(
        words,
        ["Good morning.", "That was quick.", "Welcome back to this century."]
    );
}

//! What waits to be sent while the world goes on.

use std::time::Duration;

use samovar_core::api::{Draft, Request, Response};
use samovar_domain::Clock as _;

use crate::given::{Kitchen, snapshots_on, words_at};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_never_pass_comes_back_to_its_writer_and_holds_up_nothing() {
    let mut kitchen = Kitchen::open().await;
    let soup = kitchen.ben.shares("There is soup.").await;
    kitchen.ana.sees_snapshot("There is soup.").await;
    kitchen.wire.unplug();
    kitchen.ana.is_offline().await;
    kitchen.ana.shares("On the tram.").await;
    kitchen.ana.replies(soup, "Save me a bowl, I am nearly there.").await;
    kitchen.ana.shares("At the door.").await;
    kitchen.ben.ask(Request::Delete { item: soup }).await;
    kitchen.ben.has_sent_everything().await;

    kitchen.ana_is_back().await;
    kitchen.ana.has_sent_everything().await;

    let words = words_at(&kitchen.endpoint, &kitchen.ben).await;
    assert_eq!(words, ["On the tram.", "At the door."]);
    kitchen.ana.restarts().await;
    let refused = kitchen.ana.status().await.refused;
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].words, "Save me a bowl, I am nearly there.");
    assert_eq!((refused[0].kind.as_str(), &*refused[0].problem.code), ("reply", "gone"));
    kitchen.ana.ask(Request::DismissRefused { n: refused[0].n }).await;
    assert!(kitchen.ana.status().await.refused.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_ninety_days_away_what_is_over_is_gone_and_what_was_written_arrives() {
    let kitchen = Kitchen::open().await;
    let Kitchen {
        clock,
        endpoint,
        wire,
        ana,
        ben,
    } = &kitchen;
    ben.shares("Out of the oven.").await;
    ana.sees_snapshot("Out of the oven.").await;
    wire.unplug();
    ana.is_offline().await;
    ana.shares("Boarding now.").await;
    ana.thanks(ben.me().await, "You carried my bag all the way to the gate.")
        .await;
    let draft = Draft {
        text: "Half a thought".into(),
        ..Draft::default()
    };
    ana.ask(Request::SaveDraft { draft: draft.clone() }).await;

    clock.advance(Duration::from_hours(90 * 24));
    ana.sees("nothing that is over", |today| snapshots_on(today).is_empty())
        .await;
    assert_eq!(ana.status().await.waiting.ops, 2, "what was written still waits");
    endpoint.tends().await;
    ben.shares("Welcome back!").await;
    kitchen.ana_is_back().await;

    ana.sees_snapshot("Welcome back!").await;
    ana.has_sent_everything().await;
    let kudos = ben.sees_kudos("carried my bag").await;
    assert_eq!(
        kudos.created_at,
        clock.now().minus(Duration::from_hours(7 * 24)),
        "no older than the endpoint believes"
    );
    assert_eq!(
        snapshots_on(&ben.today().await),
        ["Welcome back!"],
        "yesterday's news stays yesterday's"
    );
    let status = ana.status().await;
    assert!(status.refused.is_empty(), "{:#?}", status.refused);
    assert!(
        ben.notifier.shown().is_empty(),
        "and nobody is called for it: {:#?}",
        ben.notifier.shown()
    );
    assert_eq!(ana.ask(Request::Draft).await, Response::Draft(draft));
}

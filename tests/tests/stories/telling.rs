//! A server of notifications that does not answer, and a Samovar that ends meanwhile.

use crate::given::Kitchen;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_of_notifications_that_hangs_holds_up_no_news_on_the_screen() {
    let kitchen = Kitchen::open().await;
    let Kitchen { ana, ben, .. } = &kitchen;
    ana.notifier.hangs(true);
    for cup in ["one", "two", "three"] {
        ben.shares(&format!("Cup {cup}.")).await;
        ana.sees_snapshot(&format!("Cup {cup}.")).await;
    }
    assert!(ana.notifier.shown().is_empty());

    ana.notifier.hangs(false);

    ana.notifier.hears("Cup three.").await;
    let told: Vec<String> = ana.notifier.shown().into_iter().map(|one| one.body).collect();
    assert_eq!(
        told,
        ["Cup one.", "Cup two.", "Cup three."],
        "each once, in their order"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn news_that_could_not_be_told_yet_is_told_after_a_restart_and_once() {
    let mut kitchen = Kitchen::open().await;
    kitchen.ben.shares("Cup one.").await;
    kitchen.ana.notifier.hears("Cup one.").await;
    kitchen.ana.notifier.hangs(true);
    for cup in ["two", "three", "four"] {
        kitchen.ben.shares(&format!("Cup {cup}.")).await;
        kitchen.ana.sees_snapshot(&format!("Cup {cup}.")).await;
    }
    kitchen.ana.notifier.was_handed(2).await;
    kitchen.ana.restarts().await;
    kitchen.ana.notifier.hangs(false);

    kitchen.ana.notifier.hears("Cup four.").await;
    let told: Vec<String> = kitchen.ana.notifier.shown().into_iter().map(|one| one.body).collect();
    // The second was handed over to the server, which may have shown it.
    assert_eq!(told, ["Cup one.", "Cup three.", "Cup four."]);
    kitchen.ana.restarts().await;
    kitchen.ben.shares("Cup five.").await;
    kitchen.ana.notifier.hears("Cup five.").await;
    assert_eq!(kitchen.ana.notifier.shown().len(), 4, "nothing is told again");
}

//! Pair calls on two desktops: the notice ahead, the click that skips, the draw, and a time that suits both.

use std::io;

use samovar_core::api::PairProgress;
use samovar_tests::desktop::Page;
use samovar_tests::draws::Draws;
use samovar_tests::people::Team;
use samovar_tests::wait::eventually;

const SKIP: &str = "Skip this week";

#[tokio::test]
async fn whoever_skips_is_not_drawn_and_the_one_who_is_left_hears_why() -> io::Result<()> {
    let team = Team::gather_on_saturday().await?;
    let (ana, ben) = (&team.ana, &team.ben);
    let draws = Draws::around(team.now());
    ana.sets_draw(&draws.ahead).await?;
    for person in [ana, ben] {
        person.wishes_for_pair_calls().await?;
    }
    let told = ben.computer.notifications.saying("Pairs are drawn").await?;
    ben.computer.screen.settle().await?;
    ben.computer.hands().press_button(&told, SKIP)?;
    ben.has_skipped(true).await?;
    for person in [ana, ben] {
        person.has_sent().await?;
    }

    ana.sets_draw(&draws.due).await?;
    ana.computer.notifications.saying("Nobody to meet this week").await?;
    assert!(ana.gatherings().await?.pairs.unmatched.is_some());
    // Ben has asked for it, and hears nothing.
    let of_ben = ben.computer.notifications.all();
    assert!(of_ben.iter().all(|told| !told.title.contains("meet")), "{of_ben:?}");
    Ok(())
}

#[tokio::test]
async fn two_who_are_drawn_find_a_time_on_their_pages() -> io::Result<()> {
    let team = Team::gather_on_saturday().await?;
    let draws = Draws::around(team.now());
    let (ana, ben) = (team.ana, team.ben);
    ana.sets_draw(&draws.ahead).await?;
    for person in [&ana, &ben] {
        person.wishes_for_pair_calls().await?;
    }
    let told = ben.computer.notifications.saying("Pairs are drawn").await?;
    ben.computer.screen.settle().await?;
    ben.computer.hands().press_button(&told, SKIP)?;
    ben.has_skipped(true).await?;
    ben.app.quit().await?;

    // On second thought.
    let page = Page::open(&ben.computer, "gatherings").await?;
    page.says("You skip this draw.").await?;
    page.click_words("Take part after all").await?;
    page.says(SKIP).await?;
    eventually("Ben's wish to be sent", async || {
        match ben.computer.ask(samovar_core::api::Request::Status).await.ok()? {
            samovar_core::api::Response::Status(status) => (status.waiting.ops == 0).then_some(()),
            _ => None,
        }
    })
    .await?;
    ana.has_sent().await?;

    ana.sets_draw(&draws.due).await?;
    let told = ana.computer.notifications.saying("You meet Ben this week").await?;
    assert_eq!(told.body, "Three times suit you all. Choose those you can.");
    let pairing = ana.is_drawn().await?;
    assert_eq!(pairing.times.len(), 3, "{pairing:?}");
    assert_eq!(pairing.prompts.len(), 2, "{pairing:?}");
    assert!(pairing.link.is_some(), "{pairing:?}");

    page.says("You meet Ana").await?;
    page.says("When can you?").await?;
    for prompt in &pairing.prompts {
        let prompts = page.texts("details li").await?;
        assert!(prompts.contains(prompt), "{prompt} is not among {prompts:?}");
    }
    assert_eq!(page.texts(".times label").await?.len(), 3);
    page.find(".times label")
        .await?
        .click()
        .await
        .map_err(io::Error::other)?;
    page.says("Now it is up to Ana").await?;
    ana.computer
        .ask(samovar_core::api::Request::AnswerPairing {
            pairing: pairing.id,
            times: Some(pairing.times.iter().map(|time| time.at).collect()),
        })
        .await?;
    page.says("You meet ").await?;
    eventually("the call to be agreed", async || {
        let pairing = ana.gatherings().await.ok()?.pairs.pairing?;
        (pairing.progress
            == PairProgress::Agreed {
                at: pairing.times[0].at,
            })
        .then_some(())
    })
    .await?;
    page.says("Pair call with Ana").await?;
    page.close().await
}

//! A recurring block of focus on a real desktop, from its beginning to its digest.

use std::io;

use samovar_tests::desktop::Page;
use samovar_tests::people::Team;
use samovar_tests::wait::eventually;

#[tokio::test]
async fn a_block_of_the_week_holds_what_comes_and_ends_with_exactly_one_digest() -> io::Result<()> {
    let team = Team::gather().await?;
    let (ana, ben) = (team.ana, team.ben);
    let end = ana.has_block_now().await?;
    ana.app.tray.line(&["Focus", "End"]).await?;
    let of_block = end
        .utc()
        .with_timezone(&chrono_tz::Tz::Europe__Berlin)
        .format("%H:%M")
        .to_string();
    // Menu and tooltip change one after the other.
    eventually("the tooltip to say it", async || {
        ana.app.tray.tooltip().await.ok()?.contains(&of_block).then_some(())
    })
    .await?;
    ana.app.quit().await?;

    let page = Page::open(&ana.computer, "today").await?;
    page.says("Heads down").await?;
    page.says("Writing").await?;
    let ring = page.find("svg[role='img']").await?.attr("aria-label").await;
    assert_eq!(ring.ok().flatten(), Some(format!("Focus until {of_block}")));

    for words in ["The soup is on the stove", "Who has seen the ladle?"] {
        ben.computer.done(&["share", words]).await?;
    }
    ben.computer
        .done(&["kudos", "Ana", "-m", "Thank you for the quiet morning"])
        .await?;
    page.says("3 things wait for you.").await?;
    assert!(ana.computer.notifications.all().is_empty(), "she was disturbed");

    ana.computer.until(end).await;
    let told = eventually("the digest", async || ana.computer.notifications.all().pop()).await?;
    assert_eq!(told.title, "While you were heads down");
    assert!(
        told.body.contains("kudos from Ben") && told.body.contains("2 snapshots from Ben"),
        "{told:?}"
    );
    page.says("not now").await?;
    // Told now and not held any more: what comes after it comes alone, and nothing came twice.
    ben.computer.done(&["share", "It was in the sink"]).await?;
    ana.computer.notifications.saying("It was in the sink").await?;
    let all = ana.computer.notifications.all();
    assert_eq!(all.len(), 2, "{all:?}");
    page.close().await
}

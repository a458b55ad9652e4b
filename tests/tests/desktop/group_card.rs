//! A card on two desktops: written in one window, found nowhere at the other computer, and there once it is handed over.

use std::io;

use samovar_tests::desktop::Page;
use samovar_tests::people::Team;
use samovar_tests::story::{FRONT, WISH};

#[tokio::test]
async fn the_one_it_is_for_finds_it_nowhere_until_it_is_handed_over() -> io::Result<()> {
    let team = Team::gather().await?;
    let (ana, ben) = (team.ana, team.ben);
    ana.begins_card_for(&ben).await?;
    ana.app.quit().await?;
    let page = Page::open(&ana.computer, "cards").await?;
    page.says(FRONT).await?;
    page.says("Hidden from Ben").await?;
    page.write("textarea", WISH).await?;
    page.click_words("Write it on the card").await?;
    page.says("It is on the card.").await?;
    ana.computer.done(&["share", "Something is in the oven"]).await?;
    ben.sees("Something is in the oven").await?;
    ben.finds_no_card().await?;

    page.click_words("Hand over").await?;
    page.click_words("Hand it over to Ben").await?;
    ben.computer.notifications.saying(FRONT).await?;
    ben.has_card().await?;
    page.close().await
}

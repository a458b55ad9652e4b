//! A question on two desktops: asked in a window, refused to be closed, heard, and closed.

use std::io;

use samovar_domain::kinds::Voices;
use samovar_tests::desktop::Page;
use samovar_tests::people::Team;
use samovar_tests::story::{OUTCOME, QUESTION};

#[tokio::test]
async fn it_is_refused_to_be_closed_until_the_other_was_heard() -> io::Result<()> {
    let team = Team::gather().await?;
    let (ana, ben) = (team.ana, team.ben);
    let decision = ana.asks_with(&ben, Voices::Open).await?;
    ana.says_for(decision, "Mondays are full of calls.").await?;
    ana.has_sent().await?;
    ana.cannot_close(decision).await?;
    ben.computer.notifications.saying(QUESTION).await?;
    ana.app.quit().await?;

    let page = Page::open(&ana.computer, "decisions").await?;
    page.says(QUESTION).await?;
    page.says("Awaited").await?;
    page.says("at the earliest").await?;
    let buttons = page.texts("button").await?;
    assert!(
        buttons.iter().any(|button| button == "Withdraw"),
        "it can be taken back: {buttons:?}"
    );
    assert!(
        buttons.iter().all(|button| !button.contains("Close the decision")),
        "and nothing else: {buttons:?}"
    );

    ben.says_for(decision, "My bread rises on Mondays.").await?;
    page.says("My bread rises on Mondays.").await?;
    page.says("You may close it now.").await?;
    page.write(".mine textarea", OUTCOME).await?;
    page.click_words("Close the decision").await?;
    page.says("Closed ").await?;
    let told = ben.computer.notifications.saying(OUTCOME).await?;
    assert!(told.title.contains(QUESTION), "{told:?}");
    page.close().await
}

//! The first minute of somebody new, in the window that opens.

use std::io;

use samovar_tests::desktop::{Computer, Page, Tray};

#[tokio::test]
async fn a_team_on_this_computer_is_there_within_a_minute() -> io::Result<()> {
    let computer = Computer::on().await?;
    let page = Page::open(&computer, "today").await?;
    page.click_words("Start a team on this computer").await?;
    page.write("input.field", "Kettle").await?;
    page.click_words("Continue").await?;
    page.says("Your name").await?;
    page.write("input.field", "Ana").await?;
    page.click_words("Start the team").await?;
    page.says("What you want to hear about").await?;

    let said = computer.done(&["status"]).await?;
    assert!(said.contains("Kettle") && said.contains("Ana"), "{said}");
    let tray = Tray::on(&computer).await?;
    tray.choose(&["Focus", "25"]).await?;
    tray.line(&["Focus", "End"]).await?;
    page.close().await
}

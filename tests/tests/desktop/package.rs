//! A package on two desktops: consent given in a window, the address sealed for one computer and opened there.

use std::io;

use samovar_tests::desktop::Page;
use samovar_tests::people::Team;
use samovar_tests::story::{ADDRESS, PARCEL, STREET, is_nowhere};

#[tokio::test]
async fn an_address_is_given_in_one_window_and_opened_in_another() -> io::Result<()> {
    let team = Team::gather().await?;
    let (ana, ben) = (team.ana, team.ben);
    let package = ana.asks_to_send(&ben).await?;
    ben.computer.notifications.saying(PARCEL).await?;
    ben.app.quit().await?;
    let page = Page::open(&ben.computer, "packages").await?;
    page.says(PARCEL).await?;
    page.says("asks for your address").await?;
    page.click_words("Yes, please").await?;
    let address = ADDRESS.replace('\n', ", ");
    page.write("textarea", &address).await?;
    page.click_words("Send my address, sealed").await?;
    page.says("has your address, sealed").await?;

    ana.has_address(package).await?;
    assert_eq!(ana.opens(package).await?, address);
    page.says("opened your address").await?;
    is_nowhere(STREET, team.folder.path())?;

    page.click_words("It is there").await?;
    page.click_words("Say that it is there").await?;
    ana.sees_received(package).await?;
    let refused = ana.opens(package).await.expect_err("the address is erased");
    assert!(refused.to_string().contains("no_address"), "{refused}");
    page.close().await
}

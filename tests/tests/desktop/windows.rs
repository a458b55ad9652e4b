//! What the windows show and do, seen through WebDriver.

use std::io;

use samovar_core::api::Request;
use samovar_testkit::photos;
use samovar_tests::desktop::{App, Computer, Page};
use samovar_tests::people::{Team, photo};
use samovar_tests::wait::eventually;

#[tokio::test]
async fn a_photo_is_on_the_others_today_page_and_a_reply_comes_back() -> io::Result<()> {
    let team = Team::gather().await?;
    let (ana, ben) = (team.ana, team.ben);
    ben.app.quit().await?;
    let page = Page::open(&ben.computer, "today").await?;

    let file = photo(&ana.computer, "oven.jpg", photos::KITCHEN)?;
    let file = file.to_str().expect("the path is plain");
    let bread = "A loaf on a table";
    ana.computer
        .done(&["share", "Bread is out", "--photo", file, "--alt", bread])
        .await?;

    page.says("Bread is out").await?;
    assert!(page.picture(bread).await? >= 480, "it is the photo, not a placeholder");
    assert_eq!(
        ben.computer.notifications.saying("Bread is out").await?.title,
        "Ana shared a snapshot"
    );

    page.click_words("Reply").await?;
    page.write(".replies input", "Save me a slice\u{e007}").await?;
    page.says("Save me a slice").await?;
    ana.computer.notifications.saying("Save me a slice").await?;
    page.close().await
}

#[tokio::test]
async fn the_viewer_shows_the_whole_photo_once_it_has_arrived() -> io::Result<()> {
    let team = Team::gather().await?;
    let (ana, ben) = (team.ana, team.ben);
    let file = photo(&ana.computer, "oven.jpg", photos::KITCHEN)?;
    let file = file.to_str().expect("the path is plain");
    ana.computer.done(&["share", "Bread is out", "--photo", file]).await?;
    ben.app.quit().await?;

    let page = Page::open(&ben.computer, "today").await?;
    page.says("Bread is out").await?;
    page.find("ul[aria-label='Snapshots of today'] button[title='Ana']")
        .await?
        .click()
        .await
        .map_err(io::Error::other)?;
    assert_eq!(
        page.picture_once_more("dialog").await?,
        800,
        "it is the photo, not the small picture"
    );
    page.close().await
}

#[tokio::test]
async fn a_second_start_brings_the_first_ones_window_forward() -> io::Result<()> {
    let computer = Computer::on().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    let app = App::start(&computer).await?;
    assert!(computer.hands().windows("^Samovar$").is_empty(), "it began in the tray");

    assert_eq!(computer.done(&[]).await?, "", "the second one has nothing to say");
    eventually("the window of the first", async || {
        (!computer.hands().windows("^Samovar$").is_empty()).then_some(())
    })
    .await?;
    app.quit().await
}

#[tokio::test]
async fn the_command_line_works_beside_the_application_and_without_it() -> io::Result<()> {
    let computer = Computer::on().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    computer.done(&["share", "Before the first start"]).await?;

    let app = App::start(&computer).await?;
    computer.done(&["share", "While it runs"]).await?;
    computer.done(&["focus", "25m"]).await?;
    app.tray.line(&["Focus", "End"]).await?;
    eventually("the icon to say it", async || {
        app.tray.tooltip().await.ok()?.contains("focus until").then_some(())
    })
    .await?;
    let busy = computer
        .samovar(&["kudos", "Nobody", "-m", "Thank you for being there"])
        .await?;
    assert_eq!(busy.code, 1, "{busy:?}");
    assert!(busy.complaint.contains("Nobody"), "it says who is not known: {busy:?}");
    app.quit().await?;

    let today = computer.done(&["today"]).await?;
    for words in ["Before the first start", "While it runs"] {
        assert!(today.contains(words), "{today}");
    }
    Ok(())
}

#[tokio::test]
async fn what_was_typed_is_there_again_after_a_power_cut() -> io::Result<()> {
    let computer = Computer::on().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    let app = App::start(&computer).await?;
    app.tray.choose(&["Share a snapshot"]).await?;
    eventually("the popover", async || {
        let windows = computer.hands().windows("^Samovar$");
        windows
            .into_iter()
            .any(|window| computer.screen.is_drawn(window))
            .then_some(())
    })
    .await?;
    computer.screen.settle().await?;
    computer.hands().type_words("Half a thought")?;
    eventually("the draft to be kept", async || {
        match computer.ask(Request::Draft).await.ok()? {
            samovar_core::api::Response::Draft(draft) => (draft.text == "Half a thought").then_some(()),
            _ => None,
        }
    })
    .await?;
    app.kill();

    let page = Page::open(&computer, "snapshot").await?;
    let field = page.find("textarea").await?;
    eventually("the draft in the field", async || {
        (field.prop("value").await.ok()?? == "Half a thought").then_some(())
    })
    .await?;
    page.close().await
}

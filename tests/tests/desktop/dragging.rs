//! Photos that are dragged from another window and let fall.

use std::io;

use samovar_core::api::{Request, Response};
use samovar_testkit::photos;
use samovar_tests::desktop::{App, Computer};
use samovar_tests::people::photo;
use samovar_tests::process::{Running, built};
use samovar_tests::wait::eventually;

/// Within the window that files are dragged from.
const FILE: (i32, i32) = (50, 150);

/// A window with a photo in it, as a file manager has one.
async fn file_manager(computer: &Computer) -> io::Result<Running> {
    let file = photo(computer, "oven.jpg", photos::KITCHEN)?;
    let files = Running::start(computer.command(built("examples/drag-source")?).arg(file))?;
    eventually("the window with files", async || {
        (!computer.hands().windows("^Files$").is_empty()).then_some(())
    })
    .await?;
    Ok(files)
}

async fn has_photo(computer: &Computer) -> io::Result<()> {
    eventually("the photo to be prepared", async || {
        match computer.ask(Request::Draft).await.ok()? {
            Response::Draft(draft) => (draft.photos.len() == 1).then_some(()),
            _ => None,
        }
    })
    .await
}

fn middle([left, top, width, height]: [u32; 4]) -> (i32, i32) {
    ((left + width / 2).cast_signed(), (top + height / 2).cast_signed())
}

#[tokio::test]
async fn the_popover_stays_for_a_photo_that_is_dragged_to_it() -> io::Result<()> {
    let computer = Computer::on().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    let app = App::start(&computer).await?;
    let _files = file_manager(&computer).await?;
    app.tray.choose(&["Share a snapshot"]).await?;
    computer.has_popover().await?;
    let popover = computer.hands().popover().expect("it is there");
    computer.hands().drag(FILE, middle(popover))?;
    computer.hands().let_go()?;
    has_photo(&computer).await?;
    assert!(computer.hands().popover().is_some(), "it is still there");

    // Turning to something else lets it go as ever.
    computer.hands().click(FILE.0, FILE.1, 1)?;
    computer.has_no_popover().await?;
    app.quit().await
}

#[tokio::test]
async fn a_photo_that_falls_onto_the_main_window_waits_in_the_popover() -> io::Result<()> {
    let computer = Computer::on().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    let app = App::start(&computer).await?;
    app.tray.choose(&["Open Samovar"]).await?;
    computer.has_window().await?;
    let _files = file_manager(&computer).await?;
    let window = computer.hands().main_window().expect("it is there");
    computer.hands().drag(FILE, middle(window))?;
    computer.hands().let_go()?;
    computer.has_popover().await?;
    has_photo(&computer).await?;
    app.quit().await
}

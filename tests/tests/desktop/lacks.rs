//! Desktops that lack something: Samovar says so and goes on.

use std::io;

use samovar_core::api::{AppNotice, Request, Response, SettingsChange};
use samovar_tests::desktop::{App, Computer, Lacks, Tray};
use samovar_tests::wait::eventually;

async fn notices(computer: &Computer) -> Option<Vec<AppNotice>> {
    match computer.ask(Request::Status).await.ok()? {
        Response::Status(status) => Some(status.notices),
        _ => None,
    }
}

#[tokio::test]
async fn without_a_tray_the_window_opens_and_the_icon_comes_when_a_tray_does() -> io::Result<()> {
    let lacks = Lacks {
        tray: true,
        ..Lacks::default()
    };
    let mut computer = Computer::without(lacks).await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    let _app = App::launch(&computer, &["--hidden"])?;
    eventually("the window", async || {
        (!computer.hands().windows("^Samovar$").is_empty()).then_some(())
    })
    .await?;
    eventually("word of the missing tray", async || {
        notices(&computer).await?.contains(&AppNotice::NoTray).then_some(())
    })
    .await?;

    computer.start_panel().await?;
    let tray = Tray::on(&computer).await?;
    tray.line(&["Open Samovar"]).await?;
    eventually("the notice to go", async || {
        (!notices(&computer).await?.contains(&AppNotice::NoTray)).then_some(())
    })
    .await
}

#[tokio::test]
async fn without_a_notification_server_it_says_so_and_tells_again_once_there_is_one() -> io::Result<()> {
    let lacks = Lacks {
        notifications: true,
        ..Lacks::default()
    };
    let mut computer = Computer::without(lacks).await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    let app = App::start(&computer).await?;
    eventually("word of the missing notifications", async || {
        notices(&computer)
            .await?
            .contains(&AppNotice::NoNotifications)
            .then_some(())
    })
    .await?;
    computer.start_notifications().await?;
    let change = SettingsChange {
        quiet_outside_hours: Some(false),
        ..SettingsChange::default()
    };
    computer.ask(Request::ChangeSettings { change }).await?;
    let invite = computer.done(&["invite"]).await?;
    let nobody = Lacks {
        tray: true,
        notifications: true,
    };
    let other = Computer::without(nobody).await?;
    other.done(&["join", invite.trim(), "--name", "Ben"]).await?;
    other.done(&["share", "The kettle is on."]).await?;
    computer.notifications.saying("The kettle is on.").await?;
    eventually("the notice to go", async || {
        (!notices(&computer).await?.contains(&AppNotice::NoNotifications)).then_some(())
    })
    .await?;
    app.quit().await
}

#[tokio::test]
async fn a_panel_that_goes_strands_nobody_and_has_the_icon_again_when_it_is_back() -> io::Result<()> {
    let mut computer = Computer::on().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    let app = App::start(&computer).await?;
    assert!(computer.hands().main_window().is_none(), "it began in the tray");

    computer.end_panel().await?;
    eventually("word of the missing tray", async || {
        notices(&computer).await?.contains(&AppNotice::NoTray).then_some(())
    })
    .await?;
    // Closing it now must leave a way back.
    computer.closes_window().await?;
    eventually("the window to be out of the way", async || {
        computer.hands().main_window().is_none().then_some(())
    })
    .await?;
    assert_eq!(computer.hands().minimised_windows(), 1, "it is among the windows still");

    computer.start_panel().await?;
    let tray = Tray::on(&computer).await?;
    eventually("the notice to go", async || {
        (!notices(&computer).await?.contains(&AppNotice::NoTray)).then_some(())
    })
    .await?;
    tray.choose(&["Open Samovar"]).await?;
    computer.closes_window().await?;
    eventually("the window to close into the tray", async || {
        (computer.hands().main_window().is_none() && computer.hands().minimised_windows() == 0).then_some(())
    })
    .await?;
    drop(app);
    Ok(())
}

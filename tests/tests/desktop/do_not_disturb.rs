//! The desktop's own do-not-disturb: it holds what Samovar would tell, and follows a focus where its person agrees.
#![expect(
    clippy::unused_self,
    reason = "the bus calls methods, and this server answers each the same"
)]

use std::io;

use samovar_core::api::{DoNotDisturb, FocusSettings, Request, SettingsChange};
use samovar_tests::desktop::{App, Computer, Lacks};
use samovar_tests::people::Team;
use samovar_tests::wait::eventually;
use zbus::zvariant::Value;

/// Flips the switch of this desktop, as its settings do.
async fn set_do_not_disturb(computer: &Computer, is_on: bool) -> io::Result<()> {
    let bus = computer.bus.connect().await.map_err(io::Error::other)?;
    let change = ("xfce4-notifyd", "/do-not-disturb", Value::from(is_on));
    bus.call_method(
        Some("org.xfce.Xfconf"),
        "/org/xfce/Xfconf",
        Some("org.xfce.Xfconf"),
        "SetProperty",
        &change,
    )
    .await
    .map(|_| ())
    .map_err(io::Error::other)
}

#[tokio::test]
async fn what_comes_while_the_desktop_is_not_to_disturb_is_told_afterwards() -> io::Result<()> {
    let team = Team::gather().await?;
    let (ana, ben) = (&team.ana, &team.ben);
    set_do_not_disturb(&ben.computer, true).await?;
    ana.computer.done(&["share", "The kettle is on"]).await?;
    eventually("it to be held", async || {
        (ben.status().await.ok()?.held == 1).then_some(())
    })
    .await?;
    assert!(ben.computer.notifications.all().is_empty());
    // Once it may be told again, it comes as the digest.
    set_do_not_disturb(&ben.computer, false).await?;
    ben.computer.notifications.saying("snapshot from Ana").await?;
    Ok(())
}

/// Whether dunst is paused, as its own tools ask it.
async fn is_paused(computer: &Computer) -> io::Result<bool> {
    let bus = computer.bus.connect().await.map_err(io::Error::other)?;
    let answer = bus
        .call_method(
            Some("org.freedesktop.Notifications"),
            "/org/freedesktop/Notifications",
            Some("org.freedesktop.DBus.Properties"),
            "Get",
            &("org.dunstproject.cmd0", "paused"),
        )
        .await
        .map_err(io::Error::other)?;
    let value: zbus::zvariant::OwnedValue = answer.body().deserialize().map_err(io::Error::other)?;
    value.try_into().map_err(io::Error::other)
}

async fn becomes_paused(computer: &Computer, wanted: bool) -> io::Result<()> {
    let what = format!("dunst's pause to be {wanted}");
    eventually(&what, async || {
        (is_paused(computer).await.ok()? == wanted).then_some(())
    })
    .await
}

/// Agrees that a focus turns it on.
async fn agree(computer: &Computer) -> io::Result<()> {
    assert_eq!(computer.settings().await?.do_not_disturb, DoNotDisturb::CanBeSet);
    let change = SettingsChange {
        focus: Some(FocusSettings {
            do_not_disturb: true,
            ..FocusSettings::default()
        }),
        ..SettingsChange::default()
    };
    computer.ask(Request::ChangeSettings { change }).await.map(|_| ())
}

/// A computer with its usual server of notifications missing.
async fn without_notifications() -> io::Result<Computer> {
    let lacks = Lacks {
        notifications: true,
        ..Lacks::default()
    };
    let computer = Computer::without(lacks).await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    Ok(computer)
}

#[tokio::test]
async fn dunst_is_paused_by_a_focus_and_as_before_after_it_even_when_samovar_was_killed() -> io::Result<()> {
    let mut computer = without_notifications().await?;
    computer.start_dunst().await?;
    let app = App::start(&computer).await?;
    agree(&computer).await?;
    assert!(!is_paused(&computer).await?);
    computer.done(&["focus", "25m"]).await?;
    becomes_paused(&computer, true).await?;
    computer.done(&["focus", "end"]).await?;
    becomes_paused(&computer, false).await?;

    computer.done(&["focus", "25m"]).await?;
    becomes_paused(&computer, true).await?;
    app.kill();
    // The focus ends while nothing of Samovar runs but its command line.
    computer.done(&["focus", "end"]).await?;
    assert!(is_paused(&computer).await?, "nobody was there to put it back");
    let app = App::start(&computer).await?;
    becomes_paused(&computer, false).await?;
    app.quit().await
}

#[tokio::test]
async fn a_pause_of_dunst_that_was_there_before_a_focus_stays_after_it() -> io::Result<()> {
    let mut computer = without_notifications().await?;
    computer.start_dunst().await?;
    let app = App::start(&computer).await?;
    agree(&computer).await?;
    let paused = computer.command("dunstctl").args(["set-paused", "true"]).status()?;
    assert!(paused.success());
    becomes_paused(&computer, true).await?;
    // Twice: when the second one ends, the first one's end is done with.
    for _ in 0..2 {
        app.tray.choose(&["Focus", "25"]).await?;
        app.tray.choose(&["Focus", "End"]).await?;
    }
    app.quit().await?;
    assert!(is_paused(&computer).await?, "it is their own");
    Ok(())
}

/// A server of notifications that says that it is GNOME's. All else here is GNOME's own: the settings, and who keeps them.
struct Shell;

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Shell {
    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("gnome-shell", "GNOME", "43", "1.2")
    }

    fn get_capabilities(&self) -> Vec<&str> {
        vec!["actions", "body"]
    }
}

#[tokio::test]
async fn gnomes_own_setting_follows_a_focus_and_is_as_before_after_it() -> io::Result<()> {
    let computer = without_notifications().await?;
    computer.may_keep_gnome_settings().await?;
    let shell = computer.bus.connect().await.map_err(io::Error::other)?;
    let server = shell.object_server();
    server
        .at("/org/freedesktop/Notifications", Shell)
        .await
        .map_err(io::Error::other)?;
    shell
        .request_name("org.freedesktop.Notifications")
        .await
        .map_err(io::Error::other)?;
    let becomes = async |wanted: bool| {
        let what = format!("GNOME's banners to be {wanted}");
        eventually(&what, async || (computer.shows_banners().ok()? == wanted).then_some(())).await
    };

    let app = App::start_with(&computer, &[("XDG_CURRENT_DESKTOP", "GNOME")]).await?;
    agree(&computer).await?;
    becomes(true).await?;
    computer.done(&["focus", "25m"]).await?;
    becomes(false).await?;
    app.kill();
    computer.done(&["focus", "end"]).await?;
    assert!(!computer.shows_banners()?, "nobody was there to put it back");
    let app = App::start_with(&computer, &[("XDG_CURRENT_DESKTOP", "GNOME")]).await?;
    becomes(true).await?;
    app.quit().await
}

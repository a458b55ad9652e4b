//! The keys that open the popover from anywhere.

use std::io;
use std::time::Duration;

use samovar_core::api::{Request, SettingsChange};
use samovar_tests::desktop::{App, Computer, ask};
use samovar_tests::process::{Running, built};
use samovar_tests::wait::eventually;
use tokio::time::timeout;

fn keys(keys: &str) -> Request {
    let change = SettingsChange {
        shortcut: Some(keys.to_owned()),
        ..SettingsChange::default()
    };
    Request::ChangeSettings { change }
}

#[tokio::test]
async fn keys_open_the_popover_from_anywhere_and_change_at_once() -> io::Result<()> {
    let computer = Computer::on().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    let app = App::start(&computer).await?;
    let hands = computer.hands();
    computer.ask(keys("Ctrl+Alt+S")).await?;
    hands.press("ctrl+alt+s")?;
    computer.has_popover().await?;
    hands.press("ctrl+alt+s")?;
    computer.has_no_popover().await?;

    computer.ask(keys("Ctrl+Shift+K")).await?;
    hands.press("ctrl+shift+k")?;
    computer.has_popover().await?;
    hands.press("Escape")?;
    computer.has_no_popover().await?;
    app.quit().await?;

    let app = App::start(&computer).await?;
    eventually("the popover, with keys from last time", async || {
        // Before Samovar listens for them they do nothing, and are pressed again.
        hands.press("ctrl+shift+k").ok()?;
        timeout(Duration::from_secs(2), computer.has_popover()).await.ok()?.ok()
    })
    .await?;
    app.quit().await
}

/// A second Samovar on the same screen, which is another program to the keys of the first.
struct Other {
    profile: std::path::PathBuf,
    _process: Running,
}

impl Other {
    async fn start(computer: &Computer) -> io::Result<Self> {
        let profile = computer.home().join("other-profile");
        let mut command = computer.command(built("samovar")?);
        command.arg("--profile").arg(&profile).arg("--hidden");
        let other = Self {
            profile,
            _process: Running::start(&mut command)?,
        };
        eventually("the other Samovar to answer", async || {
            ask(&other.profile, &Request::Status).await.ok().map(|_| ())
        })
        .await?;
        Ok(other)
    }

    async fn wants(&self, wanted: &str) -> io::Result<()> {
        ask(&self.profile, &keys(wanted)).await.map(|_| ())
    }
}

#[tokio::test]
async fn keys_that_are_taken_are_refused_and_free_again_once_they_are_cleared() -> io::Result<()> {
    let computer = Computer::on().await?;
    let _app = App::start(&computer).await?;
    let other = Other::start(&computer).await?;
    computer.ask(keys("Ctrl+Alt+T")).await?;

    let refusal = other.wants("Ctrl+Alt+T").await.expect_err("they are taken");
    assert!(refusal.to_string().contains("shortcut_taken"), "{refusal}");
    let settings = ask(&other.profile, &Request::Settings).await?;
    assert!(
        !format!("{settings:?}").contains("Ctrl+Alt+T"),
        "nothing was changed: {settings:?}"
    );

    computer.ask(keys("")).await?;
    // The one who listened ends a moment after it was told to.
    eventually("the keys to be free", async || other.wants("Ctrl+Alt+T").await.ok()).await?;

    // Taken from the other while it is away, which it can only tell by a notification when it is back.
    drop(other);
    eventually("the keys to be free", async || {
        computer.ask(keys("Ctrl+Alt+T")).await.ok()
    })
    .await?;
    let _other = Other::start(&computer).await?;
    computer.notifications.saying("Another program uses these keys").await?;
    Ok(())
}

//! The token of Slack in a keyring that is there, and one that is not.

use std::io;

use samovar_core::api::{AppNotice, Request, Response, TokenPlace};
use samovar_testkit::{FakeClock, SLACK_TOKEN, SlackStandIn};
use samovar_tests::desktop::{App, Computer};
use samovar_tests::wait::eventually;

const SLACK_API: &str = "SAMOVAR_TEST_SLACK_API";

/// A stand-in for Slack that keeps the time of this computer.
async fn slack() -> SlackStandIn {
    use samovar_domain::{Clock as _, SystemClock};
    SlackStandIn::start(&FakeClock::at(&SystemClock.now().to_string())).await
}

async fn connect(computer: &Computer) -> io::Result<()> {
    let token = SLACK_TOKEN.to_owned();
    let in_file = false;
    computer.ask(Request::ConnectSlack { token, in_file }).await.map(|_| ())
}

async fn kept(computer: &Computer) -> io::Result<Option<TokenPlace>> {
    Ok(computer.settings().await?.slack.map(|slack| slack.kept))
}

async fn misses_keyring(computer: &Computer) -> Option<bool> {
    match computer.ask(Request::Status).await.ok()? {
        Response::Status(status) => Some(status.notices.contains(&AppNotice::NoKeyring)),
        _ => None,
    }
}

#[tokio::test]
async fn a_token_is_kept_read_and_taken_away_in_the_keyring_of_the_session() -> io::Result<()> {
    let mut computer = Computer::on().await?;
    computer.start_keyring().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    let slack = slack().await;
    let app = App::start_with(&computer, &[(SLACK_API, &slack.api)]).await?;
    // The key that others seal to for this computer lies there as well.
    eventually("the key of this computer", async || {
        (computer.kept_secrets().await.ok()? == 1).then_some(())
    })
    .await?;
    assert!(!computer.profile().join("device-key.json").exists(), "nor in a file");
    connect(&computer).await?;
    assert_eq!(kept(&computer).await?, Some(TokenPlace::Keyring));
    assert_eq!(computer.kept_secrets().await?, 2);
    assert!(!computer.profile().join("slack.json").exists(), "it is in no file");
    app.quit().await?;

    // The next run has nothing but the keyring to read it from.
    let app = App::start_with(&computer, &[(SLACK_API, &slack.api)]).await?;
    computer.done(&["focus", "25m"]).await?;
    eventually("Slack's status to say it", async || {
        (slack.account().expiration != 0).then_some(())
    })
    .await?;
    computer.done(&["focus", "end"]).await?;
    eventually("Slack's status to be what it was", async || {
        (slack.account().expiration == 0).then_some(())
    })
    .await?;

    computer.ask(Request::RemoveSlack).await?;
    assert_eq!(kept(&computer).await?, None);
    assert_eq!(computer.kept_secrets().await?, 1, "it is taken out of the keyring");
    app.quit().await
}

#[tokio::test]
async fn without_a_keyring_a_token_is_kept_for_this_run_and_that_is_said() -> io::Result<()> {
    let mut computer = Computer::on().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    let slack = slack().await;
    let app = App::start_with(&computer, &[(SLACK_API, &slack.api)]).await?;
    connect(&computer).await?;
    assert_eq!(kept(&computer).await?, Some(TokenPlace::ThisRun));
    assert_eq!(misses_keyring(&computer).await, Some(true));
    // One that has come since is found without a new start.
    computer.start_keyring().await?;
    connect(&computer).await?;
    assert_eq!(kept(&computer).await?, Some(TokenPlace::Keyring));
    assert_eq!(misses_keyring(&computer).await, Some(false));
    app.quit().await
}

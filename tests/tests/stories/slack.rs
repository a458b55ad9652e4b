//! Slack's status follows a focus, told against a stand-in for Slack's API on this computer.

use std::time::Duration;

use samovar_core::api::{AppNotice, Request, Response, SlackCard, TokenPlace};
use samovar_testkit::{Desktop, Endpoint, FakeClock, SLACK_TOKEN, SlackAccount, SlackStandIn};

use crate::main_job::ana_and_ben;

async fn ana_has_slack() -> (FakeClock, Endpoint, Desktop, SlackStandIn) {
    let (clock, endpoint, mut ana, _ben) = ana_and_ben().await;
    let slack = SlackStandIn::start(&clock).await;
    ana.uses_slack(&slack.api).await;
    ana.is_online().await;
    (clock, endpoint, ana, slack)
}

async fn connects(ana: &Desktop, in_file: bool) -> Option<SlackCard> {
    let token = SLACK_TOKEN.to_owned();
    match ana.ask(Request::ConnectSlack { token, in_file }).await {
        Response::Settings(settings) => settings.slack,
        other => panic!("expected settings, not {other:?}"),
    }
}

async fn card(ana: &Desktop) -> Option<SlackCard> {
    match ana.ask(Request::Settings).await {
        Response::Settings(settings) => settings.slack,
        other => panic!("expected settings, not {other:?}"),
    }
}

fn lunch() -> SlackAccount {
    SlackAccount {
        text: "Feeding the cats".to_owned(),
        emoji: ":cat:".to_owned(),
        ..SlackAccount::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_status_says_until_when_and_what_was_there_before_comes_back() {
    let (clock, _endpoint, ana, slack) = ana_has_slack().await;
    slack.changes(lunch());
    let kept = connects(&ana, false).await.unwrap();
    assert_eq!((kept.kept, kept.trouble), (TokenPlace::Keyring, None));
    assert!(ana.keyring.kept().values().any(|token| token == SLACK_TOKEN));

    ana.focuses(25).await;
    let shown = slack.shows("the focus", |account| account.snoozed_until != 0).await;
    let until = 1_795_447_500; // 15:25 in UTC, 10:25 in Lima
    assert_eq!(shown.text, "Focus until 10:25");
    assert_eq!((shown.emoji.as_str(), shown.expiration), (":no_bell:", until));
    assert_eq!(shown.snoozed_until, until);

    ana.focuses(50).await;
    slack
        .shows("the longer focus", |account| {
            account.text == "Focus until 10:50" && account.snoozed_until == until + 25 * 60
        })
        .await;
    clock.advance(Duration::from_mins(10));
    ana.ask(Request::EndFocus).await;
    slack.shows("the cats", |account| *account == lunch()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_expired_by_itself_is_put_back_too() {
    let (clock, _endpoint, ana, slack) = ana_has_slack().await;
    slack.changes(lunch());
    connects(&ana, false).await;
    ana.focuses(25).await;
    slack.shows("the focus", |account| account.snoozed_until != 0).await;
    clock.advance(Duration::from_mins(25));
    slack.is_asked("users.profile.set", 2).await;
    slack.shows("the cats", |account| *account == lunch()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_changed_since_stays() {
    let (_clock, _endpoint, ana, slack) = ana_has_slack().await;
    slack.changes(lunch());
    connects(&ana, false).await;
    ana.focuses(25).await;
    let shown = slack.shows("the focus", |account| account.snoozed_until != 0).await;
    let at_the_dentist = SlackAccount {
        text: "At the dentist".to_owned(),
        emoji: ":tooth:".to_owned(),
        expiration: 0,
        snoozed_until: shown.snoozed_until,
    };
    slack.changes(at_the_dentist.clone());
    let before = slack.calls().len();

    ana.ask(Request::EndFocus).await;
    slack.shows("no snooze", |account| account.snoozed_until == 0).await;
    assert_eq!(slack.account().text, "At the dentist");
    assert!(!slack.calls()[before..].contains(&"users.profile.set".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_in_the_middle_puts_it_back_at_the_end() {
    let (clock, _endpoint, mut ana, slack) = ana_has_slack().await;
    slack.changes(lunch());
    connects(&ana, false).await;
    ana.focuses(25).await;
    slack.shows("the focus", |account| account.snoozed_until != 0).await;
    ana.core.close().await;
    clock.advance(Duration::from_mins(40));
    ana.restarts().await;
    slack.shows("the cats", |account| *account == lunch()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slack_is_asked_again_when_it_says_so_and_a_token_that_was_revoked_never_holds_up_a_focus() {
    let (clock, _endpoint, ana, slack) = ana_has_slack().await;
    connects(&ana, false).await;
    slack.is_busy_once(30);
    ana.focuses(25).await;
    clock.is_slept_on_for(Duration::from_secs(30)).await;
    assert_eq!(slack.account(), SlackAccount::default());
    clock.advance(Duration::from_secs(30));
    slack.shows("the focus", |account| account.snoozed_until != 0).await;

    slack.revokes();
    ana.ask(Request::EndFocus).await;
    let mut changes = ana.core.changes();
    while card(&ana).await.unwrap().trouble.is_none() {
        changes.recv().await.unwrap();
    }
    assert_eq!(card(&ana).await.unwrap().trouble.as_deref(), Some("token_revoked"));
    ana.focuses(25).await;
    assert!(
        ana.status().await.focus_until.is_some(),
        "the focus begins all the same"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_is_refused_where_it_is_entered() {
    let (_clock, _endpoint, ana, _slack) = ana_has_slack().await;
    for token in ["hunter2", "xoxp-wrong", ""] {
        let token = token.to_owned();
        let request = Request::ConnectSlack { token, in_file: false };
        assert_eq!(ana.is_refused(request).await.code, "slack_token");
    }
    assert_eq!(card(&ana).await, None);
    assert!(!ana.keyring.kept().contains_key("slack-token"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_keyring_the_token_lives_as_long_as_samovar_or_in_a_file_if_one_agrees() {
    let (_clock, _endpoint, mut ana, slack) = ana_has_slack().await;
    ana.keyring.is_missing(true);
    assert_eq!(connects(&ana, false).await.unwrap().kept, TokenPlace::ThisRun);
    assert!(ana.status().await.notices.contains(&AppNotice::NoKeyring));
    ana.restarts().await;
    assert_eq!(card(&ana).await, None, "it went with the run");

    assert_eq!(connects(&ana, true).await.unwrap().kept, TokenPlace::File);
    let file = ana.folder().join("slack.json");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    ana.restarts().await;
    ana.is_online().await;
    ana.focuses(25).await;
    slack.shows("the focus", |account| account.snoozed_until != 0).await;

    ana.ask(Request::RemoveSlack).await;
    assert_eq!(card(&ana).await, None);
    assert!(!file.exists());
    assert_eq!(slack.account(), SlackAccount::default(), "the status is as it was");
    let database = std::fs::read(ana.folder().join("samovar.db")).unwrap();
    let log = std::fs::read(ana.folder().join("samovar.db-wal")).unwrap_or_default();
    let holds = |bytes: &[u8]| {
        bytes
            .windows(SLACK_TOKEN.len())
            .any(|part| part == SLACK_TOKEN.as_bytes())
    };
    assert!(!holds(&database) && !holds(&log), "the token was never in the database");
}

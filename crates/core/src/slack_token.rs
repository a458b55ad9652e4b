//! The Slack token: where it is kept, and how it comes and goes. It is never in the database, never in the log, and
//! never sent to the team.

use std::sync::{Arc, PoisonError};

use samovar_domain::Problem;
use serde::{Deserialize, Serialize};

use crate::api::{AppNotice, Changed, Response, SlackCard, TokenPlace};
use crate::core::{Inner, io_problem};
use crate::secrets::SecretsError;
use crate::slack::{Slack, SlackError};
use crate::slack_status::{self, Shown};
use crate::store::fact;
use crate::{account, settings};

/// Its name in the keyring.
const NAME: &str = "slack-token";
/// The file that it lies in when its person has agreed to that.
const FILE: &str = "slack.json";

/// What is stored of the account, beside its token.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Account {
    pub(crate) kept: Option<TokenPlace>,
    /// Slack's code of why the token does not work any more.
    pub(crate) trouble: Option<String>,
    /// What Samovar has changed there, and what was before.
    pub(crate) shown: Option<Shown>,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    token: String,
}

pub(crate) async fn account(inner: &Inner) -> Result<Account, Problem> {
    inner
        .store
        .fact(fact::SLACK)
        .await
        .map_err(|error| inner.problem(error))
}

pub(crate) async fn set_account(inner: &Inner, account: Account) -> Result<(), Problem> {
    inner.kept(inner.store.set_fact(fact::SLACK, account).await)
}

/// What the settings show of it.
pub(crate) async fn card(inner: &Inner) -> Result<Option<SlackCard>, Problem> {
    let account = account(inner).await?;
    let kept = match account.kept {
        // Samovar has ended since, and the token with it.
        Some(TokenPlace::ThisRun) if of_this_run(inner).is_none() => None,
        other => other,
    };
    Ok(kept.map(|kept| SlackCard {
        kept,
        trouble: account.trouble,
    }))
}

fn of_this_run(inner: &Inner) -> Option<String> {
    inner.slack_token.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn remember(inner: &Inner, token: Option<String>) {
    *inner.slack_token.lock().unwrap_or_else(PoisonError::into_inner) = token;
}

/// The token, from wherever it lies; `None` when it is not there.
pub(crate) async fn token(inner: &Inner, kept: TokenPlace) -> Option<String> {
    if let Some(token) = of_this_run(inner) {
        return Some(token);
    }
    let token = match kept {
        TokenPlace::Keyring => inner.parts.secrets.read(NAME).await.ok().flatten(),
        TokenPlace::File => {
            let path = inner.parts.folder.join(FILE);
            let read = samovar_blocking::run(move || std::fs::read(path)).await.ok()?;
            let stored: Option<Stored> = serde_json::from_slice(&read.ok()?).ok();
            stored.map(|stored| stored.token)
        }
        TokenPlace::ThisRun => None,
    };
    remember(inner, token.clone());
    token
}

/// Takes a token when Slack does, and keeps it in the keyring; where there is none, in a file when its person agrees, or
/// in memory.
pub(crate) async fn connect(inner: &Arc<Inner>, token: &str, in_file: bool) -> Result<Response, Problem> {
    let token = token.trim();
    if !token.starts_with("xox") || token.chars().any(|char| char.is_whitespace() || char.is_control()) {
        return Err(Problem::new(
            "slack_token",
            "This is not a Slack user token. It starts with xoxp-.",
        ));
    }
    let asked = async { Slack::new(&inner.parts.slack_api, token)?.status().await };
    match asked.await {
        Ok(_) => {}
        Err(SlackError::BadToken(code) | SlackError::Refused(code)) => {
            return Err(Problem::new(
                "slack_token",
                format!("Slack does not take this token ({code}). Make a new one with the scopes that are named here."),
            ));
        }
        Err(SlackError::RateLimited(_) | SlackError::Unreachable(_)) => {
            return Err(Problem::new(
                "slack_unreachable",
                "Slack cannot be reached right now. Nothing was changed; try again in a moment.",
            ));
        }
    }
    let at_work = inner.slack_at_work.lock().await;
    let kept = match inner.parts.secrets.keep(NAME, token).await {
        Ok(()) => {
            inner.report(AppNotice::NoKeyring, false);
            TokenPlace::Keyring
        }
        Err(error) => {
            if error != SecretsError::NoKeyring {
                tracing::warn!(%error, "the keyring did not keep the token");
            }
            inner.report(AppNotice::NoKeyring, true);
            if in_file {
                keep_in_file(inner, token).await?
            } else {
                TokenPlace::ThisRun
            }
        }
    };
    if kept != TokenPlace::File {
        remove_file(inner).await;
    }
    remember(inner, Some(token.to_owned()));
    let shown = account(inner).await?.shown;
    set_account(
        inner,
        Account {
            kept: Some(kept),
            trouble: None,
            shown,
        },
    )
    .await?;
    drop(at_work);
    inner.focus_looked_at.notify_one();
    inner.tell(Changed::Settings);
    settings::all(inner).await
}

async fn keep_in_file(inner: &Inner, token: &str) -> Result<TokenPlace, Problem> {
    let (folder, token) = (inner.parts.folder.clone(), token.to_owned());
    let written = samovar_blocking::run(move || {
        let bytes = serde_json::to_vec(&Stored { token }).map_err(std::io::Error::other)?;
        account::write_whole(&folder, FILE, &bytes)
    });
    written
        .await
        .expect("writing a file does not panic")
        .map_err(|error| io_problem(&error))?;
    Ok(TokenPlace::File)
}

async fn remove_file(inner: &Inner) {
    let path = inner.parts.folder.join(FILE);
    // It is rarely there.
    let _ = samovar_blocking::run(move || std::fs::remove_file(path)).await;
}

/// Puts the status back as far as Slack can be reached, and forgets the token everywhere.
pub(crate) async fn remove(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let at_work = inner.slack_at_work.lock().await;
    if let Err(error) = slack_status::put_back_before_leaving(inner).await {
        tracing::info!(%error, "the Slack status stays as it is until it expires");
    }
    let kept = account(inner).await?.kept;
    if kept == Some(TokenPlace::Keyring)
        && let Err(error) = inner.parts.secrets.remove(NAME).await
    {
        tracing::warn!(%error, "the keyring did not let go of the token");
        return Err(Problem::new(
            "no_keyring",
            "The keyring does not answer, so the token is still in it. Unlock the keyring and try again.",
        ));
    }
    remove_file(inner).await;
    remember(inner, None);
    set_account(inner, Account::default()).await?;
    drop(at_work);
    inner.report(AppNotice::NoKeyring, false);
    inner.tell(Changed::Settings);
    settings::all(inner).await
}

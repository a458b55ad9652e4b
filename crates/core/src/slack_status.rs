//! Slack's status follows one's focus: "Focus until 15:30" with its expiry, and do-not-disturb. What was there before is
//! stored before it is changed, and put back at the end unless somebody has changed it since. Nothing of this ever holds
//! up a focus.

use std::sync::Arc;
use std::time::Duration;

use samovar_domain::{Problem, Timestamp};
use serde::{Deserialize, Serialize};

use crate::api::Changed;
use crate::core::Inner;
use crate::situation::Situation;
use crate::slack::{Slack, SlackError, SlackStatus};
use crate::slack_token::{self, Account};
use crate::words::FluentValue;

const EMOJI: &str = ":no_bell:";
/// After how long Slack is tried again when it cannot be reached.
const RETRY: Duration = Duration::from_mins(2);
/// Two ends of a snooze that lie no further apart, in seconds, are the same one.
const SAME_SNOOZE: i64 = 120;

/// What Samovar has changed, and what was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shown {
    before: SlackStatus,
    set: SlackStatus,
    /// Whether all of it was changed, and not only meant to be.
    is_complete: bool,
    /// When the snooze that Samovar has begun ends, in seconds since 1970; `None` when it began none.
    snoozed_until: Option<i64>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error(transparent)]
    Slack(#[from] SlackError),
    #[error("{0}")]
    Local(Problem),
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self::Local(problem)
    }
}

/// Follows for as long as the core runs.
pub(crate) async fn run(inner: Arc<Inner>) {
    loop {
        let again = match follow(&inner).await {
            Ok(()) => None,
            Err(Trouble::Slack(SlackError::RateLimited(after))) => Some(after.max(Duration::from_secs(1))),
            Err(error) => {
                tracing::info!(%error, "the Slack status does not follow the focus now");
                Some(RETRY)
            }
        };
        let retry_at = again.map(|after| inner.now().plus(after));
        // A look that was told of meanwhile must not shorten a wait that Slack has asked for.
        let waiting = async {
            if retry_at.is_none() {
                inner.focus_looked_at.notified().await;
            }
            while retry_at.is_some_and(|at| at > inner.now()) {
                inner.parts.timer.wait_until(retry_at).await;
            }
        };
        waiting.await;
    }
}

/// Brings Slack to where the focus is. Does nothing, and asks nobody, when there is nothing to change.
async fn follow(inner: &Arc<Inner>) -> Result<(), Trouble> {
    let _at_work = inner.slack_at_work.lock().await;
    let account = slack_token::account(inner).await?;
    let (Some(kept), None) = (account.kept, &account.trouble) else {
        return Ok(());
    };
    let Some(situation) = Situation::of(inner).await? else {
        return Ok(());
    };
    let wanted = situation
        .quiet
        .focus_until
        .filter(|until| *until > situation.now)
        .map(|until| status_until(&situation, until));
    let is_so = match (&wanted, &account.shown) {
        (Some(wanted), Some(shown)) => shown.is_complete && *wanted == shown.set,
        (None, None) => true,
        _ => false,
    };
    if is_so {
        return Ok(());
    }
    let Some(token) = slack_token::token(inner, kept).await else {
        return Ok(()); // the keyring is locked, or the token went with the last run
    };
    let slack = Slack::new(&inner.parts.slack_api, &token)?;
    let done = match wanted {
        Some(wanted) => show(inner, &slack, account.clone(), wanted).await,
        None => put_back(inner, &slack, account.clone()).await,
    };
    if let Err(Trouble::Slack(SlackError::BadToken(code) | SlackError::Refused(code))) = &done {
        // Asking again does not help. The settings say so.
        let account = Account {
            trouble: Some(code.clone()),
            ..slack_token::account(inner).await?
        };
        slack_token::set_account(inner, account).await?;
        inner.tell(Changed::Settings);
        return Ok(());
    }
    done
}

fn status_until(situation: &Situation, until: Timestamp) -> SlackStatus {
    let time = until.utc().with_timezone(&situation.zone).format("%H:%M").to_string();
    let text = situation
        .words
        .say("slack-status", &[("time", FluentValue::from(time))]);
    SlackStatus::new(&text, EMOJI, until.millis() / 1000)
}

async fn show(inner: &Inner, slack: &Slack, account: Account, wanted: SlackStatus) -> Result<(), Trouble> {
    let present = slack.status().await?;
    let known = account.shown.clone();
    if let Some(shown) = &known
        && shown.is_complete
        && shown.set.expiration > inner.now().millis() / 1000
        && !present.says_the_same(&shown.set)
    {
        // Its person has said something else meanwhile. That stays, also when the focus goes on.
        let shown = Shown {
            set: wanted,
            ..shown.clone()
        };
        let shown = Some(shown);
        slack_token::set_account(inner, Account { shown, ..account }).await?;
        return Ok(());
    }
    let before = match &known {
        // A focus that goes on: what was before it is known already.
        Some(shown) if present.says_the_same(&shown.set) => shown.before.clone(),
        _ => present,
    };
    let mut shown = Shown {
        before,
        set: wanted.clone(),
        is_complete: false,
        snoozed_until: known.and_then(|known| known.snoozed_until),
    };
    let keep = |shown: &Shown| Account {
        shown: Some(shown.clone()),
        ..account.clone()
    };
    // One that was stored and never set is found unlike at the end, and left alone.
    slack_token::set_account(inner, keep(&shown)).await?;
    slack.set_status(&wanted).await?;
    let snooze = slack.snooze().await?;
    let now = inner.now().millis() / 1000;
    let is_ours = |until: i64| (snooze.snooze_endtime - until).abs() <= SAME_SNOOZE;
    let is_free = !snooze.snooze_enabled || snooze.snooze_endtime <= now;
    if is_free || shown.snoozed_until.is_some_and(is_ours) {
        let minutes = (wanted.expiration - now + 59) / 60;
        shown.snoozed_until = Some(now + minutes * 60);
        slack_token::set_account(inner, keep(&shown)).await?;
        slack.set_snooze(minutes).await?;
    }
    shown.is_complete = true;
    slack_token::set_account(inner, keep(&shown)).await?;
    Ok(())
}

async fn put_back(inner: &Inner, slack: &Slack, account: Account) -> Result<(), Trouble> {
    let Some(shown) = &account.shown else { return Ok(()) };
    let now = inner.now().millis() / 1000;
    let present = slack.status().await?;
    let has_expired = |expiration: i64| expiration != 0 && expiration <= now;
    // Ours, or nothing because ours has expired by itself.
    let is_unchanged = present.says_the_same(&shown.set) || (present.is_empty() && has_expired(shown.set.expiration));
    if is_unchanged {
        let before = if has_expired(shown.before.expiration) {
            SlackStatus::default()
        } else {
            shown.before.clone()
        };
        if before != present {
            slack.set_status(&before).await?;
        }
    }
    if let Some(until) = shown.snoozed_until {
        let snooze = slack.snooze().await?;
        if snooze.snooze_enabled && (snooze.snooze_endtime - until).abs() <= SAME_SNOOZE {
            slack.end_snooze().await?;
        }
    }
    slack_token::set_account(inner, Account { shown: None, ..account }).await?;
    Ok(())
}

/// For whoever takes the account off: the caller holds `slack_at_work`.
pub(crate) async fn put_back_before_leaving(inner: &Inner) -> Result<(), Trouble> {
    let account = slack_token::account(inner).await?;
    let Some(kept) = account.kept.filter(|_| account.shown.is_some()) else {
        return Ok(());
    };
    if let Some(token) = slack_token::token(inner, kept).await {
        put_back(inner, &Slack::new(&inner.parts.slack_api, &token)?, account).await?;
    }
    Ok(())
}

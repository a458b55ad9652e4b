//! The last step of everything that is told: on the screen once, or into what is held.

use std::collections::HashMap;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use samovar_domain::digest::Held;
use samovar_domain::reminders::gathering_of_key;
use samovar_domain::{Problem, Timestamp};

use crate::api::{AppNotice, Changed};
use crate::core::Inner;
use crate::notifier::{Notification, NotifierError};
use crate::situation::Situation;

/// The longest that a server of notifications may take to show one. What comes after it must not wait for ever.
const SHOWING: Duration = Duration::from_secs(15);

/// Takes a key for showing; `false` when it was told before.
pub(crate) async fn take(inner: &Inner, key: &str, now: Timestamp) -> Result<bool, Problem> {
    inner
        .store
        .take_for_delivery(key.to_owned(), now)
        .await
        .map_err(|error| inner.problem(error))
}

/// Keeps something for the digest.
pub(crate) async fn hold(inner: &Arc<Inner>, situation: &Situation, held: &Held) -> Result<(), Problem> {
    let stored = crate::store::Held {
        key: held.key().to_owned(),
        notice: crate::writes::json(held),
    };
    let in_focus = situation.quiet.focus_until.is_some();
    let is_new = inner
        .store
        .hold(stored, in_focus, situation.now)
        .await
        .map_err(|error| inner.problem(error))?;
    if is_new {
        inner.tell(Changed::Status);
        inner.tell(Changed::Today);
        inner.plan_anew.notify_one();
    }
    Ok(())
}

/// Shows a notification. That it could not be shown is said on the screen. Whether it is shown.
pub(crate) async fn show(inner: &Arc<Inner>, notification: Notification) -> bool {
    let shown = tokio::time::timeout(SHOWING, inner.parts.notifier.show(notification)).await;
    let shown = shown.unwrap_or(Err(NotifierError::Unavailable));
    match &shown {
        Ok(()) => inner.report(AppNotice::NoNotifications, false),
        Err(NotifierError::Unavailable) => inner.report(AppNotice::NoNotifications, true),
        Err(error) => tracing::warn!(%error, "a notification was not shown"),
    }
    shown.is_ok()
}

/// Shows a gathering's notification until it makes no sense any more. The one that announced its start goes.
pub(crate) async fn show_until(inner: &Arc<Inner>, notification: Notification, useless_after: Timestamp) {
    let key = notification.key.clone();
    if let Some(rest) = key.strip_prefix("gathering-starts:") {
        withdraw(inner, &format!("gathering-soon:{rest}")).await;
    }
    if show(inner, notification).await {
        timely(inner).insert(key, useless_after);
    }
}

fn timely(inner: &Inner) -> MutexGuard<'_, HashMap<String, Timestamp>> {
    inner.timely.lock().unwrap_or_else(PoisonError::into_inner)
}

/// When the next of the notifications on the screen loses its sense.
pub(crate) fn useless_at(inner: &Inner) -> Option<Timestamp> {
    timely(inner).values().min().copied()
}

/// Takes a notification away, wherever it is.
pub(crate) async fn withdraw(inner: &Inner, key: &str) {
    timely(inner).remove(key);
    inner.parts.notifier.withdraw(key).await;
}

/// Takes away what makes no sense any more: its time has passed, or its gathering was moved or cancelled.
pub(crate) async fn withdraw_useless(inner: &Inner, situation: &Situation) {
    let gatherings = situation.state.gatherings_at(situation.now);
    let is_on = |key: &str| {
        key.starts_with("snapshot-prompt:")
            || key.starts_with("pair-draw:")
            || gathering_of_key(key).is_some_and(|(id, start)| {
                gatherings
                    .iter()
                    .any(|(known, gathering)| *known == id && gathering.starts_at == start && !gathering.cancelled)
            })
    };
    let useless: Vec<String> = timely(inner)
        .iter()
        .filter(|(key, until)| **until <= situation.now || !is_on(key))
        .map(|(key, _)| key.clone())
        .collect();
    for key in useless {
        withdraw(inner, &key).await;
    }
}

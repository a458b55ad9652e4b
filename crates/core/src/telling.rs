//! The last step of everything that is told: on the screen once, or into what is held.

use std::sync::Arc;
use std::time::Duration;

use samovar_domain::digest::Held;
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

/// Shows a notification. That it could not be shown is said on the screen.
pub(crate) async fn show(inner: &Arc<Inner>, notification: Notification) {
    let shown = tokio::time::timeout(SHOWING, inner.parts.notifier.show(notification)).await;
    match shown.unwrap_or(Err(NotifierError::Unavailable)) {
        Ok(()) => inner.report(AppNotice::NoNotifications, false),
        Err(NotifierError::Unavailable) => inner.report(AppNotice::NoNotifications, true),
        Err(error) => tracing::warn!(%error, "a notification was not shown"),
    }
}

//! The system's own do-not-disturb follows one's focus, where it can be set and its person has agreed. What it was
//! before is stored before it is changed, so that a crash leaves nobody in silence: the next start puts it back.

use std::sync::Arc;

use samovar_domain::Problem;
use serde::{Deserialize, Serialize};

use crate::core::Inner;
use crate::situation::Situation;
use crate::store::fact;

/// What it was when the focus began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Before {
    was_on: bool,
}

/// Whether Samovar itself has turned it on.
pub(crate) async fn is_ours(inner: &Inner) -> Result<bool, Problem> {
    Ok(before(inner).await?.is_some_and(|before| !before.was_on))
}

async fn before(inner: &Inner) -> Result<Option<Before>, Problem> {
    inner
        .store
        .fact(fact::DO_NOT_DISTURB)
        .await
        .map_err(|error| inner.problem(error))
}

/// Turns it on while a focus lasts, once, and back at its end. Whoever turns it off in between is left alone.
pub(crate) async fn follow(inner: &Arc<Inner>, situation: &Situation) -> Result<(), Problem> {
    let is_wanted = situation.quiet.focus_until.is_some() && situation.settings.focus.do_not_disturb;
    if !is_wanted {
        return put_back(inner).await;
    }
    let notifier = &inner.parts.notifier;
    if before(inner).await?.is_some() || !notifier.can_inhibit().await {
        return Ok(());
    }
    let was_on = notifier.is_inhibited().await;
    let kept = inner
        .store
        .set_fact(fact::DO_NOT_DISTURB, Some(Before { was_on }))
        .await;
    inner.kept(kept)?;
    if !was_on && !notifier.inhibit(true).await {
        tracing::warn!("the system's do-not-disturb could not be turned on");
    }
    Ok(())
}

/// Puts back what was before.
pub(crate) async fn put_back(inner: &Inner) -> Result<(), Problem> {
    let Some(before) = before(inner).await? else {
        return Ok(());
    };
    if !before.was_on && !inner.parts.notifier.inhibit(false).await {
        tracing::warn!("the system's do-not-disturb could not be turned off again");
        return Ok(()); // tried again at the next look
    }
    let none: Option<Before> = None;
    let kept = inner.store.set_fact(fact::DO_NOT_DISTURB, none).await;
    inner.kept(kept)
}

//! What the person is told at its time: gatherings as they come near, and what was held as one digest. The rules are the
//! domain's; here they meet the store and the notifier.

use std::sync::Arc;

use async_trait::async_trait;
use samovar_domain::digest::{Digest, Held};
use samovar_domain::reminders::{Reminder, What, gathering_of_key};
use samovar_domain::routing::{Importance, Route, route};
use samovar_domain::{Problem, Timestamp};

use crate::api::{Changed, NotificationAction};
use crate::core::Inner;
use crate::gatherings::{announced, gathering_notification};
use crate::notifier::Notification;
use crate::reminder_driver::{self, ReminderSource};
use crate::situation::Situation;
use crate::store::fact;
use crate::telling::{hold, show, take};
use crate::words::notifications::Text;

/// Plans and delivers for as long as the core runs.
pub(crate) async fn run(inner: Arc<Inner>) {
    let source: Arc<dyn ReminderSource> = Arc::new(Source(Arc::clone(&inner)));
    let (timer, clock) = (Arc::clone(&inner.parts.timer), Arc::clone(&inner.parts.clock));
    reminder_driver::run(source, timer, clock, Arc::clone(&inner.plan_anew)).await;
}

struct Source(Arc<Inner>);

#[async_trait]
impl ReminderSource for Source {
    async fn next_due(&self) -> Option<Timestamp> {
        let situation = Situation::of(&self.0).await.ok()??;
        let reminders = situation.plan(&self.0).await.ok()?;
        let expiries = situation
            .items
            .values()
            .filter(|item| item.body.is_some())
            .filter_map(|item| item.expires_at);
        // One's own focus or pause that ends changes the tray even when nothing was held.
        let quiet_ends = [situation.quiet.focus_until, situation.quiet.paused_until]
            .into_iter()
            .flatten();
        let later = expiries.chain(quiet_ends).filter(|at| *at > situation.now);
        reminders.iter().map(|reminder| reminder.at).chain(later).min()
    }

    async fn deliver_due(&self) {
        if let Err(problem) = deliver(&self.0).await {
            tracing::warn!(code = %problem.code, "reminders could not be delivered");
        }
    }
}

async fn deliver(inner: &Arc<Inner>) -> Result<(), Problem> {
    let Some(before) = Situation::of(inner).await? else {
        return Ok(());
    };
    if before
        .items
        .values()
        .any(|item| item.body.is_some() && item.is_gone(before.now))
    {
        inner
            .store
            .expire(before.now)
            .await
            .map_err(|error| inner.problem(error))?;
        inner.photos_unwanted.notify_one();
        inner.tell(Changed::Today);
        inner.tell(Changed::Status);
    }
    if before.quiet.paused_until.is_some_and(|end| end <= before.now) {
        let none: Option<Timestamp> = None;
        inner
            .store
            .set_fact(fact::PAUSED_UNTIL, none)
            .await
            .map_err(|error| inner.problem(error))?;
        inner.tell(Changed::Status);
    }
    for reminder in before
        .plan(inner)
        .await?
        .into_iter()
        .filter(|reminder| reminder.at <= before.now)
    {
        deliver_one(inner, &before, reminder).await?;
    }
    Ok(())
}

async fn deliver_one(inner: &Arc<Inner>, situation: &Situation, reminder: Reminder) -> Result<(), Problem> {
    let now = situation.now;
    match &reminder.what {
        What::DigestDue => deliver_digest(inner, situation).await,
        What::Snoozed { key } => {
            inner
                .store
                .unsnooze(key.clone())
                .await
                .map_err(|error| inner.problem(error))?;
            if take(inner, &reminder.key, now).await? {
                show_again(inner, situation, key).await;
            }
            Ok(())
        }
        What::GatheringSoon(gathering) | What::GatheringStarts(gathering) => {
            let useless_after = reminder.useless_after.unwrap_or(gathering.ends_at);
            let what = Importance::Gathering {
                answered_yes: gathering.answered_yes,
                useless_after,
            };
            match route(now, &situation.quiet, what) {
                Route::Show => {
                    if take(inner, &reminder.key, now).await? {
                        show(inner, gathering_notification(situation, &reminder.key, gathering)).await;
                    }
                }
                Route::Hold { .. } => hold(inner, situation, &Held::Reminder(reminder)).await?,
                Route::Drop => {
                    take(inner, &reminder.key, now).await?;
                }
            }
            Ok(())
        }
    }
}

async fn show_again(inner: &Arc<Inner>, situation: &Situation, key: &str) {
    let Some((id, _)) = gathering_of_key(key) else { return };
    if let Some(gathering) = announced(situation, id) {
        show(inner, gathering_notification(situation, key, &gathering)).await;
    }
}

async fn deliver_digest(inner: &Arc<Inner>, situation: &Situation) -> Result<(), Problem> {
    let (held, in_focus) = inner.store.take_held().await.map_err(|error| inner.problem(error))?;
    let held: Vec<Held> = held
        .into_iter()
        .filter_map(|held| serde_json::from_value(held.notice).ok())
        .collect();
    let digest = Digest::of(&held, situation.now);
    inner.tell(Changed::Status);
    inner.tell(Changed::Today);
    if digest.is_empty() {
        return Ok(());
    }
    let names = |member| situation.name(member);
    let Text { title, body } = situation
        .words
        .digest(&digest, in_focus, situation.now, situation.zone, &names);
    let actions = situation.actions(&[NotificationAction::Open]);
    let key = format!("digest:{}", situation.now.millis());
    show(
        inner,
        Notification {
            key,
            title,
            body,
            actions,
            image: None,
            is_timely: false,
        },
    )
    .await;
    Ok(())
}

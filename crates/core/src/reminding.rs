//! What the person is told at its time: gatherings as they come near, and what was held as one digest. The rules are the
//! domain's; here they meet the store and the notifier.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use samovar_domain::digest::{Digest, Held};
use samovar_domain::reminders::{Reminder, What, gathering_of_key};
use samovar_domain::routing::{Importance, Route, route};
use samovar_domain::snapshot_prompt::USEFUL;
use samovar_domain::{Problem, Timestamp, schedule};

use crate::api::{Changed, NotificationAction};
use crate::core::Inner;
use crate::focus_driver;
use crate::gatherings::{announced, gathering_notification, reminder_notification};
use crate::notifier::Notification;
use crate::pairs;
use crate::reminder_driver::{self, ReminderSource};
use crate::situation::Situation;
use crate::store::fact;
use crate::telling::{self, hold, show, show_until, take};
use crate::words::notifications::Text;

/// Plans and delivers for as long as the core runs.
pub(crate) async fn run(inner: Arc<Inner>) {
    let source: Arc<dyn ReminderSource> = Arc::new(Source {
        inner: Arc::clone(&inner),
        looked_at: Mutex::default(),
    });
    let (timer, clock) = (Arc::clone(&inner.parts.timer), Arc::clone(&inner.parts.clock));
    let watching = async {
        loop {
            inner.parts.notifier.inhibition_changed().await;
            inner.plan_anew.notify_one();
        }
    };
    tokio::select! {
        () = reminder_driver::run(source, timer, clock, Arc::clone(&inner.plan_anew)) => {}
        () = watching => {}
    }
}

/// How often it is looked whether the system's do-not-disturb is over, while something waits for that.
const LOOK_AGAIN: Duration = Duration::from_mins(1);

struct Source {
    inner: Arc<Inner>,
    /// When everything that was due was last delivered.
    looked_at: Mutex<Option<Timestamp>>,
}

#[async_trait]
impl ReminderSource for Source {
    async fn next_due(&self) -> Option<Timestamp> {
        let inner = &self.inner;
        // What has come due since the last look comes next, not after what comes after now.
        let looked_at = *self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        let from = looked_at.map_or(inner.now(), |at| at.min(inner.now()));
        let situation = Situation::at(inner, from).await.ok()??;
        let reminders = situation.plan(inner).await.ok()?;
        let expiries = situation
            .items
            .values()
            .filter(|item| item.body.is_some())
            .filter_map(|item| item.expires_at);
        // One's own focus or pause that ends changes the tray even when nothing was held.
        let quiet_ends = [situation.quiet.focus_until, situation.quiet.paused_until]
            .into_iter()
            .flatten();
        let held_since = inner.store.held_since().await.ok()?;
        let look_again =
            (situation.quiet.system_inhibited && held_since.is_some()).then(|| situation.now.plus(LOOK_AGAIN));
        let later = expiries
            .chain(quiet_ends)
            .chain(focus_driver::next_changes(&situation))
            // Once today's nudge has had its time, tomorrow's can be planned.
            .chain(situation.next_prompt().map(|(_, at)| at.plus(USEFUL)))
            .chain(look_again)
            .chain(turns(&situation))
            .filter(|at| *at > situation.now);
        // What is on the screen may have lost its sense already.
        let useless = telling::useless_at(inner);
        reminders
            .iter()
            .map(|reminder| reminder.at)
            .chain(later)
            .chain(useless)
            .min()
    }

    async fn deliver_due(&self) {
        let now = self.inner.now();
        let looked_at = *self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        match deliver(&self.inner, looked_at, now).await {
            Ok(()) => *self.looked_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(now),
            Err(problem) => tracing::warn!(code = %problem.code, "reminders could not be delivered"),
        }
    }
}

/// When somebody's journey or absence begins or ends.
fn turns(situation: &Situation) -> impl Iterator<Item = Timestamp> {
    situation.state.members.values().flat_map(schedule::turns)
}

async fn deliver(inner: &Arc<Inner>, looked_at: Option<Timestamp>, now: Timestamp) -> Result<(), Problem> {
    let Some(mut before) = Situation::at(inner, now).await? else {
        return Ok(());
    };
    if focus_driver::keep(inner, &before).await?
        && let Some(after) = Situation::at(inner, now).await?
    {
        before = after;
    }
    focus_driver::tell_followers(inner, &before).await?;
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
    // Who comes back this minute has written nothing.
    if looked_at.is_some_and(|looked_at| turns(&before).any(|at| looked_at < at && at <= now)) {
        inner.tell(Changed::Today);
        inner.tell(Changed::Status);
    }
    crate::system_zone::look(inner);
    telling::withdraw_useless(inner, &before).await;
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
        What::SnapshotPrompt => deliver_prompt(inner, situation, &reminder).await,
        What::Snoozed { key } => deliver_snoozed(inner, situation, &reminder, key).await,
        What::GatheringSoon(gathering) | What::GatheringStarts(gathering) | What::GatheringEnds(gathering) => {
            let useless_after = reminder.useless_after.unwrap_or(gathering.ends_at);
            let what = Importance::Gathering {
                answered_yes: gathering.answered_yes,
                useless_after,
            };
            match route(now, &situation.quiet, what) {
                Route::Show => {
                    if take(inner, &reminder.key, now).await?
                        && let Some(notification) = reminder_notification(situation, &reminder.key, &reminder.what)
                    {
                        show_until(inner, notification, useless_after).await;
                    }
                }
                // What ends in five minutes is no news afterwards.
                Route::Hold { .. } if matches!(reminder.what, What::GatheringEnds(_)) => {
                    take(inner, &reminder.key, now).await?;
                }
                Route::Hold { .. } => hold(inner, situation, &Held::Reminder(reminder)).await?,
                Route::Drop => {
                    take(inner, &reminder.key, now).await?;
                }
            }
            Ok(())
        }
        What::PairDraw { .. }
        | What::Paired { .. }
        | What::NobodyToMeet { .. }
        | What::IceBreaker { .. }
        | What::PausePairs { .. }
        | What::VoiceWanted { .. }
        | What::PackageAsks { .. }
        | What::Celebration { .. } => pairs::tell(inner, situation, reminder).await,
    }
}

/// A nudge comes now or not at all.
async fn deliver_prompt(inner: &Arc<Inner>, situation: &Situation, reminder: &Reminder) -> Result<(), Problem> {
    let where_to = route(situation.now, &situation.quiet, Importance::Nudge);
    if take(inner, &reminder.key, situation.now).await?
        && where_to == Route::Show
        && let Some(useless_after) = reminder.useless_after
    {
        let Text { title, body } = situation.words.snapshot_prompt();
        let notification = Notification {
            key: reminder.key.clone(),
            title,
            body,
            actions: situation.actions(&[NotificationAction::Open, NotificationAction::NeverAgain]),
            image: None,
            is_timely: false,
            is_quiet: false,
        };
        show_until(inner, notification, useless_after).await;
    }
    Ok(())
}

/// What was put off comes again through focus and night, as its person has asked for it; a pause came after that wish.
async fn deliver_snoozed(
    inner: &Arc<Inner>,
    situation: &Situation,
    reminder: &Reminder,
    key: &str,
) -> Result<(), Problem> {
    let now = situation.now;
    if let Some(gathering) = gathering_of_key(key).and_then(|(id, _)| announced(situation, id)) {
        let useless_after = gathering.ends_at;
        let what = Importance::Gathering {
            answered_yes: true,
            useless_after,
        };
        match route(now, &situation.quiet, what) {
            Route::Show => {
                if take(inner, &reminder.key, now).await? {
                    let notification = gathering_notification(situation, key, &gathering);
                    show_until(inner, notification, useless_after).await;
                }
            }
            Route::Hold { .. } => {
                let held = Reminder {
                    what: What::GatheringStarts(gathering),
                    ..reminder.clone()
                };
                hold(inner, situation, &Held::Reminder(held)).await?;
            }
            Route::Drop => {}
        }
    }
    let done = inner.store.unsnooze(key.to_owned()).await;
    inner.kept(done)
}

pub(crate) async fn deliver_digest(inner: &Arc<Inner>, situation: &Situation) -> Result<(), Problem> {
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
    let now = situation.now.millis();
    let (key, actions): (_, &[NotificationAction]) = match digest.week_to_skip() {
        Some(week) => (
            format!("digest:{now}:{}", pairs::draw_key(week)),
            &[NotificationAction::SkipWeek, NotificationAction::Open],
        ),
        None => (format!("digest:{now}"), &[NotificationAction::Open]),
    };
    let actions = situation.actions(actions);
    show(
        inner,
        Notification {
            key,
            title,
            body,
            actions,
            image: None,
            is_timely: false,
            is_quiet: false,
        },
    )
    .await;
    Ok(())
}

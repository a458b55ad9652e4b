//! What the person is told, and when: news as it arrives, gatherings as they come near, and what was held as one
//! digest. The rules are the domain's; here they meet the store and the notifier.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono_tz::Tz;
use samovar_domain::digest::{Digest, Held};
use samovar_domain::hours::zone_or_utc;
use samovar_domain::notices::{About, Arrival, Notice, NoticeView, notice};
use samovar_domain::reminders::{self, Announced, Reminder, What, gathering_of_key, plan};
use samovar_domain::routing::{Importance, Quiet, Route, route};
use samovar_domain::{Body, Item, ItemId, MemberId, Problem, Timestamp};

use crate::api::{AppNotice, Changed, Effect, NotificationAction, View};
use crate::core::Inner;
use crate::notifier::{Notification, NotifierError};
use crate::reminder_driver::{self, ReminderSource};
use crate::settings::Stored;
use crate::store::fact;
use crate::views::TeamState;
use crate::words::Words;
use crate::words::notifications::Text;
use crate::{focus, settings};

/// How long "Snooze" puts something off, in minutes.
const SNOOZE_MINUTES: i64 = 5;
/// The longest that a notification waits for its picture.
const PICTURE_PATIENCE: Duration = Duration::from_secs(1);

/// Plans and delivers for as long as the core runs.
pub(crate) async fn run(inner: Arc<Inner>) {
    let source: Arc<dyn ReminderSource> = Arc::new(Source(Arc::clone(&inner)));
    let (timer, clock) = (Arc::clone(&inner.parts.timer), Arc::clone(&inner.parts.clock));
    reminder_driver::run(source, timer, clock, Arc::clone(&inner.plan_anew)).await;
}

/// Everything that the rules look at, as it is now.
struct Situation {
    me: MemberId,
    now: Timestamp,
    zone: Tz,
    items: HashMap<ItemId, Item>,
    state: TeamState,
    settings: Stored,
    quiet: Quiet,
    words: Words,
}

impl NoticeView for Situation {
    fn item(&self, id: ItemId) -> Option<Item> {
        self.items.get(&id).cloned()
    }
}

impl Situation {
    async fn of(inner: &Inner) -> Result<Option<Self>, Problem> {
        let Some(account) = inner.account() else {
            return Ok(None);
        };
        let (me, now) = (account.member, inner.now());
        let items = inner.items().await?;
        let state = TeamState::from_items(items.iter().cloned(), me);
        let settings = settings::stored(inner).await?;
        let member = state.members.get(&me);
        let zone = zone_or_utc(member.map_or(inner.parts.system_time_zone.as_str(), |member| &member.time_zone));
        let quiet = Quiet {
            focus_until: state.focus_of(me, now).map(|focus| focus.body.until),
            paused_until: inner
                .store
                .fact(fact::PAUSED_UNTIL)
                .await
                .map_err(|error| inner.problem(error))?,
            hours: member.map(|member| member.hours.clone()).unwrap_or_default(),
            zone,
            quiet_outside_hours: settings.quiet_outside_hours,
            system_inhibited: inner.parts.notifier.is_inhibited().await,
        };
        let words = Words::for_locale(settings::locale(settings.language, &inner.parts.system_locale));
        let items = items.into_iter().map(|item| (item.id, item)).collect();
        Ok(Some(Self {
            me,
            now,
            zone,
            items,
            state,
            settings,
            quiet,
            words,
        }))
    }

    fn name(&self, member: MemberId) -> Option<String> {
        self.state.members.get(&member).map(|member| member.name.clone())
    }

    fn actions(&self, wanted: &[NotificationAction]) -> Vec<(NotificationAction, String)> {
        let label = |action: &NotificationAction| match action {
            NotificationAction::Open => "notify-action-open",
            NotificationAction::Join => "notify-action-join",
            NotificationAction::Snooze => "notify-action-snooze",
            NotificationAction::SayThanks => "notify-action-say-thanks",
            NotificationAction::EndFocus => "notify-action-end-focus",
        };
        wanted
            .iter()
            .map(|action| (*action, self.words.say(label(action), &[])))
            .collect()
    }

    /// The reminders that make sense from now on.
    async fn plan(&self, inner: &Inner) -> Result<Vec<Reminder>, Problem> {
        let (gatherings, answers) = (self.state.gatherings_at(self.now), self.state.answers_of(self.me));
        let held_since = inner.store.held_since().await.map_err(|error| inner.problem(error))?;
        let snoozed = inner.store.snoozed().await.map_err(|error| inner.problem(error))?;
        let delivered = inner.store.delivered().await.map_err(|error| inner.problem(error))?;
        let state = reminders::State {
            gatherings: &gatherings,
            answers: &answers,
            held_since,
            snoozed: &snoozed,
            quiet: &self.quiet,
        };
        let wanted = reminders::Settings {
            gatherings: self.settings.hear.gatherings,
        };
        Ok(plan(state, wanted, self.now)
            .into_iter()
            .filter(|reminder| !delivered.contains(&reminder.key))
            .collect())
    }
}

/// Items came in that were not here before: tells of those that are news.
pub(crate) async fn arrived(inner: &Arc<Inner>, items: Vec<Item>) {
    if let Err(problem) = tell_news(inner, items).await {
        tracing::warn!(code = %problem.code, "news could not be told");
    }
}

async fn tell_news(inner: &Arc<Inner>, items: Vec<Item>) -> Result<(), Problem> {
    let Some(situation) = Situation::of(inner).await? else {
        return Ok(());
    };
    let arrival = Arrival {
        now: situation.now,
        is_new: true,
        is_first_sync: false,
    };
    let hear = situation.settings.hear.into();
    let news: Vec<Notice> = items
        .iter()
        .filter_map(|item| notice(item, situation.me, &situation, hear, arrival))
        .collect();
    for notice in news {
        match route(situation.now, &situation.quiet, Importance::News) {
            Route::Show => {
                if take(inner, &notice.key, situation.now).await? {
                    show(inner, news_notification(inner, &situation, &notice).await).await;
                }
            }
            Route::Hold { .. } => hold(inner, &situation, &Held::Notice(notice)).await?,
            Route::Drop => {}
        }
    }
    Ok(())
}

async fn take(inner: &Inner, key: &str, now: Timestamp) -> Result<bool, Problem> {
    inner
        .store
        .take_for_delivery(key.to_owned(), now)
        .await
        .map_err(|error| inner.problem(error))
}

async fn hold(inner: &Arc<Inner>, situation: &Situation, held: &Held) -> Result<(), Problem> {
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

async fn news_notification(inner: &Arc<Inner>, situation: &Situation, notice: &Notice) -> Notification {
    let names = |member| situation.name(member);
    let Text { title, body } = situation.words.notice(notice, &names);
    let (actions, photo): (&[NotificationAction], _) = match &notice.about {
        About::Snapshot { photos, .. } => (
            &[NotificationAction::Open, NotificationAction::SayThanks],
            photos.first(),
        ),
        _ => (&[NotificationAction::Open], None),
    };
    let image = match photo {
        Some(photo) => {
            let small = photo.thumb.unwrap_or(photo.blob);
            let fetched = crate::photo_requests::bytes(inner, small, false);
            match tokio::time::timeout(PICTURE_PATIENCE, fetched).await {
                Ok(Ok(_)) => Some(inner.photos.path(small)),
                _ => None,
            }
        }
        None => None,
    };
    Notification {
        key: notice.key.clone(),
        title,
        body,
        actions: situation.actions(actions),
        image,
        is_timely: false,
    }
}

fn gathering_notification(situation: &Situation, key: &str, gathering: &Announced) -> Notification {
    let Text { title, body } = situation.words.gathering(gathering, situation.now, situation.zone);
    let mut actions = Vec::new();
    if gathering.link.is_some() {
        actions.push(NotificationAction::Join);
    }
    actions.push(NotificationAction::Snooze);
    if situation.quiet.focus_until.is_some() {
        actions.push(NotificationAction::EndFocus);
    }
    let actions = situation.actions(&actions);
    Notification {
        key: key.to_owned(),
        title,
        body,
        actions,
        image: None,
        is_timely: true,
    }
}

async fn show(inner: &Arc<Inner>, notification: Notification) {
    match inner.parts.notifier.show(notification).await {
        Ok(()) => inner.report(AppNotice::NoNotifications, false),
        Err(NotifierError::Unavailable) => inner.report(AppNotice::NoNotifications, true),
        Err(error) => tracing::warn!(%error, "a notification was not shown"),
    }
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
        crate::photo_requests::sweep(inner).await?;
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

fn announced(situation: &Situation, id: ItemId) -> Option<Announced> {
    let gatherings = situation.state.gatherings_at(situation.now);
    let (_, gathering) = gatherings.into_iter().find(|(known, _)| *known == id)?;
    Some(Announced {
        gathering: id,
        title: gathering.title.clone(),
        starts_at: gathering.starts_at,
        ends_at: gathering.ends_at(),
        link: gathering.link.clone(),
        answered_yes: false,
    })
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

/// The link of a gathering, to be opened.
pub(crate) async fn join(inner: &Arc<Inner>, gathering: ItemId) -> Result<Effect, Problem> {
    inner.member_account()?;
    let situation = Situation::of(inner).await?;
    let link = situation
        .and_then(|situation| announced(&situation, gathering))
        .and_then(|gathering| gathering.link);
    match link {
        Some(link) => Ok(Effect::OpenLink { link }),
        None => Err(Problem::new(
            "no_link",
            "This gathering has no link. Ask the team where to meet.",
        )),
    }
}

/// A button of a notification was pressed.
pub(crate) async fn pressed(inner: &Arc<Inner>, key: &str, action: NotificationAction) -> Result<Effect, Problem> {
    inner.parts.notifier.withdraw(key).await;
    let show = |view, item, member| Effect::Show { view, item, member };
    match action {
        NotificationAction::EndFocus => {
            focus::end(inner).await?;
            Ok(Effect::None)
        }
        NotificationAction::Snooze => {
            let at = inner.now().plus_minutes(SNOOZE_MINUTES);
            inner
                .store
                .snooze(key.to_owned(), at)
                .await
                .map_err(|error| inner.problem(error))?;
            inner.plan_anew.notify_one();
            Ok(Effect::None)
        }
        NotificationAction::Join => match gathering_of_key(key) {
            Some((gathering, _)) => join(inner, gathering).await,
            None => Ok(show(View::Today, None, None)),
        },
        NotificationAction::Open | NotificationAction::SayThanks => {
            let id: Option<ItemId> = key.rsplit(':').next().and_then(|id| id.parse().ok());
            let item = match id {
                Some(id) => inner.items().await?.into_iter().find(|item| item.id == id),
                None => None,
            };
            if action == NotificationAction::SayThanks {
                return Ok(show(View::Kudos, None, item.and_then(|item| item.owner.member())));
            }
            let body = item
                .as_ref()
                .and_then(|item| Body::read(&item.kind, item.body.as_ref()?).ok());
            let target = body.and_then(|body| body.target()).or(item.map(|item| item.id));
            Ok(show(View::Today, target, None))
        }
    }
}

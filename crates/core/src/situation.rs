//! Everything that the domain's rules look at when something may be told, read from the store at one instant.

use std::collections::HashMap;

use chrono_tz::Tz;
use samovar_domain::hours::zone_or_utc;
use samovar_domain::notices::NoticeView;
use samovar_domain::reminders::{self, Reminder, plan};
use samovar_domain::routing::Quiet;
use samovar_domain::schedule::Schedule;
use samovar_domain::{Item, ItemId, MemberId, Problem, Timestamp};

use crate::api::NotificationAction;
use crate::core::Inner;
use crate::settings::{self, Stored};
use crate::showing;
use crate::store::fact;
use crate::views::TeamState;
use crate::words::Words;

/// See the module.
pub(crate) struct Situation {
    pub(crate) me: MemberId,
    pub(crate) now: Timestamp,
    pub(crate) zone: Tz,
    pub(crate) items: HashMap<ItemId, Item>,
    pub(crate) state: TeamState,
    pub(crate) settings: Stored,
    pub(crate) quiet: Quiet,
    pub(crate) words: Words,
}

impl NoticeView for Situation {
    fn item(&self, id: ItemId) -> Option<Item> {
        self.items.get(&id).cloned()
    }
}

impl Situation {
    /// As it is now; `None` before there is a team.
    pub(crate) async fn of(inner: &Inner) -> Result<Option<Self>, Problem> {
        let Some(account) = inner.account() else {
            return Ok(None);
        };
        let (me, now) = (account.member, inner.now());
        let items = inner.items().await?;
        let settings = settings::stored(inner).await?;
        let words = Words::for_locale(settings::locale(settings.language, &inner.parts.system_locale));
        let state = showing::state_of(items.iter().cloned(), me, &words);
        let member = state.members.get(&me);
        let schedule = member.map(Schedule::of).unwrap_or_default();
        let zone = match member {
            Some(_) => schedule.zone_at(now),
            None => zone_or_utc(&inner.parts.system_zone.name()),
        };
        let quiet = Quiet {
            focus_until: state.focus_of(me, now).map(|focus| focus.body.until),
            paused_until: inner
                .store
                .fact(fact::PAUSED_UNTIL)
                .await
                .map_err(|error| inner.problem(error))?,
            schedule,
            quiet_outside_hours: settings.quiet_outside_hours,
            system_inhibited: inner.parts.notifier.is_inhibited().await,
        };
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

    /// What a member is called.
    pub(crate) fn name(&self, member: MemberId) -> Option<String> {
        self.state.members.get(&member).map(|member| member.name.clone())
    }

    /// Buttons with their labels.
    pub(crate) fn actions(&self, wanted: &[NotificationAction]) -> Vec<(NotificationAction, String)> {
        let label = |action: &NotificationAction| match action {
            NotificationAction::Open => "notify-action-open",
            NotificationAction::Join => "notify-action-join",
            NotificationAction::Snooze => "notify-action-snooze",
            NotificationAction::SayThanks => "notify-action-say-thanks",
            NotificationAction::EndFocus => "notify-action-end-focus",
            NotificationAction::SkipWeek => "notify-action-skip-week",
            NotificationAction::PausePairs => "notify-action-pause-pairs",
        };
        wanted
            .iter()
            .map(|action| (*action, self.words.say(label(action), &[])))
            .collect()
    }

    /// The reminders that make sense from now on.
    pub(crate) async fn plan(&self, inner: &Inner) -> Result<Vec<Reminder>, Problem> {
        let (gatherings, answers) = (self.state.gatherings_at(self.now), self.state.answers_of(self.me));
        let held_since = inner.store.held_since().await.map_err(|error| inner.problem(error))?;
        let snoozed = inner.store.snoozed().await.map_err(|error| inner.problem(error))?;
        let delivered = inner.store.delivered().await.map_err(|error| inner.problem(error))?;
        let pairs = self.state.pair_desk();
        let state = reminders::State {
            me: self.me,
            pairs: Some(&pairs),
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

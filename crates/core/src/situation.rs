//! Everything that the domain's rules look at when something may be told, read from the store at one instant.

use std::collections::HashMap;

use chrono_tz::Tz;
use samovar_domain::focus_blocks::next_digest;
use samovar_domain::hours::{Hours, zone_or_utc};
use samovar_domain::notices::NoticeView;
use samovar_domain::reminders::{self, PeopleDesk, Reminder, plan};
use samovar_domain::routing::Quiet;
use samovar_domain::schedule::Schedule;
use samovar_domain::snapshot_prompt::next_prompt;
use samovar_domain::{Item, ItemId, Kind, MemberId, Problem, Timestamp};

use crate::api::NotificationAction;
use crate::core::Inner;
use crate::held;
use crate::settings::{self, Stored};
use crate::showing;
use crate::store::{Beside, fact};
use crate::views::TeamState;
use crate::words::Words;

/// See the module.
pub(crate) struct Situation {
    pub(crate) me: MemberId,
    pub(crate) now: Timestamp,
    pub(crate) zone: Tz,
    /// What is here but kudos, reactions and replies; of those, what was asked for.
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
        Self::at(inner, inner.now()).await
    }

    /// As it is now, with these items, whatever they are, and what they stand under; `None` before there is a team.
    pub(crate) async fn with(inner: &Inner, items: Vec<ItemId>) -> Result<Option<Self>, Problem> {
        Self::read(inner, inner.now(), Beside::These(items)).await
    }

    /// As it is, or was a moment ago, at `now`; `None` before there is a team.
    pub(crate) async fn at(inner: &Inner, now: Timestamp) -> Result<Option<Self>, Problem> {
        Self::read(inner, now, Beside::Nothing).await
    }

    async fn read(inner: &Inner, now: Timestamp, beside: Beside) -> Result<Option<Self>, Problem> {
        let Some(account) = inner.account() else {
            return Ok(None);
        };
        let me = account.member;
        let items = inner.store.items(beside, me, now).await;
        let items = items.map_err(|error| inner.problem(error))?;
        let settings = settings::stored(inner).await?;
        let words = Words::for_locale(settings::locale(settings.language, &inner.parts.system_locale));
        let state = showing::state_of(items.iter().cloned(), me, &words);
        let member = state.members.get(&me);
        let schedule = match member {
            Some(member) => Schedule::of(member),
            None => Schedule::new(zone_or_utc(&inner.parts.system_zone.name()), Hours::default(), &[], &[]),
        };
        let zone = schedule.zone_at(now);
        // What Samovar has turned on itself says nothing of what its person wants beside the focus.
        let system_inhibited =
            inner.parts.notifier.is_inhibited().await && !crate::do_not_disturb::is_ours(inner).await?;
        let quiet = Quiet {
            focus_until: state.focus_of(me, now).map(|focus| focus.body.until),
            paused_until: inner
                .store
                .fact(fact::PAUSED_UNTIL)
                .await
                .map_err(|error| inner.problem(error))?,
            next_digest: next_digest(&settings.digest_minutes(), &schedule, now),
            schedule,
            quiet_outside_hours: settings.quiet_outside_hours,
            system_inhibited,
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
            NotificationAction::NeverAgain => "notify-action-never-again",
            NotificationAction::SkipWeek => "notify-action-skip-week",
            NotificationAction::PausePairs => "notify-action-pause-pairs",
        };
        wanted
            .iter()
            .map(|action| (*action, self.words.say(label(action), &[])))
            .collect()
    }

    /// The day and time of the next nudge to share a snapshot, when one has not said never.
    pub(crate) fn next_prompt(&self) -> Option<(chrono::NaiveDate, Timestamp)> {
        if !self.settings.snapshot_prompt {
            return None;
        }
        let own = self
            .items
            .values()
            .filter(|item| item.kind == Kind::SNAPSHOT && item.owner.member() == Some(self.me));
        next_prompt(self.me, &self.quiet.schedule, own.map(|item| item.created_at), self.now)
    }

    /// Whether a digest at `daily` would be too late for something that is held.
    async fn is_urgent(&self, inner: &Inner, daily: Timestamp) -> Result<bool, Problem> {
        let held = held::all(inner).await?;
        Ok(held.iter().any(|held| held.is_urgent(daily, self.now)))
    }

    /// The reminders that make sense from now on.
    pub(crate) async fn plan(&self, inner: &Inner) -> Result<Vec<Reminder>, Problem> {
        let (gatherings, answers) = (self.state.gatherings_at(self.now), self.state.answers_of(self.me));
        let held_since = inner.store.held_since().await.map_err(|error| inner.problem(error))?;
        let snoozed = inner.store.snoozed().await.map_err(|error| inner.problem(error))?;
        let delivered = inner.store.delivered().await.map_err(|error| inner.problem(error))?;
        let pairs = self.state.pair_desk();
        let people = PeopleDesk::of(self.items.values(), self.me, self.now);
        let in_focus = inner
            .store
            .held_in_focus()
            .await
            .map_err(|error| inner.problem(error))?;
        let digest_at = held_since
            .filter(|_| !in_focus)
            .and_then(|since| next_digest(&self.settings.digest_minutes(), &self.quiet.schedule, since));
        let daily = reminders::Daily {
            digest_at: match digest_at {
                Some(daily) if self.is_urgent(inner, daily).await? => None,
                other => other,
            },
            prompt: self.next_prompt(),
        };
        let state = reminders::State {
            me: self.me,
            pairs: Some(&pairs),
            people: Some(&people),
            gatherings: &gatherings,
            answers: &answers,
            held_since,
            daily,
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

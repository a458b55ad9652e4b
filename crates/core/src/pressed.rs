//! What the buttons of notifications do.

use std::sync::Arc;

use samovar_domain::reminders::gathering_of_key;
use samovar_domain::{Body, ItemId, Problem};

use crate::api::{Effect, NotificationAction, SettingsChange, View};
use crate::core::Inner;
use crate::gatherings::announced;
use crate::situation::Situation;
use crate::store::Beside;
use crate::{focus, pairs, settings, telling};

/// How long "Snooze" puts something off, in minutes.
const SNOOZE_MINUTES: i64 = 5;

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
    telling::withdraw(inner, key).await;
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
        NotificationAction::NeverAgain => {
            let change = SettingsChange {
                snapshot_prompt: Some(false),
                ..SettingsChange::default()
            };
            settings::change(inner, change).await?;
            Ok(Effect::None)
        }
        NotificationAction::Open if key.starts_with("snapshot-prompt:") => Ok(show(View::Snapshot, None, None)),
        NotificationAction::SkipWeek => {
            if let Some(week) = pairs::week_of_key(key) {
                pairs::skip(inner, week, true).await?;
            }
            Ok(Effect::None)
        }
        NotificationAction::PausePairs => {
            pairs::pause(inner).await?;
            Ok(Effect::None)
        }
        NotificationAction::Open if key.starts_with("pair") => Ok(show(View::Gatherings, None, None)),
        NotificationAction::Open if key.starts_with("group_card:") || key.starts_with("handed_card:") => {
            let card = key.rsplit(':').next().and_then(|id| id.parse().ok());
            Ok(show(View::Cards, card, None))
        }
        NotificationAction::Open if key.starts_with("decision-") => {
            let decision = key.rsplit(':').next().and_then(|id| id.parse().ok());
            Ok(show(View::Decisions, decision, None))
        }
        NotificationAction::Open if key.starts_with("package:") => {
            let package = key.rsplit(':').next().and_then(|id| id.parse().ok());
            Ok(show(View::Packages, package, None))
        }
        NotificationAction::Open | NotificationAction::SayThanks => {
            let id: Option<ItemId> = key.rsplit(':').next().and_then(|id| id.parse().ok());
            let item = match id {
                Some(id) => {
                    let items = inner.items_and(Beside::These(vec![id])).await?;
                    items.into_iter().find(|item| item.id == id)
                }
                None => None,
            };
            if action == NotificationAction::SayThanks {
                return Ok(show(View::Kudos, None, item.and_then(|item| item.owner.member())));
            }
            let body = item
                .as_ref()
                .and_then(|item| Body::read(&item.kind, item.body.as_ref()?).ok());
            if let Some(Body::Outcome(outcome)) = &body {
                return Ok(show(View::Decisions, Some(outcome.decision), None));
            }
            if let Some(body @ (Body::PackageConsent(_) | Body::PackageReceived(_))) = &body {
                return Ok(show(View::Packages, body.target(), None));
            }
            let target = body.and_then(|body| body.target()).or(item.map(|item| item.id));
            Ok(show(View::Today, target, None))
        }
    }
}

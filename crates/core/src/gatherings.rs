//! Gatherings as they are announced.

use std::sync::Arc;

use samovar_domain::reminders::{Announced, What};
use samovar_domain::{ItemId, Kind, Problem, camera};
use serde_json::Value;

use crate::api::{NotificationAction, Response};
use crate::core::Inner;
use crate::notifier::Notification;
use crate::situation::Situation;
use crate::words::notifications::Text;
use crate::writes;

/// A gathering that is here and not over.
pub(crate) fn announced(situation: &Situation, id: ItemId) -> Option<Announced> {
    let gatherings = situation.state.gatherings_at(situation.now);
    let (_, gathering) = gatherings.into_iter().find(|(known, _)| *known == id)?;
    let me = situation.me;
    if gathering.cancelled {
        return None;
    }
    Some(Announced {
        gathering: id,
        title: gathering.title.clone(),
        starts_at: gathering.starts_at,
        ends_at: gathering.ends_at(),
        link: gathering.link_for(me).map(str::to_owned),
        answered_yes: false,
        answered_maybe: false,
        camera_optional: camera::is_optional(&situation.quiet.schedule, gathering.starts_at, gathering.ends_at()),
    })
}

/// Its notification, under a reminder's key.
pub(crate) fn gathering_notification(situation: &Situation, key: &str, gathering: &Announced) -> Notification {
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
        is_quiet: false,
    }
}

/// The notification of a reminder that is about a gathering: quiet ones make no sound and go by themselves.
pub(crate) fn reminder_notification(situation: &Situation, key: &str, what: &What) -> Option<Notification> {
    let gathering = what.announced()?;
    let notification = gathering_notification(situation, key, gathering);
    if !what.is_quiet() {
        return Some(notification);
    }
    let quiet = Notification {
        is_timely: false,
        is_quiet: true,
        ..notification
    };
    if let What::GatheringEnds(_) = what {
        let Text { title, body } = situation.words.gathering_ends(gathering, situation.zone);
        // One is there already.
        return Some(Notification {
            title,
            body,
            actions: situation.actions(&[NotificationAction::Open]),
            ..quiet
        });
    }
    Some(quiet)
}

/// Calls a gathering off, or back on. What this version does not know of it stays.
pub(crate) async fn cancel(inner: &Arc<Inner>, id: ItemId, off: bool) -> Result<Response, Problem> {
    let view = writes::view(inner).await?;
    let item = view
        .item(id)
        .filter(|item| item.kind == Kind::GATHERING && !item.is_gone(inner.now()));
    let gone = || Problem::new("gone", "This gathering is over or was deleted.");
    let item = item.ok_or_else(gone)?;
    let mut body = item.body.clone().ok_or_else(gone)?;
    if let Some(fields) = body.as_object_mut() {
        let sequence = fields.get("sequence").and_then(Value::as_u64).unwrap_or(0);
        fields.insert("sequence".to_owned(), (sequence + 1).into());
        fields.insert("cancelled".to_owned(), off.into());
    }
    let audience = item.audience.clone();
    writes::queue(inner, Kind::GATHERING, id, audience, Some(body), Vec::new(), Vec::new()).await?;
    Ok(Response::Done)
}

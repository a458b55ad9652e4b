//! Gatherings as they are announced.

use samovar_domain::ItemId;
use samovar_domain::reminders::Announced;

use crate::api::NotificationAction;
use crate::notifier::Notification;
use crate::situation::Situation;
use crate::words::notifications::Text;

/// A gathering that is here and not over.
pub(crate) fn announced(situation: &Situation, id: ItemId) -> Option<Announced> {
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
    }
}

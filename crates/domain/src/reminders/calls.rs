//! What a gathering is announced by.

use super::{Announced, Reminder, SOON_MINUTES, STARTS_USEFUL_MINUTES, State, What};
use crate::kinds::{Answer, Gathering};
use crate::{ItemId, Timestamp, camera};

/// A gathering shorter than this needs nobody to say that it is about to end, in minutes.
const ENDS_FROM_MINUTES: u32 = 15;
/// How long before its end that is said, in minutes.
pub const ENDS_MINUTES: i64 = 5;

/// A gathering as it is announced to the one whose state this is; `None` when they are to hear nothing of it: it is
/// cancelled, they are not invited or have declined, or it lies where they do not work and they have not said yes.
pub(super) fn announced(state: State<'_>, id: ItemId, gathering: &Gathering) -> Option<Announced> {
    let answer = state.answers.get(&id).copied();
    let starts_at = gathering.starts_at;
    if gathering.cancelled || !gathering.invites(state.me) || answer == Some(Answer::No) {
        return None;
    }
    let is_coming = answer == Some(Answer::Yes);
    if !is_coming && (state.quiet.schedule.back_on(starts_at).is_some() || !is_heard_at(state, starts_at)) {
        return None;
    }
    Some(Announced {
        gathering: id,
        title: gathering.title.clone(),
        starts_at,
        ends_at: gathering.ends_at(),
        link: gathering.link_for(state.me).map(str::to_owned),
        answered_yes: is_coming,
        answered_maybe: answer == Some(Answer::Maybe),
        camera_optional: camera::is_optional(&state.quiet.schedule, starts_at, gathering.ends_at()),
    })
}

/// Whether its person wants to hear at that instant of what they have not said yes to.
fn is_heard_at(state: State<'_>, at: Timestamp) -> bool {
    !state.quiet.quiet_outside_hours || state.quiet.schedule.contains(at)
}

/// Announces a gathering as its series has set it.
pub(super) fn announce(state: State<'_>, id: ItemId, gathering: &Gathering, reminders: &mut Vec<Reminder>) {
    let Some(announced) = announced(state, id, gathering) else {
        return;
    };
    let (start, end) = (gathering.starts_at, gathering.ends_at());
    let wanted = gathering.reminders;
    let key = |what: &str| format!("gathering-{what}:{}:{id}", start.millis());
    let is_heard = |at| announced.answered_yes || is_heard_at(state, at);
    // Who may come is told once and quietly, ahead, so that they can make up their mind.
    let ahead = match i64::from(wanted.ahead_min) {
        0 if announced.answered_maybe && wanted.at_start => SOON_MINUTES,
        minutes => minutes,
    };
    let soon = start.plus_minutes(-ahead);
    if ahead > 0 && is_heard(soon) {
        reminders.push(Reminder {
            key: key("soon"),
            at: soon,
            useless_after: Some(start),
            what: What::GatheringSoon(announced.clone()),
        });
    }
    if wanted.at_start && !announced.answered_maybe {
        reminders.push(Reminder {
            key: key("starts"),
            at: start,
            useless_after: Some(start.plus_minutes(STARTS_USEFUL_MINUTES).min(end)),
            what: What::GatheringStarts(announced.clone()),
        });
    }
    if wanted.before_end && announced.answered_yes && gathering.duration_min >= ENDS_FROM_MINUTES {
        reminders.push(Reminder {
            key: key("ends"),
            at: end.plus_minutes(-ENDS_MINUTES),
            useless_after: Some(end),
            what: What::GatheringEnds(announced),
        });
    }
}

//! One person as any view shows them, at an instant.

use chrono_tz::Tz;
use samovar_domain::schedule::Schedule;
use samovar_domain::{MemberId, Timestamp};

use super::team_state::TeamState;
use crate::api::{Person, PersonState};

/// The time of day in a zone, as `16:42`.
pub(super) fn local_time(at: Timestamp, zone: Tz) -> String {
    at.utc().with_timezone(&zone).format("%H:%M").to_string()
}

/// A member in the zone that they are in, or `someone` when they are not in the team any more.
pub(super) fn person(state: &TeamState, id: MemberId, zone: Tz, someone: &str) -> Person {
    let member = state.members.get(&id);
    Person {
        id,
        name: member.map_or(someone, |member| &member.name).to_owned(),
        time_zone: zone.name().to_owned(),
        photo: member.and_then(|member| member.photo),
    }
}

/// What a member's own words say about now: that they are away, in focus, at work or off.
pub(super) fn person_state(state: &TeamState, id: MemberId, schedule: &Schedule, now: Timestamp) -> PersonState {
    if let Some(back_on) = schedule.back_on(now) {
        PersonState::Away { back_on }
    } else if let Some(focus) = state.focus_of(id, now) {
        let until = focus.body.until;
        PersonState::Focusing {
            until,
            local_until: local_time(until, schedule.zone_at(until)),
            note: focus.body.note.clone(),
            is_reachable: focus.body.reachable,
        }
    } else if schedule.contains(now) {
        PersonState::Working {
            until: schedule.current_end(now),
        }
    } else {
        PersonState::Off {
            starts_at: schedule.next_start(now),
        }
    }
}

//! Celebrations: what coordinators may prepare, what is today, and what one wants oneself.

use chrono_tz::Tz;
use samovar_domain::celebrations::{LEAD_DAYS, news_until, next, post_may_arrive};
use samovar_domain::kinds::{CelebrationNotice, RoleName, TeamSettings};
use samovar_domain::{MemberId, Timestamp};

use super::person::person;
use super::team_state::{Read, TeamState};
use super::today::by_name;
use crate::api::{CelebrationCard, CelebrationPage, Celebrations, NextCelebration, Person};

/// What there is to celebrate at `now`, as `me` hears of it.
pub fn celebrations(state: &TeamState, me: MemberId, now: Timestamp, someone: &str) -> Celebrations {
    let zone = state.schedule(me).zone_at(now);
    let today = now.utc().with_timezone(&zone).date_naive();
    let card = |notice: &Read<CelebrationNotice>| {
        let body = notice.body;
        let days_left = (body.on - today).num_days();
        CelebrationCard {
            id: notice.id,
            person: member(state, body.member, now, someone),
            is_me: body.member == me,
            celebrated: body.celebrated,
            on: body.on,
            days_left,
            post_may_arrive: post_may_arrive(days_left),
        }
    };
    let here: Vec<&Read<CelebrationNotice>> = state
        .celebration_notices
        .iter()
        .filter(|notice| !notice.is_over(now) && state.members.contains_key(&notice.body.member))
        .filter(|notice| now < news_until(&notice.body, notice.created_at, zone))
        .collect();
    let (ahead, of_the_day): (Vec<_>, Vec<_>) = here.into_iter().partition(|notice| notice.body.ahead);
    let is_told_to_all = |notice: &Read<CelebrationNotice>| {
        of_the_day.iter().any(|told| {
            (told.body.member, told.body.celebrated, told.body.on)
                == (notice.body.member, notice.body.celebrated, notice.body.on)
        })
    };
    Celebrations {
        now,
        me,
        is_coordinator: settings(state).coordinators.contains(&me),
        // Whoever is celebrated does not hear of it, even if it came astray.
        ahead: ahead
            .into_iter()
            .filter(|notice| notice.body.member != me && !is_told_to_all(notice))
            .map(card)
            .collect(),
        today: of_the_day.iter().map(|notice| card(notice)).collect(),
    }
}

/// What Settings show at `now`.
pub fn celebration_page(state: &TeamState, me: MemberId, now: Timestamp, someone: &str) -> CelebrationPage {
    let mine = state.celebration.unwrap_or_default();
    let settings = settings(state);
    let today = now.utc().with_timezone(&state.draw_calendar().zone).date_naive();
    let person = |id: &MemberId| member(state, *id, now, someone);
    let mut people: Vec<Person> = state.members.keys().map(person).collect();
    people.sort_by_cached_key(by_name);
    CelebrationPage {
        mine,
        next: next(today, &mine)
            .into_iter()
            .map(|(on, celebrated)| NextCelebration { celebrated, on })
            .collect(),
        is_admin: state.role(me) >= RoleName::Admin,
        coordinators: settings
            .coordinators
            .iter()
            .filter(|member| state.members.contains_key(member))
            .map(person)
            .collect(),
        lead_days: settings.celebration_lead_days.unwrap_or(LEAD_DAYS),
        people,
    }
}

fn settings(state: &TeamState) -> TeamSettings {
    let settings = state.team.as_ref().and_then(|team| team.settings.clone());
    settings.unwrap_or_default()
}

fn member(state: &TeamState, id: MemberId, now: Timestamp, someone: &str) -> Person {
    let zone: Tz = state.schedule(id).zone_at(now);
    person(state, id, zone, someone)
}

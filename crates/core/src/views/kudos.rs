//! The Kudos page: cards of the wall, and what one needs to write kudos.

use std::collections::HashMap;

use samovar_domain::hours::zone_or_utc;
use samovar_domain::thanks::{are_many_today, long_since};
use samovar_domain::{ItemId, MemberId, Timestamp};

use super::team_state::{Read, TeamState};
use super::today::{LocalFacts, Page, by_name};
use crate::api::{KudosCard, KudosDesk, LongSincePerson, Person, Thankable};

/// The cards of these kudos, in this order. What is over, or cannot be read, is left out.
pub fn kudos_cards(state: &TeamState, kudos: &[ItemId], now: Timestamp, local: &LocalFacts) -> Vec<KudosCard> {
    let page = Page::new(state, now, local);
    let by_id: HashMap<ItemId, _> = state.kudos.iter().map(|kudos| (kudos.id, kudos)).collect();
    let here = kudos.iter().filter_map(|id| by_id.get(id));
    here.filter(|kudos| !kudos.is_over(now))
        .filter_map(|kudos| Some(page.kudos_card(kudos.owner?, kudos)))
        .collect()
}

/// What one needs to write kudos. `joined` is when those who are here came.
pub fn kudos_desk(
    state: &TeamState,
    joined: &[(MemberId, Timestamp)],
    think_of_others: bool,
    now: Timestamp,
    local: &LocalFacts,
) -> KudosDesk {
    let page = Page::new(state, now, local);
    let me = local.me;
    let others = || state.members.keys().filter(|member| **member != me);
    let mut people: Vec<Thankable> = others()
        .map(|member| Thankable {
            person: page.person(*member),
            wish: state.thank_me.get(member).copied().unwrap_or_default(),
        })
        .collect();
    people.sort_by_cached_key(|thankable| by_name(&thankable.person));
    let mut values = state.values.clone();
    values.sort_by_key(|value| value.retired_at.is_some());
    let mine = |kudos: &&Read<_>| kudos.owner == Some(me);
    let given: Vec<(Timestamp, Vec<MemberId>)> = state
        .kudos
        .iter()
        .filter(mine)
        .map(|kudos| (kudos.created_at, kudos.body.to.clone()))
        .collect();
    let given_at: Vec<Timestamp> = given.iter().map(|(at, _)| *at).collect();
    let zone = state
        .members
        .get(&me)
        .map_or(chrono_tz::Tz::UTC, |member| zone_or_utc(&member.time_zone));
    let long = if think_of_others {
        long_since(me, &given, joined, now)
    } else {
        Vec::new()
    };
    KudosDesk {
        people,
        values,
        long_since: long
            .into_iter()
            .map(|long| LongSincePerson {
                person: page.person(long.member),
                last: long.last,
            })
            .collect(),
        are_many_today: are_many_today(&given_at, zone, now),
    }
}

/// These people, as they are shown.
pub fn people_of(state: &TeamState, members: &[MemberId], now: Timestamp, local: &LocalFacts) -> Vec<Person> {
    let page = Page::new(state, now, local);
    members.iter().map(|member| page.person(*member)).collect()
}

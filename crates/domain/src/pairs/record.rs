//! A week's draw from what a team keeps: wishes, profiles and the pairings of the last weeks in, pairings out.

use std::collections::BTreeMap;

use super::eligible::{Candidate, Meeting, Occasion};
use super::invitation::{DURATION_MIN, ice_breaker, pairing_id, prompts, room, seed_for, times};
use super::{Group, draw};
use crate::kinds::{Busy, Member, PairOptIn, Pairing, Unmatched};
use crate::schedule::Schedule;
use crate::{ItemId, MemberId};

/// A member who wishes for pair calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// Who.
    pub member: MemberId,
    /// Their profile.
    pub profile: Member,
    /// What they wish.
    pub wish: PairOptIn,
    /// When they are busy, if they tell.
    pub busy: Busy,
}

/// What the kept pairings tell of one member.
#[derive(Debug, Clone, Copy, Default)]
struct Past {
    /// In how many draws since they last met there was nobody left.
    waited: u32,
    /// Whether it was they who were to write first the last time that they met.
    broke_the_ice: bool,
}

/// The pairings of one week, each with the id that it always has: of those who meet, and of each one who does not, so
/// that they hear why. Whoever has paused or skips the week knows that themselves and hears nothing.
///
/// `past` are the pairings that are kept. `secret` is of this draw alone: chance and the names of rooms follow from it.
pub fn pairings(wishes: &[Wish], past: &[Pairing], occasion: &Occasion, secret: &[u8; 32]) -> Vec<(ItemId, Pairing)> {
    let pasts = pasts(past);
    let past_of = |member: &MemberId| pasts.get(member).copied().unwrap_or_default();
    let candidates: Vec<Candidate<MemberId>> = wishes
        .iter()
        .map(|wish| {
            let mut candidate = Candidate::of(wish.member, &wish.profile, &wish.wish, past_of(&wish.member).waited);
            candidate.schedule = candidate.schedule.with_busy(wish.busy.times());
            candidate
        })
        .collect();
    let schedules: BTreeMap<MemberId, &Schedule> = candidates
        .iter()
        .map(|candidate| (candidate.id, &candidate.schedule))
        .collect();
    let meetings: Vec<Meeting<MemberId>> = past
        .iter()
        .filter(|pairing| pairing.unmatched.is_none())
        .map(|pairing| Meeting {
            week: pairing.week,
            members: pairing.members.clone(),
        })
        .collect();
    let drawn = draw(&candidates, &meetings, occasion, seed_for(secret, "draw"));
    let invite = |group: Group<MemberId>| {
        let id = pairing_id(occasion.week, &group.members);
        let seed = |purpose: &str| seed_for(secret, &format!("{purpose} {id}"));
        let theirs: Vec<&Schedule> = group
            .members
            .iter()
            .filter_map(|one| schedules.get(one).copied())
            .collect();
        let pairing = Pairing {
            week: occasion.week,
            unmatched: None,
            times: times(&theirs, occasion, seed("times")),
            duration_min: DURATION_MIN,
            link: Some(room(secret, id)),
            prompts: prompts(seed("prompts")),
            ice_breaker: ice_breaker(&group.members, |one| past_of(one).broke_the_ice, seed("ice")),
            why: Some(group.why),
            members: group.members,
        };
        (id, pairing)
    };
    let alone = |(member, why): (MemberId, Unmatched)| {
        let pairing = Pairing {
            week: occasion.week,
            members: vec![member],
            unmatched: Some(why),
            times: Vec::new(),
            duration_min: DURATION_MIN,
            link: None,
            prompts: Vec::new(),
            ice_breaker: None,
            why: None,
        };
        (pairing_id(occasion.week, &[member]), pairing)
    };
    let unmatched = drawn.unmatched.into_iter().filter(|(_, why)| *why != Unmatched::Paused);
    drawn
        .groups
        .into_iter()
        .map(invite)
        .chain(unmatched.map(alone))
        .collect()
}

fn pasts(past: &[Pairing]) -> BTreeMap<MemberId, Past> {
    let mut in_order: Vec<&Pairing> = past.iter().collect();
    in_order.sort_by_key(|pairing| pairing.week);
    let mut pasts: BTreeMap<MemberId, Past> = BTreeMap::new();
    for pairing in in_order {
        for member in &pairing.members {
            let past = pasts.entry(*member).or_default();
            match pairing.unmatched {
                None => {
                    past.waited = 0;
                    past.broke_the_ice = pairing.ice_breaker == Some(*member);
                }
                Some(Unmatched::NobodyLeft) => past.waited += 1,
                Some(_) => {}
            }
        }
    }
    pasts
}

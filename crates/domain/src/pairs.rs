//! Pair calls: who meets whom this week, when that suits them, and what they hear.
//!
//! [`draw`] is the whole of it as one pure function. It finds the best way to put everybody who is in the draw into
//! pairs and, when somebody would be left over, one trio; the same people, history, week and seed always give the same.
//!
//! What stays out: where wishes and pairings are kept (the endpoint's store), and what a person sees of them.

mod agreed;
mod calendar;
mod dice;
mod eligible;
mod invitation;
mod matching;
mod record;
mod solve;
#[cfg(test)]
mod tests;
mod timetable;
mod trio;
mod weights;

use chrono::NaiveDate;

pub use agreed::agreed;
pub use calendar::DrawCalendar;
pub use eligible::{Candidate, Meeting, Occasion, monday_of};
pub use invitation::{DURATION_MIN, PROMPTS, ice_breaker, pairing_id, prompts, room, seed_for, times};
pub use record::{Wish, pairings};

use crate::kinds::{PairReason, Unmatched};
use dice::Dice;
use timetable::Timetable;
use weights::Weights;

/// What a draw came to. Everybody who was a candidate is in it once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn<Id> {
    /// Who meets: pairs, and one trio at most. Members are sorted, and groups by their first member.
    pub groups: Vec<Group<Id>>,
    /// Who does not, and why; sorted.
    pub unmatched: Vec<(Id, Unmatched)>,
}

/// Two or three who meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<Id> {
    /// Sorted.
    pub members: Vec<Id>,
    /// Why just these.
    pub why: PairReason,
}

/// Draws the pairs of one week.
///
/// Nobody is drawn who has paused, skipped the week, is away, or met too lately for their own rhythm; nobody with one of
/// those they would rather not meet, or who would rather not meet them. Among all ways to pair the others, with at most
/// one trio, it takes the one that lets the most people meet; among these the one with the fewest who met within twelve
/// weeks, then the one in which those met longest ago; among these the one whose members' hours fit best, who have
/// waited longest and not met for longest (see `weights.rs`). Where several are as good, `seed` decides.
///
/// Up to 1,200 people the pairs are proven to be the best ones; so is the trio up to 24. `history` need not go back
/// further than 26 weeks. The order of `candidates` and `history` does not matter. Ids are expected to be distinct.
pub fn draw<Id: Ord + Clone>(
    candidates: &[Candidate<Id>],
    history: &[Meeting<Id>],
    occasion: &Occasion,
    seed: u64,
) -> Drawn<Id> {
    let last_met = eligible::last_meetings(history);
    let mut unmatched = Vec::new();
    let mut people = Vec::new();
    for candidate in candidates {
        let last: Option<NaiveDate> = last_met.get(&candidate.id).copied();
        match candidate.excused(occasion, last) {
            Some(why) => unmatched.push((candidate.id.clone(), why)),
            None => people.push(candidate),
        }
    }
    // Who comes first decides between what is as good: that is where the seed comes in.
    let mut dice = Dice::new(seed);
    people.sort_by(|one, other| one.id.cmp(&other.id));
    dice.shuffle(&mut people);
    let weights = Weights::new(&people, history, occasion);
    let mut is_alone = vec![true; people.len()];
    let mut groups = Vec::new();
    for group in trio::best_groups(&weights, &mut dice) {
        let mut members: Vec<Id> = group.iter().map(|one| people[*one].id.clone()).collect();
        members.sort();
        for one in &group {
            is_alone[*one] = false;
        }
        groups.push(Group {
            members,
            why: reason(&weights, &group, &people, occasion),
        });
    }
    let alone = people.iter().zip(is_alone).filter(|(_, is_alone)| *is_alone);
    unmatched.extend(alone.map(|(one, _)| (one.id.clone(), Unmatched::NobodyLeft)));
    groups.sort_by(|one, other| one.members.cmp(&other.members));
    unmatched.sort();
    Drawn { groups, unmatched }
}

/// Those who were drawn read it: it says nothing of when one of them is busy.
fn reason<Id>(weights: &Weights, group: &[usize], people: &[&Candidate<Id>], occasion: &Occasion) -> PairReason {
    let hours = |one: usize| Timetable::of_hours(&people[one].schedule, occasion.at);
    let joint = group[1..]
        .iter()
        .fold(hours(group[0]), |joint, one| joint.and(&hours(*one)));
    let pairs = group
        .iter()
        .enumerate()
        .flat_map(|(at, one)| group[at + 1..].iter().map(move |other| (*one, *other)));
    PairReason {
        shared_minutes: joint.minutes(),
        weeks_since_met: pairs
            .filter_map(|(one, other)| weights.weeks_since_met(one, other))
            .min(),
        weeks_waited: group.iter().map(|one| weights.waited(*one)).max().unwrap_or(0),
    }
}

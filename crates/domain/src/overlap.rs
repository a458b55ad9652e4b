//! When people who work apart work at the same time.

use crate::Timestamp;

/// A span of time in which the same number of people work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// How many of them work then, at least two.
    pub people: u32,
}

/// The spans in which at least two people work, in order, from each person's own spans (which do not overlap one
/// another, as [`crate::schedule::Schedule::spans`] gives them). Neighbours differ in how many they are.
pub fn overlaps<'a>(people: impl IntoIterator<Item = &'a [(Timestamp, Timestamp)]>) -> Vec<Overlap> {
    let mut turns: Vec<(Timestamp, i32)> = people
        .into_iter()
        .flatten()
        .flat_map(|(from, until)| [(*from, 1), (*until, -1)])
        .collect();
    turns.sort_unstable();
    let mut found: Vec<Overlap> = Vec::new();
    let mut working = 0_i32;
    let mut turns = turns.into_iter().peekable();
    while let Some((at, change)) = turns.next() {
        working += change;
        let Some((next, _)) = turns.peek() else { break };
        if *next == at || working < 2 {
            continue;
        }
        let people = working.unsigned_abs();
        match found.last_mut() {
            Some(last) if last.until == at && last.people == people => last.until = *next,
            _ => found.push(Overlap {
                from: at,
                until: *next,
                people,
            }),
        }
    }
    found
}

//! Which time those who were drawn have agreed on.

use crate::Timestamp;
use crate::kinds::{PairAnswer, Pairing};

/// The earliest of the pairing's times that all its members have chosen. `answers` are one of each member who has
/// answered; `None` while somebody has not, or when no time suits all.
pub fn agreed<'a>(pairing: &Pairing, answers: impl IntoIterator<Item = &'a PairAnswer>) -> Option<Timestamp> {
    let answers: Vec<&PairAnswer> = answers.into_iter().collect();
    if pairing.members.len() < 2 || answers.len() < pairing.members.len() {
        return None;
    }
    let suits_all = |time: &&Timestamp| answers.iter().all(|answer| answer.times.contains(time));
    pairing.times.iter().filter(suits_all).min().copied()
}

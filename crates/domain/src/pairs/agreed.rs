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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MemberId;
    use crate::pairs::{DURATION_MIN, pairing_id};

    #[test]
    fn a_time_is_agreed_when_all_have_chosen_it() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let (early, middle, late) = (
            at("2026-11-24T10:00:00Z"),
            at("2026-11-25T10:00:00Z"),
            at("2026-11-26T10:00:00Z"),
        );
        let pairing = Pairing {
            week: "2026-11-23".parse().unwrap(),
            members: vec![MemberId::derived(&["Ana"]), MemberId::derived(&["Ben"])],
            unmatched: None,
            times: vec![early, middle, late],
            duration_min: DURATION_MIN,
            link: None,
            prompts: Vec::new(),
            ice_breaker: None,
            why: None,
        };
        let answer = |times: &[Timestamp]| PairAnswer {
            pairing: pairing_id(pairing.week, &pairing.members),
            times: times.to_vec(),
        };
        assert_eq!(agreed(&pairing, &[answer(&[early])]), None);
        assert_eq!(
            agreed(&pairing, &[answer(&[late, middle]), answer(&[early, late, middle])]),
            Some(middle)
        );
        assert_eq!(agreed(&pairing, &[answer(&[early]), answer(&[late])]), None);
        assert_eq!(agreed(&pairing, &[answer(&[]), answer(&[late])]), None);
    }
}

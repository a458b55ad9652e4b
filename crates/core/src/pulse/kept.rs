//! What this computer keeps of a round of the pulse while it is open, and when it does what. Pure: the clock and chance are
//! handed in.

use std::time::Duration;

use rand::Rng;
use samovar_domain::kinds::PulseRound;
use samovar_domain::{ItemId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};

use super::token::{Blinding, Token};
use crate::api::PulseState;

/// A token is fetched within this long of when the round is seen.
const FETCHED_WITHIN: Duration = Duration::from_hours(6);
/// An answer goes out no earlier and no later than this after both it and the token are here.
const SENT_AFTER: Duration = Duration::from_mins(5);
const SENT_WITHIN: Duration = Duration::from_hours(6);
/// An answer whose time came while this computer was off goes out within this long of its start, not along with it.
const SENT_WITHIN_OF_START: Duration = Duration::from_mins(30);
/// So much of a round is left for trying again.
const LEFT_FOR_TRYING: Duration = Duration::from_mins(30);

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// Which round.
    pub(crate) round: ItemId,
    /// Who one was when it was seen: whoever joins anew is somebody else.
    pub(crate) member: MemberId,
    /// What its tokens are checked with.
    pub(crate) public_key: String,
    /// Until when it is open.
    pub(crate) closes_at: Timestamp,
    /// Whether its question was put away here.
    pub(crate) put_away: bool,
    /// The token.
    pub(crate) token: TokenState,
    /// The answer.
    pub(crate) answer: AnswerState,
}

/// How far the token is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenState {
    /// It is fetched then.
    Planned(Timestamp),
    /// It was asked for, and the answer has not arrived.
    Asked(Blinding),
    /// It is here.
    Here(Token),
    /// Another computer of one's own has it.
    Elsewhere,
    /// The endpoint did not prove that it treats everybody alike.
    Unproven,
    /// It was spent, and is forgotten.
    Spent,
}

/// How far the answer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AnswerState {
    /// There is none.
    None,
    /// It was given, and waits for the token.
    Given(u8),
    /// It goes out then.
    Planned(u8, Timestamp),
    /// The endpoint has it. What it was is forgotten.
    Sent,
}

/// What is to be done now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Ask for the token.
    Fetch(Blinding),
    /// Send the answer.
    Send(Token, u8),
}

/// A moment between two instants; `from` when there is none between.
fn moment(from: Timestamp, until: Timestamp, chance: &mut impl Rng) -> Timestamp {
    let millis = until.since(from).as_millis() as u64;
    from.plus(Duration::from_millis(chance.random_range(0..=millis)))
}

impl Kept {
    /// A round that was just seen.
    pub(crate) fn new(
        (round, body): (ItemId, &PulseRound),
        member: MemberId,
        now: Timestamp,
        chance: &mut impl Rng,
    ) -> Self {
        let latest = body.closes_at.minus(LEFT_FOR_TRYING * 2).min(now.plus(FETCHED_WITHIN));
        Self {
            round,
            member,
            public_key: body.public_key.clone(),
            closes_at: body.closes_at,
            put_away: false,
            token: TokenState::Planned(moment(now, latest, chance)),
            answer: AnswerState::None,
        }
    }

    /// Whether this is what is kept of that round, for that member. A round of the same id with another key is another one.
    pub(crate) fn is_of(&self, (round, body): (ItemId, &PulseRound), member: MemberId) -> bool {
        (self.round, self.member) == (round, member) && self.public_key == body.public_key
    }

    /// What the screen says.
    pub(crate) fn state(&self) -> PulseState {
        match (&self.answer, &self.token) {
            (AnswerState::None, TokenState::Elsewhere) => PulseState::Elsewhere,
            (AnswerState::None, TokenState::Unproven) => PulseState::Unproven,
            (AnswerState::None, _) => PulseState::Asks,
            _ => PulseState::Answered,
        }
    }

    /// This computer starts: what was to go out while it was off does not go out in the same breath.
    pub(crate) fn start(&mut self, now: Timestamp, chance: &mut impl Rng) {
        if let AnswerState::Planned(answer, at) = self.answer
            && at <= now
        {
            self.answer = AnswerState::Planned(answer, self.between(now, Duration::ZERO, SENT_WITHIN_OF_START, chance));
        }
    }

    /// So long from now, and before the round closes.
    fn between(&self, now: Timestamp, from: Duration, within: Duration, chance: &mut impl Rng) -> Timestamp {
        let latest = self.closes_at.minus(LEFT_FOR_TRYING);
        moment(
            now.plus(from).min(latest).max(now),
            now.plus(within).min(latest),
            chance,
        )
    }

    /// Goes on: plans what can be planned, and says what is to be done now, or when to look again.
    pub(crate) fn go_on(&mut self, now: Timestamp, chance: &mut impl Rng) -> Result<Deed, Timestamp> {
        if let (AnswerState::Given(answer), TokenState::Here(_)) = (&self.answer, &self.token) {
            self.answer = AnswerState::Planned(*answer, self.between(now, SENT_AFTER, SENT_WITHIN, chance));
        }
        match (&self.token, &self.answer) {
            (TokenState::Planned(at), _) if *at <= now => {
                let blinding = Blinding::new();
                self.token = TokenState::Asked(blinding.clone());
                Ok(Deed::Fetch(blinding))
            }
            (TokenState::Asked(blinding), _) => Ok(Deed::Fetch(blinding.clone())),
            (TokenState::Here(token), AnswerState::Planned(answer, at)) if *at <= now => {
                Ok(Deed::Send(token.clone(), *answer))
            }
            (TokenState::Planned(at), _) | (TokenState::Here(_), AnswerState::Planned(_, at)) => Err(*at),
            _ => Err(self.closes_at),
        }
    }

    /// The token arrived, or another computer has it, or it cannot be trusted.
    pub(crate) fn settle_token(&mut self, token: TokenState) {
        if matches!(token, TokenState::Elsewhere | TokenState::Unproven) {
            // It will never go out: it is as if it was never given.
            self.answer = AnswerState::None;
        }
        self.token = token;
    }

    /// The answer was counted.
    pub(crate) fn settle_answer(&mut self) {
        self.token = TokenState::Spent;
        self.answer = AnswerState::Sent;
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn round(closes_at: &str) -> PulseRound {
        PulseRound {
            question: "belong".to_owned(),
            opens_at: at("2026-12-01T09:00:00Z"),
            closes_at: at(closes_at),
            public_key: "key".to_owned(),
        }
    }

    fn kept(now: Timestamp, seed: u64, closes_at: &str) -> (Kept, StdRng) {
        let mut chance = StdRng::seed_from_u64(seed);
        let id = ItemId(uuid::Uuid::nil());
        let kept = Kept::new((id, &round(closes_at)), MemberId(uuid::Uuid::nil()), now, &mut chance);
        (kept, chance)
    }

    fn token() -> TokenState {
        TokenState::Here(Token {
            number: "number".to_owned(),
            token: "token".to_owned(),
        })
    }

    #[test]
    fn tokens_are_fetched_at_any_moment_of_six_hours_whoever_answers() {
        let now = at("2026-12-01T09:00:00Z");
        let mut moments = Vec::new();
        for seed in 0..200 {
            let (mut kept, mut chance) = kept(now, seed, "2026-12-11T09:00:00Z");
            if seed % 2 == 0 {
                kept.answer = AnswerState::Given(3);
            }
            let Err(fetched) = kept.go_on(now, &mut chance) else {
                continue; // chance may say now
            };
            assert!(fetched <= now.plus(FETCHED_WITHIN));
            moments.push(fetched.since(now).as_secs() / 3600);
            assert!(matches!(kept.go_on(fetched, &mut chance), Ok(Deed::Fetch(_))));
        }
        for hour in 0..6 {
            let within = moments.iter().filter(|moment| **moment == hour).count();
            assert!(within > 10, "{within} of {} in hour {hour}", moments.len());
        }
    }

    #[test]
    fn an_answer_goes_out_after_a_while_and_before_the_close() {
        for (now, closes_at) in [
            ("2026-12-01T15:00:00Z", "2026-12-11T09:00:00Z"),
            ("2026-12-11T06:00:00Z", "2026-12-11T09:00:00Z"),
            ("2026-12-11T08:40:00Z", "2026-12-11T09:00:00Z"),
        ] {
            for seed in 0..200 {
                let (now, closes_at_instant) = (at(now), at(closes_at));
                let (mut kept, mut chance) = kept(now, seed, closes_at);
                kept.answer = AnswerState::Given(4);
                kept.settle_token(token());
                match kept.go_on(now, &mut chance) {
                    Err(sent) => {
                        assert!(sent < closes_at_instant && sent <= now.plus(SENT_WITHIN), "{sent}");
                        assert!(sent >= now.plus(SENT_AFTER), "{sent}");
                        assert!(matches!(kept.go_on(sent, &mut chance), Ok(Deed::Send(_, 4))));
                    }
                    Ok(Deed::Send(..)) => assert!(closes_at_instant.since(now) <= LEFT_FOR_TRYING),
                    other => panic!("{other:?}"),
                }
            }
        }
    }

    #[test]
    fn what_was_due_while_it_was_off_does_not_go_out_with_the_start() {
        let now = at("2026-12-03T09:00:00Z");
        let mut later = 0;
        for seed in 0..50 {
            let (mut kept, mut chance) = kept(now, seed, "2026-12-11T09:00:00Z");
            kept.settle_token(token());
            kept.answer = AnswerState::Planned(4, at("2026-12-02T09:00:00Z"));
            kept.start(now, &mut chance);
            let AnswerState::Planned(4, sent) = kept.answer else {
                panic!("{kept:?}")
            };
            assert!(sent >= now && sent <= now.plus(SENT_WITHIN_OF_START));
            later += usize::from(sent > now.plus(Duration::from_mins(5)));
        }
        assert!(later > 25, "{later}");
    }

    #[test]
    fn nothing_is_left_of_what_was_sent_and_of_what_cannot_be() {
        let now = at("2026-12-03T09:00:00Z");
        let (mut kept, mut chance) = kept(now, 1, "2026-12-11T09:00:00Z");
        kept.answer = AnswerState::Given(2);
        assert_eq!(kept.state(), PulseState::Answered);
        kept.settle_token(TokenState::Elsewhere);
        assert_eq!(
            (kept.state(), &kept.answer),
            (PulseState::Elsewhere, &AnswerState::None)
        );
        kept.settle_token(token());
        kept.settle_answer();
        let text = serde_json::to_string(&kept).unwrap();
        assert!(
            !text.contains("number") && !text.contains("\"token\":\"token\""),
            "{text}"
        );
        assert_eq!(kept.state(), PulseState::Answered);
        assert_eq!(kept.go_on(now, &mut chance), Err(kept.closes_at));
    }
}

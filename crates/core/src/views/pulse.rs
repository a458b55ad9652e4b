//! What the team knows of its pulse.

use std::time::Duration;

use samovar_domain::kinds::{PulseRound, PulseSettings, RoleName};
use samovar_domain::pulse::{PulseCalendar, QUESTION};
use samovar_domain::{ItemId, MemberId, Timestamp};

use super::team_state::{Read, TeamState};
use crate::api::{PulseCard, PulseOpen, PulseOutcome, PulseState};

/// For how long a result is new.
const RECENT: Duration = Duration::from_hours(7 * 24);

/// The round that is open at `now`. One that is here has begun, whatever this computer's clock says.
pub fn open_round(state: &TeamState, now: Timestamp) -> Option<(ItemId, &PulseRound)> {
    let is_open =
        |round: &&Read<PulseRound>| now < round.body.closes_at && !state.pulse_results.contains_key(&round.id);
    let open = state
        .pulse_rounds
        .iter()
        .filter(is_open)
        .max_by_key(|round| round.body.opens_at);
    open.map(|round| (round.id, &round.body))
}

/// The pulse at `now`; `own` says how a round stands on this computer, and whether it was put away. Rounds whose question
/// this version has no words for are left out.
pub fn pulse(state: &TeamState, me: MemberId, now: Timestamp, own: impl Fn(ItemId) -> (PulseState, bool)) -> PulseCard {
    let settings = state.team.as_ref().and_then(|team| team.settings.as_ref());
    let calendar = PulseCalendar {
        zone: state.draw_calendar().zone,
        ..PulseCalendar::of(settings, None)
    };
    let last = state.pulse_rounds.iter().map(|round| round.body.opens_at).max();
    let is_known = |round: &PulseRound| round.question == QUESTION;
    let open = open_round(state, now).filter(|(_, round)| is_known(round));
    let mut results: Vec<PulseOutcome> = state
        .pulse_rounds
        .iter()
        .filter(|round| is_known(&round.body))
        .filter_map(|round| {
            let counts = state.pulse_results.get(&round.id)?.counts;
            Some(PulseOutcome {
                round: round.id,
                question: round.body.question.clone(),
                closed_at: round.body.closes_at,
                counts,
                is_recent: now < round.body.closes_at.plus(RECENT),
            })
        })
        .collect();
    results.sort_by_key(|result| std::cmp::Reverse((result.closed_at, result.round)));
    PulseCard {
        now,
        is_admin: state.role(me) >= RoleName::Admin,
        settings: PulseSettings {
            on: calendar.is_on,
            open_days: Some(calendar.open_days),
        },
        next_at: calendar.next(now, last),
        open: open.map(|(round, body)| {
            let (state, is_put_away) = own(round);
            PulseOpen {
                round,
                question: body.question.clone(),
                closes_at: body.closes_at,
                state,
                is_put_away,
            }
        }),
        results,
    }
}

#[cfg(test)]
mod tests {
    use samovar_domain::kinds::{PulseResult, pulse_result_id};
    use samovar_domain::{Audience, Item, Kind, Owner};
    use serde_json::{Value, json};

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn item(id: ItemId, kind: &str, body: Value) -> Item {
        Item {
            id,
            kind: Kind::new(kind),
            owner: Owner::Team,
            seq: 1,
            audience: Audience::Team,
            created_at: at("2026-12-01T09:00:00Z"),
            updated_at: at("2026-12-01T09:00:00Z"),
            expires_at: None,
            body: Some(body),
        }
    }

    fn round(id: ItemId, question: &str) -> Item {
        let body = json!({ "question": question, "opens_at": "2026-12-01T09:00:00.000Z",
                           "closes_at": "2026-12-11T09:00:00.000Z", "public_key": "key" });
        item(id, Kind::PULSE_ROUND, body)
    }

    fn card(items: Vec<Item>, now: &str) -> PulseCard {
        let me = MemberId::new(at(now));
        let state = TeamState::from_items(items, me);
        pulse(&state, me, at(now), |_| (PulseState::Asks, false))
    }

    #[test]
    fn a_round_is_open_until_its_close_or_its_result() {
        let id = ItemId::new(at("2026-12-01T09:00:00Z"));
        let open = |now| card(vec![round(id, QUESTION)], now).open;
        assert!(
            open("2026-12-01T08:59:59Z").is_some(),
            "this computer's clock is behind"
        );
        assert_eq!(open("2026-12-01T09:00:00Z").unwrap().state, PulseState::Asks);
        assert!(open("2026-12-11T08:59:59Z").is_some());
        assert_eq!(open("2026-12-11T09:00:00Z"), None);
        let result = PulseResult {
            round: id,
            counts: Some([0, 0, 1, 2, 2]),
        };
        let result = item(
            pulse_result_id(id),
            Kind::PULSE_RESULT,
            serde_json::to_value(result).unwrap(),
        );
        let early = card(vec![round(id, QUESTION), result.clone()], "2026-12-05T09:00:00Z");
        assert_eq!((early.open, early.results.len()), (None, 1));
        let after = |now| card(vec![round(id, QUESTION), result.clone()], now).results.remove(0);
        assert!(after("2026-12-18T08:59:59Z").is_recent);
        assert!(!after("2026-12-18T09:00:00Z").is_recent);
    }

    #[test]
    fn what_a_newer_samovar_asks_is_left_to_it() {
        let id = ItemId::new(at("2026-12-01T09:00:00Z"));
        assert_eq!(card(vec![round(id, "of tomorrow")], "2026-12-05T09:00:00Z").open, None);
    }

    #[test]
    fn a_team_that_says_nothing_does_not_ask_itself() {
        let card = card(Vec::new(), "2026-12-05T09:00:00Z");
        assert_eq!(
            (card.settings.on, card.settings.open_days, card.next_at),
            (false, Some(10), None)
        );
    }
}

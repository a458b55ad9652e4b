//! The Decisions page, and what the Today page says of decisions.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use samovar_domain::decisions::{Gate, Rules, Why, gate};
use samovar_domain::kinds::{Decision, HeardVoice, RoleName, Said, Voices, decision_close_id};
use samovar_domain::schedule::Schedule;
use samovar_domain::{ItemId, MemberId, Timestamp};

use super::person::person;
use super::team_state::{Read, TeamState};
use crate::api::{AwaitedCard, DecisionCard, DecisionProgress, Decisions, OutcomeCard, Person, VoiceCard, VoiceNeeded};

/// What only this computer knows of decisions.
#[derive(Debug, Clone)]
pub struct OwnSide {
    /// Oneself.
    pub me: MemberId,
    /// What one has said with hidden voices.
    pub said: HashMap<ItemId, Said>,
    /// Items that wait in the outbox.
    pub waiting: HashSet<ItemId>,
    /// What somebody is called who is no longer in the team, in the person's language.
    pub someone: String,
}

/// The Decisions page at `now`.
pub fn decisions(state: &TeamState, now: Timestamp, own: &OwnSide) -> Decisions {
    let page = Page::new(state, now, own);
    let mut cards: Vec<DecisionCard> = state
        .decisions
        .iter()
        .filter_map(|decision| page.card(decision))
        .collect();
    // A question that has waited longest for me comes first; what is over, newest first.
    cards.sort_by_key(|card| {
        let ended = card.outcome.as_ref().map_or(card.asked_at, |outcome| outcome.closed_at);
        let (open, over) = match card.progress {
            DecisionProgress::Open => (card.earliest, Timestamp::default()),
            _ => (None, ended),
        };
        let is_over = card.progress != DecisionProgress::Open;
        (is_over, !card.needs_me, open.is_none(), open, Reverse(over), card.id)
    });
    let mut people: Vec<Person> = state.members.keys().map(|member| page.person(*member)).collect();
    people.sort_by_cached_key(|person| (person.name.to_lowercase(), person.id));
    Decisions {
        now,
        me: own.me,
        is_admin: state.role(own.me) >= RoleName::Admin,
        working_hours: page.rules.working_hours,
        hours: page.rules.hours,
        decisions: cards,
        people,
    }
}

/// The decisions that need one's voice, those that may be closed first before others.
pub(super) fn voices_needed(state: &TeamState, now: Timestamp, own: &OwnSide) -> Vec<VoiceNeeded> {
    let page = decisions(state, now, own);
    let needed = page.decisions.into_iter().filter(|card| card.needs_me);
    needed
        .map(|card| VoiceNeeded {
            id: card.id,
            from: card.from,
            question: card.question,
            earliest: card.earliest,
        })
        .collect()
}

struct Page<'a> {
    state: &'a TeamState,
    now: Timestamp,
    own: &'a OwnSide,
    schedules: BTreeMap<MemberId, Schedule>,
    rules: Rules,
}

impl<'a> Page<'a> {
    fn new(state: &'a TeamState, now: Timestamp, own: &'a OwnSide) -> Self {
        let schedules = state.members.iter().map(|(id, member)| (*id, Schedule::of(member)));
        let settings = state.team.as_ref().and_then(|team| team.settings.as_ref());
        Self {
            state,
            now,
            own,
            schedules: schedules.collect(),
            rules: settings.map(Rules::of).unwrap_or_default(),
        }
    }

    fn person(&self, id: MemberId) -> Person {
        let zone = self
            .schedules
            .get(&id)
            .map_or(chrono_tz::Tz::UTC, |schedule| schedule.zone_at(self.now));
        person(self.state, id, zone, &self.own.someone)
    }

    fn people<'m>(&self, members: impl IntoIterator<Item = &'m MemberId>) -> Vec<Person> {
        members.into_iter().map(|member| self.person(*member)).collect()
    }

    fn card(&self, decision: &Read<Decision>) -> Option<DecisionCard> {
        let (id, body, me) = (decision.id, &decision.body, self.own.me);
        let asker = decision.owner?;
        let state = self.state.decision_states.get(&id);
        let outcome = self.state.outcomes.get(&id);
        let progress = match (outcome, body.withdrawn) {
            (Some(_), _) => DecisionProgress::Closed,
            (None, true) => DecisionProgress::Withdrawn,
            (None, false) => DecisionProgress::Open,
        };
        let is_open = progress == DecisionProgress::Open;
        let voices = self.state.voices.get(&id);
        let my_voice = voices.and_then(|voices| voices.get(&me));
        // A voice that can be read here was heard, also while what the endpoint says of it is still on its way; and
        // what one has taken back oneself is not, whatever the endpoint knew last.
        let is_heard = |member: &MemberId| {
            let is_read = voices.is_some_and(|voices| voices.contains_key(member));
            let is_told = || state.is_some_and(|state| state.heard.contains(member));
            if is_open {
                is_read || (*member != me && is_told())
            } else {
                is_told()
            }
        };
        let heard: Vec<MemberId> = body.involved.iter().copied().filter(is_heard).collect();
        let is_asked = body.involved.contains(&me);
        let gate = if is_open {
            gate(body, decision.created_at, &heard, &self.schedules, self.rules, self.now)
        } else {
            Gate {
                may_close: false,
                earliest: None,
                awaited: Vec::new(),
            }
        };
        let had_time = body.involved.iter().filter(|member| {
            let is_awaited = gate.awaited.iter().any(|awaited| awaited.member == **member);
            is_open && !heard.contains(member) && !is_awaited && self.state.members.contains_key(member)
        });
        let mine = match my_voice {
            Some(voice) => voice.said.clone().or_else(|| self.own.said.get(&id).cloned()),
            None => None,
        };
        let is_hidden = body.voices == Voices::Hidden;
        Some(DecisionCard {
            id,
            from: self.person(asker),
            is_mine: asker == me,
            question: body.question.clone(),
            context: body.context.clone(),
            how: body.how.clone(),
            voices: body.voices,
            audience: decision.audience.clone(),
            asked_at: decision.created_at,
            is_waiting: self.own.waiting.contains(&id),
            progress,
            needs_me: is_open && is_asked && my_voice.is_none(),
            may_speak: is_open && is_asked && (!is_hidden || state.is_some_and(|state| state.seal.is_some())),
            had_time: self.people(had_time),
            heard: self.people(&heard),
            awaited: gate
                .awaited
                .iter()
                .map(|awaited| {
                    let (minutes_left, back_on) = match awaited.why {
                        Why::HasTime { minutes } => (Some(minutes), None),
                        Why::Away { back_on } => (None, Some(back_on)),
                    };
                    AwaitedCard {
                        person: self.person(awaited.member),
                        minutes_left,
                        back_on,
                        heard_by: awaited.heard_by,
                    }
                })
                .collect(),
            earliest: gate.earliest,
            is_closing: is_open && self.own.waiting.contains(&decision_close_id(asker, id)),
            may_close: gate.may_close && asker == me,
            is_mine_sealed: is_open && my_voice.is_some() && mine.is_none(),
            mine,
            said: self.said(decision),
            outcome: outcome.map(|outcome| OutcomeCard {
                words: outcome.words.clone(),
                closed_at: outcome.closed_at,
                not_heard: self.people(&outcome.not_heard),
            }),
        })
    }

    fn said(&self, decision: &Read<Decision>) -> Vec<VoiceCard> {
        if let Some(outcome) = self.state.outcomes.get(&decision.id) {
            let voices = outcome.voices.iter();
            let card = |voice: &HeardVoice| VoiceCard {
                person: self.person(voice.member),
                said: voice.said.clone(),
            };
            return voices.map(card).collect();
        }
        if decision.body.voices == Voices::Hidden {
            return Vec::new();
        }
        let voices = self.state.voices.get(&decision.id);
        let said = |member: &MemberId| {
            let said = voices?.get(member)?.said.clone()?;
            Some(VoiceCard {
                person: self.person(*member),
                said: Some(said),
            })
        };
        decision.body.involved.iter().filter_map(said).collect()
    }
}

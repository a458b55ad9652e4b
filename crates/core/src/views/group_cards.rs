//! The cards that a team writes together.

use std::cmp::Reverse;

use samovar_domain::kinds::{CardLine, GroupCard, HandedCard, HandedLine, Line};
use samovar_domain::{ItemId, MemberId, Timestamp};

use super::team_state::{Read, TeamState};
use super::today::{LocalFacts, Page, by_name, photo_card};
use crate::api::{GroupCards, LineOnCard, OpenCard, OpenedCard, Person};

/// All cards at `now`; `pens` are the colours that drawings have.
pub fn group_cards(state: &TeamState, now: Timestamp, local: &LocalFacts, pens: &[&str]) -> GroupCards {
    let cards = Cards {
        state,
        page: Page::new(state, now, local),
        local,
    };
    let mut open: Vec<OpenCard> = state.group_cards.iter().filter_map(|card| cards.open(card)).collect();
    open.sort_by_key(|card| (card.has_written || card.is_handing_over, card.begun_at, card.id));
    let mut handed: Vec<OpenedCard> = state.handed_cards.iter().map(|card| cards.opened(card)).collect();
    handed.sort_by_key(|card| (Reverse(card.handed_at), card.id));
    let others = state.members.keys().filter(|member| **member != local.me);
    let mut people: Vec<Person> = others.map(|member| cards.page.person(*member)).collect();
    people.sort_by_cached_key(by_name);
    GroupCards {
        now,
        me: local.me,
        open,
        handed,
        people,
        pens: pens.iter().map(|pen| (*pen).to_owned()).collect(),
    }
}

struct Cards<'a> {
    state: &'a TeamState,
    page: Page<'a>,
    local: &'a LocalFacts,
}

impl Cards<'_> {
    fn open(&self, card: &Read<GroupCard>) -> Option<OpenCard> {
        let from = card.owner?;
        let lines = self
            .state
            .card_lines
            .get(&card.id)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let lines: Vec<LineOnCard> = lines.iter().filter_map(|line| self.written(line)).collect();
        Some(OpenCard {
            id: card.id,
            to: self.page.person(card.body.to),
            from: self.page.person(from),
            is_mine: from == self.local.me,
            occasion: card.body.occasion,
            title: card.body.title.clone(),
            begun_at: card.created_at,
            is_waiting: self.local.waiting.contains(&card.id),
            is_handing_over: card.body.handed_over,
            has_written: lines.iter().any(|line| line.is_mine),
            lines,
        })
    }

    fn opened(&self, card: &Read<HandedCard>) -> OpenedCard {
        let lines = self
            .state
            .handed_lines
            .get(&card.id)
            .map(Vec::as_slice)
            .unwrap_or_default();
        OpenedCard {
            id: card.id,
            to: self.page.person(card.body.to),
            is_to_me: card.body.to == self.local.me,
            from: card.body.from.map(|from| self.page.person(from)),
            occasion: card.body.occasion,
            title: card.body.title.clone(),
            handed_at: card.created_at,
            lines: lines.iter().map(|line| self.handed(line)).collect(),
        }
    }

    fn written(&self, line: &Read<CardLine>) -> Option<LineOnCard> {
        Some(self.line(line.id, line.owner?, &line.body.line))
    }

    fn handed(&self, line: &Read<HandedLine>) -> LineOnCard {
        self.line(line.id, line.body.by, &line.body.line)
    }

    fn line(&self, id: ItemId, by: MemberId, line: &Line) -> LineOnCard {
        LineOnCard {
            id,
            by: self.page.person(by),
            is_mine: by == self.local.me,
            is_waiting: self.local.waiting.contains(&id),
            text: line.text.clone(),
            doodle: line.doodle.clone(),
            photo: line.photo.as_ref().map(photo_card),
        }
    }
}

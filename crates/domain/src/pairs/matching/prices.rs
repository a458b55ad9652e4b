//! What vertices and blossoms cost at this moment. All that a tree holds moves at the same speed, so that only the instant
//! from which on it moves is written down.

use super::{Label, Matching, NONE};

impl Matching<'_> {
    pub(super) fn is_tight(&self, from: usize, to: usize) -> bool {
        self.graph[from]
            .iter()
            .any(|(end, weight)| *end as usize == to && self.present_price(from) + self.present_price(to) == *weight)
    }

    pub(super) fn present_price(&self, vertex: usize) -> i64 {
        let place = self.top_of(vertex);
        match self.label[place] {
            Label::Free => self.price(vertex),
            Label::Outer => self.price(vertex) - (self.now - self.since[place]),
            Label::Inner => self.price(vertex) + (self.now - self.since[place]),
        }
    }

    pub(super) fn blossom_price(&self, place: usize) -> i64 {
        let blossom = &self.blossoms[place - self.count];
        let moved = 2 * (self.now - blossom.since);
        match self.label[place] {
            _ if self.parent[place] != NONE => blossom.price,
            Label::Free => blossom.price,
            Label::Outer => blossom.price + moved,
            Label::Inner => blossom.price - moved,
        }
    }

    /// Writes down the price of an outermost blossom as it is now.
    pub(super) fn stop_price(&mut self, place: usize) {
        if place >= self.count {
            let price = self.blossom_price(place);
            let blossom = &mut self.blossoms[place - self.count];
            blossom.price = price;
            blossom.since = self.now;
        }
    }

    /// Writes down the prices of all that is in a labelled one as they are now.
    pub(super) fn settle(&mut self, place: usize) {
        self.stop_price(place);
        let moved = self.now - self.since[place];
        if moved != 0 {
            let step = if self.label[place] == Label::Outer {
                -moved
            } else {
                moved
            };
            self.added[self.crowd_of[place]] += step;
        }
        self.since[place] = self.now;
    }
}

//! Maximum-weight matching in a general graph, exactly, and the prices that prove it.
//!
//! Edmonds' blossom method with one alternating tree at a time. Every vertex has a price, and every blossom (an odd
//! cycle that is treated as one vertex) has one too; an edge is never worth more than what it costs. The tree grows over
//! edges that are worth just what they cost, and between these moments all prices in it move at the same speed, so that
//! what happens next is the first of a queue of events. Only what the tree touches is touched.
//!
//! Weights are even numbers. Then all prices stay whole: along edges that are worth what they cost, prices are all even
//! or all odd.

mod blossoms;
mod prices;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// No vertex, no blossom.
pub(super) const NONE: usize = usize::MAX;

/// For each vertex its edges: the other end and the weight, which is even and positive. Each edge stands at both ends.
pub(super) type Graph = Vec<Vec<(u32, i64)>>;

/// See the module. Vertices are `0..n`, blossoms are numbered from `n` on.
pub(super) struct Matching<'g> {
    graph: &'g Graph,
    count: usize,
    /// For each vertex the one it is matched with.
    mate: Vec<usize>,
    /// For each vertex its price without what its crowd has added.
    own_price: Vec<i64>,
    /// For each vertex its crowd: those that have one `top`. A crowd keeps its number when what it is in is opened, so
    /// that only the smaller parts of what is opened are touched.
    crowd: Vec<usize>,
    /// For each crowd the outermost blossom that it is, or the vertex; blossoms that the present tree has made do not
    /// count yet.
    top: Vec<usize>,
    /// For each crowd what is added to the prices of all in it, as it stood when it was last settled.
    added: Vec<i64>,
    /// For each `top` its crowd.
    crowd_of: Vec<usize>,
    /// For each vertex and blossom how many vertices are in it.
    size: Vec<usize>,
    /// For each vertex and blossom the blossom of the present tree that it has gone into, or a step on the way to it.
    gone_into: Vec<usize>,
    /// For each vertex and blossom the blossom that it is a part of.
    parent: Vec<usize>,
    /// For each vertex and blossom the vertex that is not matched within it.
    base: Vec<usize>,
    /// For each `top`, also after it has gone into another.
    label: Vec<Label>,
    /// For each labelled one since when the prices of its vertices move.
    since: Vec<i64>,
    /// For each inner one the edge over which the tree came to it.
    entry: Vec<(usize, usize)>,
    blossoms: Vec<Blossom>,
    spare: Vec<usize>,
    /// How far prices have moved for the present tree.
    now: i64,
    /// By then the present tree is done for certain.
    bound: i64,
    root: usize,
    events: BinaryHeap<Reverse<(i64, Event)>>,
    /// For each vertex that is not in the tree when an edge to it comes next.
    reached_at: Vec<i64>,
    reached: Vec<usize>,
    labelled: Vec<usize>,
    made: Vec<usize>,
    opened: Vec<usize>,
    mark: Vec<u32>,
    marks: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    /// Not in the tree.
    Free,
    /// In the tree, at an even distance from its root; its prices fall.
    Outer,
    /// In the tree, at an odd distance; its prices rise.
    Inner,
}

/// An odd cycle. `parts[0]` has the base; `edges[i]` leads from `parts[i]` to the next one, and every second edge, from
/// the second on, is matched.
#[derive(Debug, Default)]
struct Blossom {
    parts: Vec<usize>,
    edges: Vec<(usize, usize)>,
    price: i64,
    /// Since when the price moves, while it is an outermost one in the tree.
    since: i64,
}

/// What can happen next. Their order decides what comes first at the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// An edge from an outer vertex to one that is not in the tree is worth what it costs.
    Reach(u32, u32),
    /// An edge between two outer vertices is.
    Meet(u32, u32),
    /// An inner blossom has no price left.
    Open(u32),
    /// An outer vertex has no price left: it may as well stay alone.
    Empty(u32),
}

impl<'g> Matching<'g> {
    /// The best matching of this graph.
    pub(super) fn of(graph: &'g Graph) -> Self {
        let count = graph.len();
        let mut matching = Self {
            graph,
            count,
            mate: vec![NONE; count],
            own_price: vec![0; count],
            crowd: (0..count).collect(),
            top: (0..count).collect(),
            added: vec![0; count],
            crowd_of: (0..count).collect(),
            size: vec![1; count],
            gone_into: (0..count).collect(),
            parent: vec![NONE; count],
            base: (0..count).collect(),
            label: vec![Label::Free; count],
            since: vec![0; count],
            entry: vec![(NONE, NONE); count],
            blossoms: Vec::new(),
            spare: Vec::new(),
            now: 0,
            bound: i64::MAX,
            root: NONE,
            events: BinaryHeap::new(),
            reached_at: vec![i64::MAX; count],
            reached: Vec::new(),
            labelled: Vec::new(),
            made: Vec::new(),
            opened: Vec::new(),
            mark: vec![0; count],
            marks: 0,
        };
        matching.begin();
        for vertex in 0..count {
            if matching.mate[vertex] == NONE && matching.price(vertex) > 0 {
                matching.grow_from(vertex);
            }
        }
        matching
    }

    /// The vertex that `vertex` is matched with.
    pub(super) fn mate(&self, vertex: usize) -> Option<usize> {
        Some(self.mate[vertex]).filter(|mate| *mate != NONE)
    }

    /// The price of a vertex. One that is matched with nobody has none.
    pub(super) fn price(&self, vertex: usize) -> i64 {
        self.own_price[vertex] + self.added[self.crowd[vertex]]
    }

    /// The outermost blossom of a vertex, or itself, as it was before the present tree made new ones.
    fn top_of(&self, vertex: usize) -> usize {
        self.top[self.crowd[vertex]]
    }

    /// The prices of all blossoms that have one, and the vertices in each.
    pub(super) fn priced_blossoms(&self) -> Vec<(i64, Vec<usize>)> {
        let alive = (0..self.blossoms.len()).filter(|place| !self.blossoms[*place].parts.is_empty());
        alive
            .filter(|place| self.blossoms[*place].price > 0)
            .map(|place| (self.blossoms[place].price, self.leaves(self.count + place)))
            .collect()
    }

    /// By how much an edge that may not be in the graph costs more than it is worth: a matching is the best one of a
    /// larger graph too when this is negative for none of its edges.
    pub(super) fn slack(&mut self, one: usize, other: usize, weight: i64) -> i64 {
        let slack = self.price(one) + self.price(other) - weight;
        if slack >= 0 || self.crowd[one] != self.crowd[other] {
            return slack;
        }
        self.marks += 1;
        let mut place = self.parent[one];
        while place != NONE {
            self.mark[place] = self.marks;
            place = self.parent[place];
        }
        let mut joint = 0;
        place = self.parent[other];
        while place != NONE {
            if self.mark[place] == self.marks {
                joint += self.blossoms[place - self.count].price;
            }
            place = self.parent[place];
        }
        slack + joint
    }

    /// Prices that are high enough for every edge, and what can be matched at them at once.
    fn begin(&mut self) {
        let graph = self.graph;
        for (vertex, edges) in graph.iter().enumerate() {
            self.own_price[vertex] = edges.iter().map(|(_, weight)| weight / 2).max().unwrap_or(0);
        }
        for (vertex, edges) in graph.iter().enumerate() {
            if self.mate[vertex] != NONE {
                continue;
            }
            let needed = edges
                .iter()
                .map(|(to, weight)| weight - self.own_price[*to as usize])
                .max();
            self.own_price[vertex] = needed.unwrap_or(0).max(0);
            let partner = edges.iter().find(|(to, weight)| {
                self.mate[*to as usize] == NONE && self.own_price[vertex] + self.own_price[*to as usize] == *weight
            });
            if let Some((to, _)) = partner {
                self.mate[vertex] = *to as usize;
                self.mate[*to as usize] = vertex;
            }
        }
    }

    /// Matches `root`, or finds who had better stay alone.
    fn grow_from(&mut self, root: usize) {
        self.now = 0;
        self.bound = i64::MAX;
        self.root = root;
        self.events.clear();
        self.make_outer(self.top_of(root));
        while let Some(Reverse((at, event))) = self.events.pop() {
            self.now = at;
            if self.happens(event) {
                break;
            }
        }
        self.clear_tree();
    }

    fn clear_tree(&mut self) {
        for place in std::mem::take(&mut self.labelled) {
            if self.label[place] != Label::Free {
                self.settle(place);
                self.label[place] = Label::Free;
            }
            self.gone_into[place] = place;
        }
        let made = std::mem::take(&mut self.made);
        for place in &made {
            self.stop_price(*place);
            self.label[*place] = Label::Free;
            self.gone_into[*place] = *place;
        }
        let outermost: Vec<usize> = made.into_iter().filter(|place| self.parent[*place] == NONE).collect();
        for place in outermost {
            self.keep_or_dissolve(place);
        }
        self.spare.append(&mut self.opened);
        for vertex in std::mem::take(&mut self.reached) {
            self.reached_at[vertex] = i64::MAX;
        }
    }

    /// The outermost blossom that `place` is in by now.
    fn outermost(&mut self, mut place: usize) -> usize {
        while self.gone_into[place] != place {
            let next = self.gone_into[self.gone_into[place]];
            self.gone_into[place] = next;
            place = next;
        }
        place
    }

    fn outermost_of(&mut self, vertex: usize) -> usize {
        self.outermost(self.top_of(vertex))
    }

    /// Tells whether the tree is done.
    fn happens(&mut self, event: Event) -> bool {
        match event {
            Event::Reach(from, to) => {
                let (from, to) = (from as usize, to as usize);
                let reached = self.top_of(to);
                if self.label[reached] != Label::Free || !self.is_tight(from, to) {
                    return false;
                }
                let mate = self.mate[self.base[reached]];
                if mate == NONE {
                    self.rebase(reached, to);
                    self.mate[to] = from;
                    self.flip_to_root(from, to);
                    return true;
                }
                self.make_inner(reached, (from, to));
                self.make_outer(self.top_of(mate));
            }
            Event::Meet(one, other) => {
                let (one, other) = (one as usize, other as usize);
                if self.outermost_of(one) != self.outermost_of(other) {
                    self.join(one, other);
                }
            }
            Event::Open(place) => {
                let place = place as usize;
                if self.label[place] == Label::Inner && self.blossom_price(place) == 0 {
                    self.open(place);
                }
            }
            Event::Empty(vertex) => {
                self.flip_to_root(vertex as usize, NONE);
                return true;
            }
        }
        false
    }

    fn make_inner(&mut self, place: usize, entry: (usize, usize)) {
        self.label[place] = Label::Inner;
        self.since[place] = self.now;
        self.entry[place] = entry;
        self.labelled.push(place);
        if place >= self.count {
            let blossom = &mut self.blossoms[place - self.count];
            blossom.since = self.now;
            let at = self.now + blossom.price / 2;
            self.expect(at, Event::Open(place as u32));
        }
    }

    fn make_outer(&mut self, place: usize) {
        self.label[place] = Label::Outer;
        self.since[place] = self.now;
        if place >= self.count {
            self.blossoms[place - self.count].since = self.now;
        }
        self.labelled.push(place);
        for vertex in self.leaves(place) {
            self.look_around(vertex);
        }
    }

    fn expect(&mut self, at: i64, event: Event) {
        if at <= self.bound {
            self.events.push(Reverse((at, event)));
        }
    }

    /// What may come of a vertex that has just become an outer one.
    fn look_around(&mut self, vertex: usize) {
        let price = self.present_price(vertex);
        let empty_at = self.now + price;
        self.expect(empty_at, Event::Empty(vertex as u32));
        self.bound = self.bound.min(empty_at);
        let graph = self.graph;
        let mine = self.outermost_of(vertex);
        for (to, weight) in &graph[vertex] {
            let place = self.top_of(*to as usize);
            let label = self.label[place];
            match label {
                Label::Inner => {}
                Label::Outer if self.outermost(place) == mine => {}
                Label::Outer => {
                    let slack = price + self.present_price(*to as usize) - weight;
                    self.expect(self.now + slack / 2, Event::Meet(vertex as u32, *to));
                }
                Label::Free => self.expect_reach(vertex, *to as usize, price - weight),
            }
        }
    }

    /// An edge to a vertex outside of the tree; `rest` is what it costs without that vertex's price.
    fn expect_reach(&mut self, from: usize, to: usize, rest: i64) {
        let at = self.now + rest + self.price(to);
        if at >= self.reached_at[to] || at > self.bound {
            return;
        }
        if self.reached_at[to] == i64::MAX {
            self.reached.push(to);
        }
        self.reached_at[to] = at;
        self.events.push(Reverse((at, Event::Reach(from as u32, to as u32))));
        if self.mate[self.base[self.top_of(to)]] == NONE {
            self.bound = self.bound.min(at);
        }
    }
}

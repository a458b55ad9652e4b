//! Blossoms: how odd cycles become one, how they are taken apart, and how what is matched in them turns round.

use super::{Blossom, Label, Matching, NONE};

impl Matching<'_> {
    /// The outer one above an outer one, and the inner one between them.
    fn above(&mut self, outer: usize) -> Option<(usize, usize)> {
        if outer == self.outermost_of(self.root) {
            return None;
        }
        let inner = self.top_of(self.mate[self.base[outer]]);
        Some((inner, self.outermost_of(self.entry[inner].0)))
    }

    /// Where the ways from two outer ones to the root meet.
    fn meeting_place(&mut self, one: usize, other: usize) -> usize {
        self.marks += 1;
        let (mut one, mut other) = (Some(one), Some(other));
        loop {
            if let Some(place) = one {
                if self.mark[place] == self.marks {
                    return place;
                }
                self.mark[place] = self.marks;
                one = self.above(place).map(|(_, outer)| outer);
            }
            std::mem::swap(&mut one, &mut other);
        }
    }

    /// The way from an outer one up to `end`, which is left out, with the edge that comes down to each.
    fn way_up(&mut self, mut place: usize, end: usize) -> (Vec<usize>, Vec<(usize, usize)>) {
        let (mut parts, mut edges) = (Vec::new(), Vec::new());
        while place != end {
            let base = self.base[place];
            let inner = self.top_of(self.mate[base]);
            parts.extend([place, inner]);
            edges.extend([(self.mate[base], base), self.entry[inner]]);
            place = self.outermost_of(self.entry[inner].0);
        }
        (parts, edges)
    }

    /// Makes a blossom of the cycle that an edge between two outer vertices closes.
    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (from, to) = (self.outermost_of(one), self.outermost_of(other));
        let end = self.meeting_place(from, to);
        let (mut parts, mut edges) = self.way_up(from, end);
        let (more_parts, more_edges) = self.way_up(to, end);
        parts.push(end);
        parts.reverse();
        parts.extend(more_parts);
        edges.reverse();
        edges.push((one, other));
        edges.extend(more_edges.into_iter().map(|(from, to)| (to, from)));
        let place = self.new_blossom();
        let mut risen = Vec::new();
        for part in &parts {
            if self.label[*part] == Label::Inner {
                self.settle(*part);
                self.label[*part] = Label::Outer;
                risen.extend(self.leaves(*part));
            } else {
                // Its vertices fall on as they did; only its own price stands still from now on.
                self.stop_price(*part);
            }
            self.parent[*part] = place;
            self.gone_into[*part] = place;
        }
        self.base[place] = self.base[end];
        self.size[place] = parts.iter().map(|part| self.size[*part]).sum();
        self.label[place] = Label::Outer;
        self.made.push(place);
        self.blossoms[place - self.count] = Blossom {
            parts,
            edges,
            price: 0,
            since: self.now,
        };
        for vertex in risen {
            self.look_around(vertex);
        }
    }

    fn new_blossom(&mut self) -> usize {
        if let Some(place) = self.spare.pop() {
            return place;
        }
        self.blossoms.push(Blossom::default());
        self.gone_into.push(self.parent.len());
        self.crowd_of.push(NONE);
        self.size.push(0);
        self.parent.push(NONE);
        self.base.push(NONE);
        self.label.push(Label::Free);
        self.since.push(0);
        self.entry.push((NONE, NONE));
        self.mark.push(0);
        self.parent.len() - 1
    }

    /// The part of a blossom that a vertex is in, by its place in the cycle.
    fn part_with(&self, blossom: usize, vertex: usize) -> usize {
        let mut part = vertex;
        while self.parent[part] != blossom {
            part = self.parent[part];
        }
        let parts = &self.blossoms[blossom - self.count].parts;
        parts
            .iter()
            .position(|place| *place == part)
            .expect("a part is among the parts of the blossom that it is in")
    }

    /// Takes an inner blossom apart: a way through it stays in the tree, the rest leaves it.
    pub(super) fn open(&mut self, blossom: usize) {
        self.settle(blossom);
        let entry = self.entry[blossom];
        let first = self.part_with(blossom, entry.1);
        let Blossom { parts, edges, .. } = std::mem::take(&mut self.blossoms[blossom - self.count]);
        self.label[blossom] = Label::Free;
        // Its number is free for another one, but not before this tree is done.
        self.opened.push(blossom);
        let largest = parts.iter().copied().max_by_key(|part| self.size[*part]);
        for part in &parts {
            self.parent[*part] = NONE;
            self.label[*part] = Label::Free;
            if Some(*part) == largest {
                let crowd = self.crowd_of[blossom];
                self.top[crowd] = *part;
                self.crowd_of[*part] = crowd;
            } else {
                self.gather(*part);
            }
        }
        let count = parts.len();
        self.make_inner(parts[first], entry);
        let mut outer = Vec::new();
        let mut place = first;
        while place != 0 {
            // The way goes on over the matched edge.
            if first % 2 == 1 {
                outer.push(parts[place + 1]);
                let next = (place + 2) % count;
                self.make_inner(parts[next], edges[place + 1]);
                place = next;
            } else {
                outer.push(parts[place - 1]);
                let (to, from) = edges[place - 2];
                place -= 2;
                self.make_inner(parts[place], (from, to));
            }
        }
        for part in outer {
            self.make_outer(part);
        }
        for part in parts {
            if self.label[part] == Label::Free {
                for vertex in self.leaves(part) {
                    self.look_back(vertex);
                }
            }
        }
    }

    /// When the tree comes again to a vertex that has just left it.
    fn look_back(&mut self, vertex: usize) {
        let graph = self.graph;
        self.reached_at[vertex] = i64::MAX;
        for (from, weight) in &graph[vertex] {
            let from = *from as usize;
            if self.label[self.top_of(from)] == Label::Outer {
                self.expect_reach(from, vertex, self.present_price(from) - weight);
            }
        }
    }

    /// Matches an outer vertex with `partner`, and turns everything round on the way to the root.
    pub(super) fn flip_to_root(&mut self, mut vertex: usize, mut partner: usize) {
        loop {
            let outer = self.outermost_of(vertex);
            let above = self.above(outer).map(|(inner, _)| inner);
            self.rebase(outer, vertex);
            self.mate[vertex] = partner;
            let Some(inner) = above else {
                return;
            };
            let (from, to) = self.entry[inner];
            self.rebase(inner, to);
            self.mate[to] = from;
            (vertex, partner) = (from, to);
        }
    }

    /// Matches the inside of a blossom so that `vertex` is the one left over.
    pub(super) fn rebase(&mut self, place: usize, vertex: usize) {
        if self.base[place] == vertex {
            return;
        }
        let first = self.part_with(place, vertex);
        self.rebase(self.blossoms[place - self.count].parts[first], vertex);
        let count = self.blossoms[place - self.count].parts.len();
        let pairs: Vec<usize> = if first % 2 == 1 {
            (first + 1..count).step_by(2).collect()
        } else {
            (0..first).step_by(2).collect()
        };
        for pair in pairs {
            let blossom = &self.blossoms[place - self.count];
            let (one, other) = (blossom.parts[pair], blossom.parts[(pair + 1) % count]);
            let (from, to) = blossom.edges[pair];
            self.rebase(one, from);
            self.rebase(other, to);
            self.mate[from] = to;
            self.mate[to] = from;
        }
        let blossom = &mut self.blossoms[place - self.count];
        blossom.parts.rotate_left(first);
        blossom.edges.rotate_left(first);
        self.base[place] = vertex;
    }

    /// An outermost blossom without a price is of no use any more.
    pub(super) fn keep_or_dissolve(&mut self, place: usize) {
        let mut open = vec![place];
        while let Some(place) = open.pop() {
            if place >= self.count && self.blossoms[place - self.count].price == 0 {
                let parts = std::mem::take(&mut self.blossoms[place - self.count]).parts;
                for part in &parts {
                    self.parent[*part] = NONE;
                }
                open.extend(parts);
                self.opened.push(place);
            } else if self.top_of(self.base[place]) != place {
                self.gather(place);
            }
        }
    }

    /// Makes a crowd of all that is in an outermost one.
    fn gather(&mut self, place: usize) {
        let crowd = if place < self.count {
            // A vertex has its own number for when it is alone.
            self.top[place] = place;
            place
        } else {
            self.top.push(place);
            self.added.push(0);
            self.top.len() - 1
        };
        for leaf in self.leaves(place) {
            self.own_price[leaf] += self.added[self.crowd[leaf]];
            self.crowd[leaf] = crowd;
        }
        if place < self.count {
            self.own_price[place] -= self.added[place];
        }
        self.crowd_of[place] = crowd;
    }

    pub(super) fn leaves(&self, place: usize) -> Vec<usize> {
        let mut leaves = Vec::new();
        let mut open = vec![place];
        while let Some(place) = open.pop() {
            if place < self.count {
                leaves.push(place);
            } else {
                open.extend(self.blossoms[place - self.count].parts.iter().rev());
            }
        }
        leaves
    }
}

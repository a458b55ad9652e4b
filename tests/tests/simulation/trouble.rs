//! The bad time: people go on with what they do, while everything that can fail does.

use rand::Rng as _;
use samovar_blocking::Moment;

use crate::between::Way;
use crate::call::Weather;
use crate::desktop::{Came, came};
use crate::network::STEP;
use crate::story::Stage;
use crate::verdict::own_words_are_read_back;
use crate::world::{Doom, Node};

impl Stage {
    /// Some seconds of it.
    pub(crate) fn has_a_bad_time(&mut self) {
        let weather = Weather {
            loss: self.dice.random_range(0..80),
            slow: self.dice.random_range(0..150),
            twice: self.dice.random_range(0..150),
        };
        self.network.weather(weather);
        if let Some(between) = self.endpoint.between() {
            between.way(Way {
                loss: self.dice.random_range(0..40),
                slow: self.dice.random_range(0..100),
            });
        }
        self.world.makes_wait(self.dice.random_range(0..30));
        self.memory.may_leave = self.dice.random_range(0..3) == 0;
        let may_restore = !self.memory.may_leave && self.dice.random_range(0..3) == 0;
        let (trouble, haste) = (self.dice.random_range(4..30), self.dice.random_range(30..110));
        for _ in 0..self.dice.random_range(120..300) {
            self.lets_people_act(haste);
            if self.dice.random_range(0..1_000) < trouble {
                self.makes_trouble();
            }
            if may_restore {
                self.may_go_back_in_time();
            }
            self.steps(STEP);
            self.looks_after_the_fallen();
            if self.world.wrong().is_some() {
                return;
            }
        }
    }

    fn lets_people_act(&mut self, haste: u32) {
        for who in 0..self.desktops.len() {
            self.hears(who);
            let is_free = self.doing[who].is_none() && self.desktops[who].is_up() && !self.memory.left.contains(&who);
            if is_free
                && self.dice.random_range(0..1_000) < haste
                && let Some((deed, request)) = self.memory.thinks_of(who, &mut self.dice)
            {
                self.world.note(format_args!("{who} does {deed:?}"));
                self.doing[who] = Some((deed, self.desktops[who].does(request)));
            }
        }
    }

    /// What came of what somebody was doing.
    pub(crate) fn hears(&mut self, who: usize) {
        let Some((deed, mut answered)) = self.doing[who].take() else {
            return;
        };
        match came(&mut answered) {
            Came::Nothing => self.doing[who] = Some((deed, answered)),
            Came::Never => {
                self.world.note(format_args!("{who} never hears of {deed:?}"));
                self.memory.was_cut_short(who, deed);
            }
            Came::Answer(answer) => {
                let code = answer
                    .as_ref()
                    .map_or_else(|problem| problem.code.to_string(), |_| "ok".to_owned());
                self.world.note(format_args!("{who} hears {code} of {deed:?}"));
                self.memory.was_answered(who, deed, &answer);
                if let Err(wrong) = own_words_are_read_back(&self.desktops[who], &self.memory) {
                    self.world.is_wrong(wrong);
                }
            }
        }
    }

    fn makes_trouble(&mut self) {
        let who = self.dice.random_range(0..self.desktops.len());
        let nodes = self.endpoint.nodes();
        let node = self.dice.random_range(0..nodes);
        let moments = [Moment::BeforeCommit, Moment::AfterCommit, Moment::AfterWork];
        let doom = Doom {
            moment: moments[self.dice.random_range(0..moments.len())],
            left: self.dice.random_range(1..12),
        };
        // Of several links one may be cut alone.
        let only = (nodes > 1 && self.dice.random()).then_some(node);
        let kinds = if nodes > 1 { 13 } else { 10 };
        match self.dice.random_range(0..kinds) {
            0..3 => self.world.dooms(Node::Desktop(who), doom),
            3 | 4 => self.world.dooms(Node::Endpoint(node), doom),
            5 => self.network.link(who, only, false, false),
            6 => self.network.link(who, only, true, false),
            7 => self.network.link(who, only, false, true),
            8 | 9 => self.network.link(who, None, true, true),
            _ => self.parts_nodes(node),
        }
    }

    /// Something goes wrong between a node and the database.
    fn parts_nodes(&mut self, node: usize) {
        let millis = self.dice.random_range(200..6_000);
        let leaps = self.dice.random_range(0..6) == 0;
        let Some(between) = self.endpoint.between() else { return };
        if leaps {
            between.clock_leaps(31 * 60_000);
        } else {
            between.cuts_off(node, millis);
        }
    }

    fn may_go_back_in_time(&mut self) {
        if !self.endpoint.is_all_up() {
            return;
        }
        match self.dice.random_range(0..1_000) {
            0..15 if self.backups.len() < 3 => {
                let backup = self.endpoint.backs_up();
                self.backups.push(backup);
            }
            15..25 if !self.backups.is_empty() && self.restores < 2 => {
                let backup = self.backups[self.dice.random_range(0..self.backups.len())].clone();
                self.endpoint.is_restored(&backup);
                self.restores += 1;
            }
            _ => {}
        }
    }

    /// Whoever has ended comes back after a while.
    pub(crate) fn looks_after_the_fallen(&mut self) {
        let now = self.world.millis();
        for who in 0..self.desktops.len() {
            if self.desktops[who].is_up() {
                self.back[who] = 0;
            } else if self.back[who] == 0 {
                self.ends += 1;
                self.back[who] = now + self.dice.random_range(100..4_000);
            } else if now >= self.back[who] {
                self.hears(who);
                self.desktops[who].starts();
                if let Err(wrong) = own_words_are_read_back(&self.desktops[who], &self.memory) {
                    self.world.is_wrong(wrong);
                }
            }
        }
        for node in 0..self.endpoint.nodes() {
            if self.endpoint.is_up(node) {
                self.nodes_back[node] = 0;
            } else if self.nodes_back[node] == 0 {
                self.ends += 1;
                self.nodes_back[node] = now + self.dice.random_range(100..4_000);
            } else if now >= self.nodes_back[node] {
                self.endpoint.starts(node);
            }
        }
    }
}

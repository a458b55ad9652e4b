//! What is between nodes, and between them and the database that they share: questions take their time, are lost, or their
//! answers are; a node is cut off; calls from one node to the others are late, lost, doubled, or not made at all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use samovar_domain::{Clock as _, Timestamp};
use samovar_server::store::Wire;
use tokio::sync::Notify;

use crate::world::{Node, World};

/// What becomes of calls from node to node, for a whole run: nobody may need them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Calls {
    /// They arrive.
    Arrive,
    /// One never knows.
    Stray,
    /// There are none.
    Off,
}

/// How bad the way to the database is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    /// How many questions, and how many answers, are lost, in a thousand.
    pub(crate) loss: u32,
    /// How many take long, in a thousand.
    pub(crate) slow: u32,
}

impl Way {
    pub(crate) const FINE: Self = Self { loss: 0, slow: 0 };
}

struct Inside {
    world: World,
    dice: StdRng,
    file: PathBuf,
    clock_ahead: i64,
    calls: Calls,
    way: Way,
    /// Until when a node is cut off.
    cut_until: Vec<u64>,
    /// Who looks on each node.
    looking: Vec<Arc<Notify>>,
    /// Calls on their way to a node, by when they arrive.
    coming: BTreeMap<(u64, u64), usize>,
    next: u64,
}

/// See the module. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Between(Arc<Mutex<Inside>>);

impl Between {
    pub(crate) fn new(world: &World, seed: u64, nodes: usize, file: &Path) -> Self {
        let mut dice = StdRng::seed_from_u64(seed ^ 0x6e_6f_64_65);
        Self(Arc::new(Mutex::new(Inside {
            world: world.clone(),
            file: file.to_owned(),
            clock_ahead: dice.random_range(-5_000..5_000),
            calls: [Calls::Arrive, Calls::Stray, Calls::Off][dice.random_range(0..3)],
            way: Way::FINE,
            cut_until: vec![0; nodes],
            looking: (0..nodes).map(|_| Arc::default()).collect(),
            coming: BTreeMap::new(),
            next: 0,
            dice,
        })))
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What becomes of calls in this run.
    pub(crate) fn calls(&self) -> Calls {
        self.inside().calls
    }

    /// Another file is the database now.
    pub(crate) fn is_now(&self, file: &Path) {
        file.clone_into(&mut self.inside().file);
    }

    pub(crate) fn way(&self, way: Way) {
        self.inside().way = way;
    }

    /// Cuts a node off for a while.
    pub(crate) fn cuts_off(&self, node: usize, millis: u64) {
        let mut inside = self.inside();
        let until = inside.world.millis() + millis;
        inside.cut_until[node] = until;
        inside
            .world
            .note(format_args!("node {node} cannot reach the database until {until}"));
    }

    /// The database's clock is put forward, as one that was wrong: nobody has looked for long, by what it says.
    pub(crate) fn clock_leaps(&self, millis: i64) {
        let mut inside = self.inside();
        inside.clock_ahead += millis;
        inside
            .world
            .note(format_args!("the database's clock leaps by {millis}"));
    }

    /// From now on nobody is cut off, and nothing is lost on the way to the database. Calls stay as they are.
    pub(crate) fn is_mended(&self) {
        let mut inside = self.inside();
        inside.way = Way::FINE;
        inside.cut_until.fill(0);
    }

    /// Wakes those whom calls have reached.
    pub(crate) fn delivers(&self) {
        let mut inside = self.inside();
        let now = inside.world.millis();
        while let Some(entry) = inside.coming.first_entry() {
            if entry.key().0 > now {
                return;
            }
            let node = entry.remove();
            inside.looking[node].notify_one();
        }
    }

    /// The way of one node.
    pub(crate) fn of_node(&self, node: usize) -> Arc<dyn Wire> {
        Arc::new(OfNode {
            between: self.clone(),
            node,
        })
    }
}

impl Inside {
    fn chance(&mut self, in_a_thousand: u32) -> bool {
        in_a_thousand > 0 && self.dice.random_range(0..1_000) < in_a_thousand
    }

    fn goes(&mut self, node: usize) -> Option<Duration> {
        // A node that is just starting has the time that it needs.
        if self.world.running() != Some(Node::Endpoint(node)) {
            return Some(Duration::ZERO);
        }
        let Way { loss, slow } = self.way;
        if self.world.millis() < self.cut_until[node] || self.chance(loss) {
            return None;
        }
        let takes = if self.chance(slow) {
            self.dice.random_range(20..2_000)
        } else {
            self.dice.random_range(0..4)
        };
        Some(Duration::from_millis(takes))
    }

    /// One call on its way to a node, or none, or two.
    fn calls_node(&mut self, node: usize) {
        let (copies, takes) = match self.calls {
            Calls::Off => return,
            Calls::Arrive => (1, self.dice.random_range(1..20)),
            Calls::Stray => (
                [0, 0, 1, 2][self.dice.random_range(0..4)],
                self.dice.random_range(1..2_000),
            ),
        };
        for copy in 0..copies {
            self.next += 1;
            let at = self.world.millis() + takes * (1 + copy);
            self.coming.insert((at, self.next), node);
        }
    }
}

struct OfNode {
    between: Between,
    node: usize,
}

impl Wire for OfNode {
    fn file(&self) -> PathBuf {
        self.between.inside().file.clone()
    }

    fn now(&self) -> Timestamp {
        let inside = self.between.inside();
        inside.world.clock(inside.clock_ahead).now()
    }

    fn question(&self) -> Option<Duration> {
        self.between.inside().goes(self.node)
    }

    fn answer(&self) -> Option<Duration> {
        self.between.inside().goes(self.node)
    }

    fn call(&self) {
        let mut inside = self.between.inside();
        if inside.world.has_ended(Node::Endpoint(self.node)) {
            return;
        }
        for node in 0..inside.looking.len() {
            inside.calls_node(node);
        }
    }

    fn calls(&self) -> Arc<Notify> {
        // What was said to a connection that is gone is heard by nobody.
        let looks = Arc::<Notify>::default();
        self.between.inside().looking[self.node] = Arc::clone(&looks);
        looks
    }
}

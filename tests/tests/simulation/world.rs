//! What all of a run share: the time, whose turn it is, who has ended, and the trace by which two runs are compared.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use samovar_blocking::{Fate, Moment, Stage};
use samovar_core::reminder_driver::WallTimer;
use samovar_domain::{Clock, Timestamp};

/// When runs begin, or soon after: ten on a Monday morning in Berlin.
pub(crate) const BEGINNING: &str = "2026-11-23T09:00:00Z";

/// A process of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Node {
    /// One of the endpoint's nodes.
    Endpoint(usize),
    /// Somebody's desktop.
    Desktop(usize),
}

/// Where a process is to end: at the so-many-th of these moments from now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Doom {
    pub(crate) moment: Moment,
    pub(crate) left: u32,
}

#[derive(Debug)]
struct Inside {
    millis: u64,
    /// What a clock shows at the beginning that goes right.
    began: Timestamp,
    running: Option<Node>,
    ended: BTreeSet<Node>,
    dooms: BTreeMap<Node, Doom>,
    /// How often somebody on the stage is made to wait for others, in percent.
    waits: u32,
    dice: StdRng,
    hash: u64,
    tail: VecDeque<String>,
    prints: bool,
    wrong: Option<String>,
}

/// See the module. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct World(Arc<Mutex<Inside>>);

impl World {
    /// One that begins so many milliseconds before [`BEGINNING`].
    pub(crate) fn new(seed: u64, prints: bool, before: i64) -> Self {
        let beginning: Timestamp = BEGINNING.parse().unwrap();
        Self(Arc::new(Mutex::new(Inside {
            millis: 0,
            began: Timestamp::from_millis(beginning.millis() - before),
            running: None,
            ended: BTreeSet::new(),
            dooms: BTreeMap::new(),
            waits: 0,
            dice: StdRng::seed_from_u64(seed ^ 0x57a6e),
            hash: 0xcbf2_9ce4_8422_2325,
            tail: VecDeque::new(),
            prints,
            wrong: None,
        })))
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Milliseconds since the beginning.
    pub(crate) fn millis(&self) -> u64 {
        self.inside().millis
    }

    pub(crate) fn passes(&self, duration: Duration) {
        self.inside().millis += duration.as_millis() as u64;
    }

    /// What a clock shows that is so many milliseconds ahead.
    pub(crate) fn clock(&self, ahead: i64) -> Wall {
        Wall {
            world: self.clone(),
            base: self.inside().began.millis() + ahead,
        }
    }

    /// Runs what belongs to a process.
    pub(crate) fn as_node<T>(&self, node: Node, work: impl FnOnce() -> T) -> T {
        self.inside().running = Some(node);
        let done = work();
        self.inside().running = None;
        done
    }

    /// Whose turn it is.
    pub(crate) fn running(&self) -> Option<Node> {
        self.inside().running
    }

    pub(crate) fn has_ended(&self, node: Node) -> bool {
        self.inside().ended.contains(&node)
    }

    pub(crate) fn begins_again(&self, node: Node) {
        let mut inside = self.inside();
        inside.ended.remove(&node);
        inside.dooms.remove(&node);
    }

    pub(crate) fn dooms(&self, node: Node, doom: Doom) {
        self.inside().dooms.insert(node, doom);
    }

    pub(crate) fn spares_everybody(&self) {
        let mut inside = self.inside();
        inside.dooms.clear();
        inside.waits = 0;
    }

    pub(crate) fn makes_wait(&self, percent: u32) {
        self.inside().waits = percent;
    }

    /// Adds to the trace.
    pub(crate) fn note(&self, what: std::fmt::Arguments<'_>) {
        let mut inside = self.inside();
        let mut line = String::new();
        let _ = write!(line, "{:>8} {what}", inside.millis);
        for byte in line.bytes() {
            inside.hash = (inside.hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        if inside.prints {
            println!("{line}");
        }
        inside.tail.push_back(line);
        if inside.tail.len() > 40 {
            inside.tail.pop_front();
        }
    }

    /// Something does not hold that always must. The first thing is what counts.
    pub(crate) fn is_wrong(&self, what: String) {
        self.note(format_args!("WRONG: {what}"));
        let mut inside = self.inside();
        inside.wrong.get_or_insert(what);
    }

    /// What was wrong first, with what came before it.
    pub(crate) fn wrong(&self) -> Option<String> {
        let inside = self.inside();
        let tail = inside.tail.iter().map(|line| format!("\n  {line:.400}"));
        inside
            .wrong
            .as_ref()
            .map(|wrong| format!("{wrong}{}", tail.collect::<String>()))
    }

    /// What the trace comes to.
    pub(crate) fn hash(&self) -> u64 {
        self.inside().hash
    }

    /// Has everything on this thread ask here.
    pub(crate) fn takes_the_stage(&self) {
        samovar_blocking::simulate_on_this_thread(Rc::new(Director(self.clone())));
    }
}

struct Director(World);

impl Stage for Director {
    fn reaches(&self, moment: Moment) -> Fate {
        let mut inside = self.0.inside();
        let Some(node) = inside.running else {
            return Fate::GoesOn;
        };
        if inside.ended.contains(&node) {
            return Fate::Ended;
        }
        if let Some(doom) = inside.dooms.get_mut(&node)
            && doom.moment == moment
        {
            doom.left -= 1;
            if doom.left == 0 {
                inside.dooms.remove(&node);
                inside.ended.insert(node);
                drop(inside);
                self.0.note(format_args!("{node:?} ends: {moment:?}"));
                return Fate::Ended;
            }
        }
        let waits = inside.waits;
        if waits > 0 && inside.dice.random_range(0..100) < waits {
            return Fate::Waits(inside.dice.random_range(1..4));
        }
        Fate::GoesOn
    }
}

/// A clock of the run.
#[derive(Debug, Clone)]
pub(crate) struct Wall {
    world: World,
    base: i64,
}

impl Clock for Wall {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.base + self.world.millis() as i64)
    }
}

#[async_trait]
impl WallTimer for Wall {
    async fn wait_until(&self, at: Option<Timestamp>) {
        match at {
            Some(at) => tokio::time::sleep(at.since(self.now()).max(Duration::from_millis(1))).await,
            None => std::future::pending().await,
        }
    }
}

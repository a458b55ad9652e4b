//! One run: people join, a bad hour passes, all is mended, and then all must be well.

use std::path::PathBuf;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, SeedableRng as _};
use samovar_core::api::{Request, Response};
use samovar_domain::{Clock as _, Problem};
use tokio::sync::oneshot;

use crate::call::Weather;
use crate::desktop::{Came, Desktop, came};
use crate::endpoint::Endpoint;
use crate::network::{Network, STEP};
use crate::once::{self, all_happened_once};
use crate::people::{Deed, Memory};
use crate::verdict::{all_is_well, is_quiet};
use crate::witness::Witness;
use crate::world::World;

/// How long everybody may take to be quiet after all is mended: a few of the longest waits between tries.
const MENDING: Duration = Duration::from_mins(12);
/// A step while nothing is done but waiting.
const LONG_STEP: Duration = Duration::from_millis(250);

/// What a run came to.
pub(crate) struct Outcome {
    /// Of the trace.
    pub(crate) hash: u64,
    /// What was done and seen, in words.
    pub(crate) figures: String,
    /// What was wrong.
    pub(crate) wrong: Option<String>,
}

/// What somebody is doing, and where they hear of it.
pub(crate) type Doing = Option<(Deed, oneshot::Receiver<Result<Response, Problem>>)>;

/// All of a run.
pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) network: Network,
    witness: Witness,
    pub(crate) endpoint: Endpoint,
    pub(crate) desktops: Vec<Desktop>,
    pub(crate) doing: Vec<Doing>,
    pub(crate) memory: Memory,
    pub(crate) dice: StdRng,
    /// When the desktops that are gone come back, and the nodes.
    pub(crate) back: Vec<u64>,
    pub(crate) nodes_back: Vec<u64>,
    pub(crate) backups: Vec<PathBuf>,
    pub(crate) ends: u32,
    pub(crate) restores: u32,
    _folder: tempfile::TempDir,
}

/// How many nodes the endpoint of a run has.
fn nodes(seed: u64) -> usize {
    if seed.is_multiple_of(2) { 2 } else { 1 }
}

/// Plays the run of a seed.
pub(crate) fn play(seed: u64, prints: bool) -> Outcome {
    let mut stage = Stage::of(seed, prints);
    stage.gathers();
    stage.has_a_bad_time();
    stage.mends();
    Outcome {
        hash: stage.world.hash(),
        figures: stage.figures(),
        wrong: stage.world.wrong(),
    }
}

/// In memory where there is such a place: nothing of a run is to last.
fn folder() -> tempfile::TempDir {
    let shared = std::path::Path::new("/dev/shm");
    let made = if shared.is_dir() {
        tempfile::tempdir_in(shared)
    } else {
        tempfile::tempdir()
    };
    made.or_else(|_| tempfile::tempdir()).unwrap()
}

impl Stage {
    fn of(seed: u64, prints: bool) -> Self {
        let folder = folder();
        let mut dice = StdRng::seed_from_u64(seed);
        let (people, nodes) = ([2, 2, 3, 3, 4][dice.random_range(0..5)], nodes(seed));
        // What happens once is due in the middle of the bad time.
        let before = if nodes > 1 {
            dice.random_range(10_000..18_000)
        } else {
            0
        };
        let world = World::new(seed, prints, before);
        world.takes_the_stage();
        let network = Network::new(&world, seed, people, nodes);
        let witness = Witness::new(&world);
        let clocks: Vec<i64> = match nodes {
            1 => vec![0],
            _ => (0..nodes).map(|_| dice.random_range(-5_000..5_000)).collect(),
        };
        Self {
            endpoint: Endpoint::new(&world, &network, &witness, folder.path(), &clocks, seed),
            desktops: (0..people)
                .map(|number| {
                    // Clocks are minutes wrong, and sometimes more.
                    let ahead = if dice.random_range(0..4) == 0 {
                        dice.random_range(-7_200_000..7_200_000)
                    } else {
                        dice.random_range(-60_000..60_000)
                    };
                    Desktop::new(number, &world, &network, folder.path(), ahead)
                })
                .collect(),
            doing: (0..people).map(|_| None).collect(),
            memory: Memory::default(),
            back: vec![0; people],
            nodes_back: vec![0; nodes],
            backups: Vec::new(),
            ends: 0,
            restores: 0,
            world,
            network,
            witness,
            dice,
            _folder: folder,
        }
    }

    fn figures(&self) -> String {
        let between = match self.endpoint.between() {
            None => "1 node".to_owned(),
            Some(between) => format!("{} nodes, calls {:?}", self.endpoint.nodes(), between.calls()),
        };
        format!(
            "{between}, {} people, {} deeds, {} items seen, {} ends, {} restores, {} s",
            self.desktops.len(),
            self.memory.deeds,
            self.witness.items(),
            self.ends,
            self.restores,
            self.world.millis() / 1_000
        )
    }

    /// One step of everybody, in an order of chance.
    pub(crate) fn steps(&mut self, step: Duration) {
        self.world.passes(step);
        for arrival in self.network.delivers() {
            self.endpoint.takes(arrival);
        }
        if let Some(between) = self.endpoint.between() {
            between.delivers();
        }
        let desktops = self.desktops.len();
        let mut order: Vec<usize> = (0..desktops + self.endpoint.nodes()).collect();
        order.shuffle(&mut self.dice);
        for one in order {
            match self.desktops.get_mut(one) {
                Some(desktop) => desktop.steps(step),
                None => self.endpoint.steps(one - desktops, step),
            }
        }
    }

    fn asks(&mut self, who: usize, request: Request) -> Response {
        let shown = format!("{request:?}");
        let mut answered = self.desktops[who].does(request);
        for _ in 0..4_000 {
            self.steps(STEP);
            match came(&mut answered) {
                Came::Answer(answer) => return answer.unwrap(),
                Came::Nothing => {}
                Came::Never => break,
            }
        }
        panic!("{who} got no answer to {shown}");
    }

    fn gathers(&mut self) {
        let invite = self.endpoint.all_start().unwrap();
        let mut link = invite;
        for who in 0..self.desktops.len() {
            self.desktops[who].starts();
            let request = Request::Join {
                link: link.clone(),
                name: crate::name(who),
                time_zone: Some("Europe/Berlin".to_owned()),
                hours: None,
            };
            self.asks(who, request);
            let member = self.desktops[who].member().unwrap();
            self.memory.members.push(member.parse().unwrap());
            self.witness.knows(who, member);
            if who == 0 {
                let uses = Some(self.desktops.len() as u32);
                let Response::Invite { link: more, .. } = self.asks(0, Request::CreateInvite { uses }) else {
                    panic!("no invite came");
                };
                link = more;
            }
        }
        if self.endpoint.nodes() > 1 {
            self.wishes();
        }
    }

    /// What is to happen once is asked for, and known to all nodes.
    fn wishes(&mut self) {
        for (who, request) in once::wishes(self.desktops.len()) {
            self.asks(who, request);
        }
        for _ in 0..100 {
            if is_quiet(&self.desktops, &self.memory, &self.endpoint) {
                break;
            }
            self.steps(STEP);
        }
        // As by an update: they look when the draw is.
        for node in 0..self.endpoint.nodes() {
            self.endpoint.ends(node);
            self.endpoint.starts(node);
        }
    }

    /// Everything works again, and everybody comes to see the same.
    fn mends(&mut self) {
        if self.world.wrong().is_some() {
            return;
        }
        self.world.note(format_args!("all is mended"));
        self.world.spares_everybody();
        self.network.weather(Weather::FINE);
        for who in 0..self.desktops.len() {
            self.network.link(who, None, true, true);
        }
        if let Some(between) = self.endpoint.between() {
            between.is_mended();
        }
        let until = self.world.millis() + MENDING.as_millis() as u64;
        let mut quiet_for = 0;
        while quiet_for < 4 {
            for _ in 0..4 {
                for who in 0..self.desktops.len() {
                    self.hears(who);
                }
                self.steps(LONG_STEP);
                self.looks_after_the_fallen();
            }
            if self.world.wrong().is_some() {
                return;
            }
            let is_everybody_up = self.endpoint.is_all_up() && self.desktops.iter().all(Desktop::is_up);
            let is_done = is_everybody_up
                && self.has_seen_what_happens_once()
                && self.doing.iter().all(Option::is_none)
                && is_quiet(&self.desktops, &self.memory, &self.endpoint);
            quiet_for = if is_done { quiet_for + 1 } else { 0 };
            if self.world.millis() > until {
                self.world.is_wrong(self.who_is_not_quiet());
                return;
            }
        }
        let items = self.endpoint.has();
        if let Err(wrong) = all_is_well(&items, &self.desktops, &self.memory) {
            self.world.is_wrong(wrong);
        }
        if self.endpoint.nodes() > 1
            && let Err(wrong) = all_happened_once(&items, &self.memory)
        {
            self.world.is_wrong(wrong);
        }
    }

    /// Whether it is late enough by all clocks of nodes.
    fn has_seen_what_happens_once(&self) -> bool {
        self.endpoint.nodes() == 1 || self.world.clock(0).now() > once::over()
    }

    fn who_is_not_quiet(&self) -> String {
        let each = self.desktops.iter().map(|desktop| {
            let (_, cursor) = desktop.has();
            let stands = self.endpoint.stands(&self.memory.members[desktop.number].to_string());
            format!(
                "\n  desktop {}: cursor {cursor} of {stands:?}, outbox {:?}",
                desktop.number,
                desktop.keeps().0
            )
        });
        format!(
            "not everybody is quiet: {:?} left, doing {:?}{}",
            self.memory.left,
            self.doing.iter().map(Option::is_some).collect::<Vec<_>>(),
            each.collect::<String>()
        )
    }
}

//! One run: people join, a bad hour passes, all is mended, and then all must be well.

use std::path::PathBuf;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, SeedableRng as _};
use samovar_blocking::Moment;
use samovar_core::api::{Request, Response};
use samovar_domain::Problem;
use tokio::sync::oneshot;

use crate::desktop::{Came, Desktop, came};
use crate::endpoint::Endpoint;
use crate::network::{Network, STEP, Weather};
use crate::people::{Deed, Memory};
use crate::verdict::{all_is_well, is_quiet, own_words_are_read_back};
use crate::witness::Witness;
use crate::world::{Doom, Node, World};

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

type Doing = Option<(Deed, oneshot::Receiver<Result<Response, Problem>>)>;

struct Stage {
    world: World,
    network: Network,
    witness: Witness,
    endpoint: Endpoint,
    desktops: Vec<Desktop>,
    doing: Vec<Doing>,
    memory: Memory,
    dice: StdRng,
    /// When the desktops that are gone come back, and the endpoint.
    back: Vec<u64>,
    endpoint_back: u64,
    backups: Vec<PathBuf>,
    ends: u32,
    restores: u32,
}

/// Plays the run of a seed.
pub(crate) fn play(seed: u64, prints: bool) -> Outcome {
    let folder = folder();
    let world = World::new(seed, prints);
    world.takes_the_stage();
    let mut dice = StdRng::seed_from_u64(seed);
    let people = [2, 2, 3, 3, 4][dice.random_range(0..5)];
    let network = Network::new(&world, seed, people);
    let witness = Witness::new(&world);
    let mut stage = Stage {
        endpoint: Endpoint::new(&world, &network, &witness, folder.path()),
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
        endpoint_back: 0,
        backups: Vec::new(),
        ends: 0,
        restores: 0,
        world,
        network,
        witness,
        dice,
    };
    stage.gathers();
    stage.has_a_bad_time();
    stage.mends();
    Outcome {
        hash: stage.world.hash(),
        figures: format!(
            "{people} people, {} deeds, {} items seen, {} ends, {} restores, {} s",
            stage.memory.deeds,
            stage.witness.items(),
            stage.ends,
            stage.restores,
            stage.world.millis() / 1_000
        ),
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
    /// One step of everybody, in an order of chance.
    fn steps(&mut self, step: Duration) {
        self.world.passes(step);
        for arrival in self.network.delivers() {
            self.endpoint.takes(arrival);
        }
        let mut order: Vec<usize> = (0..=self.desktops.len()).collect();
        order.shuffle(&mut self.dice);
        for one in order {
            match self.desktops.get_mut(one) {
                Some(desktop) => desktop.steps(step),
                None => self.endpoint.steps(step),
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
        let invite = self.endpoint.starts().unwrap();
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
    }

    fn has_a_bad_time(&mut self) {
        let weather = Weather {
            loss: self.dice.random_range(0..80),
            slow: self.dice.random_range(0..150),
            twice: self.dice.random_range(0..150),
        };
        self.network.weather(weather);
        self.world.makes_wait(self.dice.random_range(0..30));
        self.memory.may_leave = self.dice.random_range(0..4) == 0;
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
    fn hears(&mut self, who: usize) {
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
        let moments = [Moment::BeforeCommit, Moment::AfterCommit, Moment::AfterWork];
        let doom = Doom {
            moment: moments[self.dice.random_range(0..moments.len())],
            left: self.dice.random_range(1..12),
        };
        match self.dice.random_range(0..10) {
            0..3 => self.world.dooms(Node::Desktop(who), doom),
            3 | 4 => self.world.dooms(Node::Endpoint, doom),
            5 => self.network.link(who, false, false),
            6 => self.network.link(who, true, false),
            7 => self.network.link(who, false, true),
            _ => self.network.link(who, true, true),
        }
    }

    fn may_go_back_in_time(&mut self) {
        if !self.endpoint.is_up() {
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
    fn looks_after_the_fallen(&mut self) {
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
        if self.endpoint.is_up() {
            self.endpoint_back = 0;
        } else if self.endpoint_back == 0 {
            self.ends += 1;
            self.endpoint_back = now + self.dice.random_range(100..4_000);
        } else if now >= self.endpoint_back {
            self.endpoint.starts();
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
            self.network.link(who, true, true);
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
            let is_everybody_up = self.endpoint.is_up() && self.desktops.iter().all(Desktop::is_up);
            let is_done = is_everybody_up
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

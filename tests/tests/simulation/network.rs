//! The network of a run: calls take their time, are lost, overtake each other, arrive twice; links are cut in one
//! direction or both. Within an answer everything stays in order or ends, as TCP has it. Where there are several nodes, a
//! balancer has each call go to any of those that are up, and one that arrives twice may arrive at two of them.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use reqwest::Request;
use samovar_core::carrier::NotCarried;
use tokio::sync::{mpsc, oneshot};

use crate::call::{Arrival, Asked, Call, Head, Link, Packet, Piece, Weather};
use crate::world::World;

/// How long a step of the run is.
pub(crate) const STEP: Duration = Duration::from_millis(50);

struct Inside {
    world: World,
    dice: StdRng,
    weather: Weather,
    /// Of each desktop to each node.
    links: Vec<Vec<Link>>,
    /// Which nodes listen.
    open: Vec<bool>,
    queue: BTreeMap<(u64, u64), Packet>,
    calls: BTreeMap<u64, Call>,
    next: u64,
}

/// See the module. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Network(Arc<Mutex<Inside>>);

impl Network {
    pub(crate) fn new(world: &World, seed: u64, desktops: usize, nodes: usize) -> Self {
        Self(Arc::new(Mutex::new(Inside {
            world: world.clone(),
            dice: StdRng::seed_from_u64(seed ^ 0x006e_6574),
            weather: Weather::FINE,
            links: vec![vec![Link { up: true, down: true }; nodes]; desktops],
            open: vec![false; nodes],
            queue: BTreeMap::new(),
            calls: BTreeMap::new(),
            next: 0,
        })))
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn weather(&self, weather: Weather) {
        self.inside().weather = weather;
    }

    /// Whether a node listens. When it ends, its calls break.
    pub(crate) fn node_is_open(&self, node: usize, is_open: bool) {
        let mut inside = self.inside();
        inside.open[node] = is_open;
        if !is_open {
            for id in inside.those(|call| call.is_at_endpoint && call.asked.node == node) {
                inside.sends(id, Packet::Break(id, NotCarried::Broke));
            }
        }
    }

    /// Cuts or mends the links of a desktop to all nodes, or to one.
    pub(crate) fn link(&self, desktop: usize, only: Option<usize>, up: bool, down: bool) {
        let mut inside = self.inside();
        let world = inside.world.clone();
        world.note(format_args!("link {desktop} to {only:?}: up {up}, down {down}"));
        for node in 0..inside.open.len() {
            if only.is_none_or(|only| only == node) {
                inside.links[desktop][node] = Link { up, down };
            }
        }
        if down {
            let is_it = |node: usize| only.is_none_or(|only| only == node);
            for id in inside.those(|call| call.asked.desktop == desktop && is_it(call.asked.node)) {
                let waiting = std::mem::take(&mut inside.calls.get_mut(&id).unwrap().waiting);
                for packet in waiting {
                    inside.sends(id, packet);
                }
            }
        }
    }

    /// Sends a call on its way; where the beginning of its answer and the rest will come out.
    pub(crate) fn submits(
        &self,
        desktop: usize,
        request: &Request,
    ) -> (oneshot::Receiver<Head>, mpsc::UnboundedReceiver<Piece>) {
        let mut inside = self.inside();
        let inside = &mut *inside;
        let (head, coming_head) = oneshot::channel();
        let (body, coming_body) = mpsc::unbounded_channel();
        let url = request.url();
        let uri = match url.query() {
            // Pages are small, so that there are several.
            Some(query) => format!(
                "{}?{}",
                url.path(),
                query.replace("limit=500", &format!("limit={}", inside.dice.random_range(3..30)))
            ),
            None => url.path().to_owned(),
        };
        let sent = request
            .body()
            .and_then(|body| body.as_bytes())
            .unwrap_or_default()
            .to_vec();
        let (node, is_patient) = (inside.balances(), inside.dice.random());
        inside.next += 1;
        let id = inside.next;
        inside.world.note(format_args!(
            "{desktop} calls {id} at {node}: {} {uri} {}",
            request.method(),
            crate::digest(&sent)
        ));
        inside.calls.insert(
            id,
            Call {
                head: Some(head),
                body: Some(body),
                is_patient,
                ..Call::unheard(Asked {
                    desktop,
                    node,
                    method: request.method().clone(),
                    uri,
                    headers: request.headers().clone(),
                    body: sent,
                })
            },
        );
        let weather = inside.weather;
        if !inside.links[desktop][node].up || inside.chance(weather.loss) {
            if inside.chance(500) {
                inside.sends(id, Packet::Break(id, NotCarried::Broke));
            }
        } else {
            let at = inside.arrival();
            inside.push(at, Packet::Call(id));
            if inside.chance(weather.twice) {
                // Nobody listens to what the second one is answered.
                let node = inside.balances();
                let asked = Asked {
                    node,
                    ..inside.calls[&id].asked.clone()
                };
                inside.next += 1;
                let second = inside.next;
                inside.calls.insert(second, Call::unheard(asked));
                let at = inside.arrival();
                inside.push(at, Packet::Call(second));
            }
        }
        (coming_head, coming_body)
    }

    /// Brings what is due, and what is for the endpoint to whoever asks.
    pub(crate) fn delivers(&self) -> Vec<Arrival> {
        let mut inside = self.inside();
        let inside = &mut *inside;
        let now = inside.world.millis();
        let mut arrivals = Vec::new();
        while let Some(entry) = inside.queue.first_entry() {
            if entry.key().0 > now {
                break;
            }
            let packet = entry.remove();
            if let Packet::Call(id) = packet {
                let Some(call) = inside.calls.get_mut(&id) else {
                    continue;
                };
                if !inside.open[call.asked.node] {
                    inside.sends(id, Packet::Break(id, NotCarried::NobodyListens));
                    continue;
                }
                call.is_at_endpoint = true;
                arrivals.push(call.asked.arrives(id));
                continue;
            }
            inside.brings(packet);
        }
        arrivals
    }

    /// The endpoint begins its answer.
    pub(crate) fn answers(&self, call: u64, status: http::StatusCode, headers: http::HeaderMap) -> bool {
        let mut inside = self.inside();
        let inside = &mut *inside;
        if !inside.is_wanted(call) {
            return false;
        }
        let weather = inside.weather;
        if inside.chance(weather.loss) {
            inside.breaks_off(call);
            return false;
        }
        inside.sends(call, Packet::Head(call, status, headers));
        true
    }

    /// A piece of an answer; `false` when nobody hears it.
    pub(crate) fn sends(&self, call: u64, bytes: bytes::Bytes) -> bool {
        let mut inside = self.inside();
        let inside = &mut *inside;
        if !inside.is_wanted(call) {
            return false;
        }
        let weather = inside.weather;
        if inside.chance(weather.loss) {
            // Cut in the middle.
            let half = bytes.slice(..bytes.len() / 2);
            inside.sends(call, Packet::Piece(call, half));
            inside.breaks_off(call);
            return false;
        }
        if bytes.len() > 1 && inside.chance(200) {
            let at = inside.dice.random_range(1..bytes.len());
            inside.sends(call, Packet::Piece(call, bytes.slice(..at)));
            inside.sends(call, Packet::Piece(call, bytes.slice(at..)));
        } else {
            inside.sends(call, Packet::Piece(call, bytes));
        }
        true
    }

    /// An answer is whole.
    pub(crate) fn ends(&self, call: u64) {
        let mut inside = self.inside();
        if inside.is_wanted(call) {
            inside.sends(call, Packet::End(call));
        }
    }
}

impl Inside {
    fn chance(&mut self, in_a_thousand: u32) -> bool {
        in_a_thousand > 0 && self.dice.random_range(0..1_000) < in_a_thousand
    }

    /// Which node a call goes to. It takes a while until a balancer knows that one is gone.
    fn balances(&mut self) -> usize {
        if self.open.len() == 1 {
            return 0;
        }
        let up: Vec<usize> = (0..self.open.len()).filter(|node| self.open[*node]).collect();
        let is_blind = self.chance(50);
        match up.choose(&mut self.dice) {
            Some(node) if !is_blind => *node,
            _ => self.dice.random_range(0..self.open.len()),
        }
    }

    fn those(&self, which: impl Fn(&Call) -> bool) -> Vec<u64> {
        let calls = self.calls.iter().filter(|(_, call)| which(call));
        calls.map(|(id, _)| *id).collect()
    }

    fn arrival(&mut self) -> u64 {
        let slow = self.weather.slow;
        let takes = if self.chance(slow) {
            self.dice.random_range(300..6_000)
        } else {
            self.dice.random_range(1..120)
        };
        self.world.millis() + takes
    }

    fn push(&mut self, at: u64, packet: Packet) {
        self.next += 1;
        self.queue.insert((at, self.next), packet);
    }

    fn is_wanted(&self, call: u64) -> bool {
        self.calls
            .get(&call)
            .is_some_and(|call| !call.is_dead && call.body.as_ref().is_some_and(|body| !body.is_closed()))
    }

    /// The rest never arrives; the other side may hear so.
    fn breaks_off(&mut self, id: u64) {
        if self.chance(600) {
            self.sends(id, Packet::Break(id, NotCarried::Broke));
        }
        if let Some(call) = self.calls.get_mut(&id) {
            call.is_dead = true;
        }
    }

    /// Sends a packet down, behind those of its call that are on their way.
    fn sends(&mut self, id: u64, packet: Packet) {
        let arrival = self.arrival();
        let Some(call) = self.calls.get_mut(&id) else { return };
        if call.is_dead {
            return;
        }
        if !self.links[call.asked.desktop][call.asked.node].down || !call.waiting.is_empty() {
            if call.is_patient {
                call.waiting.push(packet);
            } else {
                call.is_dead = true;
            }
            return;
        }
        call.last = call.last.max(arrival);
        let at = call.last;
        self.push(at, packet);
    }

    /// Hands a packet to the desktop that it is for.
    fn brings(&mut self, packet: Packet) {
        let (Packet::Head(id, ..) | Packet::Piece(id, _) | Packet::End(id) | Packet::Break(id, _) | Packet::Call(id)) =
            packet;
        let Some(call) = self.calls.get_mut(&id) else { return };
        match packet {
            Packet::Head(_, status, headers) => {
                if let Some(head) = call.head.take() {
                    let _ = head.send(Ok((status, headers)));
                }
            }
            Packet::Piece(_, bytes) => {
                if let Some(body) = &call.body {
                    let _ = body.send(Ok(bytes));
                }
            }
            Packet::End(_) => {
                self.calls.remove(&id);
            }
            Packet::Break(_, why) => {
                if let Some(head) = call.head.take() {
                    let _ = head.send(Err(why));
                }
                if let Some(body) = &call.body {
                    let _ = body.send(Err(io::ErrorKind::ConnectionReset.into()));
                }
                self.calls.remove(&id);
            }
            Packet::Call(_) => {}
        }
    }
}

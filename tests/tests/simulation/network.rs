//! The network of a run: calls take their time, are lost, overtake each other, arrive twice; links are cut in one
//! direction or both. Within an answer everything stays in order or ends, as TCP has it.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use axum::body::Body;
use axum::http;
use futures_util::StreamExt as _;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use reqwest::{Client, Request, Response};
use samovar_core::carrier::{Carrier, NotCarried};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use crate::world::{Node, World};

/// How bad the network is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weather {
    /// How many calls, answers and pieces of streams are lost, in a thousand.
    pub(crate) loss: u32,
    /// How many take seconds, in a thousand.
    pub(crate) slow: u32,
    /// How many calls arrive twice, in a thousand.
    pub(crate) twice: u32,
}

impl Weather {
    pub(crate) const FINE: Self = Self {
        loss: 0,
        slow: 0,
        twice: 0,
    };
}

/// What arrives at the endpoint.
pub(crate) struct Arrival {
    pub(crate) call: u64,
    pub(crate) desktop: usize,
    pub(crate) request: http::Request<Body>,
    /// The body, for those who look on.
    pub(crate) sent: Vec<u8>,
}

#[derive(Clone)]
struct Asked {
    desktop: usize,
    method: http::Method,
    uri: String,
    headers: http::HeaderMap,
    body: Vec<u8>,
}

impl Asked {
    fn arrives(&self, call: u64) -> Arrival {
        let mut request = http::Request::builder().method(&self.method).uri(&self.uri);
        *request.headers_mut().unwrap() = self.headers.clone();
        Arrival {
            call,
            desktop: self.desktop,
            request: request.body(Body::from(self.body.clone())).unwrap(),
            sent: self.body.clone(),
        }
    }
}

type Head = Result<(http::StatusCode, http::HeaderMap), NotCarried>;
type Piece = io::Result<bytes::Bytes>;

enum Packet {
    Call(u64),
    Head(u64, http::StatusCode, http::HeaderMap),
    Piece(u64, bytes::Bytes),
    End(u64),
    Break(u64, NotCarried),
}

struct Call {
    asked: Asked,
    head: Option<oneshot::Sender<Head>>,
    body: Option<mpsc::UnboundedSender<Piece>>,
    /// When the last of its packets arrives: none overtakes another.
    last: u64,
    /// Nothing of it arrives any more.
    is_dead: bool,
    /// While its link is cut its packets wait, as they do when TCP sends them again; else they are gone, and it is dead.
    is_patient: bool,
    waiting: Vec<Packet>,
    is_at_endpoint: bool,
}

impl Call {
    fn unheard(asked: Asked) -> Self {
        Self {
            asked,
            head: None,
            body: None,
            last: 0,
            is_dead: false,
            is_patient: false,
            waiting: Vec::new(),
            is_at_endpoint: false,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Link {
    up: bool,
    down: bool,
}

struct Inside {
    world: World,
    dice: StdRng,
    weather: Weather,
    links: Vec<Link>,
    is_open: bool,
    queue: BTreeMap<(u64, u64), Packet>,
    calls: BTreeMap<u64, Call>,
    next: u64,
}

/// See the module. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Network(Arc<Mutex<Inside>>);

/// The line of one desktop.
pub(crate) struct Line {
    pub(crate) network: Network,
    pub(crate) world: World,
    pub(crate) desktop: usize,
}

impl Network {
    pub(crate) fn new(world: &World, seed: u64, desktops: usize) -> Self {
        Self(Arc::new(Mutex::new(Inside {
            world: world.clone(),
            dice: StdRng::seed_from_u64(seed ^ 0x006e_6574),
            weather: Weather::FINE,
            links: vec![Link { up: true, down: true }; desktops],
            is_open: false,
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

    /// Whether the endpoint listens. When it ends, its calls break.
    pub(crate) fn endpoint_is_open(&self, is_open: bool) {
        let mut inside = self.inside();
        inside.is_open = is_open;
        if !is_open {
            let open: Vec<u64> = inside
                .calls
                .iter()
                .filter(|(_, call)| call.is_at_endpoint)
                .map(|(id, _)| *id)
                .collect();
            for id in open {
                inside.sends(id, Packet::Break(id, NotCarried::Broke));
            }
        }
    }

    /// Cuts or mends a desktop's link.
    pub(crate) fn link(&self, desktop: usize, up: bool, down: bool) {
        let mut inside = self.inside();
        let world = inside.world.clone();
        world.note(format_args!("link {desktop}: up {up}, down {down}"));
        inside.links[desktop] = Link { up, down };
        if down {
            let mended: Vec<u64> = inside
                .calls
                .iter()
                .filter(|(_, call)| call.asked.desktop == desktop)
                .map(|(id, _)| *id)
                .collect();
            for id in mended {
                let waiting = std::mem::take(&mut inside.calls.get_mut(&id).unwrap().waiting);
                for packet in waiting {
                    inside.sends(id, packet);
                }
            }
        }
    }

    fn submits(&self, desktop: usize, request: &Request) -> (oneshot::Receiver<Head>, mpsc::UnboundedReceiver<Piece>) {
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
        inside.next += 1;
        let id = inside.next;
        inside.world.note(format_args!(
            "{desktop} calls {id}: {} {uri} {}",
            request.method(),
            crate::digest(&sent)
        ));
        let is_patient = inside.dice.random();
        inside.calls.insert(
            id,
            Call {
                head: Some(head),
                body: Some(body),
                is_patient,
                ..Call::unheard(Asked {
                    desktop,
                    method: request.method().clone(),
                    uri,
                    headers: request.headers().clone(),
                    body: sent,
                })
            },
        );
        let weather = inside.weather;
        if !inside.links[desktop].up || inside.chance(weather.loss) {
            if inside.chance(500) {
                inside.sends(id, Packet::Break(id, NotCarried::Broke));
            }
        } else {
            let at = inside.arrival();
            inside.push(at, Packet::Call(id));
            if inside.chance(weather.twice) {
                // Nobody listens to what the second one is answered.
                let asked = inside.calls[&id].asked.clone();
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
                if !inside.is_open {
                    inside.sends(id, Packet::Break(id, NotCarried::NobodyListens));
                    continue;
                }
                let Some(call) = inside.calls.get_mut(&id) else {
                    continue;
                };
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
        if !self.links[call.asked.desktop].down || !call.waiting.is_empty() {
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

#[async_trait]
impl Carrier for Line {
    async fn carry(&self, _: &Client, request: Request) -> Result<Response, NotCarried> {
        if self.world.has_ended(Node::Desktop(self.desktop)) {
            std::future::pending::<()>().await;
        }
        let until = request.timeout().map(|patience| Instant::now() + *patience);
        let (head, body) = self.network.submits(self.desktop, &request);
        let head = within(until, head).await.ok_or(NotCarried::TookTooLong)?;
        let (status, headers) = head.unwrap_or(Err(NotCarried::Broke))?;
        let body = futures_util::stream::unfold(body, move |mut body| async move {
            let piece = within(until, body.recv()).await;
            let piece = piece.unwrap_or_else(|| Some(Err(io::ErrorKind::TimedOut.into())));
            piece.map(|piece| (piece, body))
        });
        let mut response = http::Response::new(reqwest::Body::wrap_stream(body.boxed()));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response.into())
    }
}

async fn within<T>(until: Option<Instant>, coming: impl Future<Output = T>) -> Option<T> {
    match until {
        Some(until) => tokio::time::timeout_at(until, coming).await.ok(),
        None => Some(coming.await),
    }
}

/// How long a step of the run is.
pub(crate) const STEP: Duration = Duration::from_millis(50);

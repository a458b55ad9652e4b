//! The network between a desktop and its endpoint, with a hand on the plug.
//!
//! A desktop that joins by a link that leads through a [`Wire`] talks to its endpoint over it alone. What the wire does
//! to the bytes, networks do too: answers that never arrive, one way that is dead while the other works, an upload that
//! stands still halfway.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::Endpoint;

/// See the module. Everything is mended when it begins.
pub struct Wire {
    /// Where desktops reach the endpoint through it.
    pub base_url: String,
    endpoint_url: String,
    state: Arc<watch::Sender<State>>,
    listening: JoinHandle<()>,
}

/// What becomes of the bytes that go one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// They arrive.
    Open,
    /// They are held, and the connection stays: nobody is told of anything.
    Held,
    /// They are lost, and with them the connection.
    Cut,
}

#[derive(Debug, Clone)]
struct State {
    up: Way,
    down: Way,
    /// How many more bytes go up before everything stands still.
    left: Option<usize>,
    /// Counts the resets: a connection that is older than the last one ends.
    resets: u64,
    /// What the endpoint says, and what arrives instead.
    words: Option<(String, String)>,
    /// What is answered before it reaches the endpoint.
    answers: Vec<Answer>,
}

/// An answer that somebody on the way gives, such as a proxy, or an endpoint that has lost its patience.
#[derive(Debug, Clone)]
struct Answer {
    /// How the requests begin that are answered so: `PUT /v1/blobs/`.
    request: String,
    /// The whole answer, as HTTP has it.
    words: Vec<u8>,
    /// How many more times.
    times: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

impl State {
    fn way(&self, direction: Direction) -> Way {
        match direction {
            Direction::Up => self.up,
            Direction::Down => self.down,
        }
    }
}

impl Wire {
    /// A wire to this endpoint. It leads to the endpoint's address, whichever endpoint serves there.
    pub async fn to(endpoint: &Endpoint) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let state = Arc::new(watch::Sender::new(State {
            up: Way::Open,
            down: Way::Open,
            left: None,
            resets: 0,
            words: None,
            answers: Vec::new(),
        }));
        Self {
            base_url: format!("http://{address}"),
            endpoint_url: endpoint.base_url.clone(),
            listening: tokio::spawn(listen(listener, endpoint.address(), Arc::clone(&state))),
            state,
        }
    }

    /// A link of the endpoint, through this wire.
    pub fn link(&self, link: &str) -> String {
        link.replace(&self.endpoint_url, &self.base_url)
    }

    /// Requests arrive, and are done; the connection breaks as soon as the endpoint answers.
    pub fn cut_answers(&self) {
        self.state.send_modify(|state| state.down = Way::Cut);
    }

    /// Requests arrive; answers do not, and nothing tells that they will not.
    pub fn stall_answers(&self) {
        self.state.send_modify(|state| state.down = Way::Held);
    }

    /// Answers, and what the endpoint says by itself, arrive; requests do not, and nothing tells that they will not.
    pub fn stall_requests(&self) {
        self.state.send_modify(|state| state.up = Way::Held);
    }

    /// Lets so many more bytes up; then everything stands still both ways.
    pub fn stall_after(&self, bytes: usize) {
        self.state.send_modify(|state| state.left = Some(bytes));
    }

    /// The next so many requests that begin like this get a problem document of this status and code, and do not reach
    /// the endpoint.
    pub fn refuses(&self, request: &str, times: usize, status: u16, code: &str) {
        let problem = format!(
            r#"{{"type":"about:blank#{code}","title":"","status":{status},"detail":"Refused on the way.","code":"{code}"}}"#
        );
        self.answers(
            request,
            times,
            http(status, "application/problem+json", &problem).as_bytes(),
        );
    }

    /// Every stream ends as soon as it is open, as behind a proxy that knows no streams.
    pub fn ends_streams(&self) {
        let answer = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n: hello\n\n";
        self.answers("GET /v1/stream", usize::MAX, answer.as_bytes());
    }

    /// The next so many requests that begin like this get this answer, and do not reach the endpoint.
    pub fn answers(&self, request: &str, times: usize, answer: &[u8]) {
        let (request, answer) = (request.to_owned(), answer.to_owned());
        self.state.send_modify(|state| {
            state.answers.push(Answer {
                request,
                words: answer,
                times,
            });
        });
    }

    /// Waits until every answer that was to be given so many times was given.
    pub async fn has_answered(&self) {
        let mut state = self.state.subscribe();
        let given = state.wait_for(|state| state.answers.is_empty());
        let waited = tokio::time::timeout(crate::PATIENCE, given).await;
        assert!(waited.is_ok(), "nobody asked");
    }

    /// Waits until [`Wire::stall_after`] has come to its stand.
    pub async fn stands_still(&self) {
        let mut state = self.state.subscribe();
        let held = state.wait_for(|state| state.up == Way::Held);
        let waited = tokio::time::timeout(crate::PATIENCE, held).await;
        assert!(waited.is_ok(), "so much was never sent");
    }

    /// Pulls the plug: every connection ends, and none comes through.
    pub fn unplug(&self) {
        self.state.send_modify(|state| {
            (state.up, state.down) = (Way::Cut, Way::Cut);
            state.resets += 1;
        });
    }

    /// Ends every connection that is open, as a router that was restarted does.
    pub fn reset(&self) {
        self.state.send_modify(|state| state.resets += 1);
    }

    /// Everything arrives again, also what was held, but for what is answered on the way.
    pub fn plug_in(&self) {
        self.state.send_modify(|state| {
            (state.up, state.down) = (Way::Open, Way::Open);
            state.left = None;
        });
    }

    /// Everything arrives again, also what was held, and nobody else answers.
    pub fn mend(&self) {
        self.plug_in();
        self.state.send_modify(|state| state.answers.clear());
    }

    /// From now on the endpoint says `new` wherever it says `old`, as one of another version may. Both are of one
    /// length, so that the lengths that HTTP announces stay true.
    pub fn says(&self, old: &str, new: &str) {
        assert_eq!(old.len(), new.len(), "announced lengths stay true");
        self.state
            .send_modify(|state| state.words = Some((old.to_owned(), new.to_owned())));
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(listener: TcpListener, endpoint: SocketAddr, state: Arc<watch::Sender<State>>) {
    while let Ok((desktop, _)) = listener.accept().await {
        tokio::spawn(connect(desktop, endpoint, Arc::clone(&state)));
    }
}

async fn connect(desktop: TcpStream, endpoint: SocketAddr, state: Arc<watch::Sender<State>>) {
    let resets = state.borrow().resets;
    // An endpoint that is not there refuses; here that shows as a connection that ends at once.
    let Ok(endpoint) = TcpStream::connect(endpoint).await else {
        return;
    };
    let (mut from_desktop, mut to_desktop) = desktop.into_split();
    let (mut from_endpoint, mut to_endpoint) = endpoint.into_split();
    let mut watched = state.subscribe();
    let reset = async {
        let _ = watched.wait_for(|state| state.resets != resets).await;
    };
    let answer = tokio::select! {
        answer = carry(&mut from_desktop, &mut to_endpoint, &state, Direction::Up) => answer,
        _ = carry(&mut from_endpoint, &mut to_desktop, &state, Direction::Down) => None,
        () = reset => None,
    };
    if let Some(answer) = answer
        && to_desktop.write_all(&answer).await.is_ok()
        && to_desktop.shutdown().await.is_ok()
    {
        // Bytes that nobody has read would take the answer with them when the connection ends.
        let mut rest = vec![0; 64 * 1024];
        while from_desktop.read(&mut rest).await.is_ok_and(|length| length > 0) {}
    }
}

/// An answer of HTTP that ends its connection.
fn http(status: u16, media_type: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} On The Way\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

/// The answer that is given on the way to a request that begins like this.
fn answer_to(request: &[u8], state: &watch::Sender<State>) -> Option<Vec<u8>> {
    let mut found = None;
    state.send_if_modified(|state| {
        let is_meant = |answer: &Answer| request.starts_with(answer.request.as_bytes());
        let Some(at) = state.answers.iter().position(is_meant) else {
            return false;
        };
        let answer = &mut state.answers[at];
        answer.times -= 1;
        found = Some(answer.words.clone());
        if answer.times == 0 {
            state.answers.remove(at);
        }
        true
    });
    found
}

/// Carries bytes one way until the connection ends, or until a request comes that is answered on the way.
async fn carry(
    from: &mut OwnedReadHalf,
    to: &mut OwnedWriteHalf,
    state: &watch::Sender<State>,
    direction: Direction,
) -> Option<Vec<u8>> {
    let mut watched = state.subscribe();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let length = match from.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(length) => length,
        };
        let mut rest = buffer[..length].to_vec();
        match direction {
            Direction::Down => reword(&mut rest, state),
            Direction::Up => {
                if let Some(answer) = answer_to(&rest, state) {
                    return Some(answer);
                }
            }
        }
        while !rest.is_empty() {
            let is_cut = match watched.wait_for(|state| state.way(direction) != Way::Held).await {
                Ok(state) => state.way(direction) == Way::Cut,
                Err(_) => return None,
            };
            if is_cut {
                return None;
            }
            let allowed = allow(state, direction, rest.len());
            let piece: Vec<u8> = rest.drain(..allowed).collect();
            if to.write_all(&piece).await.is_err() {
                return None;
            }
        }
    }
}

/// How many of the bytes may go now. The last that may go bring everything to a stand.
fn allow(state: &watch::Sender<State>, direction: Direction, wanted: usize) -> usize {
    let mut allowed = wanted;
    state.send_if_modified(|state| {
        let Some(left) = state.left.filter(|_| direction == Direction::Up) else {
            return false;
        };
        allowed = wanted.min(left);
        state.left = Some(left - allowed).filter(|left| *left > 0);
        if state.left.is_none() {
            (state.up, state.down) = (Way::Held, Way::Held);
        }
        state.left.is_none()
    });
    allowed
}

fn reword(bytes: &mut [u8], state: &watch::Sender<State>) {
    let Some((old, new)) = state.borrow().words.clone() else {
        return;
    };
    let places: Vec<usize> = bytes
        .windows(old.len())
        .enumerate()
        .filter_map(|(at, window)| (window == old.as_bytes()).then_some(at))
        .collect();
    for at in places {
        bytes[at..at + new.len()].copy_from_slice(new.as_bytes());
    }
}

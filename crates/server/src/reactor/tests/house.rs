//! An endpoint, its people, and who listens to it, byte by byte.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use samovar_domain::wire::Op;
use samovar_domain::{Audience, Clock, Epoch, ItemId, Kind, Seq, Timestamp};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::super::Patience;
use crate::blobs::BlobPlace;
use crate::operation::Operation;
use crate::server::{Config, Server};
use crate::state::{App, hash_secret};
use crate::store::{Caller, NewInvite, Newcomer};

/// How long a story waits for what must happen.
const PATIENCE: Duration = Duration::from_mins(1);

/// What is awaited must happen.
pub(super) async fn soon<T>(what: &str, happens: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, happens)
        .await
        .unwrap_or_else(|_| panic!("in time: {what}"))
}

struct Monday;

impl Clock for Monday {
    fn now(&self) -> Timestamp {
        "2026-11-23T09:00:00Z".parse().unwrap()
    }
}

pub(super) struct House {
    pub(super) app: App,
    pub(super) address: String,
    epoch: Epoch,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<()>>,
    _folder: tempfile::TempDir,
}

pub(super) struct Person {
    pub(super) caller: Caller,
    pub(super) token: String,
    app: App,
    epoch: Epoch,
    next: AtomicU64,
}

impl House {
    /// With streams in tasks of their own.
    pub(super) async fn with_tasks() -> Self {
        Self::open(None, Server::with_streams_in_tasks).await
    }

    /// With a reactor.
    pub(super) async fn with_reactor(patience: Patience) -> Self {
        Self::open(None, |server| server.with_patience(patience)).await
    }

    /// One of each.
    pub(super) async fn both() -> [Self; 2] {
        Self::both_at(None).await
    }

    /// One of each, which people reach at this address.
    pub(super) async fn both_at(public_url: Option<&str>) -> [Self; 2] {
        [
            Self::open(public_url, Server::with_streams_in_tasks).await,
            Self::open(public_url, |server| server.with_patience(Patience::default())).await,
        ]
    }

    /// One of each, where a peer counts as gone after this long.
    pub(super) async fn both_given_up_after(vanished: Duration) -> [Self; 2] {
        let operation = || Operation {
            vanished,
            ..Operation::default()
        };
        [
            Self::open_as(None, operation(), Server::with_streams_in_tasks).await,
            Self::open_as(None, operation(), |server| server.with_patience(Patience::default())).await,
        ]
    }

    async fn open(public_url: Option<&str>, prepare: impl FnOnce(Server) -> Server) -> Self {
        // Whoever knocks here knocks often, and from one address.
        let mut operation = Operation::default();
        operation.limits.failures_per_address = 0;
        Self::open_as(public_url, operation, prepare).await
    }

    async fn open_as(public_url: Option<&str>, operation: Operation, prepare: impl FnOnce(Server) -> Server) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data: folder.path().to_owned(),
            database: None,
            blobs: BlobPlace::IN_THE_FOLDER,
            listen: ([127, 0, 0, 1], 0).into(),
            public_url: public_url.map(str::to_owned),
        };
        let server = prepare(
            Server::bind_with(config, operation, std::sync::Arc::new(Monday))
                .await
                .unwrap(),
        );
        let (app, address) = (server.app().clone(), server.local_addr().to_string());
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(server.run(async move {
            let _ = stopped.await;
        }));
        Self {
            epoch: app.store.team().await.unwrap().epoch,
            app,
            address,
            stop: Some(stop),
            running: Some(running),
            _folder: folder,
        }
    }

    /// Lets somebody in.
    pub(super) async fn person(&self, name: &str) -> Person {
        let (invite_hash, token) = (hash_secret(&format!("for {name}")), format!("smv_{name}"));
        let invite = NewInvite {
            token_hash: invite_hash.clone(),
            maker: None,
            is_owner: false,
            uses: 1,
            expires_at: self.app.now().plus_minutes(10),
        };
        self.app.store.add_invite(invite, self.app.now()).await.unwrap();
        let newcomer = Newcomer {
            invite_hash,
            name: name.to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            device_name: "desk".to_owned(),
            token_hash: hash_secret(&token),
            join_key: None,
        };
        let joined = self.app.store.join(newcomer, self.app.now()).await.unwrap();
        Person {
            caller: Caller {
                member: joined.member,
                device: joined.device,
            },
            token,
            app: self.app.clone(),
            epoch: self.epoch,
            next: AtomicU64::new(1),
        }
    }

    pub(super) async fn head(&self) -> Seq {
        self.app.store.team().await.unwrap().head
    }

    /// How many streams are open, and how many of them have a task.
    pub(super) fn streams(&self) -> (u64, usize) {
        (
            self.app.counters.streams.load(Ordering::Relaxed),
            self.app.streams.count(),
        )
    }

    /// Waits until so many streams are open.
    pub(super) async fn has_streams(&self, count: u64) {
        let waiting = async {
            while self.streams().0 != count {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        soon("streams open or close", waiting).await;
    }

    /// Stops in good order.
    pub(super) async fn stops(&mut self) {
        drop(self.stop.take());
        soon("it stops", self.running.take().unwrap()).await.unwrap();
    }

    /// Opens a stream.
    pub(super) async fn listens(&self, person: &Person, after: Seq) -> Listener {
        let mut listener = self.connects().await;
        listener.says(&self.asks(person, after)).await;
        listener
    }

    pub(super) async fn connects(&self) -> Listener {
        Listener::on(TcpStream::connect(&self.address).await.unwrap())
    }

    /// The request for a stream.
    pub(super) fn asks(&self, person: &Person, after: Seq) -> String {
        format!(
            "GET /v1/stream?after={after} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\n\r\n",
            self.address, person.token
        )
    }
}

impl Person {
    /// An item of theirs.
    pub(super) fn op(&self, audience: Audience, text: &str) -> Op {
        let now = self.app.now();
        Op {
            n: self.next.fetch_add(1, Ordering::Relaxed),
            id: ItemId::new(now),
            kind: Kind::new(Kind::REPLY),
            audience,
            created_at: now,
            body: Some(json!({ "target": ItemId::new(now), "text": "said", "later": text })),
        }
    }

    /// Writes these in one call; returns where the last one is.
    pub(super) async fn writes(&self, ops: Vec<Op>) -> Seq {
        let now = self.app.now();
        let (head, results) = self.app.store.apply(self.caller, self.epoch, ops, now).await.unwrap();
        for result in results {
            assert_eq!(result.problem, None);
        }
        head
    }

    pub(super) async fn says(&self, text: &str) -> Seq {
        self.writes(vec![self.op(Audience::Team, text)]).await
    }
}

/// Who listens to a stream, and hears what is on the wire.
pub(super) struct Listener {
    pub(super) socket: TcpStream,
    bytes: Vec<u8>,
    /// What came in chunks and was not heard yet: a task sends several events in one.
    text: String,
}

impl Listener {
    pub(super) fn on(socket: TcpStream) -> Self {
        Self {
            socket,
            bytes: Vec::new(),
            text: String::new(),
        }
    }

    pub(super) async fn says(&mut self, words: &str) {
        self.socket.write_all(words.as_bytes()).await.unwrap();
    }

    /// The next bytes until these words, with them.
    async fn until(&mut self, words: &[u8]) -> Option<Vec<u8>> {
        loop {
            if let Some(at) = self.bytes.windows(words.len()).position(|window| window == words) {
                let rest = self.bytes.split_off(at + words.len());
                return Some(std::mem::replace(&mut self.bytes, rest));
            }
            let heard = soon("more is said", self.socket.read_buf(&mut self.bytes)).await;
            if matches!(heard, Ok(0) | Err(_)) {
                return None;
            }
        }
    }

    /// The head of the answer.
    pub(super) async fn head(&mut self) -> String {
        String::from_utf8(self.until(b"\r\n\r\n").await.expect("an answer")).unwrap()
    }

    /// The next event; `None` when the answer has ended as it should. Panics when it was cut off.
    pub(super) async fn event(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let rest = self.text.split_off(end + 2);
                return Some(std::mem::replace(&mut self.text, rest));
            }
            let chunk = self.chunk().await?;
            self.text.push_str(&chunk);
        }
    }

    async fn chunk(&mut self) -> Option<String> {
        let size = self.until(b"\r\n").await.expect("a chunk or the last one");
        let size = std::str::from_utf8(&size).unwrap().trim_end();
        let size = usize::from_str_radix(size, 16).unwrap_or_else(|_| panic!("a size: {size:?}"));
        while self.bytes.len() < size + 2 {
            let heard = soon("the rest of a chunk", self.socket.read_buf(&mut self.bytes)).await;
            assert!(heard.unwrap() > 0, "it was cut off in a chunk");
        }
        let rest = self.bytes.split_off(size + 2);
        let chunk = std::mem::replace(&mut self.bytes, rest);
        assert!(chunk.ends_with(b"\r\n"));
        (size > 0).then(|| String::from_utf8(chunk[..size].to_vec()).unwrap())
    }

    /// Reads on until an event has these words in it.
    pub(super) async fn hears(&mut self, words: &str) -> String {
        loop {
            let event = self
                .event()
                .await
                .unwrap_or_else(|| panic!("it ended before '{words}'"));
            if event.contains(words) {
                return event;
            }
        }
    }

    /// Nothing more comes.
    pub(super) async fn hears_nothing_more(mut self) {
        assert!(self.bytes.is_empty() && self.text.is_empty());
        let rest = soon("it closes", self.socket.read_to_end(&mut self.bytes)).await;
        assert!(matches!(rest, Ok(0) | Err(_)), "more came");
    }
}

/// The place of an item that was told.
pub(super) fn seq_of(event: &str) -> Option<Seq> {
    event.strip_prefix("id: ")?.split('\n').next()?.parse().ok()
}

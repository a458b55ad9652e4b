//! The loop: what happened, what was said, what is due, and a lap around all connections when there is something new.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;

use rustix::buffer::spare_capacity;
use rustix::event::{Timespec, epoll};
use rustix::io::Errno;
use samovar_domain::{Seq, Timestamp};
use tokio::sync::watch;

use super::connection::{AT_ONCE, Connection, Heads, Next, Surroundings};
use super::round::Round;
use super::slab::{Key, Slab};
use super::wheel::{Tick, Wheel, ticks};
use super::{Adopted, Command, Mailbox, Patience};
use crate::events::{RESYNC, TRY_AGAIN};
use crate::open_streams::Whose;
use crate::reading::{Backlog, backlog};
use crate::state::App;

/// What epoll says of the mailbox.
const BELL: u64 = u64::MAX;
/// How many connections are written to before the thread looks around again: some milliseconds.
const VISITS: usize = 512;
/// Heads are told at ticks that this divides: once a second.
const HEADS_TOGETHER: Tick = 10;
/// How much epoll says at once.
const EVENTS: usize = 512;

/// See the module.
pub(super) struct Running {
    app: App,
    mailbox: Arc<Mailbox>,
    patience: Patience,
    runtime: tokio::runtime::Handle,
    epoll: OwnedFd,
    connections: Slab<Connection>,
    wheel: Wheel,
    heads: Heads,
    /// There is more for these.
    again: Vec<Key>,
    /// Has changed when there is something that no lap was begun for. The newest place alone would not do: it goes back
    /// when the ring begins anew.
    newest: watch::Receiver<Seq>,
    /// Where the lap is, and how many are still to be visited.
    hand: usize,
    left: usize,
    is_stopping: bool,
}

impl Running {
    pub(super) fn new(
        app: App,
        mailbox: Arc<Mailbox>,
        patience: Patience,
        runtime: tokio::runtime::Handle,
    ) -> io::Result<Self> {
        let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
        epoll::add(
            &epoll,
            &mailbox.bell,
            epoll::EventData::new_u64(BELL),
            epoll::EventFlags::IN,
        )?;
        Ok(Self {
            newest: app.ring.head(),
            app,
            mailbox,
            patience,
            runtime,
            epoll,
            connections: Slab::new(),
            wheel: Wheel::new(),
            heads: Heads::default(),
            again: Vec::new(),
            hand: 0,
            left: 0,
            is_stopping: false,
        })
    }

    /// Runs until it is told to stop and all connections have ended.
    pub(super) fn run(mut self) {
        let mut events = Vec::with_capacity(EVENTS);
        while !(self.is_stopping && self.connections.is_empty()) {
            let wait = if self.left > 0 || !self.again.is_empty() {
                Some(Timespec::default())
            } else {
                self.wheel.wait().and_then(|wait| Timespec::try_from(wait).ok())
            };
            match epoll::wait(&self.epoll, spare_capacity(&mut events), wait.as_ref()) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => {
                    tracing::error!(%error, "streams end, since the system no longer tells of them");
                    return;
                }
            }
            let due = self.wheel.turn();
            let mut has_rung = false;
            for event in events.drain(..) {
                match event.data.u64() {
                    BELL => has_rung = true,
                    carried => self.happened(Key::from_u64(carried), event.flags),
                }
            }
            if has_rung {
                self.hear();
            }
            if !due.is_empty() {
                let time = self.app.now();
                for key in due {
                    self.look_at(key, time);
                }
            }
            self.go_on_again();
            self.visit();
        }
    }

    fn happened(&mut self, key: Key, flags: epoll::EventFlags) {
        let over = epoll::EventFlags::HUP | epoll::EventFlags::RDHUP | epoll::EventFlags::ERR;
        if flags.intersects(over) {
            self.close(key);
        } else if let Some(connection) = self.connections.get_mut(key)
            && std::mem::take(&mut connection.is_blocked)
        {
            self.go_on(key);
        }
    }

    /// Does what it is told.
    pub(super) fn hear(&mut self) {
        for command in self.mailbox.take() {
            self.follow(command);
        }
    }

    fn follow(&mut self, command: Command) {
        match command {
            Command::Adopt(adopted) => self.adopt(*adopted),
            Command::Backlog(key, backlog) => self.receive(key, backlog),
            Command::End(whose) => self.end(&whose),
            Command::Stop => self.stop(),
        }
    }

    fn adopt(&mut self, adopted: Adopted) {
        let Adopted {
            socket,
            opening,
            head,
            place,
        } = adopted;
        if opening.entry.is_ended() {
            return;
        }
        let now = self.wheel.now();
        let Ok(connection) = Connection::new(socket, opening, &head, place, now) else {
            return;
        };
        let key = self.connections.insert(connection);
        let Some(connection) = self.connections.get_mut(key) else {
            return;
        };
        // Each change of what is told of is said once; there is no second call when a socket is full.
        let flags = epoll::EventFlags::OUT | epoll::EventFlags::RDHUP | epoll::EventFlags::ET;
        let data = epoll::EventData::new_u64(key.to_u64());
        if let Err(error) = epoll::add(&self.epoll, connection.socket(), data, flags) {
            tracing::warn!(%error, "a stream could not be taken");
            self.close(key);
            return;
        }
        self.wheel.put(key, self.some_time_after(now));
        self.go_on(key);
        if self.is_stopping {
            self.give_turn(key);
        }
    }

    /// Has all streams leave, each in its turn.
    fn stop(&mut self) {
        self.is_stopping = true;
        for index in 0..self.connections.places() {
            if let Some((key, _)) = self.connections.at(index) {
                self.give_turn(key);
            }
        }
    }

    fn give_turn(&mut self, key: Key) {
        let turn = self.wheel.now() + ticks(self.app.drain.leaves_after());
        if let Some(connection) = self
            .connections
            .get_mut(key)
            .filter(|connection| !connection.is_leaving)
        {
            connection.leaves_by = turn.max(1);
            self.wheel.put(key, turn);
        }
    }

    fn receive(&mut self, key: Key, backlog: Backlog) {
        let Some(connection) = self.connections.get_mut(key) else {
            return;
        };
        if !connection.is_fetching {
            return; // it is leaving
        }
        match backlog {
            Backlog::Items(chunks, reached) => {
                connection.receive(&chunks, reached);
                self.go_on(key);
            }
            Backlog::Resync => self.leave(key, Some(RESYNC)),
            // Without a word: the reader comes back with the cursor that it has.
            Backlog::Failed => self.leave(key, Some(TRY_AGAIN)),
        }
    }

    /// Ends these streams.
    fn end(&mut self, whose: &Whose) {
        for index in 0..self.connections.places() {
            let Some((key, connection)) = self.connections.at(index) else {
                continue;
            };
            if whose.is_of(connection.device()) && !connection.is_leaving {
                self.leave(key, None);
            }
        }
    }

    fn leave(&mut self, key: Key, words: Option<&str>) {
        let leaves_by = self.wheel.now() + ticks(self.patience.farewell);
        if let Some(connection) = self.connections.get_mut(key) {
            connection.leave(words, leaves_by);
            self.wheel.put(key, leaves_by);
            self.go_on(key);
        }
    }

    /// Its time in the wheel has come. All whose time it is are told the same time.
    fn look_at(&mut self, key: Key, time: Timestamp) {
        let now = self.wheel.now();
        let Some(connection) = self.connections.get_mut(key) else {
            return;
        };
        let quiet_since = connection.quiet_since;
        if connection.is_leaving {
            if now >= connection.leaves_by {
                self.close(key);
            }
            return; // when it began to leave, it was put in for the end of that
        }
        if self.is_stopping && now >= connection.leaves_by {
            let words = self.app.drain.last_words();
            self.leave(key, Some(&words));
            return;
        }
        if connection.is_blocked {
            let patient_until = quiet_since + ticks(self.patience.write);
            if now < patient_until {
                self.wheel.put(key, patient_until);
            } else {
                connection.make_room();
                self.leave(key, Some(RESYNC));
            }
            return;
        }
        let turn = connection.leaves_by;
        let is_long_quiet = now >= quiet_since + ticks(self.patience.head.start);
        let told = if is_long_quiet && !self.mailbox.has_ends() {
            connection.tell_head(&mut self.heads, time, now)
        } else {
            None
        };
        let later = self.some_time_after(if is_long_quiet { now } else { quiet_since });
        self.wheel
            .put(key, if self.is_stopping { later.min(turn) } else { later });
        match told {
            Some(next) => self.do_next(key, next),
            None => self.go_on(key),
        }
    }

    /// When a connection that has heard nothing since then is told the head. Many are told together: a processor that does
    /// the same again and again does it in half the time.
    fn some_time_after(&self, quiet_since: Tick) -> Tick {
        let chance = rand::random_range(self.patience.head.clone());
        (quiet_since + ticks(chance)).next_multiple_of(HEADS_TOGETHER)
    }

    /// Goes on with those that there was more for.
    pub(super) fn go_on_again(&mut self) {
        for key in std::mem::take(&mut self.again) {
            self.go_on(key);
        }
    }

    fn go_on(&mut self, key: Key) {
        let mut around = Surroundings {
            ring: &self.app.ring,
            mailbox: &self.mailbox,
            heads: &mut self.heads,
            time: self.app.now(),
            now: self.wheel.now(),
        };
        if let Some(connection) = self.connections.get_mut(key) {
            let next = connection.go_on(&mut around);
            self.do_next(key, next);
        }
    }

    fn do_next(&mut self, key: Key, next: Next) {
        match next {
            Next::Wait => {}
            Next::Again => self.again.push(key),
            Next::Close => self.close(key),
            Next::Fetch => {
                if let Some(connection) = self.connections.get_mut(key) {
                    let position = connection.position();
                    let (app, mailbox) = (self.app.clone(), Arc::clone(&self.mailbox));
                    self.runtime.spawn(async move {
                        mailbox.send(Command::Backlog(key, backlog(&app, position).await));
                    });
                }
            }
        }
    }

    fn close(&mut self, key: Key) {
        if let Some(connection) = self.connections.remove(key) {
            connection.close();
        }
    }

    /// Goes on with the lap: it ends once everybody was visited since the newest commit.
    pub(super) fn visit(&mut self) {
        // Its sender is in the ring, which is held here.
        if self.newest.has_changed().unwrap_or_default() {
            self.newest.mark_unchanged();
            self.left = self.connections.places();
        }
        if self.left == 0 {
            return;
        }
        let stretch = self.app.ring.newest_stretch(AT_ONCE);
        if self.mailbox.has_ends() {
            return; // they come first
        }
        let round = Round::new(&stretch);
        let mut around = Surroundings {
            ring: &self.app.ring,
            mailbox: &self.mailbox,
            heads: &mut self.heads,
            time: self.app.now(),
            now: self.wheel.now(),
        };
        let mut others = Vec::new();
        for _ in 0..self.left.min(VISITS) {
            self.left -= 1;
            self.hand = (self.hand + 1) % self.connections.places();
            let Some((key, connection)) = self.connections.at(self.hand) else {
                continue;
            };
            if !connection.is_listening() {
                continue;
            }
            let next = connection
                .go_along(&round, around.now)
                .unwrap_or_else(|| connection.go_on(&mut around));
            if next != Next::Wait {
                others.push((key, next));
            }
        }
        for (key, next) in others {
            self.do_next(key, next);
        }
    }
}

//! Streams by the thousand on one thread: once a stream is opened, its socket leaves the runtime and hyper for one epoll
//! loop, where it costs a few dozen bytes and nothing while nothing happens.
//!
//! `front` looks at the first request of a connection without taking it; `run` is the loop; `connection` is one stream and
//! what it writes next, `round` what most of them are about to be written; `slab` and `wheel` hold them by key and by time.
//!
//! What always holds here:
//!
//! 1. Until its stream is open, not a byte of a connection is read. Whatever is not one whole plain request for a stream,
//!    and whatever is refused, goes to hyper as it came.
//! 2. A connection is a cursor. Nothing is queued for it but the rest of a chunk that its socket did not take whole, and
//!    one page of the store when the ring no longer has what comes next.
//! 3. A cursor only grows, and moves over a place once its chunk has begun to go out or is hidden; a chunk that has begun
//!    is finished before anything else, or the connection ends. So nothing is lost, doubled or out of order.
//! 4. [`Event::is_for`](crate::ring::Event::is_for) is asked for each reader and each item, unless all items at hand are
//!    for everybody.
//! 5. The thread owns the sockets, and others speak to it through commands alone, which it takes in order. A stream whose
//!    device ends while it is on its way here has its entry in [`crate::open_streams`] until it is in the slab: the entry
//!    is cancelled before the command is sent, so one of the two reaches it. Whose end was told before something was
//!    published is not told of that: the thread asks for ends behind each look at the ring, and follows them first.
//! 6. The thread never waits for anything but epoll: sockets do not block, and the store is asked by tasks.
//! 7. Every connection is in the wheel, so that each is looked at again within half a minute, whether it takes what it is
//!    given or not.

mod connection;
mod front;
pub(crate) mod head;
mod round;
mod run;
mod slab;
#[cfg(test)]
mod tests;
mod wheel;

use std::io;
use std::net::TcpStream;
use std::ops::Range;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::event::{EventfdFlags, eventfd};
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use crate::connection::{FAREWELL, WRITE_PATIENCE};
use crate::open_streams::Whose;
use crate::reading::{Backlog, Opening};
use crate::state::App;

pub(crate) use front::{Looked, look};
use slab::Key;

/// How long the reactor waits for what.
#[derive(Debug, Clone)]
pub(crate) struct Patience {
    /// How long the first request of a connection may take to arrive as a whole. A slower one is hyper's, which has more
    /// patience.
    pub(crate) first: Duration,
    /// After how long without a word a `head` is sent, by chance within this.
    pub(crate) head: Range<Duration>,
    /// How long a reader may take nothing at all before it is told to come back.
    pub(crate) write: Duration,
    /// How long a reader that is to go has to take what is on its way.
    pub(crate) farewell: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            head: Duration::from_secs(22)..Duration::from_secs(28),
            write: WRITE_PATIENCE,
            farewell: FAREWELL,
        }
    }
}

/// A stream on its way into the reactor.
#[derive(Debug)]
struct Adopted {
    /// Not blocking; its request is taken.
    socket: TcpStream,
    opening: Opening,
    /// The answer's head.
    head: String,
    /// Its place among the connections of the endpoint.
    place: OwnedSemaphorePermit,
}

/// What the thread is told.
#[derive(Debug)]
enum Command {
    Adopt(Box<Adopted>),
    /// What the store said to a connection that asked.
    Backlog(Key, Backlog),
    /// These streams end.
    End(Whose),
    /// All streams leave in their turn (see [`crate::operation::drain`]), and the thread ends with the last one.
    Stop,
}

/// How others reach the thread.
#[derive(Debug)]
struct Mailbox {
    /// `None` once the thread has ended.
    commands: Mutex<Option<Vec<Command>>>,
    /// Whether there are streams among the commands that are to end.
    has_ends: AtomicBool,
    /// Readable when there is something to look at.
    bell: OwnedFd,
    /// Whether the bell was rung since the thread looked last.
    has_rung: AtomicBool,
}

impl Mailbox {
    fn new() -> io::Result<Self> {
        Ok(Self {
            commands: Mutex::new(Some(Vec::new())),
            has_ends: AtomicBool::new(false),
            bell: eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?,
            has_rung: AtomicBool::new(false),
        })
    }

    /// Hears of news and of ends from now on.
    fn listen_to(self: &Arc<Self>, app: &App) {
        let (bell, door) = (Arc::clone(self), Arc::clone(self));
        app.ring.tell(move || bell.ring());
        app.streams.tell(move |whose| door.send(Command::End(whose)));
    }

    fn commands(&self) -> MutexGuard<'_, Option<Vec<Command>>> {
        self.commands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has the thread do this. When it has ended there is nobody to do it, and what is sent is dropped: a stream on its way
    /// closes.
    fn send(&self, command: Command) {
        let is_end = matches!(command, Command::End(_) | Command::Stop);
        let mut commands = self.commands();
        let Some(waiting) = &mut *commands else { return };
        waiting.push(command);
        if is_end {
            self.has_ends.store(true, Ordering::Release);
        }
        drop(commands);
        self.ring();
    }

    /// Whether streams are to end that the thread has not heard of. Asked behind a look at the ring: whoever ends a stream
    /// says so before anything is published that it must not be told.
    fn has_ends(&self) -> bool {
        self.has_ends.load(Ordering::Acquire)
    }

    /// Takes no more commands.
    fn close(&self) {
        let left = self.commands().take();
        // Without the lock: whoever is dropped with them may have something to say.
        drop(left);
    }

    fn is_closed(&self) -> bool {
        self.commands().is_none()
    }

    /// Has the thread look around.
    fn ring(&self) {
        if !self.has_rung.swap(true, Ordering::AcqRel) {
            // It fails only when it was rung 2^64 times.
            let _ = rustix::io::write(&self.bell, &1_u64.to_ne_bytes());
        }
    }

    /// All commands so far, first those that end streams. What is said after this rings again.
    fn take(&self) -> Vec<Command> {
        let _ = rustix::io::read(&self.bell, &mut [0_u8; 8]);
        self.has_rung.store(false, Ordering::Release);
        let mut commands = self.commands();
        self.has_ends.store(false, Ordering::Release);
        let mut taken = commands.as_mut().map(std::mem::take).unwrap_or_default();
        drop(commands);
        // Whoever does the others looks at the ring, where there may already be what comes after an end. A stream that
        // arrives with these is no longer let in when it has ended.
        taken.sort_by_key(|command| !matches!(command, Command::End(_) | Command::Stop));
        taken
    }
}

/// The reactor of an endpoint. Its streams end when this is dropped.
#[derive(Debug)]
pub(crate) struct Reactor {
    mailbox: Arc<Mailbox>,
    first_patience: Duration,
}

impl Reactor {
    /// Starts the thread; the receiver hears when it has ended.
    pub(crate) fn start(app: App, patience: Patience) -> io::Result<(Self, oneshot::Receiver<()>)> {
        let mailbox = Arc::new(Mailbox::new()?);
        mailbox.listen_to(&app);
        let (ended, hears_end) = oneshot::channel();
        let first_patience = patience.first;
        let running = run::Running::new(app, Arc::clone(&mailbox), patience, tokio::runtime::Handle::current())?;
        let closes = Closes(Arc::clone(&mailbox));
        std::thread::Builder::new().name("streams".to_owned()).spawn(move || {
            let closes = closes;
            running.run();
            drop(closes);
            let _ = ended.send(());
        })?;
        let reactor = Self {
            mailbox,
            first_patience,
        };
        Ok((reactor, hears_end))
    }

    /// Has all streams leave, each in its turn.
    pub(crate) fn stop(&self) {
        self.mailbox.send(Command::Stop);
    }
}

/// Closes the mailbox with the thread, in whatever way that ends: streams that come later have tasks.
struct Closes(Arc<Mailbox>);

impl Drop for Closes {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Drop for Reactor {
    fn drop(&mut self) {
        self.stop();
    }
}

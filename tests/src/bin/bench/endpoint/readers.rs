//! Many readers on one thread.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use rustix::buffer::spare_capacity;
use rustix::event::{Timespec, epoll};

use super::stream_parser::{Parser, Said};

/// How many streams are opened at the same time when nothing is measured by it.
const OPENED_AT_ONCE: usize = 128;
/// How long anything may take before the measurement is given up.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long it may take until all have heard of one item.
const PATIENCE_WITH_ONE: Duration = Duration::from_secs(30);

/// Reads what one stream says.
pub(super) trait Hear: Default {
    /// Whether it is counted what is missing and who has gone. Otherwise it ends the measurement.
    const FORGIVES: bool;

    /// Reads on, in pieces of any size.
    fn read(&mut self, bytes: &[u8], hear: impl FnMut(Said));

    /// Whether the stream is over, or is none.
    fn is_over(&self) -> bool;
}

impl Hear for Parser {
    const FORGIVES: bool = false;

    fn read(&mut self, bytes: &[u8], hear: impl FnMut(Said)) {
        self.read(bytes, hear);
    }

    fn is_over(&self) -> bool {
        self.is_over()
    }
}

/// What did not come as it was sent, where that is forgiven.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Faults {
    /// Items that were left out before later ones.
    pub(super) missing: u64,
    /// Items that came again, or behind later ones.
    pub(super) misplaced: u64,
    /// Streams that have ended.
    pub(super) ended: u64,
}

impl Faults {
    /// An item was heard of behind this one; whether it is to be counted.
    fn note(&mut self, last: u64, seq: u64) -> bool {
        self.missing += seq.saturating_sub(last + 1);
        self.misplaced += u64::from(seq <= last);
        seq > last
    }
}

#[derive(Debug)]
struct Reader<P> {
    socket: TcpStream,
    parser: P,
    /// The last place that was heard of.
    last: u64,
    /// How often the head was told.
    heads: u32,
}

/// See the module.
pub(super) struct Readers<P = Parser> {
    epoll: rustix::fd::OwnedFd,
    all: Vec<Reader<P>>,
    buffer: Vec<u8>,
    events: Vec<epoll::Event>,
    /// What was forgiven.
    pub(super) faults: Faults,
}

impl Readers {
    pub(super) fn new() -> io::Result<Self> {
        Self::of_streams()
    }

    /// Opens a stream for each token, behind `after`, and waits until all have caught up.
    pub(super) fn open(&mut self, address: &str, tokens: &[String], after: u64) -> io::Result<()> {
        self.open_each(address, tokens.len(), after, |number| {
            request(address, &tokens[number], after).into_bytes()
        })
    }
}

impl<P: Hear> Readers<P> {
    pub(super) fn of_streams() -> io::Result<Self> {
        Ok(Self {
            epoll: epoll::create(epoll::CreateFlags::CLOEXEC)?,
            all: Vec::new(),
            buffer: vec![0; 256 * 1024],
            events: Vec::with_capacity(1024),
            faults: Faults::default(),
        })
    }

    /// Opens so many streams, a few at a time, and waits until all have caught up; `request` is what each asks with.
    pub(super) fn open_each(
        &mut self,
        address: &str,
        count: usize,
        after: u64,
        request: impl Fn(usize) -> Vec<u8>,
    ) -> io::Result<()> {
        for number in 0..count {
            let mut socket = TcpStream::connect(address)?;
            socket.write_all(&request(number))?;
            self.add(socket, after)?;
            if (number + 1) % OPENED_AT_ONCE == 0 {
                self.listen_until(Self::all_caught_up, |_, _, _| {})?;
            }
        }
        self.listen_until(Self::all_caught_up, |_, _, _| {})
    }

    /// Reads from a socket on which a stream was asked for.
    pub(super) fn add(&mut self, socket: TcpStream, after: u64) -> io::Result<()> {
        socket.set_nonblocking(true)?;
        let data = epoll::EventData::new_u64(self.all.len() as u64);
        epoll::add(
            &self.epoll,
            &socket,
            data,
            epoll::EventFlags::IN | epoll::EventFlags::RDHUP,
        )?;
        self.all.push(Reader {
            socket,
            parser: P::default(),
            last: after,
            heads: 0,
        });
        Ok(())
    }

    fn all_caught_up(&self) -> bool {
        self.all.iter().rev().all(|reader| reader.heads > 0)
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// Listens until this is so.
    pub(super) fn listen_until(
        &mut self,
        mut is_so: impl FnMut(&Self) -> bool,
        mut hear: impl FnMut(usize, Said, Instant),
    ) -> io::Result<()> {
        let began = Instant::now();
        while !is_so(self) {
            if began.elapsed() > PATIENCE {
                return Err(io::Error::other("what was waited for did not come"));
            }
            self.listen(Duration::from_millis(20), &mut hear)?;
        }
        Ok(())
    }

    /// Listens until each has heard of one item more; returns when the last one did.
    pub(super) fn listen_for_one(&mut self) -> io::Result<Instant> {
        let began = Instant::now();
        let (mut heard, mut last) = (0, began);
        let count = self.count();
        while heard < count {
            // Never asleep, so that it has not to be woken ten thousand times.
            self.listen(Duration::ZERO, |_, said, now| {
                if matches!(said, Said::Item(_)) {
                    heard += 1;
                    last = now;
                }
            })?;
            if began.elapsed() > PATIENCE_WITH_ONE {
                return Err(io::Error::other(format!("{heard} of {count} heard of an item")));
            }
        }
        Ok(last)
    }

    /// Waits at most so long for something to be said, and has it heard: by whom, what and when. Each hears all items, one
    /// after the other. Returns how many have said something.
    pub(super) fn listen(&mut self, wait: Duration, mut hear: impl FnMut(usize, Said, Instant)) -> io::Result<usize> {
        let wait = Timespec::try_from(wait).map_err(io::Error::other)?;
        self.events.clear();
        epoll::wait(&self.epoll, spare_capacity(&mut self.events), Some(&wait))?;
        for event in &self.events {
            let number = event.data.u64() as usize;
            let reader = &mut self.all[number];
            let length = match reader.socket.read(&mut self.buffer) {
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => 0,
                Err(error) => return Err(error),
            };
            let now = Instant::now();
            let mut wrong = None;
            let Reader {
                parser, last, heads, ..
            } = reader;
            parser.read(&self.buffer[..length], |said| {
                match said {
                    Said::Item(seq) if seq == *last + 1 => *last = seq,
                    Said::Item(seq) if P::FORGIVES => {
                        if !self.faults.note(*last, seq) {
                            return;
                        }
                        *last = seq;
                    }
                    Said::Item(seq) => wrong = Some(format!("stream {number} heard {seq} after {last}")),
                    Said::Head => *heads += 1,
                    Said::Resync => wrong = Some(format!("stream {number} was told to come back")),
                }
                hear(number, said, now);
            });
            if length == 0 || parser.is_over() {
                if !P::FORGIVES || *heads == 0 {
                    return Err(io::Error::other(format!("stream {number} has ended, or is none")));
                }
                epoll::delete(&self.epoll, &reader.socket)?;
                self.faults.ended += 1;
            }
            if let Some(wrong) = wrong {
                return Err(io::Error::other(wrong));
            }
        }
        Ok(self.events.len())
    }
}

/// Asks for a stream.
pub(super) fn request(address: &str, token: &str, after: u64) -> String {
    format!(
        "GET /v1/stream?after={after} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\naccept: text/event-stream\r\n\r\n"
    )
}

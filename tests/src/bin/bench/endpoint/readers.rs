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

#[derive(Debug)]
struct Reader {
    socket: TcpStream,
    parser: Parser,
    /// The last place that was heard of.
    last: u64,
    /// How often the head was told.
    heads: u32,
}

/// See the module.
pub(super) struct Readers {
    epoll: rustix::fd::OwnedFd,
    all: Vec<Reader>,
    buffer: Vec<u8>,
    events: Vec<epoll::Event>,
}

impl Readers {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            epoll: epoll::create(epoll::CreateFlags::CLOEXEC)?,
            all: Vec::new(),
            buffer: vec![0; 256 * 1024],
            events: Vec::with_capacity(1024),
        })
    }

    /// Opens a stream for each token, behind `after`, and waits until all have caught up.
    pub(super) fn open(&mut self, address: &str, tokens: &[String], after: u64) -> io::Result<()> {
        for some in tokens.chunks(OPENED_AT_ONCE) {
            for token in some {
                let mut socket = TcpStream::connect(address)?;
                socket.write_all(request(address, token, after).as_bytes())?;
                self.add(socket, after)?;
            }
            self.listen_until(Self::all_caught_up, |_, _, _| {})?;
        }
        Ok(())
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
            parser: Parser::new(),
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
                Ok(0) => return Err(io::Error::other(format!("stream {number} has ended"))),
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
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
                    Said::Item(seq) => wrong = Some(format!("stream {number} heard {seq} after {last}")),
                    Said::Head => *heads += 1,
                    Said::Resync => wrong = Some(format!("stream {number} was told to come back")),
                }
                hear(number, said, now);
            });
            if parser.is_over() {
                return Err(io::Error::other(format!("stream {number} is none")));
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

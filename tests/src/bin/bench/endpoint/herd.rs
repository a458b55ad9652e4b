//! After a restart all desktops are back in the same second, each with what it has missed.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use rustix::buffer::spare_capacity;
use rustix::event::{Timespec, epoll};
use rustix::fd::OwnedFd;
use rustix::net::{AddressFamily, SocketFlags, SocketType, connect, socket_with};
use serde_json::Value;

use super::exactly;
use super::readers::request;
use super::server::Server;
use super::stream_parser::{Parser, Said};
use super::team::Team;

/// How many items each has missed.
const MISSED: usize = 50;
/// Nobody waits longer.
const PATIENCE: Duration = Duration::from_mins(1);

enum Desktop {
    /// Asks as soon as it is connected.
    Connecting(TcpStream),
    /// Reads; so many items were told.
    Reading(TcpStream, Parser, usize, Vec<u8>),
    /// Comes again then.
    Waiting(Instant),
    /// Its stream stays open.
    CaughtUp(TcpStream),
}

/// The time until all have caught up.
pub(super) fn measure(desktops: usize) -> io::Result<Value> {
    let mut server = Server::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut team = runtime.block_on(Team::gather(&server, desktops))?;
    let before = runtime.block_on(team.head())?;
    runtime.block_on(team.write(MISSED))?;
    server.stop();
    server.start_again()?;
    let address: SocketAddr = server.address.parse().map_err(io::Error::other)?;
    let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
    let began = Instant::now();
    let mut all = Vec::with_capacity(desktops);
    for number in 0..desktops {
        all.push(Desktop::Connecting(begin(address, &epoll, number)?));
    }
    let mut events = Vec::with_capacity(1024);
    let (mut caught_up, mut refused) = (0, 0);
    let wait = Timespec::try_from(Duration::from_millis(10)).map_err(io::Error::other)?;
    while caught_up < desktops {
        if began.elapsed() > PATIENCE {
            return Err(io::Error::other(format!("{caught_up} of {desktops} have caught up")));
        }
        events.clear();
        epoll::wait(&epoll, spare_capacity(&mut events), Some(&wait))?;
        for event in &events {
            let number = event.data.u64() as usize;
            let now = std::mem::replace(&mut all[number], Desktop::Waiting(began));
            all[number] = match now {
                Desktop::Connecting(mut socket) => {
                    socket.write_all(request(&server.address, &team.tokens[number], before).as_bytes())?;
                    let data = epoll::EventData::new_u64(number as u64);
                    epoll::modify(&epoll, &socket, data, epoll::EventFlags::IN)?;
                    Desktop::Reading(socket, Parser::new(), 0, Vec::new())
                }
                Desktop::Reading(socket, parser, told, said) => match read(socket, parser, told, said, before)? {
                    Desktop::CaughtUp(socket) => {
                        caught_up += 1;
                        epoll::delete(&epoll, &socket)?;
                        Desktop::CaughtUp(socket)
                    }
                    other => {
                        refused += usize::from(matches!(other, Desktop::Waiting(_)));
                        other
                    }
                },
                other => other,
            };
        }
        for (number, desktop) in all.iter_mut().enumerate() {
            if matches!(desktop, Desktop::Waiting(until) if *until <= Instant::now()) {
                *desktop = Desktop::Connecting(begin(address, &epoll, number)?);
            }
        }
    }
    let took = began.elapsed().as_secs_f64();
    eprintln!("herd: {desktops} desktops, {refused} told to wait");
    Ok(exactly(took))
}

/// Begins to connect.
fn begin(address: SocketAddr, epoll: &OwnedFd, number: usize) -> io::Result<TcpStream> {
    let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
    let socket = socket_with(AddressFamily::INET, SocketType::STREAM, flags, None)?;
    match connect(&socket, &address) {
        Ok(()) | Err(rustix::io::Errno::INPROGRESS) => {}
        Err(error) => return Err(error.into()),
    }
    let data = epoll::EventData::new_u64(number as u64);
    epoll::add(epoll, &socket, data, epoll::EventFlags::OUT)?;
    Ok(socket.into())
}

/// Reads on. Whoever is refused must be told when to come again.
fn read(
    mut socket: TcpStream,
    mut parser: Parser,
    mut told: usize,
    mut said: Vec<u8>,
    before: u64,
) -> io::Result<Desktop> {
    let mut bytes = vec![0; 64 * 1024];
    let length = match socket.read(&mut bytes) {
        Ok(0) => return Err(io::Error::other("a connection ended without an answer")),
        Ok(length) => length,
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
            return Ok(Desktop::Reading(socket, parser, told, said));
        }
        Err(error) => return Err(error),
    };
    let (mut has_caught_up, mut is_wrong) = (false, false);
    parser.read(&bytes[..length], |word| match word {
        Said::Item(seq) => {
            told += 1;
            is_wrong |= seq != before + told as u64;
        }
        Said::Head => has_caught_up = true,
        Said::Resync => is_wrong = true,
    });
    if is_wrong || (has_caught_up && told != MISSED) {
        return Err(io::Error::other(format!(
            "a desktop heard of {told} items, or of wrong ones"
        )));
    }
    if has_caught_up {
        return Ok(Desktop::CaughtUp(socket));
    }
    if !parser.is_over() {
        return Ok(Desktop::Reading(socket, parser, told, said));
    }
    said.extend_from_slice(&bytes[..length]);
    let text = String::from_utf8_lossy(&said).to_ascii_lowercase();
    let wait = text
        .lines()
        .find_map(|line| line.strip_prefix("retry-after:")?.trim().parse::<u64>().ok());
    match wait {
        Some(seconds) => Ok(Desktop::Waiting(Instant::now() + Duration::from_secs(seconds))),
        None => Err(io::Error::other(format!(
            "refused without a word on when to come again: {text}"
        ))),
    }
}

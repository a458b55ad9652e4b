//! What others do who send one message to many, in the same run and by the same means: each is started here on the
//! endpoint's core, in a folder of its own and with its limits out of the way, and is spoken to in its own protocol. One
//! that is not installed is left out, and so is one that fails; both are said on standard error.

mod durable_streams;
mod event_stream;
mod fanout;
mod held;
mod http;
mod mosquitto;
mod mqtt;
mod nats;
mod nchan;
mod process;
mod writer;

use std::io;
use std::path::Path;
use std::process::Command;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::{Map, Value, json};

use super::exactly;
use super::readers::Hear;
use crate::figures::rounded;

/// How long a message is.
const MESSAGE: usize = 200;
/// How many digits its number has, with which it begins.
const DIGITS: usize = 12;

/// One of the others.
trait Peer {
    /// As the figures name it.
    const NAME: &'static str;
    /// As its program is called.
    const PROGRAM: &'static str;
    /// How its subscribers are spoken to.
    type Stream: Hear;

    /// How it is started on this port of 127.0.0.1, with its files in this folder; nothing when a part of it is missing.
    fn command(program: &Path, folder: &Path, port: u16) -> io::Result<Option<Command>>;

    /// What the subscriber of this number asks with.
    fn subscription(number: usize) -> Vec<u8>;

    /// What is said before the first message, and answered.
    fn introduction() -> Option<Vec<u8>>;

    /// What brings this message to all.
    fn publication(message: &str) -> Vec<u8>;

    /// Whether this answer to a message says no.
    fn is_refusal(answer: &[u8]) -> bool;
}

/// What is measured of each.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    /// How many subscribe.
    pub(super) streams: usize,
    /// How many messages a second there are at most where they come at a steady pace.
    pub(super) items_per_s: u32,
    /// For how many seconds there are as many as it bears.
    pub(super) seconds: u32,
}

/// The figures of all that are installed, by name.
pub(super) fn measure(extent: Extent) -> io::Result<Value> {
    raise_limits()?;
    let mut figures = Map::new();
    add::<mosquitto::Mosquitto>(&mut figures, extent);
    add::<nats::Nats>(&mut figures, extent);
    add::<nchan::Nchan>(&mut figures, extent);
    add::<durable_streams::DurableStreams>(&mut figures, extent);
    Ok(figures.into())
}

fn add<P: Peer>(figures: &mut Map<String, Value>, extent: Extent) {
    match of_one::<P>(extent) {
        Ok(Some(of_one)) => {
            figures.insert(P::NAME.to_owned(), of_one);
        }
        Ok(None) => eprintln!("{}: not installed, and left out", P::NAME),
        Err(error) => eprintln!("{}: left out: {error}", P::NAME),
    }
}

fn of_one<P: Peer>(extent: Extent) -> io::Result<Option<Value>> {
    let Some(held) = process::with_new::<P, _>(|process| held::measure::<P>(process, extent.streams))? else {
        return Ok(None);
    };
    // In one of its own, as with the endpoint.
    let fanout = process::with_new::<P, _>(|process| fanout::measure::<P>(process, extent))?;
    Ok(fanout.map(|fanout| {
        json!({
            "bytes_each": held.bytes_each.round(),
            "deliveries_per_s": fanout.deliveries_per_s.round(),
            "p99_ms": rounded(fanout.p99_ms),
            "lost": fanout.lost,
            "one_to_all_ms": exactly(held.one_to_all_ms),
        })
    }))
}

/// A message that says its number.
fn message(number: u64) -> String {
    format!("{number:0DIGITS$}{}", "w".repeat(MESSAGE - DIGITS))
}

/// Each side holds as many sockets open as there are subscribers; programs that are started inherit the limit.
fn raise_limits() -> io::Result<()> {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    Ok(setrlimit(Resource::Nofile, raised)?)
}

/// What is heard of these bytes, which is the same in pieces of any size.
#[cfg(test)]
fn heard<S: Hear>(bytes: &[u8]) -> (Vec<super::stream_parser::Said>, bool) {
    let in_pieces = |size| {
        let (mut stream, mut heard) = (S::default(), Vec::new());
        for piece in bytes.chunks(size) {
            stream.read(piece, |said| heard.push(said));
        }
        (heard, stream.is_over())
    };
    let whole = in_pieces(bytes.len());
    for size in 1..bytes.len() {
        assert_eq!(in_pieces(size), whole, "in pieces of {size}");
    }
    whole
}

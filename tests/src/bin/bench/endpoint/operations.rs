//! Devices that write, each one op after the other: how many are durable a second.

use std::io;
use std::time::{Duration, Instant};

use rustix::buffer::spare_capacity;
use rustix::event::{Timespec, epoll};
use serde_json::{Value, json};

use super::client::Writer;
use super::server::Server;
use super::team::Team;
use crate::figures::{percentile, rounded};

/// How many write at the same time.
const DEVICES: usize = 256;
/// The first second is not counted.
const WARM_UP: Duration = Duration::from_secs(1);

/// Measures for so long; an op that is refused is an error.
pub(super) fn measure(seconds: u64) -> io::Result<Value> {
    let server = Server::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let team = runtime.block_on(Team::gather(&server, DEVICES))?;
    let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
    let mut writers = Vec::new();
    for (at, token) in team.tokens.iter().enumerate() {
        let writer = Writer::connect(&server.address, token, team.epoch)?;
        writer.socket.set_nonblocking(true)?;
        let data = epoll::EventData::new_u64(at as u64);
        epoll::add(&epoll, &writer.socket, data, epoll::EventFlags::IN)?;
        writers.push((writer, 1_u64, Instant::now()));
    }
    let began = Instant::now();
    for (writer, number, sent) in &mut writers {
        *sent = Instant::now();
        writer.send(*number)?;
    }
    let mut times = Vec::new();
    let mut events = Vec::with_capacity(DEVICES);
    let wait = Timespec::try_from(Duration::from_millis(100)).map_err(io::Error::other)?;
    let end = began + WARM_UP + Duration::from_secs(seconds);
    while Instant::now() < end {
        events.clear();
        epoll::wait(&epoll, spare_capacity(&mut events), Some(&wait))?;
        for event in &events {
            let (writer, number, sent) = &mut writers[event.data.u64() as usize];
            if writer.hear()? == 0 {
                continue;
            }
            if *sent >= began + WARM_UP {
                times.push(sent.elapsed().as_secs_f64() * 1000.0);
            }
            *number += 1;
            *sent = Instant::now();
            writer.send(*number)?;
        }
    }
    Ok(json!({
        "per_s": (times.len() as f64 / seconds as f64).round(),
        "p99_ms": rounded(percentile(&times, 99.0)),
    }))
}

//! Devices that write, each one op after the other: how many are durable a second, and how long one takes when so many
//! are written as are wanted.

use std::collections::VecDeque;
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
/// How many are wanted a second.
const WANTED: u32 = 5_000;

/// Measures for so long, twice: once as fast as it goes, once as many as are wanted. An op that is refused is an error.
pub(super) fn measure(seconds: u64) -> io::Result<Value> {
    let mut figures = Devices::at_their_desks()?.write_without_pause(seconds)?;
    figures["as_wanted"] = Devices::at_their_desks()?.write_as_wanted(seconds)?;
    Ok(figures)
}

/// A device, the number of its next op, and when the one under way was to begin.
struct Device {
    writer: Writer,
    number: u64,
    due: Instant,
}

impl Device {
    fn send(&mut self, due: Instant) -> io::Result<()> {
        self.due = due;
        self.writer.send(self.number)?;
        self.number += 1;
        Ok(())
    }
}

/// Devices of a new endpoint.
struct Devices {
    all: Vec<Device>,
    epoll: std::os::fd::OwnedFd,
    _server: Server,
}

impl Devices {
    fn at_their_desks() -> io::Result<Self> {
        let server = Server::start()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let team = runtime.block_on(Team::gather(&server, DEVICES))?;
        let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
        let mut all = Vec::new();
        for (at, token) in team.tokens.iter().enumerate() {
            let writer = Writer::connect(&server.address, token, team.epoch)?;
            writer.socket.set_nonblocking(true)?;
            let data = epoll::EventData::new_u64(at as u64);
            epoll::add(&epoll, &writer.socket, data, epoll::EventFlags::IN)?;
            let (number, due) = (1, Instant::now());
            all.push(Device { writer, number, due });
        }
        Ok(Self {
            all,
            epoll,
            _server: server,
        })
    }

    /// Each sends its next op as soon as the last one is kept.
    fn write_without_pause(mut self, seconds: u64) -> io::Result<Value> {
        let began = Instant::now();
        for device in &mut self.all {
            device.send(Instant::now())?;
        }
        let mut times = Vec::new();
        while began.elapsed() < WARM_UP + Duration::from_secs(seconds) {
            for at in self.answered(Duration::from_millis(100))? {
                let device = &mut self.all[at];
                if device.due >= began + WARM_UP {
                    times.push(device.due.elapsed().as_secs_f64() * 1000.0);
                }
                device.send(Instant::now())?;
            }
        }
        Ok(figures(&times, seconds))
    }

    /// Ops fall due one after the other, for one device after the other, whether the one before is kept or not. A device
    /// that is not done with one begins the next later, and the time until then counts.
    fn write_as_wanted(mut self, seconds: u64) -> io::Result<Value> {
        let began = Instant::now();
        let end = began + WARM_UP + Duration::from_secs(seconds);
        let mut waiting: Vec<VecDeque<Instant>> = vec![VecDeque::new(); self.all.len()];
        let mut is_busy = vec![false; self.all.len()];
        let mut fallen_due = 0_u32;
        let mut times = Vec::new();
        while Instant::now() < end {
            let mut due = began + Duration::from_secs(1) / WANTED * fallen_due;
            while due <= Instant::now() {
                let at = fallen_due as usize % self.all.len();
                if is_busy[at] {
                    waiting[at].push_back(due);
                } else {
                    is_busy[at] = true;
                    self.all[at].send(due)?;
                }
                fallen_due += 1;
                due = began + Duration::from_secs(1) / WANTED * fallen_due;
            }
            for at in self.answered(due.saturating_duration_since(Instant::now()))? {
                let device = &mut self.all[at];
                if device.due >= began + WARM_UP {
                    times.push(device.due.elapsed().as_secs_f64() * 1000.0);
                }
                match waiting[at].pop_front() {
                    Some(due) => device.send(due)?,
                    None => is_busy[at] = false,
                }
            }
        }
        Ok(figures(&times, seconds))
    }

    /// Which of them have an answer; waits at most so long for the first.
    fn answered(&mut self, patience: Duration) -> io::Result<Vec<usize>> {
        let mut events = Vec::with_capacity(DEVICES);
        let wait = Timespec::try_from(patience).map_err(io::Error::other)?;
        epoll::wait(&self.epoll, spare_capacity(&mut events), Some(&wait))?;
        let mut done = Vec::new();
        for event in &events {
            let at = event.data.u64() as usize;
            if self.all[at].writer.hear()? > 0 {
                done.push(at);
            }
        }
        Ok(done)
    }
}

fn figures(times: &[f64], seconds: u64) -> Value {
    json!({
        "per_s": (times.len() as f64 / seconds as f64).round(),
        "p99_ms": rounded(percentile(times, 99.0)),
    })
}

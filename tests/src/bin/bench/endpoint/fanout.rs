//! Items at a steady pace to all streams: how many deliveries that is a second, and how late the latest are.

use std::io;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::Writer;
use super::readers::Readers;
use super::server::Server;
use super::stream_parser::Said;
use super::team::Team;
use crate::figures::rounded;

/// Latencies are counted by the millisecond, up to this.
pub(super) const LATEST: usize = 10_000;
/// The first seconds are not counted: buffers grow.
const WARM_UP: u32 = 2;

/// Measures; anything that is lost, doubled or out of order is an error rather than a figure.
pub(super) fn measure(streams: usize, items_per_s: u32, seconds: u32) -> io::Result<Value> {
    let server = Server::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut team = runtime.block_on(Team::gather(&server, streams))?;
    let head = runtime.block_on(team.head())?;
    let mut readers = Readers::new()?;
    readers.open(&server.address, &team.tokens, head)?;
    let mut writer = Writer::connect(&server.address, &team.tokens[0], team.epoch)?;
    writer.socket.set_nonblocking(true)?;

    let (warm_up, all) = (items_per_s * WARM_UP, items_per_s * (WARM_UP + seconds));
    let pace = Duration::from_secs(1) / items_per_s;
    let mut sent: Vec<Instant> = Vec::with_capacity(all as usize);
    let mut by_ms = vec![0_u64; LATEST + 1];
    let (mut heard, mut counted, mut last) = (0_u64, 0_u64, Instant::now());
    let expected = u64::from(all) * streams as u64;
    let began = Instant::now();
    let processor = server.processor_time()?;
    while heard < expected {
        // Whoever comes late here does not make the endpoint look better: an item is sent when it was to be sent, or as
        // soon after as there is time, and its clock starts at the former.
        while sent.len() < all as usize && began.elapsed() >= pace * sent.len() as u32 {
            sent.push(began + pace * sent.len() as u32);
            writer.send(team.next_number())?;
        }
        writer.hear()?;
        readers.listen(Duration::ZERO, |_, said, now| {
            let Said::Item(seq) = said else { return };
            let number = (seq - head) as usize - 1;
            heard += 1;
            if number >= warm_up as usize {
                let late = now.duration_since(sent[number]).as_millis() as usize;
                by_ms[late.min(LATEST)] += 1;
                counted += 1;
                last = now;
            }
        })?;
        if began.elapsed() > Duration::from_secs(u64::from(seconds) * 4 + 60) {
            return Err(io::Error::other(format!("{heard} of {expected} deliveries came")));
        }
    }
    let took = last.duration_since(sent[warm_up as usize]).as_secs_f64();
    let busy = server.processor_time()?.checked_sub(processor).unwrap_or_default();
    eprintln!(
        "fan-out: {counted} deliveries in {took:.2} s; the endpoint took {:.0} % of its core",
        busy.as_secs_f64() * 100.0 / began.elapsed().as_secs_f64()
    );
    Ok(json!({
        "deliveries_per_s": (counted as f64 / took).round(),
        "p99_ms": rounded(percentile(&by_ms, counted, 0.99)),
        "lost": expected - heard,
    }))
}

/// The latency that this share is below or at, in ms; a millisecond that has begun counts as a whole one.
pub(super) fn percentile(by_ms: &[u64], counted: u64, share: f64) -> f64 {
    let rank = (counted as f64 * share).ceil() as u64;
    let mut passed = 0;
    let at = by_ms.iter().position(|count| {
        passed += count;
        passed >= rank
    });
    (at.unwrap_or(LATEST) + 1) as f64
}

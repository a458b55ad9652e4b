//! Subscribers of a peer who are held: what each costs in memory, and how soon all hear of one message.

use std::io;
use std::time::{Duration, Instant};

use super::super::readers::Readers;
use super::Peer;
use super::process::Process;
use super::writer::Writer;
use crate::figures::median;

/// How often one message goes to all; the figure is the median.
const ROUNDS: usize = 21;
/// The pause between them.
const PAUSE: Duration = Duration::from_millis(300);

/// See the module.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    pub(super) bytes_each: f64,
    pub(super) one_to_all_ms: f64,
}

/// Measures.
pub(super) fn measure<P: Peer>(process: &Process, streams: usize) -> io::Result<Held> {
    let mut writer = Writer::<P>::connect(&process.address)?;
    // One before, so that what is there once only is there.
    let mut first = Readers::<P::Stream>::of_streams()?;
    first.open_each(&process.address, 1, writer.last, |_| P::subscription(streams))?;
    drop(first);
    std::thread::sleep(Duration::from_secs(1));
    let without = process.resident()?;
    let mut readers = Readers::<P::Stream>::of_streams()?;
    readers.open_each(&process.address, streams, writer.last, P::subscription)?;
    let with = process.resident()?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        times.push(one_to_all(&mut readers, &mut writer)?);
        std::thread::sleep(PAUSE);
    }
    let slowest = times.iter().copied().fold(0.0, f64::max);
    eprintln!(
        "{}: one to {streams}: at most {slowest:.1} ms; with streams {with} bytes",
        P::NAME
    );
    Ok(Held {
        bytes_each: with.saturating_sub(without) as f64 / streams as f64,
        one_to_all_ms: median(&times),
    })
}

/// How long it takes, from before a message is sent until the last one has heard of it.
fn one_to_all<P: Peer>(readers: &mut Readers<P::Stream>, writer: &mut Writer<P>) -> io::Result<f64> {
    let began = Instant::now();
    writer.send()?;
    let last = readers.listen_for_one()?;
    writer.hear()?;
    Ok(last.duration_since(began).as_secs_f64() * 1000.0)
}

//! Streams that are held open: what each costs while nothing happens, and how soon all hear of one item.

use std::io;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::Writer;
use super::exactly;
use super::readers::Readers;
use super::server::Server;
use super::steering::Steered;
use super::team::Team;
use crate::figures::median;

/// How often one item goes to all; the figure is the median.
const ROUNDS: usize = 21;
/// After how long the endpoint's threads for blocking work have ended.
const THREADS_END: Duration = Duration::from_secs(12);
/// The pause between them.
const PAUSE: Duration = Duration::from_millis(300);

/// What an endpoint holds in memory that nobody uses, in MB.
pub(super) fn idle() -> io::Result<Value> {
    let server = Server::start()?;
    std::thread::sleep(Duration::from_secs(3));
    Ok(exactly(server.resident()? as f64 / 1e6))
}

/// The figures of so many streams: what they cost, and the time in ms until all have heard of one item.
pub(super) fn measure(streams: usize, idle_s: u64) -> io::Result<(Value, Value)> {
    let mut server = Server::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut team = runtime.block_on(Team::gather(&server, streams))?;
    let head = runtime.block_on(team.head())?;
    // Streams are not to find memory that enrolments have left.
    server.stop();
    server.start_again()?;
    // One before, so that what is there once only is there.
    let mut first = Readers::new()?;
    first.open(&server.address, &team.tokens[..1], head)?;
    drop(first);
    std::thread::sleep(Duration::from_secs(1));
    let without = server.resident()?;
    let mut readers = Readers::new()?;
    readers.open(&server.address, &team.tokens, head)?;
    let with = server.resident()?;
    // The time of a thread that ends is counted no more; those that opened the streams end when there is nothing to read.
    listen_for(&mut readers, THREADS_END)?;
    let idle = Duration::from_secs(idle_s);
    let each = processor_each(&server, &mut readers, streams, idle)?;
    let steered = Steered::to_the_load();
    let each_alone = steered.map(|_steered| processor_each(&server, &mut readers, streams, idle));
    let held = json!({
        "streams": streams,
        "bytes_each": (with.saturating_sub(without) as f64 / streams as f64).round(),
        "cpu_us_per_s_each": exactly(each),
        "cpu_us_per_s_each_without_readers": each_alone.transpose()?.map(exactly),
    });
    let mut times = Vec::new();
    let before = server.processor_time()?;
    let mut writer = Writer::connect(&server.address, &team.tokens[0], team.epoch)?;
    for _ in 0..ROUNDS {
        times.push(one_to_all(&mut readers, &mut writer, team.next_number())?);
        std::thread::sleep(PAUSE);
    }
    let slowest = times.iter().copied().fold(0.0, f64::max);
    let busy = server.processor_time()?.checked_sub(before).unwrap_or_default();
    let round = busy.as_secs_f64() * 1000.0 / ROUNDS as f64;
    eprintln!("one to {streams}: at most {slowest:.1} ms, {round:.1} ms of the processor; with streams {with} bytes");
    if !server.log().is_empty() {
        eprintln!("{}", server.log());
    }
    Ok((held, exactly(median(&times))))
}

/// The endpoint's time on the processor for each of so many streams in which nothing happens, in µs a second.
fn processor_each(server: &Server, readers: &mut Readers, streams: usize, idle: Duration) -> io::Result<f64> {
    let (began, before) = (Instant::now(), server.processor_time()?);
    listen_for(readers, idle)?;
    let busy = server.processor_time()?.checked_sub(before);
    let busy = busy.ok_or_else(|| io::Error::other("a thread ended while the processor's time was taken"))?;
    Ok(busy.as_secs_f64() * 1e6 / began.elapsed().as_secs_f64() / streams as f64)
}

/// Listens now and then, so that nobody has to be woken for each word: that would be the load's price, not the endpoint's.
fn listen_for(readers: &mut Readers, time: Duration) -> io::Result<()> {
    let began = Instant::now();
    while began.elapsed() < time {
        std::thread::sleep(Duration::from_millis(100));
        while readers.listen(Duration::ZERO, |_, _, _| {})? > 0 {}
    }
    Ok(())
}

/// How long it takes, from before an item is sent until the last one has heard of it.
fn one_to_all(readers: &mut Readers, writer: &mut Writer, number: u64) -> io::Result<f64> {
    let began = Instant::now();
    writer.send(number)?;
    let last = readers.listen_for_one()?;
    while writer.hear()? == 0 {}
    Ok(last.duration_since(began).as_secs_f64() * 1000.0)
}

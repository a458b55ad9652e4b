//! What an endpoint bears: the real program in a process of its own on one core, the load from this one on another.
//!
//! Everything goes over TCP to 127.0.0.1, as a team's desktops come through a proxy on the same machine. A reader here
//! checks each byte that it is given as far as framing and order go: an item that is missing, doubled or out of its place
//! ends the measurement, and so does a stream that ends.

mod beginning;
mod catch_up;
mod chunks;
mod client;
mod fanout;
mod held;
mod herd;
mod operations;
mod peers;
mod readers;
mod server;
mod steering;
mod stream_parser;
mod team;

use std::io;

use serde_json::{Map, Value, json};

/// What is measured, and how long.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Extent {
    /// How many streams are held and written to, each by itself.
    #[arg(long, value_delimiter = ',', default_values_t = [100, 1_000, 10_000])]
    streams: Vec<usize>,
    /// For how many seconds idle streams are watched: as each hears of the head about every 25 s, twice that is fair.
    #[arg(long, default_value_t = 50)]
    idle_s: u64,
    /// How many items a second go to all streams of the fan-out.
    #[arg(long, default_value_t = 120)]
    items_per_s: u32,
    /// For how many seconds.
    #[arg(long, default_value_t = 15)]
    fanout_s: u32,
    /// For how many seconds devices write.
    #[arg(long, default_value_t = 10)]
    operations_s: u64,
    /// How many items the large team has.
    #[arg(long, default_value_t = 1_000_000)]
    items: usize,
    /// Only these parts.
    #[arg(long, value_delimiter = ',')]
    only: Vec<Part>,
}

/// A part of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Held,
    Fanout,
    Operations,
    Herd,
    CatchUp,
    Large,
    Idle,
    Peers,
}

/// Measures on cores of its own: the endpoint's is the first, the load's is the second.
pub(crate) fn measure(extent: Extent) -> io::Result<Value> {
    // Whatever is started from here on runs on the load's core, too.
    std::thread::Builder::new()
        .name("load".to_owned())
        .spawn(move || {
            server::stay_on(server::LOAD_CORE)?;
            parts(&extent)
        })?
        .join()
        .unwrap_or_else(|_| Err(io::Error::other("the measurement panicked")))
}

fn parts(extent: &Extent) -> io::Result<Value> {
    let is_wanted = |part| extent.only.is_empty() || extent.only.contains(&part);
    let mut figures = json!({
        "held": [], "fanout": null, "one_to_all_ms": {}, "durable_ops": null, "herd_s": null, "catch_up_100k_s": null,
        "first_page_1m_ms": null, "start_1m_ms": null, "idle_rss_mb": null, "peers": {},
    });
    if is_wanted(Part::Idle) {
        figures["idle_rss_mb"] = held::idle()?;
    }
    if is_wanted(Part::Held) {
        let (mut held, mut one_to_all) = (Vec::new(), Map::new());
        for streams in &extent.streams {
            let (of_streams, to_all) = held::measure(*streams, extent.idle_s)?;
            held.push(of_streams);
            one_to_all.insert(streams.to_string(), to_all);
        }
        figures["held"] = held.into();
        figures["one_to_all_ms"] = one_to_all.into();
    }
    let most = extent.streams.iter().copied().max().unwrap_or(1);
    if is_wanted(Part::Fanout) {
        figures["fanout"] = fanout::measure(most, extent.items_per_s, extent.fanout_s)?;
    }
    if is_wanted(Part::Operations) {
        figures["durable_ops"] = operations::measure(extent.operations_s)?;
    }
    if is_wanted(Part::Herd) {
        figures["herd_s"] = herd::measure(most)?;
    }
    if is_wanted(Part::CatchUp) {
        figures["catch_up_100k_s"] = catch_up::measure_100k()?;
    }
    if is_wanted(Part::Large) {
        let large = catch_up::measure_large(extent.items)?;
        figures["first_page_1m_ms"] = large.first_page_ms;
        figures["start_1m_ms"] = large.start_ms;
    }
    if is_wanted(Part::Peers) {
        figures["peers"] = peers::measure(peers::Extent {
            streams: most,
            items_per_s: extent.items_per_s,
            seconds: extent.fanout_s,
        })?;
    }
    Ok(figures)
}

/// With three digits behind the point.
fn exactly(value: f64) -> Value {
    json!((value * 1000.0).round() / 1000.0)
}

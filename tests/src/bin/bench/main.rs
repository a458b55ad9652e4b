//! The figures of docs/BENCHMARKS.md, as JSON on standard output. `cargo xtask bench NAME` builds in release mode and
//! starts this.
#![expect(clippy::print_stdout, reason = "the figures are its output")]
#![expect(clippy::print_stderr, reason = "progress and errors are for whoever started it")]

mod card;
mod crash;
#[cfg(target_os = "linux")]
mod endpoint;
mod figures;
mod footprint;
mod latency;
mod photos;
mod plan;
mod search;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Measures Samovar on real desktops.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask bench")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// How long it takes from a share until the other desktop shows a notification.
    Latency {
        /// How many shares.
        #[arg(long, default_value_t = 50)]
        shares: usize,
    },
    /// How long a photo of twelve megapixels takes to its shared form, beside vipsthumbnail.
    Pictures {
        /// How often each is measured.
        #[arg(long, default_value_t = 7)]
        rounds: usize,
    },
    /// How soon the tray is there, and what an idle Samovar without windows takes.
    Footprint {
        /// How many starts; the figures are their medians.
        #[arg(long, default_value_t = 5)]
        starts: usize,
    },
    /// How long a card to print takes, each size and design.
    Card,
    /// How long pair calls, a year of gatherings and reminders take to plan, for teams of several sizes.
    Plan,
    /// How long a question to the kudos wall takes.
    Search {
        /// Among how many kudos.
        #[arg(long, default_value_t = 100_000)]
        kudos: usize,
        /// How often each question is asked.
        #[arg(long, default_value_t = 50)]
        rounds: usize,
    },
    /// What an endpoint bears: streams held and written to, ops, many who come back at once, large teams.
    #[cfg(target_os = "linux")]
    Endpoint(endpoint::Extent),
    /// Kills desktop and endpoint while sharing, and counts what was lost and what was doubled.
    Crash {
        /// How many times.
        #[arg(long, default_value_t = 100)]
        kills: u32,
        /// Where and when follows from this number.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Prepares one photo, for `pictures`.
    #[command(hide = true)]
    PrepareOne {
        /// The photo.
        photo: PathBuf,
        /// Where its shared form goes.
        shared: PathBuf,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let measured = match Arguments::parse().what {
        What::Latency { shares } => latency::measure(shares).await,
        What::Pictures { rounds } => photos::measure(rounds),
        What::Footprint { starts } => footprint::measure(starts).await,
        What::Card => card::measure(),
        What::Plan => Ok(plan::measure()),
        What::Search { kudos, rounds } => search::measure(kudos, rounds).await,
        #[cfg(target_os = "linux")]
        What::Endpoint(extent) => endpoint::measure(extent),
        What::Crash { kills, seed } => return crash(kills, seed).await,
        What::PrepareOne { photo, shared } => return finish(photos::prepare_one(&photo, &shared)),
    };
    finish(measured.map(|figures| println!("{figures}")))
}

/// This one has no figure that is merely better or worse: anything but nothing lost and nothing doubled is a failure.
async fn crash(kills: u32, seed: u64) -> ExitCode {
    let figures = match crash::measure(kills, seed).await {
        Ok(figures) => figures,
        Err(error) => return finish(Err(error)),
    };
    println!("{figures}");
    if crash::is_well(&figures) {
        return ExitCode::SUCCESS;
    }
    finish(Err(io::Error::other(
        "something that was confirmed was lost or doubled, or the data are damaged",
    )))
}

fn finish(done: io::Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

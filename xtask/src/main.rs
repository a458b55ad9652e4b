//! The project's own commands: `cargo xtask run`, `cargo xtask test` …
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "these commands speak to the person at the terminal"
)]

mod bench;
mod bindings;
mod dependencies;
mod development_host;
mod fuzz;
mod install;
mod needs;
mod node;
mod package;
mod package_server;
mod programs;
mod run;
mod simulate;
mod steps;
mod test;
mod ui;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own commands.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Installs what is missing, builds Samovar and starts it; without a display it shows its main job instead.
    Run {
        /// Show the main job on a virtual display, also where there is a real one.
        #[arg(long)]
        tour: bool,
        /// What to hand on to Samovar, or to the tour.
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Installs what is missing and runs every check and test.
    Test {
        /// Leave out the browser and the real desktop.
        #[arg(long)]
        fast: bool,
    },
    /// Measures, and prints the figures as JSON: latency, pictures, footprint or crash.
    Bench {
        /// What to measure.
        name: String,
        /// What to hand on, such as `--kills 100 --seed 1`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Plays whole teams on a bad network and bad computers, each run from a seed, and checks that all is well in the end.
    Simulate {
        /// How many runs.
        #[arg(long, default_value_t = 1_000)]
        seeds: u64,
        /// The first seed.
        #[arg(long, default_value_t = 1)]
        from: u64,
        /// One run alone, step by step.
        #[arg(long, conflicts_with_all = ["seeds", "from"])]
        seed: Option<u64>,
    },
    /// Makes up what strangers may send, and checks what must hold of it; needs a nightly compiler.
    Fuzz {
        /// For how long each target is fuzzed.
        #[arg(long, default_value_t = 60)]
        seconds: u64,
        /// One target alone, such as `ops`.
        #[arg(long)]
        target: Option<String>,
        /// What looks over the memory meanwhile: `none`, or `address`, which is slower and finds what unsafe code in
        /// others' decoders does wrong.
        #[arg(long, default_value = "none")]
        sanitizer: String,
    },
    /// Generates the UI's TypeScript types from the Rust ones.
    Bindings,
    /// Builds and packs the desktop as people install it.
    Package {
        /// What to hand on to the bundler, such as `-b deb`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Builds the endpoint and packs it for Debian.
    PackageServer {
        /// What to hand on to cargo-deb, such as `--no-strip`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Run { tour, arguments } => run::run(tour, &arguments),
        Command::Test { fast } => test::run(fast).map(|()| 0),
        Command::Bench { name, arguments } => bench::run(&name, &arguments),
        Command::Simulate { seeds, from, seed } => simulate::run(seeds, from, seed).map(|()| 0),
        Command::Fuzz {
            seconds,
            target,
            sanitizer,
        } => fuzz::run(seconds, target.as_deref(), &sanitizer).map(|()| 0),
        Command::Bindings => bindings::generate().map(|()| 0),
        Command::Package { arguments } => package::run(&arguments),
        Command::PackageServer { arguments } => package_server::run(&arguments),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

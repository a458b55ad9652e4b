//! Whole teams on a stage: the real core and the real endpoint with their real databases, in one thread, on a clock and a
//! network of the run's own. Everything that happens follows from a seed, so a run that fails is a run that can be looked
//! at again: `cargo xtask simulate --seed N`.
//!
//! Every other run has an endpoint of two nodes. They share one file, which stands in for PostgreSQL, since that has threads
//! of its own; what makes them nodes is what makes nodes on PostgreSQL (`crates/server/src/store/nodes`).
//!
//! What is not there: sockets, hyper and the reactor (stories with real ones are in `tests/tests/endpoint`), photos, mirrors,
//! and PostgreSQL (`crates/server/src/store/postgres/tests`).
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a run that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "whoever plays a run by hand wants to see it")]

mod answers;
mod between;
mod call;
mod desktop;
mod endpoint;
mod line;
mod network;
mod once;
mod people;
mod rows;
mod runs;
mod story;
mod trouble;
mod verdict;
mod witness;
mod world;

use sha2::{Digest as _, Sha256};

/// A runtime on a clock of its own, which stands still while something is done.
fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().start_paused(true).build().unwrap()
}

/// What somebody is called.
fn name(number: usize) -> String {
    ["Ana", "Bo", "Chidi", "Dana", "Eli", "Fay"][number].to_owned()
}

/// Bytes in a trace.
fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    format!(
        "{}:{:02x}{:02x}{:02x}{:02x}",
        bytes.len(),
        digest[0],
        digest[1],
        digest[2],
        digest[3]
    )
}

//! The endpoint at its edges: its calls one by one, hostile and broken ones among them, over real HTTP and raw
//! connections; and the real program as a process of its own, killed, starved and lied to by its disk.
//!
//! The program must be built: `cargo build -p samovar-server` (`cargo xtask test` does so, and so does
//! `cargo test --workspace`).

#![expect(clippy::unwrap_used, reason = "in a test an unwrap that fails is the failure")]

mod bodies;
mod calendar;
mod company;
mod compressed;
mod cursors;
mod errands;
mod given;
mod group_cards;
mod hidden;
mod hidden_voices;
mod impossible;
mod joining;
mod kudos;
mod leaving;
mod limits;
mod mirrors;
mod operators;
mod photos;
mod precautions;
mod pulse;
mod raw;
mod secrets;
mod settings;
mod sign_in;
mod simulations;
mod stopping;
mod strangers;
mod streams;
mod walk;
mod words;

#[cfg(target_os = "linux")]
mod at_rest;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod erased;
#[cfg(target_os = "linux")]
mod killed;
#[cfg(target_os = "linux")]
mod operated;
#[cfg(target_os = "linux")]
mod program;
#[cfg(target_os = "linux")]
mod rolling;
#[cfg(target_os = "linux")]
mod tls;

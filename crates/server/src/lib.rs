//! The team endpoint: everything that `samovar-server` does, as a library, so that the desktop can embed it and tests
//! can start it on a free port.

mod arrivals;
mod backup;
pub mod blobs;
mod calendar;
mod connection;
mod events;
mod extract;
mod folder_lock;
#[doc(hidden)]
pub mod fuzzing;
mod mirrors;
pub mod moving;
mod open_streams;
mod opened;
pub mod operate;
pub mod operate_mirrors;
pub mod operate_team;
pub mod operation;
mod paging;
mod private_files;
mod problem;
mod pulse_tokens;
#[cfg(target_os = "linux")]
mod reactor;
mod reading;
mod restore;
pub mod retention;
mod ring;
mod routes;
mod server;
pub mod sign_in;
pub mod simulate;
mod state;
pub mod store;
mod tend;

pub use server::{Config, Endpoint, Server, StartError};

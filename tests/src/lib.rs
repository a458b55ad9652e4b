//! What the whole-desktop tests, the tour and the benches share: real desktops, an endpoint of its own process, and a
//! person's hands and eyes on them.

pub mod channel;
pub mod desktop;
pub mod draws;
pub mod endpoint;
pub mod people;
pub mod plans;
pub mod process;
pub mod report;
pub mod story;
pub mod wait;

//! Whole stories: a real endpoint, real desktops without a screen, real photos, a clock that is moved by hand.
#![expect(clippy::unwrap_used, reason = "a story that goes wrong may stop where it is")]

mod main_job;
mod offline;

//! The whole application without a screen: local store, sync, outbox, reminders, focus, and the views that a UI shows.
//! Clock, notifier, endpoint and folder come from outside, so a test runs ten desktops in one process.
//!
//! What stays out: windows, trays, D-Bus, Tauri, and the endpoint's own code.

mod account;
pub mod api;
mod bounded;
mod break_through;
mod calendar_feed;
pub mod carrier;
mod celebrations;
mod core;
mod decisions;
mod device_key;
mod do_not_disturb;
mod endpoint;
pub mod endpoint_host;
mod focus;
mod focus_driver;
#[doc(hidden)]
pub mod fuzzing;
mod gatherings;
mod group_cards;
mod hear;
mod held;
mod i_spy;
mod join_key;
mod kudos;
mod mending;
mod missed;
mod news;
pub mod notifier;
mod own_calendar;
mod packages;
mod pairs;
pub mod parts;
mod people;
mod photo_requests;
mod photos;
mod pressed;
mod printing;
mod privacy;
mod pulse;
pub mod reminder_driver;
mod reminding;
mod requests;
mod sealing;
pub mod secrets;
mod sender;
mod settings;
mod setup;
mod showing;
mod situation;
pub mod slack;
mod slack_status;
mod slack_token;
mod sse;
mod store;
mod sweeping;
mod sync;
pub mod system_zone;
mod take_back;
mod team_settings;
mod telling;
pub mod views;
pub mod words;
mod writes;

pub use crate::core::{Core, OpenError};
pub use crate::store::StoreError;

//! Whole stories: a real endpoint, real desktops without a screen, real photos, a clock that is moved by hand.
#![expect(clippy::unwrap_used, reason = "a story that goes wrong may stop where it is")]

mod calendar_feed;
mod cards;
mod celebrations;
mod decisions;
mod exactly_once;
mod focus_and_calls;
mod focus_blocks;
#[cfg(target_os = "linux")]
mod full_disk;
mod gatherings;
mod given;
mod kudos;
mod leaving;
mod main_job;
mod missed;
mod moving;
mod network;
mod newer;
mod no_trace;
mod offline;
mod outbox;
mod own_calendar;
mod packages;
mod pair_calls;
mod people;
mod photo_files;
mod profile;
mod pulse;
mod refusals;
mod rejoining;
mod reminders;
mod restore;
mod setting_up;
mod slack;
mod summer_time;
mod taking_back;
mod telling;
mod torn_log;
mod working_hours;
mod wrong_clock;

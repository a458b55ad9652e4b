//! The real desktop end to end: the program as people have it, in a real tray, on a real bus, with a real notification
//! server and real windows. `cargo xtask test` installs what this needs.

mod beginnings;
mod buttons;
mod camera;
mod command_line;
mod decision;
mod do_not_disturb;
mod dragging;
mod focus_day;
mod group_card;
mod keyring;
mod lacks;
mod links;
mod main_job;
mod memory;
mod offline;
mod package;
mod pair_call;
mod people;
mod screen;
mod shortcut;
mod teatime;
mod thanks;
mod trouble;
mod windows;

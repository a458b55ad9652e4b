//! The shell around the core: what only a desktop has (tray, windows, native notifications, clipboard, a command line),
//! and nothing else. No rule of the product lives here.

mod app;
mod autostart;
mod call;
mod camera;
mod capture;
pub mod cli;
mod clipboard;
mod commands;
mod core_request;
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "entries are only written on Linux")
)]
mod desktop_entry;
mod desktop_request;
mod display;
#[cfg(target_os = "linux")]
mod do_not_disturb;
mod dropped;
mod effects;
mod embedded;
#[cfg(target_os = "linux")]
mod keyboard_focus;
mod keyring;
#[cfg(target_os = "linux")]
mod link_scheme;
mod logging;
mod manual;
mod markup;
mod names;
mod notifier;
mod parts;
mod photo_protocol;
mod popover_place;
mod popover_stay;
mod profile;
mod shell;
mod shortcut;
mod socket;
mod tray;
mod tray_menu;
#[cfg(target_os = "linux")]
mod tray_presence;
#[cfg(target_os = "linux")]
mod tray_watch;
mod trouble;
mod windows;
mod words_on_terminal;

use std::process::ExitCode;

use clap::Parser as _;
use samovar_domain::SystemClock;

use crate::commands::exit;

/// The whole program.
pub fn run() -> ExitCode {
    SystemClock::start_ahead(std::env::var(SystemClock::AHEAD).ok().as_deref());
    let cli = cli::Cli::parse_from(cli::arguments(std::env::args_os()));
    logging::start();
    let profile = match profile::folder(cli.profile.as_deref()) {
        Ok(profile) => profile,
        Err(error) => return commands::fail(exit::FAILED, &error.to_string()),
    };
    let runtime = match runtime() {
        Ok(runtime) => runtime,
        Err(error) => return commands::fail(exit::FAILED, &format!("the system gives no more threads: {error}")),
    };
    match cli.command {
        Some(command) => runtime.block_on(commands::run(&profile, command)),
        None => {
            let opening = app::Opening {
                hidden: cli.hidden,
                show: cli.show.map(Into::into),
                link: cli.open_link,
            };
            app::run(runtime, profile, opening)
        }
    }
}

/// The one runtime of the process. Two workers: enough that a slow disk does not hold up a notification, and few enough
/// that an idle Samovar stays small.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(8)
        .thread_name("samovar")
        .enable_all()
        .build()
}

//! The program `samovar`: the application in the tray, and the command line of the same name.

// A console window beside the application helps nobody.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    samovar_desktop::run()
}

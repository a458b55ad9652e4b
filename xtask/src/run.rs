//! `cargo xtask run`: Samovar for a person at a screen, or its main job in front of nobody.

use std::env;

use crate::install::install;
use crate::needs::{BUILD, DESKTOP};
use crate::programs::{Failure, cargo, exit_code, program, status, target};
use crate::ui;

/// Builds and starts; the answer is the exit code of what was started.
pub(crate) fn run(tour: bool, arguments: &[String]) -> Result<u8, Failure> {
    let tour = tour || !has_display();
    eprintln!("[1/4] looking for what is missing");
    if tour {
        install(&[BUILD, DESKTOP])?;
    } else {
        install(&[BUILD])?;
    }
    eprintln!("[2/4] the screens");
    ui::build()?;
    eprintln!("[3/4] Samovar and its endpoint (some minutes, the first time)");
    // With the examples these are the features that the tests have too, so that nothing is built once more for them.
    cargo(&["build", "--workspace", "--bins", "--examples"])?;
    let name = if tour {
        eprintln!("[4/4] the tour; its pictures will be in target/tour");
        "tour"
    } else {
        eprintln!("[4/4] Samovar starts; look for it in the tray");
        "samovar"
    };
    let status = status(program(target().join("debug").join(name)).args(arguments))?;
    Ok(exit_code(status))
}

fn has_display() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

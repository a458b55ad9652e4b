//! `cargo xtask bench NAME`: figures for docs/BENCHMARKS.md, taken from release builds.

use crate::install::install;
use crate::needs::everything;
use crate::programs::{Failure, cargo, exit_code, program, status, target};
use crate::ui;

/// Builds and measures; the answer is the exit code of the measuring program.
pub(crate) fn run(name: &str, arguments: &[String]) -> Result<u8, Failure> {
    install(&everything())?;
    ui::build()?;
    cargo(&[
        "build",
        "--release",
        "-p",
        "samovar",
        "-p",
        "samovar-server",
        "-p",
        "samovar-pictures",
        "-p",
        "samovar-tests",
        "--bins",
    ])?;
    let status = status(program(target().join("release/bench")).arg(name).args(arguments))?;
    Ok(exit_code(status))
}

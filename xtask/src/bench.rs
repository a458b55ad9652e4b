//! `cargo xtask bench NAME`: figures for docs/BENCHMARKS.md, taken from release builds.

use crate::install::install;
use crate::needs::everything;
use crate::programs::{Failure, cargo, exit_code, program, status, target};
use crate::ui;

/// Builds and measures; the answer is the exit code of the measuring program.
pub(crate) fn run(name: &str, arguments: &[String]) -> Result<u8, Failure> {
    // Plans are made, kudos are searched, cards are drawn and endpoints are asked without a screen.
    let packages: &[&str] = if matches!(name, "plan" | "search" | "card") {
        &["samovar-tests"]
    } else if name == "endpoint" {
        &["samovar-server", "samovar-tests"]
    } else {
        install(&everything())?;
        ui::build()?;
        &["samovar", "samovar-server", "samovar-pictures", "samovar-tests"]
    };
    let mut arguments_of_build = vec!["build", "--release", "--bins"];
    for package in packages {
        arguments_of_build.extend(["-p", package]);
    }
    cargo(&arguments_of_build)?;
    let status = status(program(target().join("release/bench")).arg(name).args(arguments))?;
    Ok(exit_code(status))
}

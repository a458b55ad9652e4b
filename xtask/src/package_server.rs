//! `cargo xtask package-server`: the endpoint as a Debian package. What is in it stands in `crates/server/Cargo.toml`.

use std::path::PathBuf;

use crate::install::install;
use crate::needs::BUILD;
use crate::programs::{Failure, exit_code, memory, prepare, program, status};

/// The version of cargo-deb that packs it.
const VERSION: &str = "3.8.0";

/// Builds the endpoint and packs it; `arguments` go to cargo-deb, such as `--target aarch64-unknown-linux-gnu`.
pub(crate) fn run(arguments: &[String]) -> Result<u8, Failure> {
    install(&[BUILD])?;
    let packed = status(
        program(packer()?)
            .args(["deb", "--locked", "-p", "samovar-server"])
            .args(arguments),
    )?;
    Ok(exit_code(packed))
}

/// cargo-deb, in a folder of its own that is made when it is not there or holds another version.
fn packer() -> Result<PathBuf, Failure> {
    let folder = memory()?.join(format!("cargo-deb-{VERSION}"));
    let packer = folder.join("bin/cargo-deb");
    if !packer.is_file() {
        let install = ["install", "cargo-deb", "--locked", "--version", VERSION, "--root"];
        prepare(program("cargo").args(install).arg(&folder))?;
    }
    Ok(packer)
}

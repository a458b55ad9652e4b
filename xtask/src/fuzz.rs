//! `cargo xtask fuzz`: what strangers bring, made up by libFuzzer for so long. What must hold of it stands in
//! `crates/fuzzing`, and the test command asks it of `fuzz/corpus` with any compiler.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::install::install;
use crate::needs::BUILD;
use crate::programs::{Failure, finish, memory, output, prepare, program, root, target};
use crate::steps::Steps;

/// The version of cargo-fuzz that builds and starts the targets.
const VERSION: &str = "0.13.1";
/// The compiler that can tell the fuzzer where an input has led.
const TOOLCHAIN: &str = "nightly";
/// The longest that one input may take, in seconds, and the most memory of a whole run, in MB: a decoder holds some 250.
const LIMITS: [&str; 2] = ["-timeout=20", "-rss_limit_mb=1024"];

/// Fuzzes every target, or one, for so many seconds each.
pub(crate) fn run(seconds: u64, only: Option<&str>, sanitizer: &str) -> Result<(), Failure> {
    let all = targets()?;
    let chosen: Vec<&String> = all
        .iter()
        .filter(|name| only.is_none_or(|only| only == *name))
        .collect();
    if chosen.is_empty() {
        return Err(format!("there is no such target; there are {}", all.join(", ")).into());
    }
    if output("rustc", &[&format!("+{TOOLCHAIN}"), "--version"]).is_none() {
        return Err(format!(
            "fuzzing needs a nightly compiler, which is not here, so nothing was fuzzed. Install it with: rustup toolchain \
             install {TOOLCHAIN} --profile minimal. The test command looks at the corpus without it."
        )
        .into());
    }
    install(&[BUILD])?;
    let fuzzer = fuzzer()?;
    let mut steps = Steps::default();
    for name in chosen {
        steps.take(&format!("{name}, for {seconds} s"), || {
            let mut command = cargo_fuzz(&fuzzer, "run");
            command.args(["--sanitizer", sanitizer, name]);
            // What it finds on its way lies beside what is built; the corpus in the repository is for people to read.
            command.arg(found(name)?).arg(Path::new("fuzz/corpus").join(name));
            command.arg("--").args(LIMITS).arg(format!("-max_total_time={seconds}"));
            command.args(["-max_len=4096", "-print_final_stats=1"]);
            let dictionary = Path::new("fuzz/dictionaries").join(name);
            if root().join(&dictionary).is_file() {
                command.arg(format!("-dict={}", dictionary.display()));
            }
            finish(&mut command)
        });
    }
    steps.finish()
}

/// The names of all targets.
fn targets() -> Result<Vec<String>, Failure> {
    let entries = fs::read_dir(root().join("fuzz/fuzz_targets"))?.collect::<Result<Vec<_>, _>>()?;
    let names = entries.iter().filter_map(|entry| {
        let path = entry.path();
        Some(path.file_stem()?.to_str()?.to_owned())
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    Ok(names)
}

/// cargo-fuzz, to be run with the nightly compiler, whatever compiler these commands were built with.
fn cargo_fuzz(fuzzer: &Path, subcommand: &str) -> Command {
    let mut command = program(fuzzer);
    command.args([subcommand, "--fuzz-dir", "fuzz"]);
    command
        .env("RUSTUP_TOOLCHAIN", TOOLCHAIN)
        .env_remove("CARGO")
        .env_remove("RUSTC");
    // A folder of its own: other flags for everything would build all else anew, too.
    command
        .env("CARGO_TARGET_DIR", target().join("fuzz"))
        .env("CARGO_INCREMENTAL", "0");
    command
}

/// Where the inputs of a target lie that led the fuzzer further.
fn found(name: &str) -> Result<PathBuf, Failure> {
    let folder = memory()?.join("fuzz").join(name);
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    Ok(folder)
}

/// cargo-fuzz, in a folder of its own that is made when it is not there or holds another version.
fn fuzzer() -> Result<PathBuf, Failure> {
    let folder = memory()?.join(format!("cargo-fuzz-{VERSION}"));
    let fuzzer = folder.join("bin/cargo-fuzz");
    if !fuzzer.is_file() {
        let install = ["install", "cargo-fuzz", "--locked", "--version", VERSION, "--root"];
        prepare(program("cargo").args(install).arg(&folder))?;
    }
    Ok(fuzzer)
}

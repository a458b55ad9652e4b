//! Starting other programs, and saying in words when they fail.

use std::env;
use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

/// What went wrong, in words.
pub(crate) type Failure = Box<dyn Error>;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the repository")
        .to_owned()
}

/// The folder for what is built.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// A folder for what these commands remember between two runs.
pub(crate) fn memory() -> Result<PathBuf, Failure> {
    let folder = target().join("xtask");
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    Ok(folder)
}

/// A program to be started at the root of the repository.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    if env::var_os("CI").is_some() {
        // What is built once and thrown away does not need the files that make a second build faster.
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// Runs cargo at the root.
pub(crate) fn cargo(arguments: &[&str]) -> Result<(), Failure> {
    finish(program("cargo").args(arguments))
}

/// Runs a program and waits for it; anything but success is a failure.
pub(crate) fn finish(command: &mut Command) -> Result<(), Failure> {
    let status = status(command)?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{}` failed ({status})", words(command)).into())
    }
}

/// The same for a program that prepares something. What it prints is progress, and standard output is kept for results.
pub(crate) fn prepare(command: &mut Command) -> Result<(), Failure> {
    finish(command.stdout(io::stderr()))
}

/// Runs a program and waits for it.
pub(crate) fn status(command: &mut Command) -> Result<ExitStatus, Failure> {
    eprintln!("$ {}", words(command));
    command
        .status()
        .map_err(|error| format!("`{}` could not be started: {error}", words(command)).into())
}

/// The exit code to end with when a program that was run for the person ended so.
pub(crate) fn exit_code(status: ExitStatus) -> u8 {
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

/// What a program prints, when it ends well.
pub(crate) fn output(name: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(name).args(arguments).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where a program lies, if it is on the PATH.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(&name))
        .find(|path| path.is_file())
}

fn words(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

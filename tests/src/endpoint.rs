//! An endpoint as a team hosts it: the real program, in a process of its own.

use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::process::{Running, built, last_lines};

/// The endpoint's process.
#[derive(Debug)]
pub struct Endpoint {
    process: Running,
    /// Where it listens.
    pub url: String,
}

impl Endpoint {
    /// Starts it on an empty folder and any free port; also returns the link that lets the owner in.
    pub fn new(folder: &Path) -> io::Result<(Self, String)> {
        Self::prepared(folder, |_| {})
    }

    /// The same, in circumstances of its own: limits, variables.
    pub fn prepared(folder: &Path, prepare: impl FnOnce(&mut Command)) -> io::Result<(Self, String)> {
        let (process, [url, invite]) = start(folder, "127.0.0.1:0", ["listening on ", "owner invite: "], prepare)?;
        Ok((Self { process, url }, invite))
    }

    /// Starts it again on a folder that has an owner, at the address it had.
    pub fn again(folder: &Path, url: &str) -> io::Result<Self> {
        let address = url.trim_start_matches("http://");
        let (process, [url]) = start(folder, address, ["listening on "], |_| {})?;
        Ok(Self { process, url })
    }

    /// Starts a node of a team that has an owner already, on a database that it shares with others.
    pub fn serving(folder: &Path, url: &str, database: &str) -> io::Result<Self> {
        let address = url.trim_start_matches("http://");
        let (process, [url]) = start(folder, address, ["listening on "], |command| {
            command.args(["--database", database]);
        })?;
        Ok(Self { process, url })
    }

    /// Its log, from its first start on this folder.
    pub fn log(folder: &Path) -> PathBuf {
        folder.with_extension("log")
    }

    /// What `samovar-server check` says of a folder: whether all is well, and its words.
    pub fn check(folder: &Path) -> io::Result<(bool, String)> {
        let checked = Command::new(built("samovar-server")?)
            .args(["check", "--data"])
            .arg(folder)
            .output()?;
        let said = [checked.stdout, checked.stderr].concat();
        Ok((checked.status.success(), String::from_utf8_lossy(&said).into_owned()))
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Asks it to end, and does not wait.
    pub fn ask_to_end(&self) {
        self.process.ask_to_end();
    }

    /// Waits until it has ended, as it was asked to.
    pub fn has_ended(&mut self) {
        self.process.has_ended();
    }

    /// Asks it to end, and waits until it did.
    pub fn end(self) {
        self.process.end();
    }

    /// Waits until it has ended by itself.
    pub fn waits(self) -> io::Result<ExitStatus> {
        self.process.waits()
    }

    /// Ends it as a power cut would.
    pub fn kill(self) {
        self.process.kill();
    }
}

/// Starts the program and waits until it has said these things, in this order.
fn start<const N: usize>(
    folder: &Path,
    address: &str,
    awaited: [&str; N],
    prepare: impl FnOnce(&mut Command),
) -> io::Result<(Running, [String; N])> {
    let log = Endpoint::log(folder);
    let errors = std::fs::File::options().create(true).append(true).open(&log)?;
    let mut command = Command::new(built("samovar-server")?);
    command
        .arg("serve")
        .arg("--data")
        .arg(folder)
        .args(["--listen", address]);
    prepare(&mut command);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors);
    let mut process = Running::start(&mut command)?;
    let output = process.child().stdout.take().expect("stdout was asked for");
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let said = awaited.map(|prefix| lines.find_map(|line| Some(line.split_once(prefix)?.1.trim().to_owned())));
    // What it says later is read on, or it would stand still once the pipe is full.
    std::thread::spawn(move || lines.for_each(drop));
    if said.iter().any(Option::is_none) {
        return Err(io::Error::other(format!(
            "the endpoint ended too early:\n{}",
            last_lines(&log)
        )));
    }
    Ok((process, said.map(Option::unwrap_or_default)))
}

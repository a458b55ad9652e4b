//! An endpoint as a team hosts it: the real program, in a process of its own.

use std::io::{self, BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

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
        let (process, [url, invite]) = start(folder, "127.0.0.1:0", ["listening on ", "owner invite: "])?;
        Ok((Self { process, url }, invite))
    }

    /// Starts it again on a folder that has an owner, at the address it had.
    pub fn again(folder: &Path, url: &str) -> io::Result<Self> {
        let address = url.trim_start_matches("http://");
        let (process, [url]) = start(folder, address, ["listening on "])?;
        Ok(Self { process, url })
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends it as a power cut would.
    pub fn kill(self) {
        self.process.kill();
    }
}

/// Starts the program and waits until it has said these things, in this order.
fn start<const N: usize>(folder: &Path, address: &str, awaited: [&str; N]) -> io::Result<(Running, [String; N])> {
    let log = folder.with_extension("log");
    let errors = std::fs::File::options().create(true).append(true).open(&log)?;
    let mut process = Running::start(
        Command::new(built("samovar-server")?)
            .arg("serve")
            .arg("--data")
            .arg(folder)
            .args(["--listen", address])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(errors),
    )?;
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

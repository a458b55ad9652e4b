//! Programs that run beside a test and end with it.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

/// How long a program may take to end when it is asked to.
const FAREWELL: Duration = Duration::from_secs(5);

/// A program and all that it started. Both end when the value does.
#[derive(Debug)]
pub struct Running {
    name: String,
    child: Child,
}

impl Running {
    /// Starts it, in a process group of its own.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .process_group(0)
            .spawn()
            .map_err(|error| io::Error::new(error.kind(), format!("{name} could not be started: {error}")))?;
        Ok(Self { name, child })
    }

    /// The program, as it was named when it was started.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The child, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Fails when it has ended already, with words on how.
    pub fn check(&mut self) -> io::Result<()> {
        match self.child.try_wait()? {
            Some(status) => Err(io::Error::other(format!("{} has ended ({status})", self.name))),
            None => Ok(()),
        }
    }

    /// Ends it at once and without a word, as a power cut would.
    pub fn kill(mut self) {
        self.signal(Signal::KILL);
        let _ = self.child.wait();
    }

    /// Asks it to end and waits until it did.
    pub fn end(mut self) {
        self.farewell();
    }

    /// Asks it to end, and does not wait.
    pub fn ask_to_end(&self) {
        self.signal(Signal::TERM);
    }

    /// Waits until it has ended by itself.
    pub fn waits(mut self) -> io::Result<ExitStatus> {
        self.child.wait()
    }

    /// Waits until it has ended, however long that takes.
    pub fn has_ended(&mut self) {
        let _ = self.child.wait();
    }

    fn signal(&self, signal: Signal) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // A group that is gone already needs no signal.
            let _ = kill_process_group(group, signal);
        }
    }

    fn farewell(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            self.signal(Signal::TERM);
            let asked = Instant::now();
            while matches!(self.child.try_wait(), Ok(None)) && asked.elapsed() < FAREWELL {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        // What it left behind, and itself when it did not listen.
        self.signal(Signal::KILL);
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.farewell();
    }
}

/// The folder where this build put the programs: beside the one that runs, or above it for a test.
pub fn programs_folder() -> PathBuf {
    let own = std::env::current_exe().expect("a running program has a place");
    let folder = own.parent().expect("a program lies in a folder");
    if folder.ends_with("deps") {
        folder.parent().unwrap_or(folder)
    } else {
        folder
    }
    .to_owned()
}

/// A program of this build. Fails with words when it was not built.
pub fn built(name: &str) -> io::Result<PathBuf> {
    let path = programs_folder().join(name);
    if path.is_file() {
        Ok(path)
    } else {
        Err(io::Error::other(format!(
            "{} is not there; build everything first: cargo build --workspace --bins",
            path.display()
        )))
    }
}

/// The last lines of a log, for an error that says what happened.
pub fn last_lines(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

//! A peer's process, which begins and ends here.

use std::env;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use samovar_tests::process::{Running, last_lines};
use tempfile::TempDir;

use super::super::server;
use super::Peer;

/// How long one may take to begin.
const PATIENCE: Duration = Duration::from_secs(20);

/// See the module.
pub(super) struct Process {
    running: Option<Running>,
    folder: TempDir,
    /// `127.0.0.1:PORT`.
    pub(super) address: String,
}

/// Has something measured of one that is started for that alone; nothing when it is not installed.
pub(super) fn with_new<P: Peer, T>(measure: impl FnOnce(&Process) -> io::Result<T>) -> io::Result<Option<T>> {
    let Some(process) = Process::start::<P>()? else {
        return Ok(None);
    };
    let measured = measure(&process).map_err(|error| process.in_words(&error))?;
    Ok(Some(measured))
}

impl Process {
    /// Starts one, and waits until it listens.
    fn start<P: Peer>() -> io::Result<Option<Self>> {
        let Some(program) = find(P::PROGRAM) else {
            return Ok(None);
        };
        let folder = tempfile::tempdir()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let Some(mut command) = P::command(&program, folder.path(), port)? else {
            return Ok(None);
        };
        let log = std::fs::File::create(log(folder.path()))?;
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .current_dir(folder.path());
        let running = server::on_its_core(|| Running::start(&mut command))?;
        let mut process = Self {
            running: Some(running),
            folder,
            address: format!("127.0.0.1:{port}"),
        };
        process.wait_until_it_listens()?;
        Ok(Some(process))
    }

    fn wait_until_it_listens(&mut self) -> io::Result<()> {
        let began = Instant::now();
        while let Err(error) = TcpStream::connect(&self.address) {
            if let Some(running) = &mut self.running {
                running.check().map_err(|error| self.in_words(&error))?;
            }
            if began.elapsed() > PATIENCE {
                return Err(self.in_words(&error));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// An error, with what the process has said last.
    fn in_words(&self, error: &io::Error) -> io::Error {
        io::Error::other(format!("{error}\n{}", last_lines(&log(self.folder.path()))))
    }

    /// What it holds in memory, in bytes.
    pub(super) fn resident(&self) -> io::Result<u64> {
        self.ids()?.into_iter().map(server::resident).sum()
    }

    /// The processor's time that it has had.
    pub(super) fn processor_time(&self) -> io::Result<Duration> {
        self.ids()?.into_iter().map(server::processor_time).sum()
    }

    /// It may have left the work to a process of its own.
    fn ids(&self) -> io::Result<Vec<u32>> {
        let id = self.running.as_ref().map_or(0, Running::id);
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"))?;
        let children = children.split_whitespace().filter_map(|child| child.parse().ok());
        Ok([id].into_iter().chain(children).collect())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has nothing to keep.
        if let Some(running) = self.running.take() {
            running.kill();
        }
    }
}

fn log(folder: &Path) -> PathBuf {
    folder.join("log")
}

/// Where a program lies: on the path, or where Cargo installs.
fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let by_cargo = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .map(|folder| folder.join("bin"));
    env::split_paths(&path)
        .chain(by_cargo)
        .map(|folder| folder.join(program))
        .find(|program| program.is_file())
}

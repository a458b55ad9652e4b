//! The endpoint's process, pinned, and what the system says of it.

use std::io;
use std::path::Path;
use std::time::Duration;

use rustix::process::Pid;
use rustix::thread::{CpuSet, sched_setaffinity};
use samovar_tests::endpoint::Endpoint;
use tempfile::TempDir;

/// Where the endpoint runs.
const SERVER_CORE: usize = 0;
/// Where the load comes from.
pub(super) const LOAD_CORE: usize = 1;

/// Keeps this thread, and what it starts, on one core.
pub(super) fn stay_on(core: usize) -> io::Result<()> {
    let mut cores = CpuSet::new();
    cores.set(core);
    Ok(sched_setaffinity(None::<Pid>, &cores)?)
}

/// An endpoint that is measured.
pub(super) struct Server {
    pub(super) endpoint: Option<Endpoint>,
    pub(super) folder: TempDir,
    /// `127.0.0.1:PORT`.
    pub(super) address: String,
    /// Lets the owner in.
    pub(super) invite: String,
}

impl Server {
    /// Starts one on an empty folder.
    pub(super) fn start() -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("data");
        let (endpoint, invite) = on_its_core(|| Endpoint::new(&data))?;
        Ok(Self {
            address: endpoint.url.trim_start_matches("http://").to_owned(),
            endpoint: Some(endpoint),
            folder,
            invite,
        })
    }

    /// Ends it, and waits until it has ended.
    pub(super) fn stop(&mut self) {
        if let Some(endpoint) = self.endpoint.take() {
            endpoint.end();
        }
    }

    /// Starts it again where it was.
    pub(super) fn start_again(&mut self) -> io::Result<()> {
        let (data, url) = (self.folder.path().join("data"), format!("http://{}", self.address));
        self.endpoint = Some(on_its_core(|| Endpoint::again(&data, &url))?);
        Ok(())
    }

    fn id(&self) -> io::Result<u32> {
        let endpoint = self.endpoint.as_ref();
        Ok(endpoint.ok_or_else(|| io::Error::other("it does not run"))?.id())
    }

    /// What it holds in memory, in bytes.
    pub(super) fn resident(&self) -> io::Result<u64> {
        resident(self.id()?)
    }

    /// The processor's time that its threads have had.
    pub(super) fn processor_time(&self) -> io::Result<Duration> {
        processor_time(self.id()?)
    }

    /// Its log.
    pub(super) fn log(&self) -> String {
        std::fs::read_to_string(Endpoint::log(&self.data())).unwrap_or_default()
    }

    fn data(&self) -> std::path::PathBuf {
        Path::new(self.folder.path()).join("data")
    }
}

/// What a process holds in memory, in bytes.
pub(super) fn resident(id: u32) -> io::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes: Option<u64> = line.and_then(|line| line.trim().split(' ').next()?.parse().ok());
    Ok(kilobytes.ok_or_else(|| io::Error::other("the system does not say"))? * 1024)
}

/// The processor's time that the threads of a process have had.
pub(super) fn processor_time(id: u32) -> io::Result<Duration> {
    let mut all = 0;
    for task in std::fs::read_dir(format!("/proc/{id}/task"))? {
        // A thread may end in between.
        let said = std::fs::read_to_string(task?.path().join("schedstat")).unwrap_or_default();
        all += said
            .split(' ')
            .next()
            .and_then(|nanoseconds| nanoseconds.parse::<u64>().ok())
            .unwrap_or(0);
    }
    Ok(Duration::from_nanos(all))
}

/// A child runs where its parent was when it began.
pub(super) fn on_its_core<T>(start: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    stay_on(SERVER_CORE)?;
    let started = start();
    stay_on(LOAD_CORE)?;
    started
}

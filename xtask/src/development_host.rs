//! The development host: the same core and the built UI over HTTP, so that a browser can drive them. It runs as long as
//! the value lives.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::thread;

use crate::programs::{Failure, program, target};

pub(crate) struct DevelopmentHost {
    process: Child,
    /// Where it listens.
    pub(crate) url: String,
}

impl DevelopmentHost {
    /// Starts the host that was built, and waits until it says where it listens.
    pub(crate) fn start(arguments: &[&str]) -> Result<Self, Failure> {
        let path = target().join("debug/samovar-dev-host");
        let mut process = program(&path)
            .args(["--listen", "127.0.0.1:0", "--ui", "ui/dist"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} could not be started: {error}", path.display()))?;
        let mut lines = BufReader::new(process.stdout.take().expect("stdout was asked for")).lines();
        let url = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, url) = line.split_once("listening on ")?;
            Some(url.trim().to_owned())
        });
        // What it says later is read on, or it would stand still once the pipe is full.
        thread::spawn(move || lines.for_each(drop));
        match url {
            Some(url) => Ok(Self { process, url }),
            None => Err(format!("the development host ended before it listened ({})", process.wait()?).into()),
        }
    }
}

impl Drop for DevelopmentHost {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell of a failure to end it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

//! What a tour says while it goes on, and what it leaves.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;

/// One step of the tour.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// What happened, as told on the terminal.
    pub name: String,
    /// Whether it went well.
    pub ok: bool,
    /// How long it took, in milliseconds.
    pub ms: u128,
}

/// What is written to `report.json`.
#[derive(Debug, Default, Serialize)]
struct Written {
    steps: Vec<Step>,
    share_to_notified_ms: Option<u128>,
}

/// The steps so far and the folder for the pictures.
#[derive(Debug)]
pub struct Report {
    written: Written,
    folder: PathBuf,
    expected: usize,
}

impl Report {
    /// A report of so many steps into an emptied folder.
    pub fn into(folder: &Path, expected: usize) -> io::Result<Self> {
        match std::fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => std::fs::create_dir_all(folder)?,
        }
        Ok(Self {
            written: Written::default(),
            folder: folder.to_owned(),
            expected,
        })
    }

    /// A file of this name beside the report.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Takes a step, and tells of it with a line of progress. A step that fails ends the tour.
    pub async fn step<T>(&mut self, name: &str, step: impl Future<Output = io::Result<T>>) -> io::Result<T> {
        let number = self.written.steps.len() + 1;
        let mut out = io::stderr().lock();
        write!(out, "[{number:>2}/{}] {name} … ", self.expected)?;
        out.flush()?;
        drop(out);
        let began = Instant::now();
        let done = step.await;
        let ms = began.elapsed().as_millis();
        let mut out = io::stderr().lock();
        match &done {
            Ok(_) => writeln!(out, "ok ({ms} ms)")?,
            Err(error) => writeln!(out, "failed: {error}")?,
        }
        self.written.steps.push(Step {
            name: name.to_owned(),
            ok: done.is_ok(),
            ms,
        });
        self.write()?;
        done
    }

    /// How long it took from sharing until the other was told.
    pub fn share_took(&mut self, ms: u128) -> io::Result<()> {
        self.written.share_to_notified_ms = Some(ms);
        self.write()
    }

    /// Written after each step, so that it is there also when the next one does not end.
    fn write(&self) -> io::Result<()> {
        let json = serde_json::to_string_pretty(&self.written)?;
        std::fs::write(self.file("report.json"), json + "\n")
    }
}

//! How soon after its start the icon is in the tray, and what Samovar takes when it is connected and idle without a
//! window: memory from `smaps_rollup`, wake-ups as its threads' voluntary context switches, processor time from `stat`.

use std::collections::HashMap;
use std::io;
use std::time::{Duration, Instant};

use samovar_tests::desktop::{App, Tray};
use samovar_tests::people::Team;
use serde_json::{Value, json};

use crate::figures::{median, rounded};

/// What comes after a start (the first sync, allocators that give back) is over by then.
const CALM: Duration = Duration::from_secs(10);
/// How long an idle Samovar is watched: longer than a heartbeat.
const WATCHED: Duration = Duration::from_secs(40);

pub(crate) async fn measure(starts: usize) -> io::Result<Value> {
    let Team { ana, ben, endpoint, .. } = Team::gather().await?;
    ben.app.quit().await?;
    ana.app.quit().await?;
    let computer = ana.computer;
    let (mut tray, mut pss, mut dirty, mut wakeups, mut processor) = (vec![], vec![], vec![], vec![], vec![]);
    for number in 0..starts {
        eprintln!("start {} of {starts}", number + 1);
        let began = Instant::now();
        let process = App::launch(&computer, &["--hidden"])?;
        Tray::on(&computer).await?;
        tray.push(began.elapsed().as_secs_f64() * 1000.0);
        tokio::time::sleep(CALM).await;
        let before = Activity::of(process.id())?;
        tokio::time::sleep(WATCHED).await;
        let after = Activity::of(process.id())?;
        let seconds = WATCHED.as_secs_f64();
        wakeups.push(after.wakeups_since(&before) as f64 / seconds);
        processor.push((after.ticks - before.ticks) as f64 / seconds);
        let rollup = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", process.id()))?;
        pss.push(megabytes(&rollup, "Pss:"));
        dirty.push(megabytes(&rollup, "Private_Dirty:"));
        process.end();
    }
    drop(endpoint);
    let figure = |values: &[f64]| rounded(median(values));
    Ok(json!({
        "starts": starts,
        "tray_ready_ms": figure(&tray),
        "idle": {
            "pss_mb": figure(&pss),
            "private_dirty_mb": figure(&dirty),
            "wakeups_per_s": (median(&wakeups) * 100.0).round() / 100.0,
            // A tick is a hundredth of a second, so ticks a second are percent of one core.
            "cpu_percent": (median(&processor) * 100.0).round() / 100.0,
        },
    }))
}

struct Activity {
    /// Of each thread, by its id.
    wakeups: HashMap<String, u64>,
    ticks: u64,
}

impl Activity {
    fn of(process: u32) -> io::Result<Self> {
        let mut wakeups = HashMap::new();
        for thread in std::fs::read_dir(format!("/proc/{process}/task"))? {
            let thread = thread?;
            // A thread may end between being listed and being read.
            let Ok(status) = std::fs::read_to_string(thread.path().join("status")) else {
                continue;
            };
            let switches = status
                .lines()
                .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
            let switches = switches.and_then(|switches| switches.trim().parse().ok());
            wakeups.insert(
                thread.file_name().to_string_lossy().into_owned(),
                switches.unwrap_or_default(),
            );
        }
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
        // The name, in parentheses, may hold spaces; user and system time are the 12th and 13th fields behind it.
        let fields = stat
            .rsplit_once(')')
            .map_or("", |(_, fields)| fields)
            .split_whitespace();
        let ticks = fields
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse::<u64>().ok())
            .sum();
        Ok(Self { wakeups, ticks })
    }

    /// How often its threads woke since then, new ones included. Threads of a pool that ended meanwhile are not counted.
    fn wakeups_since(&self, before: &Self) -> u64 {
        let since = |(thread, now): (&String, &u64)| now - before.wakeups.get(thread).unwrap_or(&0);
        self.wakeups.iter().map(since).sum()
    }
}

fn megabytes(rollup: &str, name: &str) -> f64 {
    let line = rollup.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1024.0
}

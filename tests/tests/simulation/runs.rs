//! Many runs. Each is a process of its own, whose chance a library stands in for.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use crate::story::play;

/// How many runs belong to every test.
const SEEDS: u64 = 200;
/// What tells a process which run it is.
const SEED: &str = "SAMOVAR_SIMULATED_SEED";

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// A library that stands between a process and chance.
fn shim(folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simulation/shim.c");
    let library = folder.join("shim.so");
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(source)
        .arg("-ldl")
        .status()
        .expect("a C compiler is there, since SQLite is built with one");
    assert!(compiled.success());
    library
}

/// The run of a seed as a process: whether all was well, and what it said.
fn run(seed: u64, shim: &Path, prints: bool) -> (bool, String) {
    let ran = Command::new(std::env::current_exe().unwrap())
        .args([
            "runs::one_run",
            "--exact",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env("LD_PRELOAD", shim)
        .env(SEED, seed.to_string())
        .env("SAMOVAR_SIMULATION_PRINTS", if prints { "1" } else { "0" })
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr)
    );
    (ran.status.success(), said)
}

/// The line in which a run says what it came to.
fn result(said: &str) -> &str {
    said.lines()
        .find(|line| line.starts_with("seed "))
        .unwrap_or("it said nothing")
}

/// What a process of [`run`] does.
#[test]
#[ignore = "it is started by the others"]
fn one_run() {
    let seed = number(SEED).expect("whoever starts this says which seed");
    let prints = number("SAMOVAR_SIMULATION_PRINTS") == Some(1);
    let outcome = play(seed, prints);
    println!("\nseed {seed}: {:016x}, {}", outcome.hash, outcome.figures);
    if let Some(wrong) = outcome.wrong {
        panic!("seed {seed}: {wrong}");
    }
}

/// All see the same, every confirmed write is there exactly once and is read back by who wrote it, seq never goes back
/// within an epoch, and nobody is sent what is hidden from them: whatever is lost, cut, doubled, ended or restored.
#[test]
fn whatever_happens_all_is_well_in_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let shim = shim(folder.path());
    if let Some(seed) = number("SAMOVAR_SIMULATION_SEED") {
        let (is_well, said) = run(seed, &shim, true);
        println!("{said}");
        assert!(is_well, "seed {seed}");
        return;
    }
    let count = number("SAMOVAR_SIMULATION_SEEDS").unwrap_or(SEEDS);
    let from = number("SAMOVAR_SIMULATION_FROM").unwrap_or(1);
    let (next, begun) = (AtomicU64::new(from), Instant::now());
    let at_once = std::thread::available_parallelism().map_or(1, usize::from);
    let failed: Vec<(u64, String)> = std::thread::scope(|scope| {
        let each = (0..at_once).map(|_| {
            scope.spawn(|| {
                let mut failed = Vec::new();
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= from + count {
                        return failed;
                    }
                    let (is_well, said) = run(seed, &shim, false);
                    if !is_well {
                        eprintln!("{said}");
                        failed.push((seed, said));
                    }
                }
            })
        });
        let each: Vec<_> = each.collect();
        each.into_iter().flat_map(|one| one.join().unwrap()).collect()
    });
    println!("{count} runs in {:.1} s", begun.elapsed().as_secs_f64());
    let seeds: Vec<u64> = failed.iter().map(|(seed, _)| *seed).collect();
    assert!(
        failed.is_empty(),
        "seeds {seeds:?} failed; look at one with: cargo xtask simulate --seed {}",
        seeds[0]
    );
}

/// What happens follows from the seed alone, down to every byte on the network.
#[test]
fn the_same_seed_is_the_same_run() {
    let folder = tempfile::tempdir().unwrap();
    let shim = shim(folder.path());
    let mut all = Vec::new();
    for seed in [3, 8, 20] {
        let (first, second) = (run(seed, &shim, false).1, run(seed, &shim, false).1);
        assert_eq!(result(&first), result(&second));
        all.push(result(&first)[..30].to_owned());
    }
    all.dedup();
    assert_eq!(all.len(), 3, "and another one with another: {all:?}");
}

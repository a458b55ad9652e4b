//! What lies in the fuzzer's corpus is looked at without the fuzzer: what it has found once is not found again.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a corpus that cannot be read tests nothing, and what fails is named"
)]

use std::env;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};

use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use samovar_fuzzing::{Check, Outcome, TARGETS};

/// The most bytes of one input: a corpus is read by people, too.
const INPUT_BYTES_MAX: u64 = 4096;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn inputs(target: &str) -> Vec<PathBuf> {
    let folder = root().join("fuzz/corpus").join(target);
    let entries = fs::read_dir(&folder).unwrap();
    let mut inputs: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    inputs.sort();
    inputs
}

/// Some inputs of each kind are taken and some are not, or a corpus would look at one half of the code only.
fn replay(target: &str, check: Check) {
    let mut outcomes = Vec::new();
    for input in inputs(target) {
        assert!(
            fs::metadata(&input).unwrap().len() <= INPUT_BYTES_MAX,
            "{}",
            input.display()
        );
        // Shown with a failure alone.
        println!("{}", input.display());
        outcomes.push(check(&fs::read(&input).unwrap()));
    }
    for outcome in [Outcome::Taken, Outcome::Refused] {
        assert!(outcomes.contains(&outcome), "no input of {target} is {outcome:?}");
    }
}

#[test]
fn cursors() {
    replay("cursors", samovar_fuzzing::cursors::check);
}

#[test]
fn events() {
    replay("events", samovar_fuzzing::events::check);
}

#[test]
fn invites() {
    replay("invites", samovar_fuzzing::invites::check);
}

#[test]
fn ops() {
    replay("ops", samovar_fuzzing::ops::check);
}

#[test]
fn pictures() {
    replay("pictures", samovar_fuzzing::pictures::check);
}

/// The inputs of the corpus, bent by chance from a seed: no fuzzer, which sees where an input leads, but here with any
/// compiler. `SAMOVAR_BENT` says how often each is bent, and `SAMOVAR_BENT_SEED` how.
#[test]
fn what_is_in_the_corpus_may_be_bent() {
    let asked = |name: &str| env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let (times, seed) = (
        asked("SAMOVAR_BENT").unwrap_or(8),
        asked("SAMOVAR_BENT_SEED").unwrap_or(1),
    );
    let failed: Vec<String> = TARGETS
        .into_iter()
        .filter_map(|(target, check)| {
            let corpus: Vec<Vec<u8>> = inputs(target).iter().map(|input| fs::read(input).unwrap()).collect();
            let mut chance = StdRng::seed_from_u64(seed);
            let all = corpus.iter().cycle().take(times as usize * corpus.len());
            let mut bent = all.map(|input| bend(input, &corpus, &mut chance));
            let failing = bent.find(|bent| panic::catch_unwind(|| check(bent)).is_err())?;
            Some(format!("{target} does not take \"{}\"", failing.escape_ascii()))
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Bends an input in one to four places.
fn bend(input: &[u8], corpus: &[Vec<u8>], chance: &mut StdRng) -> Vec<u8> {
    let mut bent = input.to_vec();
    for _ in 0..chance.random_range(1..=4) {
        let at = chance.random_range(0..=bent.len());
        let end = (at + chance.random_range(1..=16)).min(bent.len());
        match chance.random_range(0..6) {
            0 if at < end => bent[at] ^= 1 << chance.random_range(0..8),
            1 if at < end => bent[at] = chance.random(),
            2 => drop(bent.drain(at..end)),
            3 => bent.truncate(at.max(1)),
            4 => {
                let again = bent[at..end].repeat(chance.random_range(1..4));
                bent.splice(at..at, again);
            }
            _ => {
                let other = corpus.choose(chance).expect("a corpus is never empty");
                let from = chance.random_range(0..=other.len());
                let until = (from + chance.random_range(1..=32)).min(other.len());
                bent.splice(at..end, other[from..until].iter().copied());
            }
        }
    }
    bent
}

/// A target without a program is never fuzzed, and one without a corpus begins from nothing.
#[test]
fn each_target_has_its_program_and_its_corpus() {
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    let programs = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("path = \"fuzz_targets/")?.strip_suffix(".rs\""));
    let mut programs: Vec<&str> = programs.collect();
    programs.sort_unstable();
    let mut corpora: Vec<String> = fs::read_dir(root().join("fuzz/corpus"))
        .unwrap()
        .map(|folder| folder.unwrap().file_name().into_string().unwrap())
        .collect();
    corpora.sort_unstable();
    let targets = TARGETS.map(|(name, _)| name);
    assert_eq!(programs, targets);
    assert_eq!(corpora, targets);
    for target in targets {
        let program = fs::read_to_string(root().join(format!("fuzz/fuzz_targets/{target}.rs"))).unwrap();
        assert!(
            program.contains(&format!("samovar_fuzzing::{target}::check")),
            "{program}"
        );
    }
}

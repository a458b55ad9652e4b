//! Steps of a long command: each is named as it begins, and a table at the end says how all of them went.

use std::time::{Duration, Instant};

use crate::programs::Failure;

/// Steps that were taken, for the table at the end.
#[derive(Default)]
pub(crate) struct Steps {
    taken: Vec<(String, Duration, Option<String>)>,
}

impl Steps {
    /// Takes a step. One that fails is said, and the others are still taken.
    pub(crate) fn take<T>(&mut self, name: &str, step: impl FnOnce() -> Result<T, Failure>) -> Option<T> {
        println!("\n== {name}");
        let begun = Instant::now();
        let outcome = step();
        let failure = outcome.as_ref().err().map(ToString::to_string);
        if let Some(failure) = &failure {
            println!("!! {name}: {failure}");
        }
        self.taken.push((name.to_owned(), begun.elapsed(), failure));
        outcome.ok()
    }

    /// Prints the table; fails when a step did.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        println!();
        for (name, duration, failure) in &self.taken {
            let mark = if failure.is_some() { "failed" } else { "ok" };
            println!("{mark:>6}  {:>7.1} s  {name}", duration.as_secs_f64());
        }
        let failed = self.taken.iter().filter(|(_, _, failure)| failure.is_some()).count();
        println!("\n{} passed, {failed} failed", self.taken.len() - failed);
        if failed == 0 {
            Ok(())
        } else {
            Err("some steps failed; each says above what is wrong".into())
        }
    }
}

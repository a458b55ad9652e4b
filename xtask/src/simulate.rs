//! `cargo xtask simulate`: more runs of whole teams on a stage, or one of them step by step.

use crate::programs::{Failure, finish, program};

/// Plays so many runs from a seed on, or one and shows all of it.
pub(crate) fn run(seeds: u64, from: u64, seed: Option<u64>) -> Result<(), Failure> {
    let mut command = program("cargo");
    command.args(["test", "--workspace", "--test", "simulation", "--"]);
    command.args(["whatever_happens_all_is_well_in_the_end", "--nocapture"]);
    match seed {
        Some(seed) => command.env("SAMOVAR_SIMULATION_SEED", seed.to_string()),
        None => command
            .env("SAMOVAR_SIMULATION_SEEDS", seeds.to_string())
            .env("SAMOVAR_SIMULATION_FROM", from.to_string()),
    };
    finish(&mut command)
}

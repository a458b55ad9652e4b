//! `cargo xtask package`: the desktop as people install it. Beside the program a package brings manual pages and
//! completions, as the built program prints them; `src-tauri/package.conf.json` names where each goes.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::install::install;
use crate::needs::BUILD;
use crate::programs::{Failure, cargo, exit_code, program as program_at_root, root, status, target};
use crate::ui;

/// Where these are put, at the root of the repository; the same wherever things are built.
const FOLDER: &str = "target/package";

/// A shell, and what its completions for Samovar are called.
const COMPLETIONS: [(&str, &str); 3] = [("bash", "samovar.bash"), ("zsh", "_samovar"), ("fish", "samovar.fish")];

/// Packs what Tauri packs, of the versions that the desktop is built with.
const BUNDLER: &str = "@tauri-apps/cli@2.12.5";

/// Builds everything and packs it; `arguments` go to the bundler, such as `-b deb`.
pub(crate) fn run(arguments: &[String]) -> Result<u8, Failure> {
    install(&[BUILD])?;
    ui::build()?;
    cargo(&["build", "--release", "-p", "samovar", "--bin", "samovar"])?;
    let program = target().join(format!("release/samovar{}", std::env::consts::EXE_SUFFIX));
    write(&program, &root().join(FOLDER))?;
    let npx = if cfg!(windows) { "npx.cmd" } else { "npx" };
    let bundler = ["--yes", BUNDLER, "bundle", "--config", "src-tauri/package.conf.json"];
    let packed = status(program_at_root(npx).args(bundler).args(arguments))?;
    Ok(exit_code(packed))
}

fn write(program: &Path, folder: &Path) -> Result<(), Failure> {
    let man = folder.join("man");
    if man.exists() {
        // A command that is no more has no page.
        fs::remove_dir_all(&man)?;
    }
    let ended = status(Command::new(program).arg("man").arg("--out").arg(&man))?;
    if !ended.success() {
        return Err(format!("{} wrote no manual ({ended})", program.display()).into());
    }
    for (shell, name) in COMPLETIONS {
        let printed = Command::new(program).args(["completions", shell]).output()?;
        if !printed.status.success() {
            return Err(format!("{} printed no completions for {shell}", program.display()).into());
        }
        fs::write(folder.join(name), printed.stdout)?;
    }
    Ok(())
}

//! The UI: its packages, its checks, and the files that the desktop embeds.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::process::Command;

use crate::node;
use crate::programs::{Failure, memory, prepare, program, root};

/// `npm` in the UI's folder.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = program(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(arguments).current_dir(root().join("ui"));
    command
}

/// Installs the UI's packages, when they are not those of package-lock.json.
pub(crate) fn packages() -> Result<(), Failure> {
    node::check()?;
    let lock = fs::read(root().join("ui/package-lock.json"))
        .map_err(|error| format!("ui/package-lock.json cannot be read: {error}"))?;
    let stamp = memory()?.join("package-lock.json");
    if root().join("ui/node_modules").is_dir() && fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    prepare(&mut npm(&["ci", "--no-fund", "--no-audit"]))?;
    fs::write(&stamp, lock).map_err(|error| format!("{} cannot be written: {error}", stamp.display()).into())
}

/// Checks and builds what the desktop embeds. What is built from the same files already stays, so that the desktop is
/// not built anew for nothing.
pub(crate) fn build() -> Result<(), Failure> {
    packages()?;
    let fingerprint = fingerprint()?;
    let stamp = memory()?.join("ui-fingerprint");
    let is_built = fs::read_to_string(&stamp).is_ok_and(|built| built == fingerprint);
    if is_built && root().join("ui/dist/index.html").is_file() {
        eprintln!("the screens are built already");
        return Ok(());
    }
    prepare(&mut npm(&["run", "build"]))?;
    fs::write(&stamp, fingerprint).map_err(|error| format!("{} cannot be written: {error}", stamp.display()).into())
}

/// Changes with the text of any file that the screens are built from.
fn fingerprint() -> Result<String, Failure> {
    let mut hasher = DefaultHasher::new();
    for place in [
        "ui/src",
        "ui/public",
        "ui/tests",
        "ui/e2e",
        "ui/index.html",
        "ui/package.json",
        "ui/package-lock.json",
        "ui/playwright.config.ts",
        "ui/svelte.config.js",
        "ui/tsconfig.json",
        "ui/vite.config.ts",
        "crates/core/catalogue",
    ] {
        add(&root().join(place), &mut hasher).map_err(|error| format!("{place} cannot be read: {error}"))?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(place: &Path, hasher: &mut DefaultHasher) -> std::io::Result<()> {
    place.hash(hasher);
    if place.is_dir() {
        let mut inside = fs::read_dir(place)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<Vec<_>, _>>()?;
        inside.sort();
        inside.iter().try_for_each(|path| add(path, hasher))
    } else if place.is_file() {
        fs::read(place)?.hash(hasher);
        Ok(())
    } else {
        Ok(())
    }
}

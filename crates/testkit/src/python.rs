//! A Python with packages of its own, for tests that compare us with somebody else's program.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use samovar_domain::BlobHash;

/// The interpreter of a virtual environment that has these packages, given as pip writes them (`icalendar==7.3.0`). It
/// is made under `target/python` when it is not there yet; whoever else wants the same one waits until it is.
pub fn python(packages: &[&str]) -> PathBuf {
    environment(&packages.join("\n"), |pip| pip.args(packages))
}

/// The same with all packages of a requirements file, in which each has its hash.
pub fn python_of(requirements: &Path) -> PathBuf {
    let wanted = std::fs::read_to_string(requirements).expect("the requirements are there");
    environment(&wanted, |pip| pip.args(["--require-hashes", "-r"]).arg(requirements))
}

fn environment(wanted: &str, name_packages: impl FnOnce(&mut Command) -> &mut Command) -> PathBuf {
    let name = BlobHash::of(wanted.as_bytes()).to_string();
    let environments = target().join("python");
    std::fs::create_dir_all(&environments).expect("the target folder can be written");
    let folder = environments.join(&name[..16]);
    let lock = File::create(folder.with_extension("lock")).expect("the target folder can be written");
    lock.lock().expect("a file in the target folder can be locked");
    let is_made = folder.join("is-made");
    let python = folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    if !is_made.exists() {
        // What is there was left half made.
        let _ = std::fs::remove_dir_all(&folder);
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder));
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        run(name_packages(Command::new(&python).args(pip)));
        std::fs::write(is_made, wanted).expect("the target folder can be written");
    }
    python
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| {
        panic!("{command:?}: {error}; `cargo xtask test` installs what is needed");
    });
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
}

/// Where cargo builds.
fn target() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here.join("../../target"), PathBuf::from)
}

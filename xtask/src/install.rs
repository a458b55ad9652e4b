//! How what is missing gets onto a machine: by apt on Debian and Ubuntu; elsewhere the exact command is printed.

use crate::needs::Need;
use crate::programs::{Failure, find, output, prepare, program};

/// Installs what is missing of these.
pub(crate) fn install(groups: &[&[Need]]) -> Result<(), Failure> {
    if cfg!(not(target_os = "linux")) {
        return Ok(());
    }
    // Some signs are read with a tool that is itself a need (pkg-config, fc-list), so what it cannot see yet is taken as
    // missing; apt does nothing for a package that is there.
    let missing: Vec<&Need> = groups.iter().copied().flatten().filter(|need| !need.is_met()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if find("apt-get").is_some() {
        return by_apt(&missing.iter().map(|need| need.debian).collect::<Vec<_>>());
    }
    Err(advice(&missing).into())
}

fn by_apt(packages: &[&str]) -> Result<(), Failure> {
    eprintln!("installing {}", packages.join(" "));
    let is_root = output("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    let command = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if !is_root && find("sudo").is_none() {
        return Err(
            format!("these are missing, and there is no sudo. Ask somebody who is root to run: {command}").into(),
        );
    }
    apt(is_root, &["update"])?;
    apt(
        is_root,
        &[&["install", "-y", "--no-install-recommends"], packages].concat(),
    )
}

fn apt(is_root: bool, arguments: &[&str]) -> Result<(), Failure> {
    let prefix: &[&str] = if is_root { &["env"] } else { &["sudo", "env"] };
    let mut command = program(prefix[0]);
    command
        .args(&prefix[1..])
        .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"])
        .args(arguments);
    prepare(&mut command)
}

/// The exact command for a system that has no apt.
fn advice(missing: &[&Need]) -> String {
    let names = |of: fn(&Need) -> &'static str| missing.iter().map(|need| of(need)).collect::<Vec<_>>().join(" ");
    if find("dnf").is_some() {
        return format!(
            "some things are missing; run: sudo dnf install {}",
            names(|need| need.fedora)
        );
    }
    if find("pacman").is_some() {
        return format!(
            "some things are missing; run: sudo pacman -S --needed {}",
            names(|need| need.arch)
        );
    }
    format!(
        "some things are missing; install what your system calls these Debian packages: {}",
        names(|need| need.debian)
    )
}

//! `cargo xtask test`: everything that must hold.

use crate::development_host::DevelopmentHost;
use crate::install::install;
use crate::needs::{BROWSER, BUILD, CHROMIUM, DATABASE, DESKTOP, PYTHON};
use crate::programs::{Failure, cargo, find, finish};
use crate::steps::Steps;
use crate::{bindings, dependencies, ui};

/// Runs every check; `fast` leaves out the browser and the real desktop.
pub(crate) fn run(fast: bool) -> Result<(), Failure> {
    let mut steps = Steps::default();
    steps.take("what is missing", || {
        if fast {
            install(&[BUILD, PYTHON, DATABASE])
        } else {
            install(&[BUILD, DESKTOP, BROWSER, PYTHON, DATABASE])
        }
    });
    steps.take("format", || cargo(&["fmt", "--all", "--check"]));
    steps.take("dependencies: licences, bans and sources", dependencies::check);
    // The desktop holds the screens, and building it needs them.
    steps.take("screens: types and build", ui::build);
    steps.take("screens: unit tests", || finish(&mut ui::npm(&["test"])));
    steps.take("clippy", || {
        cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
        // A test that is only run by its name is not among all targets. Of the whole workspace, so that everything below it
        // is built with what it is built with anyway.
        cargo(&["clippy", "--workspace", "--test", "desktop", "--", "-D", "warnings"])
    });
    steps.take("generated files", bindings::check);
    steps.take("unit tests, property tests, conformance and stories", || {
        // Some stories start the endpoint's program. The others are wanted further below, built with the same.
        cargo(&["build", "--workspace", "--bins", "--examples"])?;
        // All of them, so that one run tells of all that fails.
        cargo(&["test", "--workspace", "--no-fail-fast"])
    });
    if !fast {
        steps.take("screens in a browser", in_a_browser);
        steps.take("the real desktop", on_a_real_desktop);
    }
    steps.finish()
}

/// The screens on the real core, in Chromium: one host has a lively team, the other one nobody yet.
fn in_a_browser() -> Result<(), Failure> {
    cargo(&["build", "--workspace", "--bins", "--examples"])?;
    let chromium = CHROMIUM
        .iter()
        .find_map(|name| find(name))
        .ok_or("there is no Chromium on this machine")?;
    let lively = DevelopmentHost::start(&[])?;
    let empty = DevelopmentHost::start(&["--empty"])?;
    finish(
        ui::npm(&["run", "e2e"])
            .env("SAMOVAR_HOST_URL", &lively.url)
            .env("SAMOVAR_EMPTY_HOST_URL", &empty.url)
            .env("SAMOVAR_CHROMIUM", chromium),
    )
}

/// The real desktop end to end: tray, notifications and windows, on a virtual display and a bus of its own.
fn on_a_real_desktop() -> Result<(), Failure> {
    cargo(&["build", "--workspace", "--bins", "--examples"])?;
    // One after the other: each of them is two computers already.
    cargo(&["test", "--workspace", "--test", "desktop", "--", "--test-threads=1"])
}

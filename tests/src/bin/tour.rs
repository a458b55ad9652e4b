//! The main job in front of nobody: two real desktops and one endpoint, driven through tray and windows as people would.
//! It tells each step on the terminal and leaves pictures and a report in `target/tour`.
#![expect(clippy::print_stderr, reason = "the tour is told to whoever started it")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use samovar_tests::report::Report;
use samovar_tests::story;

#[tokio::main]
async fn main() -> ExitCode {
    let folder = std::env::args_os().nth(1).map_or_else(usual_folder, PathBuf::from);
    let told = match Report::into(&folder, story::STEPS) {
        Ok(mut report) => story::tell(&mut report).await,
        Err(error) => Err(error),
    };
    match told {
        Ok(()) => {
            eprintln!("\nAll of it went well. The pictures are in {}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!(
                "\nThe tour ended early: {error}\nWhat there is until then is in {}",
                folder.display()
            );
            ExitCode::FAILURE
        }
    }
}

fn usual_folder() -> PathBuf {
    let programs = samovar_tests::process::programs_folder();
    programs
        .parent()
        .map_or_else(|| Path::new("target").to_owned(), Path::to_owned)
        .join("tour")
}

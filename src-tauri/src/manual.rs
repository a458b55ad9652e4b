//! The manual and the completions, made from the words of the command line.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::cli::Cli;

/// Completions for a shell.
pub(crate) fn completions(shell: Shell) -> Vec<u8> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "samovar", &mut bytes);
    bytes
}

/// All of it on one page: Samovar, then each command with its options.
pub(crate) fn page() -> Vec<u8> {
    let mut bytes = Vec::new();
    put_page(&mut bytes).expect("a vector takes all that is written to it");
    bytes
}

fn put_page(page: &mut Vec<u8>) -> io::Result<()> {
    let command = built();
    let samovar = Man::new(command.clone());
    samovar.render_title(page)?;
    samovar.render_name_section(page)?;
    samovar.render_synopsis_section(page)?;
    samovar.render_description_section(page)?;
    samovar.render_options_section(page)?;
    for command in commands(&command) {
        writeln!(
            page,
            ".SH \"{}\"",
            command.get_bin_name().unwrap_or_default().to_uppercase()
        )?;
        let mut part = Vec::new();
        let man = Man::new(command.clone());
        man.render_synopsis_section(&mut part)?;
        man.render_description_section(&mut part)?;
        man.render_options_section(&mut part)?;
        // A section of its own page is a part of this one.
        page.extend(String::from_utf8_lossy(&part).replace(".SH ", ".SS ").bytes());
    }
    samovar.render_extra_section(page)?;
    samovar.render_version_section(page)
}

/// Writes a page for Samovar and one for each command, for packages.
pub(crate) fn write(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(Cli::command(), folder)
}

fn built() -> Command {
    let mut command = Cli::command();
    command.build();
    command
}

fn commands(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|command| command.get_name() != "help")
}

/// Prints it. A reader that has seen enough and went away is no failure.
pub(crate) fn printed(bytes: &[u8]) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            crate::commands::fail(crate::commands::exit::FAILED, &error.to_string())
        }
        _ => ExitCode::SUCCESS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_every_option_of_every_command() {
        let page = String::from_utf8(page()).unwrap().replace("\\-", "-");
        for command in commands(&built()) {
            let name = command.get_bin_name().unwrap().to_uppercase();
            assert!(page.contains(&name), "{name}");
            for option in command.get_arguments().filter_map(|argument| argument.get_long()) {
                assert!(page.contains(&format!("--{option}")), "{name} --{option}");
            }
        }
        assert!(page.contains("another Samovar has this profile open"), "exit codes");
    }

    #[test]
    fn a_package_gets_a_page_for_each_command() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("man")).unwrap();
        for page in ["samovar.1", "samovar-share.1", "samovar-start-team.1"] {
            assert!(folder.path().join("man").join(page).is_file(), "{page}");
        }
    }
}

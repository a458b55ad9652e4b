//! Starting with the computer, as the settings say.

use std::io;
use std::path::Path;

use samovar_domain::Problem;

use crate::desktop_entry;

/// Makes the system do what the settings say. Touches nothing when it does already.
pub(crate) fn apply(is_wanted: bool, profile: &Path) -> Result<(), Problem> {
    let done = desktop_entry::program().and_then(|program| system::apply(is_wanted, &program, profile));
    done.map_err(|error| {
        Problem::new(
            "autostart_failed",
            format!("This computer did not let Samovar change what starts with it ({error})."),
        )
    })
}

/// A file that desktops read when a session begins. Each profile has its own.
#[cfg(target_os = "linux")]
mod system {
    use std::path::PathBuf;

    use super::{Path, io};
    use crate::desktop_entry::quoted;

    pub(super) fn apply(is_wanted: bool, program: &Path, profile: &Path) -> io::Result<()> {
        match directories::BaseDirs::new() {
            Some(dirs) => apply_in(&dirs.config_dir().join("autostart"), is_wanted, program, profile),
            None => Err(io::Error::new(io::ErrorKind::NotFound, "there is no home folder")),
        }
    }

    fn apply_in(folder: &Path, is_wanted: bool, program: &Path, profile: &Path) -> io::Result<()> {
        let file = file(folder, profile);
        let present = std::fs::read_to_string(&file).ok();
        if is_wanted {
            let entry = entry(program, profile);
            if present.as_deref() != Some(&entry) {
                std::fs::create_dir_all(folder)?;
                std::fs::write(file, entry)?;
            }
        } else if present.is_some() {
            std::fs::remove_file(file)?;
        }
        Ok(())
    }

    fn file(folder: &Path, profile: &Path) -> PathBuf {
        let name = crate::profile::socket_name(profile);
        folder.join(format!("{}.desktop", name.trim_end_matches(".sock")))
    }

    fn entry(program: &Path, profile: &Path) -> String {
        format!(
            "[Desktop Entry]\nType=Application\nName=Samovar\nExec={} --hidden --profile {}\nTerminal=false\n",
            quoted(program),
            quoted(profile)
        )
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn it_is_written_once_and_taken_away_again() {
            let folder = tempfile::tempdir().unwrap();
            let profile = Path::new("/home/ana/my profile");
            let apply = |is_wanted| apply_in(folder.path(), is_wanted, Path::new("/opt/tea $ room/samovar"), profile);
            apply(true).unwrap();
            let written = std::fs::read_to_string(file(folder.path(), profile)).unwrap();
            let exec = r#"Exec="/opt/tea \\$ room/samovar" --hidden --profile "/home/ana/my profile""#;
            assert!(written.lines().any(|line| line == exec), "{written}");
            apply(false).unwrap();
            apply(false).unwrap();
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }

        #[test]
        fn a_program_that_was_moved_is_started_from_its_new_place() {
            let folder = tempfile::tempdir().unwrap();
            let profile = Path::new("/p");
            apply_in(folder.path(), true, Path::new("/old/samovar"), profile).unwrap();
            apply_in(folder.path(), true, Path::new("/new/samovar"), profile).unwrap();
            let written = std::fs::read_to_string(file(folder.path(), profile)).unwrap();
            assert!(
                written.contains("/new/samovar") && !written.contains("/old/samovar"),
                "{written}"
            );
        }

        #[test]
        fn what_cannot_be_written_is_an_error() {
            let folder = tempfile::tempdir().unwrap();
            let taken = folder.path().join("autostart");
            std::fs::write(&taken, "a file where the folder is to be").unwrap();
            assert!(apply_in(&taken, true, Path::new("/samovar"), Path::new("/p")).is_err());
        }
    }
}

/// A login item on macOS, a value in the registry of the person on Windows.
#[cfg(any(target_os = "macos", windows))]
mod system {
    use auto_launch::{AutoLaunchBuilder, MacOSLaunchMode, WindowsEnableMode};

    use super::{Path, io};

    pub(super) fn apply(is_wanted: bool, program: &Path, profile: &Path) -> io::Result<()> {
        // On Windows both become one line of words.
        let word = |path: &Path| {
            if cfg!(windows) {
                format!("\"{}\"", path.display())
            } else {
                path.display().to_string()
            }
        };
        let name = crate::profile::socket_name(profile);
        let item = AutoLaunchBuilder::new()
            .set_app_name(name.trim_end_matches(".sock"))
            .set_app_path(&word(program))
            .set_args(&["--hidden", "--profile", &word(profile)])
            .set_macos_launch_mode(MacOSLaunchMode::LaunchAgent)
            .set_windows_enable_mode(WindowsEnableMode::CurrentUser)
            .build()
            .map_err(io::Error::other)?;
        let done = if is_wanted {
            item.enable()
        } else if item.is_enabled().map_err(io::Error::other)? {
            item.disable()
        } else {
            Ok(())
        };
        done.map_err(io::Error::other)
    }
}

/// Nobody knows how here.
#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
mod system {
    use super::{Path, io};

    pub(super) fn apply(is_wanted: bool, _: &Path, _: &Path) -> io::Result<()> {
        if is_wanted {
            Err(io::ErrorKind::Unsupported.into())
        } else {
            Ok(())
        }
    }
}

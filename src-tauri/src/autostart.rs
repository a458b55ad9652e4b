//! Starting with the computer, as the settings say. On Linux a file that desktops read; elsewhere nothing yet.

use std::io;
use std::path::{Path, PathBuf};

/// Makes the system do what the settings say. Touches nothing when it does already.
pub(crate) fn apply(is_wanted: bool, profile: &Path) -> io::Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let Some(folder) = directories::BaseDirs::new().map(|dirs| dirs.config_dir().join("autostart")) else {
        return Ok(());
    };
    apply_in(&folder, is_wanted, &std::env::current_exe()?, profile)
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

/// Each profile has its own.
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

/// As the desktop entry specification quotes an argument, inside a value where a backslash is itself escaped.
fn quoted(path: &Path) -> String {
    let mut quoted = String::from("\"");
    for char in path.to_string_lossy().chars() {
        match char {
            '"' | '`' | '$' => quoted.push_str("\\\\"),
            '\\' => quoted.push_str("\\\\\\"),
            '%' => quoted.push('%'),
            _ => {}
        }
        quoted.push(char);
    }
    quoted.push('"');
    quoted
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
}

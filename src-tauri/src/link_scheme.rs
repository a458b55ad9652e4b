//! `samovar://` links on Linux. A package tells desktops who opens them; for a Samovar that no package installed (an
//! `AppImage`, a build of one's own) it does so itself, unless somebody does already.

use std::io;
use std::path::Path;

use crate::desktop_entry::{program, quoted};
use crate::profile;

const SCHEME: &str = "x-scheme-handler/samovar";

/// Named as no package names its own.
const FILE: &str = "samovar-links.desktop";

/// Sees to it that links come to Samovar. Only for the usual profile: a second Samovar is not whom a link means. Blocks.
pub(crate) fn register(profile: &Path) -> io::Result<()> {
    let is_usual = profile::folder(None).is_ok_and(|usual| usual == profile);
    let dirs = directories::BaseDirs::new().filter(|_| is_usual);
    let Some(dirs) = dirs else { return Ok(()) };
    let folder = dirs.data_dir().join("applications");
    register_in(&folder, &program()?, &ByXdg)
}

/// What a desktop opens links with.
trait Handlers {
    /// Whether something opens these links.
    fn is_there(&self) -> bool;
    /// This entry opens them from now on.
    fn set(&self, file: &str) -> io::Result<()>;
}

struct ByXdg;

impl Handlers for ByXdg {
    fn is_there(&self) -> bool {
        let asked = std::process::Command::new("xdg-mime")
            .args(["query", "default", SCHEME])
            .output();
        // Where nobody can be asked, nobody could be told either.
        asked.is_ok_and(|answer| !answer.stdout.trim_ascii().is_empty())
    }

    fn set(&self, file: &str) -> io::Result<()> {
        let told = std::process::Command::new("xdg-mime")
            .args(["default", file, SCHEME])
            .output()?;
        if told.status.success() {
            Ok(())
        } else {
            Err(io::Error::other(
                String::from_utf8_lossy(&told.stderr).trim().to_owned(),
            ))
        }
    }
}

fn register_in(folder: &Path, program: &Path, handlers: &impl Handlers) -> io::Result<()> {
    let file = folder.join(FILE);
    let entry = entry(program);
    match std::fs::read_to_string(&file) {
        Ok(present) if present == entry => return Ok(()),
        // It was this one before, which has moved.
        Ok(_) => return write(&file, &entry),
        Err(_) if handlers.is_there() => return Ok(()),
        Err(_) => {}
    }
    std::fs::create_dir_all(folder)?;
    write(&file, &entry)?;
    handlers.set(FILE).inspect_err(|_| {
        // The next start tries again.
        let _ = std::fs::remove_file(&file);
    })
}

fn write(file: &Path, entry: &str) -> io::Result<()> {
    std::fs::write(file, entry)
}

/// The link is the only argument: a page must not be able to add others.
fn entry(program: &Path) -> String {
    format!(
        "[Desktop Entry]\nType=Application\nName=Samovar\nExec={} %u\nTerminal=false\nNoDisplay=true\nMimeType={SCHEME};\n",
        quoted(program)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[derive(Default)]
    struct Desktop {
        is_there: bool,
        set: RefCell<Vec<String>>,
    }

    impl Handlers for Desktop {
        fn is_there(&self) -> bool {
            self.is_there
        }

        fn set(&self, file: &str) -> io::Result<()> {
            self.set.borrow_mut().push(file.to_owned());
            Ok(())
        }
    }

    #[test]
    fn links_come_to_a_samovar_that_no_package_installed_and_follow_it() {
        let folder = tempfile::tempdir().unwrap();
        let desktop = Desktop::default();
        let exec = |program: &str| {
            register_in(&folder.path().join("applications"), Path::new(program), &desktop).unwrap();
            std::fs::read_to_string(folder.path().join("applications").join(FILE)).unwrap()
        };
        assert!(exec("/opt/tea room/samovar").contains("Exec=\"/opt/tea room/samovar\" %u\n"));
        assert!(
            exec("/new/samovar").contains("Exec=\"/new/samovar\" %u\n"),
            "it has moved"
        );
        exec("/new/samovar");
        assert_eq!(*desktop.set.borrow(), [FILE], "the desktop is told once");
    }

    #[test]
    fn who_opens_links_already_goes_on_doing_so() {
        let folder = tempfile::tempdir().unwrap();
        let desktop = Desktop {
            is_there: true,
            ..Desktop::default()
        };
        register_in(folder.path(), Path::new("/opt/samovar"), &desktop).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

//! A person's hands: mouse, keyboard and clipboard.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::Stdio;

use super::Computer;

/// The hands at one computer.
#[derive(Debug)]
pub struct Hands<'computer> {
    computer: &'computer Computer,
}

impl<'computer> Hands<'computer> {
    pub(super) fn on(computer: &'computer Computer) -> Self {
        Self { computer }
    }

    /// Presses keys together, such as `ctrl+Return`.
    pub fn press(&self, keys: &str) -> io::Result<()> {
        self.xdotool(&["key", keys])
    }

    /// Types words.
    pub fn type_words(&self, words: &str) -> io::Result<()> {
        self.xdotool(&["type", "--delay", "4", words])
    }

    /// Clicks somewhere on the screen: 1 is left, 3 is right.
    pub fn click(&self, x: i32, y: i32, button: u8) -> io::Result<()> {
        let (x, y, button) = (x.to_string(), y.to_string(), button.to_string());
        self.xdotool(&["mousemove", &x, &y, "click", &button])
    }

    /// Moves the pointer out of the way.
    pub fn rest(&self) -> io::Result<()> {
        self.xdotool(&["mousemove", "640", "790"])
    }

    /// Copies a picture, as a screenshot program or a browser does. The clipboard keeps it until something else is
    /// copied.
    pub fn copy_picture(&self, png: &Path) -> io::Result<()> {
        self.run(self.computer.command("xclip").args(["-selection", "clipboard", "-t", "image/png", "-i"]).arg(png))
    }

    /// The ids of the windows that are on the screen and bear this name.
    pub fn windows(&self, name: &str) -> Vec<String> {
        let found = self
            .computer
            .command("xdotool")
            .args(["search", "--onlyvisible", "--name", name])
            .stderr(Stdio::null())
            .output();
        found.map_or_else(
            |_| Vec::new(),
            |found| String::from_utf8_lossy(&found.stdout).lines().map(str::to_owned).collect(),
        )
    }

    /// Presses one of the buttons of the notifications that are shown, by its label.
    pub fn press_button(&self, label: &str) -> io::Result<()> {
        let chosen = self.computer.home().join(super::computer::CHOSEN);
        std::fs::File::create(chosen)?.write_all(label.as_bytes())?;
        self.run(self.computer.command("dunstctl").arg("context"))
    }

    fn xdotool(&self, arguments: &[&str]) -> io::Result<()> {
        self.run(self.computer.command("xdotool").args(arguments))
    }

    fn run(&self, command: &mut std::process::Command) -> io::Result<()> {
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        if status.success() {
            Ok(())
        } else {
            Err(io::Error::other(format!("{command:?} failed ({status})")))
        }
    }
}

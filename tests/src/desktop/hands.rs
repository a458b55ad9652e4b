//! A person's hands: mouse, keyboard and clipboard.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Computer, Shown};

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

    /// Clicks Samovar's icon in the tray: 1 is left, 3 is right.
    pub fn click_icon(&self, button: u8) -> io::Result<()> {
        self.click(ICON.0, ICON.1, button)
    }

    /// Drags what is at one place to another, as slowly as a hand, without letting it go.
    pub fn drag(&self, from: (i32, i32), to: (i32, i32)) -> io::Result<()> {
        let place = |part: i32| {
            let at = |from: i32, to: i32| (from + (to - from) * part / DRAG_PARTS).to_string();
            [at(from.0, to.0), at(from.1, to.1)]
        };
        for part in 0..=DRAG_PARTS {
            let [x, y] = place(part);
            self.xdotool(&["mousemove", "--sync", &x, &y])?;
            if part == 0 {
                self.xdotool(&["mousedown", "1"])?;
            }
            std::thread::sleep(DRAG_PART);
        }
        Ok(())
    }

    /// Lets it go.
    pub fn let_go(&self) -> io::Result<()> {
        self.xdotool(&["mouseup", "1"])
    }

    /// Moves the pointer out of the way.
    pub fn rest(&self) -> io::Result<()> {
        self.xdotool(&["mousemove", "640", "790"])
    }

    /// Copies a picture, as a screenshot program or a browser does. The clipboard keeps it until something else is
    /// copied.
    pub fn copy_picture(&self, png: &Path) -> io::Result<()> {
        run(self
            .computer
            .command("xclip")
            .args(["-selection", "clipboard", "-t", "image/png", "-i"])
            .arg(png))
    }

    /// Where the windows of this name are on the screen: left, top, width and height of each.
    pub fn windows(&self, name: &str) -> Vec<[u32; 4]> {
        self.geometry(&["search", "--onlyvisible", "--name", name])
    }

    /// Where the popover is, when it is on the screen. Its window bears the same name as the main one, and is told by its
    /// size.
    pub fn popover(&self) -> Option<[u32; 4]> {
        self.windows(SAMOVAR).into_iter().find(is_popover)
    }

    /// Where the main window is, when it is on the screen.
    pub fn main_window(&self) -> Option<[u32; 4]> {
        self.windows(SAMOVAR).into_iter().find(|window| !is_popover(window))
    }

    /// Whether what is typed goes to the main window.
    pub fn has_main_window_in_hand(&self) -> bool {
        let active = self.geometry(&["getactivewindow"]);
        self.main_window().is_some_and(|window| active == [window])
    }

    /// Takes the main window in hand, as one does in the list of windows.
    pub fn take_main_window(&self) -> io::Result<()> {
        self.xdotool(&["search", "--onlyvisible", "--name", SAMOVAR, "windowactivate"])
    }

    /// How many windows of Samovar are minimised: out of the way, and still to be found among the windows.
    pub fn minimised_windows(&self) -> usize {
        let numbers = self.said("xdotool", &["search", "--name", SAMOVAR]);
        let is_minimised = |number: &&str| self.said("xprop", &["-id", number, "WM_STATE"]).contains("Iconic");
        numbers.lines().filter(is_minimised).count()
    }

    fn geometry(&self, search: &[&str]) -> Vec<[u32; 4]> {
        let said = self.said("xdotool", &[search, &["getwindowgeometry", "--shell", "%@"]].concat());
        // X, Y, WIDTH and HEIGHT of each, a line each.
        let numbers = said
            .lines()
            .filter(|line| !line.starts_with("WINDOW") && !line.starts_with("SCREEN"));
        let numbers: Vec<i64> = numbers
            .filter_map(|line| line.split_once('=')?.1.parse().ok())
            .collect();
        numbers
            .chunks_exact(4)
            // What toolkits keep for themselves lies outside of the screen.
            .filter_map(|window| {
                let window: Vec<u32> = window.iter().filter_map(|number| u32::try_from(*number).ok()).collect();
                window.try_into().ok()
            })
            .collect()
    }

    /// What a program prints; nothing when it could not be started.
    fn said(&self, program: &str, arguments: &[&str]) -> String {
        let output = self
            .computer
            .command(program)
            .args(arguments)
            .stderr(Stdio::null())
            .output();
        output.map_or_else(
            |_| String::new(),
            |output| String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    }

    /// Presses a button of the newest notification on the screen, by its label.
    pub fn press_button(&self, notification: &Shown, label: &str) -> io::Result<()> {
        let labels = notification.labels();
        let at = labels.iter().position(|known| *known == label);
        let at = at.ok_or_else(|| io::Error::other(format!("there is no button {label} among {labels:?}")))?;
        // Newer windows have higher numbers, and are found later.
        let windows = self.geometry(&["search", "--onlyvisible", "--class", "xfce4-notifyd"]);
        let [left, top, width, height] = *windows
            .last()
            .ok_or_else(|| io::Error::other("no notification is on the screen"))?;
        // Its buttons share its lowest line, to the right.
        let y = top + height - BELOW_LABELS;
        let buttons = self.computer.screen.stretches(left, y, width, BUTTON_LEAST)?;
        if buttons.len() != labels.len() {
            return Err(io::Error::other(format!(
                "{labels:?} are to be at {buttons:?} in {left}+{width}, {y}"
            )));
        }
        let (from, to) = buttons[at];
        self.click(
            u32::midpoint(from, to).cast_signed(),
            (y - LABEL_HEIGHT).cast_signed(),
            1,
        )
    }

    fn xdotool(&self, arguments: &[&str]) -> io::Result<()> {
        run(self.computer.command("xdotool").args(arguments))
    }
}

/// Where the tray's icon is: at the right end of the panel.
const ICON: (i32, i32) = (1265, 15);

/// What both windows are called.
const SAMOVAR: &str = "^Samovar$";

/// The popover's width and height; the main window is never that small.
const POPOVER: [u32; 2] = [380, 560];

fn is_popover(window: &[u32; 4]) -> bool {
    window[2..] == POPOVER
}

/// A drag is a way, not a leap.
const DRAG_PARTS: i32 = 20;
const DRAG_PART: std::time::Duration = std::time::Duration::from_millis(40);

/// How far above a notification's lower edge its buttons are, below what is written on them.
const BELOW_LABELS: u32 = 20;
/// And how far below the middle of their labels that is.
const LABEL_HEIGHT: u32 = 10;
/// How wide a button is at least.
const BUTTON_LEAST: u32 = 30;

fn run(command: &mut Command) -> io::Result<()> {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(format!("{command:?} failed ({status})")))
    }
}

//! A screen that nobody sees, and pictures of it.

use std::io::{self, BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::process::Running;
use crate::wait::eventually;

/// A virtual display.
#[derive(Debug)]
pub struct Screen {
    _server: Running,
    /// What `DISPLAY` is to be.
    pub display: String,
}

/// The width and height of the screen, in pixels.
const SIZE: (i32, i32) = (1280, 800);

impl Screen {
    /// Switches it on; it chooses a number that is free.
    pub fn on() -> io::Result<Self> {
        let mut server = Running::start(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"])
                .arg(format!("{}x{}x24", SIZE.0, SIZE.1))
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let output = server.child().stdout.take().expect("stdout was asked for");
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number)?;
        if number.trim().is_empty() {
            server.check()?;
            return Err(io::Error::other("the virtual display did not say its number"));
        }
        Ok(Self {
            _server: server,
            display: format!(":{}", number.trim()),
        })
    }

    /// Takes a picture of all that is on it.
    pub fn photograph(&self, file: &Path) -> io::Result<()> {
        let status = Command::new("import")
            .args(["-silent", "-window", "root", "-display", &self.display])
            .arg(file)
            .stdin(Stdio::null())
            .status()?;
        if status.success() {
            Ok(())
        } else {
            Err(io::Error::other(format!(
                "the screen could not be photographed ({status})"
            )))
        }
    }

    /// Waits until nothing moves on it: what was opened is drawn, and what faded in is there.
    pub async fn settle(&self) -> io::Result<()> {
        let mut before = None;
        eventually("the screen to come to rest", async || {
            tokio::time::sleep(LOOK_EVERY).await;
            let now = self.look().ok()?;
            let rests = before.as_ref().is_some_and(|before| differ_little(before, &now));
            before = Some(now);
            rests.then_some(())
        })
        .await
    }

    /// Whether there is more than one plain colour within these bounds: left, top, width and height.
    pub fn is_drawn(&self, [left, top, width, height]: [u32; 4]) -> bool {
        let Ok(look) = self.look() else { return false };
        let (width, height) = (
            width.min(look.width().saturating_sub(left)),
            height.min(look.height().saturating_sub(top)),
        );
        let window = image::imageops::crop_imm(&look, left, top, width, height).to_image();
        let colours: std::collections::HashSet<_> = window.pixels().collect();
        colours.len() > PLAIN
    }

    /// The stretches of a line that have another colour than its beginning, from and to, when they are so long.
    pub fn stretches(&self, left: u32, y: u32, width: u32, least: u32) -> io::Result<Vec<(u32, u32)>> {
        let look = self.look()?;
        let ground = *look.get_pixel(left + 4, y);
        let right = (left + width).min(look.width());
        let (mut found, mut from) = (Vec::new(), None);
        for x in left + 4..right {
            if *look.get_pixel(x, y) == ground {
                found.extend(from.take().map(|from| (from, x)));
            } else {
                from = from.or(Some(x));
            }
        }
        found.retain(|(from, to)| to - from >= least);
        Ok(found)
    }

    fn look(&self) -> io::Result<image::RgbImage> {
        let file = tempfile::Builder::new().suffix(".png").tempfile()?;
        self.photograph(file.path())?;
        Ok(image::open(file.path()).map_err(io::Error::other)?.into_rgb8())
    }
}

/// How far apart two looks are that are to show the same.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// A window that is not drawn yet has a colour or two.
const PLAIN: usize = 16;

/// A blinking cursor or a clock's digits may move; more may not.
fn differ_little(one: &image::RgbImage, other: &image::RgbImage) -> bool {
    let changed = one
        .pixels()
        .zip(other.pixels())
        .filter(|(one, other)| one != other)
        .count();
    changed < 1500
}

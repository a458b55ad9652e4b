//! Samovar's windows as they are on the screen.

use std::io;

use super::Computer;
use crate::wait::eventually;

impl Computer {
    /// Waits until the main window is on the screen and drawn.
    pub async fn has_window(&self) -> io::Result<()> {
        eventually("the main window", async || {
            let window = self.hands().main_window()?;
            self.screen.is_drawn(window).then_some(())
        })
        .await?;
        self.screen.settle().await
    }

    /// Closes the main window with the keyboard, once it is there. One that opens by itself may not have it yet: it is
    /// taken in hand first, so that the keys go to nobody else.
    pub async fn closes_window(&self) -> io::Result<()> {
        self.has_window().await?;
        self.hands().take_main_window()?;
        eventually("the main window in hand", async || {
            self.hands().has_main_window_in_hand().then_some(())
        })
        .await?;
        self.hands().press("alt+F4")
    }

    /// Waits until the popover is on the screen and drawn.
    pub async fn has_popover(&self) -> io::Result<()> {
        eventually("the popover", async || {
            let popover = self.hands().popover()?;
            self.screen.is_drawn(popover).then_some(())
        })
        .await?;
        self.screen.settle().await
    }

    /// Waits until the popover is away.
    pub async fn has_no_popover(&self) -> io::Result<()> {
        eventually("the popover to go", async || {
            self.hands().popover().is_none().then_some(())
        })
        .await
    }

    /// The links that programs opened in the browser.
    pub fn opened_links(&self) -> Vec<String> {
        let links = std::fs::read_to_string(self.home().join("opened-links")).unwrap_or_default();
        links.lines().map(str::to_owned).collect()
    }
}

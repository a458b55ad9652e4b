//! Somebody is thanked.

use std::io;

use super::{THANKS, expect};
use crate::people::Team;
use crate::report::Report;

pub(super) async fn kudos(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let (writing, arrived) = (report.file("kudos.png"), report.file("kudos-notification.png"));
    report
        .step("Ben thanks Ana from his popover", async {
            ben.app.tray.choose(&["Give kudos"]).await?;
            ben.has_popover().await?;
            let hands = ben.computer.hands();
            hands.type_words(THANKS)?;
            hands.press("Tab")?;
            hands.type_words("Ana")?;
            hands.press("Return")?;
            ben.computer.screen.settle().await?;
            ben.computer.screen.photograph(&writing)?;
            hands.press("ctrl+Return")?;
            hands.press("Escape")?;
            let told = ana.computer.notifications.saying(THANKS).await?;
            expect(told.title.contains("Ben"), "the notification says who thanks", &told)
        })
        .await?;
    report
        .step("Ana sees it at once", async {
            ana.computer.screen.settle().await?;
            ana.computer.screen.photograph(&arrived)
        })
        .await
}

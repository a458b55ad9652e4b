//! A snapshot is shared, and the other one is told.

use std::io;
use std::time::Instant;

use samovar_testkit::photos;

use super::{BREAD, expect};
use crate::people::{Team, as_png};
use crate::report::Report;

pub(super) async fn share(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let hands = ana.computer.hands();
    let picture = report.file("popover.png");
    report
        .step("Ana clicks the icon, writes a few words and pastes a photo", async {
            let bread = ana.computer.home().join("bread.png");
            as_png(photos::KITCHEN, &bread)?;
            hands.copy_picture(&bread)?;
            ana.open_popover().await?;
            hands.type_words(BREAD)?;
            hands.press("ctrl+v")?;
            ana.has_prepared(1).await?;
            ana.computer.screen.settle().await?;
            ana.computer.screen.photograph(&picture)
        })
        .await?;
    let mut ms = 0;
    report
        .step("She shares it; Ben's desktop tells him", async {
            let shared = Instant::now();
            hands.press("ctrl+Return")?;
            let told = ben.computer.notifications.saying(BREAD).await?;
            ms = told.at.duration_since(shared).as_millis();
            expect(told.title.contains("Ana"), "the notification says who shared", &told)?;
            expect(told.has_picture, "the notification shows the photo", &told)
        })
        .await?;
    report.share_took(ms)?;
    hands.press("Escape")?;
    let (notification, menu) = (report.file("notification.png"), report.file("tray-menu.png"));
    report
        .step("It is on his screen; so is the tray's menu", async {
            ben.computer.screen.settle().await?;
            ben.computer.screen.photograph(&notification)?;
            let hands = ben.computer.hands();
            hands.click_icon(3)?;
            ben.computer.screen.settle().await?;
            ben.computer.screen.photograph(&menu)?;
            hands.press("Escape")
        })
        .await?;
    let (today_of_ben, today_of_ana) = (report.file("today-ben.png"), report.file("today-ana.png"));
    report
        .step("The photo is on both Today pages", async {
            for (person, picture) in [(ben, &today_of_ben), (ana, &today_of_ana)] {
                person.app.tray.choose(&["Open Samovar"]).await?;
                person.has_window().await?;
                person.computer.hands().rest()?;
                person.computer.screen.settle().await?;
                person.computer.screen.photograph(picture)?;
                let today = person.today().await?;
                if !format!("{:?}", today.days).contains(BREAD) {
                    return Err(io::Error::other(format!(
                        "{} does not see it: {:?}",
                        person.name, today.days
                    )));
                }
            }
            Ok(())
        })
        .await
}

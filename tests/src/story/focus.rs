//! A focus by hand holds what comes, and ends with one digest.

use std::io;

use samovar_core::api::PersonState;

use super::expect;
use crate::people::Team;
use crate::report::Report;
use crate::wait::eventually;

pub(super) async fn focus(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let (heads_down, popover) = (report.file("focus.png"), report.file("focus-popover.png"));
    let before = ana.app.tray.icon().await?;
    report
        .step(
            "Ana turns on focus for 25 minutes in the tray; the icon shows it",
            async {
                ana.app.tray.choose(&["Focus", "25"]).await?;
                let changed = async || (ana.app.tray.icon().await.ok()? != before).then_some(());
                eventually("another icon", changed).await?;
                ana.app.tray.line(&["Focus", "End"]).await?;
                ana.app.tray.choose(&["Focus", "Until"]).await?;
                ana.has_popover().await?;
                ana.computer.screen.settle().await?;
                ana.computer.screen.photograph(&popover)?;
                ana.computer.hands().press("Escape")
            },
        )
        .await?;
    report
        .step("Ben sees until when she is heads-down", async {
            eventually("Ana to be in focus for Ben", async || {
                let today = ben.today().await.ok()?;
                let ana = today.people.iter().find(|now| now.person.name == "Ana")?;
                matches!(ana.state, PersonState::Focusing { .. }).then_some(())
            })
            .await?;
            ben.computer.screen.settle().await?;
            ben.computer.screen.photograph(&heads_down)
        })
        .await?;
    let told_before = ana.computer.notifications.all().len();
    report
        .step("Ben shares twice meanwhile; her notifications wait", async {
            ben.computer
                .done(&["share", "The llama is back at the bus stop"])
                .await?;
            ben.computer.done(&["share", "Rain at last, the garden cheers"]).await?;
            eventually("two to wait for Ana", async || {
                (ana.status().await.ok()?.held == 2).then_some(())
            })
            .await?;
            match &ana.computer.notifications.all()[told_before..] {
                [] => Ok(()),
                told => Err(io::Error::other(format!("she was disturbed: {told:?}"))),
            }
        })
        .await?;
    let digest = report.file("digest.png");
    report
        .step("The focus ends, and all that waited comes as one digest", async {
            ana.app.tray.choose(&["Focus", "End"]).await?;
            let told = eventually("the digest", async || {
                ana.computer.notifications.all().get(told_before).cloned()
            })
            .await?;
            expect(
                told.title.contains('2') || told.body.contains('2'),
                "the digest counts two",
                &told,
            )?;
            ana.computer.screen.settle().await?;
            ana.computer.screen.photograph(&digest)
        })
        .await
}

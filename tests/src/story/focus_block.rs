//! A recurring block of focus begins and ends by itself; what came meanwhile comes as one digest.

use std::io;

use chrono_tz::Tz;
use samovar_core::api::{FocusSettings, Request, SettingsChange};
use samovar_domain::Timestamp;

use super::expect;
use crate::people::{Person, Team};
use crate::plans::block_that_ends_soon;
use crate::report::Report;
use crate::wait::eventually;

/// What begins; tells when it ends, and how many notifications there were before.
pub(super) async fn begins(report: &mut Report, team: &Team) -> io::Result<(Timestamp, usize)> {
    let Team { ana, ben, .. } = team;
    let picture = report.file("focus-block.png");
    report
        .step(
            "A focus block of Ana's week begins by itself; card and tray say until when, and Ben's news waits",
            async {
                ana.computer.notifications.sweep().await?;
                let before = ana.computer.notifications.all().len();
                let end = ana.has_block_now().await?;
                ana.app.tray.line(&["Focus", "End"]).await?;
                for words in ["The soup is on the stove", "Who has seen the ladle?"] {
                    ben.computer.done(&["share", words]).await?;
                }
                eventually("two to wait for Ana", async || {
                    (ana.status().await.ok()?.held == 2).then_some(())
                })
                .await?;
                ana.shows("today").await?;
                ana.computer.screen.photograph(&picture)?;
                Ok((end, before))
            },
        )
        .await
}

/// What ends by itself.
pub(super) async fn ends(report: &mut Report, team: &Team, (end, before): (Timestamp, usize)) -> io::Result<()> {
    let ana = &team.ana;
    let picture = report.file("focus-block-digest.png");
    report
        .step(
            "The block ends by itself, and all that waited comes as one digest",
            async {
                if let [told, ..] = &ana.computer.notifications.all()[before..] {
                    return Err(io::Error::other(format!("she was disturbed: {told:?}")));
                }
                ana.shows("today").await?;
                ana.computer.until(end).await;
                let told = eventually("the digest", async || {
                    ana.computer.notifications.all().get(before).cloned()
                })
                .await?;
                expect(
                    told.body.contains("2 snapshots from Ben"),
                    "the digest names what waited",
                    &told,
                )?;
                ana.computer.screen.settle().await?;
                ana.computer.screen.photograph(&picture)?;
                match ana.computer.notifications.all().len() - before {
                    1 => Ok(()),
                    more => Err(io::Error::other(format!("{more} came instead of one"))),
                }
            },
        )
        .await
}

impl Person {
    /// Has a block of focus in their week that lies over now, and is in it. Tells when it ends: within two minutes.
    pub async fn has_block_now(&self) -> io::Result<Timestamp> {
        let zone = self.settings().await?.profile.map(|profile| profile.time_zone);
        let zone: Tz = zone.unwrap_or_default().parse().map_err(io::Error::other)?;
        let (blocks, end) = block_that_ends_soon(zone, self.computer.now());
        let change = SettingsChange {
            focus: Some(FocusSettings {
                blocks,
                note: "Writing".to_owned(),
                ..FocusSettings::default()
            }),
            ..SettingsChange::default()
        };
        self.computer.ask(Request::ChangeSettings { change }).await?;
        eventually("the block to begin", async || {
            (self.status().await.ok()?.focus_until == Some(end)).then_some(end)
        })
        .await
    }
}

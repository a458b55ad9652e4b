//! Teatime: announced with a way in, and with the camera optional for whoever has gone home.

use std::io;

use samovar_core::api::Request;
use samovar_domain::ItemId;
use samovar_domain::kinds::Answer;

use super::expect;
use crate::people::{Person, Team};
use crate::plans::{LINK, call_in_a_room, teatime_after};
use crate::report::Report;
use crate::wait::eventually;

pub(super) async fn teatime(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let announced = report.file("teatime.png");
    report
        .step(
            "The weekly teatime is near; both desktops announce it with a Join button",
            async {
                ana.computer
                    .ask(Request::SaveSeries {
                        series: None,
                        plan: teatime_after(team.now()).into(),
                    })
                    .await?;
                for person in [ana, ben] {
                    let told = person.computer.notifications.saying("Teatime").await?;
                    expect(told.labels().contains(&"Join"), "it has a Join button", &told)?;
                }
                ben.computer.screen.settle().await?;
                ben.computer.screen.photograph(&announced)
            },
        )
        .await?;
    report
        .step("Ben presses Join, and the call opens in his browser", async {
            let told = ben.computer.notifications.saying("Teatime").await?;
            ben.computer.hands().press_button(&told, "Join")?;
            let opened = eventually("the browser to open", async || ben.computer.opened_links().pop()).await?;
            if opened == LINK {
                Ok(())
            } else {
                Err(io::Error::other(format!("it opened {opened}")))
            }
        })
        .await?;
    after_work(report, team).await
}

const EVENING_TEA: &str = "Evening tea";

async fn after_work(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let (reminded, tray) = (
        report.file("camera-optional.png"),
        report.file("camera-optional-tray.png"),
    );
    report
        .step(
            "Ben has gone home and comes to a call all the same: reminder, card and tray say that his camera is optional",
            async {
                ben.go_home().await?;
                let plan = call_in_a_room(EVENING_TEA, team.now()).into();
                ana.computer.ask(Request::SaveSeries { series: None, plan }).await?;
                ben.says_yes_to(EVENING_TEA).await?;
                let told = ben.computer.notifications.saying(EVENING_TEA).await?;
                expect(told.body.contains("Camera optional"), "the reminder says it", &told)?;
                ben.computer.screen.settle().await?;
                ben.computer.screen.photograph(&reminded)?;
                ben.app.tray.line(&["Join (camera optional)"]).await?;
                ben.computer.hands().click_icon(3)?;
                ben.computer.screen.settle().await?;
                ben.computer.screen.photograph(&tray)?;
                ben.computer.hands().press("Escape")
            },
        )
        .await?;
    report
        .step(
            "Its link leads to a room of its own, with picture and sound off at entry",
            async {
                let told = ben.computer.notifications.saying(EVENING_TEA).await?;
                ben.computer.screen.settle().await?;
                ben.computer.hands().press_button(&told, "Join")?;
                let opened = eventually("the browser to open once more", async || {
                    ben.computer.opened_links().get(1).cloned()
                })
                .await?;
                if !opened.contains("startWithVideoMuted=true") || !opened.contains("startWithAudioMuted=true") {
                    return Err(io::Error::other(format!("it opened {opened}")));
                }
                ben.come_back().await
            },
        )
        .await
}

impl Person {
    /// Says that they come to a gathering, as soon as it is here.
    pub async fn says_yes_to(&self, title: &str) -> io::Result<ItemId> {
        let gathering = eventually(title, async || {
            let all = self.gatherings().await.ok()?.gatherings;
            all.into_iter().find(|entry| entry.title == title).map(|entry| entry.id)
        })
        .await?;
        let answer = Answer::Yes;
        self.computer.ask(Request::Answer { gathering, answer }).await?;
        Ok(gathering)
    }
}

//! A pair call: announced a day ahead, skipped with one click, drawn, and agreed on.

use std::io;

use samovar_core::api::{PairDraw, PairProgress, PairingCard, Request};
use samovar_domain::kinds::PairOptIn;

use super::expect;
use crate::draws::Draws;
use crate::people::{Person, Team};
use crate::report::Report;
use crate::wait::eventually;

pub(super) async fn pair_call(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let draws = Draws::around(team.now());
    let (notice, skipped) = (report.file("pair-notice.png"), report.file("pair-skipped.png"));
    report
        .step(
            "Both take part in pair calls; the day before, both hear of the draw",
            async {
                ana.sets_draw(&draws.ahead).await?;
                for person in [ana, ben] {
                    person.wishes_for_pair_calls().await?;
                    let told = person.computer.notifications.saying("Pairs are drawn").await?;
                    expect(told.labels().contains(&"Skip this week"), "it can be skipped", &told)?;
                }
                ben.computer.screen.settle().await?;
                ben.computer.screen.photograph(&notice)
            },
        )
        .await?;
    report
        .step("Ben skips this week with one click", async {
            let told = ben.computer.notifications.saying("Pairs are drawn").await?;
            ben.computer.hands().press_button(&told, "Skip this week")?;
            ben.has_skipped(true).await?;
            ben.shows("gatherings").await?;
            ben.computer.screen.photograph(&skipped)
        })
        .await?;
    let (drawn, agreed) = (report.file("pair-call.png"), report.file("pair-agreed.png"));
    report
        .step(
            "He takes part after all, the pairs are drawn: three times, a link and two things to talk about",
            async {
                let week = ben.gatherings().await?.pairs.next_week;
                ben.computer.ask(Request::SkipPairWeek { week, skip: false }).await?;
                ben.has_skipped(false).await?;
                for person in [ana, ben] {
                    person.has_sent().await?;
                }
                ana.sets_draw(&draws.due).await?;
                ben.computer.notifications.saying("You meet Ana this week").await?;
                let pairing = ben.is_drawn().await?;
                if pairing.times.len() != 3 || pairing.link.is_none() || pairing.prompts.len() != 2 {
                    return Err(io::Error::other(format!("something is missing: {pairing:?}")));
                }
                ben.computer.screen.settle().await?;
                ben.computer.screen.photograph(&drawn)
            },
        )
        .await?;
    report
        .step("Both choose the same time, and it is agreed", async {
            for person in [ana, ben] {
                let PairingCard { id, times, .. } = person.is_drawn().await?;
                let times = Some(vec![times[1].at]);
                person
                    .computer
                    .ask(Request::AnswerPairing { pairing: id, times })
                    .await?;
            }
            eventually("the call to be agreed", async || {
                let pairing = ben.gatherings().await.ok()?.pairs.pairing?;
                matches!(pairing.progress, PairProgress::Agreed { .. }).then_some(())
            })
            .await?;
            ben.computer.screen.settle().await?;
            ben.computer.screen.photograph(&agreed)
        })
        .await
}

impl Person {
    /// Says, as an admin, when the team draws its pair calls.
    pub async fn sets_draw(&self, draw: &PairDraw) -> io::Result<()> {
        let draw = draw.clone();
        self.computer.ask(Request::SavePairDraw { draw }).await.map(|_| ())
    }

    /// Takes part in pair calls, every week.
    pub async fn wishes_for_pair_calls(&self) -> io::Result<()> {
        let wish = Some(PairOptIn {
            every_weeks: 1,
            paused_until: None,
            skip_week: None,
            topics: Vec::new(),
            not_with: Vec::new(),
        });
        self.computer.ask(Request::SavePairWish { wish }).await.map(|_| ())
    }

    /// Waits until the next draw is skipped, or not any more.
    pub async fn has_skipped(&self, is_skipped: bool) -> io::Result<()> {
        eventually("the week to be skipped or not", async || {
            (self.gatherings().await.ok()?.pairs.is_skipped == is_skipped).then_some(())
        })
        .await
    }

    /// Waits until this week's pair call is here.
    pub async fn is_drawn(&self) -> io::Result<PairingCard> {
        eventually("the pair call", async || self.gatherings().await.ok()?.pairs.pairing).await
    }
}

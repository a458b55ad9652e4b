//! Two are thanked for something that the team values, and it is told where the team already talks.

use std::io;

use samovar_core::api::{Request, Response};
use samovar_domain::kinds::TeamValue;

use super::expect;
use crate::channel::Channel;
use crate::people::{Person, Team};
use crate::report::Report;

const THANKS: &str = "You both stayed calm when the lights went out.";

pub(super) async fn thanks_in_public(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let channel = report
        .step(
            "Ana writes down what the team values; kudos are told in the team's Slack as well",
            async {
                let channel = Channel::open(team).await?;
                ana.values("Calm", "🍵").await?;
                ana.has_sent().await?;
                ben.knows_values(1).await?;
                Ok(channel)
            },
        )
        .await?;
    let (writing, wall) = (report.file("kudos-to-two.png"), report.file("kudos-wall.png"));
    report
        .step(
            "Ben thanks Ana and Mai for it; Ana is told, and so is the channel",
            async {
                ben.app.tray.choose(&["Give kudos"]).await?;
                ben.has_popover().await?;
                let hands = ben.computer.hands();
                hands.type_words(THANKS)?;
                // Ana, Mai, and what it stands for, one beside the other.
                for _ in 0..3 {
                    hands.press("Tab")?;
                    hands.press("Return")?;
                }
                ben.computer.screen.settle().await?;
                ben.computer.screen.photograph(&writing)?;
                hands.press("ctrl+Return")?;
                hands.press("Escape")?;
                let told = ana.computer.notifications.saying(THANKS).await?;
                expect(told.title.contains("Ben"), "the notification says who thanks", &told)?;
                let there = channel.says(THANKS).await?;
                for words in ["Ben", "Ana", "Mai", "Calm"] {
                    if !there.contains(words) {
                        return Err(io::Error::other(format!("{words} is not in the channel: {there}")));
                    }
                }
                ana.shows("kudos-wall").await?;
                ana.computer.screen.settle().await?;
                ana.computer.screen.photograph(&wall)
            },
        )
        .await
}

impl Person {
    /// Writes down, as an admin, one thing that the team values.
    pub async fn values(&self, name: &str, emoji: &str) -> io::Result<()> {
        let values = vec![TeamValue {
            id: String::new(),
            name: name.to_owned(),
            emoji: emoji.to_owned(),
            retired_at: None,
        }];
        self.computer.ask(Request::SaveValues { values }).await.map(|_| ())
    }

    /// Waits until so many of the team's values can be chosen here.
    pub async fn knows_values(&self, count: usize) -> io::Result<()> {
        crate::wait::eventually("the team's values", async || {
            match self.computer.ask(Request::KudosDesk).await.ok()? {
                Response::KudosDesk(desk) => (desk.values.len() == count).then_some(()),
                _ => None,
            }
        })
        .await
    }
}

//! A card that a team writes: the one it is for finds it nowhere, until it is handed over.

use std::io;

use samovar_core::api::{GroupCards, Request, Response};
use samovar_domain::ItemId;
use samovar_domain::kinds::{Doodle, Occasion, Stroke};

use super::expect;
use super::package::is_nowhere;
use crate::people::{Person, Team};
use crate::report::Report;
use crate::wait::eventually;

/// What stands on the front.
pub const FRONT: &str = "Many happy loaves, Ben";
/// What Ana writes on it.
pub const WISH: &str = "May your oven never cool.";

pub(super) async fn group_card(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let (written, nothing) = (report.file("card-written.png"), report.file("card-hidden.png"));
    let card = report
        .step(
            "Ana begins a card for Ben and writes on it; Ben finds it nowhere",
            async {
                let card = ana.begins_card_for(ben).await?;
                ana.writes_on(card, WISH).await?;
                ana.has_sent().await?;
                ana.shows("cards").await?;
                ana.computer.screen.settle().await?;
                ana.computer.screen.photograph(&written)?;
                // What she shares later is there, so the card would be, too.
                ana.computer.done(&["share", "Something is in the oven"]).await?;
                ben.sees("Something is in the oven").await?;
                ben.finds_no_card().await?;
                ben.shows("cards").await?;
                ben.computer.screen.settle().await?;
                ben.computer.screen.photograph(&nothing)?;
                Ok(card)
            },
        )
        .await?;
    let given = report.file("card-given.png");
    report
        .step("Ana hands it over, and Ben reads what was written", async {
            ana.computer.ask(Request::HandOverCard { card }).await?;
            let told = ben.computer.notifications.saying(FRONT).await?;
            expect(
                told.title.contains("card") || told.body.contains(FRONT),
                "it is told of the card",
                &told,
            )?;
            ben.has_card().await?;
            ben.shows("cards").await?;
            ben.computer.screen.settle().await?;
            ben.computer.screen.photograph(&given)
        })
        .await
}

/// A loaf, in three strokes.
fn loaf() -> Doodle {
    let stroke = |pen, points: &[(u16, u16)]| Stroke {
        pen,
        points: points.to_vec(),
    };
    Doodle {
        strokes: vec![
            stroke(
                2,
                &[
                    (150, 700),
                    (180, 480),
                    (350, 380),
                    (650, 380),
                    (820, 480),
                    (850, 700),
                    (150, 700),
                ],
            ),
            stroke(7, &[(360, 480), (440, 600)]),
            stroke(7, &[(560, 480), (640, 600)]),
        ],
    }
}

impl Person {
    /// Begins a card for this other one.
    pub async fn begins_card_for(&self, other: &Person) -> io::Result<ItemId> {
        let people = self.group_cards().await?.people;
        let to = people.iter().find(|person| person.name == other.name);
        let to = to
            .ok_or_else(|| io::Error::other("there is nobody to write a card for"))?
            .id;
        let (occasion, title) = (Occasion::Birthday, FRONT.to_owned());
        match self
            .computer
            .ask(Request::BeginGroupCard { to, occasion, title })
            .await?
        {
            Response::Shared { item } => Ok(item),
            answer => Err(io::Error::other(format!("nothing was begun: {answer:?}"))),
        }
    }

    /// Writes on it, and draws a loaf.
    pub async fn writes_on(&self, card: ItemId, words: &str) -> io::Result<()> {
        let line = Request::WriteCardLine {
            card,
            text: Some(words.to_owned()),
            doodle: Some(loaf()),
            photo: None,
            keep_photo: false,
        };
        self.computer.ask(line).await.map(|_| ())
    }

    /// There is no card here, on no page and in no file of this computer.
    pub async fn finds_no_card(&self) -> io::Result<()> {
        let page = self.group_cards().await?;
        if !page.open.is_empty() || !page.handed.is_empty() {
            return Err(io::Error::other(format!("there is a card: {page:?}")));
        }
        is_nowhere(FRONT, &self.computer.profile())?;
        is_nowhere(WISH, &self.computer.profile())
    }

    /// Waits until a card for this one is here.
    pub async fn has_card(&self) -> io::Result<()> {
        eventually("a card", async || {
            let page = self.group_cards().await.ok()?;
            let mut cards = page.handed.iter();
            cards
                .any(|card| card.is_to_me && card.lines.iter().any(|line| line.text.as_deref() == Some(WISH)))
                .then_some(())
        })
        .await
    }

    /// Waits until a snapshot with these words is here.
    pub async fn sees(&self, words: &str) -> io::Result<()> {
        eventually(words, async || {
            let today = self.today().await.ok()?;
            format!("{today:?}").contains(words).then_some(())
        })
        .await
    }

    async fn group_cards(&self) -> io::Result<GroupCards> {
        match self.computer.ask(Request::GroupCards).await? {
            Response::GroupCards(page) => Ok(*page),
            other => Err(io::Error::other(format!("not the cards: {other:?}"))),
        }
    }
}

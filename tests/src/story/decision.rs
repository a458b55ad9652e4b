//! A question that nobody can close before everyone was heard.

use std::io;

use samovar_core::api::{DecisionCard, Question, Request, Response};
use samovar_domain::kinds::{Said, Stance, Style, Voices};
use samovar_domain::{Audience, ItemId};

use super::is_nowhere;
use crate::people::{Person, Team};
use crate::report::Report;
use crate::wait::eventually;

/// What is asked.
pub const QUESTION: &str = "Shall we move teatime to Tuesdays?";
/// What comes of it.
pub const OUTCOME: &str = "Teatime moves to Tuesdays, from next week on.";
/// What Ben says where nobody reads it before the close.
const BREAD: &str = "My bread rises on Mondays.";
/// How a close is refused that comes too early.
const TOO_EARLY: &str = "decision_waits";

pub(super) async fn decision(report: &mut Report, team: &Team) -> io::Result<()> {
    let Team { ana, ben, .. } = team;
    let waits = report.file("decision-waits.png");
    let decision = report
        .step(
            "Ana asks what Ben is to be heard on; she cannot close it before he was",
            async {
                let decision = ana.asks_with(ben, Voices::Hidden).await?;
                ana.says_for(decision, "Mondays are full of calls.").await?;
                ana.has_sent().await?;
                ana.cannot_close(decision).await?;
                ben.computer.notifications.saying(QUESTION).await?;
                ben.needs_voice(decision).await?;
                ben.shows("decisions").await?;
                ben.computer.screen.settle().await?;
                ben.computer.screen.photograph(&waits)?;
                Ok(decision)
            },
        )
        .await?;
    let (may, decided) = (report.file("decision-may-close.png"), report.file("decided.png"));
    report
        .step(
            "Ben is heard, and now it can be closed; what was hidden is told with the outcome",
            async {
                ben.says_for(decision, BREAD).await?;
                ana.may_close(decision).await?;
                // Until it is closed, nobody reads what was said, not even whoever has the endpoint's files and log.
                is_nowhere(BREAD, team.folder.path())?;
                ana.shows("decisions").await?;
                ana.computer.screen.settle().await?;
                ana.computer.screen.photograph(&may)?;
                let words = OUTCOME.to_owned();
                ana.computer.ask(Request::CloseDecision { decision, words }).await?;
                ben.computer.notifications.saying(OUTCOME).await?;
                ben.computer.screen.settle().await?;
                ben.computer.screen.photograph(&decided)
            },
        )
        .await
}

impl Person {
    /// Asks a question that this other one and oneself are to be heard on.
    pub async fn asks_with(&self, other: &Person, voices: Voices) -> io::Result<ItemId> {
        let involved = self.decisions().await?.people;
        let involved = involved
            .into_iter()
            .filter(|person| [self.name, other.name].contains(&person.name.as_str()))
            .map(|person| person.id)
            .collect();
        let question = Box::new(Question {
            question: QUESTION.to_owned(),
            context: Some("It stays **half an hour**, and its times still take turns.".to_owned()),
            how: Style::ForAgainst,
            involved,
            voices,
            earliest_close: None,
            audience: Audience::Team,
        });
        match self.computer.ask(Request::AskDecision { question }).await? {
            Response::Shared { item } => Ok(item),
            answer => Err(io::Error::other(format!("nothing was asked: {answer:?}"))),
        }
    }

    /// Is for it, and says why.
    pub async fn says_for(&self, decision: ItemId, words: &str) -> io::Result<()> {
        self.may_speak(decision).await?;
        let said = Some(Said {
            stance: Some(Stance::For),
            words: Some(words.to_owned()),
            ..Said::default()
        });
        self.computer
            .ask(Request::GiveVoice { decision, said })
            .await
            .map(|_| ())
    }

    /// Tries to close it, and is refused because somebody is awaited.
    pub async fn cannot_close(&self, decision: ItemId) -> io::Result<()> {
        let words = OUTCOME.to_owned();
        match self.computer.ask(Request::CloseDecision { decision, words }).await {
            Err(refused) if refused.to_string().contains(TOO_EARLY) => Ok(()),
            answer => Err(io::Error::other(format!("it was not refused as too early: {answer:?}"))),
        }
    }

    /// Waits until this one's voice is asked for.
    pub async fn needs_voice(&self, decision: ItemId) -> io::Result<()> {
        self.has_decision("to be asked", decision, |card| card.needs_me).await
    }

    /// Waits until one can say something: hidden voices need the key of the decision.
    pub async fn may_speak(&self, decision: ItemId) -> io::Result<()> {
        self.has_decision("that one can be heard", decision, |card| card.may_speak)
            .await
    }

    /// Waits until it can be closed.
    pub async fn may_close(&self, decision: ItemId) -> io::Result<()> {
        self.has_decision("that it can be closed", decision, |card| card.may_close)
            .await
    }

    async fn has_decision(&self, what: &str, decision: ItemId, is_so: fn(&DecisionCard) -> bool) -> io::Result<()> {
        eventually(what, async || {
            let mut cards = self.decisions().await.ok()?.decisions.into_iter();
            cards.any(|card| card.id == decision && is_so(&card)).then_some(())
        })
        .await
    }

    async fn decisions(&self) -> io::Result<samovar_core::api::Decisions> {
        match self.computer.ask(Request::Decisions).await? {
            Response::Decisions(decisions) => Ok(*decisions),
            other => Err(io::Error::other(format!("not the decisions: {other:?}"))),
        }
    }
}

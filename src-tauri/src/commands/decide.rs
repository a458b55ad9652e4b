//! `samovar decide`.

use samovar_core::api::{DecisionCard, DecisionProgress, Decisions, Question, Request, Response};
use samovar_domain::kinds::{Said, Style, Voices};
use samovar_domain::{Audience, ItemId};

use super::{Failure, Samovar, exit, json, say, status_of, unexpected};
use crate::cli::{Ask, Decide, DecideWhat, Format, Voice};
use crate::names;

/// `samovar decide`.
pub(super) async fn decide(samovar: &Samovar<'_>, given: Decide) -> Result<String, Failure> {
    samovar.refresh().await;
    let page = page_of(samovar).await?;
    match given.what {
        DecideWhat::List(format) => list(samovar, &page, &format).await,
        DecideWhat::Ask(ask) => ask_question(samovar, &page, ask).await,
        DecideWhat::Voice(voice) => speak(samovar, &page, voice).await,
        DecideWhat::Close(close) => {
            let decision = which(&page, &close.which)?.id;
            let words = close.message;
            samovar.ask(Request::CloseDecision { decision, words }).await?;
            samovar.sent("Closed.").await
        }
        DecideWhat::Withdraw(given) => {
            let decision = which(&page, &given.which)?.id;
            samovar.ask(Request::WithdrawDecision { decision }).await?;
            samovar.sent("Taken back.").await
        }
    }
}

async fn page_of(samovar: &Samovar<'_>) -> Result<Decisions, Failure> {
    match samovar.ask(Request::Decisions).await? {
        Response::Decisions(page) => Ok(*page),
        other => Err(unexpected(&other)),
    }
}

async fn list(samovar: &Samovar<'_>, page: &Decisions, format: &Format) -> Result<String, Failure> {
    if format.json {
        return json(page);
    }
    let status = status_of(samovar.ask(Request::Status).await?)?;
    let zone = say::zone(status.team.as_ref().map_or("UTC", |team| &team.my_time_zone));
    Ok(say::decisions(page, zone))
}

async fn ask_question(samovar: &Samovar<'_>, page: &Decisions, ask: Ask) -> Result<String, Failure> {
    let involved = if ask.everyone {
        page.people.iter().map(|person| person.id).collect()
    } else {
        names::resolve(&ask.of, &page.people).map_err(|error| refused(format!("{error}. Nothing was asked.")))?
    };
    let how = match (ask.option.is_empty(), ask.words) {
        (false, _) => Style::Ranked { options: ask.option },
        (true, true) => Style::Words,
        (true, false) => Style::ForAgainst,
    };
    let voices = if ask.hidden { Voices::Hidden } else { Voices::Open };
    let question = Box::new(Question {
        question: ask.question,
        context: ask.context,
        how,
        involved,
        voices,
        earliest_close: None,
        audience: Audience::Team,
    });
    samovar.ask(Request::AskDecision { question }).await?;
    samovar.sent("Asked.").await
}

async fn speak(samovar: &Samovar<'_>, page: &Decisions, voice: Voice) -> Result<String, Failure> {
    let decision: ItemId = which(page, &voice.which)?.id;
    if voice.take_back {
        samovar.ask(Request::GiveVoice { decision, said: None }).await?;
        return samovar.sent("Taken back.").await;
    }
    let said = Some(Said {
        stance: voice.stance.map(Into::into),
        ranking: voice.rank.iter().map(|number| number - 1).collect(),
        words: voice.message,
    });
    samovar.ask(Request::GiveVoice { decision, said }).await?;
    samovar.sent("Said.").await
}

/// The decision that is meant: by its id, or by a part of its question; open ones go before others.
fn which<'a>(page: &'a Decisions, wanted: &str) -> Result<&'a DecisionCard, Failure> {
    let lower = wanted.trim().to_lowercase();
    let is_meant = |card: &&DecisionCard| {
        card.id.to_string() == lower || !lower.is_empty() && card.question.to_lowercase().contains(&lower)
    };
    let mut meant: Vec<_> = page.decisions.iter().filter(is_meant).collect();
    if meant.len() > 1 && meant.iter().any(|card| card.progress == DecisionProgress::Open) {
        meant.retain(|card| card.progress == DecisionProgress::Open);
    }
    match meant[..] {
        [card] => Ok(card),
        [] => Err(refused(format!(
            "no decision asks \"{wanted}\"; see samovar decide list. Nothing was changed."
        ))),
        _ => {
            let questions: Vec<_> = meant.iter().map(|card| format!("\"{}\"", card.question)).collect();
            let questions = questions.join(" or ");
            Err(refused(format!(
                "\"{wanted}\" may be {questions}. Write more of it. Nothing was changed."
            )))
        }
    }
}

fn refused(words: String) -> Failure {
    Failure {
        code: exit::FAILED,
        words,
    }
}

//! `samovar pulse`.

use samovar_core::api::{PulseCard, Request, Response};

use super::{Failure, Samovar, exit, json, say, status_of, unexpected};
use crate::cli::Pulse;

/// `samovar pulse`.
pub(super) async fn pulse(samovar: &Samovar<'_>, given: &Pulse) -> Result<String, Failure> {
    samovar.refresh().await;
    let card = card_of(samovar).await?;
    let Some(answer) = given.answer else {
        if given.format.json {
            return json(&card);
        }
        let status = status_of(samovar.ask(Request::Status).await?)?;
        let zone = say::zone(status.team.as_ref().map_or("UTC", |team| &team.my_time_zone));
        return Ok(say::pulse(&card, zone));
    };
    let Some(open) = card.open else {
        return Err(Failure {
            code: exit::FAILED,
            words: "no round of the pulse is open. Nothing was answered.".to_owned(),
        });
    };
    let round = open.round;
    samovar.ask(Request::AnswerPulse { round, answer }).await?;
    Ok(say::PULSE_ANSWERED.to_owned())
}

async fn card_of(samovar: &Samovar<'_>) -> Result<PulseCard, Failure> {
    match samovar.ask(Request::Pulse).await? {
        Response::Pulse(card) => Ok(*card),
        other => Err(unexpected(&other)),
    }
}

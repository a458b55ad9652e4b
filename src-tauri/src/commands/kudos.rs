//! `samovar kudos`, `samovar kudos-wall` and `samovar today --since`.

use samovar_core::api::{KudosDesk, KudosQuery, MissedPage, Request, Response};
use samovar_domain::kinds::{TeamValue, ThankMe};
use samovar_domain::{Audience, Problem};

use super::{Failure, Samovar, json, say, status_of, today_of, unexpected};
use crate::cli::{Kudos, KudosWall, Today};
use crate::names;

async fn desk_of(samovar: &Samovar<'_>) -> Result<KudosDesk, Failure> {
    match samovar.ask(Request::KudosDesk).await? {
        Response::KudosDesk(desk) => Ok(*desk),
        other => Err(unexpected(&other)),
    }
}

/// The value that is meant: by its whole name or id, or by the beginning of only one.
fn value_of<'a>(values: &'a [TeamValue], meant: &str) -> Result<&'a TeamValue, Failure> {
    let wanted = meant.trim().to_lowercase();
    let name = |value: &TeamValue| value.name.to_lowercase();
    let mut whole = values
        .iter()
        .filter(|value| name(value) == wanted || value.id == wanted);
    if let Some(value) = whole.next() {
        return Ok(value);
    }
    let begun: Vec<_> = values.iter().filter(|value| name(value).starts_with(&wanted)).collect();
    if let [value] = begun[..] {
        return Ok(value);
    }
    let names: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
    let words = format!(
        "no value of the team is called \"{meant}\". There are: {}",
        say::list(&names)
    );
    Err(Problem::new("unknown_value", words).into())
}

/// `samovar kudos`.
pub(super) async fn give(samovar: &Samovar<'_>, given: Kudos) -> Result<String, Failure> {
    samovar.refresh_if_alone().await;
    let desk = desk_of(samovar).await?;
    let to = names::resolve(&given.name, desk.people.iter().map(|thankable| &thankable.person))?;
    let thanked: Vec<_> = desk
        .people
        .iter()
        .filter(|thankable| to.contains(&thankable.person.id))
        .collect();
    let names: Vec<&str> = thanked.iter().map(|thankable| thankable.person.name.as_str()).collect();
    let living: Vec<TeamValue> = desk
        .values
        .into_iter()
        .filter(|value| value.retired_at.is_none())
        .collect();
    let value = match &given.value {
        Some(meant) => Some(value_of(&living, meant)?.id.clone()),
        None => None,
    };
    let is_between = given.between_us || thanked.iter().any(|thankable| thankable.wish == ThankMe::BetweenUs);
    let mut words = format!("You thanked {}.", say::list(&names));
    if is_between {
        words.push_str(" It stays between you.");
    }
    if desk.are_many_today {
        words.push_str(" You have thanked many today; a few words more make each of them count.");
    }
    let audience = if is_between {
        Audience::Only(to.clone())
    } else {
        Audience::Team
    };
    samovar
        .ask(Request::GiveKudos {
            to,
            reason: given.reason,
            value,
            audience,
        })
        .await?;
    samovar.sent(&words).await
}

/// `samovar kudos-wall`.
pub(super) async fn wall(samovar: &Samovar<'_>, given: KudosWall) -> Result<String, Failure> {
    samovar.refresh().await;
    let desk = desk_of(samovar).await?;
    let today = today_of(samovar.ask(Request::Today).await?)?;
    let member = match given.name {
        Some(name) => {
            let people = desk.people.iter().map(|thankable| &thankable.person);
            names::resolve(&[name], people.chain([&today.me])).map_err(|error| Failure {
                code: super::exit::FAILED,
                words: error.to_string(),
            })?
        }
        None => Vec::new(),
    };
    let value = match &given.value {
        Some(meant) => Some(value_of(&desk.values, meant)?.id.clone()),
        None => None,
    };
    let query = KudosQuery {
        words: given.words.join(" "),
        member: member.first().copied(),
        value,
        after: None,
    };
    match samovar.ask(Request::KudosWall { query }).await? {
        Response::KudosWall(wall) if given.json => json(&*wall),
        Response::KudosWall(wall) => Ok(say::kudos_wall(&wall, say::zone(&today.me.time_zone))),
        other => Err(unexpected(&other)),
    }
}

/// `samovar today --since`.
pub(super) async fn missed(samovar: &Samovar<'_>, given: &Today) -> Result<String, Failure> {
    samovar.refresh().await;
    let status = status_of(samovar.ask(Request::Status).await?)?;
    let since = given.since.map(|minutes| status.now.plus_minutes(-minutes));
    let page: MissedPage = match samovar.ask(Request::Missed { since }).await? {
        Response::Missed(page) => *page,
        other => return Err(unexpected(&other)),
    };
    if given.json {
        return json(&page);
    }
    let zone = status.team.map_or_else(|| "UTC".to_owned(), |team| team.my_time_zone);
    Ok(say::missed(&page, say::zone(&zone)))
}

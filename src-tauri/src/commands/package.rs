//! `samovar package`.

use samovar_core::api::{PackageCard, PackageDeed, Packages, Person, Request, Response};
use samovar_domain::kinds::{Occasion, PackageProgress};

use super::{Failure, Samovar, exit, json, say, status_of, unexpected};
use crate::cli::{Agree, Format, Package, PackageWhat};
use crate::names;

/// `samovar package`.
pub(super) async fn package(samovar: &Samovar<'_>, given: Package) -> Result<String, Failure> {
    samovar.refresh().await;
    let page = page_of(samovar).await?;
    let (deed, done) = match given.what {
        PackageWhat::List(format) => return list(samovar, &page, &format).await,
        PackageWhat::Address(given) => {
            let package = which(&page.from_me, &given.which)?.id;
            let deed = PackageDeed::Open { package };
            return match samovar.ask(Request::Package { deed }).await? {
                Response::Address { address } => {
                    // Its recipient is to see that soon.
                    samovar.refresh().await;
                    Ok(address)
                }
                other => Err(unexpected(&other)),
            };
        }
        PackageWhat::Ask(ask) => {
            let people: Vec<Person> = page.recipients.iter().map(|one| one.person.clone()).collect();
            let to = names::resolve(&[ask.name], &people)
                .map_err(|error| refused(format!("{error}. Nothing was asked.")))?;
            let deed = PackageDeed::Ask {
                to: to[0],
                occasion: Occasion::Other,
                words: ask.message,
            };
            (deed, "Asked.")
        }
        PackageWhat::Agree(agree) => (agrees(&page, agree)?, "Agreed. Your address is sealed."),
        PackageWhat::Decline(given) => {
            let package = which(&page.to_me, &given.which)?.id;
            (PackageDeed::Decline { package }, "Fine. Nobody hears of it.")
        }
        PackageWhat::Sent(sent) => {
            let deed = PackageDeed::Send {
                package: which(&page.from_me, &sent.which)?.id,
                carrier: sent.by,
                tracking: sent.link,
            };
            (deed, "Said.")
        }
        PackageWhat::Here(here) => {
            let deed = PackageDeed::Receive {
                package: which(&page.to_me, &here.which)?.id,
                words: here.message,
                snapshot: None,
            };
            (deed, "Said. Your address is erased.")
        }
    };
    samovar.ask(Request::Package { deed }).await?;
    samovar.sent(done).await
}

async fn page_of(samovar: &Samovar<'_>) -> Result<Packages, Failure> {
    match samovar.ask(Request::Packages).await? {
        Response::Packages(page) => Ok(*page),
        other => Err(unexpected(&other)),
    }
}

async fn list(samovar: &Samovar<'_>, page: &Packages, format: &Format) -> Result<String, Failure> {
    if format.json {
        return json(page);
    }
    let status = status_of(samovar.ask(Request::Status).await?)?;
    let zone = say::zone(status.team.as_ref().map_or("UTC", |team| &team.my_time_zone));
    Ok(say::packages(page, zone))
}

fn agrees(page: &Packages, agree: Agree) -> Result<PackageDeed, Failure> {
    let package = which(&page.to_me, &agree.which)?.id;
    let address = match (agree.line.is_empty(), &page.address) {
        (false, _) => agree.line.join("\n"),
        (true, Some(address)) => address.clone(),
        (true, None) => {
            return Err(refused(
                "this computer keeps no address of yours: name it with --line, once for each line. Nothing was sent."
                    .to_owned(),
            ));
        }
    };
    Ok(PackageDeed::Agree { package, address })
}

/// The package that is meant: by its id, its words or the other's name; those that are not over go before others.
fn which<'a>(cards: &'a [PackageCard], wanted: &str) -> Result<&'a PackageCard, Failure> {
    let lower = wanted.trim().to_lowercase();
    let is_in = |words: &str| words.to_lowercase().contains(&lower);
    let is_meant = |card: &&PackageCard| {
        card.id.to_string() == lower || !lower.is_empty() && (is_in(&card.words) || is_in(&card.other.name))
    };
    let is_over = |card: &PackageCard| matches!(card.progress, PackageProgress::Received | PackageProgress::Lapsed);
    let mut meant: Vec<_> = cards.iter().filter(is_meant).collect();
    if meant.len() > 1 && meant.iter().any(|card| !is_over(card)) {
        meant.retain(|card| !is_over(card));
    }
    match meant[..] {
        [card] => Ok(card),
        [] => Err(refused(format!(
            "no package is about \"{wanted}\"; see samovar package list. Nothing was changed."
        ))),
        _ => {
            let named: Vec<_> = meant
                .iter()
                .map(|card| format!("\"{}\" ({})", card.words, card.other.name))
                .collect();
            let named = named.join(" or ");
            Err(refused(format!(
                "\"{wanted}\" may be {named}. Write more of it. Nothing was changed."
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

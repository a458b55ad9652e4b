//! `samovar card`.

use std::io::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write as _;

use samovar_core::api::{KudosQuery, PrintedCard, Request, Response, Today};
use samovar_domain::ItemId;

use super::{Failure, Samovar, exit, today_of, unexpected};
use crate::cli::Card;

/// Writes a card into a file.
pub(super) async fn save(samovar: &Samovar<'_>, given: Card) -> Result<String, Failure> {
    let shown = given.to.display();
    // Said before anything is done; it is looked at once more when the file is made.
    if !given.force && given.to.exists() {
        return Err(failed(format!(
            "{shown} is there already. Nothing was written; choose another name, or add --force."
        )));
    }
    samovar.refresh().await;
    let what = which(samovar, &given.which).await?;
    let request = Request::CardOf {
        what,
        design: given.design.into(),
        size: given.size.into(),
        format: given.format(),
        bleed: given.bleed,
    };
    let card = match samovar.ask(request).await? {
        Response::Card(card) => card,
        other => return Err(unexpected(&other)),
    };
    let bytes = STANDARD
        .decode(&card.base64)
        .map_err(|error| failed(format!("the card did not arrive whole: {error}")))?;
    write(&given.to, &bytes, given.force).map_err(|error| failed(format!("{shown}: {error}. Nothing was written.")))?;
    Ok(told(&card, &given.to))
}

/// The item that is meant.
async fn which(samovar: &Samovar<'_>, wanted: &str) -> Result<ItemId, Failure> {
    if wanted != "last" {
        return wanted.parse().map_err(|_| {
            failed(format!(
                "\"{wanted}\" is no id. samovar kudos-wall --json tells the ids; `last` is the newest kudos of yours."
            ))
        });
    }
    let me = today_of(samovar.ask(Request::Today).await?).map(|today: Today| today.me.id)?;
    let query = KudosQuery {
        member: Some(me),
        ..KudosQuery::default()
    };
    match samovar.ask(Request::KudosWall { query }).await? {
        Response::KudosWall(wall) => match wall.cards.first() {
            Some(card) => Ok(card.id),
            None => Err(failed("you have not given or got any kudos yet".to_owned())),
        },
        other => Err(unexpected(&other)),
    }
}

/// Writes a file; one that is there already only when that is wanted.
fn write(path: &Path, bytes: &[u8], over: bool) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    options.write(true);
    if over {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    options.open(path)?.write_all(bytes)
}

fn told(card: &PrintedCard, path: &Path) -> String {
    let mut words = format!("The card is in {}.", path.display());
    if !card.missing.is_empty() {
        let _ = write!(
            words,
            "\nNo font of this computer has {}, so that was left out.",
            card.missing
        );
    }
    if card.is_cut {
        words.push_str("\nThe words did not all fit on it.");
    }
    if card.missing_photos > 0 {
        words.push_str("\nA photo is not here and could not be fetched, so it was left out.");
    }
    words
}

fn failed(words: String) -> Failure {
    Failure {
        code: exit::FAILED,
        words,
    }
}

//! `samovar gatherings` and `samovar pair`.

use chrono_tz::Tz;
use samovar_core::api::{Gatherings, Request, Response};
use samovar_domain::kinds::PairOptIn;

use super::{Failure, Samovar, json, say, status_of, unexpected};
use crate::cli::{Format, Pair, PairWish};

/// `samovar gatherings`.
pub(super) async fn show(samovar: &Samovar<'_>, format: &Format) -> Result<String, Failure> {
    samovar.refresh().await;
    let (page, zone) = gatherings_of(samovar).await?;
    if format.json {
        json(&page)
    } else {
        Ok(say::gatherings(&page, zone))
    }
}

async fn gatherings_of(samovar: &Samovar<'_>) -> Result<(Gatherings, Tz), Failure> {
    let status = status_of(samovar.ask(Request::Status).await?)?;
    let zone = say::zone(status.team.as_ref().map_or("UTC", |team| &team.my_time_zone));
    match samovar.ask(Request::Gatherings).await? {
        Response::Gatherings(page) => Ok((*page, zone)),
        other => Err(unexpected(&other)),
    }
}

/// `samovar pair`.
pub(super) async fn pair(samovar: &Samovar<'_>, given: &Pair) -> Result<String, Failure> {
    samovar.refresh().await;
    let (page, _) = gatherings_of(samovar).await?;
    let request = match given.what {
        // Who takes part already keeps what they have set.
        Some(PairWish::On) if page.pairs.wish.is_none() => Some(Request::SavePairWish {
            wish: Some(PairOptIn {
                every_weeks: 1,
                paused_until: None,
                skip_week: None,
                topics: Vec::new(),
                not_with: Vec::new(),
            }),
        }),
        Some(PairWish::Off) => Some(Request::SavePairWish { wish: None }),
        Some(PairWish::Skip) => Some(Request::SkipPairWeek {
            week: page.pairs.next_week,
            skip: true,
        }),
        Some(PairWish::On) | None => None,
    };
    if let Some(request) = request {
        samovar.ask(request).await?;
        samovar.refresh().await;
    }
    let (page, zone) = gatherings_of(samovar).await?;
    if given.json {
        json(&page.pairs)
    } else {
        Ok(say::pair(&page, zone))
    }
}

//! One's own calendar, read by this computer alone: where it is and what is in it stay here. Who agrees tells the team's
//! planner when they are busy, in half hours and without a word of why; what an event takes is the domain's rule.

mod fetch;

use std::sync::Arc;
use std::time::Duration;

use samovar_domain::busy::busy_spans;
use samovar_domain::hours::zone_or_utc;
use samovar_domain::kinds::{Busy, BusySpan, busy_id};
use samovar_domain::{Audience, Kind, MemberId, Problem, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::api::{Changed, OwnCalendarCard, Response};
use crate::core::Inner;
use crate::settings;
use crate::store::fact;
use crate::writes;
use fetch::{Fetched, fetch, parse_address};

/// How often it is read.
const EVERY: Duration = Duration::from_hours(1);
/// The first wait after it could not be read; each next one is twice as long.
const AFTER_FAILURE: Duration = Duration::from_mins(5);
/// How often a wait is doubled: to five hours and twenty minutes.
const DOUBLED_AT_MOST: u32 = 6;

/// What is kept of it, on this computer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Kept {
    address: Url,
    /// Whether the team's planner is told.
    tells: bool,
    spans: Vec<BusySpan>,
    etag: Option<String>,
    /// When it was read, or found to be the same.
    read_at: Timestamp,
    /// When all of it was read: what recurs reaches into the days ahead, day by day.
    whole_at: Timestamp,
    /// When it was tried last, how often in vain since it was read, and why.
    tried_at: Timestamp,
    failures: u32,
    problem: Option<Problem>,
    /// What the planner was told last, and as whom. An endpoint that does not take it is not told the same again.
    told: Option<(MemberId, Vec<BusySpan>)>,
}

impl Kept {
    fn next_at(&self) -> Timestamp {
        let wait = match self.failures {
            0 => EVERY,
            failures => AFTER_FAILURE * (1 << (failures - 1).min(DOUBLED_AT_MOST)),
        };
        self.tried_at.plus(wait)
    }

    fn card(&self) -> OwnCalendarCard {
        OwnCalendarCard {
            host: Some(self.address.host_str().unwrap_or_default().to_owned()),
            tells: self.tells,
            busy: self.spans.iter().filter(|span| span.until > self.read_at).count() as u32,
            read_at: Some(self.read_at),
            problem: self.problem.clone(),
        }
    }
}

/// Reads it every hour for as long as the core runs.
pub(crate) async fn run(inner: Arc<Inner>) {
    loop {
        let next = match look(&inner).await {
            Ok(next) => next,
            Err(problem) => {
                tracing::warn!(code = %problem.code, "one's own calendar could not be kept");
                Some(inner.now().plus(EVERY))
            }
        };
        tokio::select! {
            () = inner.parts.timer.wait_until(next) => {}
            () = inner.own_calendar_changed.notified() => {}
        }
    }
}

/// Reads it when it is time; when to look again.
async fn look(inner: &Arc<Inner>) -> Result<Option<Timestamp>, Problem> {
    let _alone = inner.own_calendar_at_work.lock().await;
    let Some(kept) = kept(inner).await? else {
        return Ok(None);
    };
    let now = inner.now();
    // A clock that was set back makes it no older than it is.
    if now < kept.next_at() && kept.tried_at <= now {
        return Ok(Some(kept.next_at()));
    }
    let before = kept.card();
    let mut kept = again(inner, kept).await?;
    let next = kept.next_at();
    let told = tell(inner, Some(&mut kept)).await;
    keep(inner, Some(&kept)).await?;
    if before != kept.card() {
        inner.tell(Changed::Settings);
    }
    told.map(|()| Some(next))
}

/// Reads a calendar that was read before.
async fn again(inner: &Arc<Inner>, kept: Kept) -> Result<Kept, Problem> {
    let now = inner.now();
    let is_same_day = kept.whole_at.utc().date_naive() == now.utc().date_naive();
    let etag = kept.etag.as_deref().filter(|_| is_same_day);
    let read = match fetch(&kept.address, etag).await {
        Ok(Fetched::Same) => Ok(None),
        Ok(Fetched::New { text, etag }) => spans(inner, text).await.map(|spans| Some((spans, etag))),
        Err(problem) => Err(problem),
    };
    Ok(match read {
        Ok(new) => {
            let (spans, etag, whole_at) = match new {
                Some((spans, etag)) => (spans, etag, now),
                None => (kept.spans, kept.etag, kept.whole_at),
            };
            Kept {
                spans,
                etag,
                whole_at,
                read_at: now,
                tried_at: now,
                failures: 0,
                problem: None,
                ..kept
            }
        }
        Err(problem) => Kept {
            tried_at: now,
            failures: kept.failures + 1,
            problem: Some(problem),
            ..kept
        },
    })
}

async fn spans(inner: &Inner, text: String) -> Result<Vec<BusySpan>, Problem> {
    let (zone, now) = (zone_or_utc(&settings::own_zone(inner).await?), inner.now());
    // A large one takes a moment.
    samovar_blocking::run(move || busy_spans(&text, zone, now))
        .await
        .unwrap_or_else(|_| Err(Problem::new("not_a_calendar", "This calendar cannot be read here.")))
}

/// Brings what the planner knows to what it may know.
async fn tell(inner: &Arc<Inner>, kept: Option<&mut Kept>) -> Result<(), Problem> {
    let Some(account) = inner.account() else { return Ok(()) };
    let (me, id) = (account.member, busy_id(account.member));
    // What is over is no news.
    let ahead = |spans: &[BusySpan]| -> Vec<BusySpan> {
        let now = inner.now();
        spans.iter().filter(|span| span.until > now).copied().collect()
    };
    let spans = match &kept {
        Some(kept) if kept.tells => ahead(&kept.spans),
        _ => Vec::new(),
    };
    let Some(kept) = kept else {
        return writes::delete(inner, id).await.map(|_| ());
    };
    if spans.is_empty() {
        kept.told = None;
        return writes::delete(inner, id).await.map(|_| ());
    }
    let told = kept.told.as_ref().filter(|(by, _)| *by == me);
    if told.is_none_or(|(_, told)| ahead(told) != spans) {
        let audience = Audience::Only(vec![me]);
        let body = Some(writes::json(&Busy { spans: spans.clone() }));
        writes::queue(inner, Kind::BUSY, id, audience, body, Vec::new(), Vec::new()).await?;
        kept.told = Some((me, spans));
    }
    Ok(())
}

/// How it stands.
pub(crate) async fn card(inner: &Inner) -> Result<Response, Problem> {
    Ok(answer(kept(inner).await?.as_ref()))
}

fn answer(kept: Option<&Kept>) -> Response {
    let none = OwnCalendarCard {
        host: None,
        tells: false,
        busy: 0,
        read_at: None,
        problem: None,
    };
    Response::OwnCalendar(kept.map_or(none, Kept::card))
}

/// Reads another calendar from now on, or none. One that cannot be read now is not taken. The planner is told of a new one
/// only when its person says so anew.
pub(crate) async fn set(inner: &Arc<Inner>, address: Option<String>) -> Result<Response, Problem> {
    let _alone = inner.own_calendar_at_work.lock().await;
    let mut new = match address {
        None => None,
        Some(address) => {
            let address = parse_address(&address)?;
            let now = inner.now();
            let Fetched::New { text, etag } = fetch(&address, None).await? else {
                return Err(Problem::new("not_a_calendar", "There is no calendar at this address."));
            };
            Some(Kept {
                address,
                tells: false,
                spans: spans(inner, text).await?,
                etag,
                read_at: now,
                whole_at: now,
                tried_at: now,
                failures: 0,
                problem: None,
                told: None,
            })
        }
    };
    tell(inner, new.as_mut()).await?;
    keep(inner, new.as_ref()).await?;
    inner.own_calendar_changed.notify_one();
    Ok(answer(new.as_ref()))
}

/// Tells the team's planner when one is busy, or takes it back.
pub(crate) async fn tell_planner(inner: &Arc<Inner>, tells: bool) -> Result<Response, Problem> {
    let _alone = inner.own_calendar_at_work.lock().await;
    let Some(before) = kept(inner).await? else {
        return Ok(answer(None));
    };
    let mut kept = Kept {
        tells,
        told: None,
        ..before
    };
    tell(inner, Some(&mut kept)).await?;
    keep(inner, Some(&kept)).await?;
    Ok(answer(Some(&kept)))
}

async fn kept(inner: &Inner) -> Result<Option<Kept>, Problem> {
    let kept = inner.store.fact(fact::OWN_CALENDAR).await;
    kept.map_err(|error| inner.problem(error))
}

async fn keep(inner: &Inner, kept: Option<&Kept>) -> Result<(), Problem> {
    inner.kept(inner.store.set_fact(fact::OWN_CALENDAR, kept.cloned()).await)
}

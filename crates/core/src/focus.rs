//! Focus: one item of one's own that begins, moves its end, and ends.

use std::sync::Arc;

use samovar_domain::hours::{instant, minute_of_day, zone_or_utc};
use samovar_domain::kinds::{Focus, focus_id};
use samovar_domain::{Audience, Kind, Problem, Timestamp};

use crate::api::{FocusEnd, Response};
use crate::core::Inner;
use crate::{settings, writes};

/// Starts a focus, or changes when it ends.
pub(crate) async fn start(inner: &Arc<Inner>, end: &FocusEnd, note: Option<String>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let until = until(inner, end).await?;
    let body = writes::json(&Focus {
        until,
        note: note.filter(|note| !note.trim().is_empty()),
        reachable: false,
    });
    writes::queue(
        inner,
        Kind::FOCUS,
        focus_id(me),
        Audience::Team,
        Some(body),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    Ok(Response::Done)
}

/// Ends the focus now. What was held comes by way of the reminders, which are planned anew.
pub(crate) async fn end(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    writes::delete(inner, focus_id(me)).await
}

async fn until(inner: &Arc<Inner>, end: &FocusEnd) -> Result<Timestamp, Problem> {
    let now = inner.now();
    match end {
        FocusEnd::Minutes(0) => Err(Problem::new("focus_over", "A focus lasts at least a minute.")),
        FocusEnd::Minutes(minutes) => Ok(now.plus_minutes(i64::from(*minutes))),
        FocusEnd::At(at) => Ok(*at),
        FocusEnd::TimeOfDay(text) => {
            let minute = minute_of_day(text).ok().filter(|minute| *minute < 1440);
            let minute = minute.ok_or_else(|| Problem::new("bad_time", "A time of day is written like 15:30."))?;
            let zone = zone_or_utc(&settings::own_zone(inner).await?);
            let today = now.utc().with_timezone(&zone).date_naive();
            let next = today
                .iter_days()
                .take(3)
                .map(|date| instant(zone, date, minute))
                .find(|at| *at > now);
            next.ok_or_else(|| Problem::new("bad_time", "That time does not come within the next days."))
        }
    }
}

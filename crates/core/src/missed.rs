//! What one may have missed while away. A view of what is here; nobody is told that one looked.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use samovar_domain::hours::{instant, zone_or_utc};
use samovar_domain::kinds::Member;
use samovar_domain::missed::{MissedWhat, missed};
use samovar_domain::schedule::Schedule;
use samovar_domain::{Item, MemberId, Problem, Timestamp};

use crate::api::{Changed, MissedPage, Response};
use crate::core::Inner;
use crate::showing;
use crate::store::{Beside, fact};
use crate::views::TeamState;

/// For how many days after one is back Today offers it.
const OFFERED_DAYS: u64 = 7;
/// What is shown when one has not been away.
const DEFAULT_MINUTES: i64 = 7 * 24 * 60;

/// The absence that ended last, within the days in which it is offered: when it began, and the day on which one was back.
fn last_absence(me: &Member, now: Timestamp) -> Option<(Timestamp, NaiveDate)> {
    let zone = Schedule::of(me).zone_at(now);
    let today = now.utc().with_timezone(&zone).date_naive();
    let ended = me.away.iter().filter(|away| {
        let until = away.back_on.checked_add_days(Days::new(OFFERED_DAYS));
        away.back_on <= today && until.is_some_and(|until| today < until)
    });
    let last = ended.max_by_key(|away| away.back_on)?;
    Some((instant(zone_or_utc(zone.name()), last.from, 0), last.back_on))
}

/// Since when Today says that one may have missed something.
pub(crate) async fn offered_since(inner: &Inner, items: &[Item], me: MemberId) -> Result<Option<Timestamp>, Problem> {
    let Some((since, back_on)) = crate::settings::own_member(items, me).and_then(|own| last_absence(&own, inner.now()))
    else {
        return Ok(None);
    };
    let caught_up: Option<NaiveDate> = inner
        .store
        .fact(fact::CAUGHT_UP)
        .await
        .map_err(|error| inner.problem(error))?;
    let is_caught_up = caught_up.is_some_and(|until| until >= back_on);
    if is_caught_up {
        return Ok(None);
    }
    let is_any = |items: &[Item]| !missed(items, me, since, inner.now()).is_empty();
    // Somebody may have been away for longer than Today goes back.
    let is_offered = is_any(items) || is_any(&inner.items_and(Beside::Kudos { since }).await?);
    Ok(is_offered.then_some(since))
}

/// What one may have missed.
pub(crate) async fn page(inner: &Arc<Inner>, since: Option<Timestamp>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let now = inner.now();
    let own = crate::settings::own_member(&inner.items().await?, me);
    let away_since = || last_absence(&own?, now).map(|(since, _)| since);
    let since = since
        .or_else(away_since)
        .unwrap_or_else(|| now.plus_minutes(-DEFAULT_MINUTES));
    let items = inner.items_and(Beside::Kudos { since }).await?;
    let lines = missed(&items, me, since, now);
    let state = TeamState::from_items(items, me);
    let local = showing::local_facts(inner, me).await?;
    let mut named: Vec<MemberId> = Vec::new();
    for line in &lines {
        if let MissedWhat::Kudos { from, to, .. } = &line.what {
            named.push(*from);
            named.extend(to);
        }
    }
    named.sort_unstable();
    named.dedup();
    Ok(Response::Missed(Box::new(MissedPage {
        since,
        until: now,
        lines,
        people: crate::views::people_of(&state, &named, now, &local),
    })))
}

/// Puts it away until one is away again.
pub(crate) async fn dismiss(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let items = inner.items().await?;
    if let Some((_, back_on)) = crate::settings::own_member(&items, me).and_then(|own| last_absence(&own, inner.now()))
    {
        inner.kept(inner.store.set_fact(fact::CAUGHT_UP, Some(back_on)).await)?;
        inner.tell(Changed::Today);
    }
    Ok(Response::Done)
}

//! The one way through a focus: a teammate says why something cannot wait, and whoever is in focus has allowed it.

use std::sync::Arc;

use samovar_domain::kinds::BreakThrough;
use samovar_domain::{Audience, ItemId, Kind, MemberId, Problem, Timestamp};

use crate::api::Response;
use crate::core::Inner;
use crate::situation::Situation;
use crate::store::fact;
use crate::writes;

/// Tries to reach somebody in focus.
pub(crate) async fn send(inner: &Arc<Inner>, to: MemberId, reason: String) -> Result<Response, Problem> {
    let situation = Situation::of(inner).await?;
    let focus = situation
        .as_ref()
        .and_then(|situation| situation.state.focus_of(to, situation.now));
    if !focus.is_some_and(|focus| focus.body.reachable) {
        return Err(Problem::new(
            "not_reachable",
            "They let nobody through at present, or are not in focus any more. Nothing was sent; share it, and they see it later.",
        ));
    }
    let id = ItemId::new(inner.now());
    let body = writes::json(&BreakThrough { to, reason });
    let audience = Audience::Only(vec![to]);
    writes::queue(
        inner,
        Kind::BREAK_THROUGH,
        id,
        audience,
        Some(body),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    Ok(Response::Shared { item: id })
}

/// How many more may come through today, by one's own calendar.
pub(crate) async fn left_today(inner: &Inner, situation: &Situation) -> Result<u8, Problem> {
    let used = let_through(inner).await?;
    let day = |at: Timestamp| at.utc().with_timezone(&situation.zone).date_naive();
    let used = used.iter().filter(|at| day(**at) == day(situation.now)).count();
    let left = usize::from(situation.settings.focus.break_throughs).saturating_sub(used);
    Ok(left as u8)
}

/// One was let through. Kept before it is shown: one too few is better than one too many.
pub(crate) async fn count(inner: &Inner, now: Timestamp) -> Result<(), Problem> {
    let mut used = let_through(inner).await?;
    used.retain(|at| now.since(*at).as_secs() < 48 * 3600);
    used.push(now);
    let kept = inner.store.set_fact(fact::LET_THROUGH, used).await;
    inner.kept(kept)
}

async fn let_through(inner: &Inner) -> Result<Vec<Timestamp>, Problem> {
    inner
        .store
        .fact(fact::LET_THROUGH)
        .await
        .map_err(|error| inner.problem(error))
}

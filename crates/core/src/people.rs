//! The People page, the norms, and what the person says to the question about their zone.

use std::sync::Arc;

use samovar_domain::kinds::{Norms, norms_id};
use samovar_domain::{Audience, Kind, Problem, Timestamp};

use crate::api::{Changed, NormsPage, Response};
use crate::core::Inner;
use crate::views::TeamState;
use crate::{settings, writes};

/// There are about 600 zones.
const ZONES_AT_ONCE: usize = 1_000;

/// Everything on the People page, from the day of `at` on.
pub(crate) async fn people(inner: &Arc<Inner>, at: Option<Timestamp>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let state = TeamState::from_items(inner.items().await?, me);
    let now = inner.now();
    let view = crate::views::people(&state, me, now, at.unwrap_or(now));
    Ok(Response::People(Box::new(view)))
}

/// What the clocks of zones show: windows ask, whose browser may have older rules.
pub(crate) fn clocks(inner: &Inner, time_zones: &[String]) -> Result<Response, Problem> {
    if time_zones.len() > ZONES_AT_ONCE {
        return Err(Problem::new(
            "too_many_zones",
            "At most a thousand zones are asked for at once.",
        ));
    }
    Ok(Response::Clocks(crate::views::zone_clocks(time_zones, inner.now())))
}

/// The team's norms.
pub(crate) async fn norms(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let items = inner.items().await?;
    let is_admin = settings::is_admin(&items, me);
    let norms = TeamState::from_items(items, me).norms;
    Ok(Response::Norms(NormsPage {
        is_written: norms.is_some(),
        norms: norms.unwrap_or(Norms {
            no_reply_off_hours: true,
            ..Norms::default()
        }),
        is_admin,
    }))
}

/// Writes the team's norms. The domain's rule lets admins do so, and only what makes sense.
pub(crate) async fn save_norms(inner: &Arc<Inner>, page: &Norms) -> Result<Response, Problem> {
    writes::queue(
        inner,
        Kind::NORMS,
        norms_id(),
        Audience::Team,
        Some(writes::json(page)),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    inner.tell(Changed::Today);
    norms(inner).await
}

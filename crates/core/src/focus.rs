//! Focus: one item of one's own that begins, moves its end, and ends.

use std::sync::Arc;

use samovar_domain::focus_blocks::block_at;
use samovar_domain::hours::{instant, minute_of_day, zone_or_utc};
use samovar_domain::kinds::{Focus, focus_id};
use samovar_domain::{Audience, Kind, MemberId, Problem, Timestamp};

use crate::api::{FocusEnd, Response};
use crate::core::Inner;
use crate::situation::Situation;
use crate::store::fact;
use crate::{break_through, settings, writes};

/// Starts a focus, or changes when it ends.
pub(crate) async fn start(inner: &Arc<Inner>, end: &FocusEnd, note: Option<String>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let until = until(inner, end).await?;
    let reachable = match Situation::of(inner).await? {
        Some(situation) => break_through::left_today(inner, &situation).await? > 0,
        None => false,
    };
    let focus = Focus {
        until,
        note: note.filter(|note| !note.trim().is_empty()),
        reachable,
    };
    write(inner, me, &focus).await?;
    block_is_in_hand(inner).await?;
    Ok(Response::Done)
}

/// Begins a recurring block, or lets the focus that is on go on until its end.
pub(crate) async fn begin_block(inner: &Arc<Inner>, situation: &Situation, until: Timestamp) -> Result<(), Problem> {
    let going_on = situation.state.focus_of(situation.me, situation.now);
    let blocks_note = Some(situation.settings.focus.note.clone()).filter(|note| !note.trim().is_empty());
    let focus = Focus {
        until,
        note: going_on.and_then(|focus| focus.body.note.clone()).or(blocks_note),
        reachable: break_through::left_today(inner, situation).await? > 0,
    };
    write(inner, situation.me, &focus).await
}

/// Blocks that end at or before `until` have had their turn.
pub(crate) async fn had_until(inner: &Arc<Inner>, until: Timestamp) -> Result<(), Problem> {
    let kept = inner.store.set_fact(fact::BLOCK_HAD_UNTIL, Some(until)).await;
    inner.kept(kept)
}

/// Whoever changes or ends a focus during a block has taken it in their own hands: it does not come back.
async fn block_is_in_hand(inner: &Arc<Inner>) -> Result<(), Problem> {
    let Some(situation) = Situation::of(inner).await? else {
        return Ok(());
    };
    let blocks = &situation.settings.focus.blocks;
    match block_at(blocks, &situation.quiet.schedule, situation.now) {
        Some(block) => had_until(inner, block.until).await,
        None => Ok(()),
    }
}

async fn write(inner: &Arc<Inner>, me: MemberId, focus: &Focus) -> Result<(), Problem> {
    writes::queue(
        inner,
        Kind::FOCUS,
        focus_id(me),
        Audience::Team,
        Some(writes::json(focus)),
        Vec::new(),
        Vec::new(),
    )
    .await
}

/// Ends the focus now. What was held comes by way of the reminders, which are planned anew.
pub(crate) async fn end(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    block_is_in_hand(inner).await?;
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

//! What happens to one's focus by itself: recurring blocks begin, accepted gatherings end it, and what follows it (the
//! system's do-not-disturb, Slack) is told. The rules are the domain's.

use std::sync::Arc;

use samovar_domain::focus_blocks::{self, block_at};
use samovar_domain::kinds::Answer;
use samovar_domain::{Problem, Timestamp};

use crate::core::Inner;
use crate::situation::Situation;
use crate::store::fact;
use crate::{do_not_disturb, focus};

/// Brings the focus to where it is to be now. Whether the situation is another one afterwards.
pub(crate) async fn keep(inner: &Arc<Inner>, situation: &Situation) -> Result<bool, Problem> {
    let now = situation.now;
    if ends_at(situation).is_some_and(|end| end <= now) {
        focus::end(inner).await?;
        return Ok(true);
    }
    let blocks = &situation.settings.focus.blocks;
    let Some(block) = block_at(blocks, &situation.quiet.schedule, now) else {
        return Ok(false);
    };
    let had: Option<Timestamp> = inner
        .store
        .fact(fact::BLOCK_HAD_UNTIL)
        .await
        .map_err(|error| inner.problem(error))?;
    let focus_until = situation.quiet.focus_until;
    let begins = focus_blocks::due(blocks, &situation.quiet.schedule, focus_until, had, now);
    if let Some(block) = begins {
        focus::begin_block(inner, situation, block.until).await?;
    }
    // Another computer of one's own may have begun it; then it has had its turn here as well.
    if had.is_none_or(|had| had < block.until) {
        focus::had_until(inner, block.until).await?;
    }
    Ok(begins.is_some())
}

/// When a gathering ends one's focus; `None` when nothing but its own end does.
pub(crate) fn ends_at(situation: &Situation) -> Option<Timestamp> {
    if !situation.settings.focus.gathering_ends_focus {
        return None;
    }
    let focus = situation.state.focus_of(situation.me, situation.now)?;
    let accepted = situation
        .state
        .gatherings_at(situation.now)
        .into_iter()
        .filter(|(id, gathering)| {
            !gathering.cancelled && situation.state.answer(*id, situation.me) == Some(Answer::Yes)
        })
        .map(|(_, gathering)| gathering.starts_at);
    let end = focus_blocks::end_with(focus.created_at, focus.body.until, accepted);
    (end < focus.body.until).then_some(end)
}

/// The instants after now at which something here may be different.
pub(crate) fn next_changes(situation: &Situation) -> impl Iterator<Item = Timestamp> {
    let blocks = &situation.settings.focus.blocks;
    let next = focus_blocks::next_start(blocks, &situation.quiet.schedule, situation.now);
    ends_at(situation).into_iter().chain(next)
}

/// Tells what follows the focus how it stands.
pub(crate) async fn tell_followers(inner: &Arc<Inner>, situation: &Situation) -> Result<(), Problem> {
    do_not_disturb::follow(inner, situation).await?;
    inner.focus_looked_at.notify_one();
    Ok(())
}

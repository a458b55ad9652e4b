//! I spy: a card for a call, the same for everyone in a room, marked on this computer only.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use samovar_domain::{ItemId, Problem, ispy};

use crate::api::{ISpyCard, ISpySquare, Response};
use crate::core::Inner;
use crate::situation::Situation;
use crate::store::fact;

type Marks = HashMap<ItemId, BTreeSet<usize>>;

/// The card of a gathering, with what was marked.
pub(crate) async fn card(inner: &Arc<Inner>, gathering: ItemId) -> Result<Response, Problem> {
    let situation = Situation::of(inner).await?;
    let marks = marks(inner).await?;
    shown(situation.as_ref(), gathering, &marks)
}

/// Marks a square, or takes the mark off. Marks of gatherings that are gone go with them.
pub(crate) async fn mark(inner: &Arc<Inner>, gathering: ItemId, square: usize, on: bool) -> Result<Response, Problem> {
    let situation = Situation::of(inner).await?;
    let mut marks = marks(inner).await?;
    let is_here = |id: &ItemId| {
        let items = situation.as_ref().map(|situation| &situation.items);
        items.is_some_and(|items| items.get(id).is_some_and(|item| item.body.is_some()))
    };
    marks.retain(|id, _| is_here(id));
    let marked = marks.entry(gathering).or_default();
    if on {
        marked.insert(square);
    } else {
        marked.remove(&square);
    }
    let answer = shown(situation.as_ref(), gathering, &marks)?;
    inner.kept(inner.store.set_fact(fact::I_SPY, marks).await)?;
    Ok(answer)
}

async fn marks(inner: &Inner) -> Result<Marks, Problem> {
    inner
        .store
        .fact(fact::I_SPY)
        .await
        .map_err(|error| inner.problem(error))
}

fn shown(situation: Option<&Situation>, id: ItemId, marks: &Marks) -> Result<Response, Problem> {
    let found = situation.and_then(|situation| {
        let gatherings = &situation.state.gatherings;
        let gathering = gatherings.iter().find(|gathering| gathering.id == id)?;
        Some((situation, &gathering.body))
    });
    let (situation, gathering) = found.ok_or_else(|| Problem::new("gone", "This gathering is over or was deleted."))?;
    let room = gathering
        .rooms
        .iter()
        .find(|room| room.members.contains(&situation.me))
        .map(|room| room.members.as_slice())
        .unwrap_or_default();
    let side = ispy::side(gathering.duration_min);
    let marked: Vec<usize> = marks.get(&id).into_iter().flatten().copied().collect();
    let squares = ispy::card(id, room, side)
        .into_iter()
        .enumerate()
        .map(|(place, key)| ISpySquare {
            words: situation.words.say(&format!("ispy-{key}"), &[]),
            is_marked: marked.contains(&place),
        });
    Ok(Response::ISpy(ISpyCard {
        gathering: id,
        side,
        squares: squares.collect(),
        has_line: ispy::has_line(&marked, side),
    }))
}

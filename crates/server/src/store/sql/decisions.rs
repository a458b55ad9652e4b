//! What the endpoint writes of decisions: who was heard, and what came of them. It is done in the transaction of the op
//! that it follows from, so that a voice and that it was heard are never apart.

use std::collections::HashMap;

use samovar_domain::decisions::voices_of;
use samovar_domain::kinds::{
    Decision, DecisionState, HeardVoice, Outcome, Said, Voice, Voices, decision_state_id, outcome_id,
};
use samovar_domain::wire::Op;
use samovar_domain::{Audience, Body, Item, ItemId, Kind, MemberId, Owner, Timestamp};
use serde::Serialize;

use super::changes::Changes;
use super::connection::Connection;
use super::{Removal, StoreResult, rows, seals};

/// The decision that an op is about. To be asked before the op is done: a voice that is deleted says nothing any more.
pub(super) fn of_op(db: Connection<'_>, op: &Op) -> StoreResult<Option<ItemId>> {
    match op.kind.as_str() {
        Kind::DECISION => return Ok(Some(op.id)),
        Kind::VOICE | Kind::DECISION_CLOSE => {}
        _ => return Ok(None),
    }
    let body = match &op.body {
        Some(body) => Body::read(&op.kind, body).ok(),
        None => rows::get(db, op.id)?.as_ref().and_then(rows::read),
    };
    Ok(body.and_then(|body| body.target()))
}

/// Writes what follows from an op that was just done.
pub(super) fn follow(
    db: Connection<'_>,
    changes: &mut Changes,
    op: &Op,
    decision: ItemId,
    now: Timestamp,
) -> StoreResult<()> {
    keep_state(db, changes, decision, now)?;
    match op.body.as_ref().map(|body| Body::read(&op.kind, body)) {
        Some(Ok(Body::DecisionClose(close))) => end(db, changes, decision, close.words, now),
        _ => Ok(()),
    }
}

/// A decision that is there: what it says, and for whom what the endpoint writes of it is.
struct Asked {
    body: Decision,
    audience: Audience,
}

fn asked(db: Connection<'_>, decision: ItemId) -> StoreResult<Option<Asked>> {
    let Some(item) = rows::get(db, decision)? else {
        return Ok(None);
    };
    let (Some(Body::Decision(body)), Some(asker)) = (rows::read(&item), item.owner.member()) else {
        return Ok(None);
    };
    let audience = item.audience.with(asker);
    Ok(Some(Asked { body, audience }))
}

fn is_closed(db: Connection<'_>, decision: ItemId) -> StoreResult<bool> {
    Ok(rows::get(db, outcome_id(decision))?.is_some_and(|outcome| outcome.body.is_some()))
}

/// Brings what is said of a decision to what is true: who has a living voice. One that is over keeps what was true then.
pub(super) fn keep_state(
    db: Connection<'_>,
    changes: &mut Changes,
    decision: ItemId,
    now: Timestamp,
) -> StoreResult<()> {
    let Some(asked) = asked(db, decision)?.filter(|asked| !asked.body.withdrawn) else {
        return seals::erase(db, changes, decision);
    };
    if is_closed(db, decision)? {
        return Ok(());
    }
    let voices = voices(db, decision)?;
    let heard = asked.body.involved.iter().copied();
    let seal = match asked.body.voices {
        Voices::Open => None,
        Voices::Hidden => Some(seals::recipient(db, decision)?),
    };
    let state = DecisionState {
        decision,
        heard: heard.filter(|member| voices.contains_key(member)).collect(),
        seal,
    };
    write(
        db,
        changes,
        &asked,
        decision_state_id(decision),
        Kind::DECISION_STATE,
        &state,
        now,
    )
}

/// Opens what is sealed, writes what came of it, and forgets the key.
fn end(db: Connection<'_>, changes: &mut Changes, decision: ItemId, words: String, now: Timestamp) -> StoreResult<()> {
    let Some(asked) = asked(db, decision)? else {
        return Ok(());
    };
    let identity = seals::identity(db, decision)?;
    let said = |voice: Voice| -> Option<Said> {
        match voice.sealed {
            Some(sealed) => seals::open(identity.as_ref()?, &sealed),
            None => voice.said,
        }
    };
    let voices = voices(db, decision)?.into_iter();
    let voices = voices.map(|(member, voice)| (member, said(voice))).collect();
    let (voices, not_heard) = voices_of(&asked.body, &voices);
    let outcome = Outcome {
        decision,
        words,
        closed_at: now,
        voices,
        not_heard,
    };
    write(db, changes, &asked, outcome_id(decision), Kind::OUTCOME, &outcome, now)?;
    seals::erase(db, changes, decision)
}

/// The living voices, by whose they are.
fn voices(db: Connection<'_>, decision: ItemId) -> StoreResult<HashMap<MemberId, Voice>> {
    let condition = "kind = 'voice' AND target = ?1 AND body IS NOT NULL";
    let items = rows::find(db, condition, &[&decision.to_string()])?;
    let read = |item: &Item| match rows::read(item)? {
        Body::Voice(voice) => Some((item.owner.member()?, voice)),
        _ => None,
    };
    Ok(items.iter().filter_map(read).collect())
}

/// Writes what the endpoint says of a decision, when it says something else than before.
fn write<T: Serialize>(
    db: Connection<'_>,
    changes: &mut Changes,
    asked: &Asked,
    id: ItemId,
    kind: &str,
    body: &T,
    now: Timestamp,
) -> StoreResult<()> {
    let body = Some(serde_json::to_value(body)?);
    let before = rows::get(db, id)?;
    if before.as_ref().is_some_and(|before| before.body == body) {
        return Ok(());
    }
    let item = Item {
        id,
        kind: Kind::new(kind),
        owner: Owner::Team,
        seq: 0,
        audience: asked.audience.clone(),
        created_at: before.map_or(now, |before| before.created_at),
        updated_at: now,
        expires_at: None,
        body,
    };
    rows::write(db, changes, item).map(|_| ())
}

/// Which of somebody's items stay when they are removed: what has been decided was decided by all, and stays as it was.
pub(super) fn stays(db: Connection<'_>, item: &Item, removal: Removal) -> StoreResult<bool> {
    if removal == Removal::Erase || !matches!(item.kind.as_str(), Kind::DECISION | Kind::DECISION_CLOSE) {
        return Ok(false);
    }
    let decision = rows::read(item).and_then(|body| body.target()).unwrap_or(item.id);
    is_closed(db, decision)
}

/// Takes somebody who leaves out of who was heard; when they erase themselves, out of what came of decisions, too.
/// `voices` are the decisions to which they had a voice.
pub(super) fn part_with(
    db: Connection<'_>,
    changes: &mut Changes,
    member: MemberId,
    removal: Removal,
    voices: &[ItemId],
    now: Timestamp,
) -> StoreResult<()> {
    for decision in voices {
        keep_state(db, changes, *decision, now)?;
    }
    if removal != Removal::Erase {
        return Ok(());
    }
    let condition = "kind IN ('outcome', 'decision_state') AND body IS NOT NULL AND instr(body, ?1) > 0 ORDER BY seq";
    for item in rows::find(db, condition, &[&member.to_string()])? {
        let body = match rows::read(&item) {
            Some(Body::Outcome(mut outcome)) => {
                outcome.voices.retain(|voice: &HeardVoice| voice.member != member);
                outcome.not_heard.retain(|one| *one != member);
                serde_json::to_value(outcome)?
            }
            Some(Body::DecisionState(mut state)) => {
                state.heard.retain(|one| *one != member);
                serde_json::to_value(state)?
            }
            _ => continue,
        };
        rows::rewrite(db, changes, item, body, now)?;
    }
    Ok(())
}

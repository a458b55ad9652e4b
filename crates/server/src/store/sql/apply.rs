//! Ops: each exactly once. The highest number applied lies in the same transaction as the item.

use samovar_domain::check::{View as _, check};
use samovar_domain::wire::{Op, OpResult};
use samovar_domain::{Body, Epoch, Item, Kind, Owner, Problem, Seq, Timestamp};

use super::changes::Changes;
use super::check::StoredView;
use super::connection::{Connection, OptionalExtension as _, params};
use super::{
    Caller, StoreError, StoreResult, acts, cards, celebrations, decisions, gatherings, hiding, packages, pulse, rows,
};
use crate::store::acts::Deed;

/// How many results are kept for each device. A desktop sends at most 256 ops before it hears of them.
const RESULTS_KEPT: u64 = 10_000;

pub(super) fn apply(
    db: Connection<'_>,
    changes: &mut Changes,
    caller: Caller,
    epoch: Epoch,
    ops: &[Op],
    now: Timestamp,
) -> StoreResult<(Seq, Vec<OpResult>)> {
    let present: String = db.query_row("SELECT epoch FROM team", [], |row| row.get(0))?;
    if present != epoch.to_string() {
        return Err(StoreError::Resync);
    }
    let device = caller.device.to_string();
    let last: Option<i64> = db
        .query_row("SELECT last_n FROM devices WHERE id = ?1", [&device], |row| row.get(0))
        .optional()?;
    let mut last = last.ok_or(StoreError::UnknownDevice)?.cast_unsigned();
    let before = last;
    let mut results = Vec::with_capacity(ops.len());
    for op in ops {
        if op.n <= last {
            results.push(first_result(db, caller, op)?);
            continue;
        }
        if op.n != last + 1 {
            // What came before the gap stands; the gap is told only when nothing else is.
            if last > before {
                break;
            }
            return Err(StoreError::OpGap { expected: last + 1 });
        }
        let Some(result) = apply_one(db, changes, caller, op, now)? else {
            if last > before {
                break;
            }
            return Err(super::refused(
                "blob_missing",
                "A photo of this has not arrived. Send the photo, then this op again; its number is still free.",
            ));
        };
        db.prepare_cached("INSERT INTO op_results (device, n, item, seq, problem) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![
                device,
                op.n.cast_signed(),
                op.id.to_string(),
                result.seq.map(u64::cast_signed),
                result.problem.as_ref().map(serde_json::to_string).transpose()?,
            ])?;
        last = op.n;
        results.push(result);
    }
    if last > before {
        db.execute(
            "UPDATE devices SET last_n = ?2 WHERE id = ?1",
            params![device, last.cast_signed()],
        )?;
        let oldest = last.saturating_sub(RESULTS_KEPT);
        db.execute(
            "DELETE FROM op_results WHERE device = ?1 AND n <= ?2",
            params![device, oldest.cast_signed()],
        )?;
    }
    Ok((changes.head(), results))
}

/// An op that came before is answered as it was then.
fn first_result(db: Connection<'_>, caller: Caller, op: &Op) -> StoreResult<OpResult> {
    let mut statement = db.prepare_cached("SELECT item, seq, problem FROM op_results WHERE device = ?1 AND n = ?2")?;
    let found = statement
        .query_row(params![caller.device.to_string(), op.n.cast_signed()], |row| {
            Ok((
                row.get::<String>(0)?,
                row.get::<Option<i64>>(1)?,
                row.get::<Option<String>>(2)?,
            ))
        })
        .optional()?;
    match found {
        Some((item, _, _)) if item != op.id.to_string() => Err(StoreError::DeviceCloned),
        Some((_, seq, problem)) => Ok(OpResult {
            n: op.n,
            seq: seq.map(i64::cast_unsigned),
            problem: problem.map(|problem| serde_json::from_str(&problem)).transpose()?,
        }),
        // Long ago: the item itself is the answer.
        None => {
            let item = rows::get(db, op.id)?.filter(|item| item.is_visible_to(caller.member));
            let seq = item.map(|item| item.seq);
            let problem = seq
                .is_none()
                .then(|| Problem::new("forgotten", "This op is too old for its result to be known."));
            Ok(OpResult { n: op.n, seq, problem })
        }
    }
}

/// Does one op. `None` when a photo of it is missing, which a retry can mend.
fn apply_one(
    db: Connection<'_>,
    changes: &mut Changes,
    caller: Caller,
    op: &Op,
    now: Timestamp,
) -> StoreResult<Option<OpResult>> {
    let view = StoredView::new(db, caller.member, now);
    let answer = check(caller.member, op, &view);
    let existing = view.existing(op.id);
    let target = answer
        .as_ref()
        .ok()
        .and_then(|allowed| view.existing(allowed.body.as_ref()?.target()?))
        .filter(|target| target.is_visible_to(caller.member));
    view.settle()?;
    let refused = |problem| {
        Ok(Some(OpResult {
            n: op.n,
            seq: None,
            problem: Some(problem),
        }))
    };
    let allowed = match answer {
        Ok(_) if target.is_some_and(|target| target.is_gone) => {
            // It would point at nothing for ever, and nothing would ever take it away.
            return refused(Problem::new(
                "gone",
                "What this answers was deleted or was over before this arrived.",
            ));
        }
        Ok(allowed) => allowed,
        Err(problem) if problem.code == "blob_missing" => return Ok(None),
        Err(problem) => return refused(problem),
    };
    let item = Item {
        id: op.id,
        kind: op.kind.clone(),
        owner: allowed.owner,
        seq: 0,
        audience: existing
            .as_ref()
            .map_or_else(|| op.audience.clone(), |existing| existing.audience.clone()),
        created_at: allowed.created_at,
        updated_at: now,
        expires_at: allowed.expires_at,
        body: op.body.clone(),
    };
    let decision = decisions::of_op(db, op)?;
    if allowed.owner == Owner::Team {
        // Admins alone write what the team owns.
        let deed = match (&op.body, &existing) {
            (None, _) => Deed::Removed,
            (Some(_), None) => Deed::Made,
            (Some(_), Some(_)) => Deed::Changed,
        };
        acts::note(db, Some(caller), deed, op.kind.as_str(), now)?;
    }
    let seq = if item.body.is_some() {
        rows::write(db, changes, item)?
    } else {
        end(db, changes, op, now)?
    };
    if op.kind == Kind::SERIES {
        gatherings::follow_series(db, changes, op.id, now)?;
    }
    if let Some(Body::Rsvp(rsvp)) = &allowed.body {
        gatherings::seat(db, changes, caller.member, rsvp, now)?;
    }
    if op.kind == Kind::TEAM {
        pulse::follow_settings(db, changes, now)?;
    }
    if op.kind == Kind::GATHERING {
        gatherings::note_calling_off(db, op)?;
    }
    if op.kind == Kind::KUDOS || op.kind == Kind::KUDOS_HIDDEN {
        hiding::follow(db, changes, op, now)?;
    }
    if op.kind == Kind::GROUP_CARD {
        cards::follow(db, changes, op, now)?;
    }
    if celebrations::follows(op) {
        celebrations::keep(db, changes, now)?;
    }
    if let Some(decision) = decision {
        decisions::follow(db, changes, op, decision, now)?;
    }
    packages::follow(db, changes, op, caller.member, now)?;
    Ok(Some(OpResult {
        n: op.n,
        seq: Some(seq),
        problem: None,
    }))
}

/// Deletes what the op names. What was gone before stays where it was in the sequence.
fn end(db: Connection<'_>, changes: &mut Changes, op: &Op, now: Timestamp) -> StoreResult<Seq> {
    rows::bury(db, changes, op.id, now)?;
    let item = rows::get(db, op.id)?;
    Ok(item.map_or(changes.head(), |item| item.seq))
}

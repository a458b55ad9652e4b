//! Ops written here that the endpoint has not acknowledged. An op is in the outbox, or acknowledged, or refused; the
//! change from one to the next is one transaction.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, params};
use samovar_domain::wire::{Op, OpResult};
use samovar_domain::{BlobHash, Body, Epoch, Item, Kind, MemberId, Owner, Problem, Timestamp};
use serde_json::Value;

use super::items::Cursor;
use super::{Store, StoreResult, fact, get_fact, set_fact};
use crate::api::{Refused, Waiting};

/// An op that waits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Queued {
    pub(crate) op: Op,
    /// Photos that go up before it.
    pub(crate) blobs: Vec<BlobHash>,
}

/// What could be read from a damaged database.
pub(super) type Salvaged = Vec<Queued>;

fn queued(op: &str, blobs: &str) -> StoreResult<Queued> {
    Ok(Queued {
        op: serde_json::from_str(op)?,
        blobs: serde_json::from_str(blobs)?,
    })
}

pub(crate) fn all(tx: &Transaction<'_>) -> StoreResult<Vec<Queued>> {
    let mut statement = tx.prepare_cached("SELECT op, blobs FROM outbox ORDER BY n")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(queued(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?)?);
    }
    Ok(found)
}

/// Gives the op the next number and puts it into the outbox.
pub(crate) fn push(tx: &Transaction<'_>, mut op: Op, blobs: &[BlobHash]) -> StoreResult<u64> {
    let next: u64 = get_fact::<u64>(tx, fact::NEXT_N)?.max(1);
    op.n = next;
    tx.execute(
        "INSERT INTO outbox (n, op, blobs) VALUES (?1, ?2, ?3)",
        params![
            next.cast_signed(),
            serde_json::to_string(&op)?,
            serde_json::to_string(blobs)?
        ],
    )?;
    set_fact(tx, fact::NEXT_N, &(next + 1))?;
    Ok(next)
}

/// Fills the outbox anew, numbered from `first`.
pub(super) fn refill(tx: &Transaction<'_>, first: u64, ops: Vec<Queued>) -> StoreResult<()> {
    tx.execute("DELETE FROM outbox", [])?;
    set_fact(tx, fact::NEXT_N, &first)?;
    ops.into_iter()
        .try_for_each(|queued| push(tx, queued.op, &queued.blobs).map(|_| ()))
}

/// Puts ops before all that wait.
pub(super) fn push_first(tx: &Transaction<'_>, mut ops: Vec<Queued>) -> StoreResult<()> {
    let waiting = all(tx)?;
    let first = match waiting.first() {
        Some(first) => first.op.n,
        None => get_fact::<u64>(tx, fact::NEXT_N)?.max(1),
    };
    ops.extend(waiting);
    refill(tx, first, ops)
}

/// Under which number an op waits that was sent: its own, or another when they were given anew meanwhile.
fn place_of(tx: &Transaction<'_>, sent: &Op) -> StoreResult<Option<u64>> {
    let is_sent = |op: &Op| {
        Op {
            n: sent.n,
            ..op.clone()
        } == *sent
    };
    let at_its_own: Option<String> = tx
        .prepare_cached("SELECT op FROM outbox WHERE n = ?1")?
        .query_row([sent.n.cast_signed()], |row| row.get(0))
        .optional()?;
    if let Some(op) = at_its_own
        && is_sent(&serde_json::from_str(&op)?)
    {
        return Ok(Some(sent.n));
    }
    let waiting = all(tx)?;
    Ok(waiting
        .iter()
        .find(|queued| is_sent(&queued.op))
        .map(|queued| queued.op.n))
}

/// Reads what can still be read of the outbox of a damaged database. Best effort: what cannot be read is in the file
/// that is kept aside.
pub(super) fn salvage(path: &Path) -> Salvaged {
    let Ok(connection) = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY) else {
        return Vec::new();
    };
    let Ok(mut statement) = connection.prepare("SELECT op, blobs FROM outbox ORDER BY n") else {
        return Vec::new();
    };
    let Ok(rows) = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))) else {
        return Vec::new();
    };
    rows.filter_map(Result::ok)
        .filter_map(|(op, blobs)| queued(&op, &blobs).ok())
        .collect()
}

/// Puts back what was saved from a damaged database.
pub(super) fn put_back(tx: &Transaction<'_>, salvaged: Salvaged) -> StoreResult<()> {
    salvaged
        .into_iter()
        .try_for_each(|queued| push(tx, queued.op, &queued.blobs).map(|_| ()))
}

/// The words that somebody wrote in a body, to be shown when it was refused.
fn words_of(body: Option<&Value>) -> String {
    let Some(body) = body else { return String::new() };
    ["text", "reason", "note", "name", "title"]
        .iter()
        .find_map(|field| body.get(field).and_then(Value::as_str))
        .unwrap_or_default()
        .to_owned()
}

impl Store {
    /// Puts an op into the outbox; when this returns, it survives everything but the loss of the disk. Photos that were
    /// made ready for it are no longer drafts.
    pub(crate) async fn queue(&self, op: Op, blobs: Vec<BlobHash>, prepared: Vec<String>) -> StoreResult<u64> {
        self.write(move |tx| {
            for photo in prepared {
                tx.execute("DELETE FROM prepared WHERE photo = ?1", [photo])?;
            }
            push(tx, op, &blobs)
        })
        .await
    }

    /// The oldest ops that wait: at most `limit`, and as many as fit into so many bytes of JSON, but always one.
    pub(crate) async fn oldest(&self, limit: usize, bytes: usize) -> StoreResult<Vec<Queued>> {
        self.read(move |tx| {
            let mut statement = tx.prepare_cached("SELECT op, blobs FROM outbox ORDER BY n LIMIT ?1")?;
            let mut rows = statement.query([limit as i64])?;
            let (mut found, mut total) = (Vec::new(), 0);
            while let Some(row) = rows.next()? {
                let op: String = row.get(0)?;
                total += op.len();
                if total > bytes && !found.is_empty() {
                    break;
                }
                found.push(queued(&op, &row.get::<_, String>(1)?)?);
            }
            Ok(found)
        })
        .await
    }

    /// All ops that wait.
    pub(crate) async fn outbox(&self) -> StoreResult<Vec<Queued>> {
        self.read(all).await
    }

    /// How much waits.
    pub(crate) async fn waiting(&self) -> StoreResult<Waiting> {
        self.read(|tx| {
            let queued = all(tx)?;
            let photos = queued.iter().map(|queued| queued.blobs.len() as u32).sum();
            Ok(Waiting {
                ops: queued.len() as u32,
                photos,
            })
        })
        .await
    }

    /// Takes the endpoint's word on ops that were sent: those that passed become items, the others are kept as refused.
    /// `at` is when it answered, by its own clock: after a restore it is compared with what the endpoint says of others.
    /// An answer to what was sent in a life of the team that is over since says nothing of the present one: the ops wait on.
    pub(crate) async fn settle(
        &self,
        me: MemberId,
        results: Vec<(Op, OpResult)>,
        (sent_in, at): (Option<Epoch>, Timestamp),
    ) -> StoreResult<()> {
        self.write(move |tx| {
            let present = get_fact::<Cursor>(tx, fact::CURSOR)?.epoch;
            if sent_in.is_some() && sent_in != present {
                return Ok(());
            }
            for (op, result) in results {
                let Some(n) = place_of(tx, &op)? else { continue };
                if let Some(problem) = result.problem {
                    if !is_as_wanted(&op, &problem) {
                        refuse(tx, &op, &problem)?;
                    }
                } else if let Some(seq) = result.seq {
                    accept(tx, me, op, seq, at)?;
                }
                tx.execute("DELETE FROM outbox WHERE n = ?1", [n.cast_signed()])?;
            }
            Ok(())
        })
        .await
    }

    /// Numbers the waiting ops anew from `first`: after a gap, or on a newly enrolled device.
    pub(crate) async fn renumber(&self, first: u64) -> StoreResult<()> {
        self.write(move |tx| {
            let waiting = all(tx)?;
            refill(tx, first, waiting)
        })
        .await
    }

    /// What the endpoint refused.
    pub(crate) async fn refused(&self) -> StoreResult<Vec<Refused>> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached("SELECT n, kind, words, problem FROM refused ORDER BY n")?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(Refused {
                    n: row.get::<_, i64>(0)?.cast_unsigned(),
                    kind: Kind::new(row.get::<_, String>(1)?),
                    words: row.get(2)?,
                    problem: serde_json::from_str(&row.get::<_, String>(3)?)?,
                });
            }
            Ok(found)
        })
        .await
    }

    /// Takes a refused op off the list.
    pub(crate) async fn dismiss(&self, n: u64) -> StoreResult<()> {
        self.write(move |tx| {
            Ok(tx
                .execute("DELETE FROM refused WHERE n = ?1", [n.cast_signed()])
                .map(|_| ())?)
        })
        .await
    }
}

/// Keeps the words of an op that can never pass; those of what it was to delete, when it has none.
pub(super) fn refuse(tx: &Transaction<'_>, op: &Op, problem: &Problem) -> StoreResult<()> {
    let words = match &op.body {
        Some(body) => words_of(Some(body)),
        None => words_of(super::items::get(tx, op.id)?.and_then(|item| item.body).as_ref()),
    };
    tx.execute(
        "INSERT INTO refused (kind, words, problem) VALUES (?1, ?2, ?3)",
        params![op.kind.as_str(), words, serde_json::to_string(problem)?],
    )?;
    Ok(())
}

/// Whether what was to be deleted is not there, which is what its writer wanted.
fn is_as_wanted(op: &Op, problem: &Problem) -> bool {
    op.body.is_none() && matches!(problem.code.as_ref(), "not_found" | "gone")
}

/// Until the stream brings the endpoint's own version, the op stands as it was written.
fn accept(tx: &Transaction<'_>, me: MemberId, op: Op, seq: u64, at: Timestamp) -> StoreResult<()> {
    let owner = if op.kind.is_of_team() {
        Owner::Team
    } else {
        Owner::Member(me)
    };
    let expires_at = op
        .body
        .as_ref()
        .and_then(|body| Body::read(&op.kind, body).ok())
        .and_then(|body| samovar_domain::expiry::expires_at(&body, op.created_at));
    let item = Item {
        id: op.id,
        kind: op.kind,
        owner,
        seq,
        audience: op.audience,
        created_at: op.created_at,
        updated_at: at,
        expires_at,
        body: op.body,
    };
    super::items::accept(tx, item)
}

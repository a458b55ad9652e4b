//! Up: photos first, then the ops that name them, in the order of their numbers, until the outbox is empty.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use samovar_domain::wire::{Op, OpResult, OpsRequest};
use samovar_domain::{BlobHash, Body, Epoch, Problem, Timestamp};

use crate::account::Account;
use crate::api::{Changed, Connection};
use crate::core::{Inner, io_problem};
use crate::endpoint::{CallError, Endpoint};
use crate::photos::PhotoFolder;
use crate::store::Queued;
use crate::sync::wait_before;

/// The most ops in one call.
const BATCH: usize = 64;
/// The most bytes of ops in one call: half of what an endpoint takes, unless one op alone is larger.
const BATCH_BYTES: usize = 512 * 1024;

/// Sends whenever there is something to send.
pub(crate) async fn run(inner: Arc<Inner>) {
    let mut failures = 0;
    loop {
        match send_all(&inner).await {
            Ok(()) => {
                failures = 0;
                inner.outbox_filled.notified().await;
            }
            Err(CallError::SignedOut) => {
                inner.set_connection(Connection::SignedOut);
                inner.came_online.notified().await;
            }
            Err(error) => {
                failures += 1;
                tracing::debug!(code = error.code(), failures, "the outbox waits");
                tokio::select! {
                    () = tokio::time::sleep(wait_before(failures, error.retry_after())) => {}
                    () = inner.came_online.notified() => {}
                }
            }
        }
    }
}

/// Sends until nothing waits.
pub(crate) async fn send_all(inner: &Arc<Inner>) -> Result<(), CallError> {
    let mut sending = Sending {
        photos: HashSet::new(),
        at_most: BATCH,
    };
    loop {
        let batch = inner
            .store
            .oldest(sending.at_most, BATCH_BYTES)
            .await
            .map_err(|error| inner.local(error))?;
        if batch.is_empty() {
            return Ok(());
        }
        let account = inner
            .account()
            .ok_or_else(|| CallError::Unreachable("no team".to_owned()))?;
        let endpoint = inner
            .endpoint()
            .ok_or_else(|| CallError::Unreachable("no endpoint".to_owned()))?;
        send_batch(inner, &account, &endpoint, batch, &mut sending).await?;
        inner.tell(Changed::Today);
        inner.tell(Changed::Status);
    }
}

/// What is known while the outbox is being emptied.
struct Sending {
    /// Photos that are up.
    photos: HashSet<BlobHash>,
    /// The most ops in one call: fewer after the endpoint found a call too large.
    at_most: usize,
}

async fn send_batch(
    inner: &Arc<Inner>,
    account: &Account,
    endpoint: &Endpoint,
    batch: Vec<Queued>,
    sending: &mut Sending,
) -> Result<(), CallError> {
    for queued in &batch {
        if let Some(problem) = send_photos(inner, endpoint, queued, &mut sending.photos).await? {
            return set_aside(inner, account, queued, problem).await;
        }
    }
    let Some(epoch) = inner.store.cursor().await.map_err(|error| inner.local(error))?.epoch else {
        return crate::sync::catch_up(inner).await;
    };
    let ops = batch.iter().map(|queued| queued.op.clone()).collect();
    match endpoint.ops(&OpsRequest { epoch, ops }).await {
        Ok(answer) => {
            let sent: HashMap<u64, Op> = batch.into_iter().map(|queued| (queued.op.n, queued.op)).collect();
            let op_of = |result: OpResult| Some((sent.get(&result.n)?.clone(), result));
            let at = answer.time.unwrap_or_else(|| inner.now());
            let results = answer.results.into_iter().filter_map(op_of).collect();
            settle(inner, account, results, (Some(epoch), at)).await
        }
        Err(CallError::Refused(refusal)) => match (refusal.problem.code.as_ref(), refusal.expected) {
            ("op_gap", Some(first)) => inner.kept(inner.store.renumber(first).await).map_err(CallError::Local),
            ("device_cloned", _) => enrol_anew(inner, account, endpoint).await,
            ("blob_missing", _) => {
                sending.photos.clear();
                resend_photos(inner, endpoint, &batch).await
            }
            _ if refusal.is_too_large() && batch.len() > 1 => {
                sending.at_most = batch.len() / 2;
                Ok(())
            }
            // The endpoint's own word on the one op of the call.
            ("too_large", _) => match batch.first() {
                Some(only) => set_aside(inner, account, only, refusal.problem).await,
                None => Ok(()),
            },
            _ => Err(CallError::Refused(refusal)),
        },
        // A proxy before the endpoint takes less than the endpoint does.
        Err(CallError::Trouble { status: 413, .. }) if batch.len() > 1 => {
            sending.at_most = batch.len() / 2;
            Ok(())
        }
        Err(CallError::Resync) => crate::sync::catch_up(inner).await,
        Err(error) => Err(error),
    }
}

/// What no retry can mend of a photo. Everything else, such as an upload that was cut on the way, is tried again.
const NEVER_TAKEN: [&str; 2] = ["not_a_picture", "too_large"];

/// Sends the photos of an op. The problem is one that no retry can mend.
async fn send_photos(
    inner: &Arc<Inner>,
    endpoint: &Endpoint,
    queued: &Queued,
    sent: &mut HashSet<BlobHash>,
) -> Result<Option<Problem>, CallError> {
    for blob in &queued.blobs {
        if sent.contains(blob) {
            continue;
        }
        let path = inner.photos.path(*blob);
        let read = samovar_blocking::run(move || PhotoFolder::read(&path))
            .await
            .map_err(std::io::Error::other)
            .flatten();
        let bytes = match read {
            // What the disk has made of it is not the photo any more.
            Ok(Some(bytes)) if BlobHash::of(&bytes) == *blob => bytes,
            Ok(_) => {
                return Ok(Some(Problem::new(
                    "photo_missing",
                    "The photo is no longer on this computer, so the snapshot could not be sent. Its words are kept here.",
                )));
            }
            Err(error) => return Err(CallError::Local(io_problem(&error))),
        };
        match endpoint.put_blob(*blob, bytes).await {
            Ok(()) => sent.insert(*blob),
            Err(CallError::Refused(refusal)) if NEVER_TAKEN.contains(&refusal.problem.code.as_ref()) => {
                return Ok(Some(refusal.problem));
            }
            Err(error) => return Err(error),
        };
    }
    Ok(None)
}

/// The endpoint misses a photo that it had taken: send all photos of the batch once more, then try again later.
async fn resend_photos(inner: &Arc<Inner>, endpoint: &Endpoint, batch: &[Queued]) -> Result<(), CallError> {
    for queued in batch {
        let body = queued
            .op
            .body
            .as_ref()
            .and_then(|body| Body::read(&queued.op.kind, body).ok());
        let again = Queued {
            op: queued.op.clone(),
            blobs: body.map(|body| body.blobs()).unwrap_or_default(),
        };
        if let Some(problem) = send_photos(inner, endpoint, &again, &mut HashSet::new()).await? {
            let account = inner
                .account()
                .ok_or_else(|| CallError::Unreachable("no team".to_owned()))?;
            return set_aside(inner, &account, queued, problem).await;
        }
    }
    Ok(())
}

async fn settle(
    inner: &Arc<Inner>,
    account: &Account,
    results: Vec<(Op, OpResult)>,
    (sent_in, at): (Option<Epoch>, Timestamp),
) -> Result<(), CallError> {
    let _here = inner.leaving.read().await;
    if inner.account().is_none() {
        return Ok(()); // the team was left while this was on its way
    }
    // What was deleted, and what is set aside, needs its photos no more.
    let is_any_unwanted = results
        .iter()
        .any(|(op, result)| op.body.is_none() || result.problem.is_some());
    let settled = inner.store.settle(account.member, results, (sent_in, at)).await;
    inner.kept(settled).map_err(CallError::Local)?;
    if is_any_unwanted {
        inner.photos_unwanted.notify_one();
    }
    Ok(())
}

/// Keeps an op that can never pass with its words, and closes the gap that it leaves in the numbers: it was never
/// applied, so the next op may have its number.
async fn set_aside(inner: &Arc<Inner>, account: &Account, queued: &Queued, problem: Problem) -> Result<(), CallError> {
    let n = queued.op.n;
    let result = OpResult {
        n,
        seq: None,
        problem: Some(problem),
    };
    settle(inner, account, vec![(queued.op.clone(), result)], (None, inner.now())).await?;
    inner.kept(inner.store.renumber(n).await).map_err(CallError::Local)
}

/// Another copy of this profile has used our numbers: become a device of our own, and keep the outbox.
async fn enrol_anew(inner: &Arc<Inner>, account: &Account, endpoint: &Endpoint) -> Result<(), CallError> {
    let enrolled = endpoint.enrol(&inner.parts.device_name).await?;
    let renewed = Account {
        device: enrolled.device_id,
        token: enrolled.token,
        ..account.clone()
    };
    inner
        .set_account(renewed)
        .await
        .map_err(|problem| CallError::Unreachable(problem.detail))?;
    inner.kept(inner.store.renumber(1).await).map_err(CallError::Local)
}

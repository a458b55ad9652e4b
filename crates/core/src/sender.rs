//! Up: photos first, then the ops that name them, in the order of their numbers, until the outbox is empty.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use samovar_domain::wire::{Op, OpResult, OpsRequest};
use samovar_domain::{BlobHash, Body, Problem};

use crate::account::Account;
use crate::api::{Changed, Connection};
use crate::core::Inner;
use crate::endpoint::{CallError, Endpoint};
use crate::photos::PhotoFolder;
use crate::store::Queued;
use crate::sync::wait_before;

/// The most ops in one call.
const BATCH: usize = 64;

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
                    () = tokio::time::sleep(wait_before(failures, None)) => {}
                    () = inner.came_online.notified() => {}
                }
            }
        }
    }
}

/// Sends until nothing waits.
pub(crate) async fn send_all(inner: &Arc<Inner>) -> Result<(), CallError> {
    let mut sent_photos = HashSet::new();
    loop {
        let batch = inner.store.oldest(BATCH).await.map_err(|error| inner.local(error))?;
        if batch.is_empty() {
            return Ok(());
        }
        let account = inner
            .account()
            .ok_or_else(|| CallError::Unreachable("no team".to_owned()))?;
        let endpoint = inner
            .endpoint()
            .ok_or_else(|| CallError::Unreachable("no endpoint".to_owned()))?;
        send_batch(inner, &account, &endpoint, batch, &mut sent_photos).await?;
        inner.tell(Changed::Today);
        inner.tell(Changed::Status);
    }
}

async fn send_batch(
    inner: &Arc<Inner>,
    account: &Account,
    endpoint: &Endpoint,
    batch: Vec<Queued>,
    sent_photos: &mut HashSet<BlobHash>,
) -> Result<(), CallError> {
    for queued in &batch {
        if let Some(problem) = send_photos(inner, endpoint, queued, sent_photos).await? {
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
            settle(inner, account, answer.results.into_iter().filter_map(op_of).collect()).await
        }
        Err(CallError::Refused(problem, expected)) => match (problem.code.as_ref(), expected) {
            ("op_gap", Some(first)) => inner.kept(inner.store.renumber(first).await).map_err(CallError::Local),
            ("device_cloned", _) => enrol_anew(inner, account, endpoint).await,
            ("blob_missing", _) => {
                sent_photos.clear();
                resend_photos(inner, endpoint, &batch).await
            }
            // The whole call was refused: the oldest op is at fault, or they would have answered one by one.
            _ => match batch.first() {
                Some(first) => set_aside(inner, account, first, problem).await,
                None => Ok(()),
            },
        },
        Err(CallError::Resync) => crate::sync::catch_up(inner).await,
        Err(error) => Err(error),
    }
}

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
        let bytes = tokio::task::spawn_blocking(move || PhotoFolder::read(&path))
            .await
            .ok()
            .flatten();
        let Some(bytes) = bytes else {
            return Ok(Some(Problem::new(
                "photo_missing",
                "The photo is no longer on this computer, so the snapshot could not be sent. Its words are kept here.",
            )));
        };
        match endpoint.put_blob(*blob, bytes).await {
            Ok(()) => sent.insert(*blob),
            Err(CallError::Refused(problem, _)) => return Ok(Some(problem)),
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

async fn settle(inner: &Arc<Inner>, account: &Account, results: Vec<(Op, OpResult)>) -> Result<(), CallError> {
    let settled = inner.store.settle(account.member, results, inner.now()).await;
    inner.kept(settled).map_err(CallError::Local)
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
    settle(inner, account, vec![(queued.op.clone(), result)]).await?;
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

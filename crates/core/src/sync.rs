//! Down: page to head, then stream; reconnect with full jitter; sync anew when the endpoint asks for it.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use rand::Rng as _;
use samovar_domain::notices::TOLD_WITHIN;
use samovar_domain::{Epoch, Item, Timestamp};
use tokio::time::Instant;

use crate::api::{Changed, Connection};
use crate::core::Inner;
use crate::endpoint::{CallError, head_of};
use crate::sse::Events;
use crate::store::Cursor;

/// The endpoint sends something at least every 25 s; after this long without a byte the connection is dead.
const WATCHDOG: Duration = Duration::from_secs(70);
/// A stream that lasted so long was no failure.
const LASTING: Duration = Duration::from_secs(30);
/// The shortest and the longest bound of a wait between tries (full jitter: anything from nothing to the bound).
const WAIT_FIRST: Duration = Duration::from_secs(1);
const WAIT_LONGEST: Duration = Duration::from_mins(1);

/// How long to wait before the next try: full jitter, so that a thousand desktops do not come back at once.
pub(crate) fn wait_before(failures: u32, retry_after: Option<Duration>) -> Duration {
    let bound = WAIT_FIRST
        .saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1).min(10)))
        .min(WAIT_LONGEST);
    let jitter = rand::rng().random_range(0.05..=1.0);
    retry_after.unwrap_or_default().min(WAIT_LONGEST * 5) + bound.mul_f64(jitter)
}

/// While a desktop pages to head, what has come is shown so often.
const TELL_EACH: Duration = Duration::from_secs(1);

/// When a stream was opened.
#[derive(Debug, Clone, Copy)]
struct Opened {
    at: Timestamp,
    awake: Instant,
}

impl Opened {
    fn now(inner: &Inner) -> Self {
        Self {
            at: inner.now(),
            awake: Instant::now(),
        }
    }

    /// Whether it was of use: some proxies let every stream begin and end it at once, and what is tried again then is
    /// tried less and less often.
    fn has_lasted(&self, inner: &Inner) -> bool {
        self.awake.elapsed() >= LASTING || inner.now().since(self.at) >= LASTING
    }
}

/// Stays connected for as long as there is a team and the device is known to it.
pub(crate) async fn run(inner: Arc<Inner>) {
    let mut failures = 0;
    loop {
        if inner.account().is_none() {
            inner.set_connection(Connection::None);
            inner.try_now.notified().await;
            continue;
        }
        if failures == 0 {
            inner.set_connection(Connection::Connecting);
        }
        let mut opened = None;
        let ended = match prepare_endpoint(&inner).await {
            Ok(()) => connected(&inner, &mut opened).await,
            Err(error) => Err(error),
        };
        if opened.is_some_and(|opened: Opened| opened.has_lasted(&inner)) {
            failures = 0;
        }
        let error = match ended {
            // A reader that was too slow has paged and streams on at once; but an endpoint may say so for ever.
            Ok(()) if failures == 0 => {
                failures = 1;
                continue;
            }
            Ok(()) => CallError::Unreachable("the stream asks to page again and again".to_owned()),
            Err(error) => error,
        };
        tracing::debug!(code = error.code(), "the connection ended");
        match error {
            CallError::SignedOut => {
                inner.set_connection(Connection::SignedOut);
                inner.try_now.notified().await;
            }
            CallError::Resync => {
                failures += 1;
                match resync(&inner).await {
                    // Once is done at once. An endpoint that asks for it again and again is not to be busy with us.
                    Ok(()) if failures == 1 => {}
                    Ok(()) => wait(&inner, &CallError::Resync, failures).await,
                    Err(error) => wait(&inner, &error, failures).await,
                }
            }
            error => {
                failures += 1;
                wait(&inner, &error, failures).await;
            }
        }
    }
}

async fn wait(inner: &Inner, error: &CallError, failures: u32) {
    let delay = wait_before(failures, error.retry_after());
    inner.set_offline(error, inner.now().plus(delay));
    tokio::select! {
        () = tokio::time::sleep(delay) => {}
        () = inner.try_now.notified() => {}
    }
}

/// Starts the endpoint of a team on this computer, when it is one. When it does not start, nothing may be sent to its
/// address: somebody else may listen there, who is not to learn this device's secret.
pub(crate) async fn prepare_endpoint(inner: &Inner) -> Result<(), CallError> {
    let Some(account) = inner.account().filter(|account| account.is_local) else {
        return Ok(());
    };
    let folder = inner.parts.folder.join("endpoint");
    let started = inner.parts.endpoint_host.start(&folder).await.map_err(|problem| {
        tracing::warn!(code = %problem.code, "the endpoint on this computer did not start");
        CallError::NotHosted(problem)
    })?;
    if let Ok(endpoint) = started.base_url.parse()
        && endpoint != account.endpoint
    {
        let moved = crate::account::Account { endpoint, ..account };
        inner.set_account(moved).await.map_err(CallError::Local)?;
    }
    Ok(())
}

fn endpoint(inner: &Inner) -> Result<crate::endpoint::Endpoint, CallError> {
    inner
        .endpoint()
        .ok_or_else(|| CallError::Unreachable("no endpoint".to_owned()))
}

/// Pages from the cursor to head, and applies each page with its cursor.
pub(crate) async fn catch_up(inner: &Arc<Inner>) -> Result<(), CallError> {
    match page_to_head(inner).await {
        Err(CallError::Resync) => resync(inner).await,
        other => other,
    }
}

/// The next page is on its way while one is stored. Those who show or tell anything hear of it once all is here, and
/// in between not at each page.
async fn page_to_head(inner: &Arc<Inner>) -> Result<(), CallError> {
    let mut untold = Untold::default();
    let paged = page_on(inner, &mut untold).await;
    untold.tell(inner);
    paged
}

async fn page_on(inner: &Arc<Inner>, untold: &mut Untold) -> Result<(), CallError> {
    let endpoint = endpoint(inner)?;
    let mut cursor = inner.store.cursor().await.map_err(|error| inner.local(error))?;
    let is_first = cursor.epoch.is_none();
    let mut page = endpoint.page(cursor.seq, cursor.epoch).await?;
    loop {
        if cursor.epoch.is_some_and(|epoch| epoch != page.epoch) {
            return Err(CallError::Resync);
        }
        let last = page.items.last().map_or(cursor.seq, |item| item.seq);
        cursor = Cursor {
            epoch: Some(page.epoch),
            seq: if page.more { last } else { page.head.max(last) },
        };
        let stores = apply(inner, page.items, cursor, is_first, untold);
        if !page.more {
            return stores.await;
        }
        let (stored, next) = tokio::join!(stores, endpoint.page(cursor.seq, cursor.epoch));
        stored?;
        page = next?;
        if untold.since.is_some_and(|since| since.elapsed() >= TELL_EACH) {
            untold.tell(inner);
        }
    }
}

/// Collects the whole team beside what is here, then puts it in its place. Never a partial answer.
async fn resync(inner: &Arc<Inner>) -> Result<(), CallError> {
    let endpoint = endpoint(inner)?;
    let asked_at = inner.store.cursor().await.map_err(|error| inner.local(error))?;
    let _alone = inner.fetching_anew.lock().await;
    if inner.store.cursor().await.map_err(|error| inner.local(error))? != asked_at {
        return Ok(()); // done meanwhile by whoever else was told to
    }
    inner.kept(inner.store.begin_resync().await).map_err(CallError::Local)?;
    let mut page = endpoint.page(0, None).await?;
    let mut after = 0;
    loop {
        let last = page.items.last().map_or(after, |item| item.seq);
        let (epoch, more) = (page.epoch, page.more);
        let collected = inner.store.collect(page.items);
        if !more {
            inner.kept(collected.await).map_err(CallError::Local)?;
            let cursor = Cursor {
                epoch: Some(epoch),
                seq: page.head.max(last),
            };
            put_in_place(inner, cursor).await?;
            inner.packages.looked.notify_one();
            inner.photos_unwanted.notify_one();
            changed(inner);
            return Ok(());
        }
        after = last;
        let (collected, next) = tokio::join!(collected, endpoint.page(after, Some(epoch)));
        inner.kept(collected).map_err(CallError::Local)?;
        page = next?;
    }
}

/// The fresh copy takes the place of the old one. What a person wrote on this desktop and the endpoint has lost, because
/// its data are older than this desktop, goes into the outbox again.
async fn put_in_place(inner: &Arc<Inner>, cursor: Cursor) -> Result<(), CallError> {
    let Some(account) = inner.account() else { return Ok(()) };
    let finished = inner.store.finish_resync(cursor, account.member, inner.now()).await;
    if inner.kept(finished).map_err(CallError::Local)? {
        inner.outbox_filled.notify_one();
    }
    Ok(())
}

async fn connected(inner: &Arc<Inner>, opened: &mut Option<Opened>) -> Result<(), CallError> {
    page_to_head(inner).await?;
    crate::setup::set_hours_chosen_on_joining(inner).await;
    let cursor = inner.store.cursor().await.map_err(|error| inner.local(error))?;
    let response = endpoint(inner)?.stream(cursor.seq, cursor.epoch).await?;
    *opened = Some(Opened::now(inner));
    inner.set_connection(Connection::Online);
    inner.came_online.notify_one();
    inner.pulse_look.notify_one();
    inner.spawn(crate::photo_requests::ask_again(Arc::clone(inner)));
    let mut bytes = response.bytes_stream();
    let mut events = Events::default();
    loop {
        let piece = tokio::select! {
            biased;
            piece = bytes.next() => piece,
            () = silence(inner) => {
                return Err(CallError::Unreachable("nothing came for too long".to_owned()));
            }
            () = inner.begun_anew.notified() => return Err(CallError::Resync),
            () = inner.try_now.notified() => continue, // already connected
        };
        let Some(piece) = piece else {
            return Err(ended(&events));
        };
        let piece = piece.map_err(|_| ended(&events))?;
        let mut arrived = Vec::new();
        let taken = events.take(&piece, &mut arrived);
        let mut items: Vec<Item> = Vec::new();
        for event in arrived {
            match event.event.as_str() {
                // An item that cannot be read at all would be lost by moving on: page it instead, where it is seen.
                "item" => items.push(serde_json::from_str(&event.data).map_err(|_| CallError::Resync)?),
                "resync" => {
                    settle(inner, items, cursor.epoch).await?;
                    return page_to_head(inner).await;
                }
                "head" if is_of_another_life(&event.data, cursor.epoch) => return Err(CallError::Resync),
                _ => {}
            }
        }
        settle(inner, items, cursor.epoch).await?;
        taken.map_err(|error| CallError::Unreachable(error.to_string()))?;
        crate::system_zone::look(inner);
    }
}

fn ended(events: &Events) -> CallError {
    CallError::StreamEnded {
        retry_after: events.retry(),
    }
}

/// Returns when nothing has come for too long: by the time that the computer was awake, or by the clock on the wall,
/// which goes on while it sleeps.
async fn silence(inner: &Inner) {
    let until = inner.now().plus(WATCHDOG);
    let by_the_wall = async {
        while inner.now() < until {
            inner.parts.timer.wait_until(Some(until)).await;
        }
    };
    tokio::select! {
        () = tokio::time::sleep(WATCHDOG) => {}
        () = by_the_wall => {}
    }
}

fn is_of_another_life(head: &str, known: Option<Epoch>) -> bool {
    head_of(head).is_some_and(|head| known.is_some_and(|epoch| epoch != head.epoch))
}

async fn settle(inner: &Arc<Inner>, items: Vec<Item>, epoch: Option<Epoch>) -> Result<(), CallError> {
    let Some(last) = items.last().map(|item| item.seq) else {
        return Ok(());
    };
    let mut untold = Untold::default();
    apply(inner, items, Cursor { epoch, seq: last }, false, &mut untold).await?;
    untold.tell(inner);
    Ok(())
}

async fn apply(
    inner: &Arc<Inner>,
    items: Vec<Item>,
    cursor: Cursor,
    is_first: bool,
    untold: &mut Untold,
) -> Result<(), CallError> {
    let is_anybody_there = inner.is_started.load(std::sync::atomic::Ordering::Relaxed);
    let is_news = !is_first && is_anybody_there;
    // What is older would be passed over when it is its turn to be told.
    let news_since = is_news.then(|| inner.now().minus(TOLD_WITHIN));
    let _here = inner.leaving.read().await;
    if inner.account().is_none() {
        return Ok(()); // it was left while this was on its way
    }
    let concerns_packages = items.iter().any(|item| crate::packages::tending::concerns(&item.kind));
    let applied = inner
        .kept(inner.store.apply(items, cursor, news_since).await)
        .map_err(CallError::Local)?;
    untold.since.get_or_insert_with(Instant::now);
    untold.is_changed |= applied.changed;
    untold.is_any_gone |= applied.is_any_gone;
    untold.is_news |= is_news && applied.is_any_new;
    untold.concerns_packages |= concerns_packages;
    Ok(())
}

/// What was stored, and those who show it or act on it have not heard of.
#[derive(Debug, Default)]
struct Untold {
    /// Since when there may be such.
    since: Option<Instant>,
    is_changed: bool,
    is_any_gone: bool,
    is_news: bool,
    concerns_packages: bool,
}

impl Untold {
    fn tell(&mut self, inner: &Inner) {
        let stored = std::mem::take(self);
        if stored.is_changed {
            changed(inner);
        }
        if stored.concerns_packages {
            inner.packages.looked.notify_one();
        }
        if stored.is_any_gone {
            inner.photos_unwanted.notify_one();
        }
        if stored.is_news {
            inner.news_came.notify_one();
        }
    }
}

fn changed(inner: &Inner) {
    inner.tell(Changed::Today);
    inner.tell(Changed::Status);
    inner.plan_anew.notify_one();
    inner.pulse_look.notify_one();
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn waits_grow_to_a_minute_and_no_further() {
        for failures in 1..40 {
            for _ in 0..50 {
                let delay = wait_before(failures, None);
                assert!(delay > Duration::ZERO && delay <= WAIT_LONGEST, "{failures}: {delay:?}");
            }
        }
        assert!((0..50).all(|_| wait_before(1, None) <= WAIT_FIRST));
        let spread: HashSet<u64> = (0..50).map(|_| wait_before(10, None).as_secs() / 10).collect();
        assert!(
            spread.len() > 3,
            "a thousand desktops do not come back at once: {spread:?}"
        );
        assert!(wait_before(1, Some(Duration::from_secs(20))) >= Duration::from_secs(20));
    }
}

//! Carries what waits: each mirror by itself, one thing after the other, so that a slow or broken one holds up nothing but
//! itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use samovar_domain::wire::MirrorTarget;
use samovar_domain::{Item, Kind, MirrorId};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::addresses::Reach;
use super::carrier::Carrier;
use super::outcome::Outcome;
use super::services::{Deed, Wanted};
use super::words::Language;
use crate::state::App;
use crate::store::StoreResult;

/// The longest sleep: by then it is noticed that the command line has resumed a mirror.
const LONGEST: Duration = Duration::from_secs(30);
/// The shortest, so that a clock that stands still does not make this a busy loop.
const SHORTEST: Duration = Duration::from_millis(20);
/// The wait after a failure of the store.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// What carrying needs beside the store.
pub(crate) struct Mirroring {
    /// Something may be waiting.
    pub(crate) wake: Notify,
    /// Makes the calls.
    pub(crate) carrier: Carrier,
    /// One at a time at each mirror.
    turns: Mutex<HashMap<MirrorId, Arc<tokio::sync::Mutex<()>>>>,
}

impl Mirroring {
    /// One that reaches so far.
    pub(crate) fn new(reach: Reach) -> Self {
        Self {
            wake: Notify::new(),
            carrier: Carrier::new(reach),
            turns: Mutex::default(),
        }
    }

    /// A commit may have queued something.
    pub(crate) fn heed(&self, items: &[Item]) {
        let is_shown = |item: &Item| matches!(item.kind.as_str(), Kind::KUDOS | Kind::GATHERING | Kind::MEMBER);
        if items.iter().any(is_shown) {
            self.wake.notify_one();
        }
    }

    fn turn(&self, mirror: MirrorId) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(turns.entry(mirror).or_default())
    }
}

/// Carries until the endpoint stops. A call that is under way then is waited for.
pub(crate) async fn run(app: App) {
    let mut carrying = JoinSet::new();
    let mut busy: Vec<MirrorId> = Vec::new();
    loop {
        let now = app.now();
        let mut wait = LONGEST;
        match app.store.mirrors_due().await {
            Ok(all) => {
                for due in all {
                    if busy.contains(&due.mirror) {
                        continue;
                    }
                    if due.at <= now {
                        busy.push(due.mirror);
                        let app = app.clone();
                        carrying.spawn(async move { (due.mirror, carry(&app, due.mirror).await) });
                    } else {
                        wait = wait.min(due.at.since(now).max(SHORTEST));
                    }
                }
            }
            Err(error) => {
                tracing::error!(%error, "what is to be mirrored could not be looked up; it is tried again");
                wait = AFTER_FAILURE;
            }
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = app.mirroring.wake.notified() => {}
            Some(done) = carrying.join_next() => {
                let Ok((mirror, carried)) = done else { busy.clear(); continue };
                if let Err(error) = carried {
                    tracing::error!(%mirror, %error, "a mirror could not be seen to; it is tried again");
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
                busy.retain(|one| *one != mirror);
            }
            () = app.stopping.cancelled() => break,
        }
    }
    while carrying.join_next().await.is_some() {}
}

/// Carries all that is due at one mirror, in order, until nothing is or it has to wait.
async fn carry(app: &App, mirror: MirrorId) -> StoreResult<()> {
    let turn = app.mirroring.turn(mirror);
    let _mine = turn.lock().await;
    while !app.stopping.is_cancelled() {
        let Some(load) = app.store.take_load(mirror, app.now()).await? else {
            break;
        };
        let key = load.key();
        let wanted = Wanted {
            deed: &load.deed,
            language: load.language,
            key: &key,
            at: app.now(),
        };
        let outcome = app.mirroring.carrier.carry(&load.target, wanted).await;
        if !matches!(outcome, Outcome::Done { .. }) {
            tracing::info!(%mirror, ?outcome, "a mirror did not take something");
        }
        app.store.settle_load(load, outcome, app.now()).await?;
    }
    Ok(())
}

/// Carries all that is due at every mirror by the clock as it stands now.
pub(crate) async fn carry_all(app: &App) -> StoreResult<()> {
    let due = app.store.mirrors_due().await?;
    let mut carrying = JoinSet::new();
    for due in due.into_iter().filter(|due| due.at <= app.now()) {
        let app = app.clone();
        carrying.spawn(async move { carry(&app, due.mirror).await });
    }
    while let Some(done) = carrying.join_next().await {
        done.unwrap_or(Ok(()))?;
    }
    Ok(())
}

/// Shows an admin whether messages arrive. Nothing of it is kept.
pub(crate) async fn try_out(
    carrier: &Carrier,
    target: &MirrorTarget,
    language: Language,
    now: samovar_domain::Timestamp,
) -> Outcome {
    let key = format!("test-{}", uuid::Uuid::new_v4());
    let wanted = Wanted {
        deed: &Deed::Trial,
        language,
        key: &key,
        at: now,
    };
    carrier.carry(target, wanted).await
}

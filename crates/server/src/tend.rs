//! What the endpoint does by itself, at the instants at which there is something to do.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::time::Duration;

use rand::RngCore as _;
use samovar_domain::{BlobHash, Timestamp};

use crate::state::App;
use crate::store::StoreResult;

/// Gatherings are made and purges done this often, so that there are always four weeks of gatherings.
const DAY: Duration = Duration::from_hours(24);
/// The longest sleep: by then a computer that was suspended, or whose clock was set, is noticed.
const LONGEST: Duration = Duration::from_mins(15);
/// The wait after a failure.
const AFTER_FAILURE: Duration = Duration::from_secs(5);
/// How old a file in the folder of photos must be before it can be a stray: younger ones may be on their way in.
const STRAY_AGE: Duration = DAY;

/// Ends what is over, makes gatherings and their rooms; sleeps until the next thing is over or the day is.
pub(crate) async fn run(app: App) {
    let mut last_daily: Option<Timestamp> = None;
    let mut draws = NextDraw::default();
    loop {
        let now = app.now();
        let is_daily = is_time(last_daily, now);
        let wait = match look(&app, is_daily, &mut draws).await {
            Ok(next) => {
                if is_daily {
                    sweep(&app).await;
                    last_daily = Some(now);
                }
                let daily_at = last_daily.unwrap_or(now).plus(DAY);
                let next = next.map_or(daily_at, |next| next.min(daily_at));
                // A moment at least, so that a clock that stands still does not make this a busy loop.
                next.since(app.now()).clamp(Duration::from_millis(20), LONGEST)
            }
            Err(error) => {
                tracing::error!(%error, "what is over could not be ended; it is tried again");
                AFTER_FAILURE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = app.upkeep.notified() => {}
            () = app.stopping.cancelled() => return,
        }
    }
}

/// Whether the day's work is to be done: never yet, a day ago, or, by a clock that was set back since, in times to come.
fn is_time(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|last| now < last || now >= last.plus(DAY))
}

/// When pair calls are drawn next, as it was looked up a while ago: every op wakes the upkeep, and few change that. Those
/// that may are told by [`App::draw_may_move`].
#[derive(Debug, Default)]
struct NextDraw {
    at: Timestamp,
    looked_up: Option<Timestamp>,
}

impl NextDraw {
    async fn at(&mut self, app: &App) -> StoreResult<Timestamp> {
        let now = app.now();
        if app.draw_may_move.swap(false, Ordering::Relaxed) {
            self.looked_up = None;
        }
        let is_known = |looked_up: Timestamp| looked_up <= now && now < looked_up.plus(LONGEST) && now < self.at;
        if !self.looked_up.is_some_and(is_known) {
            self.at = app.store.next_draw(now).await?;
            self.looked_up = Some(now);
        }
        Ok(self.at)
    }
}

/// Ends what is over, draws what is due, mixes rooms, and tells when there is something to do next.
async fn look(app: &App, is_daily: bool, draws: &mut NextDraw) -> StoreResult<Option<Timestamp>> {
    let next = app.store.next_expiry().await?;
    let is_due = draws.at(app).await? <= app.now();
    if is_daily || is_due || next.is_some_and(|next| next <= app.now()) {
        end_and_make(app, is_daily, is_due).await?;
    }
    app.store.mix_rooms(app.now()).await?;
    let next = [app.store.next_expiry().await?, app.store.next_rooms(app.now()).await?];
    let draw = draws.at(app).await?;
    Ok(next.into_iter().flatten().chain([draw]).min())
}

async fn end_and_make(app: &App, is_daily: bool, is_draw_due: bool) -> StoreResult<()> {
    app.store.expire(app.now()).await?;
    if is_draw_due {
        let mut secret = [0; 32];
        rand::rng().fill_bytes(&mut secret);
        app.store.draw_pairs(app.now(), secret).await?;
    }
    if is_daily {
        app.store.plan_gatherings(app.now()).await?;
        app.store.forget_invites(app.now()).await?;
    }
    Ok(())
}

/// All of it, now.
pub(crate) async fn now(app: &App) -> StoreResult<()> {
    look(app, true, &mut NextDraw::default()).await.map(|_| ())
}

/// Deletes files that no row knows: what a crash left between a photo's file and its row, or the other way round.
async fn sweep(app: &App) {
    let known: HashSet<BlobHash> = match app.store.known_blobs().await {
        Ok(known) => known.into_iter().collect(),
        Err(error) => {
            tracing::error!(%error, "the photos could not be listed");
            return;
        }
    };
    let folder = app.blobs.clone();
    let swept = tokio::task::spawn_blocking(move || -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let is_known = name
                .to_str()
                .and_then(|name| name.parse().ok())
                .is_some_and(|hash| known.contains(&hash));
            let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
            if !is_known && age > STRAY_AGE {
                // A folder is what a backup that was killed held.
                if entry.file_type()?.is_dir() {
                    std::fs::remove_dir_all(entry.path())?;
                } else {
                    std::fs::remove_file(entry.path())?;
                }
            }
        }
        Ok(())
    });
    if let Ok(Err(error)) = swept.await {
        tracing::warn!(%error, "the folder of photos could not be swept");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_back_does_not_stop_the_daily_work() {
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        assert!(is_time(None, now));
        assert!(!is_time(Some(now), now));
        assert!(!is_time(Some(now), now.plus(DAY).minus(Duration::from_millis(1))));
        assert!(is_time(Some(now), now.plus(DAY)));
        // It said 2036 when the last one was done, and has been put right since.
        assert!(is_time(Some(now.plus(DAY * 3650)), now));
    }
}

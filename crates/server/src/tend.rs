//! What the endpoint does by itself, at the instants at which there is something to do.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::time::Duration;

use rand::RngCore as _;
use samovar_domain::{BlobHash, Timestamp};

use crate::blobs::Blobs as _;
use crate::pulse_tokens::RoundKey;
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
/// How many of them are deleted in one turn: writers wait for it.
const STRAYS_AT_ONCE: usize = 500;

/// Ends what is over, makes gatherings and their rooms, opens and closes the pulse; sleeps until the next thing is over or the day is.
pub(crate) async fn run(app: App) {
    let mut last_daily: Option<Timestamp> = None;
    let mut known = Known::default();
    loop {
        let now = app.now();
        let is_daily = is_time(last_daily, now);
        let wait = match look(&app, is_daily, &mut known).await {
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

/// What was looked up a while ago: every op wakes the upkeep, and few change this.
#[derive(Debug, Default)]
struct Known {
    draw: NextDraw,
    pulse: NextPulse,
    rooms: NextRooms,
    celebrations: NextCelebrations,
}

/// When pair calls are drawn next. What may change that is told by [`App::draw_may_move`].
#[derive(Debug, Default)]
struct NextDraw {
    at: Timestamp,
    looked_up: Option<Timestamp>,
}

/// Whether what was looked up then still holds at `now`. Not for ever, and not when the clock was set back.
fn is_fresh(looked_up: Option<Timestamp>, now: Timestamp) -> bool {
    looked_up.is_some_and(|looked_up| looked_up <= now && now < looked_up.plus(LONGEST))
}

impl NextDraw {
    async fn at(&mut self, app: &App) -> StoreResult<Timestamp> {
        let now = app.now();
        if app.draw_may_move.swap(false, Ordering::Relaxed) {
            self.looked_up = None;
        }
        if !is_fresh(self.looked_up, now) || now >= self.at {
            self.at = app.store.next_draw(now).await?;
            self.looked_up = Some(now);
        }
        Ok(self.at)
    }
}

/// When a round of the pulse is opened or closed next. What may change that is told by [`App::pulse_may_move`].
#[derive(Debug, Default)]
struct NextPulse {
    at: Option<Timestamp>,
    looked_up: Option<Timestamp>,
}

impl NextPulse {
    /// Opens and closes what is due, and tells when to come again.
    async fn tend(&mut self, app: &App) -> StoreResult<Option<Timestamp>> {
        if app.pulse_may_move.swap(false, Ordering::Relaxed) || !is_fresh(self.looked_up, app.now()) {
            self.look_up(app).await?;
        }
        if self.at.is_some_and(|at| at <= app.now()) {
            self.looked_up = None;
            app.store.tend_pulse(RoundKey::new().to_keep(), app.now()).await?;
            self.look_up(app).await?;
        }
        Ok(self.at)
    }

    async fn look_up(&mut self, app: &App) -> StoreResult<()> {
        // Unknown until it is done: what fails is tried again.
        self.looked_up = None;
        let now = app.now();
        self.at = app.store.next_pulse(now).await?;
        self.looked_up = Some(now);
        Ok(())
    }
}

/// When rooms are mixed next.
#[derive(Debug, Default)]
struct NextRooms {
    at: Option<Timestamp>,
    looked_up: Option<Timestamp>,
}

impl NextRooms {
    /// Mixes what is due, and tells when to come again. `may_differ` when something was written that has a say in it.
    async fn mix(&mut self, app: &App, may_differ: bool) -> StoreResult<Option<Timestamp>> {
        let now = app.now();
        let is_due = self.at.is_some_and(|at| at <= now);
        if may_differ || is_due || !is_fresh(self.looked_up, now) {
            // Unknown until it is done: what fails is tried again.
            self.looked_up = None;
            app.store.mix_rooms(now).await?;
            self.at = app.store.next_rooms(now).await?;
            self.looked_up = Some(now);
        }
        Ok(self.at)
    }
}

/// When it is told next what there is to celebrate.
#[derive(Debug, Default)]
struct NextCelebrations {
    at: Option<Timestamp>,
    looked_up: Option<Timestamp>,
}

impl NextCelebrations {
    /// Tells what is due: at the start and when a day begins in the team's zone, which an admin may change meanwhile.
    async fn tell(&mut self, app: &App) -> StoreResult<Option<Timestamp>> {
        let now = app.now();
        let is_due = self.at.is_none_or(|at| at <= now);
        if is_due {
            app.store.celebrate(now).await?;
        }
        if is_due || !is_fresh(self.looked_up, now) {
            self.at = Some(app.store.next_celebrations(now).await?);
            self.looked_up = Some(now);
        }
        Ok(self.at)
    }
}

/// Ends what is over, draws what is due, mixes rooms, tends the pulse, tells what is to be celebrated, and tells when there is something to do next.
async fn look(app: &App, is_daily: bool, known: &mut Known) -> StoreResult<Option<Timestamp>> {
    delete_owed(app).await?;
    let next = app.store.next_expiry().await?;
    let is_due = known.draw.at(app).await? <= app.now();
    if is_daily || is_due || next.is_some_and(|next| next <= app.now()) {
        end_and_make(app, is_daily, is_due).await?;
    }
    let may_differ = app.rooms_may_differ.swap(false, Ordering::AcqRel) || is_daily;
    let rooms = known.rooms.mix(app, may_differ).await?;
    let pulse = known.pulse.tend(app).await?;
    let celebrations = known.celebrations.tell(app).await?;
    let next = [app.store.next_expiry().await?, rooms, pulse, celebrations];
    let draw = known.draw.at(app).await?;
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
        app.store.forget_acts(app.now()).await?;
    }
    Ok(())
}

/// All of it, now.
pub(crate) async fn now(app: &App) -> StoreResult<()> {
    look(app, true, &mut Known::default()).await.map(|_| ())
}

/// Deletes photos that no row knows: what a crash left between a photo and its row, or the other way round. Whether one is
/// a stray is asked again in the store's turn to write, since it may be brought anew just now.
async fn sweep(app: &App) {
    if let Err(error) = sweep_photos(app).await {
        tracing::warn!(%error, "the photos could not be swept; it is tried again tomorrow");
    }
}

async fn sweep_photos(app: &App) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    app.blobs.tidy(STRAY_AGE).await?;
    app.staging.tidy(STRAY_AGE).await?;
    let lying = app.blobs.list().await?;
    let known: HashSet<BlobHash> = app.store.known_blobs().await?.into_iter().collect();
    let strays = lying
        .iter()
        .filter(|photo| photo.age > STRAY_AGE && !known.contains(&photo.hash))
        .map(|photo| photo.hash)
        .collect::<Vec<_>>();
    for some in strays.chunks(STRAYS_AT_ONCE) {
        app.store.delete_strays(some.to_vec()).await?;
    }
    Ok(())
}

/// Tries again to delete what could not be deleted when it was to be.
async fn delete_owed(app: &App) -> StoreResult<()> {
    let owed = app.blobs.take_owed();
    for some in owed.chunks(STRAYS_AT_ONCE) {
        app.store.delete_strays(some.to_vec()).await?;
    }
    Ok(())
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

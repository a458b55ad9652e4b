//! What the person is told of what others did. News is stored as it arrives, and told from there in its order: a server
//! of notifications that takes its time holds up nothing but what comes after, and the end of Samovar loses nothing.

use std::sync::Arc;
use std::time::Duration;

use samovar_domain::Problem;
use samovar_domain::digest::Held;
use samovar_domain::notices::{About, Arrival, Notice, notice};
use samovar_domain::routing::{Importance, Route, route};

use crate::api::NotificationAction;
use crate::break_through;
use crate::core::Inner;
use crate::notifier::Notification;
use crate::situation::Situation;
use crate::sync::wait_before;
use crate::telling::{hold, show, take};
use crate::words::notifications::Text;

/// The longest that a notification waits for its picture.
const PICTURE_PATIENCE: Duration = Duration::from_secs(1);

/// Tells news for as long as the core runs.
pub(crate) async fn run(inner: Arc<Inner>) {
    let mut failures = 0;
    loop {
        match tell_next(&inner).await {
            Ok(true) => failures = 0,
            Ok(false) => {
                failures = 0;
                inner.news_came.notified().await;
            }
            Err(problem) => {
                failures += 1;
                tracing::warn!(code = %problem.code, "news could not be told");
                tokio::time::sleep(wait_before(failures, None)).await;
            }
        }
    }
}

/// Tells of the next item that is news, and passes over those before it that are none. Whether there may be more.
async fn tell_next(inner: &Arc<Inner>) -> Result<bool, Problem> {
    let arrived = inner.store.arrived().await.map_err(|error| inner.problem(error))?;
    let Some(last) = arrived.last() else { return Ok(false) };
    let mut told = last.n;
    let items = arrived.iter().map(|arrived| arrived.item).collect();
    if let Some(situation) = Situation::with(inner, items).await? {
        let arrival = Arrival {
            now: situation.now,
            is_new: true,
            is_first_sync: false,
        };
        let hear = situation.settings.hear.into();
        let next = arrived.iter().find_map(|arrived| {
            let item = situation.items.get(&arrived.item)?;
            Some((arrived.n, notice(item, situation.me, &situation, hear, arrival)?))
        });
        if let Some((n, notice)) = next {
            tell(inner, &situation, notice).await?;
            told = n;
        }
    }
    inner.kept(inner.store.told(told).await)?;
    Ok(true)
}

async fn tell(inner: &Arc<Inner>, situation: &Situation, notice: Notice) -> Result<(), Problem> {
    let importance = match notice.about {
        About::BreakThrough { .. } => Importance::BreakThrough {
            left_today: break_through::left_today(inner, situation).await?,
        },
        _ => Importance::News,
    };
    match route(situation.now, &situation.quiet, importance) {
        Route::Show => {
            if importance != Importance::News && situation.quiet.focus_until.is_some() {
                break_through::count(inner, situation.now).await?;
            }
            if take(inner, &notice.key, situation.now).await? {
                show(inner, news_notification(inner, situation, &notice).await).await;
            }
        }
        Route::Hold { .. } => hold(inner, situation, &Held::Notice(notice)).await?,
        Route::Drop => {}
    }
    Ok(())
}

async fn news_notification(inner: &Arc<Inner>, situation: &Situation, notice: &Notice) -> Notification {
    let names = |member| situation.name(member);
    let Text { title, body } = situation.words.notice(notice, &names);
    let (actions, photo): (&[NotificationAction], _) = match &notice.about {
        About::Snapshot { photos, .. } => (
            &[NotificationAction::Open, NotificationAction::SayThanks],
            photos.first(),
        ),
        About::BreakThrough { .. } => (&[NotificationAction::Open, NotificationAction::EndFocus], None),
        _ => (&[NotificationAction::Open], None),
    };
    let image = match photo {
        Some(photo) => {
            let fetched = crate::photo_requests::bytes(inner, photo.blob, true);
            let _ = tokio::time::timeout(PICTURE_PATIENCE, fetched).await;
            let thumb = photo.thumb.map(|thumb| inner.photos.path(thumb));
            thumb
                .into_iter()
                .chain([inner.photos.small_path(photo.blob)])
                .find(|path| path.exists())
        }
        None => None,
    };
    Notification {
        key: notice.key.clone(),
        title,
        body,
        actions: situation.actions(actions),
        image,
        is_timely: matches!(notice.about, About::BreakThrough { .. }),
        is_quiet: false,
    }
}

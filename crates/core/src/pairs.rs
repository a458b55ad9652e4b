//! Pair calls: one's wish for them, one's answers, and what is told. Who is drawn is the endpoint's part.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use samovar_domain::celebrations::day_key;
use samovar_domain::digest::Held;
use samovar_domain::kinds::{Answer, PairAnswer, PairOptIn, pair_answer_id, pair_opt_in_id};
use samovar_domain::pair_calls::PAUSE_WEEKS;
use samovar_domain::reminders::{Reminder, What};
use samovar_domain::routing::{Importance, Route, route};
use samovar_domain::{Audience, Body, ItemId, Kind, MemberId, Problem, Timestamp};
use serde_json::Value;

use crate::api::{Changed, NotificationAction, PairDraw, Response};
use crate::core::Inner;
use crate::notifier::Notification;
use crate::situation::Situation;
use crate::telling::{hold, show, show_until, take};
use crate::words::notifications::Text;
use crate::writes;

/// Tells news of pair calls, or keeps it for the digest.
pub(crate) async fn tell(inner: &Arc<Inner>, situation: &Situation, reminder: Reminder) -> Result<(), Problem> {
    let importance = match reminder.useless_after {
        Some(useless_after) => Importance::Deadline { useless_after },
        None => Importance::News,
    };
    match route(situation.now, &situation.quiet, importance) {
        Route::Show => {
            let names = |member: MemberId| situation.name(member);
            let words = situation
                .words
                .pair_news(&reminder.what, situation.now, situation.zone, &names);
            let Some(Text { title, body }) = words else {
                return Ok(());
            };
            if take(inner, &reminder.key, situation.now).await?
                && is_first_on_the_day(inner, situation, &reminder).await?
            {
                let actions: &[NotificationAction] = match reminder.what {
                    What::PairDraw { .. } => &[NotificationAction::SkipWeek, NotificationAction::Open],
                    What::PausePairs { .. } => &[NotificationAction::PausePairs, NotificationAction::Open],
                    _ => &[NotificationAction::Open],
                };
                let notification = Notification {
                    key: reminder.key,
                    title,
                    body,
                    actions: situation.actions(actions),
                    image: None,
                    is_timely: false,
                    is_quiet: false,
                };
                match (&reminder.what, reminder.useless_after) {
                    // Nobody skips what was drawn.
                    (What::PairDraw { .. }, Some(draw)) => show_until(inner, notification, draw).await,
                    _ => {
                        show(inner, notification).await;
                    }
                }
            }
        }
        Route::Hold { .. } => hold(inner, situation, &Held::Reminder(reminder)).await?,
        Route::Drop => {}
    }
    Ok(())
}

/// What is celebrated today is told once, whichever of its notices comes first.
async fn is_first_on_the_day(inner: &Arc<Inner>, situation: &Situation, reminder: &Reminder) -> Result<bool, Problem> {
    match &reminder.what {
        What::Celebration { notice, .. }
            if situation.now.utc().with_timezone(&situation.zone).date_naive() >= notice.on =>
        {
            take(inner, &day_key(notice), situation.now).await
        }
        _ => Ok(true),
    }
}

/// The key of the notice ahead of a week's draw.
pub(crate) fn draw_key(week: NaiveDate) -> String {
    format!("pair-draw:{week}")
}

/// The week that is skipped from the notification of this key: of its own notice, or of a digest that has it.
pub(crate) fn week_of_key(key: &str) -> Option<NaiveDate> {
    let (_, week) = key.rsplit_once("pair-draw:")?;
    week.parse().ok()
}

/// One's own wish as it is stored.
async fn stored_wish(inner: &Inner) -> Result<Option<PairOptIn>, Problem> {
    let me = inner.member_account()?.member;
    let view = writes::view(inner).await?;
    let stored =
        view.item(pair_opt_in_id(me))
            .and_then(|item| match Body::read(&item.kind, item.body.as_ref()?).ok()? {
                Body::PairOptIn(wish) => Some(wish),
                _ => None,
            });
    Ok(stored)
}

/// Writes one's wish, or takes it back.
pub(crate) async fn save_wish(inner: &Arc<Inner>, wish: Option<PairOptIn>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let id = pair_opt_in_id(me);
    let Some(wish) = wish else {
        return writes::delete(inner, id).await;
    };
    let audience = Audience::Only(vec![me]);
    let body = Some(writes::json(&wish));
    writes::queue(inner, Kind::PAIR_OPT_IN, id, audience, body, Vec::new(), Vec::new()).await?;
    Ok(Response::Done)
}

async fn change_wish(inner: &Arc<Inner>, change: impl FnOnce(&mut PairOptIn)) -> Result<Response, Problem> {
    let Some(mut wish) = stored_wish(inner).await? else {
        return Ok(Response::Done); // who takes no part skips nothing
    };
    change(&mut wish);
    save_wish(inner, Some(wish)).await
}

/// Sets when the team draws. What this version does not know of the team stays.
pub(crate) async fn save_draw(inner: &Arc<Inner>, draw: &PairDraw) -> Result<Response, Problem> {
    let team = inner.member_account()?.team.into();
    let view = writes::view(inner).await?;
    let body = view.item(team).and_then(|item| item.body.clone());
    let Some(Value::Object(mut body)) = body else {
        return Err(Problem::new(
            "not_here_yet",
            "The team has not arrived from the endpoint yet. Try again when online.",
        ));
    };
    let mut settings = body
        .get("settings")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    settings.insert("pair_day".to_owned(), writes::json(&draw.weekday));
    settings.insert("time_zone".to_owned(), writes::json(&draw.time_zone));
    body.insert("settings".to_owned(), Value::Object(settings));
    let body = Some(Value::Object(body));
    writes::queue(inner, Kind::TEAM, team, Audience::Team, body, Vec::new(), Vec::new()).await?;
    inner.tell(Changed::Settings);
    crate::settings::all(inner).await
}

/// Leaves a week's draw out, or takes part in it after all.
pub(crate) async fn skip(inner: &Arc<Inner>, week: NaiveDate, skip: bool) -> Result<Response, Problem> {
    change_wish(inner, |wish| {
        if skip {
            wish.skip_week = Some(week);
        } else if wish.skip_week == Some(week) {
            wish.skip_week = None;
        }
    })
    .await
}

/// Pauses for four weeks from today.
pub(crate) async fn pause(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let zone = samovar_domain::hours::zone_or_utc(&crate::settings::own_zone(inner).await?);
    let today = inner.now().utc().with_timezone(&zone).date_naive();
    let until = today.checked_add_days(Days::new(7 * PAUSE_WEEKS));
    change_wish(inner, |wish| wish.paused_until = until).await
}

/// Says which times suit; none at all takes the answer back.
pub(crate) async fn answer(
    inner: &Arc<Inner>,
    pairing: ItemId,
    times: Option<Vec<Timestamp>>,
) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let id = pair_answer_id(me, pairing);
    let Some(times) = times else {
        return writes::delete(inner, id).await;
    };
    let view = writes::view(inner).await?;
    let audience = view.item(pairing).map(|item| item.audience.clone()).unwrap_or_default();
    let body = Some(writes::json(&PairAnswer { pairing, times }));
    writes::queue(inner, Kind::PAIR_ANSWER, id, audience, body, Vec::new(), Vec::new()).await?;
    Ok(Response::Done)
}

/// An answer to an agreed pair call, given as to any gathering: whoever does not come cannot this week.
pub(crate) async fn come(inner: &Arc<Inner>, pairing: ItemId, coming: Answer) -> Result<Response, Problem> {
    if coming == Answer::No {
        answer(inner, pairing, Some(Vec::new())).await
    } else {
        Ok(Response::Done) // it is agreed already
    }
}

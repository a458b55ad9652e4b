//! The zone that the system is set to, and what it asks its person when that is another than they say. Only the setting
//! is read, never a location; what they answer is theirs to say, and "leave it" is remembered on this computer.

use std::sync::{Arc, PoisonError};

use async_trait::async_trait;
use chrono::NaiveDate;
use chrono_tz::Tz;
use samovar_domain::hours::zone_or_utc;
use samovar_domain::kinds::Travel;
use samovar_domain::schedule::Schedule;
use samovar_domain::{Problem, zone_change};

use crate::api::{AppNotice, Changed, ProfileChange, Response, ZoneAnswer};
use crate::core::Inner;
use crate::settings;
use crate::store::fact;

/// How many zones that were left alone are remembered.
const LEFT_MAX: usize = 20;

/// Knows the system's zone.
#[async_trait]
pub trait SystemZone: Send + Sync {
    /// The IANA zone that the system is set to now.
    fn name(&self) -> String;

    /// Returns when it may be another. Where the system does not tell, never; it is then looked at now and then.
    async fn changed(&self) {
        std::future::pending::<()>().await;
    }
}

/// A zone that never changes.
impl SystemZone for String {
    fn name(&self) -> String {
        self.clone()
    }
}

/// Listens to the system for as long as the core runs.
pub(crate) async fn run(inner: Arc<Inner>) {
    loop {
        inner.parts.system_zone.changed().await;
        look(&inner);
    }
}

/// Tells the screens when the zone is another than it was. Costs no wake-up of its own: whoever is awake looks.
pub(crate) fn look(inner: &Inner) {
    let name = inner.parts.system_zone.name();
    let mut known = inner.known_zone.lock().unwrap_or_else(PoisonError::into_inner);
    if *known != name {
        *known = name;
        drop(known);
        inner.tell(Changed::Status);
        inner.tell(Changed::Settings);
    }
}

/// The question, when there is one to ask.
pub(crate) async fn question(inner: &Inner, own: &Schedule, home: &str) -> Result<Option<AppNotice>, Problem> {
    let time_zone = inner.parts.system_zone.name();
    let left = left(inner).await?;
    let now = inner.now();
    if !zone_change::asks(own, &time_zone, &left, now) {
        return Ok(None);
    }
    let is_home = zone_change::clocks_agree(zone_or_utc(&time_zone), zone_or_utc(home), now);
    Ok(Some(AppNotice::OtherTimeZone { time_zone, is_home }))
}

async fn left(inner: &Inner) -> Result<Vec<String>, Problem> {
    let left = inner.store.fact(fact::ZONES_LEFT).await;
    left.map_err(|error| inner.problem(error))
}

/// What the person says to the question.
pub(crate) async fn answer(inner: &Arc<Inner>, time_zone: String, answer: ZoneAnswer) -> Result<Response, Problem> {
    let Ok(zone) = time_zone.parse::<Tz>() else {
        return Err(Problem::new(
            "bad_time_zone",
            "This is not a time zone. It is written like America/Lima.",
        ));
    };
    let today = inner.now().utc().with_timezone(&zone).date_naive();
    match answer {
        ZoneAnswer::Leave => {
            let mut left = left(inner).await?;
            left.retain(|name| *name != time_zone);
            left.push(time_zone);
            let surplus = left.len().saturating_sub(LEFT_MAX);
            inner.kept(inner.store.set_fact(fact::ZONES_LEFT, left.split_off(surplus)).await)?;
            inner.tell(Changed::Status);
        }
        ZoneAnswer::Travelling { until } => {
            let mut travel = running(inner, today).await?;
            let here = Travel {
                from: today,
                until,
                time_zone,
                hours: None,
            };
            // Where journeys overlap the first one counts.
            travel.insert(0, here);
            change(inner, None, travel).await?;
        }
        ZoneAnswer::Moved => {
            let travel = running(inner, today).await?;
            let ended = travel.into_iter().filter_map(|travel| end_before(travel, today));
            change(inner, Some(time_zone), ended.collect()).await?;
        }
    }
    Ok(Response::Done)
}

/// One's journeys that are not over.
async fn running(inner: &Inner, today: NaiveDate) -> Result<Vec<Travel>, Problem> {
    let me = inner.member_account()?.member;
    let member = settings::own_member(&inner.items().await?, me);
    let mut travel = member.map(|member| member.travel).unwrap_or_default();
    travel.retain(|travel| travel.until >= today);
    Ok(travel)
}

/// A journey that has begun ends on the day before `day`; one that is still to come stays.
fn end_before(travel: Travel, day: NaiveDate) -> Option<Travel> {
    if travel.from > day {
        return Some(travel);
    }
    let until = day.pred_opt()?.min(travel.until);
    (travel.from <= until).then_some(Travel { until, ..travel })
}

async fn change(inner: &Arc<Inner>, time_zone: Option<String>, travel: Vec<Travel>) -> Result<(), Problem> {
    let change = ProfileChange {
        time_zone,
        travel: Some(travel),
        ..ProfileChange::default()
    };
    settings::change_profile(inner, change).await.map(|_| ())
}

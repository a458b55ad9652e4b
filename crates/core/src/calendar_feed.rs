//! One's private calendar feed: made, told of and ended at the endpoint. Its address is handed to the screen once and
//! kept nowhere: whoever has it can read one's calls.

use std::sync::Arc;

use samovar_domain::Problem;
use samovar_domain::wire::CalendarFeed;

use crate::api::Response;
use crate::core::Inner;
use crate::endpoint::{CallError, Endpoint};
use crate::{settings, sync};

/// Whether there is one.
pub(crate) async fn tell(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let feed = endpoint(inner).await?.calendar_feed().await;
    told(inner, feed.map_err(CallError::into_problem)?).await
}

/// A new one; the address of the one before leads nowhere any more.
pub(crate) async fn make(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let feed = endpoint(inner).await?.make_calendar_feed().await;
    told(inner, feed.map_err(CallError::into_problem)?).await
}

/// None any more.
pub(crate) async fn end(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let ended = endpoint(inner).await?.end_calendar_feed().await;
    ended.map_err(CallError::into_problem)?;
    told(inner, CalendarFeed::default()).await
}

async fn endpoint(inner: &Arc<Inner>) -> Result<Endpoint, Problem> {
    inner.member_account()?;
    sync::prepare_endpoint(inner).await.map_err(CallError::into_problem)?;
    inner
        .endpoint()
        .ok_or_else(|| Problem::new("no_team", "There is no endpoint to ask."))
}

async fn told(inner: &Arc<Inner>, feed: CalendarFeed) -> Result<Response, Problem> {
    let language = settings::stored(inner).await?.language;
    let locale = settings::locale(language, &inner.parts.system_locale);
    Ok(Response::CalendarFeed {
        since: feed.since,
        address: feed.url.map(|url| in_language(url, locale)),
        on_this_computer: inner.member_account()?.is_local,
    })
}

/// The endpoint does not know who reads which language: the address says it.
fn in_language(address: String, locale: &str) -> String {
    if locale == "en" {
        address
    } else {
        format!("{address}?lang={locale}")
    }
}

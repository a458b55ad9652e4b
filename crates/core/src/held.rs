//! What waits for the digest, when its person asks for it.

use std::sync::Arc;

use samovar_domain::Problem;
use samovar_domain::digest;

use crate::api::{HeldCard, Response};
use crate::core::Inner;
use crate::reminding;
use crate::situation::Situation;

/// What is held, oldest first.
pub(crate) async fn all(inner: &Inner) -> Result<Vec<digest::Held>, Problem> {
    let held = inner.store.held().await.map_err(|error| inner.problem(error))?;
    let held = held.into_iter();
    Ok(held
        .filter_map(|held| serde_json::from_value(held.notice).ok())
        .collect())
}

/// What is held, oldest first, by its titles.
pub(crate) async fn list(inner: &Arc<Inner>) -> Result<Response, Problem> {
    inner.member_account()?;
    let Some(situation) = Situation::of(inner).await? else {
        return Ok(Response::Held { items: Vec::new() });
    };
    let names = |member| situation.name(member);
    let items = all(inner)
        .await?
        .into_iter()
        .filter_map(|held| match held {
            digest::Held::Notice(notice) => Some(HeldCard {
                title: situation.words.notice(&notice, &names).title,
                at: notice.at,
                item: Some(notice.item),
                week_to_skip: None,
            }),
            digest::Held::Reminder(reminder) => {
                if let Some(gathering) = reminder.what.announced() {
                    return Some(HeldCard {
                        title: gathering.title.clone(),
                        at: gathering.starts_at,
                        item: Some(gathering.gathering),
                        week_to_skip: None,
                    });
                }
                let what = &reminder.what;
                let pairs = situation.words.pair_news(what, situation.now, situation.zone, &names)?;
                Some(HeldCard {
                    title: pairs.title,
                    at: reminder.at,
                    item: None,
                    week_to_skip: what.week_to_skip(),
                })
            }
        })
        .collect();
    Ok(Response::Held { items })
}

/// Tells it now, as one digest, whatever holds it: its person has asked.
pub(crate) async fn deliver_now(inner: &Arc<Inner>) -> Result<Response, Problem> {
    inner.member_account()?;
    if let Some(situation) = Situation::of(inner).await? {
        reminding::deliver_digest(inner, &situation).await?;
    }
    Ok(Response::Done)
}

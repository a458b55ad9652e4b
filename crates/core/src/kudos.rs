//! Giving kudos, changing and hiding them, and the wall.

use std::sync::Arc;

use samovar_domain::kinds::{
    Kudos, KudosHidden, KudosWish, TeamValue, ThankMe, Values, kudos_hidden_id, kudos_wish_id, values_id,
};
use samovar_domain::{Audience, Body, ItemId, Kind, MemberId, Problem, Timestamp};
use serde_json::Value;

use crate::api::{Changed, KudosQuery, KudosWall, Response};
use crate::core::Inner;
use crate::endpoint::CallError;
use crate::store::{Beside, FetchedBack, Question};
use crate::views::TeamState;
use crate::{settings, showing, writes};

/// How many cards a page of the wall has.
const PAGE: usize = 30;

/// Thanks people. When one of them wishes so, it is between them, whoever was to see it.
pub(crate) async fn give(
    inner: &Arc<Inner>,
    to: Vec<MemberId>,
    reason: String,
    value: Option<String>,
    audience: Audience,
) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let id = ItemId::new(inner.now());
    let wishes = TeamState::from_items(inner.items().await?, me).thank_me;
    let is_quiet = to.iter().any(|member| wishes.get(member) == Some(&ThankMe::BetweenUs));
    let audience = if is_quiet { Audience::Only(to.clone()) } else { audience };
    let body = writes::json(&Kudos {
        to,
        reason,
        value,
        instead_of: None,
    });
    writes::queue(inner, Kind::KUDOS, id, audience, Some(body), Vec::new(), Vec::new()).await?;
    Ok(Response::Shared { item: id })
}

/// Kudos that are here and not over, as they stand.
async fn standing(inner: &Arc<Inner>, id: ItemId) -> Result<(Kudos, Value, Audience), Problem> {
    let view = writes::view_of(inner, vec![id]).await?;
    let item = view.item(id).filter(|item| !item.is_gone(inner.now()));
    let read = item.and_then(|item| {
        let json = item.body.clone()?;
        match Body::read(&item.kind, &json).ok()? {
            Body::Kudos(kudos) => Some((kudos, json, item.audience.clone())),
            _ => None,
        }
    });
    read.ok_or_else(|| Problem::new("gone", "These kudos were deleted."))
}

/// Changes kudos of one's own. What this version does not know of them stays.
pub(crate) async fn edit(
    inner: &Arc<Inner>,
    id: ItemId,
    reason: String,
    value: Option<String>,
) -> Result<Response, Problem> {
    let (_, mut body, audience) = standing(inner, id).await?;
    if let Some(fields) = body.as_object_mut() {
        fields.insert("reason".to_owned(), reason.into());
        match value {
            Some(value) => fields.insert("value".to_owned(), value.into()),
            None => fields.shift_remove("value"),
        };
    }
    writes::queue(inner, Kind::KUDOS, id, audience, Some(body), Vec::new(), Vec::new()).await?;
    Ok(Response::Done)
}

/// Hides kudos to oneself from all others.
pub(crate) async fn hide(inner: &Arc<Inner>, id: ItemId) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    standing(inner, id).await?;
    let body = writes::json(&KudosHidden { kudos: id });
    writes::queue(
        inner,
        Kind::KUDOS_HIDDEN,
        kudos_hidden_id(me, id),
        Audience::Only(vec![me]),
        Some(body),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    Ok(Response::Done)
}

/// A page of the wall.
pub(crate) async fn wall(inner: &Arc<Inner>, query: KudosQuery) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let now = inner.now();
    let question = Question {
        words: query.words,
        member: query.member,
        value: query.value,
        after: query.after,
        limit: PAGE,
    };
    let found = inner.store.find_kudos(question, me, now).await;
    let found = found.map_err(|error| inner.problem(error))?;
    let back = inner.store.fetched_back().await.map_err(|error| inner.problem(error))?;
    let state = TeamState::from_items(found.items, me);
    let local = showing::local_facts(inner, me).await?;
    Ok(Response::KudosWall(Box::new(KudosWall {
        now,
        cards: crate::views::kudos_cards(&state, &found.kudos, now, &local),
        more: found.more,
        may_have_older: !back.is_end,
    })))
}

/// Fetches older kudos until some come that were not here, or there are no more.
pub(crate) async fn fetch_older(inner: &Arc<Inner>) -> Result<Response, Problem> {
    crate::sync::prepare_endpoint(inner)
        .await
        .map_err(CallError::into_problem)?;
    let endpoint = inner.endpoint().ok_or_else(|| CallError::SignedOut.into_problem())?;
    // While the team is fetched anew, what is here is about to be others'.
    let _alone = inner.fetching_anew.lock().await;
    let kept = |result| -> Result<_, Problem> { inner.kept(result) };
    let mut back = kept(inner.store.fetched_back().await)?;
    let epoch = inner.store.cursor().await.map_err(|error| inner.problem(error))?.epoch;
    while !back.is_end {
        let page = endpoint
            .older_kudos(back.before)
            .await
            .map_err(CallError::into_problem)?;
        if epoch != Some(page.epoch) {
            return Err(CallError::Resync.into_problem());
        }
        back = FetchedBack {
            before: page.items.last().map(|item| item.seq).or(back.before),
            is_end: !page.more,
        };
        if inner.kept(inner.store.keep_older(page.items, back).await)? {
            break;
        }
    }
    inner.tell(Changed::Today);
    Ok(Response::Done)
}

/// What one needs to write kudos.
pub(crate) async fn desk(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let items = inner.items_and(Beside::GivenBy(me)).await?;
    let members = items
        .iter()
        .filter(|item| item.kind == Kind::MEMBER && item.body.is_some());
    let joined: Vec<(MemberId, Timestamp)> = members
        .filter_map(|item| Some((item.owner.member()?, item.created_at)))
        .collect();
    let state = TeamState::from_items(items, me);
    let think_of_others = settings::stored(inner).await?.think_of_others;
    let local = showing::local_facts(inner, me).await?;
    let desk = crate::views::kudos_desk(&state, &joined, think_of_others, inner.now(), &local);
    Ok(Response::KudosDesk(Box::new(desk)))
}

/// Says how one likes to be thanked.
pub(crate) async fn save_wish(inner: &Arc<Inner>, wish: ThankMe) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let body = writes::json(&KudosWish { wish });
    let id = kudos_wish_id(me);
    writes::queue(
        inner,
        Kind::KUDOS_WISH,
        id,
        Audience::Team,
        Some(body),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    inner.tell(Changed::Settings);
    settings::all(inner).await
}

/// Writes what the team values. What is left out is retired, since older kudos still show it.
pub(crate) async fn save_values(inner: &Arc<Inner>, wanted: Vec<TeamValue>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let now = inner.now();
    let before = TeamState::from_items(inner.items().await?, me).values;
    let mut values: Vec<TeamValue> = Vec::new();
    for value in wanted {
        let id = if value.id.is_empty() {
            new_id(&value.name, before.iter().chain(&values), now)
        } else {
            value.id
        };
        values.push(TeamValue {
            id,
            name: value.name.trim().to_owned(),
            emoji: value.emoji.trim().to_owned(),
            retired_at: None,
        });
    }
    for value in before {
        if values.iter().all(|kept| kept.id != value.id) {
            values.push(TeamValue {
                retired_at: value.retired_at.or(Some(now)),
                ..value
            });
        }
    }
    let body = writes::json(&Values { values });
    writes::queue(
        inner,
        Kind::VALUES,
        values_id(),
        Audience::Team,
        Some(body),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    inner.tell(Changed::Settings);
    settings::all(inner).await
}

/// An id for a new value that no other has: its name where that can be one.
fn new_id<'a>(name: &str, mut taken: impl Iterator<Item = &'a TeamValue>, now: Timestamp) -> String {
    let letters = name.to_lowercase();
    let words = letters.split(|char: char| !char.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let id: String = words.join("-").chars().take(40).collect();
    if id.is_empty() || taken.any(|value| value.id == id) {
        ItemId::new(now).to_string()
    } else {
        id
    }
}

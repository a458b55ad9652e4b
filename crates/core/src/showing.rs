//! What screens show of the present state.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use samovar_domain::schedule::Schedule;
use samovar_domain::{Item, ItemId, Kind, MemberId, Problem};

use crate::api::{Response, Status, TeamCard};
use crate::core::Inner;
use crate::endpoint::is_loopback;
use crate::store::{Beside, fact};
use crate::views::{LocalFacts, OwnSide, PackagesSide, TeamState};
use crate::words::Words;
use crate::{missed, settings, system_zone};

/// The team as `me` has it here, agreed pair calls among its gatherings.
pub(crate) fn state_of(items: impl IntoIterator<Item = Item>, me: MemberId, words: &Words) -> TeamState {
    let mut state = TeamState::from_items(items, me);
    let names: HashMap<MemberId, String> = state
        .members
        .iter()
        .map(|(id, member)| (*id, member.name.clone()))
        .collect();
    let title = |others: &[MemberId]| words.pair_call(others, &|member| names.get(&member).cloned());
    state.add_pair_calls(me, &title);
    state
}

/// Everything on the Gatherings page.
pub(crate) async fn gatherings(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let account = inner.member_account()?;
    let words = words_of(inner, &settings::stored(inner).await?);
    let state = state_of(inner.items().await?, account.member, &words);
    let page = crate::views::gatherings(&state, account.member, inner.now(), &words);
    Ok(Response::Gatherings(Box::new(page)))
}

/// Everything on the Decisions page.
pub(crate) async fn decisions(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let account = inner.member_account()?;
    let words = words_of(inner, &settings::stored(inner).await?);
    let state = state_of(inner.items().await?, account.member, &words);
    let own = own_side(inner, account.member, &words).await?;
    let page = crate::views::decisions(&state, inner.now(), &own);
    Ok(Response::Decisions(Box::new(page)))
}

/// Everything on the Packages page.
pub(crate) async fn packages(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let account = inner.member_account()?;
    let words = words_of(inner, &settings::stored(inner).await?);
    let items = inner.items().await?;
    let state = state_of(items.iter().cloned(), account.member, &words);
    let outbox = inner.store.outbox().await.map_err(|error| inner.problem(error))?;
    let own = crate::packages::own::own(inner).await?;
    let side = PackagesSide {
        me: account.member,
        device: account.device,
        address: own.address,
        agreed: own.agreed.into_keys().collect(),
        surprises: own.surprises.into_keys().collect(),
        waiting: outbox.into_iter().map(|queued| queued.op.id).collect(),
        someone: words.say("someone", &[]),
    };
    let page = crate::views::packages(&items, &state, inner.now(), &side);
    Ok(Response::Packages(Box::new(page)))
}

async fn own_side(inner: &Arc<Inner>, me: MemberId, words: &Words) -> Result<OwnSide, Problem> {
    let outbox = inner.store.outbox().await.map_err(|error| inner.problem(error))?;
    Ok(OwnSide {
        me,
        said: crate::decisions::own_voices(inner).await?,
        waiting: outbox.into_iter().map(|queued| queued.op.id).collect(),
        someone: words.say("someone", &[]),
    })
}

pub(crate) fn words_of(inner: &Inner, stored: &settings::Stored) -> Words {
    Words::for_locale(settings::locale(stored.language, &inner.parts.system_locale))
}

/// How things stand.
pub(crate) async fn status(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let now = inner.now();
    let stored = settings::stored(inner).await?;
    let items = inner.items().await?;
    let mut focus_until = None;
    let mut unseen = 0;
    let mut notices = inner.notices();
    let team = match inner.account() {
        None => None,
        Some(account) => {
            let me = account.member;
            let state = TeamState::from_items(items.iter().cloned(), me);
            focus_until = state.focus_of(me, now).map(|focus| focus.body.until);
            let seen = inner.store.seen().await.map_err(|error| inner.problem(error))?;
            unseen = unseen_count(&items, &seen, me, now);
            let own = state.members.get(&me);
            let zone = match own {
                Some(own) => {
                    let schedule = Schedule::of(own);
                    notices.extend(system_zone::question(inner, &schedule, &own.time_zone).await?);
                    schedule.zone_at(now).name().to_owned()
                }
                None => inner.parts.system_zone.name(),
            };
            let host = match (account.endpoint.host_str(), account.endpoint.port()) {
                (Some(host), Some(port)) => format!("{host}:{port}"),
                (host, _) => host.unwrap_or_default().to_owned(),
            };
            Some(TeamCard {
                id: account.team,
                name: state.team.map_or(account.team_name, |team| team.name),
                me,
                my_name: own.map_or(account.name, |own| own.name.clone()),
                my_time_zone: zone,
                on_this_computer: account.is_local && is_loopback(&account.endpoint),
                is_admin: settings::is_admin(&items, me),
                host,
            })
        }
    };
    let paused_until: Option<samovar_domain::Timestamp> = inner
        .store
        .fact(fact::PAUSED_UNTIL)
        .await
        .map_err(|error| inner.problem(error))?;
    Ok(Response::Status(Box::new(Status {
        now,
        team,
        connection: inner.connection(),
        waiting: inner.store.waiting().await.map_err(|error| inner.problem(error))?,
        refused: inner.store.refused().await.map_err(|error| inner.problem(error))?,
        focus_until,
        paused_until: paused_until.filter(|end| *end > now),
        held: inner.store.held_count().await.map_err(|error| inner.problem(error))?,
        unseen,
        notices,
        theme: stored.theme,
        language: stored.language,
        locale: settings::locale(stored.language, &inner.parts.system_locale).to_owned(),
    })))
}

fn unseen_count(items: &[Item], seen: &HashSet<ItemId>, me: MemberId, now: samovar_domain::Timestamp) -> u32 {
    let unseen = items.iter().filter(|item| {
        item.kind == Kind::SNAPSHOT && item.owner.member() != Some(me) && !item.is_gone(now) && !seen.contains(&item.id)
    });
    unseen.count() as u32
}

/// What only this computer knows.
pub(crate) async fn local_facts(inner: &Inner, me: MemberId) -> Result<LocalFacts, Problem> {
    let words = words_of(inner, &settings::stored(inner).await?);
    let outbox = inner.store.outbox().await.map_err(|error| inner.problem(error))?;
    Ok(LocalFacts {
        me,
        seen: inner.store.seen().await.map_err(|error| inner.problem(error))?,
        waiting: outbox.into_iter().map(|queued| queued.op.id).collect(),
        held: inner.store.held_count().await.map_err(|error| inner.problem(error))?,
        missed_since: None,
        someone: words.say("someone", &[]),
    })
}

/// Everything on the Today page.
pub(crate) async fn today(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let account = inner.member_account()?;
    let words = words_of(inner, &settings::stored(inner).await?);
    let since = crate::views::kudos_on_today_since(inner.now());
    let items = inner.items_and(Beside::Cards { since }).await?;
    let mut local = local_facts(inner, account.member).await?;
    local.missed_since = missed::offered_since(inner, &items, account.member).await?;
    let state = state_of(items, account.member, &words);
    Ok(Response::Today(Box::new(crate::views::today(
        &state,
        inner.now(),
        &local,
    ))))
}

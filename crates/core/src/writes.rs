//! What a person writes: checked by the domain's rule, then stored with its op in one transaction, then on its way.

use std::collections::HashMap;
use std::sync::Arc;

use samovar_domain::check::{self, Existing, View};
use samovar_domain::kinds::{
    Answer, Lifetime, Photo, Reaction, Reply, RoleName, Rsvp, Snapshot, TeamSettings, reaction_id, role_id, rsvp_id,
};
use samovar_domain::wire::Op;
use samovar_domain::{Audience, BlobHash, Body, Item, ItemId, Kind, MemberId, Problem, Timestamp};
use serde::Serialize;
use serde_json::Value;

use crate::api::{Changed, Response, SharedPhoto};
use crate::core::Inner;
use crate::store::Beside;

/// The team as this desktop knows it, for the domain's rule.
pub(crate) struct LocalView {
    items: HashMap<ItemId, Item>,
    now: Timestamp,
}

impl LocalView {
    pub(crate) fn new(items: Vec<Item>, now: Timestamp) -> Self {
        Self {
            items: items.into_iter().map(|item| (item.id, item)).collect(),
            now,
        }
    }

    pub(crate) fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.get(&id)
    }

    /// What a member owns.
    pub(crate) fn items_of(&self, member: MemberId) -> impl Iterator<Item = &Item> {
        let own = self
            .items
            .values()
            .filter(move |item| item.owner.member() == Some(member));
        own.filter(|item| item.body.is_some())
    }

    fn roles(&self) -> impl Iterator<Item = RoleName> + '_ {
        self.items
            .values()
            .filter(|item| item.kind == Kind::ROLE)
            .filter_map(role_of)
    }
}

fn role_of(item: &Item) -> Option<RoleName> {
    match Body::read(&item.kind, item.body.as_ref()?).ok()? {
        Body::Role(role) => Some(role.role),
        _ => None,
    }
}

impl View for LocalView {
    fn now(&self) -> Timestamp {
        self.now
    }

    fn existing(&self, id: ItemId) -> Option<Existing> {
        self.items.get(&id).map(|item| Existing {
            kind: item.kind.clone(),
            owner: item.owner,
            audience: item.audience.clone(),
            created_at: item.created_at,
            is_gone: item.is_gone(self.now),
        })
    }

    fn body(&self, id: ItemId) -> Option<Body> {
        let item = self.items.get(&id).filter(|item| !item.is_gone(self.now))?;
        Body::read(&item.kind, item.body.as_ref()?).ok()
    }

    fn settings(&self) -> TeamSettings {
        let team = self.items.values().find(|item| item.kind == Kind::TEAM);
        match team.and_then(|team| self.body(team.id)) {
            Some(Body::Team(team)) => team.settings.unwrap_or_default(),
            _ => TeamSettings::default(),
        }
    }

    fn is_member(&self, id: MemberId) -> bool {
        self.items
            .get(&id.into())
            .is_some_and(|item| item.kind == Kind::MEMBER && item.body.is_some())
    }

    fn role(&self, id: MemberId) -> RoleName {
        self.items
            .get(&role_id(id))
            .and_then(role_of)
            .unwrap_or(RoleName::Member)
    }

    fn has_blob(&self, _: &BlobHash) -> bool {
        true // photos go up before their op
    }

    fn owners(&self) -> usize {
        self.roles().filter(|role| *role == RoleName::Owner).count()
    }
}

/// A body as JSON.
pub(crate) fn json<T: Serialize>(body: &T) -> Value {
    serde_json::to_value(body).expect("bodies are made of texts, numbers and lists, which JSON has")
}

/// The team as this desktop knows it now, but kudos, reactions and replies.
pub(crate) async fn view(inner: &Inner) -> Result<LocalView, Problem> {
    view_of(inner, Vec::new()).await
}

/// The team as this desktop knows it now, with these items, whatever they are.
pub(crate) async fn view_of(inner: &Inner, items: Vec<ItemId>) -> Result<LocalView, Problem> {
    let items = inner.items_and(Beside::These(items)).await?;
    Ok(LocalView::new(items, inner.now()))
}

/// The ids that are somewhere in this JSON.
fn named_in(body: &Value, found: &mut Vec<ItemId>) {
    match body {
        Value::String(text) => found.extend(text.parse::<ItemId>().ok()),
        Value::Array(values) => values.iter().for_each(|value| named_in(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| named_in(value, found)),
        _ => {}
    }
}

/// Checks an op and puts it into the outbox. When this returns, it is kept.
pub(crate) async fn queue(
    inner: &Arc<Inner>,
    kind: &str,
    id: ItemId,
    audience: Audience,
    body: Option<Value>,
    blobs: Vec<BlobHash>,
    prepared: Vec<String>,
) -> Result<(), Problem> {
    let account = inner.member_account()?;
    // Whatever the rule asks for is the item itself, or the op says which.
    let mut looked_at = vec![id];
    if let Some(body) = &body {
        named_in(body, &mut looked_at);
    }
    let view = view_of(inner, looked_at).await?;
    let op = Op {
        n: 0,
        id,
        kind: Kind::new(kind),
        audience,
        created_at: inner.now(),
        body,
    };
    check::check(account.member, &op, &view)?;
    inner.kept(inner.store.queue(op, blobs, prepared).await)?;
    inner.outbox_filled.notify_one();
    inner.plan_anew.notify_one();
    inner.tell(Changed::Today);
    inner.tell(Changed::Status);
    Ok(())
}

/// A photo that was made ready, as items name it, and its name among those that are ready.
pub(crate) async fn prepared_photo(inner: &Inner, photo: SharedPhoto) -> Result<(Photo, String), Problem> {
    let SharedPhoto { photo: name, alt } = photo;
    let facts = inner
        .store
        .prepared(name.clone())
        .await
        .map_err(|error| inner.problem(error))?
        .ok_or_else(|| {
            Problem::new(
                "photo_gone",
                "The photo is not here any more. Choose it again; your words are still there.",
            )
        })?;
    let photo = Photo {
        blob: facts.blob,
        thumb: Some(facts.thumb),
        width: facts.width,
        height: facts.height,
        thumbhash: facts.thumbhash,
        alt: alt.filter(|alt| !alt.trim().is_empty()),
    };
    Ok((photo, name))
}

/// Shares a snapshot.
pub(crate) async fn share(
    inner: &Arc<Inner>,
    text: Option<String>,
    photos: Vec<SharedPhoto>,
    lifetime: Lifetime,
    audience: Audience,
) -> Result<Response, Problem> {
    let mut shared = Vec::new();
    let mut prepared = Vec::new();
    for photo in photos {
        let (photo, name) = prepared_photo(inner, photo).await?;
        shared.push(photo);
        prepared.push(name);
    }
    let text = text.filter(|text| !text.trim().is_empty());
    let body = Snapshot {
        text,
        photos: shared,
        lifetime,
    };
    let blobs = Body::Snapshot(body.clone()).blobs();
    let id = ItemId::new(inner.now());
    queue(inner, Kind::SNAPSHOT, id, audience, Some(json(&body)), blobs, prepared).await?;
    Ok(Response::Shared { item: id })
}

/// Deletes something of one's own.
pub(crate) async fn delete(inner: &Arc<Inner>, id: ItemId) -> Result<Response, Problem> {
    let view = view_of(inner, vec![id]).await?;
    let item = view.item(id).filter(|item| item.body.is_some());
    let Some(item) = item else { return Ok(Response::Done) }; // it is gone already, which is what was wanted
    let (kind, audience) = (item.kind.clone(), item.audience.clone());
    queue(inner, kind.as_str(), id, audience, None, Vec::new(), Vec::new()).await?;
    Ok(Response::Done)
}

/// An answer to something is for those who see it.
async fn audience_of(inner: &Inner, target: ItemId) -> Result<Audience, Problem> {
    let view = view_of(inner, vec![target]).await?;
    let item = view.item(target).filter(|item| !item.is_gone(inner.now()));
    let item =
        item.ok_or_else(|| Problem::new("gone", "This is over or was deleted, so nothing can be added to it."))?;
    Ok(match (&item.audience, item.owner.member()) {
        // Its owner sees it too, and is to see the answer.
        (Audience::Only(members), Some(owner)) if !members.contains(&owner) => {
            Audience::Only(members.iter().copied().chain([owner]).collect())
        }
        (audience, _) => audience.clone(),
    })
}

/// Puts an emoji on something, or takes it off.
pub(crate) async fn react(inner: &Arc<Inner>, target: ItemId, emoji: &str, on: bool) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let id = reaction_id(me, target, emoji);
    if !on {
        return delete(inner, id).await;
    }
    let audience = audience_of(inner, target).await?;
    let body = json(&Reaction {
        target,
        emoji: emoji.to_owned(),
    });
    queue(inner, Kind::REACTION, id, audience, Some(body), Vec::new(), Vec::new()).await?;
    Ok(Response::Done)
}

/// Writes under something.
pub(crate) async fn reply(inner: &Arc<Inner>, target: ItemId, text: String) -> Result<Response, Problem> {
    let audience = audience_of(inner, target).await?;
    let id = ItemId::new(inner.now());
    let body = json(&Reply {
        target,
        text,
        instead_of: None,
    });
    queue(inner, Kind::REPLY, id, audience, Some(body), Vec::new(), Vec::new()).await?;
    Ok(Response::Shared { item: id })
}

/// Says whether one comes.
pub(crate) async fn rsvp(inner: &Arc<Inner>, gathering: ItemId, answer: Answer) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    if view(inner)
        .await?
        .item(gathering)
        .is_some_and(|item| item.kind == Kind::PAIRING)
    {
        return crate::pairs::come(inner, gathering, answer).await;
    }
    let body = json(&Rsvp { gathering, answer });
    let id = rsvp_id(me, gathering);
    queue(
        inner,
        Kind::RSVP,
        id,
        Audience::Team,
        Some(body),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    Ok(Response::Done)
}

//! "Undo" after sharing: the snapshot leaves the team and is the draft again, as it was before.

use std::sync::Arc;

use samovar_domain::check::check;
use samovar_domain::kinds::{Photo, Snapshot};
use samovar_domain::wire::Op;
use samovar_domain::{Body, Item, ItemId, Kind, MemberId, Problem};

use crate::api::{Changed, Draft, DraftPhoto, PreparedPhoto, Response};
use crate::core::Inner;
use crate::{photo_requests, writes};

/// Deletes a snapshot and makes it the draft again, in one transaction.
pub(crate) async fn take_back(inner: &Arc<Inner>, id: ItemId) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let view = writes::view_of(inner, vec![id]).await?;
    let item = view.item(id).filter(|item| !item.is_gone(inner.now()));
    let item = item.ok_or_else(|| Problem::new("gone", "This is over or was deleted, so it cannot be taken back."))?;
    let snapshot = own_snapshot(item, me)?;
    let deletion = Op {
        n: 0,
        id,
        kind: item.kind.clone(),
        audience: item.audience.clone(),
        created_at: inner.now(),
        body: None,
    };
    check(me, &deletion, &view)?;
    let draft = Draft {
        text: snapshot.text.unwrap_or_default(),
        photos: snapshot.photos.into_iter().map(draft_photo).collect(),
        lifetime: Some(snapshot.lifetime),
        audience: item.audience.clone(),
        ..Draft::default()
    };
    for photo in &draft.photos {
        // Shared long ago, they may have left the cache; nowhere but here are they kept once the snapshot is deleted.
        photo_requests::bytes(inner, photo.photo.blob, false).await?;
        photo_requests::bytes(inner, photo.photo.thumb, false).await?;
    }
    let _storing = inner.storing_photos.read().await;
    if draft.photos.iter().any(|photo| !is_here(inner, photo)) {
        return Err(Problem::new(
            "photo_gone",
            "The photo is not here any more, so it could not be shared again. Nothing was taken back.",
        ));
    }
    let draft = inner
        .kept(inner.store.take_back(deletion, draft).await)?
        .ok_or_else(|| {
            Problem::new(
                "draft_in_use",
                "Another snapshot is being written. Share it or clear it, then take this one back.",
            )
        })?;
    inner.outbox_filled.notify_one();
    inner.plan_anew.notify_one();
    inner.tell(Changed::Today);
    inner.tell(Changed::Status);
    Ok(Response::Draft(draft))
}

fn is_here(inner: &Inner, photo: &DraftPhoto) -> bool {
    [photo.photo.blob, photo.photo.thumb]
        .into_iter()
        .all(|blob| inner.photos.path(blob).exists())
}

fn own_snapshot(item: &Item, me: MemberId) -> Result<Snapshot, Problem> {
    if item.owner.member() != Some(me) || item.kind != Kind::SNAPSHOT {
        return Err(Problem::new(
            "not_owner",
            "Only a snapshot of one's own can be taken back.",
        ));
    }
    match item.body.as_ref().map(|body| Body::read(&item.kind, body)) {
        Some(Ok(Body::Snapshot(snapshot))) => Ok(snapshot),
        _ => Err(Problem::new(
            "unknown_kind",
            "This was shared by a newer Samovar, which alone can take it back.",
        )),
    }
}

fn draft_photo(photo: Photo) -> DraftPhoto {
    DraftPhoto {
        photo: PreparedPhoto {
            photo: photo.blob.to_string(),
            blob: photo.blob,
            thumb: photo.thumb.unwrap_or(photo.blob),
            width: photo.width,
            height: photo.height,
            thumbhash: photo.thumbhash,
            had_location: false,
        },
        alt: photo.alt.unwrap_or_default(),
    }
}

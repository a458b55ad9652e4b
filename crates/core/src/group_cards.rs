//! What a person does with cards that a team writes together: begins one, writes on it, hands it over.

use std::sync::Arc;

use samovar_domain::kinds::{CardLine, Doodle, GroupCard, Line, Occasion, Photo, card_line_id};
use samovar_domain::{Audience, Body, Item, ItemId, Kind, MemberId, Problem};
use serde_json::Value;

use crate::api::{Response, SharedPhoto};
use crate::core::Inner;
use crate::views::TeamState;
use crate::{showing, writes};

/// All cards.
pub(crate) async fn cards(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let state = TeamState::from_items(inner.items().await?, me);
    let local = showing::local_facts(inner, me).await?;
    let page = crate::views::group_cards(&state, inner.now(), &local, &samovar_cards::PENS);
    Ok(Response::GroupCards(Box::new(page)))
}

/// Begins a card that everybody sees but the one it is for.
pub(crate) async fn begin(
    inner: &Arc<Inner>,
    to: MemberId,
    occasion: Occasion,
    title: String,
) -> Result<Response, Problem> {
    let id = ItemId::new(inner.now());
    let title = title.trim().to_owned();
    let body = writes::json(&GroupCard {
        to,
        occasion,
        title,
        handed_over: false,
    });
    let audience = Audience::Except(vec![to]);
    writes::queue(
        inner,
        Kind::GROUP_CARD,
        id,
        audience,
        Some(body),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    Ok(Response::Shared { item: id })
}

/// A card that is being written, as it is here.
async fn open(inner: &Inner, card: ItemId) -> Result<Item, Problem> {
    let view = writes::view(inner).await?;
    let item = view
        .item(card)
        .filter(|item| item.kind == Kind::GROUP_CARD && item.body.is_some());
    item.cloned()
        .ok_or_else(|| Problem::new("not_found", "There is no such card any more."))
}

/// Writes one's line, or writes it anew.
pub(crate) async fn write(
    inner: &Arc<Inner>,
    card: ItemId,
    text: Option<String>,
    doodle: Option<Doodle>,
    photo: Option<SharedPhoto>,
    keep_photo: bool,
) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let audience = open(inner, card).await?.audience;
    let id = card_line_id(me, card);
    let (photo, prepared) = match photo {
        Some(photo) => {
            let (photo, prepared) = writes::prepared_photo(inner, photo).await?;
            (Some(photo), vec![prepared])
        }
        None if keep_photo => (photo_on(inner, id).await?, Vec::new()),
        None => (None, Vec::new()),
    };
    let line = Line {
        text: text.filter(|text| !text.trim().is_empty()),
        doodle: doodle.filter(|doodle| !doodle.strokes.is_empty()),
        photo,
    };
    let body = CardLine { card, line };
    let json = writes::json(&body);
    // What is at the endpoint already goes up once more, which costs little, and is right when it was lost there.
    let blobs = if prepared.is_empty() {
        Vec::new()
    } else {
        Body::CardLine(body).blobs()
    };
    writes::queue(inner, Kind::CARD_LINE, id, audience, Some(json), blobs, prepared).await?;
    Ok(Response::Shared { item: id })
}

/// The photo on a line that is here.
async fn photo_on(inner: &Inner, line: ItemId) -> Result<Option<Photo>, Problem> {
    let view = writes::view(inner).await?;
    let body = view
        .item(line)
        .and_then(|item| Body::read(&item.kind, item.body.as_ref()?).ok());
    Ok(match body {
        Some(Body::CardLine(line)) => line.line.photo,
        _ => None,
    })
}

/// Takes one's line off again.
pub(crate) async fn remove_line(inner: &Arc<Inner>, card: ItemId) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    writes::delete(inner, card_line_id(me, card)).await
}

/// Hands a card of one's own over. What this version does not know of it stays.
pub(crate) async fn hand_over(inner: &Arc<Inner>, card: ItemId) -> Result<Response, Problem> {
    let item = open(inner, card).await?;
    let mut body = item.body.unwrap_or_default();
    if let Some(fields) = body.as_object_mut() {
        fields.insert("handed_over".to_owned(), Value::Bool(true));
    }
    writes::queue(
        inner,
        Kind::GROUP_CARD,
        card,
        item.audience,
        Some(body),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    Ok(Response::Done)
}

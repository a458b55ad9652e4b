//! How a group card is handed over. Nothing that was hidden from its recipient is ever shown to them: what they get are
//! other items, owned by the team, that name nothing of the hidden ones. The endpoint writes them, and deletes the
//! hidden ones, in the transaction that takes the word.

use serde_json::{Value, to_value};

use crate::kinds::{HandedCard, HandedLine, handed_id};
use crate::{Audience, Body, Item, ItemId, Kind, Owner, Timestamp};

/// What the endpoint writes, in this order, before it deletes the card and with it its lines. Empty when the card is not
/// one that is handed over. Lines are in the order in which they were begun; one that has another audience than the card,
/// which no endpoint takes, is left out.
pub fn hand_over(card: &Item, lines: &[Item], now: Timestamp) -> Vec<Item> {
    let read = |item: &Item| item.body.as_ref().and_then(|body| Body::read(&item.kind, body).ok());
    let (Some(from), Some(Body::GroupCard(said))) = (card.owner.member(), read(card)) else {
        return Vec::new();
    };
    if !said.handed_over {
        return Vec::new();
    }
    let handed = HandedCard {
        to: said.to,
        from: Some(from),
        occasion: said.occasion,
        title: said.title,
    };
    let id = handed_id(card.id);
    let mut lines: Vec<&Item> = lines.iter().filter(|line| line.audience == card.audience).collect();
    lines.sort_by_key(|line| (line.created_at, line.id));
    let lines = lines
        .into_iter()
        .filter_map(|line| match (line.owner.member(), read(line)) {
            (Some(by), Some(Body::CardLine(said))) if said.card == card.id => {
                let handed = HandedLine {
                    card: id,
                    by,
                    line: said.line,
                };
                Some(of_team(
                    handed_id(line.id),
                    Kind::HANDED_LINE,
                    to_value(handed).ok()?,
                    now,
                ))
            }
            _ => None,
        });
    let front = to_value(handed).map(|body| of_team(id, Kind::HANDED_CARD, body, now));
    front.into_iter().chain(lines).collect()
}

fn of_team(id: ItemId, kind: &str, body: Value, now: Timestamp) -> Item {
    Item {
        id,
        kind: Kind::new(kind),
        owner: Owner::Team,
        seq: 0,
        audience: Audience::Team,
        created_at: now,
        updated_at: now,
        expires_at: None,
        body: Some(body),
    }
}

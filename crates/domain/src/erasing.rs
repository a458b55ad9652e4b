//! What becomes of things that others own, or the team, when somebody erases themselves. What is their own goes whole, and
//! what others gave them is the others'; but some things are of use to nobody without them, and some hold their words.

use serde_json::{Value, to_value};

use crate::kinds::HandedCard;
use crate::{Body, Item, Kind, MemberId};

/// What becomes of an item.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// It stays as it is.
    Stays,
    /// It goes, with all that points at it.
    Goes,
    /// It says this from now on.
    Becomes(Value),
}

/// The kinds that [`fate`] has something to say of.
pub const KINDS: [&str; 6] = [
    Kind::PACKAGE,
    Kind::PACKAGE_OPENED,
    Kind::SURPRISE_CONSENT,
    Kind::GROUP_CARD,
    Kind::HANDED_CARD,
    Kind::HANDED_LINE,
];

/// What becomes of an item that `member`, who erases themselves, does not own. `authors` are those who wrote on it, when it
/// is a card that was handed over: it stays theirs, without a name and words of who began it. One on which nobody else wrote goes.
pub fn fate(item: &Item, member: MemberId, authors: &[MemberId]) -> Fate {
    let body = item.body.as_ref().and_then(|body| Body::read(&item.kind, body).ok());
    match body {
        // For them alone, or about them alone.
        Some(Body::Package(package)) if package.to == member => Fate::Goes,
        Some(Body::PackageOpened(opened)) if opened.of == member => Fate::Goes,
        Some(Body::SurpriseConsent(consent)) if consent.coordinator == member => Fate::Goes,
        Some(Body::GroupCard(card)) if card.to == member => Fate::Goes,
        Some(Body::HandedCard(card)) if card.to == member => Fate::Goes,
        // Their words, on a card that is another's by now.
        Some(Body::HandedLine(line)) if line.by == member => Fate::Goes,
        Some(Body::HandedCard(card)) if card.from == Some(member) => {
            let title = String::new();
            let is_others = authors.iter().any(|author| *author != member);
            let unsigned = to_value(HandedCard {
                from: None,
                title,
                ..card
            });
            unsigned.ok().filter(|_| is_others).map_or(Fate::Goes, Fate::Becomes)
        }
        _ => Fate::Stays,
    }
}

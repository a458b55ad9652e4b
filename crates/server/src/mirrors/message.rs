//! What is shown of an item, and whether anything is.

use samovar_domain::kinds::{Gathering, Kudos, KudosWish, ThankMe, kudos_wish_id, values_id};
use samovar_domain::{Audience, Body, Item, ItemId, MemberId, Timestamp};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// How long before its start a gathering is shown.
pub(crate) const AHEAD_MINUTES: i64 = 10;

/// What is shown, in names: what they are when it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Message {
    /// Thanks.
    Kudos {
        /// The kudos.
        id: ItemId,
        /// Who thanks.
        from: String,
        /// Whom.
        to: Vec<String>,
        /// What for.
        reason: String,
        /// The team's value that it shows.
        value: Option<Value>,
        /// When it was given.
        at: Timestamp,
    },
    /// A call.
    Gathering {
        /// The gathering.
        id: ItemId,
        /// What it is called.
        title: String,
        /// When.
        starts_at: Timestamp,
        /// How long, in minutes.
        duration_min: u32,
        /// The zone that it was planned in.
        time_zone: Option<String>,
        /// Where to meet.
        link: Option<String>,
        /// Whether it does not take place.
        cancelled: bool,
    },
}

/// One of the team's values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// What it is called.
    pub name: String,
    /// Its emoji.
    pub emoji: String,
}

impl Message {
    /// Which item it shows.
    pub(crate) fn item(&self) -> ItemId {
        match self {
            Self::Kudos { id, .. } | Self::Gathering { id, .. } => *id,
        }
    }

    /// The same for the same message: what is shown already is not shown as changed.
    pub(crate) fn digest(&self) -> String {
        let text = serde_json::to_vec(self).unwrap_or_default();
        format!("{:x}", Sha256::digest(text))
    }
}

/// What of an item a mirror may show; `None` when nothing: it is not for the whole team, somebody who is thanked likes it
/// to stay between them, or those whom it names are not in the team any more. `look` finds what another item says.
pub(crate) fn of(item: &Item, look: &dyn Fn(ItemId) -> Option<Body>) -> Option<Message> {
    if item.audience != Audience::Team {
        return None;
    }
    match Body::read(&item.kind, item.body.as_ref()?).ok()? {
        Body::Kudos(kudos) => of_kudos(item, kudos, look),
        Body::Gathering(gathering) => Some(of_gathering(item, gathering)),
        _ => None,
    }
}

fn of_kudos(item: &Item, kudos: Kudos, look: &dyn Fn(ItemId) -> Option<Body>) -> Option<Message> {
    let name = |member: MemberId| match look(member.into()) {
        Some(Body::Member(member)) => Some(member.name),
        _ => None,
    };
    let objects = |member: &MemberId| {
        let between = KudosWish {
            wish: ThankMe::BetweenUs,
        };
        matches!(look(kudos_wish_id(*member)), Some(Body::KudosWish(wish)) if wish == between)
    };
    if kudos.instead_of.is_some() || kudos.to.iter().any(objects) {
        return None;
    }
    let to: Vec<String> = kudos.to.iter().filter_map(|member| name(*member)).collect();
    if to.is_empty() {
        return None;
    }
    let values = match look(values_id()) {
        Some(Body::Values(values)) => values.values,
        _ => Vec::new(),
    };
    let value = values.into_iter().find(|value| Some(&value.id) == kudos.value.as_ref());
    Some(Message::Kudos {
        id: item.id,
        from: name(item.owner.member()?)?,
        to,
        reason: kudos.reason,
        value: value.map(|value| Value {
            name: value.name,
            emoji: value.emoji,
        }),
        at: item.created_at,
    })
}

fn of_gathering(item: &Item, gathering: Gathering) -> Message {
    Message::Gathering {
        id: item.id,
        title: gathering.title,
        starts_at: gathering.starts_at,
        duration_min: gathering.duration_min,
        time_zone: gathering.time_zone,
        link: gathering.link,
        cancelled: gathering.cancelled,
    }
}

//! What goes with kudos: the team's values, and what those who are thanked wish for.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ItemId, MemberId, Timestamp};

/// What the team values, set by admins. Kudos name one of them, if any.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Values {
    /// At most thirty, retired ones among them.
    pub values: Vec<TeamValue>,
}

/// One of the team's values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TeamValue {
    /// What kudos name it by: never changes. 1 to 40 of `a-z`, `0-9` and `-`.
    pub id: String,
    /// 1 to 80 characters.
    pub name: String,
    /// One emoji.
    pub emoji: String,
    /// Since when it is not chosen any more. It stays in the list, so that older kudos still show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub retired_at: Option<Timestamp>,
}

/// How a member likes to be thanked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ThankMe {
    /// For the whole team to see, as whoever gives thanks chooses.
    #[default]
    Public,
    /// Between those two alone.
    BetweenUs,
}

/// A member's wish for kudos to them, one each. The whole team sees it, since whoever writes kudos must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KudosWish {
    /// How.
    pub wish: ThankMe,
}

/// That a member who was thanked wants these kudos to be between those who give and get them from now on. See
/// [`crate::hiding`] for what the endpoint makes of it. Its audience is the member alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KudosHidden {
    /// Which. Not a target: it stays when they go, so that a restored endpoint hides them again.
    pub kudos: ItemId,
}

/// The id of the team's values.
pub fn values_id() -> ItemId {
    ItemId::derived(&["values"])
}

/// The id of a member's wish for kudos.
pub fn kudos_wish_id(member: MemberId) -> ItemId {
    ItemId::derived(&["kudos-wish", &member.to_string()])
}

/// The id of a member's wish that these kudos be hidden.
pub fn kudos_hidden_id(member: MemberId, kudos: ItemId) -> ItemId {
    ItemId::derived(&["kudos-hidden", &member.to_string(), &kudos.to_string()])
}

/// The id of the item that stands, for those few, in the place of a hidden one of `owner`.
pub fn between_id(owner: MemberId, hidden: ItemId) -> ItemId {
    ItemId::derived(&["between", &owner.to_string(), &hidden.to_string()])
}

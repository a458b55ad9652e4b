//! Who may see an item. The one predicate that the endpoint's queries, its stream and the desktop agree on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{MemberId, Owner};

/// Who may see an item besides its owner. Never changes after the item was created.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Audience {
    /// Every member.
    #[default]
    Team,
    /// Only these.
    Only(Vec<MemberId>),
    /// Every member but these.
    Except(Vec<MemberId>),
}

impl Audience {
    /// Whether `reader` may see an item of `owner` with this audience. An owner always may.
    pub fn admits(&self, reader: MemberId, owner: &Owner) -> bool {
        if *owner == Owner::Member(reader) {
            return true;
        }
        match self {
            Self::Team => true,
            Self::Only(members) => members.contains(&reader),
            Self::Except(members) => !members.contains(&reader),
        }
    }

    /// The audience of what the team owns, or somebody else, and is to be seen by exactly those who see an item of this
    /// audience by `owner`.
    pub fn with(&self, owner: MemberId) -> Self {
        match self {
            Self::Team => Self::Team,
            Self::Only(members) if members.contains(&owner) => self.clone(),
            Self::Only(members) => Self::Only(members.iter().copied().chain([owner]).collect()),
            Self::Except(members) => Self::Except(members.iter().copied().filter(|member| *member != owner).collect()),
        }
    }

    /// Whether it is for these alone, in whatever order.
    pub fn is_only(&self, members: &[MemberId]) -> bool {
        let is_within = |some: &[MemberId], all: &[MemberId]| some.iter().all(|member| all.contains(member));
        matches!(self, Self::Only(named) if is_within(named, members) && is_within(members, named))
    }

    /// The members that the audience names, in its order.
    pub fn named(&self) -> &[MemberId] {
        match self {
            Self::Team => &[],
            Self::Only(members) | Self::Except(members) => members,
        }
    }
}

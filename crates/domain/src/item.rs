//! The one kind of shared record.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{Audience, ItemId, MemberId, Timestamp};

/// The place of an item's newest version in its team's sequence: 1, 2, 3 …, dense, in commit order.
pub type Seq = u64;

/// What an item is: `snapshot`, `kudos` …. A desktop stores kinds it does not know as they came.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(transparent)]
#[ts(type = "string")]
#[schema(value_type = String)]
pub struct Kind(String);

impl Kind {
    /// The team itself: its name and settings.
    pub const TEAM: &'static str = "team";
    /// What a member may do.
    pub const ROLE: &'static str = "role";
    /// A person.
    pub const MEMBER: &'static str = "member";
    /// A photo or a few words from someone's day.
    pub const SNAPSHOT: &'static str = "snapshot";
    /// Public thanks.
    pub const KUDOS: &'static str = "kudos";
    /// An emoji on something.
    pub const REACTION: &'static str = "reaction";
    /// Words under something.
    pub const REPLY: &'static str = "reply";
    /// A block of uninterrupted time.
    pub const FOCUS: &'static str = "focus";
    /// The recurring plan that gatherings come from.
    pub const SERIES: &'static str = "series";
    /// One dated call.
    pub const GATHERING: &'static str = "gathering";
    /// A member's answer to a gathering.
    pub const RSVP: &'static str = "rsvp";
    /// What the team expects of replies and meetings.
    pub const NORMS: &'static str = "norms";
    /// A member's wish for pair calls.
    pub const PAIR_OPT_IN: &'static str = "pair_opt_in";
    /// When a member is busy, for the planner alone.
    pub const BUSY: &'static str = "busy";
    /// Two or three who were drawn for a call.
    pub const PAIRING: &'static str = "pairing";
    /// A member's answer to a pairing.
    pub const PAIR_ANSWER: &'static str = "pair_answer";
    /// Something that cannot wait until a focus ends.
    pub const BREAK_THROUGH: &'static str = "break_through";

    /// What the team values.
    pub const VALUES: &'static str = "values";
    /// A member's wish for kudos to them.
    pub const KUDOS_WISH: &'static str = "kudos_wish";
    /// A member's wish that kudos to them be hidden.
    pub const KUDOS_HIDDEN: &'static str = "kudos_hidden";
    /// A question that waits for everyone involved.
    pub const DECISION: &'static str = "decision";
    /// A member's answer to a decision.
    pub const VOICE: &'static str = "voice";
    /// How far a decision is.
    pub const DECISION_STATE: &'static str = "decision_state";
    /// Closes a decision.
    pub const DECISION_CLOSE: &'static str = "decision_close";
    /// What came of a decision.
    pub const OUTCOME: &'static str = "outcome";
    /// Something physical for a member.
    pub const PACKAGE: &'static str = "package";
    /// That a recipient agrees, with a sealed address.
    pub const PACKAGE_CONSENT: &'static str = "package_consent";
    /// That a recipient would rather not.
    pub const PACKAGE_DECLINED: &'static str = "package_declined";
    /// That a sender has opened an address.
    pub const PACKAGE_OPENED: &'static str = "package_opened";
    /// That a package has arrived.
    pub const PACKAGE_RECEIVED: &'static str = "package_received";
    /// What can be sealed to a member's device.
    pub const DEVICE_KEY: &'static str = "device_key";
    /// That a coordinator may send without asking.
    pub const SURPRISE_CONSENT: &'static str = "surprise_consent";
    /// A card that a team writes together.
    pub const GROUP_CARD: &'static str = "group_card";
    /// What one member writes on a card.
    pub const CARD_LINE: &'static str = "card_line";
    /// A card that was handed over.
    pub const HANDED_CARD: &'static str = "handed_card";
    /// What stands on a card that was handed over.
    pub const HANDED_LINE: &'static str = "handed_line";
    /// What a member wants to be celebrated.
    pub const CELEBRATION: &'static str = "celebration";
    /// That there is something to celebrate.
    pub const CELEBRATION_NOTICE: &'static str = "celebration_notice";
    /// A round of the pulse.
    pub const PULSE_ROUND: &'static str = "pulse_round";
    /// What came of a round of the pulse.
    pub const PULSE_RESULT: &'static str = "pulse_result";

    /// Whether its items are owned by the team: written by the endpoint, or by admins through it.
    pub fn is_of_team(&self) -> bool {
        self.is_of_endpoint()
            || matches!(
                self.as_str(),
                Self::TEAM | Self::ROLE | Self::SERIES | Self::GATHERING | Self::NORMS | Self::VALUES
            )
    }

    /// Whether the endpoint alone writes its items, and no op ever does.
    pub fn is_of_endpoint(&self) -> bool {
        matches!(
            self.as_str(),
            Self::PAIRING
                | Self::DECISION_STATE
                | Self::OUTCOME
                | Self::HANDED_CARD
                | Self::HANDED_LINE
                | Self::CELEBRATION_NOTICE
                | Self::PULSE_ROUND
                | Self::PULSE_RESULT
        )
    }

    /// The kind of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl PartialEq<str> for Kind {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Kind {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// The one who alone may write an item: a member, or the team (the endpoint, and admins through it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, TS)]
#[ts(type = "string")]
pub enum Owner {
    /// The team: `"team"` on the wire.
    Team,
    /// A member: their id on the wire.
    Member(MemberId),
}

impl Owner {
    /// The member who owns it, if it is not the team.
    pub fn member(&self) -> Option<MemberId> {
        match self {
            Self::Team => None,
            Self::Member(member) => Some(*member),
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Team => f.write_str("team"),
            Self::Member(member) => member.fmt(f),
        }
    }
}

impl FromStr for Owner {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "team" {
            Ok(Self::Team)
        } else {
            text.parse().map(Self::Member)
        }
    }
}

impl Serialize for Owner {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Owner {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// One shared record. Its owner alone may write it; everyone in its audience has a copy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[ts(export)]
pub struct Item {
    /// Its name, made by the writer.
    pub id: ItemId,
    /// What it is.
    pub kind: Kind,
    /// Who alone may write it.
    #[schema(value_type = String)]
    pub owner: Owner,
    /// The place of this version in the team's sequence; 0 while it waits in an outbox.
    #[ts(type = "number")]
    pub seq: Seq,
    /// Who may see it.
    #[serde(default)]
    pub audience: Audience,
    /// When it was first written.
    pub created_at: Timestamp,
    /// When this version was written.
    pub updated_at: Timestamp,
    /// When it is over, if it ever is.
    pub expires_at: Option<Timestamp>,
    /// What it says, by kind; `null` when it was deleted or has expired.
    #[ts(type = "unknown")]
    #[schema(value_type = Option<Object>)]
    pub body: Option<Value>,
}

impl Item {
    /// Whether `reader` may see it.
    pub fn is_visible_to(&self, reader: MemberId) -> bool {
        self.audience.admits(reader, &self.owner)
    }

    /// Whether it is deleted, or over at `now`.
    pub fn is_gone(&self, now: Timestamp) -> bool {
        self.body.is_none() || self.expires_at.is_some_and(|end| end <= now)
    }
}

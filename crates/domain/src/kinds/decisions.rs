//! Decisions: a question that waits for everyone involved, and what they say to it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ItemId, MemberId, Timestamp};

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "style", rename_all = "snake_case")]
#[ts(export)]
pub enum Style {
    /// For, against, abstain, or that it needs more talk.
    ForAgainst,
    /// Options, put into an order.
    Ranked {
        /// Two to twelve of 1 to 200 characters, each once.
        options: Vec<String>,
    },
    /// In words.
    Words,
}

/// Who sees the voices before a decision is closed. Afterwards everybody does who sees the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Voices {
    /// Everybody who sees the decision.
    #[default]
    Open,
    /// Nobody: they are sealed, and the endpoint opens them when it closes.
    Hidden,
}

/// A question that waits for everyone involved. Owned by who asks. Once asked it stays as it is; only `withdrawn` is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Decision {
    /// 1 to 200 characters.
    pub question: String,
    /// What one must know for it, in Markdown; at most 8,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub context: Option<String>,
    /// How it is answered.
    pub how: Style,
    /// Who is to be heard: 1 to 100 members, each once; whoever asks may be among them.
    pub involved: Vec<MemberId>,
    /// Who sees the voices before it is closed.
    #[serde(default)]
    #[ts(optional, as = "Option<Voices>")]
    pub voices: Voices,
    /// Not closed before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub earliest_close: Option<Timestamp>,
    /// Whether whoever asked has taken it back. There is no way from here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub withdrawn: bool,
}

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Stance {
    /// For it.
    For,
    /// Against it.
    Against,
    /// Has been heard, and leaves it to the others.
    Abstain,
    /// Not ready to be decided.
    MoreTalk,
}

/// What somebody says to a decision, in its style.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Said {
    /// Where they stand; with the style of that name only, and always then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stance: Option<Stance>,
    /// The options from the dearest on, by their place in the decision, from 0; with that style only. One that is left
    /// out is not wanted at all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<u32>>")]
    pub ranking: Vec<u32>,
    /// At most 2,000 characters; with the style of words always, with others if they like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub words: Option<String>,
}

/// A member's voice, one for each decision; it can be changed until the decision is closed. The audience of an open one
/// is the decision's, that of a hidden one the member alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// To which decision.
    pub decision: ItemId,
    /// What, when voices are open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
    /// When voices are hidden: the JSON of a [`Said`], sealed (age, in base64) to the decision's own key (see
    /// [`DecisionState`]) and to the keys of the member's own devices, so that they can read and change it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
}

/// How far a decision is. Owned by the team and written by the endpoint alone, with the decision's audience: with hidden
/// voices nobody else could know who was heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DecisionState {
    /// Which decision.
    pub decision: ItemId,
    /// Who of those involved has been heard, in the order in which they are involved, and never what they said.
    pub heard: Vec<MemberId>,
    /// With hidden voices: the age recipient that they are sealed to. The endpoint has the identity until it closes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub seal: Option<String>,
}

/// Closes a decision. Owned by whoever asked; refused while the gate is shut (see [`crate::decisions`]). When it passes,
/// the endpoint writes the [`Outcome`] in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionClose {
    /// Which.
    pub decision: ItemId,
    /// What has been decided: 10 to 2,000 characters.
    pub words: String,
}

/// What came of a decision. Owned by the team and written by the endpoint alone, with the decision's audience.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Outcome {
    /// Of which.
    pub decision: ItemId,
    /// What has been decided, in the words of whoever asked.
    pub words: String,
    /// When it was closed.
    pub closed_at: Timestamp,
    /// What everybody said, hidden voices too, in the order in which they are involved.
    pub voices: Vec<HeardVoice>,
    /// Those involved who had their time and were not heard, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_heard: Vec<MemberId>,
}

/// A voice in an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct HeardVoice {
    /// Whose.
    pub member: MemberId,
    /// What; `None` when a sealed one could not be opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub said: Option<Said>,
}

/// The id of a member's voice.
pub fn voice_id(member: MemberId, decision: ItemId) -> ItemId {
    ItemId::derived(&["voice", &member.to_string(), &decision.to_string()])
}

/// The id of the state of a decision.
pub fn decision_state_id(decision: ItemId) -> ItemId {
    ItemId::derived(&["decision-state", &decision.to_string()])
}

/// The id of what closes a decision of `asker`.
pub fn decision_close_id(asker: MemberId, decision: ItemId) -> ItemId {
    ItemId::derived(&["decision-close", &asker.to_string(), &decision.to_string()])
}

/// The id of what came of a decision.
pub fn outcome_id(decision: ItemId) -> ItemId {
    ItemId::derived(&["outcome", &decision.to_string()])
}

//! The Decisions page, ready to be drawn: what was asked, who is heard and who is awaited, and what came of it.

use std::collections::HashMap;

use chrono::NaiveDate;
use samovar_domain::kinds::{Said, Style, Voices};
use samovar_domain::{Audience, ItemId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Person;

/// Everything on the Decisions page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Decisions {
    /// Now, by the core's clock.
    pub now: Timestamp,
    /// Oneself.
    pub me: MemberId,
    /// Whether one may set how long everyone has.
    pub is_admin: bool,
    /// How many of their own working hours everyone has to be heard.
    pub working_hours: u32,
    /// How many hours overall a decision waits for those who were not heard.
    pub hours: u32,
    /// Those that need one's voice first, then other open ones by when they may be closed, then those that are over,
    /// newest first.
    pub decisions: Vec<DecisionCard>,
    /// Everyone, oneself too, by name: who may be asked.
    pub people: Vec<Person>,
}

/// How far a decision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum DecisionProgress {
    /// It waits for voices, or for its close.
    Open,
    /// There is an outcome.
    Closed,
    /// Whoever asked has taken it back.
    Withdrawn,
}

/// A question that waits for everyone involved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DecisionCard {
    /// The item.
    pub id: ItemId,
    /// Who asks.
    pub from: Person,
    /// Whether that is oneself.
    pub is_mine: bool,
    /// The question.
    pub question: String,
    /// What one must know for it, in Markdown.
    pub context: Option<String>,
    /// How it is answered.
    pub how: Style,
    /// Who sees voices before the close.
    pub voices: Voices,
    /// Who sees it.
    pub audience: Audience,
    /// When it reached the team.
    pub asked_at: Timestamp,
    /// Whether it waits in the outbox.
    pub is_waiting: bool,
    /// How far it is.
    pub progress: DecisionProgress,
    /// Whether one is asked, and not heard yet.
    pub needs_me: bool,
    /// Whether one is asked and may say something now: with hidden voices only once the endpoint has it.
    pub may_speak: bool,
    /// Those who were heard; never what they said, when voices are hidden.
    pub heard: Vec<Person>,
    /// Those whom it waits for, and why.
    pub awaited: Vec<AwaitedCard>,
    /// Those who have had their time and may still be heard until it is closed.
    pub had_time: Vec<Person>,
    /// When it may be closed at the earliest, if nobody else is heard; `null` when that is not in sight.
    pub earliest: Option<Timestamp>,
    /// Whether it may be closed now, and one is who may.
    pub may_close: bool,
    /// Whether one has closed it, and the endpoint has not heard of that yet.
    pub is_closing: bool,
    /// What one has said, as far as this computer knows.
    pub mine: Option<Said>,
    /// Whether one was heard from another computer, and what one said cannot be read on this one.
    pub is_mine_sealed: bool,
    /// What is said and may be seen: open voices, and all of them when it is closed.
    pub said: Vec<VoiceCard>,
    /// What came of it.
    pub outcome: Option<OutcomeCard>,
}

/// Somebody whom a decision waits for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AwaitedCard {
    /// Who.
    pub person: Person,
    /// How much of their working time they have left, in minutes; `null` while they are away.
    pub minutes_left: Option<u32>,
    /// When they are back, while they are away.
    #[ts(type = "string | null")]
    pub back_on: Option<NaiveDate>,
    /// When they will have had their time; `null` when that is not in sight.
    pub heard_by: Option<Timestamp>,
}

/// A voice that one sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct VoiceCard {
    /// Whose.
    pub person: Person,
    /// What; `null` when a sealed one could not be opened.
    pub said: Option<Said>,
}

/// What came of a decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OutcomeCard {
    /// What has been decided.
    pub words: String,
    /// When it was closed.
    pub closed_at: Timestamp,
    /// Those who had their time and were not heard.
    pub not_heard: Vec<Person>,
}

/// A decision that needs one's voice, as the Today page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct VoiceNeeded {
    /// The decision.
    pub id: ItemId,
    /// Who asks.
    pub from: Person,
    /// The question.
    pub question: String,
    /// When it may be closed at the earliest.
    pub earliest: Option<Timestamp>,
}

/// What is about to be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Question {
    /// 1 to 200 characters.
    pub question: String,
    /// In Markdown; at most 8,000 characters.
    #[serde(default)]
    #[ts(optional)]
    pub context: Option<String>,
    /// How it is answered.
    pub how: Style,
    /// Who is to be heard.
    pub involved: Vec<MemberId>,
    /// Who sees the voices before it is closed.
    #[serde(default)]
    pub voices: Voices,
    /// Not closed before.
    #[serde(default)]
    #[ts(optional)]
    pub earliest_close: Option<Timestamp>,
    /// Who sees it: everyone involved, at least.
    #[serde(default)]
    pub audience: Audience,
}

/// What is written on the Decisions page and not sent yet. It is kept when the page closes, and when Samovar ends.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct DecisionDraft {
    /// A question, while one is being written.
    pub question: Option<Question>,
    /// Voices that were begun, by decision.
    pub voices: HashMap<ItemId, Said>,
    /// Outcomes that were begun, by decision.
    pub outcomes: HashMap<ItemId, String>,
}

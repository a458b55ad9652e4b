//! What items of each kind say. Fields that this version does not know stay in the item's JSON; these types only read.

use serde::Deserialize;
use serde_json::Value;

use crate::{BlobHash, ItemId, Kind, MemberId};

mod busy;
mod cards;
mod celebrations;
mod decisions;
mod focus;
mod gatherings;
mod norms;
mod packages;
mod pairs;
mod people;
mod pulse;
mod sharing;
mod thanks;
mod weekday;

pub use busy::{Busy, BusySpan, busy_id};
pub use cards::{CardLine, Doodle, GroupCard, HandedCard, HandedLine, Line, Stroke, card_line_id, handed_id};
pub use celebrations::{
    Celebrated, Celebration, CelebrationNotice, DayOfYear, LeapChoice, celebration_id, celebration_notice_id,
};
pub use decisions::{
    Decision, DecisionClose, DecisionState, HeardVoice, Outcome, Said, Stance, Style, Voice, Voices, decision_close_id,
    decision_state_id, outcome_id, voice_id,
};
pub use focus::{BreakThrough, Focus, focus_id};
pub use gatherings::{
    Activity, Answer, Gathering, Room, Rotate, Rsvp, Series, SeriesReminders, Slot, SlotReason, rsvp_id,
};
pub use norms::{Channel, Norms, norms_id};
pub use packages::{
    DeviceKey, Occasion, Package, PackageConsent, PackageDeclined, PackageOpened, PackageProgress, PackageReceived,
    Sealed, Sent, SurpriseConsent, device_key_id, package_consent_id, package_declined_id, package_received_id,
    surprise_consent_id,
};
pub use pairs::{PairAnswer, PairOptIn, PairReason, Pairing, Unmatched, pair_answer_id, pair_opt_in_id};
pub use people::{Away, Member, Role, RoleName, Team, TeamSettings, Travel, role_id};
pub use pulse::{PulseResult, PulseRound, PulseSettings, pulse_result_id};
pub use sharing::{Kudos, Lifetime, Photo, Reaction, Reply, Snapshot, reaction_id};
pub use thanks::{
    KudosHidden, KudosWish, TeamValue, ThankMe, Values, between_id, kudos_hidden_id, kudos_wish_id, values_id,
};
pub use weekday::Weekday;

/// What an item says, read by its kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// See [`Team`].
    Team(Team),
    /// See [`Role`].
    Role(Role),
    /// See [`Member`].
    Member(Member),
    /// See [`Snapshot`].
    Snapshot(Snapshot),
    /// See [`Kudos`].
    Kudos(Kudos),
    /// See [`Reaction`].
    Reaction(Reaction),
    /// See [`Reply`].
    Reply(Reply),
    /// See [`Focus`].
    Focus(Focus),
    /// See [`Series`].
    Series(Series),
    /// See [`Gathering`].
    Gathering(Gathering),
    /// See [`Rsvp`].
    Rsvp(Rsvp),
    /// See [`Norms`].
    Norms(Norms),
    /// See [`PairOptIn`].
    PairOptIn(PairOptIn),
    /// See [`Pairing`].
    Pairing(Pairing),
    /// See [`PairAnswer`].
    PairAnswer(PairAnswer),
    /// See [`BreakThrough`].
    BreakThrough(BreakThrough),
    /// See [`Busy`].
    Busy(Busy),
    /// See [`Values`].
    Values(Values),
    /// See [`KudosWish`].
    KudosWish(KudosWish),
    /// See [`KudosHidden`].
    KudosHidden(KudosHidden),
    /// See [`Decision`].
    Decision(Decision),
    /// See [`Voice`].
    Voice(Voice),
    /// See [`DecisionState`].
    DecisionState(DecisionState),
    /// See [`DecisionClose`].
    DecisionClose(DecisionClose),
    /// See [`Outcome`].
    Outcome(Outcome),
    /// See [`Package`].
    Package(Package),
    /// See [`PackageConsent`].
    PackageConsent(PackageConsent),
    /// See [`PackageDeclined`].
    PackageDeclined(PackageDeclined),
    /// See [`PackageOpened`].
    PackageOpened(PackageOpened),
    /// See [`PackageReceived`].
    PackageReceived(PackageReceived),
    /// See [`DeviceKey`].
    DeviceKey(DeviceKey),
    /// See [`SurpriseConsent`].
    SurpriseConsent(SurpriseConsent),
    /// See [`GroupCard`].
    GroupCard(GroupCard),
    /// See [`CardLine`].
    CardLine(CardLine),
    /// See [`HandedCard`].
    HandedCard(HandedCard),
    /// See [`HandedLine`].
    HandedLine(HandedLine),
    /// See [`Celebration`].
    Celebration(Celebration),
    /// See [`CelebrationNotice`].
    CelebrationNotice(CelebrationNotice),
    /// See [`PulseRound`].
    PulseRound(PulseRound),
    /// See [`PulseResult`].
    PulseResult(PulseResult),
    /// A kind of a newer Samovar: kept and passed on, never shown.
    Unknown,
}

impl Body {
    /// Reads a body. The error names the field that does not fit.
    pub fn read(kind: &Kind, body: &Value) -> Result<Self, serde_json::Error> {
        Ok(match kind.as_str() {
            Kind::TEAM => Self::Team(Deserialize::deserialize(body)?),
            Kind::ROLE => Self::Role(Deserialize::deserialize(body)?),
            Kind::MEMBER => Self::Member(Deserialize::deserialize(body)?),
            Kind::SNAPSHOT => Self::Snapshot(Deserialize::deserialize(body)?),
            Kind::KUDOS => Self::Kudos(Deserialize::deserialize(body)?),
            Kind::REACTION => Self::Reaction(Deserialize::deserialize(body)?),
            Kind::REPLY => Self::Reply(Deserialize::deserialize(body)?),
            Kind::FOCUS => Self::Focus(Deserialize::deserialize(body)?),
            Kind::SERIES => Self::Series(Deserialize::deserialize(body)?),
            Kind::GATHERING => Self::Gathering(Deserialize::deserialize(body)?),
            Kind::RSVP => Self::Rsvp(Deserialize::deserialize(body)?),
            Kind::NORMS => Self::Norms(Deserialize::deserialize(body)?),
            Kind::PAIR_OPT_IN => Self::PairOptIn(Deserialize::deserialize(body)?),
            Kind::PAIRING => Self::Pairing(Deserialize::deserialize(body)?),
            Kind::PAIR_ANSWER => Self::PairAnswer(Deserialize::deserialize(body)?),
            Kind::BREAK_THROUGH => Self::BreakThrough(Deserialize::deserialize(body)?),
            Kind::BUSY => Self::Busy(Deserialize::deserialize(body)?),
            Kind::VALUES => Self::Values(Deserialize::deserialize(body)?),
            Kind::KUDOS_WISH => Self::KudosWish(Deserialize::deserialize(body)?),
            Kind::KUDOS_HIDDEN => Self::KudosHidden(Deserialize::deserialize(body)?),
            Kind::DECISION => Self::Decision(Deserialize::deserialize(body)?),
            Kind::VOICE => Self::Voice(Deserialize::deserialize(body)?),
            Kind::DECISION_STATE => Self::DecisionState(Deserialize::deserialize(body)?),
            Kind::DECISION_CLOSE => Self::DecisionClose(Deserialize::deserialize(body)?),
            Kind::OUTCOME => Self::Outcome(Deserialize::deserialize(body)?),
            Kind::PACKAGE => Self::Package(Deserialize::deserialize(body)?),
            Kind::PACKAGE_CONSENT => Self::PackageConsent(Deserialize::deserialize(body)?),
            Kind::PACKAGE_DECLINED => Self::PackageDeclined(Deserialize::deserialize(body)?),
            Kind::PACKAGE_OPENED => Self::PackageOpened(Deserialize::deserialize(body)?),
            Kind::PACKAGE_RECEIVED => Self::PackageReceived(Deserialize::deserialize(body)?),
            Kind::DEVICE_KEY => Self::DeviceKey(Deserialize::deserialize(body)?),
            Kind::SURPRISE_CONSENT => Self::SurpriseConsent(Deserialize::deserialize(body)?),
            Kind::GROUP_CARD => Self::GroupCard(Deserialize::deserialize(body)?),
            Kind::CARD_LINE => Self::CardLine(Deserialize::deserialize(body)?),
            Kind::HANDED_CARD => Self::HandedCard(Deserialize::deserialize(body)?),
            Kind::HANDED_LINE => Self::HandedLine(Deserialize::deserialize(body)?),
            Kind::CELEBRATION => Self::Celebration(Deserialize::deserialize(body)?),
            Kind::CELEBRATION_NOTICE => Self::CelebrationNotice(Deserialize::deserialize(body)?),
            Kind::PULSE_ROUND => Self::PulseRound(Deserialize::deserialize(body)?),
            Kind::PULSE_RESULT => Self::PulseResult(Deserialize::deserialize(body)?),
            _ => Self::Unknown,
        })
    }

    /// The item that this one points at: what is reacted to, replied to or answered.
    pub fn target(&self) -> Option<ItemId> {
        match self {
            Self::Reaction(reaction) => Some(reaction.target),
            Self::Reply(reply) => Some(reply.target),
            Self::Rsvp(rsvp) => Some(rsvp.gathering),
            Self::PairAnswer(answer) => Some(answer.pairing),
            Self::Voice(voice) => Some(voice.decision),
            Self::DecisionState(state) => Some(state.decision),
            Self::DecisionClose(close) => Some(close.decision),
            Self::Outcome(outcome) => Some(outcome.decision),
            Self::PackageConsent(consent) => Some(consent.package),
            Self::PackageDeclined(declined) => Some(declined.package),
            Self::PackageReceived(received) => Some(received.package),
            Self::CardLine(line) => Some(line.card),
            Self::HandedLine(line) => Some(line.card),
            Self::PulseResult(result) => Some(result.round),
            _ => None,
        }
    }

    /// The blobs that live and die with this item.
    pub fn blobs(&self) -> Vec<BlobHash> {
        match self {
            Self::Snapshot(snapshot) => snapshot.photos.iter().flat_map(Photo::blobs).collect(),
            Self::CardLine(CardLine { line, .. }) | Self::HandedLine(HandedLine { line, .. }) => {
                line.photo.iter().flat_map(Photo::blobs).collect()
            }
            Self::Member(member) => member.photo.into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

/// Takes a member out of every list in a body, also of kinds and fields that this version does not know. Whether they were
/// in one.
pub fn take_out(body: &mut Value, member: MemberId) -> bool {
    match body {
        Value::Array(values) => {
            let before = values.len();
            values.retain(|value| value.as_str() != Some(&member.to_string()));
            let inside = values
                .iter_mut()
                .filter_map(|value| take_out(value, member).then_some(()));
            inside.count() > 0 || values.len() < before
        }
        Value::Object(fields) => {
            let inside = fields
                .iter_mut()
                .filter_map(|(_, value)| take_out(value, member).then_some(()));
            inside.count() > 0
        }
        _ => false,
    }
}

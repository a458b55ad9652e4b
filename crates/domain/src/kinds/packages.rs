//! Packages: the question, the consent with a sealed address, the way, and the keys that addresses are sealed to. The
//! address itself is in none of them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{DeviceId, ItemId, MemberId, Timestamp};

/// What something is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Occasion {
    /// A birthday.
    Birthday,
    /// Some years in the team.
    Anniversary,
    /// Thanks.
    Thanks,
    /// Somebody is new.
    Welcome,
    /// Somebody leaves.
    Farewell,
    /// Somebody is ill.
    GetWell,
    /// Whatever the words say.
    #[default]
    Other,
}

impl Occasion {
    /// Whether it is one that "please do not" is about.
    pub fn is_celebration(self) -> bool {
        matches!(self, Self::Birthday | Self::Anniversary)
    }
}

/// Something physical for a member. Owned by the sender; only the recipient sees it besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Package {
    /// For whom.
    pub to: MemberId,
    /// What for.
    #[serde(default)]
    #[ts(optional, as = "Option<Occasion>")]
    pub occasion: Occasion,
    /// "Something for your birthday": 1 to 200 characters.
    pub words: String,
    /// How it travels, once it is on its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sent: Option<Sent>,
}

/// How a package travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Sent {
    /// 1 to 80 characters.
    pub carrier: String,
    /// Where to follow it; `https` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tracking: Option<String>,
}

/// An address, sealed for one device: age, in base64.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Sealed {
    /// The device whose key opens it.
    pub device: DeviceId,
    /// At most 8,000 characters of base64.
    pub ciphertext: String,
}

/// That the recipient agrees, with their address sealed to the sender's devices. Only the sender sees it besides. Over
/// after 14 days, and when the package has arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PackageConsent {
    /// To which.
    pub package: ItemId,
    /// For each of the sender's devices; at most ten.
    pub sealed: Vec<Sealed>,
}

/// That the recipient would rather not. Nobody else ever sees it: to the sender it looks as if there were no answer yet,
/// until the question lapses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageDeclined {
    /// Which.
    pub package: ItemId,
}

/// That a sender's application has opened an address. Written by it each time, seen by whose address it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PackageOpened {
    /// The consent that held it. Not a target: this stays when the consent is erased.
    pub consent: ItemId,
    /// Whose address it is.
    pub of: MemberId,
}

/// That a package has arrived. Owned by the recipient; only the sender sees it besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PackageReceived {
    /// Which.
    pub package: ItemId,
    /// At most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub words: Option<String>,
    /// A snapshot that says thank you.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub snapshot: Option<ItemId>,
}

/// What can be sealed to one of a member's devices. The private key never leaves that device's keyring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DeviceKey {
    /// Which device.
    pub device: DeviceId,
    /// An age recipient: `age1…`.
    pub recipient: String,
}

/// That one coordinator may send a member something without asking. Only those two see it. Over after 90 days, unless
/// the member's desktop has renewed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SurpriseConsent {
    /// Who.
    pub coordinator: MemberId,
    /// For each of their devices; at most ten.
    pub sealed: Vec<Sealed>,
}

/// What becomes of a package, as its sender sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "progress", rename_all = "snake_case")]
#[ts(export)]
pub enum PackageProgress {
    /// No answer yet, or a quiet no: nobody can tell.
    Asked {
        /// When the question lapses.
        until: Timestamp,
    },
    /// The address is here.
    Agreed {
        /// When it is erased.
        until: Timestamp,
    },
    /// On its way.
    Sent,
    /// There.
    Received,
    /// Not agreed to in time, or not sent in time.
    Lapsed,
}

/// The id of a member's consent to a package.
pub fn package_consent_id(member: MemberId, package: ItemId) -> ItemId {
    ItemId::derived(&["package-consent", &member.to_string(), &package.to_string()])
}

/// The id of a member's quiet no to a package.
pub fn package_declined_id(member: MemberId, package: ItemId) -> ItemId {
    ItemId::derived(&["package-declined", &member.to_string(), &package.to_string()])
}

/// The id of a member's word that a package has arrived.
pub fn package_received_id(member: MemberId, package: ItemId) -> ItemId {
    ItemId::derived(&["package-received", &member.to_string(), &package.to_string()])
}

/// The id of the key of a member's device.
pub fn device_key_id(member: MemberId, device: DeviceId) -> ItemId {
    ItemId::derived(&["device-key", &member.to_string(), &device.to_string()])
}

/// The id of a member's consent to surprises by a coordinator.
pub fn surprise_consent_id(member: MemberId, coordinator: MemberId) -> ItemId {
    ItemId::derived(&["surprise-consent", &member.to_string(), &coordinator.to_string()])
}

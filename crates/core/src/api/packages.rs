//! The Packages page, ready to be drawn: what asks for one's address, what is on its way to whom, and who may send
//! surprises. An address is in none of it but one's own; those of others are shown one at a time, when they are opened.

use samovar_domain::customs::Border;
use samovar_domain::kinds::{Occasion, PackageProgress};
use samovar_domain::{ItemId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Person;

/// Everything on the Packages page but group cards and celebrations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Packages {
    /// Now, by the core's clock.
    pub now: Timestamp,
    /// Oneself.
    pub me: MemberId,
    /// One's own address, as it is kept on this computer and nowhere else.
    pub address: Option<String>,
    /// One's own country, as two letters, when the profile says it.
    pub country: Option<String>,
    /// What others would like to send, or have sent: those that wait for an answer first, then newest first.
    pub to_me: Vec<PackageCard>,
    /// What one sends: those whose address is here first, then newest first.
    pub from_me: Vec<PackageCard>,
    /// The team's coordinators but oneself: who may send one something without asking.
    pub surprises: Vec<SurpriseCard>,
    /// Those who let one send them something without asking.
    pub may_surprise: Vec<SurpriseFor>,
    /// Everybody else in the team, by name.
    pub recipients: Vec<Recipient>,
}

/// Something physical, as its sender or its recipient sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PackageCard {
    /// The item.
    pub id: ItemId,
    /// The recipient of one's own; the sender of others.
    pub other: Person,
    /// What for.
    pub occasion: Occasion,
    /// "Something for your birthday".
    pub words: String,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// How far it is. A quiet no looks like no answer, to its sender.
    pub progress: PackageProgress,
    /// Whether it waits for one's answer.
    pub needs_me: bool,
    /// Whether one has quietly said no; nobody else sees that.
    pub is_declined: bool,
    /// Whether one has agreed, and the address is sealed as soon as there is a key of the sender.
    pub is_sealing: bool,
    /// Whether the address is here, sealed for this very computer.
    pub can_open: bool,
    /// Who carries it, once it is on its way.
    pub carrier: Option<String>,
    /// Where to follow it.
    pub tracking: Option<String>,
    /// When the sender's application has opened the address, oldest first; of packages to oneself.
    pub opened: Vec<Timestamp>,
    /// What the recipient said when it was there.
    pub thanks: Option<String>,
    /// The snapshot that says thank you.
    pub snapshot: Option<ItemId>,
    /// Whether there are customs between the two.
    pub border: Border,
    /// Whether it waits in the outbox.
    pub is_waiting: bool,
}

/// A coordinator, and whether they may send one something without asking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SurpriseCard {
    /// Who.
    pub person: Person,
    /// Whether one lets them.
    pub is_allowed: bool,
    /// Until when, unless this computer renews it before; `null` while nothing is sealed to them yet.
    pub until: Option<Timestamp>,
    /// When their application has opened the address, oldest first.
    pub opened: Vec<Timestamp>,
}

/// Somebody who lets one send them something without asking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SurpriseFor {
    /// Who.
    pub person: Person,
    /// Until when.
    pub until: Timestamp,
    /// Whether their address is sealed for this very computer.
    pub can_open: bool,
    /// Whether there are customs between the two.
    pub border: Border,
}

/// Somebody whom one may send something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Recipient {
    /// Who.
    pub person: Person,
    /// Whether there are customs between the two.
    pub border: Border,
}

/// What one does with packages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "deed", rename_all = "snake_case")]
#[ts(export)]
pub enum PackageDeed {
    /// Asks somebody whether they would like something. Answers `shared`.
    Ask {
        /// Whom.
        to: MemberId,
        /// What for.
        occasion: Occasion,
        /// "Something for your birthday": 1 to 200 characters.
        words: String,
    },
    /// Agrees, with the address that it is to go to: sealed for the sender's computers, for 14 days or until it is there.
    /// The first address becomes one's own. Answers `done`.
    Agree {
        /// To which.
        package: ItemId,
        /// 1 to 600 characters, in lines.
        address: String,
    },
    /// Says no, and nobody hears of it. What was agreed before is taken back. Answers `done`.
    Decline {
        /// Which.
        package: ItemId,
    },
    /// Takes back that one has agreed; the sealed address is erased. Answers `done`.
    TakeBack {
        /// Which.
        package: ItemId,
    },
    /// Opens the address for a package of one's own; its recipient sees that. Answers `address`.
    Open {
        /// Which.
        package: ItemId,
    },
    /// Opens the address of somebody who lets one send surprises; they see that. Answers `address`.
    OpenSurprise {
        /// Whose.
        of: MemberId,
    },
    /// Says that it is on its way. Answers `done`.
    Send {
        /// Which.
        package: ItemId,
        /// 1 to 80 characters.
        carrier: String,
        /// `https://…`.
        #[ts(optional)]
        tracking: Option<String>,
    },
    /// Says that something is on its way to somebody who lets one send surprises. Answers `shared`.
    SendSurprise {
        /// To whom.
        to: MemberId,
        /// What for.
        occasion: Occasion,
        /// 1 to 200 characters.
        words: String,
        /// 1 to 80 characters.
        carrier: String,
        /// `https://…`.
        #[ts(optional)]
        tracking: Option<String>,
    },
    /// Says that it is there. Answers `done`.
    Receive {
        /// Which.
        package: ItemId,
        /// At most 200 characters.
        #[ts(optional)]
        words: Option<String>,
        /// A snapshot that says thank you.
        #[ts(optional)]
        snapshot: Option<ItemId>,
    },
    /// Keeps one's own address, on this computer only; none takes it away, and with it all surprises. Answers `packages`.
    SaveAddress {
        /// 1 to 600 characters, in lines.
        #[ts(optional)]
        address: Option<String>,
    },
    /// Says which coordinators may send something without asking: all others may not. Answers `packages`.
    SaveSurprises {
        /// Whom.
        coordinators: Vec<MemberId>,
    },
}
